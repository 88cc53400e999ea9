"""What makes a file a catalog of this program: two numbers in its header, read before any library is loaded."""

from __future__ import annotations

from pathlib import Path

APPLICATION_ID = 0x52474431  # "RGD1"
SCHEMA = 2  # 2: STRICT tables, so that SQLite itself vouches for the kind of every value; hours with their whole rule
SINCE = "0.1.0"  # the first version of this program that reads this schema: what a signed edition asks for at least
_HEAD = 100  # bytes of SQLite's header; the version stands at 60, the application at 68 (sqlite.org/fileformat2.html)


def another_schema(catalog: Path) -> bool:
    """Say whether ``catalog`` is one made for an older or newer version of this program; a damaged file is not."""
    try:
        with catalog.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    kind, schema = int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")
    return len(head) == _HEAD and kind == APPLICATION_ID and schema != SCHEMA
