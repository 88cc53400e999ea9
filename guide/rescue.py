"""What to do where the file with the shelter's own data cannot be read: say how it is, offer the last good backup.

The guide itself goes on: what lies over the catalogs was made before (guide/own/derive.py), and no search needs the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from guide.errors import GuideError, NoAccessError
from guide.safekeeping import Safekeeping
from guide.settings import Settings


class Rescue:
    """Asked by the staff area's door, before anybody can unlock it: nothing here shows what a file holds."""

    def __init__(self, settings: Callable[[], Settings], safekeeping: Safekeeping, renew: Callable[[], None]) -> None:
        """Take the settings, the backups, and what makes anew what is derived."""
        self._settings, self._safekeeping, self._renew = settings, safekeeping, renew

    def state(self) -> str:
        """Return how shelter.db is: missing, sound, damaged, or newer (written by a newer program)."""
        return state_of(self._settings().data / "shelter.db")

    def last_good(self) -> tuple[Path, datetime | None] | None:
        """Return the newest automatic backup that can be read to its end, with when it was made; None for none."""
        for path in self._safekeeping.kept():
            with suppress(GuideError):
                return path, self._safekeeping.look(path).made_at
        return None

    def put_back(self, backup: Path) -> None:
        """Put ``backup`` in the place of what is here, which is set aside. Raises what a restore raises."""
        self._safekeeping.restore(backup)

    def begin_anew(self) -> None:
        """Set the damaged file aside, and begin with an empty one. One that can be read stays. Raises NoAccessError."""
        path = self._settings().data / "shelter.db"
        if state_of(path) != "damaged":
            return
        try:
            number = 1
            while (aside := path.with_name(f"shelter-damaged-{number}.db")).exists():
                number += 1
            path.replace(aside)
            for ending in ("-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
        except OSError as error:
            raise NoAccessError(path=str(path)) from error
        self._renew()


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
