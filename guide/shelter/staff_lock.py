"""The staff lock in shelter.db: one passphrase for a role, never a person (SAFETY N6), and one code to get back in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from guide.clock import Clock
from guide.errors import LockedError, ThisComputerError, UsageError, WrongPassphraseError
from guide.shelter import lock
from guide.shelter.lock_beside import LockBeside
from guide.shelter.recovery import as_meant, new_code
from guide.shelter.tables import staff_lock


class StaffLock:
    """Wrong tries, of the passphrase or of the code, are counted together and on disk: a restart does not help."""

    def __init__(
        self, reading: Callable[[], AbstractContextManager[Connection | None]],
        writing: Callable[[], AbstractContextManager[Connection]], clock: Clock, beside: LockBeside,
    ) -> None:  # fmt: skip
        """Take what opens the file and tells the time, and the lock's copy beside it."""
        self._reading, self._writing, self._clock, self.beside = reading, writing, clock, beside

    def is_set_up(self) -> bool:
        """Say whether a passphrase was chosen. Raises ThisComputerError: one was, and the file that held it is gone."""
        with self._reading() as db:
            kept = db is not None and db.execute(select(staff_lock.c.id)).first() is not None
            read = db is not None or not self.beside.path.with_name("shelter.db").is_file()
        if kept or self.beside.row() is None:
            return kept
        if read:  # nobody who finds the file gone may choose a passphrase
            raise ThisComputerError("The file with the shelter's own data is gone.", reason="damaged")
        return True

    def choose(self, new: str, old: str = "") -> str:
        """Set the passphrase and return the recovery code that goes with it: this is the only time it is told.

        Raises:
            UsageError: shorter than eight characters.
            WrongPassphraseError, LockedError: ``old`` is not the present one.
        """
        _long_enough(new)
        if self.is_set_up():
            self.check(old)
        return self._keep(new)

    def check(self, passphrase: str) -> None:
        """Return quietly when ``passphrase`` is right.

        Raises:
            WrongPassphraseError: with ``wait_seconds`` until the next try is heard.
            LockedError: asked before that time, or nothing was chosen yet.
        """
        self._try(passphrase, "salt", "hash")

    def recover(self, code: str, new: str) -> str:
        """Set a ``new`` passphrase by the recovery code, which is used up; return the next code.

        Raises as ``choose``.
        """
        _long_enough(new)
        self._try(as_meant(code), "recovery_salt", "recovery_hash")
        return self._keep(new)

    def _keep(self, new: str) -> str:
        code = new_code()
        salt, second = lock.new_salt(), lock.new_salt()
        kept: dict[str, Any] = {
            "salt": salt, "hash": lock.hashed(new, salt), "memory": lock.MEMORY, "passes": lock.PASSES,
            "recovery_salt": second, "recovery_hash": lock.hashed(as_meant(code), second),
        }  # fmt: skip
        self.reinstate(kept)
        return code

    def reinstate(self, row: Mapping[str, Any]) -> None:
        """Put a lock into the file and beside it: one that was just chosen, or was beside a file that was lost."""
        with self._writing() as db:
            db.execute(delete(staff_lock))
            db.execute(insert(staff_lock).values(id=1, wrong=0, wrong_at="", **row))
        self.beside.keep(row)

    def mirror(self) -> None:
        """Let the lock beside the file be the file's: it was restored, or comes from a program before this one."""
        with self._reading() as db:
            if db is not None:
                row = db.execute(select(staff_lock)).mappings().first()
                self.beside.keep(dict(row) if row is not None else None)

    def _try(self, typed: str, salt: str, kept: str) -> None:
        with self._writing() as db:
            row = db.execute(select(staff_lock)).mappings().first()
            if row is None:
                raise LockedError("No staff passphrase has been chosen yet.")
            now = self._clock()
            wait = self._wait(db, row["wrong"], row["wrong_at"], now)
            if not wait:
                # Without a code nothing that is typed can be right; the work is done all the same.
                right = lock.matches(typed, row[salt] or bytes(16), row[kept] or b"", row["memory"], row["passes"])
                wrong = 0 if right else row["wrong"] + 1
                db.execute(update(staff_lock).values(wrong=wrong, wrong_at=now.isoformat()))
                if right:
                    self.beside.keep(dict(row))
        if wait:
            raise LockedError(wait_seconds=wait)
        if not right:
            seconds = (lock.wait_until(wrong, now) - now).total_seconds()
            raise WrongPassphraseError(wait_seconds=int(seconds))

    def _wait(self, db: Connection, wrong: int, at: str, now: datetime) -> int:
        """Return how many seconds are left to wait, 0 for none.

        Where the clock stands before the last wrong try it was set back, to be let off waiting or because it was wrong
        then: the wait begins again, whole. So it helps nobody, and locks nobody out for longer than a quarter of an hour.
        """
        if not wrong:
            return 0
        last = datetime.fromisoformat(at)
        if now < last:
            db.execute(update(staff_lock).values(wrong_at=now.isoformat()))
            last = now
        left = (lock.wait_until(wrong, last) - now).total_seconds()
        return int(left) + 1 if left > 0 else 0


def _long_enough(new: str) -> None:
    if len(new) < lock.SHORTEST:
        raise UsageError(f"A passphrase needs at least {lock.SHORTEST} characters.", shortest=lock.SHORTEST)
