"""``guide doctor``: what this PC has and lacks, in one screen."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from guide import __version__
from guide.bundles.checkup import check_up
from guide.bundles.publishers import sweep
from guide.bundles.roster import house_of, keys
from guide.cli.terminal import Desk
from guide.errors import BrokenCatalogError, ThisComputerError
from guide.records import IndexState, Question, Status
from guide.settings import OWN_WORDS
from guide.text import font_folders

GOOD, MENDED, LACKS, BAD = "good", "mended", "lacks", "bad"
_ROOM = 200 << 20  # an update of a large catalog, its copy and its index


@dataclass(frozen=True)
class Check:
    """One thing looked at. ``state``: good; mended (just now); lacks (the guide works without); bad (it does not)."""

    name: str
    state: str
    text: str


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    command = commands.add_parser("doctor", parents=[every], help="what this computer has and lacks for the guide")
    command.set_defaults(run=run)


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Print every check. Raises ThisComputerError when the guide cannot work as it should."""
    del args
    checks = [
        *_computer(),
        *_folders(desk),
        *_catalog(desk),
        *_editions(desk),
        _shelter(desk),
        *_own_words(desk.settings.data / OWN_WORDS),
    ]
    bad = [check for check in checks if check.state == BAD]
    if not (bad and desk.terminal.as_json):
        lines = [f"{check.state:<6} {check.name:<10} {check.text}" for check in checks]
        desk.terminal.give({"checks": checks}, lines)
    if bad:
        raise ThisComputerError(f"This computer needs attention: {', '.join(c.name for c in bad)}.", checks=checks)


def _computer() -> Iterator[Check]:
    yield Check("python", GOOD, f"{sys.version.split()[0]} on {sys.platform}")
    with closing(sqlite3.connect(":memory:")) as db:
        full_text = db.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone() == (1,)
    yield Check("search", GOOD if full_text else BAD, f"SQLite {sqlite3.sqlite_version}")
    if find_spec("PySide6") is None:
        yield Check("window", LACKS, "PySide6 is not installed; the command line works without")
    else:
        yield Check("window", GOOD, "PySide6 is installed")
    shown = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    yield Check("display", GOOD, "there is one") if shown else Check("display", LACKS, "none: no window can open here")
    yield _printer()
    fonts = [file for folder in font_folders() for file in folder.glob("*.[ot]tf")]
    yield Check("fonts", GOOD if fonts else BAD, f"{len(fonts)} font files of our own")


def _printer() -> Check:
    if sys.platform == "win32":
        return Check("printer", GOOD, "asked for when something is printed")
    names = _printers()
    if names is None:
        return Check("printer", LACKS, "no print system (CUPS); sheets can be saved as PDF")
    if not names:
        return Check("printer", LACKS, "the print system knows no printer")
    return Check("printer", GOOD, ", ".join(names))


