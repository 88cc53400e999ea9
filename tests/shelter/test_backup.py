"""Backup and restore: everything the shelter wrote, in one file, into another PC; nothing of a bad file gets in."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from guide import safekeeping
from guide import settings as house
from guide.app import Guide
from guide.errors import DamagedError, GuideError, UsageError
from guide.records import SavedEntry, SavedSheet, SheetOptions
from guide.records.backup import BackupDamagedError, BackupNewerError
from guide.restoring import READY, belongs
from guide.settings import Settings
from guide.shelter import backup as tables
from guide.shelter import read_through
from guide.shelter import tables as schema
from guide.shelter.saved import save_sheet, saved_sheets
from guide.shelter.store import Store
from tests.makers import NOW

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
Copy = Callable[[Path, Path], object]
PASSPHRASE = "a long passphrase"


def a_house(folder: Path, shelter: str = "Harbor House") -> Guide:
    """Return a guide whose staff wrote one of each thing."""
    guide = Guide(Settings(data=folder), lambda: NOW)
    guide.change_settings(shelter_name=shelter, idle_minutes=7, language="es")
    guide.staff.choose(PASSPHRASE)
    guide.paper.keep_logo(LOGO)
    with Store(folder / "shelter.db", lambda: NOW) as store:
        entry = SavedEntry("svc-1", "digest", "Night Shelter", ("(555) 010-4410",))
        save_sheet(store, SavedSheet("Intake", (entry,), SheetOptions(), NOW.date()))
        store.add_event("import", 2, "2026.12")
    (folder / "everyday.txt").write_text("crib, cradle\n", "utf-8")
    for name in ("fonts/Añejo.ttf", "languages/so.toml"):
        (folder / name).parent.mkdir()
        (folder / name).write_bytes(b"as it was")
    return guide


def everything(folder: Path) -> dict[str, object]:
    """Return all a shelter wrote below ``folder``, as it reads."""
    with Store(folder / "shelter.db", lambda: NOW) as store:
        rows = (store.events(), saved_sheets(store), store.lock.is_set_up())
    names = ("settings.json", "everyday.txt", "logo.svg", "fonts/Añejo.ttf", "languages/so.toml")
    return {"rows": rows} | {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}


def repacked(backup: Path, out: Path, change: Callable[[dict[str, bytes], dict[str, object]], None]) -> Path:
    """Return a backup whose parts somebody changed, hashes and lengths made good again."""
    import hashlib

    with zipfile.ZipFile(backup) as archive:
        head = json.loads(archive.read("backup.json"))
        parts = {entry["name"]: archive.read(entry["part"]) for entry in head["parts"]}
    change(parts, head)
    head["parts"] = [
        {"part": f"parts/{n}", "name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for n, (name, data) in enumerate(parts.items(), 1)
    ]
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("backup.json"), json.dumps(head))
        for n, data in enumerate(parts.values(), 1):
            archive.writestr(zipfile.ZipInfo(f"parts/{n}"), data)
    return out


def with_tables(parts: dict[str, bytes], folder: Path, *statements: str) -> None:
    """Run ``statements`` on the shelter.db among ``parts``."""
    path = folder / "bent.db"
    path.write_bytes(parts["shelter.db"])
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()
    parts["shelter.db"] = path.read_bytes()
    path.unlink()


def test_a_backup_is_restored_on_another_pc_in_one_step(tmp_path: Path) -> None:
    there = a_house(tmp_path / "there")
    told = there.safekeeping.write(tmp_path / "house.guide-backup")
    here = Guide(Settings(data=tmp_path / "here"), lambda: NOW)
    done = here.safekeeping.restore(tmp_path / "house.guide-backup")
    assert everything(tmp_path / "here") == everything(tmp_path / "there")
    assert here.settings.shelter_name == "Harbor House" and here.settings.data == tmp_path / "here"
    assert (done.shelter_name, done.saved_sheets, done.has_passphrase) == ("Harbor House", ("Intake",), True)
    assert (told.made_at, told.why, told.confidential) == (NOW.astimezone(UTC).replace(microsecond=0), "asked", False)
    here.staff.unlock(PASSPHRASE)
    assert not list((tmp_path / "here").glob("restore.*[wy]"))


def test_what_was_here_is_kept_before_it_is_replaced(tmp_path: Path) -> None:
    a_house(tmp_path / "there").safekeeping.write(tmp_path / "b")
    here = a_house(tmp_path / "here", "The Old Name")
    before = everything(tmp_path / "here")
    (tmp_path / "here" / "fonts" / "Another.otf").write_bytes(b"also mine")
    kept = Path(here.safekeeping.restore(tmp_path / "b").kept)
    assert not (tmp_path / "here" / "fonts" / "Another.otf").exists(), "a restore is the backup, not a mixture"
    here.safekeeping.restore(kept)
    assert everything(tmp_path / "here") == before
    assert (tmp_path / "here" / "fonts" / "Another.otf").read_bytes() == b"also mine"
    assert kept in here.safekeeping.kept()


def test_the_catalog_and_what_was_learned_of_keys_are_in_no_backup(tmp_path: Path) -> None:
    guide = a_house(tmp_path / "there")
    (tmp_path / "there" / "editions").mkdir()
    (tmp_path / "there" / "editions" / "current.json").write_text("{}")
    backup = guide.safekeeping.write(tmp_path / "b")
    assert set(backup.parts) == {"settings.json", "everyday.txt", "logo.svg", "fonts/Añejo.ttf", "languages/so.toml"}


def test_a_window_that_is_open_sees_what_was_restored(tmp_path: Path) -> None:
    a_house(tmp_path / "there").safekeeping.write(tmp_path / "b")
    here = Guide(Settings(data=tmp_path / "here"), lambda: NOW)
    here.staff.choose("the one before")
    with Store(tmp_path / "here" / "shelter.db", lambda: NOW) as opened:
        assert saved_sheets(opened) == ()
        here.safekeeping.restore(tmp_path / "b")
        assert [sheet.name for sheet in saved_sheets(opened)] == ["Intake"]


def test_confidential_entries_leave_the_house_only_when_staff_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SAFETY N7: default no, and not a trace of them in the file."""
    guide = a_house(tmp_path / "there")
    monkeypatch.setattr(tables, "CONFIDENTIAL", ("DELETE FROM saved_entry WHERE service = 'svc-1'",))
    guide.safekeeping.write(tmp_path / "without")
    guide.safekeeping.write(tmp_path / "with", confidential=True)
    assert b"Night Shelter" not in (tmp_path / "without").read_bytes()
    assert b"Night Shelter" in (tmp_path / "with").read_bytes()
    assert guide.safekeeping.look(tmp_path / "with").confidential
    kept = safekeeping.automatic(guide.settings, lambda: NOW, "update")
    assert kept is not None and b"Night Shelter" in kept.read_bytes(), "what stays on this PC is whole"
    assert kept.stat().st_mode & 0o077 == 0


