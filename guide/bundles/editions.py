"""Which edition is current: generations on disk and the one pointer that says so.

Below ``data/editions`` lie ``gNNNNNN/`` (``catalog.db`` and ``tuf/``, made whole before they get their name)
and ``current.json``, replaced in one rename. The shipped catalog is generation "" and needs no folder.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guide.bundles.disk import patiently, sync_folder, sync_tree, write_whole, writing
from guide.catalog.kind import another_schema
from guide.records.frozen import dataclass
from guide.settings import Settings

BUILT = datetime(2026, 11, 24, tzinfo=UTC)  # no clock before this day can be right
NOTHING = "nothing.db"  # the empty catalog an added publisher begins with (roster)
_CATALOG = "catalog.db"
_STAGE = "stage"
_NAME = re.compile(r"g\d{6,9}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What is current. ``data`` and ``previous`` name catalogs, ``trust`` the TUF state, which never goes back; ``next``
    is the edition that was gone back from, and can be gone forward to again.

    ``floor`` is the newest date the publisher ever signed and this guide accepted; ``highest`` the newest edition;
    ``keyids`` the keys that signed it: when a verified root changes them, ``highest`` starts anew (facts, recovery).
    """

    data: str = ""
    trust: str = ""
    previous: str | None = None
    next: str | None = None
    floor: str = ""
    highest: int = 0
    keyids: tuple[str, ...] = ()

    def newest_signed(self) -> datetime:
        """Return the date this PC's clock cannot be before."""
        try:
            return max(BUILT, datetime.fromisoformat(self.floor))
        except (ValueError, TypeError):
            return BUILT


def clock_is_right(settings: Settings, now: datetime) -> bool:
    """Say whether ``now`` can be: not before the newest date the publisher ever signed. Cheap: asked at every search."""
    return now >= Editions(settings).pointer().newest_signed()


class Editions:
    """The generations of one guide."""

    def __init__(self, settings: Settings) -> None:
        """Take this house's settings; touch nothing."""
        self.settings = settings
        self.folder = settings.trusted / "editions"
        self._file = self.folder / "current.json"
        self.begins_empty = settings.catalog.name == NOTHING

    def pointer(self) -> Pointer:
        """Return the pointer; where it is broken, to the newest generation that is whole, else to the shipped one.

        What was made for another version of this program is passed over; what was trusted stays remembered.
        """
        try:
            found = json.loads(self._file.read_text("utf-8"))
            known = {f.name for f in fields(Pointer)}
            kept: dict[str, Any] = {k: tuple(v) if k == "keyids" else v for k, v in found.items() if k in known}
            pointer = Pointer(**kept)
            if _sound(pointer) and self._whole(pointer.data) and self._whole(pointer.trust):
                return pointer if self._fits(pointer.data) else replace(pointer, data=self._fitting(pointer.previous))
        except FileNotFoundError:
            if not _is(self.folder.is_dir):
                return Pointer()
        except (OSError, ValueError, TypeError, AttributeError):
            pass
        newest = next((g for g in reversed(self.generations()) if self._whole(g)), "")
        return Pointer(newest if self._fits(newest) else self._fitting(None), newest)

    def catalog(self, generation: str) -> Path:
        """Return the catalog of a generation."""
        return self.folder / generation / _CATALOG if generation else self.settings.catalog

    def tuf(self, generation: str) -> Path:
        """Return the folder with the TUF metadata of a generation."""
        return self.folder / generation / "tuf" if generation else self.settings.trust

    def generations(self) -> list[str]:
        """Return the names of the generations on disk, oldest first."""
        with suppress(PermissionError):
            return sorted(p.name for p in self.folder.glob("g[0-9]*") if _NAME.fullmatch(p.name) and p.is_dir())
        return []

    def new_stage(self) -> Path:
        """Return a fresh private folder to make a generation in."""
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._clear()
            # What somebody still holds open, or another account has left, stays; a second name does as well.
            names = (self.folder / f"{_STAGE}{number}" for number in ("", *range(2, 100)))
            stage = next(one for one in names if not one.exists())
            stage.mkdir(mode=0o700)
            return stage

    def next_name(self) -> str:
        """Return the name of the next generation."""
        last = self.generations()[-1:]
        return f"g{int(last[0][1:]) + 1 if last else 1:06d}"

    def settle(self, stage: Path) -> None:
        """Bring a whole staged generation to the disk: TUF's client brings nothing there (facts, trap 5)."""
        with writing(stage):
            sync_tree(stage)

    def activate(self, stage: Path, pointer: Pointer) -> None:
        """Name the staged and settled generation and point to it: after this it is current, before it nothing changed."""
        named = self.folder / pointer.data
        with writing(self.folder):
            patiently(lambda: stage.rename(named))
            try:
                sync_folder(self.folder)
                self.point(pointer)
            except BaseException:
                # A guide without a pointer would heal to the new generation: an error has to mean "as before".
                if not self._says(pointer):
                    shutil.rmtree(named, ignore_errors=True)
                raise

    def point(self, pointer: Pointer) -> None:
        """Make ``pointer`` the current one, in one rename."""
        with writing(self.folder):
            write_whole(self._file, _text(pointer))

    def sweep(self) -> None:
        """Remove generations that nothing points to, and the leftovers of a killed import."""
        pointer = self.pointer()
        kept = {pointer.data, pointer.trust, pointer.previous, pointer.next}
        for name in self.generations():
            if name not in kept:
                shutil.rmtree(self.folder / name, ignore_errors=True)
        self._clear()

    def _clear(self) -> None:
        for left in self.folder.glob(f"{_STAGE}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _whole(self, generation: str) -> bool:
        return generation == "" or _is(self.catalog(generation).is_file)

    def _fits(self, generation: str) -> bool:
        return generation == "" or not another_schema(self.catalog(generation))

    def _fitting(self, previous: str | None) -> str:
        """Return the edition to show where the current one was made for another version of this program.

        The one before it, else the one that came with the program: better than no guide until an update comes.
        """
        return previous if previous and self._whole(previous) and self._fits(previous) else ""

    def _says(self, pointer: Pointer) -> bool:
        with suppress(OSError, ValueError):
            return self._file.read_text("utf-8") == _text(pointer)
        return False


def _text(pointer: Pointer) -> str:
    return json.dumps(asdict(pointer))


def _is(asked: Callable[[], bool]) -> bool:
    """Ask a path what it is; in a folder that another account keeps to itself there is nothing for this one."""
    with suppress(PermissionError):
        return asked()
    return False


def _sound(pointer: Pointer) -> bool:
    """Say whether every field of a pointer that was read is of its kind; a name leads nowhere but to a generation."""
    names = (pointer.data, pointer.trust, pointer.previous or "", pointer.next or "")
    return (
        all(isinstance(name, str) and (name == "" or _NAME.fullmatch(name)) for name in names)
        and isinstance(pointer.floor, str)
        and type(pointer.highest) is int
        and all(isinstance(keyid, str) for keyid in pointer.keyids)
    )


def several(settings: Settings) -> bool:
    """Say whether a publisher was ever added: one question to the disk is all a house with one pays (roster)."""
    return _is((settings.trusted / "publishers").is_dir)


def current_catalog(settings: Settings) -> Path:
    """Return the catalog that is current now (standard library only, below a millisecond)."""
    editions = Editions(settings)
    return editions.catalog(editions.pointer().data)
