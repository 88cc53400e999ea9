"""Sheets that staff keep under a name, and what has happened to their entries since. Nothing about visitors (N1)."""

from __future__ import annotations

from datetime import date

from guide.errors import UsageError
from guide.records.frozen import dataclass
from guide.records.sheet import SheetOptions

MOST_TEMPLATES = 50


class TooManyTemplatesError(UsageError):
    """A house keeps only so many templates (``most``)."""

    code = "too-many-templates"


@dataclass(frozen=True, slots=True)
class HouseTemplate:
    """What stands around the entries of a house's sheets, under a name; ``logo`` is b"" or as ``clean_logo`` made it."""

    name: str
    title: str = ""
    footer: str = ""
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class SavedEntry:
    """An entry as it was when the sheet was saved: its name, its numbers as published, and its digest."""

    service: str
    digest: str
    name: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedNews:
    """What became of an entry since: ``kind`` is gone, closed, number (``before``, ``after``) or changed;
    template (without a service) when the sheet's template is no longer there.
    """

    service: str
    name: str
    kind: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SavedSheet:
    """A sheet that staff keep. ``options`` without what is the house's own: its name, footer and logo."""

    name: str
    entries: tuple[SavedEntry, ...]
    options: SheetOptions
    saved_on: date
    news: tuple[SavedNews, ...] = ()

    @property
    def services(self) -> tuple[str, ...]:
        """Return the ids of its entries that are still there, in order."""
        gone = {one.service for one in self.news if one.kind == "gone"}
        return tuple(entry.service for entry in self.entries if entry.service not in gone)