def test_a_backup_is_kept_before_an_upgrade_once_and_five_of_each_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = a_house(tmp_path)
    assert guide.safekeeping.kept() == (), "the first version to write here upgrades nothing"
    monkeypatch.setattr(safekeeping, "__version__", "9.9.9")
    guide.staff.is_set_up()
    guide.staff.is_set_up()
    upgrades = [path for path in guide.safekeeping.kept() if "upgrade" in path.name]
    assert [guide.safekeeping.look(path).why for path in upgrades] == ["upgrade"]
    for minute in range(8):
        safekeeping.automatic(guide.settings, lambda minute=minute: NOW.replace(minute=minute), "update")  # type: ignore[misc]
    assert len([path for path in guide.safekeeping.kept() if "update" in path.name]) == 5


def test_a_restore_that_was_stopped_is_finished_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_house(tmp_path / "there").safekeeping.write(tmp_path / "b")
    wanted = everything(tmp_path / "there")
    for stop_at in range(1, 7):
        data = tmp_path / f"here-{stop_at}"
        here = Guide(Settings(data=data), lambda: NOW)
        here.staff.choose("the one before")
        calls, really = iter(range(1, 99)), shutil.copyfile

        def pulled(
            source: Path, out: Path, stop: int = stop_at, calls: Iterator[int] = calls, copy: Copy = really
        ) -> None:
            if next(calls) == stop:
                raise SystemExit("the plug was pulled")
            copy(source, out)

        with monkeypatch.context() as patch:
            patch.setattr("guide.restoring.shutil.copyfile", pulled)
            try:
                here.safekeeping.restore(tmp_path / "b")
            except SystemExit:
                assert (data / READY).is_dir()
        again = Guide(house.load(data), lambda: NOW)
        assert everything(data) == wanted
        assert again.settings.shelter_name == "Harbor House"
        assert not (data / READY).exists()


