"""How many services one catalog has more, changed and fewer than another: three questions to SQLite, no rows read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from guide.errors import BrokenCatalogError

_ADDED = "SELECT count(*) FROM new.service WHERE id NOT IN (SELECT id FROM old.service)"
_REMOVED = "SELECT count(*) FROM old.service WHERE id NOT IN (SELECT id FROM new.service)"
_CHANGED = "SELECT count(*) FROM new.service n JOIN old.service o ON o.id = n.id WHERE o.digest <> n.digest"


def counted(old: Path, new: Path) -> tuple[int, int, int]:
    """Return added, changed and removed, by the services' digests. Raises BrokenCatalogError."""
    try:
        with closing(sqlite3.connect("file::memory:", uri=True)) as db:
            for name, path in (("old", old), ("new", new)):
                db.execute("ATTACH ? AS " + name, (f"{path.resolve().as_uri()}?mode=ro&immutable=1",))
            added, changed, removed = (int(db.execute(q).fetchone()[0]) for q in (_ADDED, _CHANGED, _REMOVED))
            return added, changed, removed
    except sqlite3.Error as error:
        raise BrokenCatalogError(path=str(old), reason="damaged") from error
