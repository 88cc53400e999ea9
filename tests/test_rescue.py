"""A file of staff's own data that cannot be read never stops the guide; the last good backup is offered."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guide.errors import LockedError, ThisComputerError, WrongPassphraseError
from guide.records import Audience, Question
from guide.records.checking import Reason
from guide.rescue import state_of
from guide.shelter.tables import REVISION
from tests.own.houses import Time, filled, make_house


def harmed(tmp_path: Path, then: str = "") -> tuple[Any, Path]:
    """Return a guide over a shelter.db that is damaged after its backup, and after the passphrase became ``then``."""
    clock = Time()
    house = make_house(tmp_path, clock=clock)
    code = house.staff.choose("a long passphrase")
    house.own.services.save(filled(house))
    clock.now += timedelta(minutes=1)
    house.safekeeping.before_update()
    if then:
        house.staff.choose(then, "a long passphrase")
    house.close()
    path = tmp_path / "data" / "shelter.db"
    path.write_bytes(b"not a database, " * 1000)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    again: Any = make_house(tmp_path, tmp_path / "catalog.db", clock)
    again.code = code
    return again, path


def without_backups(tmp_path: Path) -> None:
    for backup in (tmp_path / "data" / "backups").iterdir():
        backup.unlink()


def test_the_guide_goes_on_with_what_was_laid_over_it(tmp_path: Path) -> None:
    house, path = harmed(tmp_path)
    assert house.rescue.state() == "damaged"
    assert house.home(Audience.VISITOR).total == 4
    (card, *_) = house.search(Question("harbor night beds")).cards
    assert card.name.text == "Harbor Night Beds"
    assert house.detail(card.id, Audience.VISITOR).service.name.text == "Harbor Night Beds"
    assert house.sheet([card.id], house.paper.begin(("en",)), Audience.VISITOR).pages == 1
    assert path.read_bytes()[:5] == b"not a", "nothing touched it"


def test_the_last_good_backup_is_put_back_by_who_knows_the_passphrase_of_now(tmp_path: Path) -> None:
    house, _path = harmed(tmp_path, then="another passphrase")
    found = house.rescue.last_good()
    assert found is not None
    for wrong in ("", "a long passphrase", "not it at all"):
        with pytest.raises(LockedError):
            house.rescue.put_back(found[0], wrong)
    assert house.rescue.state() == "damaged", "SAFETY I3"
    house.clock.now += timedelta(hours=1)
    house.rescue.put_back(found[0], "another passphrase")
    assert house.rescue.state() == "sound"
    house.staff.unlock("another passphrase")
    assert len(house.own.services.all()) == 1
    assert list((tmp_path / "data").glob("shelter-damaged*")), "the damaged one is set aside"
    assert house.history()[0].kind == "put-back"


@pytest.mark.parametrize("how", ["damaged", "gone"])
def test_without_a_backup_one_begins_anew_behind_the_same_lock(tmp_path: Path, how: str) -> None:
    house, path = harmed(tmp_path)
    without_backups(tmp_path)
    if how == "gone":
        path.unlink()
    assert (house.rescue.state(), house.rescue.last_good()) == (how, None)
    with pytest.raises(ThisComputerError):
        house.staff.is_set_up()
    with pytest.raises(ThisComputerError):
        house.staff.choose("mine from now on")
    with pytest.raises(WrongPassphraseError):
        house.rescue.begin_anew("mine from now on")
    house.rescue.begin_anew(house.code.lower().replace("-", " "))
    house.staff.unlock("a long passphrase")
    assert house.history()[0].kind == "begun-anew", "all of staff see that it was done"
    assert (tmp_path / "data" / "shelter-damaged-1.db").exists() is (how == "damaged")
    assert house.home(Audience.VISITOR).total == 3


def test_a_visitors_report_does_not_make_the_lost_lock_a_new_one(tmp_path: Path) -> None:
    house, path = harmed(tmp_path)
    path.unlink()
    house.checks.report(house.services()[0].id, [Reason.HOURS], Audience.VISITOR)
    assert path.is_file()
    with pytest.raises(ThisComputerError):
        house.staff.choose("mine from now on")
    house.rescue.begin_anew("a long passphrase")
    house.staff.unlock("a long passphrase")


def test_where_nothing_can_tell_a_passphrase_nobody_begins_anew_at_the_door(tmp_path: Path) -> None:
    house, path = harmed(tmp_path)
    without_backups(tmp_path)
    (tmp_path / "data" / "staff-lock.json").write_text('{"salt": "00", "memory": 99999999}')
    assert house.rescue.can_prove() is False
    with pytest.raises(LockedError):
        house.rescue.begin_anew("a long passphrase")
    assert path.read_bytes()[:5] == b"not a"


def test_wrong_tries_wait_longer_and_longer_beside_the_file_too(tmp_path: Path) -> None:
    house, _path = harmed(tmp_path)
    for _ in range(3):
        with pytest.raises(WrongPassphraseError):
            house.rescue.begin_anew("guess")
    with pytest.raises(LockedError) as told:
        house.rescue.begin_anew("a long passphrase")
    assert told.value.facts["wait_seconds"] >= 5
    house.clock.now -= timedelta(days=1)
    with pytest.raises(LockedError):
        house.rescue.begin_anew("a long passphrase")
    house.clock.now += timedelta(minutes=1)
    house.rescue.begin_anew("a long passphrase")


def test_the_lock_beside_is_that_of_a_restored_backup_and_in_no_backup(tmp_path: Path) -> None:
    other = make_house(tmp_path / "other")
    other.staff.choose("theirs and long")
    told = other.safekeeping.write(tmp_path / "b.backup")
    house = make_house(tmp_path)
    house.staff.choose("a long passphrase")
    house.safekeeping.restore(Path(told.path))
    (tmp_path / "data" / "shelter.db").write_bytes(b"x" * 9000)
    for ending in ("-wal", "-shm"):
        (tmp_path / "data" / f"shelter.db{ending}").unlink(missing_ok=True)
    house.rescue.begin_anew("theirs and long")
    with zipfile.ZipFile(told.path) as archive:
        assert b"staff-lock" not in archive.read("backup.json")


def test_a_sound_file_is_never_set_aside(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    house.staff.choose("a long passphrase")
    house.own.services.save(filled(house))
    house.rescue.begin_anew("a long passphrase")
    assert len(house.own.services.all()) == 1


def test_a_file_of_a_newer_program_is_not_read_and_the_guide_opens(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = filled(house)
    house.own.services.save(mine)
    path = tmp_path / "data" / "shelter.db"
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    assert state_of(path) == "newer"
    again = make_house(tmp_path, tmp_path / "catalog.db")
    assert again.home(Audience.VISITOR).total == 4
    assert again.detail(mine.id, Audience.VISITOR).service.id == mine.id
    assert state_of(path) == "newer"