def test_a_damaged_shelter_db_is_put_aside_by_a_restore(tmp_path: Path) -> None:
    a_house(tmp_path / "there").safekeeping.write(tmp_path / "b")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "shelter.db").write_bytes(b"not a database at all" * 400)
    here = Guide(Settings(data=tmp_path / "here"), lambda: NOW)
    here.safekeeping.restore(tmp_path / "b")
    assert everything(tmp_path / "here") == everything(tmp_path / "there")
    assert (tmp_path / "here" / "shelter-damaged.db").read_bytes().startswith(b"not a database")


def test_an_older_shelter_db_is_brought_to_today_on_the_way(tmp_path: Path) -> None:
    before = Path(__file__).parent / "before" / "shelter-0001.db"
    a_house(tmp_path / "there").safekeeping.write(tmp_path / "b")
    repacked(tmp_path / "b", tmp_path / "old", lambda parts, head: parts.update({"shelter.db": before.read_bytes()}))
    here = Guide(Settings(data=tmp_path / "here"), lambda: NOW)
    here.safekeeping.restore(tmp_path / "old")
    assert here.history() and here.paper.saved() == ()


NOW_STAMP, ONE_PC = "17640000000000000.0123abcd", "0123abcd"
# One row of every table, as the program writes it; a table without a line here makes a test below fail.
ROWS: dict[str, dict[str, object]] = {
    "staff_lock": {},  # a_house chose a passphrase
    "event": {},
    "saved_sheet": {},
    "saved_entry": {},
    "check_round": {"kind": "due", "begun": "2026-11-20", "ended": ""},
    "round_entry": {"round": 1, "place": 1, "service": "svc-1", "name": "Night Shelter"},
    "number_check": {"id": "c1", "service": "svc-1", "name": "Night Shelter", "number": "(555) 010-4410",
                     "result": "wrong", "on": "2026-11-20", "by": "desk", "answers": "{}", "proposed": "", "note": "",
                     "round": 1},
    "report": {"id": "r1", "service": "svc-1", "name": "Night Shelter", "numbers": '["(555) 010-4410"]',
               "reasons": "number", "when": "2026-11", "by_staff": 0},
    "house": {"id": 1, "mark": "0" * 32},
    "month_count": {"month": "2026-11", "what": "sheets", "category": "housing", "n": 12},
    "house_fact": {"kind": "own", "id": "own-1", "field": "name", "value": '{"en":"Our kitchen"}', "stamp": NOW_STAMP,
                   "seen": f'{{"{ONE_PC}":"{NOW_STAMP}"}}', "confidential": 0},
    "house_pc": {"id": 1, "pc": ONE_PC, "last": NOW_STAMP},
    "house_past": {"id": 1, "at": "2026-11-20T10:00:00+00:00", "what": "own", "name": "Our kitchen",
                   "before": f'[["own","own-1","name",null,"{NOW_STAMP}"]]'},
    "house_conflict": {"kind": "own", "id": "own-1", "field": "name", "value": '{"en":"Their kitchen"}',
                       "stamp": NOW_STAMP, "confidential": 0},
    "house_draft": {"id": "own-2", "content": '{"id":"own-2","values":{}}', "at": "2026-11-20T10:00:00+00:00"},
}  # fmt: skip
LEFT_OUT = {"house_past", "house_draft"}  # of a backup that leaves the house without what is confidential
ONLY_HERE = {"house_pc"}  # another PC is given another name


