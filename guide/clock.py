"""What time it is: the one place that asks the computer, so that tests can say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return now, in UTC, as this computer believes."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Here:
    """What is known of time where the guide is read: its zone, and whether this PC's clock can be right."""

    zone: tzinfo | None = None
    sure: bool = True


def zone_here(name: str = "") -> tzinfo | None:
    """Return the time zone of whoever sits here: the one of this name, else what this computer believes."""
    with suppress(ZoneInfoNotFoundError, ValueError, OSError):
        if name:
            return ZoneInfo(name)
    return datetime.now().astimezone().tzinfo
