"""Puts a staged restore in place, part by part, again from the start after a kill: either nothing or all of it."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from guide import settings as house
from guide.bundles.carried import FOLDER as CARRIED
from guide.settings import Settings

READY = "restore.ready"  # complete; from here on there is no way back but forward
SINGLE = ("settings.json", house.OWN_WORDS, "logo.svg")
FOLDERS = {"fonts": (".ttf", ".otf", ".ttc"), "languages": (".toml",), "templates": (".json",), CARRIED: (".json",)}
# A name that every system can hold: no drive, no stream, no way up, no device.
_NAME = re.compile(
    r"(?!\.)(?!(?i:con|prn|aux|nul|com\d|lpt\d)\b)[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\\/:*?\"<>|]{1,100}(?<![ .])"
)


def belongs(name: str) -> bool:
    """Say whether ``name`` is that of a part a backup may hold, beside shelter.db."""
    if name in SINGLE:
        return True
    folder, _, rest = name.partition("/")
    return rest.lower().endswith(FOLDERS.get(folder, ("\0",))) and _NAME.fullmatch(rest) is not None


def parts_of(data: Path) -> tuple[str, ...]:
    """Return the names of what a shelter has in its data folder, beside shelter.db."""
    found = [name for name in SINGLE if (data / name).is_file()]
    for folder in FOLDERS:
        with suppress(OSError):
            names = sorted(path.name for path in (data / folder).iterdir() if path.is_file())
            found += [f"{folder}/{name}" for name in names if belongs(f"{folder}/{name}")]
    return tuple(found)


def finish(settings: Settings) -> Settings:
    """Put what lies ready in its place, take away what the backup does not have, and return the settings of it.

    Raises OSError; DiskFullError, NoAccessError, ThisComputerError for shelter.db.
    """
    from guide.shelter.backup import put_in_place

    data = settings.data
    ready = data / READY
    if (ready / "shelter.db").is_file():
        put_in_place(ready / "shelter.db", data / "shelter.db")
    else:
        for ending in ("", "-wal", "-shm"):
            (data / f"shelter.db{ending}").unlink(missing_ok=True)
    wanted = parts_of(ready)
    for name in parts_of(data):
        if name not in wanted:
            (data / name).unlink(missing_ok=True)
    for name in wanted:
        (data / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = (data / name).with_name(Path(name).name + ".new")
        shutil.copyfile(ready / name, fresh)
        fresh.replace(data / name)
    done = data / "restore.new"  # a folder half taken away must not look like one that lies ready
    shutil.rmtree(done, ignore_errors=True)
    ready.replace(done)
    shutil.rmtree(done, ignore_errors=True)
    # Which catalog the program came with, and whom it trusts, is no part of what a house wrote.
    return replace(house.load(data), catalog=settings.catalog, trust=settings.trust)
