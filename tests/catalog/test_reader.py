"""What is built is read back whole, in order, in few questions; what is not a catalog is said to be broken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from guide.catalog.reader import Catalog
from guide.catalog.rows import digest
from guide.errors import BrokenCatalogError, NotFoundError
from guide.records import (
    Address,
    Audience,
    Channel,
    DoNotPrint,
    Evidence,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Url,
    UrlKind,
    Words,
)
from tests.makers import CATEGORIES, TAGS, make_catalog, make_edition, make_phone, make_service

DAY = date(2026, 3, 4)


def both(text: str) -> Words:
    return Words(text, "en", (("es", f"{text} (es)"), ("vi", f"{text} (vi)")))


PAGE = Evidence("page", "https://example.org/a?b=1", DAY, "official", "its number", estimated=True)
HOURS = Schedule(("MO", "SU"), time(22, 30), time(6), "America/Chicago", DAY, date(2027, 1, 1), "nights")
PLACE = Location(
    "place", both("Annex"), both("Red door"), "Bus 5", 41.5, -87.25,
    (Address("1 Main St", "Gary", "IN", "46402", "US", "Floor 2", "physical", "public"),), ("ramp", "lift"), ("en", "es"), (HOURS,),
)  # fmt: skip
FULL = Service(
    id="full", original_id="the original", publisher="test", name=both("Full"), category="legal",
    description=both("What it does"), audience=Audience.STAFF,
    organization=Organization("org", both("Giver"), "GVR", both("Gives"), "https://example.org", "a@example.org"),
    alternate_name="Also Full", discreet_name=both("F."), also_in=("safety", "crisis"), tags=("women", "24-7"),
    phones=(
        Phone("p1", Channel.TEXT, "555-0100", "5550100", "+15550100", "12", both("HOME"), both("in crisis"),
              ("es", "en"), hidden=True, evidence="official", official_as_of=DAY, secondary_as_of=DAY, sources=("page", "b")),
        make_phone(),
    ),
    urls=(Url("u1", UrlKind.CHAT, "https://example.org/chat", "Chat", both("weekdays"), "secondary", DAY, DAY, ("page",), "es"),),
    url="https://example.org/full", email="full@example.org", languages=("en", "ht"), language_note=both("on request"),
    hours=both("nights"), schedules=(HOURS, HOURS), eligibility=both("adults"), minimum_age=0, maximum_age=24,
    cost=both("free"), application_process=both("walk in"), required_documents=(both("any ID"), both("a letter")),
    locations=(PLACE,), service_areas=("Lake County", "Gary, IN"), accessibility=("ASL",), status="inactive",
    alert=both("moved"), assured_date=DAY, assurer="A person", source_date=DAY, last_seen=DAY, last_modified=DAY,
    recheck_by=DAY, verification="confirmed", staff_note="ask for Ann", history="was 555-0199", evidence=(PAGE, PAGE),
    founding=True, not_for_print=True, details=(("key, with comma", "a\nb"), ("é", "")),
)  # fmt: skip


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(make_catalog(tmp_path / "c.db")) as found:
        yield found


def test_a_service_with_every_field_filled_comes_back_the_same(tmp_path: Path) -> None:
    plain = make_service(id="plain")
    empty = [f.name for f in fields(FULL) if f.name != "digest" and getattr(FULL, f.name) == getattr(plain, f.name)]
    assert not set(empty) - {"publisher"}, "this test must fill every field"
    with Catalog(make_catalog(tmp_path / "c.db", [FULL, make_service()])) as catalog:
        found = catalog.service("full")
    assert replace(found, digest="") == FULL
    assert found.digest == digest(FULL)


def test_the_edition_and_its_lists_come_back_the_same(tmp_path: Path) -> None:
    edition = make_edition(
        title=both("T"), note=both("N"), published_at=datetime(2026, 11, 20, 12, tzinfo=UTC), next_expected=DAY,
        licence="L", attribution="A", meta=(("a.b", "c"), ("d", "e")), default_review_days=200, crisis_review_days=20,
        call_now=("night-shelter",),
    )  # fmt: skip
    given_facts = {f.name: getattr(edition, f.name) for f in fields(edition) if f.name != "services"}
    wrong = (DoNotPrint("1-800-555-0199", "old", "988", "note", PAGE), DoNotPrint("a phrase", "was", "now"))
    with Catalog(make_catalog(tmp_path / "c.db", [make_service()], do_not_print=wrong, **given_facts)) as catalog:
        assert catalog.edition() == replace(edition, services=1)
        assert catalog.categories() == CATEGORIES
        assert catalog.tags() == TAGS
        assert catalog.do_not_print() == wrong


letters = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
texts = st.builds(
    Words, letters, st.just("en"), st.dictionaries(st.sampled_from(["ar", "es", "vi"]), letters, max_size=2).map(lambda d: tuple(sorted(d.items())))
)  # fmt: skip
made = st.builds(
    make_service, name=st.uuids().map(str), description=texts, cost=texts, alert=texts, staff_note=letters,
    required_documents=st.lists(texts, max_size=3).map(tuple), assured_date=st.none() | st.dates(),
    minimum_age=st.none() | st.integers(0, 120), service_areas=st.lists(letters, max_size=3).map(tuple),
    details=st.lists(st.tuples(letters, letters), max_size=3).map(tuple), tags=st.sets(st.sampled_from(["women", "spanish"])).map(tuple),
    category=st.sampled_from(["crisis", "housing"]), evidence=st.lists(st.builds(Evidence, letters, letters, st.none() | st.dates(), letters, letters, st.booleans()), max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(made, min_size=1, max_size=4, unique_by=lambda s: s.id))
def test_any_text_comes_back_the_same(tmp_path: Path, services: list[Service]) -> None:
    with Catalog(make_catalog(tmp_path / "any.db", services)) as catalog:
        found = {s.id: replace(s, digest="") for s in catalog.services()}
        assert found == {s.id: s for s in services}
        assert catalog.digests() == {s.id: digest(s) for s in services}


def many(count: int) -> list[Service]:
    return [make_service(f"Shelter {n:04}", languages=("en", "es"), tags=("women",)) for n in range(count)]


def test_services_come_in_static_order_however_they_are_asked_for(tmp_path: Path) -> None:
    services = many(1203)
    with Catalog(make_catalog(tmp_path / "c.db", services[::-1])) as catalog:
        everything = [s.id for s in catalog.services()]
        assert everything == [s.id for s in services]
        asked = [*everything[::-1], everything[0], "not there"]
        assert [s.id for s in catalog.services(asked)] == everything
        assert [s.id for s in catalog.services(())] == []


def test_a_thousand_services_take_few_questions(tmp_path: Path) -> None:
    path, asked = make_catalog(tmp_path / "c.db", many(1000)), []

    def count(*arguments: object) -> None:
        asked.append(arguments[2])

    with Catalog(path) as catalog:
        event.listen(Engine, "before_cursor_execute", count)
        try:
            assert sum(1 for _ in catalog.services()) == 1000
        finally:
            event.remove(Engine, "before_cursor_execute", count)
    assert len(asked) < 60


def test_digests_are_read_from_their_index_alone(catalog: Catalog) -> None:
    with closing(sqlite3.connect(catalog.path)) as db:
        (plan,) = (row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT id, digest FROM service"))
    assert "COVERING INDEX service_digest" in plan


def test_a_service_that_is_not_there_is_said_so(catalog: Catalog) -> None:
    with pytest.raises(NotFoundError):
        catalog.service("nobody")


def test_a_changed_number_changes_the_digest_and_the_same_content_does_not() -> None:
    one = make_service()
    assert digest(one) == digest(make_service()) == digest(replace(one, digest="old"))
    assert digest(one) != digest(replace(one, phones=(replace(one.phones[0], published="555-0199"),)))
    assert len(digest(one)) == 32


def test_nothing_can_be_written_through_the_reader(catalog: Catalog) -> None:
    before = catalog.path.read_bytes()
    connection = catalog._connection
    assert connection is not None
    with pytest.raises(Exception, match=r"readonly|read-only|query_only"):
        connection.exec_driver_sql("DELETE FROM service")
    assert catalog.path.read_bytes() == before
    assert [p.name for p in catalog.path.parent.iterdir()] == ["c.db"]


@pytest.mark.parametrize("folder", ["with space", "Año Ünï", "100%41", "a#b", "q?mode=rwc&x=1"])
def test_a_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    path = make_catalog(tmp_path / folder / "c.db")
    with Catalog(path) as catalog:
        assert catalog.edition().services == 3
    assert [p.name for p in path.parent.iterdir()] == ["c.db"]


def read_all(path: Path) -> None:
    with Catalog(path) as catalog:
        catalog.edition()
        list(catalog.services())


@pytest.mark.parametrize("content", [None, b"", b"not a database at all" * 500, "cut", "holed"], ids=str)
def test_a_missing_or_damaged_file_is_a_broken_catalog(tmp_path: Path, content: bytes | str | None) -> None:
    path = tmp_path / "c.db"
    if isinstance(content, str):
        whole = make_catalog(path).read_bytes()
        content = whole[:9000] if content == "cut" else whole[:4096] + b"\xff" * (len(whole) - 4096)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BrokenCatalogError):
        read_all(path)


def test_another_programs_database_is_foreign(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "c.db")) as db:
        db.execute("CREATE TABLE service (id)")
    with pytest.raises(BrokenCatalogError) as caught:
        Catalog(tmp_path / "c.db")
    assert caught.value.facts["reason"] == "foreign"


def test_a_value_that_is_no_date_is_damage_not_a_crash(catalog: Catalog) -> None:
    catalog.close()
    with closing(sqlite3.connect(catalog.path)) as db, db:
        db.execute("UPDATE service SET assured_date = 'soon'")
    with Catalog(catalog.path) as again, pytest.raises(BrokenCatalogError):
        list(again.services())


def test_a_closed_catalog_says_so_and_may_be_closed_again(catalog: Catalog) -> None:
    catalog.close()
    catalog.close()
    with pytest.raises(BrokenCatalogError):
        catalog.edition()
