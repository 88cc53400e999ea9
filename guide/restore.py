"""Reads a backup of which nothing is believed: every part is bounded, hashed and made anew before it may be used."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guide import settings as house
from guide.bundles.archive import Archive
from guide.bundles.disk import writing
from guide.clock import system_clock
from guide.errors import DamagedError, LogoError
from guide.house_templates import make_anew
from guide.records import Backup
from guide.records.backup import BackupDamagedError, BackupNewerError
from guide.restoring import belongs

_NAMES = re.compile(r"backup\.json|parts/[1-9]\d{0,2}")
_LARGEST = {"shelter.db": 256 << 20, "settings.json": 1 << 20, house.OWN_WORDS: 4 << 20, "logo.svg": 8 << 20}
_LARGEST_OTHER = 96 << 20  # a Chinese font collection
_LARGEST_IN_ALL = 1 << 30
_LONGEST_HEAD = 256 << 10
_WHYS = ("asked", "update", "upgrade", "restore")


def read_backup(path: Path) -> Backup:
    """Return what the backup at ``path`` is and holds, after reading all of it; nothing of this house is touched.

    Raises:
        BackupDamagedError, BackupNewerError, StickGoneError, NoAccessError, DiskFullError.
    """
    with writing(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="guide-") as scratch:
        return stage_backup(path, Path(scratch))


def stage_backup(path: Path, stage: Path) -> Backup:
    """Lay the parts of the backup at ``path`` into the empty folder ``stage``, each made anew; return what it is.

    Raises as ``read_backup``.
    """
    try:
        with Archive(path, _NAMES) as archive:
            if not archive.has("backup.json") or archive.length("backup.json") > _LONGEST_HEAD:
                raise BackupDamagedError(reason="it has no table of contents", file=path.name)
            head = _head(b"".join(archive.pieces("backup.json")))
            for entry in head["parts"]:
                _take(archive, entry, stage)
    except (BackupDamagedError, BackupNewerError):
        raise
    except DamagedError as error:
        raise BackupDamagedError(reason=error.facts.get("reason", ""), file=path.name) from error
    names = [entry["name"] for entry in head["parts"]]
    sheets, locked = _made_anew(stage) if "shelter.db" in names else ((), False)
    house.save(house.load(stage)) if "settings.json" in names else None  # only what fits is kept
    if "logo.svg" in names:
        _clean_logo(stage / "logo.svg")
    if (stage / "templates").is_dir():
        make_anew(stage)
    return Backup(
        path=str(path),
        size=path.stat().st_size,
        made_at=head["made_at"],
        why=head["why"],
        program=head["program"],
        shelter_name=house.load(stage).shelter_name,
        confidential=head["confidential"],
        saved_sheets=sheets,
        parts=tuple(name for name in names if name != "shelter.db"),
        has_passphrase=locked,
    )


def _head(data: bytes) -> dict[str, Any]:
    """Return the table of contents, every value judged."""
    try:
        head = json.loads(data)
        if head["format"] != "resource-guide-backup":
            raise BackupDamagedError(reason="it is something else")
        if type(head["format_version"]) is int and head["format_version"] > 1:
            raise BackupNewerError(found=str(head["format_version"])[:20])
        made_at = datetime.fromisoformat(head["made_at"]).astimezone(UTC)
        parts = [{key: one[key] for key in ("part", "name", "size", "sha256")} for one in head["parts"]]
        names = [one["name"] for one in parts]
        sizes = [one["size"] for one in parts]
        sound = (
            head["format_version"] == 1
            and all(type(size) is int and size >= 0 for size in sizes)
            and sum(sizes) <= _LARGEST_IN_ALL
            and all(isinstance(name, str) and (name == "shelter.db" or belongs(name)) for name in names)
            and len({name.casefold() for name in names}) == len(names)
            and all(size <= _LARGEST.get(name, _LARGEST_OTHER) for name, size in zip(names, sizes, strict=True))
            and isinstance(head["confidential"], bool)
            and isinstance(head["program"], str)
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise BackupDamagedError(reason="its table of contents is damaged") from error
    if not sound:
        raise BackupDamagedError(reason="its table of contents is damaged")
    why = head["why"] if head.get("why") in _WHYS else "asked"
    return {
        "parts": parts, "made_at": made_at, "why": why,
        "confidential": head["confidential"], "program": head["program"][:20],
    }  # fmt: skip


def _take(archive: Archive, entry: dict[str, Any], stage: Path) -> None:
    """Write one part when it is as long as, and the very bytes that, the table of contents says."""
    part = str(entry["part"])
    if not archive.has(part) or archive.length(part) != entry["size"]:
        raise BackupDamagedError(reason="a part is missing or cut")
    out = stage / entry["name"]
    out.parent.mkdir(exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with writing(out), out.open("xb") as file:
        for piece in archive.pieces(part):
            digest.update(piece)
            file.write(piece)
    if digest.hexdigest() != entry["sha256"]:
        raise BackupDamagedError(reason="a part is not what was written")


def _made_anew(stage: Path) -> tuple[tuple[str, ...], bool]:
    """Make shelter.db anew from its rows, and read through all of it once; return the sheets' names, and the lock."""
    from guide.shelter.backup import as_one_file, rebuild
    from guide.shelter.read_through import read_through
    from guide.shelter.saved import saved_sheets
    from guide.shelter.store import Store

    given, fresh = stage / "given.db", stage / "shelter.db"
    fresh.replace(given)
    rebuild(given, fresh)
    for left in [given, *stage.glob("shelter-before-*")]:
        left.unlink()
    try:
        with Store(fresh, system_clock) as store:
            read_through(store)
            sheets, locked = saved_sheets(store), store.lock.is_set_up()
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupDamagedError(reason="its tables hold what no guide writes") from error
    as_one_file(fresh)
    return tuple(sheet.name for sheet in sheets), locked


def _clean_logo(path: Path) -> None:
    from guide.sheets.logo import clean_logo

    try:
        path.write_bytes(clean_logo(path.read_bytes()))
    except LogoError:
        path.unlink()  # a house without a logo is whole