def full_house(folder: Path) -> Guide:
    """Return a guide with a row in every table."""
    guide = a_house(folder)
    with Store(folder / "shelter.db", lambda: NOW) as store, store.writing() as db:
        for name, row in ROWS.items():
            if row:
                db.execute(schema.metadata.tables[name].insert().values(**row))
    return guide


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of ours."""
    with closing(sqlite3.connect(path)) as db:
        read = lambda name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: E731, S608 - our names
        return {name: read(name) for name in schema.metadata.tables}


def test_every_table_is_carried_or_named_as_left_out_and_read_before_it_is_believed(tmp_path: Path) -> None:
    assert set(ROWS) == set(schema.metadata.tables), "a new table needs a line in ROWS above"
    assert set(read_through.ROWS) | set(read_through.ELSEWHERE) == set(schema.metadata.tables)
    there = full_house(tmp_path / "there")
    wanted = rows_of(tmp_path / "there" / "shelter.db")
    assert all(wanted.values()), [name for name, rows in wanted.items() if not rows]
    for confidential, missing in ((True, set[str]()), (False, LEFT_OUT)):
        there.safekeeping.write(tmp_path / "b", confidential=confidential)
        data = tmp_path / f"here-{confidential}"
        Guide(Settings(data=data), lambda: NOW).safekeeping.restore(tmp_path / "b")
        got = rows_of(data / "shelter.db")
        assert {name for name, rows in got.items() if rows != wanted[name]} - ONLY_HERE == missing
        assert {name for name, rows in got.items() if not rows} == missing


BENT: dict[str, tuple[str, ...]] = {
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM staff_lock; END",),
    "a view in a table's place": ("DROP TABLE event", "CREATE VIEW event AS SELECT 1 AS id"),
    "a value of another kind": ("UPDATE event SET edition = 'many'",),
    "a lock that takes all memory": ("UPDATE staff_lock SET memory = 99999999",),
    "a day that is none": ("UPDATE saved_sheet SET saved_on = 'soon'",),
    "options that are none": ("UPDATE saved_sheet SET options = '['",),
    "a result that is none": ("UPDATE number_check SET result = 'maybe'",),
    "answers that are none": ("UPDATE number_check SET answers = '[1]'",),
    "a round without a day": ("UPDATE check_round SET begun = ''",),
    "an entry of no round": ("UPDATE round_entry SET place = -1",),
    "a reason that is none": ("UPDATE report SET reasons = 'dislike'",),
    "a visitor's day": ("UPDATE report SET \"when\" = '2026-11-20T10:00'",),
    "a mark that tells something": ("UPDATE house SET mark = 'Harbor House'",),
    "a count below nothing": ("UPDATE month_count SET n = -1",),
    "a fact that is no JSON": ("UPDATE house_fact SET value = '{'",),
    "a stamp that is none": ("UPDATE house_fact SET stamp = '9'",),
    "a name of a PC that is none": ("UPDATE house_pc SET pc = '../x'",),
    "a change that cannot be taken back": ("UPDATE house_past SET before = '[[1]]'",),
    "a conflict that is no JSON": ("UPDATE house_conflict SET value = ''",),
    "a draft that is none": ("UPDATE house_draft SET content = '[]'",),
    "an entry without its sheet": ("UPDATE saved_entry SET sheet = 99",),
    "no word of who wrote it": ("DROP TABLE alembic_version",),
    "a column that is missing": ("ALTER TABLE event DROP COLUMN note",),
    "another program's revision": ("UPDATE alembic_version SET version_num = 'abc'",),
}  # fmt: skip


@pytest.fixture(scope="module")
def full_backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup with a row in every table, made once."""
    folder = tmp_path_factory.mktemp("full")
    full_house(folder / "there").safekeeping.write(folder / "b", confidential=True)
    return folder / "b"


@pytest.mark.parametrize("kind", BENT)
def test_of_a_file_made_to_mislead_only_plain_rows_get_in(tmp_path: Path, full_backup: Path, kind: str) -> None:
    bent = repacked(full_backup, tmp_path / "bent", lambda parts, head: with_tables(parts, tmp_path, *BENT[kind]))
    here = a_house(tmp_path / "here", "As It Was")
    before = everything(tmp_path / "here")
    if kind == "a trigger":
        here.safekeeping.restore(bent)
        with closing(sqlite3.connect(tmp_path / "here" / "shelter.db")) as db:
            assert db.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").fetchone() == (0,)
        return
    with pytest.raises(BackupDamagedError):
        here.safekeeping.restore(bent)
    assert everything(tmp_path / "here") == before


