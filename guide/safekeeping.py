"""Backup and restore of everything a shelter wrote: shelter.db, settings, own words, logo, templates, fonts and languages.

Never the catalog nor its editions: those are the publishers', and a backup must not be a way around what an update is
checked for. Who publishes for this house travels as roots whose six words are said again where they arrive, and what was
learned of keys as signed metadata, which is judged anew and can only keep older editions out (``bundles.carried``). A backup that lies on this PC holds all; one that leaves the house holds what is
confidential only where staff say so (SAFETY N7).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from guide import __version__
from guide.bundles.carried import FOLDER as CARRIED
from guide.bundles.carried import take_carried, write_carried
from guide.bundles.disk import alone, sync_file, sync_folder, sync_tree, writing
from guide.clock import Clock
from guide.errors import GuideError, ThisComputerError, UsageError
from guide.records import Backup
from guide.restoring import finish, parts_of
from guide.settings import Settings

FORMAT, FORMAT_VERSION = "resource-guide-backup", 1
ENDING = ".guide-backup"
FOLDER = "backups"
_KEEP = 5  # of each reason, on this PC
_PROGRAM = "program.txt"  # the version that last wrote here


def write_backup(
    settings: Settings, out: Path, clock: Clock, *, confidential: bool = False, why: str = "asked"
) -> Backup:
    """Write everything this house wrote into the one file ``out``, whole or not at all; read it back and return it.

    Raises:
        UsageError: ``out`` is a folder, or lies in none.
        DiskFullError, NoAccessError, ThisComputerError, BackupDamagedError (what was written cannot be read back).
    """
    from guide.restore import read_backup
    from guide.shelter.backup import copy_store

    if out.is_dir() or not out.absolute().parent.is_dir():
        raise UsageError("There is no such folder to write a backup into.", path=str(out))
    fresh, copy = out.with_name(out.name + ".new"), out.with_name(out.name + ".part")
    carried = out.with_name(out.name + ".with")
    with writing(out):
        try:
            files = [(n, settings.data / n) for n in parts_of(settings.data) if not n.startswith(f"{CARRIED}/")]
            shutil.rmtree(carried, ignore_errors=True)
            carried.mkdir(mode=0o700)
            files += [(f"{CARRIED}/{name}", carried / name) for name in write_carried(settings, carried)]
            store = settings.data / "shelter.db"
            if store.is_file():
                copy.unlink(missing_ok=True)
                copy_store(store, copy, confidential=confidential)
                files.insert(0, ("shelter.db", copy))
            _pack(fresh, files, {
                "format": FORMAT, "format_version": FORMAT_VERSION, "program": __version__, "why": why,
                "made_at": clock().astimezone(UTC).isoformat(timespec="seconds"), "confidential": confidential,
            })  # fmt: skip
            backup = read_backup(fresh)
            fresh.replace(out)
            sync_folder(out.absolute().parent)
        finally:
            shutil.rmtree(carried, ignore_errors=True)
            for left in (fresh, copy):
                with suppress(OSError):
                    left.unlink(missing_ok=True)
    return replace(backup, path=str(out))


def automatic(settings: Settings, clock: Clock, why: str) -> Path | None:
    """Keep a backup in the data folder before something large (``why``: update, upgrade, restore); old ones go.

    Returns None where the shelter wrote nothing yet. Raises what ``write_backup`` raises.
    """
    if not (settings.data / "shelter.db").is_file() and not parts_of(settings.data):
        return None
    folder = settings.data / FOLDER
    with writing(folder):
        folder.mkdir(exist_ok=True, mode=0o700)
        with alone(folder / "lock"):
            out = folder / f"{clock().astimezone(UTC):%Y%m%d-%H%M%S}-before-{why}{ENDING}"
            write_backup(settings, out, clock, confidential=True, why=why)
            for old in sorted(folder.glob(f"*-before-{why}{ENDING}"))[:-_KEEP]:
                old.unlink(missing_ok=True)
    return out


def kept_here(settings: Settings) -> tuple[Path, ...]:
    """Return the automatic backups on this PC, newest first."""
    return tuple(sorted((settings.data / FOLDER).glob(f"*{ENDING}"), reverse=True))


def before_upgrade(settings: Settings, clock: Clock) -> None:
    """Keep a backup when another version of the program wrote here last; note this one. A full disk stops nobody:
    a change of the tables keeps a copy of its own and then refuses.
    """
    mark = settings.data / FOLDER / _PROGRAM
    with suppress(OSError):
        if mark.read_text("utf-8") == __version__:
            return
    if not settings.data.is_dir():
        return
    with suppress(GuideError, OSError):
        if (settings.data / "shelter.db").is_file():
            automatic(settings, clock, "upgrade")
        mark.parent.mkdir(exist_ok=True, mode=0o700)
        mark.write_text(__version__, "utf-8")


def restore(settings: Settings, path: Path, clock: Clock) -> tuple[Settings, Backup]:
    """Put the backup at ``path`` in the place of what is here; return the settings to go on with, and what it was.

    What is here is kept first as an automatic backup. Nothing changes before the backup was read to its last byte; a
    kill after that is finished at the next start (``guide.restoring``).

    Raises:
        BackupDamagedError, BackupNewerError, StickGoneError: nothing was changed.
        DiskFullError, NoAccessError, BusyError, ThisComputerError.
    """
    from guide.restore import stage_backup

    with writing(settings.data):
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(settings.data / "restore.lock"):
            stage = settings.data / "restore.new"
            shutil.rmtree(stage, ignore_errors=True)
            stage.mkdir(mode=0o700)
            try:
                backup = stage_backup(path, stage)
                kept = _keep(settings, clock)
                sync_tree(stage)
                stage.replace(settings.data / "restore.ready")
                sync_folder(settings.data)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
            fresh = finish(settings)
    return fresh, replace(backup, kept=str(kept or ""))


def _keep(settings: Settings, clock: Clock) -> Path | None:
    """Keep what is here; a shelter.db too damaged for that is put aside as it is when the restored one comes."""
    try:
        return automatic(settings, clock, "restore")
    except ThisComputerError as error:
        if error.facts.get("reason") != "damaged":
            raise
    return None


class Safekeeping:
    """The door to this house's backups; every method opens what it needs and lets it go."""

    def __init__(self, settings: Callable[[], Settings], took: Callable[[Settings], None], clock: Clock) -> None:
        """Take what gives this house's settings, what takes the restored ones, and the clock."""
        self._settings, self._took, self._clock = settings, took, clock

    def write(self, out: Path, *, confidential: bool = False) -> Backup:
        """Write a backup for another PC or a drawer. Raises as ``write_backup``."""
        self._settings().must("backup")
        return write_backup(self._settings(), out, self._clock, confidential=confidential)

    def look(self, path: Path) -> Backup:
        """Return what the backup at ``path`` is; change nothing. Raises as ``read_backup``."""
        from guide.restore import read_backup

        return read_backup(path)

    def restore(self, path: Path) -> Backup:
        """Put a backup in the place of what is here. Raises as ``restore``."""
        self._settings().must("backup")
        fresh, backup = restore(self._settings(), path, self._clock)
        take_carried(fresh, self._clock)
        self._took(fresh)
        return backup

    def kept(self) -> tuple[Path, ...]:
        """Return the automatic backups on this PC, newest first."""
        return kept_here(self._settings())

    def before_upgrade(self) -> None:
        """Keep a backup when another version of the program wrote here last."""
        before_upgrade(self._settings(), self._clock)

    def before_update(self) -> None:
        """Keep a backup before an update, which never touches what the shelter wrote: it is for everything else that can
        happen to a PC that is worked on. Where there is no room for it, newer numbers still come first.
        """
        with suppress(GuideError):
            automatic(self._settings(), self._clock, "update")

    def resume(self) -> None:
        """Finish a restore that a stopped computer left half done; where that cannot be, the next start tries again."""
        with suppress(GuideError, OSError):
            fresh = finish(self._settings())
            take_carried(fresh, self._clock)
            self._took(fresh)


def _pack(out: Path, files: list[tuple[str, Path]], facts: dict[str, object]) -> None:
    """Write the archive: a table of contents with each part's name, length and sha256, then the parts by number."""
    contents = []
    for number, (name, path) in enumerate(files, 1):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        contents.append({"part": f"parts/{number}", "name": name, "size": path.stat().st_size, "sha256": digest})
    os.close(os.open(out, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        head = json.dumps(facts | {"parts": contents}, ensure_ascii=True, indent=1).encode()
        archive.writestr(zipfile.ZipInfo("backup.json"), head)
        for entry, (_, path) in zip(contents, files, strict=True):
            archive.writestr(zipfile.ZipInfo(str(entry["part"])), path.read_bytes())
    sync_file(out)
