"""What time it is: the one place that asks the computer, so that tests can say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return now, in UTC, as this computer believes."""
    return datetime.now(UTC)
