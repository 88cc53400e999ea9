"""Stable ids: the publisher's own UUID, else one made of publisher, table and original id."""

from __future__ import annotations

import uuid
from hashlib import sha1

_SHORTEST = 32  # no UUID has fewer signs
_SPACE = uuid.UUID("6f3b4c0e-1b0e-5c57-9d3e-8f1c5d0a7e21")


def stable_id(publisher: str, table: str, original: str) -> str:
    """Return a UUID that is the same at every build (uuid5), keeping ``original`` when it is a UUID already.

    Everything a shelter writes hangs on these ids, so they must never depend on row order.
    """
    if len(original) >= _SHORTEST:
        try:
            return str(uuid.UUID(original))
        except ValueError:
            pass
    # uuid5 as RFC 4122 writes it, without an object made for each of millions of ids.
    name = f"{publisher}\n{table}\n{original.strip()}".encode()
    made = bytearray(sha1(_SPACE.bytes + name, usedforsecurity=False).digest()[:16])
    made[6], made[8] = made[6] & 0x0F | 0x50, made[8] & 0x3F | 0x80
    text = made.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
