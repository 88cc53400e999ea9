"""Which need a service meets and for whom: by the codes of its terms, then by words; nothing unmapped is lost."""

from __future__ import annotations

from collections.abc import Sequence

from guide.publish.mapping import OTHER, Mapping
from guide.publish.readers.batch import Batch
from guide.publish.readers.cleaning import clean
from guide.publish.readers.stage import Row
from guide.publish.report import Report

OWN = ("category", "tag", "guide-category", "guide-tag")  # taxonomies of our own, as our export writes them
_MOST_ALSO_IN = 3


class Needs:
    """Finds the need, further needs and tags of services."""

    def __init__(self, mapping: Mapping, report: Report, files: Sequence[str]) -> None:
        """Take the mapping with its codes and words."""
        self._map, self._report, self._files = mapping, report, files

    def of(self, batch: Batch, row: Row, name: str, description: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """Return (need, further needs, tags): as our own codes say, else by code, then by the words of name and terms."""
        codes, terms, own, marks, people = self._terms(batch, row)
        if own:
            return own[0], tuple(own[1:]), tuple(marks)
        by_code = [slug for code in codes if (slug := self._map.by_code(code)) not in ("", OTHER)]
        by_term = [slug for term in terms if (slug := self._map.by_words(term))]
        by_name = self._map.by_words(name)
        found = by_code or by_term
        counted = sorted(dict.fromkeys(found), key=lambda s: (-found.count(s), found.index(s)))
        ordered = list(dict.fromkeys(s for s in (by_name, *counted) if s)) or [self._map.by_words(description)]
        category = ordered[0] or OTHER
        if category == OTHER:
            self._report.add("no need known: put under Other", self._files[row["file"]], row["line"], name)
        tags = self._map.tags_of((name, *terms, *people))
        return category, tuple(s for s in ordered[1:] if s)[:_MOST_ALSO_IN], tags

    def _terms(self, batch: Batch, row: Row) -> tuple[list[str], ...]:
        """Return the codes and words of what a service is filed under, needs and tags of our own, and words for whom."""
        linked = [one["taxonomy_term_id"] for one in batch.of("attribute", "link_id", row["id"])
                  if one["link_entity"] in ("", "service", "services")]  # fmt: skip
        words = [clean(one[name])[0] for one in batch.of("attribute", "link_id", row["id"])
                 for name in ("label", "value") if one[name] and one["link_entity"] in ("", "service")]  # fmt: skip
        linked += [part.strip() for part in row["terms"].replace(";", ",").replace("*", ",").split(",")]
        codes: list[str] = []
        terms: list[str] = []
        own: list[str] = []
        marks: list[str] = []
        people: list[str] = []
        for code in dict.fromkeys(one for one in linked if one):
            term = batch.terms.get(code, {})
            mine = term.get("code") or code
            told = term.get("taxonomy") or batch.taxonomies.get(term.get("taxonomy_id", ""), "")
            if told in OWN:
                (own if "category" in told else marks).append(mine)
                continue
            if mine.upper().startswith(self._map.population_codes):
                self._report.add("code says for whom, not what", self._files[row["file"]], row["line"], mine)
                people.append(clean(term.get("name", ""))[0])
                continue
            codes.append(mine)
            terms.append(clean(term.get("name", "") or ("" if _is_code(mine) else mine))[0])
        return codes, [one for one in (*terms, *words) if one], own, marks, people


def _is_code(text: str) -> bool:
    return not any(c.islower() for c in text) or ("-" in text and any(c.isdigit() for c in text))