def test_a_newer_program_s_backup_is_refused_kindly(tmp_path: Path) -> None:
    a_house(tmp_path / "there").safekeeping.write(tmp_path / "b")
    newer = "UPDATE alembic_version SET version_num = '9999'"
    in_tables = repacked(tmp_path / "b", tmp_path / "n1", lambda parts, head: with_tables(parts, tmp_path, newer))
    in_form = repacked(tmp_path / "b", tmp_path / "n2", lambda parts, head: head.update(format_version=2))
    here = Guide(Settings(data=tmp_path / "here"), lambda: NOW)
    for path in (in_tables, in_form):
        with pytest.raises(BackupNewerError):
            here.safekeeping.restore(path)
        assert not (tmp_path / "here" / "shelter.db").exists()


@pytest.mark.parametrize("name", ["../x.ttf", "fonts/../../x.ttf", "fonts/a\\b.ttf", "fonts/C:x.ttf", "fonts/con.ttf",
                                  "editions/current.json", "languages/x.ttf", "fonts/\u202egnp.ttf", "fonts/.ttf", ""])  # fmt: skip
def test_a_part_by_another_name_does_not_belong(tmp_path: Path, name: str) -> None:
    assert not belongs(name)
    a_house(tmp_path / "there").safekeeping.write(tmp_path / "b")
    bad = repacked(tmp_path / "b", tmp_path / "bad", lambda parts, head: parts.update({name: b"x"}))
    with pytest.raises(BackupDamagedError):
        safekeeping.restore(Settings(data=tmp_path / "here"), bad, lambda: NOW)


def test_settings_and_logo_are_judged_as_if_they_were_typed_in(tmp_path: Path) -> None:
    a_house(tmp_path / "there").safekeeping.write(tmp_path / "b")
    wild = {
        "settings.json": b'{"idle_minutes": 99999, "shelter_name": "Fine", "data": "/etc", "no_such": 1}',
        "logo.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    }
    bad = repacked(tmp_path / "b", tmp_path / "bad", lambda parts, head: parts.update(wild))
    here, _ = safekeeping.restore(Settings(data=tmp_path / "here"), bad, lambda: NOW)
    assert (here.idle_minutes, here.shelter_name, here.data) == (3, "Fine", tmp_path / "here")
    logo = tmp_path / "here" / "logo.svg"
    assert not logo.exists() or b"script" not in logo.read_bytes()


@trials(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255), cut=st.booleans())
def test_a_flipped_byte_or_a_cut_never_gets_in_half(
    tmp_path_factory: pytest.TempPathFactory, where: float, flip: int, cut: bool
) -> None:
    folder = tmp_path_factory.getbasetemp() / "flips"
    good = folder / "b"
    if not good.exists():
        folder.mkdir()
        a_house(folder / "there").safekeeping.write(good)
    data = bytearray(good.read_bytes())
    at = int(where * len(data))
    if cut:
        del data[at:]
    else:
        data[at] ^= flip
    (folder / "bad").write_bytes(data)
    try:
        told = Guide(Settings(data=folder / "here"), lambda: NOW).safekeeping.look(folder / "bad")
    except DamagedError:
        return
    whole = Guide(Settings(data=folder / "here"), lambda: NOW).safekeeping.look(good)
    same = replace(told, path="", size=0, made_at=whole.made_at, program="", why="", confidential=False)
    assert same == replace(whole, path="", size=0, program="", why="", confidential=False)


def test_a_full_or_locked_place_leaves_no_half_file(tmp_path: Path) -> None:
    guide = a_house(tmp_path / "there")
    with pytest.raises(UsageError):
        guide.safekeeping.write(tmp_path / "no such folder" / "b")
    with pytest.raises(GuideError):
        guide.safekeeping.write(Path("/dev/full/b"))
    assert list(tmp_path.iterdir()) == [tmp_path / "there"]


def test_the_time_of_a_backup_is_told_in_utc(tmp_path: Path) -> None:
    told = a_house(tmp_path).safekeeping.write(tmp_path / "b")
    assert isinstance(told.made_at, datetime) and told.made_at.tzinfo is UTC
