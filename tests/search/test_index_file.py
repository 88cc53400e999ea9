"""The index file: derived, disposable, never trusted blindly, and never in the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from guide.records import Audience, Question, Step
from guide.search.ask import Interrupted, Search, index_path
from guide.search.index import build_index
from guide.search.store import open_index
from guide.settings import PROGRAM, STARTER_CATALOG
from tests.makers import NOW, make_catalog, make_service


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return make_catalog(tmp_path / "catalog.db")


@pytest.fixture
def search(catalog: Path, tmp_path: Path) -> Iterator[Search]:
    search = Search.open(catalog, tmp_path / "index")
    yield search
    search.close()


def found(search: Search, words: str) -> list[str]:
    return [card.name.text for card in search.ask(Question(words), NOW).cards]


def test_two_builds_of_one_catalog_are_the_same_bytes(catalog: Path, tmp_path: Path) -> None:
    build_index(catalog, tmp_path / "a.db")
    build_index(catalog, tmp_path / "b.db")
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_searching_changes_no_byte_of_any_file(search: Search, tmp_path: Path) -> None:
    """SAFETY N1: what is looked for leaves no trace."""
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    for words in ("night", "sheltr", "1-800", ""):
        search.ask(Question(words, audience=Audience.STAFF), NOW)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_build_that_fails_leaves_the_old_index_and_no_torn_file(catalog: Path, tmp_path: Path) -> None:
    path = tmp_path / "index" / "index-x.db"
    build_index(catalog, path)
    before = path.read_bytes()

    class StopError(Exception):
        pass

    def stop(_: Step) -> None:
        raise StopError

    many = make_catalog(tmp_path / "many.db", [make_service(f"Place {n}") for n in range(600)])
    with pytest.raises(StopError):
        build_index(many, path, stop)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_an_index_of_another_version_is_built_anew(catalog: Path, tmp_path: Path) -> None:
    path = index_path(catalog, tmp_path / "index")
    build_index(catalog, path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '0'")
        db.execute("DELETE FROM card")
    db.close()
    search = Search.open(catalog, tmp_path / "index")
    assert found(search, "night") == ["Night Shelter"]
    search.close()


def test_a_card_that_rotted_on_disk_is_never_shown(catalog: Path, tmp_path: Path) -> None:
    path = index_path(catalog, tmp_path / "index")
    build_index(catalog, path)
    path.write_bytes(path.read_bytes().replace(b"(555) 010-4410", b"(555) 010-4419"))
    search = Search.open(catalog, tmp_path / "index")
    (card,) = search.ask(Question("night"), NOW).cards
    assert card.phone is not None
    assert card.phone.published == "(555) 010-4410"
    search.close()
    assert b"010-4419" not in path.read_bytes()


def test_a_word_list_that_rots_while_it_is_open_is_healed(catalog: Path, tmp_path: Path) -> None:
    search = Search.open(catalog, tmp_path / "index")
    path = index_path(catalog, tmp_path / "index")
    with path.open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(path.stat().st_size - 100))
    assert found(search, "night") == ["Night Shelter"]
    search.close()


def test_an_interrupt_stops_one_question_and_not_the_next(search: Search) -> None:
    db = search._sources[0]._db
    db.set_progress_handler(lambda: search.interrupt() or 0, 1)
    with pytest.raises(Interrupted):
        search.ask(Question("night"), NOW)
    db.set_progress_handler(None, 0)
    assert found(search, "night") == ["Night Shelter"]


def test_an_interrupt_after_closing_is_no_error(catalog: Path, tmp_path: Path) -> None:
    search = Search.open(catalog, tmp_path / "index")
    search.interrupt()
    assert found(search, "night") == ["Night Shelter"]
    search.close()
    search.interrupt()


def test_old_indexes_and_torn_ones_go_when_a_new_one_comes(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    for n in range(4):
        old = folder / f"index-{n}.db"
        old.write_bytes(b"old")
        os.utime(old, (1_000_000 + n, 1_000_000 + n))
    torn = folder / "index-abc.new"
    torn.write_bytes(b"torn")
    os.utime(torn, (1_000_000, 1_000_000))
    catalog = make_catalog(tmp_path / "catalog.db")
    Search.open(catalog, folder).close()
    assert sorted(p.name for p in folder.glob("index-*")) == sorted(
        ["index-2.db", "index-3.db", index_path(catalog, folder).name]
    )


def test_asking_an_index_that_is_there_needs_nothing_heavy(tmp_path: Path) -> None:
    Search.open(STARTER_CATALOG, tmp_path).close()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from guide.search.ask import Search; from guide.records import Question;"
        f"s = Search.open(Path({str(STARTER_CATALOG)!r}), Path({str(tmp_path)!r}));"
        "assert s.ask(Question('shelter'), datetime.now(UTC)).total; s.close();"
        "heavy = {m.split('.')[0] for m in sys.modules} & {'sqlalchemy', 'tuf', 'typst', 'PySide6', 'cryptography'};"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROGRAM)


def test_an_index_that_is_cut_short_while_it_is_open_is_healed(tmp_path: Path) -> None:
    """Nothing is mapped into memory: a map over a file that shrinks kills the program, in a process of its own here."""
    code = (
        "import os; from pathlib import Path; from datetime import datetime, UTC;"
        "from guide.search.ask import Search; from guide.records import Question;"
        f"folder = Path({str(tmp_path)!r}); s = Search.open(Path({str(STARTER_CATALOG)!r}), folder);"
        "os.truncate(next(folder.glob('index-*.db')), 4096);"
        "assert s.ask(Question('shelter'), datetime.now(UTC)).total; s.close()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROGRAM)


def test_no_index_is_mapped_into_memory(catalog: Path, tmp_path: Path) -> None:
    with closing(open_index(catalog, tmp_path / "index")) as db:
        assert db.execute("PRAGMA mmap_size").fetchone() == (0,)
