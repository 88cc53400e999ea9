"""Copies shelter.db whole while it is in use, and takes the rows of a copy that nobody vouches for into a fresh one.

A table added by a migration is in both without a word here. What is confidential in a new table is named in
``CONFIDENTIAL``: a copy that leaves the house is made without it unless staff say otherwise (SAFETY N7).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, select, update
from sqlalchemy.pool import NullPool

from guide.errors import DiskFullError, NoAccessError, ThisComputerError
from guide.records.backup import BackupDamagedError, BackupNewerError
from guide.shelter import lock
from guide.shelter.migrate import known_revisions, migrate
from guide.shelter.tables import staff_lock

# One SQL statement each, run on the copy: "DELETE FROM own_service WHERE confidential".
_FOR_STAFF = """SELECT id FROM house_fact WHERE kind = 'own' AND field = 'audience' AND value = '"staff"'"""
CONFIDENTIAL: tuple[str, ...] = (
    # What names a service that is for staff alone: first, while it is still known which those are.
    *(
        f"DELETE FROM {table} WHERE service IN ({_FOR_STAFF})"  # noqa: S608 - our own words
        for table in ("saved_entry", "number_check", "round_entry", "report")
    ),
    f"""DELETE FROM house_fact WHERE kind IN ('sheet', 'check', 'report')
        AND EXISTS (SELECT 1 FROM ({_FOR_STAFF}) s WHERE instr(house_fact.value, s.id))""",  # noqa: S608
    f"""DELETE FROM house_conflict WHERE kind IN ('sheet', 'check', 'report')
        AND EXISTS (SELECT 1 FROM ({_FOR_STAFF}) s WHERE instr(house_conflict.value, s.id))""",  # noqa: S608
    "DELETE FROM house_fact WHERE confidential",
    "DELETE FROM house_conflict WHERE confidential",
    "DELETE FROM house_past",  # what stood there before may be what was closed since
    "DELETE FROM house_draft",
)
_MOST_ROWS = 1_000_000
_KINDS: dict[str, type | tuple[type, ...]] = {
    "INTEGER": int, "BOOLEAN": int, "VARCHAR": str, "TEXT": str, "BLOB": bytes, "FLOAT": (int, float), "REAL": (int, float),
}  # fmt: skip


def copy_store(path: Path, out: Path, *, confidential: bool) -> None:
    """Copy the shelter.db at ``path`` into the new file ``out``, one moment of it, whoever writes meanwhile.

    Without ``confidential`` the entries staff marked so are left out, and no trace of them stays in free pages.
    Raises DiskFullError, NoAccessError, ThisComputerError.
    """
    os.close(os.open(out, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(_read_only(path)) as source, closing(sqlite3.connect(out, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if not confidential:
                for statement in CONFIDENTIAL:
                    copy.execute(statement)
            copy.execute("VACUUM")
    except sqlite3.Error as error:
        raise _refusal(error, path) from error


def rebuild(copy: Path, fresh: Path) -> None:
    """Make ``fresh`` a shelter.db of today with the rows of ``copy``, a file that may have been made to mislead.

    Only rows cross over, and only plain values: tables, triggers and views of the file itself are left behind, because
    the tables are made anew by our own migrations up to the file's revision, and go on from there to today's.

    Raises:
        BackupNewerError: a newer program wrote it.
        BackupDamagedError: it is not what a guide wrote.
    """
    try:
        with closing(_read_only(copy)) as old:
            old.execute("PRAGMA cell_size_check=ON")
            old.execute("PRAGMA trusted_schema=OFF")
            if old.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise BackupDamagedError(reason="its tables are damaged")
            revision = _revision(old)
            engine = create_engine(URL.create("sqlite", database=str(fresh)), poolclass=NullPool)
            with engine.connect() as db:
                migrate(db, fresh, revision)
                _take_rows(old, db)
                db.commit()
                migrate(db, fresh)
                _check_lock(db)
            engine.dispose()
    except (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError) as error:
        raise BackupDamagedError(reason="its tables are damaged") from error


def as_one_file(path: Path) -> None:
    """Bring what stands beside the shelter.db at ``path`` (-wal) into it."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=DELETE")


