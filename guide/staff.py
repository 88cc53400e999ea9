"""The door to the staff area's lock: one passphrase, one recovery code on paper."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guide.shelter.store import Store


class StaffDoor:
    """Asked by the window from any thread."""

    def __init__(self, store: Callable[[], AbstractContextManager[Store]]) -> None:
        """Take what opens shelter.db."""
        self._store = store

    def is_set_up(self) -> bool:
        """Say whether a staff passphrase has been chosen on this computer."""
        with self._store() as store:
            return store.lock.is_set_up()

    def choose(self, new: str, old: str = "") -> str:
        """Set the passphrase and return its recovery code, told only now; changing one needs the old one.

        Raises WrongPassphraseError, LockedError, UsageError.
        """
        with self._store() as store:
            return store.lock.choose(new, old)

    def unlock(self, passphrase: str) -> None:
        """Return quietly when ``passphrase`` opens the staff area. Raises WrongPassphraseError, LockedError."""
        with self._store() as store:
            store.lock.check(passphrase)

    def recover(self, code: str, new: str) -> str:
        """Set a new passphrase by the code on paper and return the next code. Raises as ``choose``."""
        with self._store() as store:
            return store.lock.recover(code, new)
