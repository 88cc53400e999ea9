"""The index made of streams of rows is the one that whole records would make, whatever a catalog holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from guide.catalog.reader import Catalog
from guide.catalog.stream import indexed_services
from guide.errors import BrokenCatalogError
from guide.records import (
    Address,
    Audience,
    Channel,
    Location,
    Organization,
    Schedule,
    Service,
    Url,
    UrlKind,
    Words,
)
from guide.search.index import Content, build_index, fill
from guide.settings import STARTER_CATALOG
from tests.makers import ALWAYS, make_catalog, make_phone, make_service

TABLES = ("meta", "card", "plan", "facet", "spot", "word", "posting", "beginning")


def words(text: str, **others: str) -> Words:
    return Words(text, "en", tuple(sorted(others.items())))


def contents(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}  # noqa: S608 - ours


def from_records(catalog: Path) -> dict[str, list[tuple[object, ...]]]:
    with Catalog(catalog) as opened, closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        fill(db, Content(opened.edition(), opened.categories(), opened.tags(), opened.services()))
        return contents(db)


def from_streams(catalog: Path, index: Path) -> dict[str, list[tuple[object, ...]]]:
    build_index(catalog, index)
    with closing(sqlite3.connect(index)) as db:
        return contents(db)


def odd_services() -> list[Service]:
    open_place = Location(
        "place-1",
        words("North House", es="Casa Norte"),
        words("Behind the church", es="Detrás de la iglesia", zh="教堂後面"),
        "Bus 7",
        25.77,
        -80.19,
        (Address("1 Main St", "Miami", "FL", "33101"), Address("PO Box 9", "Miami", "FL", "33102", "US", "Floor 2")),
        ("Wheelchair ramp", "Elevator"),
        ("ht", "es"),
        (Schedule(("MO",), time(9), time(17)),),
    )
    no_point = Location("place-2", addresses=(Address("2 Oak Ave", "Tampa", "Florida", "33602"),), languages=("vi",))
    closed = Location("place-3", addresses=(Address("", "Orlando", "FL", "32801", visibility="area"),))
    bare = Location("place-4")
    giver = Organization(
        "giver-1", words("Đặng O'Neil IdentityTheft Center", es="Centro Ñandú"), "The ONeils", words("Told of it")
    )
    monthly = Schedule(("1FR", "-1MO"), time(18), time(2), "America/Denver", date(2026, 1, 1), date(2026, 12, 31))
    return [
        make_service(
            "Everything",
            category="housing",
            also_in=("legal", "safety"),
            tags=("women", "spanish", "24-7"),
            organization=giver,
            alternate_name="Todo, straße; naïve",
            discreet_name=words("Care line", es="Línea"),
            description=words("We can't\u2019t say\x0bmore\u00a0than ½ ﬁne", ar="مأوى آمن", es="Refugio ÁÉ", zh="住房援助"),
            phones=(
                make_phone("(305) 555-0101", keyword=words("HOME", es="CASA"), note=words("Ask for Ana", es="Pida Ana")),
                make_phone("741741", channel=Channel.TEXT, languages=("en", "es"), sources=("a", "b")),
                make_phone("(305) 555-0199", hidden=True, extension="12"),
                make_phone("(305) 555-0133", channel=Channel.TTY, secondary_as_of=date(2025, 2, 3)),
            ),
            urls=(
                Url("url-1", UrlKind.CHAT, "https://www.example.org/chat", "Chat", words("At night", es="De noche")),
                Url("url-2", UrlKind.EMAIL, "help@example.org", language="es"),
            ),
            url="https://www.example.org/HelpNow",
            email="Info@example.org",
            languages=("en", "es", "xx-odd"),
            language_note=words("Also by interpreter", es="Con intérprete"),
            hours=words("Always", es="Siempre"),
            schedules=ALWAYS,
            eligibility=words("Women over 18", es="Mujeres"),
            cost=words("Free", es="Gratis"),
            application_process=words("Call first", es="Llame antes"),
            required_documents=(words("No ID", es="Sin papeles"), words("Proof of address")),
            locations=(open_place, no_point, closed, bare),
            service_areas=("Statewide", "Dade County"),
            accessibility=("wheelchair",),
            alert=words("Moved", es="Se mudó"),
            source_date=date(2026, 3, 1),
            recheck_by=date(2027, 1, 1),
            staff_note="never found",
            history="never found either",
            details=(("odd", "unfindable"),),
        ),
        make_service("Same giver", organization=giver, locations=(closed,), phones=(), schedules=(monthly,)),
        make_service("Staff alone", audience=Audience.STAFF, category="staff-training", locations=(no_point,)),
        make_service("Shares a place", locations=(bare, open_place), schedules=(monthly, *ALWAYS), languages=()),
        replace(make_service("Nothing said", phones=()), name=Words("", "es"), description=Words("", "es")),
    ]  # fmt: skip


def test_the_starter_catalog_is_indexed_as_its_records_say(tmp_path: Path) -> None:
    assert from_streams(STARTER_CATALOG, tmp_path / "index.db") == from_records(STARTER_CATALOG)


def test_a_catalog_with_every_odd_thing_is_indexed_as_its_records_say(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "catalog.db", odd_services())
    assert from_streams(catalog, tmp_path / "index.db") == from_records(catalog)


def test_a_catalog_of_nothing_is_indexed(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "catalog.db", [], call_now=())
    assert from_streams(catalog, tmp_path / "index.db") == from_records(catalog)


def test_a_text_that_is_no_utf8_spoils_a_letter_and_loses_nobody(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "catalog.db", odd_services())
    with closing(sqlite3.connect(catalog)) as db:
        db.execute("UPDATE service SET alternate_name = CAST(X'4120FF42' AS TEXT) WHERE rank = 3")
        db.commit()
    assert [s.id for s in indexed_services(catalog)] == [s.id for s in Catalog(catalog).services()]
    assert from_streams(catalog, tmp_path / "index.db") == from_records(catalog)


@pytest.mark.parametrize(
    "spoiled", ["UPDATE service SET assured_date = 'soon'", "DELETE FROM location", "UPDATE phone SET channel = 'owl'"]
)
def test_a_value_that_cannot_be_read_is_a_broken_catalog(tmp_path: Path, spoiled: str) -> None:
    catalog = make_catalog(tmp_path / "catalog.db", odd_services())
    with closing(sqlite3.connect(catalog)) as db:
        db.execute("PRAGMA foreign_keys=off")
        db.execute(spoiled)
        db.commit()
    with pytest.raises(BrokenCatalogError):
        list(indexed_services(catalog))
