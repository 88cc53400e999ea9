"""The catalog that holds nothing: what a publisher that was just added begins with, so that all else works alike."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from guide.catalog.kind import another_schema
from guide.catalog.tables import APPLICATION_ID, SCHEMA, metadata


def write_empty(path: Path) -> None:
    """Have a catalog with no entry at ``path``, its edition the number 0; one of this program's schema stays.

    Raises OSError.
    """
    if path.is_file() and not another_schema(path):
        return
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    dialect = sqlite.dialect()  # type: ignore[no-untyped-call,unused-ignore]
    with closing(sqlite3.connect(fresh)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute(f"PRAGMA user_version={SCHEMA}")
        for table in metadata.sorted_tables:
            db.execute(str(CreateTable(table).compile(dialect=dialect)))
            for index in table.indexes:
                db.execute(str(CreateIndex(index).compile(dialect=dialect)))
        db.execute(
            "INSERT INTO edition (publisher, number, services, default_review_days, crisis_review_days)"
            " VALUES ('', 0, 0, 365, 90)"
        )
        db.commit()
    fresh.replace(path)
