"""An index that is deleted, damaged, killed in the making or made by another version heals, and says so."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from guide.catalog.identity import sha256_of
from guide.errors import BrokenCatalogError
from guide.records import Question
from guide.search.ask import Search, index_path
from guide.search.index import build_index
from guide.search.store import index_state, open_index
from guide.settings import PROGRAM
from tests.makers import NOW, make_catalog, make_service

# Counts the calls of any function, Python's or C's, on the way to an index; then, in one copy of itself a turn, dies by
# kill -9 at one of them: spread over the whole way, and close to each other at the end, where files move.
KILLED = """
import os, signal, sys
from pathlib import Path
import guide.catalog.reader, guide.search.index, guide.search.ask
from guide.search.ask import Search
catalog, folder = Path(sys.argv[1]), Path(sys.argv[2])
def run(name, left):
    def count(frame, event, argument):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(count)
    Search.open(catalog, folder / name).close()
    sys.setprofile(None)
    return -left
run("first", 0)  # what is imported once does not count
calls = run("whole", 0)
for turn in range(24):
    child = os.fork()
    if not child:
        run(f"killed-{turn}", 1 + turn * calls // 24 if turn < 16 else calls - 1 - (turn - 16) * 37)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return make_catalog(tmp_path / "catalog.db")


def found(catalog: Path, folder: Path) -> list[str]:
    search = Search.open(catalog, folder)
    try:
        return [card.name.text for card in search.ask(Question("night"), NOW).cards]
    finally:
        search.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_kill_at_any_moment_leaves_a_working_index_or_a_rebuild(tmp_path: Path) -> None:
    many = make_catalog(
        tmp_path / "many.db", [make_service("Night Shelter"), *(make_service(f"Place {n}") for n in range(40))]
    )
    command = [sys.executable, "-c", KILLED, str(many), str(tmp_path)]
    ends = subprocess.run(command, cwd=PROGRAM, capture_output=True, text=True, check=True).stdout.split()
    assert ends == [str(-signal.SIGKILL)] * 24
    for turn in range(24):
        folder = tmp_path / f"killed-{turn}"
        assert found(many, folder) == ["Night Shelter"], turn
        assert index_state(many, folder).state == "ready"


def test_each_kind_of_harm_is_told_and_healed(catalog: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    assert index_state(catalog, folder).state == "missing"
    assert found(catalog, folder) == ["Night Shelter"]
    assert (index_state(catalog, folder).state, index_state(catalog, folder).because) == ("ready", "")
    path = index_path(catalog, folder)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert index_state(catalog, folder).state == "damaged"
    assert found(catalog, folder) == ["Night Shelter"]
    assert (index_state(catalog, folder).state, index_state(catalog, folder).because) == ("ready", "damaged")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '1/old' WHERE key = 'version'")
    db.close()
    assert index_state(catalog, folder).state == "other"
    assert found(catalog, folder) == ["Night Shelter"]
    assert index_state(catalog, folder).because == "other"


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE card SET json = replace(json, '010', '011')",
        "UPDATE posting SET rows = x'6c'",
        "UPDATE facet SET crc = 0",
        "UPDATE word SET visitor = 99 WHERE word = 'night'",
        "DELETE FROM word WHERE word = 'night'",
        "DELETE FROM meta WHERE key = 'words'",
    ],
)
def test_looking_it_through_finds_what_opening_does_not(harm: str, catalog: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    open_index(catalog, folder).close()
    with sqlite3.connect(index_path(catalog, folder)) as db:
        db.execute(harm)
    db.close()
    assert index_state(catalog, folder).state == "damaged"


def test_the_old_index_answers_while_a_new_one_is_built(catalog: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    search = Search.open(catalog, folder)
    newer = make_catalog(tmp_path / "newer.db", [make_service(f"Night Place {n}") for n in range(1200)], number=2)
    totals = []
    build_index(newer, index_path(newer, folder), lambda _: totals.append(search.ask(Question("night"), NOW).total))
    assert totals
    assert set(totals) == {1}
    search.close()


def test_a_catalog_is_hashed_once_and_again_when_it_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog, memory = tmp_path / "catalog.db", tmp_path / "catalogs.json"
    catalog.write_bytes(b"one")
    first = sha256_of(catalog, memory)
    with monkeypatch.context() as patch:
        patch.setattr("hashlib.file_digest", lambda *_: pytest.fail("hashed again"))
        assert sha256_of(catalog, memory) == first
    fresh = tmp_path / "fresh.db"
    fresh.write_bytes(b"two")  # as long as the other, and of the same moment
    os.utime(fresh, ns=(catalog.stat().st_atime_ns, catalog.stat().st_mtime_ns))
    fresh.replace(catalog)
    assert sha256_of(catalog, memory) != first


@pytest.mark.parametrize("told", ["", "[]", "{", '{"x": 1}', '{"%s": "abc"}', '{"%s": [1, 2]}', "\x00"])
def test_a_broken_memory_only_costs_time(told: str, tmp_path: Path) -> None:
    catalog, memory = tmp_path / "catalog.db", tmp_path / "catalogs.json"
    catalog.write_bytes(b"one")
    memory.write_text(told.replace("%s", str(catalog)))
    assert sha256_of(catalog, memory) == sha256_of(catalog)


def test_no_catalog_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenCatalogError):
        sha256_of(tmp_path / "none.db", tmp_path / "catalogs.json")
