"""What can go wrong in the world, with the facts a person needs (sentences: ui/messages.py); our own bugs never are one."""

from __future__ import annotations

from typing import Any, ClassVar


class GuideError(Exception):
    """The world failed: a bad stick, a full disk, no printer. ``facts`` says what, as plain values."""

    code: ClassVar[str] = "failed"
    exit_code: ClassVar[int] = 8

    def __init__(self, message: str = "", **facts: Any) -> None:
        """Take one plain English sentence (else the class's docstring) and facts by name."""
        text = message or (self.__doc__ or "").strip().splitlines()[0]
        super().__init__(text)
        self.message = text
        self.facts: dict[str, Any] = facts


# --- 2: wrong usage ---------------------------------------------------------------------------
class UsageError(GuideError):
    """The request makes no sense as asked."""

    code = "usage"
    exit_code = 2


class ForbiddenError(UsageError):
    """The administrator's policy has turned this off on this computer."""

    code = "forbidden"


class NotFoundError(UsageError):
    """There is no such service."""

    code = "not-found"


class KnownPublisherError(UsageError):
    """This guide knows this publisher already."""

    code = "known-publisher"


class FirstPublisherError(UsageError):
    """The publisher that came with the program stays; another one can stand before it."""

    code = "first-publisher"


# --- 3 to 6: bundles --------------------------------------------------------------------------
class NotGenuineError(GuideError):
    """This update was not signed by the publisher this guide trusts."""

    code = "not-genuine"
    exit_code = 3


class UnknownPublisherError(NotGenuineError):
    """This update is whole, but it is from a publisher this guide does not know. Staff can add it."""

    code = "unknown-publisher"


class WrongWordsError(NotGenuineError):
    """The six words are not those of this file."""

    code = "wrong-words"


class NotNewerError(GuideError):
    """This update is not newer than what this guide already has."""

    code = "not-newer"
    exit_code = 4


class OutOfDateError(GuideError):
    """This update is genuine, but its own date has passed: staff must decide."""

    code = "out-of-date"
    exit_code = 5


class DamagedError(GuideError):
    """This file is damaged, or is not an update at all."""

    code = "damaged"
    exit_code = 6


class UnfitCatalogError(DamagedError):
    """The signed catalog inside cannot be used by this version of the guide."""

    code = "unfit-catalog"


class ProgramTooOldError(UnfitCatalogError):
    """This update is genuine, but it needs a newer version of the guide."""

    code = "program-too-old"


# --- 7: source data ---------------------------------------------------------------------------
class SourceDataError(GuideError):
    """The source data cannot be used."""

    code = "source-data"
    exit_code = 7


class NotToBePublishedError(SourceDataError):
    """The lint found what must not be published."""

    code = "lint"


# --- 8: this PC -------------------------------------------------------------------------------
class ThisComputerError(GuideError):
    """Something on this computer stands in the way."""

    code = "this-computer"
    exit_code = 8


class DiskFullError(ThisComputerError):
    """There is not enough free space on this computer."""

    code = "disk-full"


class NoAccessError(ThisComputerError):
    """This computer does not allow the guide to read or write a file it needs."""

    code = "no-access"


class BusyError(ThisComputerError):
    """Another window of the guide is already doing this."""

    code = "busy"


class HeldError(ThisComputerError):
    """Another program, perhaps a virus scanner, holds a file of the guide open."""

    code = "held"


class StickGoneError(ThisComputerError):
    """The file went away while it was being read."""

    code = "stick-gone"


class StickFullError(ThisComputerError):
    """There is not enough free space on the drive."""

    code = "stick-full"


class StickLockedError(ThisComputerError):
    """The drive cannot be written to."""

    code = "stick-locked"


class BadCopyError(ThisComputerError):
    """What was read back from the drive is not what was written."""

    code = "bad-copy"


class NothingToPassOnError(ThisComputerError):
    """This edition's signed file was not kept on this computer, so it cannot be passed on."""

    code = "nothing-to-pass-on"


class MirrorError(ThisComputerError):
    """The update server cannot be reached."""

    code = "mirror"


class CaptivePortalError(MirrorError):
    """This network wants somebody to sign in on a web page first."""

    code = "captive-portal"


class MirrorSlowError(MirrorError):
    """The update server answers too slowly."""

    code = "mirror-slow"


class MirrorCutError(MirrorError):
    """The connection to the update server was cut. What came so far is kept."""

    code = "mirror-cut"


class MirrorCertificateError(MirrorError):
    """This computer does not trust the update server's certificate."""

    code = "mirror-certificate"


class MirrorProxyError(MirrorError):
    """The proxy between this computer and the update server did not let the guide through."""

    code = "mirror-proxy"


class MirrorWrongError(MirrorError):
    """What the update server holds is not what the publisher signed."""

    code = "mirror-wrong"
    exit_code = 3


class MirrorStoppedError(MirrorError):
    """Stopped. What came so far is kept."""

    code = "mirror-stopped"


class NoPublisherError(ThisComputerError):
    """This program was put together without a publisher, so it cannot take in updates."""

    code = "no-publisher"


class NothingToGoBackToError(ThisComputerError):
    """There is no earlier edition on this computer."""

    code = "nothing-to-go-back-to"


class NothingToGoForwardToError(NothingToGoBackToError):
    """This guide has not gone back, so there is no newer edition to go forward to."""

    code = "nothing-to-go-forward-to"


class BrokenCatalogError(ThisComputerError):
    """The catalog on this computer is missing or damaged."""

    code = "broken-catalog"


class PrinterError(ThisComputerError):
    """The printer did not take the pages."""

    code = "printer"


class TypesetError(GuideError):
    """The sheet could not be typeset."""

    code = "typeset"
    exit_code = 8


class LogoError(UsageError):
    """This picture cannot be used as a logo."""

    code = "logo"


class LockedError(GuideError):
    """The staff area is locked."""

    code = "locked"
    exit_code = 8


class WrongPassphraseError(LockedError):
    """That passphrase is not right."""

    code = "wrong-passphrase"


class KeyFileError(GuideError):
    """The key file cannot be opened with that passphrase, or is damaged."""

    code = "key-file"
    exit_code = 2
