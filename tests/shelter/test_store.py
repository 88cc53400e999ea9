"""What the shelter writes: the staff lock and the history of updates, and nothing about visitors."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from guide.errors import LockedError, ThisComputerError, UsageError, WrongPassphraseError
from guide.shelter import lock
from guide.shelter.migrate import revision_of
from guide.shelter.saved import saved_sheets
from guide.shelter.store import Store
from guide.shelter.tables import REVISION, metadata
from tests.makers import NOW

COST = (lock.MEMORY, lock.PASSES)  # as the program has it, before a test makes it cheap

GOOD = "a long passphrase"


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.now


def test_nothing_is_written_until_something_is_set(tmp_path: Path) -> None:
    with Store(tmp_path / "data" / "shelter.db", Time()) as store:
        assert store.lock.is_set_up() is False
        assert store.events() == ()
    assert not (tmp_path / "data").exists()


def test_a_passphrase_opens_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    with Store(tmp_path / "shelter.db", Time()) as store:
        store.lock.choose(GOOD)
        store.lock.check(GOOD)
        with pytest.raises(WrongPassphraseError):
            store.lock.check("another one")
    assert GOOD.encode() not in (tmp_path / "shelter.db").read_bytes()
    assert (tmp_path / "shelter.db").stat().st_mode & 0o077 == 0


def test_the_lock_of_a_house_costs_what_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests make it cheap: here it is the real one, as kept in the file, and an old one stays as it was made."""
    assert COST == (32_768, 2)
    monkeypatch.setattr(lock, "MEMORY", COST[0])
    monkeypatch.setattr(lock, "PASSES", COST[1])
    with Store(tmp_path / "shelter.db", lambda: NOW) as store:
        store.lock.choose("a long passphrase")
    monkeypatch.undo()
    with Store(tmp_path / "shelter.db", lambda: NOW) as store:
        with store.reading() as db:
            assert db is not None
            assert db.exec_driver_sql("SELECT memory, passes FROM staff_lock").one() == COST
        store.lock.check("a long passphrase")


def test_a_short_passphrase_is_refused_and_a_change_needs_the_old_one(tmp_path: Path) -> None:
    with Store(tmp_path / "shelter.db", Time()) as store:
        with pytest.raises(UsageError):
            store.lock.choose("short")
        store.lock.choose(GOOD)
        with pytest.raises(WrongPassphraseError):
            store.lock.choose("a new passphrase", "not the old one")
        store.lock.choose("a new passphrase", GOOD)
        store.lock.check("a new passphrase")


def test_the_wait_grows_with_each_wrong_try_and_outlives_a_restart(tmp_path: Path) -> None:
    time = Time()
    waits = []
    with Store(tmp_path / "shelter.db", time) as store:
        store.lock.choose(GOOD)
        for _ in range(5):
            with pytest.raises(WrongPassphraseError) as wrong:
                store.lock.check("wrong")
            waits.append(wrong.value.facts["wait_seconds"])
            time.now += timedelta(seconds=waits[-1])
    assert waits == [0, 0, 5, 10, 20]
    time.now -= timedelta(seconds=10)
    with Store(tmp_path / "shelter.db", time) as store:
        with pytest.raises(LockedError) as locked:
            store.lock.check(GOOD)
        assert 0 < locked.value.facts["wait_seconds"] <= 11
        time.now += timedelta(seconds=11)
        store.lock.check(GOOD)
        time.now -= timedelta(days=4000)
        store.lock.check(GOOD)


def test_a_clock_set_back_begins_the_wait_again_and_locks_nobody_out_for_long(tmp_path: Path) -> None:
    """SAFETY I3: neither a way round the wait nor a trap for staff whose clock was wrong."""
    time = Time()
    with Store(tmp_path / "shelter.db", time) as store:
        store.lock.choose(GOOD)
        for _ in range(3):
            with pytest.raises(WrongPassphraseError):
                store.lock.check("wrong")
        for back in (timedelta(seconds=1), timedelta(hours=1), timedelta(days=900)):
            time.now -= back
            with pytest.raises(LockedError) as locked:
                store.lock.check(GOOD)
            assert locked.value.facts["wait_seconds"] == 6
        time.now += timedelta(seconds=6)
        store.lock.check(GOOD)


