"""What the shelter writes: the staff lock and the history of updates, and nothing about visitors."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from guide.errors import LockedError, ThisComputerError, UsageError, WrongPassphraseError
from guide.shelter.migrate import revision_of
from guide.shelter.saved import saved_sheets
from guide.shelter.store import Store
from guide.shelter.tables import REVISION, metadata
from tests.makers import NOW

GOOD = "a long passphrase"


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.now


def test_nothing_is_written_until_something_is_set(tmp_path: Path) -> None:
    with Store(tmp_path / "data" / "shelter.db", Time()) as store:
        assert store.has_passphrase() is False
        assert store.events() == ()
    assert not (tmp_path / "data").exists()


def test_a_passphrase_opens_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    with Store(tmp_path / "shelter.db", Time()) as store:
        store.choose_passphrase(GOOD)
        store.check_passphrase(GOOD)
        with pytest.raises(WrongPassphraseError):
            store.check_passphrase("another one")
    assert GOOD.encode() not in (tmp_path / "shelter.db").read_bytes()
    assert (tmp_path / "shelter.db").stat().st_mode & 0o077 == 0


def test_a_short_passphrase_is_refused_and_a_change_needs_the_old_one(tmp_path: Path) -> None:
    with Store(tmp_path / "shelter.db", Time()) as store:
        with pytest.raises(UsageError):
            store.choose_passphrase("short")
        store.choose_passphrase(GOOD)
        with pytest.raises(WrongPassphraseError):
            store.choose_passphrase("a new passphrase", "not the old one")
        store.choose_passphrase("a new passphrase", GOOD)
        store.check_passphrase("a new passphrase")


def test_the_wait_grows_with_each_wrong_try_and_outlives_a_restart(tmp_path: Path) -> None:
    time = Time()
    waits = []
    with Store(tmp_path / "shelter.db", time) as store:
        store.choose_passphrase(GOOD)
        for _ in range(5):
            with pytest.raises(WrongPassphraseError) as wrong:
                store.check_passphrase("wrong")
            waits.append(wrong.value.facts["wait_seconds"])
            time.now += timedelta(seconds=waits[-1])
    assert waits == [0, 0, 5, 10, 20]
    time.now -= timedelta(seconds=10)
    with Store(tmp_path / "shelter.db", time) as store:
        with pytest.raises(LockedError) as locked:
            store.check_passphrase(GOOD)
        assert 0 < locked.value.facts["wait_seconds"] <= 11
        time.now += timedelta(seconds=11)
        store.check_passphrase(GOOD)
        time.now -= timedelta(days=4000)
        store.check_passphrase(GOOD)


def test_the_history_keeps_what_and_when(tmp_path: Path) -> None:
    with Store(tmp_path / "shelter.db", Time()) as store:
        store.add_event("import", 2, "2026.12")
        store.add_event("rollback", 1, "2026.11", "why")
        assert [(e.kind, e.edition_name, e.note) for e in store.events()] == [
            ("rollback", "2026.11", "why"),
            ("import", "2026.12", ""),
        ]


def test_the_migrated_tables_are_the_tables_of_the_code(tmp_path: Path) -> None:
    path = tmp_path / "shelter.db"
    with Store(path, Time()) as store:
        store.add_event("import", 2, "x")
    with closing(sqlite3.connect(path)) as db:
        found = {
            name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")}
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        }
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)
    found.pop("alembic_version")
    assert found == {table.name: {c.name for c in table.c} for table in metadata.sorted_tables}
    assert revision_of


def test_no_table_could_hold_anything_about_a_visitor() -> None:
    """SAFETY N1: an allowed list; a new column is a decision somebody has to make here."""
    assert {f"{t.name}.{c.name}" for t in metadata.sorted_tables for c in t.c} == {
        "staff_lock.id", "staff_lock.salt", "staff_lock.hash", "staff_lock.memory", "staff_lock.passes",
        "staff_lock.wrong", "staff_lock.wrong_at", "event.id", "event.at", "event.kind", "event.edition",
        "event.edition_name", "event.note",
        "saved_sheet.id", "saved_sheet.name", "saved_sheet.options", "saved_sheet.saved_on", "saved_entry.sheet",
        "saved_entry.place", "saved_entry.service", "saved_entry.digest", "saved_entry.name", "saved_entry.numbers",
        "check_round.id", "check_round.kind", "check_round.begun", "check_round.ended", "round_entry.round",
        "round_entry.place", "round_entry.service", "round_entry.name",
        # by: a role or initials of staff (N6)
        "number_check.id", "number_check.service", "number_check.name", "number_check.number", "number_check.result",
        "number_check.on", "number_check.by", "number_check.answers", "number_check.proposed", "number_check.note",
        "number_check.round",
        # what anybody ticked, once a month however often; of a visitor's only the month
        "report.id", "report.service", "report.name", "report.numbers", "report.reasons", "report.when",
        "report.by_staff",
        "house.id", "house.mark", "month_count.month", "month_count.what", "month_count.category", "month_count.n",
    }  # fmt: skip


@pytest.mark.parametrize("before", sorted((Path(__file__).parent / "before").glob("*.db")), ids=lambda path: path.stem)
def test_a_file_of_every_version_before_is_brought_up_to_date_and_a_copy_is_kept(before: Path, tmp_path: Path) -> None:
    path = tmp_path / "shelter.db"
    shutil.copyfile(before, path)
    with Store(path, Time()) as store:
        assert [(e.kind, e.edition_name) for e in store.events()] == [("import", "2026.12")]
        store.check_passphrase(GOOD)
        assert saved_sheets(store) == ()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)
    with closing(sqlite3.connect(tmp_path / f"shelter-before-{REVISION}.db")) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (before.stem[-4:],)
        assert db.execute("SELECT count(*) FROM staff_lock").fetchone() == (1,)


def test_a_file_of_a_newer_program_and_a_damaged_one_are_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "shelter.db"
    with Store(path, Time()) as store:
        store.add_event("import", 2, "x")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with Store(path, Time()) as store, pytest.raises(ThisComputerError, match="newer"):
        store.events()
    path.write_bytes(b"not a database, " * 100)
    with Store(path, Time()) as store, pytest.raises(ThisComputerError, match="damaged"):
        store.events()
    assert path.read_bytes() == b"not a database, " * 100
