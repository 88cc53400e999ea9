"""What to do where the file with the shelter's own data cannot be read: say how it is, offer the last good backup.

The guide itself goes on: what lies over the catalogs was made before (guide/own/derive.py), and no search needs the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.clock import Clock
from guide.errors import GuideError, LockedError, NoAccessError
from guide.safekeeping import Safekeeping
from guide.settings import Settings
from guide.shelter.lock_beside import LockBeside

if TYPE_CHECKING:
    from guide.shelter.store import Store


class Rescue:
    """Asked by the staff area's door, before anybody can unlock it: nothing here shows what a file holds."""

    def __init__(
        self, settings: Callable[[], Settings], safekeeping: Safekeeping, renew: Callable[[], None],
        store: Callable[[], AbstractContextManager[Store]], clock: Clock,
    ) -> None:  # fmt: skip
        """Take the settings, the backups, what makes anew what is derived, what opens shelter.db, and the clock."""
        self._settings, self._safekeeping, self._renew = settings, safekeeping, renew
        self._store, self._clock = store, clock

    def state(self) -> str:
        """Return how shelter.db is: missing, sound, damaged, gone (its lock is still here), or newer (written by a newer
        program).
        """
        found = state_of(self._settings().data / "shelter.db")
        return "gone" if found == "missing" and self._beside().row() is not None else found

    def can_prove(self) -> bool:
        """Say whether a passphrase or recovery code can be told from a wrong one without the file."""
        return self._beside().row() is not None

    def last_good(self) -> tuple[Path, datetime | None] | None:
        """Return the newest automatic backup that can be read to its end, with when it was made; None for none."""
        for path in self._safekeeping.kept():
            with suppress(GuideError):
                return path, self._safekeeping.look(path).made_at
        return None

    def put_back(self, backup: Path, typed: str = "") -> None:
        """Put ``backup`` in the place of what is here, which is set aside. ``typed``: the passphrase or recovery code,
        where one can be told from a wrong one; it goes on being the lock. Else the backup's own is.

        Raises WrongPassphraseError, LockedError, and what a restore raises.
        """
        row = self._proven(typed) if self.can_prove() else None
        self._safekeeping.restore(backup)
        self._remember("put-back", row)

    def begin_anew(self, typed: str) -> None:
        """Set the damaged file aside, and begin with an empty one behind the same lock. One that can be read stays.

        Whoever stands there must know the passphrase or the recovery code. Where nothing can tell a right one from a
        wrong one, this is for who looks after the computer (docs/administrators.md), never for who finds the door.

        Raises WrongPassphraseError, LockedError, NoAccessError.
        """
        row = self._proven(typed)
        path = self._settings().data / "shelter.db"
        if state_of(path) == "newer":
            raise LockedError("A newer version of the program wrote this file.", reason="newer")
        if state_of(path) == "damaged":
            try:
                number = 1
                while (aside := path.with_name(f"shelter-damaged-{number}.db")).exists():
                    number += 1
                path.replace(aside)
                for ending in ("-wal", "-shm"):
                    path.with_name(path.name + ending).unlink(missing_ok=True)
            except OSError as error:
                raise NoAccessError(path=str(path)) from error
        self._remember("begun-anew", row)
        self._renew()

    def _beside(self) -> LockBeside:
        return LockBeside(self._settings().data)

    def _proven(self, typed: str) -> dict[str, Any]:
        beside = self._beside()
        beside.prove(typed, self._clock)
        return beside.row() or {}

    def _remember(self, kind: str, row: dict[str, Any] | None) -> None:
        """Put the lock in force, and write down for all of staff what was done."""
        with self._store() as store:
            if row:
                store.lock.reinstate(row)
            store.add_event(kind, 0, "", by="staff")


def state_of(path: Path) -> str:
    """Look through a shelter.db; change nothing."""
    from guide.shelter.migrate import known_revisions

    if not path.is_file():
        return "missing"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return "damaged"
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if "alembic_version" not in tables:
                return "damaged" if tables else "sound"
            (revision,) = db.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    except sqlite3.OperationalError:
        return "sound"  # locked, or a folder that cannot be written: no word on what is in it
    except sqlite3.Error:
        return "damaged"
    if revision in known_revisions():
        return "sound"
    return "newer" if str(revision).isdigit() and str(revision) > max(known_revisions()) else "damaged"