def test_a_lost_passphrase_is_replaced_by_the_code_on_paper_once(tmp_path: Path) -> None:
    """SAFETY I3: typed as people type, used up, and followed by a new one."""
    with Store(tmp_path / "shelter.db", Time()) as store:
        code = store.lock.choose(GOOD)
        assert len(code.replace("-", "")) == 20
        with pytest.raises(UsageError):
            store.lock.recover(code, "short")
        following = store.lock.recover(
            f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}", "the next one"
        )
        assert following != code
        store.lock.check("the next one")
        with pytest.raises(WrongPassphraseError):
            store.lock.recover(code, "once more, with it")
        store.lock.recover(following, "and another one")
    kept = (tmp_path / "shelter.db").read_bytes()
    assert code.replace("-", "").encode() not in kept
    assert code.encode() not in kept


def test_wrong_codes_make_everybody_wait_as_wrong_passphrases_do(tmp_path: Path) -> None:
    with Store(tmp_path / "shelter.db", Time()) as store:
        code = store.lock.choose(GOOD)
        for wrong in ("", "not a code at all", "00000-00000-00000-00000"):
            with pytest.raises(WrongPassphraseError):
                store.lock.recover(wrong, "a new passphrase")
        with pytest.raises(LockedError):
            store.lock.check(GOOD)
        with pytest.raises(LockedError):
            store.lock.recover(code, "a new passphrase")


def test_a_house_of_before_the_code_has_none_until_its_next_passphrase(tmp_path: Path) -> None:
    with Store(tmp_path / "shelter.db", Time()) as store:
        store.lock.choose(GOOD)
        with store.writing() as db:
            db.exec_driver_sql("UPDATE staff_lock SET recovery_salt = NULL, recovery_hash = NULL")
        with pytest.raises(WrongPassphraseError):
            store.lock.recover("00000-00000-00000-00000", "a new passphrase")
        store.lock.recover(store.lock.choose("a new passphrase", GOOD), "and another one")


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
        "staff_lock.wrong", "staff_lock.wrong_at", "staff_lock.recovery_salt", "staff_lock.recovery_hash", "event.id", "event.at", "event.kind", "event.edition",
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
        # what this house says of services, never of people
        "house_fact.kind", "house_fact.id", "house_fact.field", "house_fact.value", "house_fact.stamp", "house_fact.seen",
        "house_fact.confidential", "house_pc.id", "house_pc.pc", "house_pc.last", "house_past.id", "house_past.at",
        "house_past.what", "house_past.name", "house_past.before", "house_conflict.kind", "house_conflict.id",
        "house_conflict.field", "house_conflict.value", "house_conflict.stamp", "house_conflict.confidential",
        "house_draft.id", "house_draft.content", "house_draft.at",
        "house.id", "house.mark", "month_count.month", "month_count.what", "month_count.category", "month_count.n",
    }  # fmt: skip


@pytest.mark.parametrize("before", sorted((Path(__file__).parent / "before").glob("*.db")), ids=lambda path: path.stem)
def test_a_file_of_every_version_before_is_brought_up_to_date_and_a_copy_is_kept(before: Path, tmp_path: Path) -> None:
    path = tmp_path / "shelter.db"
    shutil.copyfile(before, path)
    with Store(path, Time()) as store:
        assert [(e.kind, e.edition_name) for e in store.events()] == [("import", "2026.12")]
        store.lock.check(GOOD)
        assert saved_sheets(store) == ()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)
    with closing(sqlite3.connect(tmp_path / f"shelter-before-{REVISION}.db")) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (before.stem[-4:],)
        assert db.execute("SELECT count(*) FROM staff_lock").fetchone() == (1,)


def test_several_threads_and_windows_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    import subprocess
    import sys
    from concurrent.futures import ThreadPoolExecutor

    path = tmp_path / "shelter.db"

    def write(number: int) -> None:
        with Store(path, Time()) as store:
            store.add_event("import", number, "x")

    code = (
        "import sys; from pathlib import Path; from guide.shelter.store import Store; from tests.makers import NOW\n"
        "with Store(Path(sys.argv[1]), lambda: NOW) as s: s.add_event('import', 9, 'x')"
    )
    root = Path(__file__).resolve().parents[2]
    others = [subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=root) for _ in range(2)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    assert [one.wait(timeout=60) for one in others] == [0, 0]
    with Store(path, Time()) as store:
        assert sorted(event.edition for event in store.events()) == [0, 1, 2, 3, 9, 9]


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
