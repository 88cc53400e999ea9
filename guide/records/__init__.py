"""The frozen values that cross the wall between the guide and its faces."""

from guide.records.bundle import Change, Imported, Offer, Preview, Progress, Status, Step, silent
from guide.records.edition import Edition, Freshness
from guide.records.finding import Answer, Card, FacetValue, Home, OpenState, Question, Tile
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
from guide.records.sheet import PagePicture, Sheet, SheetEntry, SheetLine, SheetOptions
from guide.records.words import NOTHING, Words

__all__ = [
    "NOTHING",
    "Address",
    "Answer",
    "Audience",
    "Card",
    "Category",
    "Change",
    "Channel",
    "DoNotPrint",
    "Edition",
    "Evidence",
    "FacetValue",
    "Freshness",
    "Home",
    "Imported",
    "Location",
    "Offer",
    "OpenState",
    "Organization",
    "PagePicture",
    "Phone",
    "Preview",
    "Progress",
    "Question",
    "Schedule",
    "Service",
    "Sheet",
    "SheetEntry",
    "SheetLine",
    "SheetOptions",
    "Status",
    "Step",
    "Tag",
    "Tile",
    "Url",
    "UrlKind",
    "Words",
    "silent",
]
