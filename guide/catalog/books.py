"""The catalogs of one guide, in the order in which they count, and whose an entry is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from guide.catalog.reader import Catalog


class Book(NamedTuple):
    """One publisher's current catalog. ``mark`` ends the ids of its entries ("" for the first publisher's), so that
    two publishers' entries never have one id; ``folder`` is where its
    search index lies; ``name`` what this house calls its publisher, "" for the name its edition gives.
    """

    mark: str
    catalog: Path
    folder: Path
    name: str = ""


class Layer(NamedTuple):
    """One of the catalogs that are shown as one: ``mark`` ends the ids of its entries elsewhere, and those in
    ``masked``, named as in itself, are not shown: hidden, corrected in another layer, or listed there once already.
    """

    mark: str
    catalog: Catalog
    masked: frozenset[str] = frozenset()

    def named(self, ids: Iterable[str]) -> list[str]:
        """Return those of ``ids`` that can be of this one, as it knows them, the masked ones left out."""
        own = (one.removesuffix(self.mark) for one in ids if one.endswith(self.mark))
        return [one for one in own if one not in self.masked]


def by_mark(ids: Sequence[str], marks: Sequence[str]) -> dict[str, list[str]]:
    """Return the ids as each catalog knows them, by its mark. What has a mark nobody has is the first publisher's."""
    found: dict[str, list[str]] = {mark: [] for mark in marks}
    for one in ids:
        mark = next((mark for mark in marks if mark and one.endswith(mark)), "")
        if mark in found:
            found[mark].append(one.removesuffix(mark))
    return found
