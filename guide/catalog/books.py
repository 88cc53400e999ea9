"""The catalogs of one guide, in the order in which they count, and whose an entry is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Book(NamedTuple):
    """One publisher's current catalog. ``mark`` ends the ids of its entries ("" for the first publisher's), so that
    two publishers' entries never have one id; ``folder`` is where its
    search index lies; ``name`` what this house calls its publisher, "" for the name its edition gives.
    """

    mark: str
    catalog: Path
    folder: Path
    name: str = ""


def by_mark(ids: Sequence[str], marks: Sequence[str]) -> dict[str, list[str]]:
    """Return the ids as each catalog knows them, by its mark. What has a mark nobody has is the first publisher's."""
    found: dict[str, list[str]] = {mark: [] for mark in marks}
    for one in ids:
        mark = next((mark for mark in marks if mark and one.endswith(mark)), "")
        if mark in found:
            found[mark].append(one.removesuffix(mark))
    return found
