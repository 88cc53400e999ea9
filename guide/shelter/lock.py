"""A passphrase for the staff area: Argon2id, and a wait that grows with each wrong try."""

from __future__ import annotations

import hmac
import os
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MEMORY, PASSES = 32_768, 2  # 32 MiB: a tenth of a second on an old PC
SHORTEST = 8
_FREE_TRIES = 3
_LONGEST_WAIT = timedelta(minutes=15)


def hashed(passphrase: str, salt: bytes, memory: int = 0, passes: int = 0) -> bytes:
    """Return the hash that is kept in place of the passphrase, at the cost of today or the one it was made at."""
    kdf = Argon2id(salt=salt, length=32, iterations=passes or PASSES, lanes=1, memory_cost=memory or MEMORY)
    return kdf.derive(passphrase.encode())


def matches(passphrase: str, salt: bytes, kept: bytes, memory: int, passes: int) -> bool:
    """Say whether ``passphrase`` is the one ``kept`` was made of."""
    return hmac.compare_digest(hashed(passphrase, salt, memory, passes), kept)


def new_salt() -> bytes:
    """Return 16 random bytes."""
    return os.urandom(16)


def wait_until(wrong: int, last: datetime) -> datetime:
    """Return when the next try is heard: 5 s after the third wrong one, doubling up to 15 minutes."""
    if wrong < _FREE_TRIES:
        return last
    return last + min(timedelta(seconds=5 * 2 ** min(wrong - _FREE_TRIES, 12)), _LONGEST_WAIT)
