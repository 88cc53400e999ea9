"""What somebody chose of each facet, and how many matches every other choice would leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guide.records import NOTHING, Audience, Category, FacetValue, Question, Tag, Words
from guide.search.facets import FREE, UNKNOWN, WHEELCHAIR
from guide.search.tongues import own_name

Sets = dict[str, dict[str, int]]
_ALL = -1  # every service: all bits
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


@dataclass(frozen=True)
class Chosen:
    """The services that pass each facet. Several values of one facet widen, facets narrow."""

    passing: dict[str, int]
    open_now: int
    slugs: dict[str, frozenset[str]]

    @classmethod
    def of(cls, question: Question, sets: Sets, open_now: int) -> Chosen:
        """Return what ``question`` lets through. Unknown hours pass "open now": unknown is never dropped."""
        passing = {}
        asked = {
            "need": question.needs,
            "people": question.people,
            "language": question.languages,
            "access": question.access,
        }
        for facet, slugs in asked.items():
            if slugs:
                values = sets.get(facet, {})
                # Access narrows within itself too: "by text" and "free" means both.
                passing[facet] = _both(slugs, values) if facet == "access" else _either(slugs, values)
        if question.open_now:
            passing["open"] = open_now | sets.get("open", {}).get(UNKNOWN, 0)
        return cls(passing, open_now, asked)

    def all(self) -> int:
        """Return the services that pass every facet."""
        return self.but("")

    def but(self, facet: str) -> int:
        """Return the services that pass every facet except ``facet``."""
        bits = _ALL
        for name, passing in self.passing.items():
            if name != facet:
                bits &= passing
        return bits


class Facets:
    """The values of one index under their labels, laid out once for each audience."""

    def __init__(self, sets: Sets, categories: tuple[Category, ...], tags: tuple[Tag, ...]) -> None:
        """Take who has which value, and the catalog's own words for them."""
        self._unknown_hours = sets.get("open", {}).get(UNKNOWN, 0)
        self._values = {audience: _laid_out(sets, categories, tags, audience) for audience in Audience}

    def counted(self, matched: int, chosen: Chosen, audience: Audience) -> Iterator[FacetValue]:
        """Yield each value that some match has, with its exact count under the other facets' choices."""
        now = matched & chosen.but("open")
        if known := (now & chosen.open_now).bit_count():
            yield FacetValue("open", "open", NOTHING, known)
        if unknown := (now & self._unknown_hours).bit_count():
            yield FacetValue("open", UNKNOWN, NOTHING, unknown)
        for facet, values in self._values[audience].items():
            under = matched & (chosen.all() if facet == "access" else chosen.but(facet))
            picked = chosen.slugs[facet]
            for slug, label, members in values:
                count = (under & members).bit_count()
                if count or slug in picked:  # a choice stays in sight, to be undone
                    yield FacetValue(facet, slug, label, count)


def _laid_out(
    sets: Sets, categories: tuple[Category, ...], tags: tuple[Tag, ...], audience: Audience
) -> dict[str, list[tuple[str, Words, int]]]:
    everything = audience is Audience.STAFF
    shown = [t for t in tags if t.visitor or everything]
    own = {slug: words for slug, words in _OWN.items() if slug not in {t.slug for t in tags}}
    labels: dict[str, dict[str, Words]] = {
        "need": {c.slug: c.label for c in categories if c.visitor or everything},
        "people": {t.slug: t.label for t in shown if t.facet in ("population", "need")},
        "access": own | {t.slug: t.label for t in shown if t.facet == "access"},
        "language": {slug: own_name(slug) for slug in _most_spoken(sets.get("language", {}))},
    }
    return {
        facet: [(slug, label, sets.get(facet, {}).get(slug, 0)) for slug, label in values.items()]
        for facet, values in labels.items()
    }


def _most_spoken(languages: dict[str, int]) -> list[str]:
    """Return the languages with the most entries first, unknown last."""
    return sorted(languages, key=lambda slug: (slug == UNKNOWN, -languages[slug].bit_count(), slug))


def _either(slugs: frozenset[str], values: dict[str, int]) -> int:
    bits = 0
    for slug in slugs:
        bits |= values.get(slug, 0)
    return bits


def _both(slugs: frozenset[str], values: dict[str, int]) -> int:
    bits = _ALL
    for slug in slugs:
        bits &= values.get(slug, 0)
    return bits
