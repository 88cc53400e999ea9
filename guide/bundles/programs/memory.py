"""What this guide remembers of its own publisher: TUF's state, the highest version, the newest date; apart from catalogs.

``program/memory.json`` names the folder of TUF's state that counts; both change in the one rename of that file.
"""

from __future__ import annotations

import json
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from guide.bundles.disk import sync_folder, sync_tree, write_whole
from guide.settings import Settings

_STATE = re.compile(r"trust-\d{6}")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Memory:
    """``trust`` is the folder that counts, "" where nothing was ever put in; ``floor`` the newest date ever signed."""

    trust: str = ""
    highest: str = ""
    floor: str = ""
    keyids: tuple[str, ...] = field(default=())

    def newest_signed(self) -> datetime:
        """Return the newest date the publisher ever signed here."""
        with suppress(ValueError):
            return datetime.fromisoformat(self.floor).astimezone(UTC)
        return _LONG_AGO


def folder_of(settings: Settings) -> Path:
    """Return the folder of all this: on this PC, even where all else is on a stick."""
    return settings.trusted / "program"


def recall(folder: Path) -> Memory:
    """Return what is remembered; without a file that can be read, TUF's newest state still says what was newest."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((folder / "memory.json").read_text("utf-8"))
        made = Memory(str(found["trust"]), str(found["highest"]), str(found["floor"]), tuple(map(str, found["keyids"])))
        if (folder / made.trust).is_dir() and (not made.trust or _STATE.fullmatch(made.trust)):
            return made
    states = _states(folder)
    return Memory(states[-1]) if states else Memory()


def state_of(folder: Path, memory: Memory) -> Path:
    """Return the folder of TUF's state that counts; one that is not there stands for "nothing yet"."""
    return folder / (memory.trust or "trust-none")


def remember(folder: Path, stage: Path, memory: Memory) -> None:
    """Make the TUF state in ``stage`` (in ``folder``, moved away) and ``memory`` the ones that count, at once."""
    states = _states(folder)
    name = f"trust-{int(states[-1][-6:]) + 1 if states else 1:06}"
    sync_tree(stage)
    stage.replace(folder / name)
    sync_folder(folder)
    write_whole(folder / "memory.json", json.dumps(asdict(memory) | {"trust": name}))
    for old in states:
        shutil.rmtree(folder / old, ignore_errors=True)


def _states(folder: Path) -> list[str]:
    with suppress(OSError):
        return sorted(p.name for p in folder.iterdir() if _STATE.fullmatch(p.name))
    return []
