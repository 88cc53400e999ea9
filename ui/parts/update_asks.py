"""What the updates page may ask of the guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.records import Drive, Event, Found, Imported, PassedOn, Preview, Progress, Status
from ui.parts.program_part import ProgramAsks
from ui.parts.publisher_asks import PublisherAsks


@dataclass(frozen=True)
class UpdateAsks:
    """One callable for each question. ``mirror`` and ``stop`` ask the update servers, where there are any; what several of
    them have is offered by ``several``, one beside the other. ``saw_gone_back`` is told what ``gone_back`` answered.
    """

    preview: Callable[[Path, Progress], Preview]
    apply: Callable[[Path, bool, Progress], Imported]
    rollback: Callable[[], Imported]
    forward: Callable[[], Imported]
    status: Callable[[], Status]
    history: Callable[[], tuple[Event, ...]]
    found: Callable[[], Sequence[Found]]
    gone_back: Callable[[], tuple[Event, ...]]
    saw_gone_back: Callable[[tuple[Event, ...]], None]
    drives: Callable[[], Sequence[Drive]]
    pass_on: Callable[[Path, Progress, str], PassedOn]
    mirror: Callable[[Progress], tuple[Found, ...]] | None
    several: Callable[[tuple[Found, ...]], None]
    stop: Callable[[], None]
    print_changes: Callable[[Preview], None]
    publishers: PublisherAsks
    programs: ProgramAsks
