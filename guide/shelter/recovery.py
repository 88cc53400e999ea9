"""The recovery code: made with each passphrase, written on paper, good once.

Twenty signs of Crockford's alphabet (no I, L, O, U) in four groups: a hundred random bits. Whoever types it may mix up
large and small letters, O and 0, I, L and 1, and set blanks or dashes as they like.
"""

from __future__ import annotations

import secrets

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP, _GROUPS = 5, 4
_READ_AS = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a fresh code as it is shown: "7K2QD-…"."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_GROUP * _GROUPS))
    return "-".join(signs[i : i + _GROUP] for i in range(0, len(signs), _GROUP))


def as_meant(typed: str) -> str:
    """Return ``typed`` as the code it was meant to be, without groups; "" where it cannot be one."""
    signs = "".join(c for c in typed.upper() if c.isalnum()).translate(_READ_AS)
    good = len(signs) == _GROUP * _GROUPS and all(c in _SIGNS for c in signs)
    return signs if good else ""
