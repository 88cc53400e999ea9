"""Where updates come from: a drive that was put in, and a bundle that was found somewhere."""

from __future__ import annotations

from guide.records.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Drive:
    """A removable drive: the folder it is seen in, and the name a person knows it by."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """A bundle that was found, judged by its signed description alone: nothing of its data was read.

    ``kind`` is where: drive, folder (the drop folder) or mirror; ``place`` its name. ``verdict`` is an offer's
    (newer, same, older, expired), needs (genuine, for a newer version of this program: ``reason`` is that version, "" where it does not say), unknown (whole, but by a publisher this guide does not know, which calls itself
    ``publisher_name``) or refused, and then ``reason`` is the error's code. ``publisher`` is the key of whose it is.
    """

    path: str
    name: str
    kind: str
    place: str
    size: int
    verdict: str
    edition: int = 0
    edition_name: str = ""
    publisher_name: str = ""
    reason: str = ""
    publisher: str = ""

    @property
    def wanted(self) -> bool:
        """True when staff may want it: genuine, and newer than what is here."""
        return self.verdict in ("newer", "expired")


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A bundle that was written for the next house, read back and verified."""

    path: str
    size: int
    edition: int
    edition_name: str
