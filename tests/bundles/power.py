"""A model of what a power cut may leave of a folder: only what was synced is certain.

The folder is looked at before every call that may change it and at every fsync. Between two looks, each new or lost
name is one change of its directory. Certain are: a file's content at its last fsync, a directory's names at its last
fsync. Every other change may have reached the disk or not, in any order (a rename as one); the content of a file that
was not synced may be whole, torn, zeros or nothing. That is harsher than ext4 and NTFS are.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = -1
Names = dict[tuple[int, str], int]  # (directory's inode, name): inode


@dataclass
class Moment:
    """What is certain at one moment, what is not, and the content each file had."""

    certain: Names
    changes: list[Names]  # each sets or (inode 0) removes the names it holds, as one
    synced: dict[int, bytes]
    content: dict[int, bytes]
    folders: set[int] = field(default_factory=set)


class Recorder:
    """Watches ``folder`` while an import works in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.moments: list[Moment] = []
        self._lock = threading.RLock()
        self._on = False
        self._sync = os.fsync

    def __enter__(self) -> Recorder:
        names, content, folders = self._look()
        self._last, self._certain, self._changes = names, dict(names), []
        self._synced = dict(content)
        self._folders = folders
        self._on = True
        sys.addaudithook(self._hook)
        os.fsync = self._fsync
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._note()
        self._on = False
        os.fsync = self._sync

    def _hook(self, event: str, given: tuple[Any, ...]) -> None:
        if self._on and (event == "open" or event.startswith("os.")) and event not in ("os.scandir", "os.listdir"):
            self._note()

    def _fsync(self, handle: int) -> None:
        self._note()
        self._sync(handle)
        with self._lock:
            inode = os.fstat(handle).st_ino
            self._note()
            if inode in self._folders:
                kept = []
                for change in self._changes:
                    own = {key: to for key, to in change.items() if key[0] in (inode, self._root(inode))}
                    if own:
                        self._apply(self._certain, change)
                    else:
                        kept.append(change)
                self._changes = kept
            elif inode in self._content:
                self._synced[inode] = self._content[inode]
            self._note(always=True)

    def _root(self, inode: int) -> int:
        return ROOT if inode == self.folder.stat().st_ino else inode

    def _note(self, *, always: bool = False) -> None:
        """Look again; what differs from the last look are new uncertain changes."""
        with self._lock:
            on, self._on = self._on, False
            try:
                names, content, folders = self._look()
            finally:
                self._on = on
            gone = {key: 0 for key in self._last if key not in names}
            come = {key: inode for key, inode in names.items() if self._last.get(key) != inode}
            fresh = []
            for key, inode in come.items():
                moved = [old for old in gone if self._last[old] == inode]
                fresh.append({key: inode} | {old: gone.pop(old) for old in moved})
            fresh += [{key: 0} for key in gone]
            self._changes += fresh
            self._last, self._folders = names, folders
            different = fresh or always or content != getattr(self, "_content", None)
            self._content = content
            if different:
                self.moments.append(
                    Moment(dict(self._certain), list(self._changes), dict(self._synced), dict(content), set(folders))
                )

    def _look(self) -> tuple[Names, dict[int, bytes], set[int]]:
        names: Names = {}
        content: dict[int, bytes] = {}
        folders: set[int] = {self.folder.stat().st_ino}
        waiting = [(ROOT, self.folder)]
        while waiting:
            inode, folder = waiting.pop()
            try:
                entries = list(os.scandir(folder))
            except OSError:  # another thread took it away meanwhile
                continue
            for entry in entries:
                own = entry.inode()
                names[inode, entry.name] = own
                if entry.is_dir(follow_symlinks=False):
                    folders.add(own)
                    waiting.append((own, Path(entry.path)))
                elif entry.is_file(follow_symlinks=False):
                    content[own] = Path(entry.path).read_bytes()
        return names, content, folders

    @staticmethod
    def _apply(names: Names, change: Names) -> None:
        for key, inode in change.items():
            if inode:
                names[key] = inode
            else:
                names.pop(key, None)

    def after_power_loss(self, number: int, chance: random.Random, nth: int) -> None:
        """Write into the (removed) folder what moment ``number`` may have left; the first two tries are the extremes."""
        moment = self.moments[number]
        names = dict(moment.certain)
        for change in moment.changes:
            if nth == 1 or (nth > 1 and chance.random() < 0.5):
                self._apply(names, change)
        self.folder.mkdir(parents=True)
        self._write(ROOT, self.folder, names, moment, chance, nth)

    def _write(self, inode: int, folder: Path, names: Names, moment: Moment, chance: random.Random, nth: int) -> None:
        for (parent, name), own in names.items():
            if parent != inode:
                continue
            if own in moment.folders:
                (folder / name).mkdir()
                self._write(own, folder / name, names, moment, chance, nth)
                continue
            synced = moment.synced.get(own)
            now = moment.content.get(own, synced)  # one that lost its name to another holds what it held
            if now is not None and now == synced:
                left = now
            else:
                now = now or b""
                torn = (synced or b"", now, b"", now[: len(now) // 2], bytes(len(now)))
                left = torn[0] if nth == 0 else chance.choice(torn)
            (folder / name).write_bytes(left)
