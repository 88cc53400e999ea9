"""Each error of the guide as a calm sentence and what to do next."""

from __future__ import annotations

from guide import errors as e
from guide.errors import GuideError
from guide.records.backup import BackupDamagedError, BackupNewerError
from guide.records.house import HouseFileError, NewerHouseFileError
from guide.records.program import (
    NoInstallerError,
    NoProgramPublisherError,
    NotStartedError,
    ProgramChangedError,
    ProgramOutOfDateError,
)
from guide.records.saved import TooManyTemplatesError
from guide.text import Language, mark

_ = mark
# The nearest class wins; ``{name}`` is filled from the error's facts.
SENTENCES: dict[type[GuideError], tuple[str, str]] = {
    e.GuideError: (_("That did not work."), _("Please try again. If it happens again, tell your publisher.")),
    e.UsageError: (_("That cannot be done this way."), _("Please check what was entered.")),
    TooManyTemplatesError: (
        _("There are as many templates as a house can keep."),
        _("A house keeps at most {most}. Delete one that nobody uses, then save this one again."),
    ),
    e.ForbiddenError: (
        _("This is turned off on this computer."),
        _("Ask the person who looks after this computer, if you need it."),
    ),
    e.NotFoundError: (_("This entry is no longer in the guide."), _("Search for it again.")),
    e.NotGenuineError: (
        _("This file is not from your publisher. Nothing was changed."),
        _("Do not use this stick. Ask your publisher for a new file."),
    ),
    e.UnknownPublisherError: (
        _("This update is from a publisher this guide does not know. Nothing was changed."),
        _("If your house works with this publisher, you can add it here with its six words. If not, do not use it."),
    ),
    e.WrongWordsError: (
        _("These are not the six words of this file. Nothing was added."),
        _("Check each word. If they are right, do not use this file: call the publisher."),
    ),
    e.KnownPublisherError: (
        _("This guide knows this publisher already."),
        _("There is nothing to add. Its updates can be taken in."),
    ),
    e.FirstPublisherError: (
        _("The publisher that came with the program stays."),
        _("You can let another publisher count before it."),
    ),
    e.NotNewerError: (
        _("This update is not newer than what is here. Nothing was changed."),
        _("You have the newest one of these two. There is nothing to do."),
    ),
    e.OutOfDateError: (
        _("This update is genuine, but its own date has passed."),
        _("Ask for a newer one. If there is none, you can still take it."),
    ),
    e.DamagedError: (
        _("This file is damaged, or is not an update. Nothing was changed."),
        _("Copy it to the stick again, or ask for a new file."),
    ),
    e.ProgramTooOldError: (
        _("This update is genuine, but it needs a newer version of this program. The guide you have stays as it is."),
        _("It needs version {needs}. Ask your publisher for the newer program. Then take this update again."),
    ),
    ProgramChangedError: (
        _("The installer is not the one that was signed. It was not started."),
        _("Put the stick in and try once more. If this comes again, ask the person who looks after this computer."),
    ),
    ProgramOutOfDateError: (
        _("This version of the program is genuine, but its own date has passed. It is not put in."),
        _("Check this computer's date. If it is right, ask for a newer file."),
    ),
    NoProgramPublisherError: (
        _("This program takes no newer version of itself: it was put together without its own publisher's key."),
        _("Ask the person who looks after this computer to put the newer version in."),
    ),
    NoInstallerError: (
        _("This file holds nothing that can be put on this computer."),
        _("Ask the person who looks after this computer."),
    ),
    NotStartedError: (
        _("The setup was not started. Nothing was changed."),
        _("An administrator of this computer has to say yes. Ask the person who looks after it."),
    ),
    e.UnfitCatalogError: (
        _("This update does not fit this version of the guide. Nothing was changed."),
        _("The program may need an update first. Tell your publisher."),
    ),
    BackupDamagedError: (
        _("This file is damaged, or is not a backup. Nothing was changed."),
        _("Try another backup, or copy this one to the stick again."),
    ),
    BackupNewerError: (
        _("This backup was made by a newer version of the guide. Nothing was changed."),
        _("Put the newest version of the program on this computer first. Then restore the backup."),
    ),
    HouseFileError: (
        _("This is not a file that another computer of this house wrote. Nothing was changed."),
        _("Write it anew on the other computer, under “This house”."),
    ),
    NewerHouseFileError: (
        _("This file was written by a newer version of the guide. Nothing was changed."),
        _("Put the newest version of the program on this computer first."),
    ),
    e.NotToBePublishedError: (
        _("This catalog has errors that stop it from being published."),
        _("Correct them first; the list says what and where."),
    ),
    e.SourceDataError: (_("The data cannot be used."), _("The report says which rows are wrong.")),
    e.ThisComputerError: (
        _("Something on this computer stands in the way. Nothing was changed."),
        _("Ask the person who looks after this computer."),
    ),
    e.DiskFullError: (
        _("This computer has too little free space. Nothing was changed."),
        _("Free some space and try again."),
    ),
    e.NoAccessError: (
        _("This account may not write the guide's files. Nothing was changed."),
        _("Sign in with the account for staff and try again."),
    ),
    e.BusyError: (
        _("Another window of the guide is doing this now."),
        _("Close the other window, or wait a moment."),
    ),
    e.HeldError: (
        _("Another program, maybe a virus scanner, holds a file of the guide open. Nothing was changed."),
        _("Wait a minute, then try again."),
    ),
    e.StickGoneError: (
        _("The file could not be read to its end. Nothing was changed."),
        _("Put the stick in again and try once more."),
    ),
    e.StickFullError: (
        _("There is too little room on the stick."),
        _("Take something off it, or use another stick."),
    ),
    e.StickLockedError: (
        _("This stick or folder cannot be written to."),
        _("Some sticks have a small switch at the side. Or use another stick."),
    ),
    e.BadCopyError: (
        _("The copy on the stick is not good, so it was taken off again."),
        _("Use another stick."),
    ),
    e.NothingToPassOnError: (
        _("This edition cannot be passed on from this computer: its signed file is not here."),
        _("Take in the newest update first. Then it can be passed on."),
    ),
    e.MirrorError: (
        _("The update server cannot be reached. Nothing was changed."),
        _("Check that this computer is on the network, then try again. A stick works without one."),
    ),
    e.CaptivePortalError: (
        _("This network wants somebody to sign in on a web page first. Nothing was changed."),
        _("Sign in to the network in a web browser, then try again."),
    ),
    e.MirrorSlowError: (
        _("The update server answers too slowly. Nothing was changed."),
        _("Try again later. What came so far is kept, so the next try is shorter."),
    ),
    e.MirrorCutError: (
        _("The connection to the update server was cut. Nothing was changed."),
        _("Try again. What came so far is kept, so the next try is shorter."),
    ),
    e.MirrorCertificateError: (
        _("This computer does not trust the update server's certificate. Nothing was changed."),
        _("Check this computer's date first. Then ask the person who looks after this computer."),
    ),
    e.MirrorProxyError: (
        _("The proxy between this computer and the update server did not let the guide through."),
        _("Ask the person who looks after the network for the proxy's address."),
    ),
    e.MirrorWrongError: (
        _("What the update server holds is not what your publisher signed. Nothing was changed."),
        _("Tell your publisher. The guide you have is still good."),
    ),
    e.MirrorStoppedError: (
        _("Stopped. Nothing was changed."),
        _("What came so far is kept, so the next try is shorter."),
    ),
    e.NoPublisherError: (
        _("This program was put together without a publisher, so it takes no updates."),
        _("Ask for a program with your publisher's key."),
    ),
    e.NothingToGoForwardToError: (
        _("There is no newer edition on this computer to go forward to."),
        _("Nothing was changed."),
    ),
    e.NothingToGoBackToError: (_("There is no earlier edition on this computer."), _("Nothing was changed.")),
    e.BrokenCatalogError: (
        _("The guide's data on this computer is damaged."),
        _("Put the program on again, or take in the newest update."),
    ),
    e.PrinterError: (
        _("The printer did not take the pages."),
        _("Check that it is on and has paper, then print again."),
    ),
    e.TypesetError: (
        _("This sheet cannot be made as it is."),
        _("Take the last entry off, or choose another language."),
    ),
    e.LogoError: (
        _("This picture cannot be used as a logo."),
        _("Use a simple SVG or PNG file of less than 1 MB."),
    ),
    e.LockedError: (_("The staff area is locked."), _("Wait {wait_seconds} seconds, then try again.")),
    e.WrongPassphraseError: (_("That passphrase is not right."), _("Please try again.")),
    e.KeyFileError: (_("The key file cannot be opened."), _("Check the passphrase and the file.")),
}
# What a printer said or did not say: ``reason`` of a PrinterError.
PRINTER: dict[str, tuple[str, str]] = {
    "none": (
        _("No printer was found on this computer."),
        _("Ask staff. Your sheet stays here until you start over."),
    ),
    "gone": (
        _("That printer is not there any more."),
        _("Choose another one, or ask staff. Your sheet stays here."),
    ),
    "paused": (
        _("The printer is paused."),
        _("Ask staff to start it again, then print once more."),
    ),
    "rejecting": (
        _("The printer takes no pages now."),
        _("Choose another one, or ask staff. Your sheet stays here."),
    ),
    "no-paper": (
        _("The printer is out of paper."),
        _("Your pages wait. Put paper in, or take them back."),
    ),
    "offline": (
        _("The printer is off, or cannot be reached."),
        _("Your pages wait. Switch it on, or take them back."),
    ),
    "trouble": (
        _("The printer needs a look: a paper jam, an open door or no ink."),
        _("Your pages wait. Ask staff, or take them back."),
    ),
    "failed": (
        _("The printer could not print the pages."),
        _("Nothing is waiting there any more. Try again, or choose another printer."),
    ),
    "no answer": (
        _("The print system of this computer does not answer."),
        _("Wait a moment and try again, or ask staff. Your sheet stays here."),
    ),
    "no spooler": (
        _("This computer is not set up to print."),
        _("Ask staff. Your sheet stays here until you start over."),
    ),
}