def put_in_place(fresh: Path, path: Path) -> None:
    """Make the shelter.db at ``path`` equal to ``fresh``, in one transaction: other windows may have it open.

    One that is too damaged to be written into is put aside as ``shelter-damaged.db``.
    Raises DiskFullError, NoAccessError, ThisComputerError.
    """
    try:
        if path.is_file():
            try:
                return _write_over(fresh, path)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                path.replace(path.with_name("shelter-damaged.db"))
                for ending in ("-wal", "-shm"):
                    path.with_name(path.name + ending).unlink(missing_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        _write_over(fresh, path)
    except sqlite3.Error as error:
        raise _refusal(error, path) from error


def _write_over(fresh: Path, path: Path) -> None:
    with closing(_read_only(fresh)) as source, closing(sqlite3.connect(path, timeout=10)) as there:
        there.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # says at once whether it is a database
        source.backup(there)


def _take_rows(old: sqlite3.Connection, db: Connection) -> None:
    """Copy each table's rows; a column or table the file lacks, or a value of no plain kind, is damage."""
    db.exec_driver_sql("PRAGMA foreign_keys=OFF")
    raw = db.connection.cursor()
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    taken = 0
    for name in names:
        if name in ("alembic_version", "sqlite_sequence"):
            continue
        kind = old.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,)).fetchone()
        if kind is None or not str(kind[0]).upper().startswith("CREATE TABLE"):
            raise BackupDamagedError(reason="a table is missing")
        found = raw.execute(f'PRAGMA table_info("{name}")').fetchall()
        # In brackets: in quotes a name the file lacks would be a text to SQLite.
        columns, marks = ", ".join(f"[{row[1]}]" for row in found), ", ".join("?" for _ in found)
        kinds = [_KINDS.get(str(row[2]).split("(")[0].upper(), object) for row in found]
        raw.execute(f'DELETE FROM "{name}"')  # noqa: S608 - the names are our own migrations'
        for row in old.execute(f'SELECT {columns} FROM "{name}"'):  # noqa: S608
            taken += 1
            if taken > _MOST_ROWS:
                raise BackupDamagedError(reason="it holds more than any shelter writes")
            if any(value is not None and not isinstance(value, kind) for value, kind in zip(row, kinds, strict=True)):
                raise BackupDamagedError(reason="a value of another kind than its column's")
            raw.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', row)  # noqa: S608
    if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise BackupDamagedError(reason="its tables do not belong together")
    raw.close()


def _check_lock(db: Connection) -> None:
    """Refuse a staff lock that would take this PC's memory or its day; wrong tries made elsewhere do not count here."""
    for row in db.execute(select(staff_lock)).mappings():
        if not (8 <= row["memory"] <= 8 * lock.MEMORY and 1 <= row["passes"] <= 20 and len(row["hash"]) == 32
                and 8 <= len(row["salt"]) <= 64 and len(row["recovery_hash"] or bytes(32)) == 32
                and len(row["recovery_salt"] or b"") <= 64):  # fmt: skip
            raise BackupDamagedError(reason="its lock is damaged")
    db.execute(update(staff_lock).values(wrong=0))
    db.commit()


def _revision(old: sqlite3.Connection) -> str:
    """Return the revision of a file. Raises BackupNewerError, BackupDamagedError."""
    found = old.execute("SELECT version_num FROM alembic_version").fetchall()
    revision = str(found[0][0]) if len(found) == 1 else ""
    known = known_revisions()
    if revision in known:
        return revision
    if revision.isascii() and revision.isdigit() and revision > max(known):
        raise BackupNewerError(found=revision[:20])
    raise BackupDamagedError(reason="it does not say which program wrote it")


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _refusal(error: sqlite3.Error, path: Path) -> ThisComputerError:
    """Return what SQLite's refusal means here; what a full disk left behind is for the caller to take away."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    with suppress(KeyError):
        return {sqlite3.SQLITE_FULL: DiskFullError, sqlite3.SQLITE_READONLY: NoAccessError,
                sqlite3.SQLITE_CANTOPEN: NoAccessError, sqlite3.SQLITE_PERM: NoAccessError}[code](path=str(path))  # fmt: skip
    return ThisComputerError("The file with the shelter's own data is damaged.", path=str(path), reason="damaged")
