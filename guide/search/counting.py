"""What somebody chose of each facet, and how many matches every other choice would leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guide.records import Audience, Category, FacetValue, Question, Tag, Words

Sets = dict[str, dict[str, int]]
_ALL = -1  # every service: all bits
FREE = Words("Free", "en", (("es", "Gratis"), ("ar", "مجاني")))


@dataclass(frozen=True)
class Chosen:
    """The services that pass each facet. Several values of one facet widen, facets narrow."""

    passing: dict[str, int]
    open_now: int

    @classmethod
    def of(cls, question: Question, sets: Sets, open_now: int) -> Chosen:
        """Return what ``question`` lets through. Unknown hours pass "open now": unknown is never dropped."""
        passing = {}
        for facet, slugs in (
            ("need", question.needs),
            ("people", question.people),
            ("language", question.languages),
            ("access", question.access),
        ):
            if slugs:
                values = sets.get(facet, {})
                # Access narrows within itself too: "by text" and "free" means both.
                passing[facet] = _both(slugs, values) if facet == "access" else _either(slugs, values)
        if question.open_now:
            passing["open"] = open_now | sets.get("open", {}).get("", 0)
        return cls(passing, open_now)

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
    labels: dict[str, list[tuple[str, Words]]] = {
        "need": [(c.slug, c.label) for c in categories if c.visitor or audience is Audience.STAFF],
        "people": [(t.slug, t.label) for t in tags if t.facet in ("population", "need")],
        "access": [("free", FREE), *((t.slug, t.label) for t in tags if t.facet == "access")],
        "language": [(slug, Words(slug)) for slug in sorted(sets.get("language", {}))],
    }
    now = matched & chosen.but("open")
    if known := (now & chosen.open_now).bit_count():
        yield FacetValue("open", "open", Words(""), known)
    if unknown := (now & sets.get("open", {}).get("", 0)).bit_count():
        yield FacetValue("open", "", Words(""), unknown)
    for facet, values in labels.items():
        under = matched & (chosen.all() if facet == "access" else chosen.but(facet))
        for slug, label in values:
            if count := (under & sets.get(facet, {}).get(slug, 0)).bit_count():
                yield FacetValue(facet, slug, label, count)


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
