"""How many services one catalog has more, changed and fewer than another: one pass over two indexes, no rows read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from guide.errors import BrokenCatalogError

# Both indexes hold id and digest: no page of the table itself is read (facts on search, 4c).
_DIFFER = (
    "SELECT count(*), coalesce(sum(o.digest IS NULL), 0) FROM new.service n INDEXED BY service_digest"
    " LEFT JOIN old.service o INDEXED BY service_digest ON o.id = n.id WHERE o.digest IS NOT n.digest"
)
_HOW_MANY = "SELECT (SELECT count(*) FROM old.service), (SELECT count(*) FROM new.service)"


def counted(old: Path, new: Path) -> tuple[int, int, int]:
    """Return added, changed and removed, by the services' digests. Raises BrokenCatalogError."""
    try:
        with closing(sqlite3.connect("file::memory:", uri=True)) as db:
            for name, path in (("old", old), ("new", new)):
                db.execute("ATTACH ? AS " + name, (f"{path.resolve().as_uri()}?mode=ro&immutable=1",))
            differ, added = db.execute(_DIFFER).fetchone()
            before, after = db.execute(_HOW_MANY).fetchone()
            return added, differ - added, before - (after - added)  # after - added are in both
    except sqlite3.Error as error:
        raise BrokenCatalogError(path=str(old), reason="damaged") from error
