"""A file of staff's own data that cannot be read never stops the guide; the last good backup is offered."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from guide.app import Guide
from guide.records import Audience, Question
from guide.rescue import state_of
from guide.shelter.tables import REVISION
from tests.own.houses import Time, filled, make_house


def harmed(tmp_path: Path) -> tuple[Guide, Path]:
    clock = Time()
    house = make_house(tmp_path, clock=clock)
    house.staff.choose("a long passphrase")
    house.own.services.save(filled(house))
    clock.now += timedelta(minutes=1)
    house.safekeeping.before_update()
    house.close()
    path = tmp_path / "data" / "shelter.db"
    path.write_bytes(b"not a database, " * 1000)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return make_house(tmp_path, tmp_path / "catalog.db"), path


def test_the_guide_goes_on_with_what_was_laid_over_it(tmp_path: Path) -> None:
    house, path = harmed(tmp_path)
    assert house.rescue.state() == "damaged"
    assert house.home(Audience.VISITOR).total == 4
    (card, *_) = house.search(Question("harbor night beds")).cards
    assert card.name.text == "Harbor Night Beds"
    assert house.detail(card.id, Audience.VISITOR).service.name.text == "Harbor Night Beds"
    assert house.sheet([card.id], house.paper.begin(("en",)), Audience.VISITOR).pages == 1
    assert path.read_bytes()[:5] == b"not a", "nothing touched it"


def test_the_last_good_backup_brings_it_back_with_its_passphrase(tmp_path: Path) -> None:
    house, _path = harmed(tmp_path)
    found = house.rescue.last_good()
    assert found is not None
    house.rescue.put_back(found[0])
    assert house.rescue.state() == "sound"
    house.staff.unlock("a long passphrase")
    assert len(house.own.services.all()) == 1
    assert list((tmp_path / "data").glob("shelter-damaged*")), "the damaged one is set aside"


def test_without_a_backup_one_can_begin_anew_and_the_damaged_file_stays(tmp_path: Path) -> None:
    house, _path = harmed(tmp_path)
    for backup in (tmp_path / "data" / "backups").iterdir():
        backup.unlink()
    assert house.rescue.last_good() is None
    house.rescue.begin_anew()
    assert house.staff.is_set_up() is False
    assert (tmp_path / "data" / "shelter-damaged-1.db").read_bytes()[:5] == b"not a"
    assert house.home(Audience.VISITOR).total == 3


def test_a_sound_file_is_never_set_aside(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    house.staff.choose("a long passphrase")
    house.rescue.begin_anew()
    assert house.staff.is_set_up() is True


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
