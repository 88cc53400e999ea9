"""The frozen values that cross the wall between the guide and its faces."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from guide.records.edition import Edition, Freshness
from guide.records.finding import (
    Answer,
    Card,
    Detail,
    Distance,
    FacetValue,
    Home,
    IndexState,
    OpenState,
    Place,
    Question,
    Tile,
)
from guide.records.progress import Progress, Step, silent
from guide.records.service import (
    Address,
    Audience,
    Category,
    Channel,
    DoNotPrint,
    Evidence,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Tag,
    Url,
    UrlKind,
)
from guide.records.words import NOTHING, Words

if TYPE_CHECKING:
    from guide.records.backup import Backup
    from guide.records.bundle import Change, Event, Explained, Imported, Offer, Preview, Standing, Status
    from guide.records.layout import LAYOUTS, Layout, PaperLanguage, layout_of
    from guide.records.printing import JobLook, JobState, Printer, PrinterState, PrintJob, PrintOrder
    from guide.records.program import ProgramOffer, ProgramStarted
    from guide.records.publisher import Conflict, Newcomer, Publisher, Removed, Side, Waiting
    from guide.records.saved import HouseTemplate, SavedEntry, SavedNews, SavedSheet
    from guide.records.sheet import PagePicture, Paper, Sheet, SheetEntry, SheetLine, SheetOptions, SheetText
    from guide.records.source import Drive, Found, PassedOn

__all__ = [
    "LAYOUTS",
    "NOTHING",
    "Address",
    "Answer",
    "Audience",
    "Backup",
    "Card",
    "Category",
    "Change",
    "Channel",
    "Conflict",
    "Detail",
    "Distance",
    "DoNotPrint",
    "Drive",
    "Edition",
    "Event",
    "Evidence",
    "Explained",
    "FacetValue",
    "Found",
    "Freshness",
    "Home",
    "HouseTemplate",
    "Imported",
    "IndexState",
    "JobLook",
    "JobState",
    "Layout",
    "Location",
    "Newcomer",
    "Offer",
    "OpenState",
    "Organization",
    "PagePicture",
    "Paper",
    "PaperLanguage",
    "PassedOn",
    "Phone",
    "Place",
    "Preview",
    "PrintJob",
    "PrintOrder",
    "Printer",
    "PrinterState",
    "ProgramOffer",
    "ProgramStarted",
    "Progress",
    "Publisher",
    "Question",
    "Removed",
    "SavedEntry",
    "SavedNews",
    "SavedSheet",
    "Schedule",
    "Service",
    "Sheet",
    "SheetEntry",
    "SheetLine",
    "SheetOptions",
    "SheetText",
    "Side",
    "Standing",
    "Status",
    "Step",
    "Tag",
    "Tile",
    "Url",
    "UrlKind",
    "Waiting",
    "Words",
    "layout_of",
    "silent",
]


def __getattr__(name: str) -> Any:
    """Return a record the first screen does not show, read now that somebody asks for it (PEP 562).

    Raises AttributeError for a name that is none of the records'.
    """
    if name in __all__:
        for place in ("bundle", "backup", "layout", "sheet", "saved", "printing", "source", "publisher", "program"):
            part = import_module(f"guide.records.{place}")
            if name in vars(part):
                globals()[name] = vars(part)[name]
                return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
