"""What a house lays over the catalogs, as the first screen needs it, and how its own services are told from others."""

from __future__ import annotations

from pathlib import Path

from guide.records.frozen import dataclass
from guide.records.words import NOTHING, Words

OURS = "house"  # the publisher of this house's own services
_FIRST = "00000000-"  # their ids are UUIDs of version 8 (RFC 9562: free form) that begin so


def is_ours(service: str) -> bool:
    """Say whether an id is that of one of this house's own services."""
    return service.startswith(_FIRST)


def own_id(digits: str) -> str:
    """Return the id of an own service made of 32 hexadecimal ``digits``."""
    return f"{_FIRST}{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


@dataclass(frozen=True, slots=True)
class Laid:
    """What a house lays over the catalogs. ``own``: a small catalog with its own services and the entries it
    corrected; ``masked``: entries of the catalogs that are not shown, being hidden or corrected; ``call_now``: the
    entries on top of the first screen by id, None for the publisher's; ``welcome``: a text on the first screen.
    """

    own: Path | None = None
    masked: frozenset[str] = frozenset()
    call_now: tuple[str, ...] | None = None
    welcome: Words = NOTHING
