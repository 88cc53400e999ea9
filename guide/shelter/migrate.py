"""Brings shelter.db to the tables of today: a copy is kept before each change."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Connection, text

from guide.errors import ThisComputerError
from guide.shelter.tables import REVISION


def revision_of(connection: Connection) -> str:
    """Return the revision a database is at, "" for a new one."""
    known = connection.execute(text("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'")).scalar()
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "") if known else ""


def migrate(connection: Connection, path: Path) -> None:
    """Migrate the open database of ``path`` to the newest revision; nothing is imported when it is there already.

    Raises:
        ThisComputerError: the file was written by a newer program.
    """
    here = revision_of(connection)
    if here == REVISION:
        return
    if here > REVISION:
        raise ThisComputerError("The shelter's own data was written by a newer version of the guide.", found=here)
    if here:
        shutil.copyfile(path, path.with_name(f"{path.stem}-before-{REVISION}{path.suffix}"))
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
