"""What somebody chose of each facet, and how many matches every other choice would leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guide.records import Audience, Category, FacetValue, Question, Tag, Words
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
            passing["open"] = open_now | sets.get("open", {}).get("", 0)
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


def count_facets(
    matched: int,
    chosen: Chosen,
    sets: Sets,
    categories: tuple[Category, ...],
    tags: tuple[Tag, ...],
    audience: Audience,
) -> Iterator[FacetValue]:
    """Yield each value that some match has, with its exact count under the other facets' choices."""
    shown = [t for t in tags if t.visitor or audience is Audience.STAFF]
    tagged = {t.slug for t in tags}
    own = {slug: words for slug, words in _OWN.items() if slug not in tagged}
    labels: dict[str, list[tuple[str, Words]]] = {
        "need": [(c.slug, c.label) for c in categories if c.visitor or audience is Audience.STAFF],
        "people": [(t.slug, t.label) for t in shown if t.facet in ("population", "need")],
        "access": list(({FREE: _OWN[FREE]} | own | {t.slug: t.label for t in shown if t.facet == "access"}).items()),
        "language": [(slug, own_name(slug)) for slug in _most_spoken(sets.get("language", {}))],
    }
    now = matched & chosen.but("open")
    if known := (now & chosen.open_now).bit_count():
        yield FacetValue("open", "open", Words(""), known)
    if unknown := (now & sets.get("open", {}).get("", 0)).bit_count():
        yield FacetValue("open", "", Words(""), unknown)
    for facet, values in labels.items():
        under = matched & (chosen.all() if facet == "access" else chosen.but(facet))
        for slug, label in values:
            count = (under & sets.get(facet, {}).get(slug, 0)).bit_count()
            if count or slug in chosen.slugs.get(facet, ()):  # a choice stays in sight, to be undone
                yield FacetValue(facet, slug, label, count)


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