def _printers() -> list[str] | None:
    """Return the names CUPS knows, None without CUPS."""
    lpstat = shutil.which("lpstat")
    if lpstat is None or shutil.which("lp") is None:
        return None
    try:
        done = subprocess.run([lpstat, "-e"], capture_output=True, text=True, timeout=5, check=False, errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.split()


def _folders(desk: Desk) -> Iterator[Check]:
    folder = desk.settings.data
    nearest = next(one for one in (folder, *folder.parents) if one.exists())
    if folder.is_dir():
        try:
            with tempfile.TemporaryFile(dir=folder):
                yield Check("write", GOOD, str(folder))
        except OSError:
            yield Check("write", BAD, f"{folder} cannot be written")
    elif nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        yield Check("write", GOOD, f"{folder} will be made when it is needed")
    else:
        yield Check("write", BAD, f"{folder} cannot be made")
    room = shutil.disk_usage(nearest).free
    yield Check("room", GOOD if room >= _ROOM else LACKS, f"{room // (1 << 20):,} MB free")


def _editions(desk: Desk) -> Iterator[Check]:
    """Every edition of every publisher kept here, byte by byte; what is derived is put in order."""
    for key in keys(desk.settings):
        whose = f"{key[:5]} " if key else ""
        for finding in check_up(house_of(desk.settings, key)):
            yield Check(f"{whose}{finding.name}", finding.state, finding.text)
    with suppress(ThisComputerError):
        if left := sweep(desk.settings):
            yield Check("publishers", MENDED, f"{left} removed of publishers that were half added or half removed")


def _shelter(desk: Desk) -> Check:
    """What staff wrote: looked at, never touched."""
    state = desk.guide.rescue.state()
    if state in ("missing", "sound"):
        return Check("shelter", GOOD, "whole" if state == "sound" else "nothing written yet")
    if state == "newer":
        return Check("shelter", BAD, "written by a newer version of the program: put that one on this computer")
    kept = desk.guide.rescue.last_good()
    advice = (
        f"put back the last good backup: guide restore {kept[0]}" if kept else "there is no backup on this computer"
    )
    return Check("shelter", BAD, f"{state}; the staff door asks how to go on; the guide goes on without it; {advice}")


def _catalog(desk: Desk) -> Iterator[Check]:
    try:
        status = desk.guide.status()
    except BrokenCatalogError as error:
        yield Check("catalog", BAD, f"missing or damaged: {error.facts.get('path', '')}")
        return
    yield from _age(status)
    if status.signed:
        yield Check("publisher", GOOD, f"{status.publisher_name}: {' '.join(status.fingerprint)}")
    else:
        yield Check("publisher", LACKS, "none: this program takes no updates (docs/publishing.md)")
    yield _program(desk)
    index = desk.guide.index_state()
    if index.state in ("damaged", "other"):
        desk.guide.search(Question())  # makes it anew
        again = desk.guide.index_state()
        yield Check("index", MENDED if again.state == "ready" else LACKS, "it could not be used; made anew")
        return
    yield _index(index)


def _program(desk: Desk) -> Check:
    """Say by which six words the makers of this program are known, and how a newer version comes onto this computer."""
    from guide.bundles.fingerprint import fingerprint
    from guide.bundles.programs.here import way_here
    from guide.bundles.programs.offers import root_of
    from guide.records.program import NoProgramPublisherError

    try:
        words = " ".join(fingerprint(root_of(desk.settings)))
    except NoProgramPublisherError:
        return Check("program", LACKS, f"{__version__}; takes no newer version of itself (docs/release.md)")
    return Check("program", GOOD, f"{__version__}, put in as {way_here()}; its makers' words: {words}")


def _age(status: Status) -> Iterator[Check]:
    edition = status.edition
    told = {"fresh": "up to date", "amber": "a newer edition was due", "red": "out of date: bring a newer one"}
    text = f"edition {edition.name}, {edition.services:,} entries, data of {edition.data_date or 'unknown date'}"
    yield Check("catalog", GOOD if status.age == "fresh" else LACKS, f"{text}; {told[status.age]}")
    behind = "this computer's date is before one the publisher signed: please set it"
    yield Check("clock", LACKS, behind) if status.clock_behind else Check("clock", GOOD, "plausible")


def _index(index: IndexState) -> Check:
    told = {
        "missing": (GOOD, "will be made at the first search"),
        "damaged": (LACKS, "damaged: the next search makes it anew"),
        "other": (GOOD, "made by another version of the program: the next search makes it anew"),
    }
    if index.state in told:
        return Check("index", *told[index.state])
    healed = {"damaged": "; made anew, for the last one was damaged", "other": "; made anew by this version"}
    return Check("index", GOOD, f"ready, {index.size / 1e6:,.1f} MB, sound{healed.get(index.because, '')}")


def _own_words(file: Path) -> Iterator[Check]:
    """Say what is wrong with the shelter's own everyday words, line by line; nothing where it has none."""
    from guide.search.everyday_file import load

    if file.exists():
        _, problems = load(file)
        told = "; ".join(f"line {problem.line}: {problem.reason}" for problem in problems)
        yield Check("words", LACKS, f"{file.name}: {told}") if told else Check("words", GOOD, f"{file.name} is sound")
