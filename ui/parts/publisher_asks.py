"""What the publishers' part of the updates page may ask of the guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from guide.records import Conflict, Imported, Newcomer, Publisher, Removed, Waiting


@dataclass(frozen=True)
class PublisherAsks:
    """One callable for each question; publishers are named by their keys."""

    every: Callable[[], tuple[Publisher, ...]]
    look: Callable[[Path], Newcomer]
    add: Callable[[Path, str, str], Publisher]
    move: Callable[[str, int], object]
    remove: Callable[[str], Removed]
    conflicts: Callable[[], tuple[Conflict, ...]]
    waiting: Callable[[], tuple[Waiting, ...]]
    leave: Callable[[str], object]
    rollback: Callable[[str], Imported]
    forward: Callable[[str], Imported]
