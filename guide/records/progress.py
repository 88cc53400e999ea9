"""How far long work has come: one announced step after another."""

from __future__ import annotations

from collections.abc import Callable

from guide.records.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One announced step of long work. ``done`` of ``total`` (0: not countable)."""

    name: str
    done: int = 0
    total: int = 0


Progress = Callable[[Step], None]


def silent(_: Step) -> None:
    """Take progress and do nothing with it."""
