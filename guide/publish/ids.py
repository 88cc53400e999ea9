"""Stable ids: the publisher's own UUID, else one made of publisher, table and original id."""

from __future__ import annotations

import uuid

_SPACE = uuid.UUID("6f3b4c0e-1b0e-5c57-9d3e-8f1c5d0a7e21")


def stable_id(publisher: str, table: str, original: str) -> str:
    """Return a UUID that is the same at every build (uuid5), keeping ``original`` when it is a UUID already.

    Everything a shelter writes hangs on these ids, so they must never depend on row order.
    """
    try:
        return str(uuid.UUID(original))
    except ValueError:
        return str(uuid.uuid5(_SPACE, f"{publisher}\n{table}\n{original.strip()}"))
