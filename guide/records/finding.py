"""What a person asks while looking for help, and what they are shown."""

from __future__ import annotations

from datetime import date, time

from guide.records.edition import Edition, Freshness
from guide.records.frozen import dataclass
from guide.records.service import Audience, Category, Phone, Service, Tag
from guide.records.words import NOTHING, Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guide.records.checking import NumberCheck


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether a service is open at one moment: open, closed or unknown.

    ``all_day`` says around the clock, every day. ``until`` and ``opens`` are local clock times of the
    *service*; ``zone`` is its IANA zone where the reader's clock shows another time, else "". ``opens_day`` is an
    RFC 5545 day ("MO") when it opens on one of the next six days, ``opens_on`` the date when later still.
    ``closes_in`` counts the minutes of the last hour. ``why``: "holiday" (closed for one, or open on a public holiday
    of which the source says nothing), "appointment" (call first), "clock" (this PC's clock is wrong), "gone" or "paused" (its
    publisher says that it is closed, for good or for now), else "".
    """

    state: str = "unknown"
    all_day: bool = False
    until: time | None = None
    opens: time | None = None
    opens_day: str = ""
    opens_on: date | None = None
    closes_in: int = 0
    zone: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A ZIP or a town with its middle. ``code`` is the ZIP, "" for a town; ``name`` may be empty for a ZIP."""

    name: str
    state: str
    code: str
    latitude: float
    longitude: float

    @property
    def label(self) -> str:
        """Return "33101 Miami, FL" or "Miami, FL"."""
        town = ", ".join(part for part in (self.name, self.state) if part)
        return " ".join(part for part in (self.code, town) if part)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a service is from the place that was asked for, in a straight line.

    ``about``: from the middle of its ZIP or town, as its own point is not known. ``by_phone``: it has no place that
    may be shown, or serves the whole state or country: then there are no ``miles``.
    """

    miles: float | None = None
    about: bool = False
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One search. Empty ``words`` with filters browses. Several values of one facet widen, facets narrow.

    Cards come from ``start`` on, ``limit`` of them: a list of any length is read a page at a time. A slug "" stands
    for what the catalog does not say. ``radius`` counts miles around ``near``; 0 is any distance.
    """

    words: str = ""
    language: str = "en"
    audience: Audience = Audience.VISITOR
    needs: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    access: frozenset[str] = frozenset()
    open_now: bool = False
    limit: int = 50
    sub_needs: frozenset[str] = frozenset()
    start: int = 0
    near: Place | None = None
    radius: int = 0

    @property
    def chosen(self) -> int:
        """Return how many filters narrow it; a place without a distance only orders."""
        several = (self.needs, self.sub_needs, self.people, self.languages, self.access)
        return sum(map(len, several)) + self.open_now + bool(self.near and self.radius)


@dataclass(frozen=True, slots=True)
class Card:
    """A service as one card in a list. ``marks`` are (start, end) character ranges of the shown name to highlight.

    ``name`` keeps all languages; ``marks`` belong to ``name.best(question.language)``. ``also`` names the publishers
    that list it too.
    """

    id: str
    name: Words
    discreet_name: Words
    organization: Words
    category: str
    phone: Phone | None
    text: Phone | None
    languages: tuple[str, ...] = ()
    language_note: Words = NOTHING
    tags: tuple[str, ...] = ()
    summary: Words = NOTHING
    url: str = ""
    open: OpenState = OpenState()
    freshness: Freshness = Freshness("undated", "none")
    staff_only: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    cost: Words = NOTHING
    distance: Distance | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with how many of the matches have it. ``slug`` "" stands for unknown."""

    facet: str
    slug: str
    label: Words
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: the first cards in order, how many in all, and the facets over all matches.

    ``corrected`` holds the words results are shown for when nothing matched what was typed. ``suggested`` holds
    what was more likely meant where something matched all the same: "did you mean". ``crisis`` are the call-now
    cards, always given, so that an empty page still has a number on it; where the words tell of ``danger``, those
    that fit it stand first, and the cards belong above the results.
    """

    question: Question
    cards: tuple[Card, ...] = ()
    total: int = 0
    facets: tuple[FacetValue, ...] = ()
    corrected: str = ""
    crisis: tuple[Card, ...] = ()
    suggested: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the search index is: ready, missing, damaged, or other (made by another version of the program).

    All but ready are built anew at the next search. ``because``: why the present one was built anew, or "".
    """

    state: str
    size: int = 0
    because: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A category on the home screen with the number of entries the audience may see."""

    category: Category
    count: int


@dataclass(frozen=True, slots=True)
class Home:
    """All the home screen needs, read in one go before the first paint."""

    edition: Edition
    call_now: tuple[Card, ...]
    tiles: tuple[Tile, ...]
    total: int
    welcome: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry as the detail pane shows it: the whole service, and the labels its slugs stand for.

    ``sources`` names who lists it, whose facts these are first; empty where this guide has one publisher.
    ``here`` is this house's own newest call, where its number still stands.
    ``house_note`` is what this house wrote for its staff.
    """

    service: Service
    edition: Edition
    open: OpenState
    freshness: Freshness
    category: Category
    also_in: tuple[Category, ...] = ()
    tags: tuple[Tag, ...] = ()
    sources: tuple[str, ...] = ()
    here: NumberCheck | None = None
    house_note: str = ""
