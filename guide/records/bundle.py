"""An update as staff see it: who signed it, what it would change, what is here now."""

from __future__ import annotations

from datetime import date, datetime

from guide.records.edition import Edition
from guide.records.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """What ``verify`` found out about a bundle whose signatures hold. Changes nothing.

    ``verdict``: newer, same, older or expired (genuine and newer, its own date has passed).
    ``signed`` of ``keys``, ``threshold`` needed, for the role that signs the data.
    ``clock_behind`` says that this PC's date lies before one the publisher signed. ``publisher`` is its key here
    (``Publisher``), "" for the one the program came with.
    """

    path: str
    size: int
    publisher_name: str
    fingerprint: tuple[str, ...]
    signed: int
    keys: int
    threshold: int
    edition: int
    edition_name: str
    published_at: datetime
    next_expected: date | None
    expires: datetime
    current: int
    current_name: str
    verdict: str
    clock_behind: bool = False
    data_length: int = 0
    data_sha256: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What a bundle says of itself: its own keys have signed all of it, and nobody here vouches for those keys.

    ``signed`` of ``keys`` signed the edition, ``threshold`` needed; ``root_keys`` may change keys together, as many
    as ``root_threshold`` at a time. ``steps_from`` are the editions that small steps (deltas) start from on a mirror.
    """

    publisher_name: str
    fingerprint: tuple[str, ...]
    edition: int
    edition_name: str
    services: int
    published_at: datetime
    next_expected: date | None
    expires: datetime
    signed: int
    keys: int
    threshold: int
    root_version: int
    root_keys: int
    root_threshold: int
    root_expires: datetime
    changes_of_keys: int
    size: int
    data_length: int
    with_index: bool
    steps_from: tuple[int, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of one service. ``kind``: phone, closed, removed, added or changed; ``field`` HSDS's word."""

    service: str
    name: str
    kind: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying an update would change, numbers first. ``offer.current`` is the edition compared with.

    ``touched`` names, for each changed service that stands on saved sheets, those sheets.
    ``ours`` says of each changed service what this house says of it: note, value (a better one) and hidden.
    """

    offer: Offer
    edition: Edition
    added: int
    changed: int
    removed: int
    changes: tuple[Change, ...]
    touched: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ours: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What everybody sees of ``Status``: whether the guide is signed, its age, and whether the date here is wrong."""

    signed: bool
    age: str
    clock_behind: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """What this guide holds now. ``age``: fresh, amber (a newer one was due) or red (its own date has passed).

    ``clock_behind`` says that this PC's date cannot be right: it lies before ``newest_signed``, a day on which the
    publisher signed. Ages are then reckoned from that day.
    """

    edition: Edition
    sha256: str
    publisher_name: str
    fingerprint: tuple[str, ...]
    signed: bool
    expires: datetime | None
    age: str
    can_go_back_to: str = ""
    clock_behind: bool = False
    data_folder: str = ""
    next_expected: date | None = None
    newest_signed: datetime | None = None
    can_go_forward_to: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import or a step back or forward did; counts compare with the edition before."""

    edition: int
    edition_name: str
    before: int
    services: int
    publisher_name: str = ""
    signed: int = 0
    keys: int = 0
    expired: bool = False
    added: int = 0
    changed: int = 0
    removed: int = 0
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history of updates: what, when, who signed it, what it changed; never which person did it.

    ``kind``: import, rollback or forward, healed (the edition had rotted on the disk), put-back and begun-anew
    (shelter.db was damaged), publisher-added,
    publisher-removed, or program (an installer of the version ``edition_name`` was started). ``by`` is the role or way: staff, command line, folder, mirror, guide (by itself), or unknown
    where the computer stopped before the line was written.
    """

    at: datetime
    kind: str
    edition: int
    edition_name: str
    note: str = ""
    by: str = ""
    publisher_name: str = ""
    signed: int = 0
    keys: int = 0
    expired: bool = False
    added: int = 0
    changed: int = 0
    removed: int = 0
    publisher: str = ""
