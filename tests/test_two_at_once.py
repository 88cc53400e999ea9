"""Two people at one computer, and two windows on one data folder: nothing is lost, nobody waits for ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from guide.app import Guide
from guide.records import Audience, Question, SavedEntry, SavedSheet, SheetOptions
from guide.shelter.saved import save_sheet, saved_sheets
from guide.shelter.store import Store
from tests.makers import NOW
from tests.publisher import Publisher, at

_WRITES = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from guide.records import SavedSheet, SheetOptions
from guide.shelter.saved import save_sheet
from guide.shelter.store import Store

now = datetime(2026, 11, 24, tzinfo=UTC)
with Store(Path(sys.argv[1]), lambda: now) as store:
    for number in range(20):
        save_sheet(store, SavedSheet(f"{sys.argv[2]} {number}", (), SheetOptions(), now.date()))
        store.add_event("import", number, sys.argv[2])
"""


def test_two_programs_write_into_one_shelter_db_from_its_first_moment(tmp_path: Path) -> None:
    """Neither of them has the file before; one makes it while the other waits its turn."""
    path = tmp_path / "data" / "shelter.db"
    path.parent.mkdir()
    both = [
        subprocess.Popen([sys.executable, "-c", _WRITES, str(path), name], stderr=subprocess.PIPE)
        for name in ("front", "back")
    ]
    told = [one.communicate(timeout=60)[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    with Store(path, lambda: NOW) as store:
        assert len(saved_sheets(store)) == len(store.events()) == 40


def test_two_people_with_a_folder_each_share_the_program_and_nothing_else(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    bundle = publisher.release(2)
    from dataclasses import replace

    one, other = (Guide(replace(publisher.settings, data=tmp_path / name), at(1)) for name in ("Añejo", "دليل"))
    one.apply_update(bundle)
    one.staff.choose("one's own passphrase")
    assert (one.status().edition.number, other.status().edition.number) == (2, 1)
    assert not other.staff.is_set_up() and other.history() == ()
    other.apply_update(bundle)
    assert other.search(Question("legal")).cards == one.search(Question("legal")).cards
    for guide in (one, other):
        guide.close()


def test_a_second_window_on_the_same_folder_shows_what_the_first_took_in(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    first, second = (Guide(publisher.settings, at(1)) for _ in range(2))
    assert second.search(Question("shelter")).cards and second.home(Audience.VISITOR).edition.number == 1
    first.apply_update(publisher.release(2))
    assert second.home(Audience.VISITOR).edition.number == 2
    assert not second.search(Question("shelter")).cards, "edition 2 has no such entry"
    with Store(publisher.settings.data / "shelter.db", at(1)) as store:
        entry = SavedEntry("svc-1", "digest", "Night Shelter", ())
        save_sheet(store, SavedSheet("Intake", (entry,), SheetOptions(), NOW.date()))
    assert [one.name for one in second.paper.saved()] == ["Intake"]
    second.rollback()
    assert first.status().edition.number == 1 and first.search(Question("shelter")).cards
    first.apply_update(publisher.release(3))
    assert second.status().edition.number == 3
    for guide in (first, second):
        guide.close()
