"""Checks that every part of the guide below the window is there and works: run inside a finished package.

Nothing of this house is read or changed: all of it happens in a folder that is thrown away, with a publisher that is
made for it, trusted there alone.
"""

from __future__ import annotations

import importlib
import pkgutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from guide import settings as house
from guide.app import Guide
from guide.errors import DamagedError, NotGenuineError, PrinterError
from guide.records import Audience, Question, SheetOptions
from guide.self_test_work import house_checks, publisher_checks
from guide.settings import Settings

Check = Callable[[], object]
_NOT_SHIPPED = ("ui.tour", "guide.__main__")


def core_checks(folder: Path) -> Iterator[tuple[str, Check]]:
    """Yield (name, check): a check returns something true, or raises what stood in the way. ``folder`` is empty."""
    settings = Settings(data=folder / "data")
    guide = Guide(settings)
    crisis = [card.id for card in guide.home(Audience.VISITOR).call_now]

    def sheet(*languages: str) -> bool:
        options = SheetOptions(languages=languages)
        paper = guide.sheet(crisis[:3], options, Audience.VISITOR)
        picture = guide.page_picture(paper.pdf, 0, 200)
        return paper.pages > 0 and len(picture.pixels) > 1000

    def keeping() -> bool:
        guide.staff.choose("a passphrase to test")
        guide.staff.unlock("a passphrase to test")
        backup = guide.safekeeping.write(folder / "house.guide-backup")
        return backup.has_passphrase and guide.safekeeping.restore(folder / "house.guide-backup").kept != ""

    def letting_go() -> bool:
        guide.close()
        return True

    yield "home", lambda: crisis
    yield "search", lambda: guide.search(Question("shelter")).cards
    yield "misspelled search", lambda: guide.search(Question("lawer")).cards
    yield "detail", lambda: guide.detail(crisis[0], Audience.VISITOR).service.id == crisis[0]
    yield "places", lambda: guide.places("33101")
    yield "sheet in English and Spanish", lambda: sheet("en", "es")
    yield "sheet in Arabic", lambda: sheet("ar")
    yield "sheet in Chinese", lambda: sheet("zh-Hans")
    yield "QR code", lambda: guide.qr_rows("tel:+18005550100")
    yield "trusted publisher", lambda: guide.status().edition.number
    yield "update: sign, verify, take in, go back", lambda: _update(folder / "update")
    yield "newer program: sign, verify, copy, refuse a bent one", lambda: _program(folder / "program")
    yield "staff lock, backup and restore", keeping
    yield from house_checks(guide, folder)
    yield from publisher_checks(folder / "publisher")
    yield "printers", lambda: _asks_printers(guide)
    yield "every module", _every_module
    yield "letting go", letting_go


def _update(folder: Path) -> bool:
    """Make a publisher, sign a second edition of the shipped catalog, and take it in as a stick would bring it."""
    from guide.publish.development import sign_for_test

    folder.mkdir()
    first, second, trust = folder / "first.db", folder / "second.db", folder / "trust"
    for path in (first, second):
        path.write_bytes(house.STARTER_CATALOG.read_bytes())
    with closing(sqlite3.connect(second)) as db:
        db.execute("UPDATE edition SET number = number + 1, name = 'test'")
        db.commit()
    bundle = sign_for_test(folder, first, second, trust)
    guide = Guide(replace(Settings(data=folder / "data"), catalog=first, trust=trust))
    offer = guide.verify(bundle)
    done = guide.apply_update(bundle)
    found = guide.search(Question("shelter")).cards
    back = guide.rollback()
    guide.close()
    return offer.verdict == "newer" and done.edition == back.edition + 1 and bool(found)


def _program(folder: Path) -> bool:
    """Make a publisher of programs, sign an installer of no use, verify it as a stick would bring it; start nothing."""
    from guide.publish.development import make_development_program_publisher, sign_program

    folder.mkdir()
    named = {"linux": "resource-guide_99.0_amd64.deb", "windows": "ResourceGuide-99.0-setup.exe"}
    installers = [folder / name for name in named.values()]
    for path in installers:
        path.write_bytes(b"!<arch>\n" if path.suffix == ".deb" else b"MZ")
    make_development_program_publisher(folder, folder / "trust")
    file = sign_program(folder, installers, folder / "new.guide-program")
    guide = Guide(replace(Settings(data=folder / "data"), program_trust=folder / "trust"))
    offer = guide.programs.verify(file)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"99.0", b"98.0"))
    try:
        guide.programs.verify(file)
    except (DamagedError, NotGenuineError):
        return (offer.verdict, offer.version) in (("newer", "99.0"), ("no-installer", "99.0"))
    return False


def _asks_printers(guide: Guide) -> bool:
    """Ask for the printers; a computer that has none, or no spooler, lacks nothing of the guide's own."""
    try:
        return isinstance(guide.press.printers(), tuple)
    except PrinterError as error:
        return error.facts.get("reason") in ("none", "no spooler", "no answer")


def _every_module() -> int:
    """Import every module of ours that ships; return how many."""
    names = {"guide", "ui"}
    for package in ("guide", "ui"):
        found = pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.", onerror=_raise)
        names |= {one.name for one in found if ".migrations" not in one.name}
    for name in sorted(names - set(_NOT_SHIPPED)):
        importlib.import_module(name)
    return len(names)


def _raise(name: str) -> None:
    importlib.import_module(name)