NEWER = (
    mark("What this house wrote was kept by a newer version of the guide. It is not read, and stays as it is."),
    mark("Put the newest version of the program on this computer first."),
)
NO_NUMBER = mark("Ask your publisher for the newer program. Then take this update again.")
OLDER_SCHEMA = (
    mark("This update was made for an older version of this program. The guide you have stays as it is."),
    mark("Ask your publisher for an update made for the program that is here."),
)


def sentence(error: GuideError, _: Language) -> tuple[str, str]:
    """Return what happened and what to do next, in the language of ``_``."""
    kind = next(one for one in type(error).__mro__ if one in SENTENCES)
    what, advice = SENTENCES[kind]
    if isinstance(error, e.ProgramTooOldError) and not error.facts.get("needs"):
        advice = NO_NUMBER
    if error.facts.get("reason") == "older schema":
        what, advice = OLDER_SCHEMA
    if error.facts.get("reason") == "newer":
        what, advice = NEWER
    if isinstance(error, e.PrinterError):
        what, advice = PRINTER.get(str(error.facts.get("reason")), (what, advice))
    return _(what), _(advice).format_map(_Facts(error.facts))


class _Facts(dict[str, object]):
    """Facts for a sentence; one that is missing is left out of it."""

    def __missing__(self, name: str) -> str:
        return "…" if name != "wait_seconds" else "5"
