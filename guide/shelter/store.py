"""The door to shelter.db: the staff lock and the history of updates."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import UTC, datetime
from errno import EDQUOT, ENOSPC
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from guide.clock import Clock
from guide.errors import DiskFullError, NoAccessError, ThisComputerError
from guide.records import Event
from guide.shelter.lock_beside import LockBeside
from guide.shelter.migrate import migrate, revision_of
from guide.shelter.staff_lock import StaffLock
from guide.shelter.tables import REVISION, event


class Store:
    """One open shelter.db; a context manager. Where nothing was ever written, there is nothing to read."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Take the file's path; it is made when something is first written."""
        self.path = path
        self._clock = clock
        self._engine: Engine | None = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._engine is not None:
            self._engine.dispose()

    @property
    def lock(self) -> StaffLock:
        """Return the staff lock, kept in this file."""
        return StaffLock(self.reading, self.writing, self._clock, LockBeside(self.path.parent))

    # --- history --------------------------------------------------------------------------------
    def add_event(self, kind: str, edition: int, edition_name: str, note: str = "", **facts: Any) -> None:
        """Remember that an edition was taken in, gone back or forward to; ``facts`` are fields of ``Event``."""
        kept = json.dumps({"note": note, **facts}, ensure_ascii=False)
        with self.writing() as db:
            values = {"kind": kind, "edition": edition, "edition_name": edition_name, "note": kept}
            db.execute(insert(event).values(at=self._clock().astimezone(UTC).isoformat(), **values))

    def events(self) -> tuple[Event, ...]:
        """Return the history, newest first."""
        with self.reading() as db:
            if db is None:
                return ()
            rows = db.execute(select(event).order_by(event.c.id.desc())).mappings()
            return tuple(
                Event(datetime.fromisoformat(r["at"]), r["kind"], r["edition"], r["edition_name"], **_facts(r["note"]))
                for r in rows
            )

    # --- opening --------------------------------------------------------------------------------
    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """Give a connection to read by, or None where there is no file yet (a guest account may not write)."""
        if not self.path.is_file():
            yield None
            return
        if not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)):
            with self._only_reading() as db:
                yield db
            return
        with self.writing() as db:
            yield db

    @contextmanager
    def _only_reading(self) -> Iterator[Connection | None]:
        """Give a connection that writes nothing, for a guest account; None where the tables are not those of today."""
        # Without a -wal beside it nobody is writing, and SQLite needs no file of its own to share.
        ways = "mode=ro" if self.path.with_name(f"{self.path.name}-wal").exists() else "mode=ro&immutable=1"
        engine = create_engine(
            "sqlite://", poolclass=NullPool,
            creator=lambda: sqlite3.connect(f"{self.path.absolute().as_uri()}?{ways}", uri=True),
        )  # fmt: skip
        try:
            with engine.connect() as db:
                yield db if revision_of(db) == REVISION else None
        except DatabaseError as error:
            raise NoAccessError(path=str(self.path)) from error
        finally:
            engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection to write by; all of it is kept, or nothing. Raises NoAccessError, ThisComputerError."""
        try:
            with self._open().begin() as db:
                yield db
        except OperationalError as error:
            raise NoAccessError(path=str(self.path)) from error
        except DatabaseError as error:
            raise ThisComputerError(
                "The file with the shelter's own data is damaged.", path=str(self.path), reason="damaged"
            ) from error
        except PermissionError as error:
            raise NoAccessError(path=str(self.path)) from error
        except OSError as error:
            kind = DiskFullError if error.errno in (ENOSPC, EDQUOT) else ThisComputerError
            raise kind(path=str(self.path)) from error

    def _open(self) -> Engine:
        if self._engine is None:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            engine = create_engine(URL.create("sqlite", database=str(self.path)), poolclass=NullPool)
            with engine.connect() as db:
                db.exec_driver_sql("PRAGMA journal_mode=WAL")
                db.exec_driver_sql("PRAGMA synchronous=FULL")
                migrate(db, self.path)
            self._engine = engine
        return self._engine


def _facts(note: str) -> dict[str, Any]:
    """Return what an event's note holds: a JSON object of ``Event``'s fields; older programs wrote a bare word."""
    with suppress(ValueError):
        found = json.loads(note)
        if isinstance(found, dict):
            known = {f.name for f in fields(Event)}
            return {name: value for name, value in found.items() if name in known}
    return {"note": note, "expired": note == "expired"}
