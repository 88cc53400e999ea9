"""Brings shelter.db to the tables of today: a copy is kept before each change."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, text

from guide.errors import ThisComputerError
from guide.shelter.tables import REVISION

# Alembic keeps what it is doing for the whole program: two threads at once would write into each other's file.
_ONE_AT_A_TIME = threading.Lock()


def revision_of(connection: Connection) -> str:
    """Return the revision a database is at, "" for a new one."""
    known = connection.execute(text("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'")).scalar()
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "") if known else ""


def known_revisions() -> tuple[str, ...]:
    """Return every revision this program can read, oldest first: one file each."""
    folder = Path(__file__).parent / "migrations" / "versions"
    return tuple(sorted({path.name[1:5] for path in folder.glob("r[0-9]*.py*")}))


def migrate(connection: Connection, path: Path, target: str = REVISION) -> None:
    """Migrate the open database of ``path`` to ``target``; nothing is imported when it is there already.

    Raises:
        ThisComputerError: the file was written by a newer program.
    """
    if revision_of(connection) == target:
        return
    with _ONE_AT_A_TIME:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # another window of the guide may be at it, too
        try:
            _migrate(connection, path, target)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


def _migrate(connection: Connection, path: Path, target: str) -> None:
    here = revision_of(connection)
    if here == target:  # somebody else did it meanwhile
        return
    if here > target:
        raise ThisComputerError(
            "The shelter's own data was written by a newer version of the guide.", found=here, reason="newer"
        )
    if here:
        _keep_a_copy(path, path.with_name(f"{path.stem}-before-{target}{path.suffix}"))
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _keep_a_copy(path: Path, out: Path) -> None:
    """Copy by SQLite itself: what was written last may still stand in the file beside it (-wal)."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(out)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    out.chmod(0o600)
