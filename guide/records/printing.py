"""Printers and what is sent to them, as plain values."""

from __future__ import annotations

import re
from enum import StrEnum

from guide.records.frozen import dataclass

_PORTS = {"portprompt:", "xpsport:", "shrfax:", "file:", "nul:", "nul"}
_NAMES = re.compile(r"(?i)(?:^|[^a-z])(?:pdf|xps|onenote|fax|document writer|print to file)(?:$|[^a-z])")


class PrinterState(StrEnum):
    """How a printer stands, as far as the spooler knows."""

    READY = "ready"
    BUSY = "busy"
    PAUSED = "paused"
    REJECTING = "rejecting"
    NO_PAPER = "no-paper"
    TROUBLE = "trouble"  # a jam, an open door, no toner
    OFFLINE = "offline"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer: the spooler's name for it, what people call it, and how it stands."""

    name: str
    title: str = ""
    state: PrinterState = PrinterState.UNKNOWN
    default: bool = False
    port: str = ""  # what it hangs on, where the spooler says so

    @property
    def to_file(self) -> bool:
        """True where it prints on no paper, but opens a file dialog, leaves a file or sends a fax (SAFETY P4, I3)."""
        return self.port.casefold() in _PORTS or bool(_NAMES.search(f"{self.name} {self.title}"))


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What to print how. ``pages``: first and last page of each part, from 1; none means all.

    ``paper``: letter or a4; ``sides``: one-sided, two-sided-long-edge or two-sided-short-edge (the names of IPP).
    """

    printer: str
    copies: int = 1
    paper: str = "letter"
    sides: str = "one-sided"
    pages: tuple[tuple[int, int], ...] = ()


class JobState(StrEnum):
    """What became of what was sent. ``DONE``: the printer has all of it."""

    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Something sent to a printer; ``number`` is the spooler's, 0 where the spooler tells none."""

    printer: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class JobLook:
    """A look at a job: its own state and its printer's."""

    state: JobState
    printer: PrinterState = PrinterState.UNKNOWN
