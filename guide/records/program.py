"""A newer version of this program itself, as staff see it: who signed it, how it comes onto this computer, what can stop it."""

from __future__ import annotations

from datetime import datetime

from guide.errors import NotGenuineError, OutOfDateError, ThisComputerError
from guide.records.frozen import dataclass


class ProgramChangedError(NotGenuineError):
    """The installer is not the one that was signed. It was not started."""

    code = "program-changed"


class ProgramOutOfDateError(OutOfDateError):
    """This version of the program is genuine, but its own date has passed: it is not put in."""

    code = "program-out-of-date"


class NoProgramPublisherError(ThisComputerError):
    """This program was put together without its own publisher's key, so it takes no newer version of itself."""

    code = "no-program-publisher"


class NoInstallerError(ThisComputerError):
    """There is no installer for this computer in this file."""

    code = "no-installer"


class NotStartedError(ThisComputerError):
    """The installer was not started: this account may not, or somebody said no."""

    code = "not-started"


@dataclass(frozen=True, slots=True)
class ProgramOffer:
    """What a file with a version of this program is to this computer. Nothing in it was run.

    ``verdict``: newer, same, older, expired (genuine, its own date has passed: never put in), no-installer (none for
    this kind of computer) or refused, and then ``reason`` is the error's code.
    ``way`` is how it comes onto this computer: setup (the account's own program), setup-for-all (an administrator's
    word is asked for), package (the system's installer), portable, other (put together by hand).
    ``place`` is the drive's name, "" for a file chosen by hand. ``size`` is that of the installer in bytes.
    """

    path: str
    name: str
    place: str
    verdict: str
    version: str = ""
    here: str = ""
    publisher_name: str = ""
    fingerprint: tuple[str, ...] = ()
    signed: int = 0
    keys: int = 0
    threshold: int = 0
    published_at: datetime | None = None
    expires: datetime | None = None
    installer: str = ""
    size: int = 0
    way: str = "other"
    reason: str = ""

    @property
    def wanted(self) -> bool:
        """True when staff may want it: genuine, newer, and with an installer for this computer."""
        return self.verdict == "newer"


@dataclass(frozen=True, slots=True)
class ProgramStarted:
    """What was done with a verified installer: ``opened`` says that something took it over; ``command`` is the exact
    line that puts it in by hand, "" where a setup was started. ``path`` is our own verified copy.
    """

    version: str
    way: str
    path: str
    opened: bool
    command: str = ""
