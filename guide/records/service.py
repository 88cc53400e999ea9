"""A service with everything the catalog knows of it, in HSDS's words (HSDS 3.x, docs/architecture.md).

All ids are strings (UUIDs). All clock times are local wall-clock times with an IANA zone.
"""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from guide.records.frozen import dataclass
from guide.records.words import NOTHING, Words


class Channel(StrEnum):
    """How a phone entry is reached. Never guessed: an unknown type stays ``VOICE`` with a note."""

    VOICE = "voice"
    TEXT = "text"
    TTY = "tty"
    VIDEOPHONE = "videophone"
    WHATSAPP = "whatsapp"
    FAX = "fax"


class UrlKind(StrEnum):
    """What a web or mail address is for."""

    WEB = "web"
    CHAT = "chat"
    EMAIL = "email"


class Audience(StrEnum):
    """Who may see an entry: visitors (and staff), or staff alone."""

    VISITOR = "visitor"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One page a fact was seen on. ``kind``: official, government_listing, secondary."""

    key: str
    address: str
    as_of: date | None
    kind: str
    about: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call or text. ``published`` is shown as it is, always.

    ``dial`` holds what to dial (digits, with a leading + for E.164), or "" when the number cannot be
    dialled as written: then there is no call button. ``value`` is the number as the source had it.
    ``hidden`` numbers are kept for search and checks but never shown to visitors nor printed.
    """

    id: str
    channel: Channel
    published: str
    value: str
    dial: str = ""
    extension: str = ""
    keyword: Words = NOTHING
    note: Words = NOTHING
    languages: tuple[str, ...] = ()
    hidden: bool = False
    evidence: str = ""
    official_as_of: date | None = None
    secondary_as_of: date | None = None
    sources: tuple[str, ...] = ()

    @property
    def evidence_date(self) -> date | None:
        """The date the best source speaks of: an official page before a newer second-hand one."""
        return self.official_as_of or self.secondary_as_of

    @property
    def copy_text(self) -> str:
        """What copy puts on the clipboard: digits alone (SAFETY C1)."""
        digits = "".join(c for c in self.dial if c.isdigit())
        return digits or self.published

    def word(self, language: str) -> str:
        """Return the word to send ("HOME") when the keyword begins with one in capitals, else ""."""
        first = self.keyword.best(language).replace(",", " ").split()[:1]
        return first[0] if first and first[0].isupper() else ""


@dataclass(frozen=True, slots=True)
class Url:
    """A web page, an online chat or a mail address; shown as text, copied, never opened for visitors."""

    id: str
    kind: UrlKind
    url: str
    label: str = ""
    note: Words = NOTHING
    evidence: str = ""
    official_as_of: date | None = None
    secondary_as_of: date | None = None
    sources: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a service is open: HSDS schedule, with RFC 5545's meaning of its rule.

    ``byday`` holds days ("MO"), in a monthly plan also numbered ones ("1FR", "-1MO"); 00:00 to 23:59 means all
    day; a closing time at or before the opening time lies on the next day. ``description`` is the source's own
    text. HSDS's ``until`` and ``count`` are in ``valid_to``. What HSDS has no field for:

    ``kind``: "" regular; "holiday" replaces the regular hours of its days, without times they are closed;
    "appointment" says that one has to call first. ``holidays``: what the source says of public holidays, "open",
    "closed" or "". ``season``: the part of each year it holds in, "MM-DD/MM-DD", or "".
    """

    byday: tuple[str, ...]
    opens_at: time | None
    closes_at: time | None
    timezone: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    description: str = ""
    freq: str = "WEEKLY"
    interval: int = 1
    bymonthday: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    wkst: str = "MO"
    dtstart: date | None = None
    kind: str = ""
    holidays: str = ""
    season: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A street or postal address that may be shown (``never`` rows are not in a catalog at all: L1)."""

    address_1: str
    city: str = ""
    state_province: str = ""
    postal_code: str = ""
    country: str = "US"
    address_2: str = ""
    address_type: str = "physical"
    visibility: str = "public"


@dataclass(frozen=True, slots=True)
class Location:
    """A place where a service is given. Coordinates only where the address is public."""

    id: str
    name: Words = NOTHING
    description: Words = NOTHING
    transportation: str = ""
    latitude: float | None = None
    longitude: float | None = None
    addresses: tuple[Address, ...] = ()
    accessibility: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    schedules: tuple[Schedule, ...] = ()


@dataclass(frozen=True, slots=True)
class Organization:
    """Who gives the service."""

    id: str
    name: Words
    alternate_name: str = ""
    description: Words = NOTHING
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A need, drawn as a tile. ``crosswalk`` holds Open Eligibility (id, term) pairs."""

    slug: str
    order: int
    label: Words
    hint: Words = NOTHING
    visitor: bool = True
    crosswalk: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A word entries are marked with; ``facet`` is population, need or access."""

    slug: str
    label: Words
    facet: str
    visitor: bool = True
    crosswalk: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DoNotPrint:
    """A number or phrase that is wrong or out of date and must never be published."""

    value: str
    was: str
    now: str
    note: str = ""
    source: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One entry of the guide, whole. Lists keep the publisher's order.

    ``assured_date`` is the day a person confirmed it; ``source_date`` the day its best source speaks of
    (nobody called). ``last_modified`` says only that a row was saved. ``details`` keeps facts of the
    source that have no field of their own, as (name, text) pairs.
    """

    id: str
    original_id: str
    publisher: str
    name: Words
    category: str
    description: Words = NOTHING
    audience: Audience = Audience.VISITOR
    organization: Organization | None = None
    alternate_name: str = ""
    discreet_name: Words = NOTHING
    also_in: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    urls: tuple[Url, ...] = ()
    url: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    language_note: Words = NOTHING
    hours: Words = NOTHING
    schedules: tuple[Schedule, ...] = ()
    eligibility: Words = NOTHING
    minimum_age: int | None = None
    maximum_age: int | None = None
    cost: Words = NOTHING
    application_process: Words = NOTHING
    required_documents: tuple[Words, ...] = ()
    locations: tuple[Location, ...] = ()
    service_areas: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    status: str = "active"
    alert: Words = NOTHING
    assured_date: date | None = None
    assurer: str = ""
    source_date: date | None = None
    last_seen: date | None = None
    last_modified: date | None = None
    recheck_by: date | None = None
    verification: str = ""
    staff_note: str = ""
    history: str = ""
    evidence: tuple[Evidence, ...] = ()
    founding: bool = False
    not_for_print: bool = False
    details: tuple[tuple[str, str], ...] = ()
    digest: str = ""

    def shown_phones(self) -> tuple[Phone, ...]:
        """Return the numbers a visitor may see, in the publisher's order."""
        return tuple([phone for phone in self.phones if not phone.hidden])

    def main_phone(self) -> Phone | None:
        """Return the number to show first: a voice line before any other, or None."""
        shown = self.shown_phones()
        return next((p for p in shown if p.channel is Channel.VOICE), shown[0] if shown else None)
