"""What somebody chose of each facet, and how many matches every other choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from guide.records import NOTHING, Audience, Category, FacetValue, Question, Tag, Words
from guide.search.facets import FREE, UNKNOWN, WHEELCHAIR
from guide.search.sets import NONE, Rows, unite
from guide.search.tongues import own_name

Sets = Mapping[str, Mapping[str, Rows]]  # who has which value of which facet, in one index
Counts = Counter[tuple[str, str]]

# Access values read out of the entries themselves, for publishers who have no tag for them.
_OWN = {
    FREE: Words("Free", "en", (("es", "Gratis"), ("ar", "مجاني"))),
    "text": Words("By text", "en", (("es", "Por mensaje de texto"), ("ar", "برسالة نصية"))),
    "chat": Words("By online chat", "en", (("es", "Por chat en línea"), ("ar", "بالدردشة"))),
    "tty": Words("TTY or relay", "en", (("es", "TTY o retransmisión"), ("ar", "هاتف نصي للصم"))),
    "whatsapp": Words("By WhatsApp", "en", (("es", "Por WhatsApp"), ("ar", "عبر واتساب"))),
    "asl": Words("Sign language (ASL) or videophone", "en", (("es", "Lengua de señas o videoteléfono"),)),
    "24-7": Words("Open 24 hours", "en", (("es", "Abierto 24 horas"), ("ar", "مفتوح 24 ساعة"))),
    WHEELCHAIR: Words("Wheelchair access", "en", (("es", "Acceso en silla de ruedas"),)),
}
_NOT_SAID = Words("Not said", "en", (("es", "No se dice"), ("ar", "غير مذكور")))


@dataclass(frozen=True)
class Limits:
    """What of one index may be shown: the rows that pass each facet somebody chose of. Facets narrow.

    ``passing`` may hold any facet, whoever made its set of rows ("open", "near"); all that is not in it passes.
    """

    passing: Mapping[str, Rows] = field(default_factory=dict)

    def all(self, rows: Rows) -> Rows:
        """Return those of ``rows`` that pass every facet."""
        return self.but("", rows)

    def but(self, facet: str, rows: Rows) -> Rows:
        """Return those of ``rows`` that pass every facet except ``facet``."""
        others = [passing for name, passing in self.passing.items() if name != facet]
        return rows.intersection(*others) if others else rows


def picked(question: Question) -> dict[str, frozenset[str]]:
    """Return the slugs ``question`` chooses of each facet that the catalog's own words make."""
    return {
        "need": question.needs,
        "sub-need": question.sub_needs,
        "people": question.people,
        "language": question.languages,
        "access": question.access,
    }


def chosen(question: Question, sets: Sets) -> dict[str, Rows]:
    """Return the rows that pass each facet ``question`` chooses of."""
    passing = {}
    for facet, slugs in picked(question).items():
        if slugs:
            members = [sets.get(facet, {}).get(slug, NONE) for slug in slugs]
            # Several values widen; access narrows within itself too: "by text" and "free" means both.
            passing[facet] = Rows.intersection(*members) if facet == "access" else unite(members)
    return passing


Laid = tuple[str, tuple[tuple[str, str], ...], tuple[Rows, ...]]  # a facet, its (facet, slug) pairs, and who has each


def laid_out(sets: Sets) -> tuple[Laid, ...]:
    """Return the values of each facet side by side with who has them: then all of one facet are counted in C."""
    return tuple(
        [
            (facet, tuple([(facet, slug) for slug in values]), tuple(values.values()))
            for facet in FACETS
            if (values := sets.get(facet, {}))
        ]
    )


def counted(matched: Rows, limits: Limits, values: Iterable[Laid], moment: Mapping[tuple[str, str], Rows]) -> Counts:
    """Return how many of ``matched`` have each value, under the choices of the other facets.

    ``moment``: sets that hang on the moment or the place ("open" now, "near"), by facet and slug.
    """
    counts: Counts = Counter()
    if not matched:
        return counts
    for facet, pairs, members in values:
        under = limits.all(matched) if facet == "access" else limits.but(facet, matched)
        dict.update(counts, zip(pairs, map(under.intersection_cardinality, members), strict=True))
    for (facet, slug), members_now in moment.items():
        counts[facet, slug] = limits.but(facet, matched).intersection_cardinality(members_now)
    return counts


def added(counts: Counts, more: Counts) -> Counts:
    """Return ``counts`` with those of another index: ``Counter.update`` without its calls."""
    if not counts:
        return more
    for pair, count in more.items():
        if count:
            counts[pair] += count
    return counts


RADII = (5, 10, 25, 50)  # miles
FACETS = ("need", "sub-need", "people", "access", "language")


class Labels:
    """The values of all indexes under their labels, in the publishers' order, laid out once for each audience."""

    def __init__(self, categories: Iterable[Category], tags: Iterable[Tag], all_sets: Iterable[Sets]) -> None:
        """Take the catalogs' own words; where two have one slug, the first names it."""
        self._categories = list({c.slug: c for c in reversed(list(categories))}.values())[::-1]
        self._tags = list({t.slug: t for t in reversed(list(tags))}.values())[::-1]
        spoken: Counter[str] = Counter()
        for sets in all_sets:
            spoken.update({slug: len(rows) for slug, rows in sets.get("language", {}).items()})
        # The languages with the most entries first, unknown last.
        self._languages = sorted(spoken, key=lambda slug: (slug == UNKNOWN, -spoken[slug], slug))
        self._values = {audience: self._laid_out(audience) for audience in Audience}

    def told(self, counts: Counts, question: Question) -> Iterator[FacetValue]:
        """Yield each value that some match has, with its count."""
        for slug in ("open", UNKNOWN):
            if count := counts["open", slug]:
                yield FacetValue("open", slug, NOTHING, count)
        if question.near is not None:
            yield from (FacetValue("near", slug, NOTHING, counts["near", slug]) for slug in (*map(str, RADII), "phone"))
        slugs = picked(question)
        for facet, values in self._values[question.audience].items():
            chosen_here = slugs[facet]
            for slug, label in values.items():
                count = counts.get((facet, slug), 0)
                if count or slug in chosen_here:  # a choice stays in sight, to be undone
                    yield FacetValue(facet, slug, label, count)

    def _laid_out(self, audience: Audience) -> dict[str, dict[str, Words]]:
        everything = audience is Audience.STAFF
        shown = [t for t in self._tags if t.visitor or everything]
        own = {slug: words for slug, words in _OWN.items() if slug not in {t.slug for t in self._tags}}
        unknown = {UNKNOWN: _NOT_SAID}
        return {
            "need": {c.slug: c.label for c in self._categories if c.visitor or everything},
            "sub-need": {t.slug: t.label for t in shown if t.facet == "need"},
            "people": {t.slug: t.label for t in shown if t.facet == "population"} | unknown,
            "access": own | {t.slug: t.label for t in shown if t.facet == "access"} | unknown,
            "language": {slug: own_name(slug) if slug else _NOT_SAID for slug in self._languages},
        }
