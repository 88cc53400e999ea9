"""The lint's look across entries, in the catalog's own tables: shared numbers, and what is there twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from sqlite3 import Connection, connect

from guide.publish.lint.findings import Finding, finding

_OF_NO_USE = re.compile(r"\b(the|of|and|for|inc|incorporated|llc|corp|corporation|co|el|la|los|las|de|del|y|para)\b")
_NAMED = 4
# The giver's name stands for all its services: one switchboard for ten programmes of one house is no fault.
_OWNER = "coalesce(o.name, s.name)"
_FROM = "phone p JOIN service s ON s.id = p.service_id LEFT JOIN organization o ON o.id = s.organization_id"
_VOICE = "p.hidden = 0 AND p.channel = 'voice' AND length(p.dial) > 6"


def across(catalog: Path) -> Iterator[Finding]:
    """Yield what only several entries together show."""
    with closing(connect(f"{catalog.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        db.create_function("plain", 1, plain, deterministic=True)
        yield from _shared(db)
        yield from _organizations(db)
        yield from _services(db)


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """Return ``name`` as two spellings of it are the same: no accents, no points, no "The" and "Inc."."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s]", " ", letters.replace("&", " and ").replace("'", "").replace("’", ""))
    return " ".join(_OF_NO_USE.sub(" ", words).split()) or " ".join(letters.split())


def _shared(db: Connection) -> Iterator[Finding]:
    asked = (
        f"SELECT p.dial FROM {_FROM} WHERE {_VOICE} GROUP BY p.dial"  # noqa: S608 - our own words
        f" HAVING count(DISTINCT plain({_OWNER})) > 1 ORDER BY min(s.rank)"
    )
    for (dial,) in db.execute(asked):
        rows = db.execute(
            f"SELECT s.original_id, s.id, s.name, {_OWNER} FROM {_FROM} WHERE {_VOICE} AND p.dial = ? ORDER BY s.rank",  # noqa: S608
            (dial,),
        ).fetchall()
        names = list(dict.fromkeys(row[3] for row in rows))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield finding(
            "number-shared", rows[0][0] or rows[0][1], rows[0][2], f"{dial}: {', '.join(names[:_NAMED])}{more}"
        )


def _organizations(db: Connection) -> Iterator[Finding]:
    asked = (
        "SELECT min(id), min(name), count(*), group_concat(DISTINCT name) FROM organization"
        " GROUP BY plain(name) HAVING count(*) > 1 ORDER BY min(name)"
    )
    for one, name, count, names in db.execute(asked):
        yield finding("duplicate-organization", one, name, f"{count} times: {names[:200]}")


def _services(db: Connection) -> Iterator[Finding]:
    """Two services are one where giver, name and first number are the same; other numbers make them two."""
    first = "(SELECT dial FROM phone p WHERE p.service_id = s.id AND p.hidden = 0 ORDER BY position LIMIT 1)"
    asked = (
        f"SELECT coalesce(nullif(min(s.original_id), ''), min(s.id)), min(s.name), count(*)"  # noqa: S608
        f" FROM service s LEFT JOIN organization o ON o.id = s.organization_id"
        f" GROUP BY plain(s.name), plain(coalesce(o.name, '')), {first} HAVING count(*) > 1 ORDER BY min(s.rank)"
    )
    for one, name, count in db.execute(asked):
        yield finding("duplicate-service", one, name, f"{count} entries with the same name, giver and number")
