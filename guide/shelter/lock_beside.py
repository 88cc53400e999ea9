"""The staff lock once more, in a file beside shelter.db: where that one is damaged or gone, the door stays shut.

It holds what shelter.db holds of the lock (hashes and salts, never a passphrase) and the wrong tries made here. It is in
no backup and no file that leaves the PC.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from guide.clock import Clock
from guide.errors import LockedError, NoAccessError, WrongPassphraseError
from guide.shelter import lock
from guide.shelter.recovery import as_meant

FILE = "staff-lock.json"
_BYTES, _NUMBERS = ("salt", "hash", "recovery_salt", "recovery_hash"), ("memory", "passes")
_LARGEST = 4_000  # bytes


class LockBeside:
    """The file may be missing: then nobody chose a passphrase, or a program before this one did."""

    def __init__(self, folder: Path) -> None:
        """Take the folder shelter.db lies in."""
        self.path = folder / FILE

    def row(self) -> dict[str, Any] | None:
        """Return the lock as shelter.db keeps it, None where there is none that makes sense."""
        found = self._read()
        with suppress(KeyError, TypeError, ValueError):
            row: dict[str, Any] = {name: bytes.fromhex(found[name]) if found[name] else None for name in _BYTES}
            row |= {name: int(found[name]) for name in _NUMBERS}
            # Bounds, so that a file nobody of us wrote takes neither this PC's memory nor its day.
            sound = 8 <= row["memory"] <= 8 * lock.MEMORY and 1 <= row["passes"] <= 20 and row["salt"] and row["hash"]
            return row if sound else None
        return None

    def keep(self, row: Mapping[str, Any] | None) -> None:
        """Write the lock as shelter.db has it now, or take it away with None; nothing where it is so already.

        A PC on which this cannot be written works on as before.
        """
        if row is None:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
        elif self.row() != {name: row[name] for name in (*_BYTES, *_NUMBERS)}:
            with suppress(NoAccessError):
                self._write({name: row[name].hex() if row[name] else "" for name in _BYTES}
                            | {name: row[name] for name in _NUMBERS} | {"wrong": 0, "wrong_at": ""})  # fmt: skip

    def prove(self, typed: str, clock: Clock) -> None:
        """Return quietly when ``typed`` is the passphrase or the recovery code. Wrong tries wait as at the door.

        Raises WrongPassphraseError, LockedError, NoAccessError: a try that cannot be counted is none.
        """
        row, found, now = self.row(), self._read(), clock()
        if row is None:
            raise LockedError("There is no lock to prove anything to.")
        said = found.get("wrong")
        wrong = said if isinstance(said, int) and 0 <= said < 1_000_000 else 0
        try:
            last = datetime.fromisoformat(str(found.get("wrong_at")))
        except ValueError:
            last = now
        left = (lock.wait_until(wrong, min(last, now)) - now).total_seconds() if wrong else 0
        if last > now and wrong:  # the clock was set back: the wait begins again
            self._write(found | {"wrong_at": now.isoformat()})
        if left > 0:
            raise LockedError(wait_seconds=int(left) + 1)
        self._write(found | {"wrong": wrong + 1, "wrong_at": now.isoformat()})  # counted before it is known
        tries = ((typed, row["salt"], row["hash"]), (as_meant(typed), row["recovery_salt"], row["recovery_hash"]))
        right = [
            lock.matches(text, salt or bytes(16), kept or b"", row["memory"], row["passes"])
            for text, salt, kept in tries
        ]
        if not any(right):
            seconds = (lock.wait_until(wrong + 1, now) - now).total_seconds()
            raise WrongPassphraseError(wait_seconds=int(seconds))
        self._write(found | {"wrong": 0, "wrong_at": ""})

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError, RecursionError):
            if self.path.stat().st_size <= _LARGEST:
                found = json.loads(self.path.read_text("utf-8"))
                return found if isinstance(found, dict) else {}
        return {}

    def _write(self, content: Mapping[str, Any]) -> None:
        fresh = self.path.with_name(f"{FILE}.new")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(content, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            raise NoAccessError(path=str(self.path)) from error
