"""A build is whole or not at all, the same bytes every time, in the order results stand in."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from guide.catalog.fitness import check_fitness
from guide.catalog.reader import Catalog
from guide.catalog.tables import APPLICATION_ID, SCHEMA
from guide.errors import DiskFullError, NoAccessError, SourceDataError
from guide.publish.build import CatalogSource, build_catalog, ranked
from guide.publish.spill import gathered
from guide.records import Address, Audience, Evidence, Location, Service, Step, Words
from tests.makers import ALWAYS, CATEGORIES, TAGS, make_catalog, make_edition, make_phone, make_service


def source(*services: Service, **edition: object) -> CatalogSource:
    return CatalogSource(make_edition(**edition), CATEGORIES, TAGS, services)


def test_the_edition_given_back_is_the_one_in_the_file(tmp_path: Path) -> None:
    edition = build_catalog(source(make_service(), make_service("Other")), tmp_path / "c.db")
    assert edition.services == 2
    assert check_fitness(tmp_path / "c.db") == edition


def test_the_order_of_the_source_does_not_change_a_byte(tmp_path: Path) -> None:
    services = [
        make_service(
            f"Shelter {n}", tags=("women",), schedules=ALWAYS, evidence=(Evidence("k", "a", None, "official"),)
        )
        for n in range(40)
    ]
    first = make_catalog(tmp_path / "one.db", services).read_bytes()
    random.Random(7).shuffle(services)
    assert make_catalog(tmp_path / "two.db", services).read_bytes() == first


def test_the_header_says_what_the_file_is_and_not_who_wrote_it(tmp_path: Path) -> None:
    content = make_catalog(tmp_path / "c.db").read_bytes()
    assert content[:16] == b"SQLite format 3\0"
    assert int.from_bytes(content[16:18], "big") == 4096, "page size"
    assert content[18:20] == b"\x01\x01", "no write-ahead log"
    assert int.from_bytes(content[60:64], "big") == SCHEMA
    assert int.from_bytes(content[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(content[96:100], "big") == 3_040_000, "not this computer's SQLite"
    assert int.from_bytes(content[36:40], "big") == 0, "no free pages: nothing deleted lingers"


def test_sqlite_itself_finds_the_file_sound(tmp_path: Path) -> None:
    with closing(sqlite3.connect(make_catalog(tmp_path / "c.db"))) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def names(*services: Service, **edition: object) -> list[str]:
    with TemporaryDirectory() as folder, gathered(services, Path(folder)) as spill:
        return [s.name.text for s in ranked(spill, source(**edition))]


def test_call_now_stands_first_then_crisis_then_the_other_needs() -> None:
    found = names(
        make_service("Legal", category="legal"),
        make_service("House", category="housing"),
        make_service("Crisis", category="crisis"),
        make_service("Second", category="safety"),
        make_service("First", category="legal"),
        call_now=("first", "second"),
    )
    assert found == ["First", "Second", "Crisis", "House", "Legal"]


def test_within_a_need_a_number_and_a_fresh_date_come_first() -> None:
    found = names(
        make_service("No number", phones=(), assured_date=date(2026, 11, 20)),
        make_service("Hidden number", phones=(make_phone(hidden=True),), assured_date=date(2026, 11, 19)),
        make_service("Undated", assured_date=None),
        make_service("Old", assured_date=date(2020, 1, 1)),
        make_service("Page", assured_date=None, source_date=date(2026, 5, 1)),
        make_service("b Fresh", assured_date=date(2026, 11, 1)),
        make_service("A Fresh", assured_date=date(2026, 11, 1)),
    )
    assert found == ["A Fresh", "b Fresh", "Page", "Old", "Undated", "No number", "Hidden number"]


def test_staff_entries_stand_behind_all_others() -> None:
    assert names(make_service("Staff", category="crisis", audience=Audience.STAFF), make_service("Legal", category="legal")) == [
        "Legal",
        "Staff",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "services",
    [
        (make_service("A", "same"), make_service("B", "same")),
        (make_service(category="nowhere"),),
        (make_service(also_in=("nowhere",)),),
        (make_service("A"), replace(make_service("B"), phones=make_service("A").phones)),
    ],
    ids=["one id twice", "no such category", "no such second category", "one number's id twice"],
)
def test_a_faulty_source_is_refused_and_the_old_catalog_stays(tmp_path: Path, services: tuple[Service, ...]) -> None:
    path = make_catalog(tmp_path / "c.db")
    before = path.read_bytes()
    with pytest.raises(SourceDataError):
        build_catalog(source(*services), path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["c.db"], "nothing half-built is left"


def test_a_category_listed_twice_is_refused(tmp_path: Path) -> None:
    twice = CatalogSource(make_edition(), CATEGORIES + CATEGORIES[:1], TAGS, (make_service(),))
    with pytest.raises(SourceDataError):
        build_catalog(twice, tmp_path / "c.db")


def test_what_is_listed_twice_is_kept_once(tmp_path: Path) -> None:
    doubled = make_service(tags=("women", "24-7", "women"), also_in=("legal", "legal"))
    with Catalog(make_catalog(tmp_path / "c.db", [doubled])) as catalog:
        (found,) = catalog.services()
    assert (found.tags, found.also_in) == (("women", "24-7"), ("legal",))


def test_a_leftover_of_a_broken_build_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "c.db.new").write_bytes(b"half a catalog")
    check_fitness(make_catalog(tmp_path / "c.db"))
    assert [p.name for p in tmp_path.iterdir()] == ["c.db"]


def test_a_folder_that_is_a_file_is_no_access(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NoAccessError):
        build_catalog(source(make_service()), tmp_path / "file" / "c.db")


def test_a_disk_that_takes_no_more_is_said_and_the_old_catalog_stays(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows cannot limit the size of a file")
    import signal

    path = make_catalog(tmp_path / "c.db")
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))  # files may not grow beyond two pages
    try:
        with pytest.raises((DiskFullError, NoAccessError)):
            build_catalog(source(make_service()), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["c.db"]


def test_a_long_build_says_how_far_it_is(tmp_path: Path) -> None:
    steps: list[Step] = []
    services = tuple(make_service(f"S {n}") for n in range(1001))
    build_catalog(source(*services), tmp_path / "c.db", steps.append)
    assert [(s.done, s.total) for s in steps] == [(500, 1001), (1000, 1001), (1001, 1001)]


def test_text_stays_text_whatever_it_says(tmp_path: Path) -> None:
    name = "Robert'); DROP TABLE service;-- مأوى 🏠"
    with Catalog(
        make_catalog(tmp_path / "c.db", [make_service(name, "x", staff_note="0012", hours=Words("1e5"))])
    ) as catalog:
        (found,) = catalog.services()
    assert (found.name.text, found.staff_note, found.hours.text) == (name, "0012", "1e5")


def test_a_place_told_in_two_ways_is_shown_the_stricter_way_in_both_services(tmp_path: Path) -> None:
    open_place, closed = (
        Location("place", addresses=(Address("5 Hidden Way", "Springfield", visibility=kind),)) for kind in ("public", "area")
    )  # fmt: skip
    services = [make_service("One", locations=(open_place,)), make_service("Two", locations=(closed,))]
    path = make_catalog(tmp_path / "c.db", services)
    assert b"Hidden Way" not in path.read_bytes()
    with Catalog(path) as catalog:
        assert {a.visibility for s in catalog.services() for p in s.locations for a in p.addresses} == {"area"}


def test_services_are_taken_from_a_stream_and_nothing_of_the_way_is_left(tmp_path: Path) -> None:
    stream = (make_service(f"Number {n}") for n in range(1200))
    source = CatalogSource(make_edition(), CATEGORIES, TAGS, stream)
    assert build_catalog(source, tmp_path / "c.db").services == 1200
    assert [p.name for p in tmp_path.iterdir()] == ["c.db"]


def test_a_build_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stopped() -> Iterator[Service]:
        yield make_service()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_catalog(CatalogSource(make_edition(), CATEGORIES, TAGS, stopped()), tmp_path / "c.db")
    assert list(tmp_path.iterdir()) == []
