"""A genuine signature does not make a fit catalog: every kind of unfit file is refused with its reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.catalog.fitness import check_fitness, check_letters
from guide.catalog.reader import Catalog
from guide.catalog.rules import every_pass, every_rule
from guide.errors import UnfitCatalogError
from guide.records import Address, DoNotPrint, Evidence, Location, Url, UrlKind
from tests.makers import ALWAYS, make_catalog, make_phone, make_service

SERVICE = make_service(
    locations=(Location("place", latitude=1.5, longitude=2, addresses=(Address("1 Main St", "Gary"),)),),
    schedules=ALWAYS,
    urls=(Url("u", UrlKind.WEB, "https://example.org"),),
    evidence=(Evidence("k", "a", None, "official"),),
)
TWO_EDITIONS = """INSERT INTO edition SELECT 'two', publisher_name, number, name, title, language, data_date,
    published_at, next_expected, languages, timezone, licence, attribution, note, services, default_review_days,
    crisis_review_days, call_now, meta FROM edition"""
OTHER = make_service("Other", phones=(make_phone("(555) 010-0000"),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_catalog(tmp_path / "c.db", (SERVICE, OTHER), do_not_print=(DoNotPrint("555-0100", "was", "now"),))


def spoiled(path: Path, *statements: str) -> Path:
    """Change the catalog behind its constraints' back, as a careless publisher's own tool might."""
    strict = "UPDATE sqlite_schema SET sql = replace(sql, '{}', '{}') WHERE type = 'table'"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints=1")
        db.execute("PRAGMA writable_schema=1")
        db.execute(strict.format(" STRICT", " /*S*/"))
        db.execute("PRAGMA writable_schema=RESET")
        for statement in statements:
            db.execute(statement)
        db.execute("PRAGMA writable_schema=1")
        db.execute(strict.format(" /*S*/", " STRICT"))
    return path


def reason(path: Path) -> str:
    with pytest.raises(UnfitCatalogError) as caught:
        check_fitness(path)
    return str(caught.value.facts["reason"])


def test_a_fit_catalog_gives_its_edition(path: Path) -> None:
    with Catalog(path) as catalog:
        assert check_fitness(path) == catalog.edition()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("PRAGMA application_id=1", "it is not a catalog"),
        ("PRAGMA user_version=3", "newer version of the guide"),
        ("PRAGMA user_version=1", "older version of the guide"),
        ("CREATE TRIGGER t AFTER UPDATE ON phone BEGIN SELECT 1; END", "it holds a trigger"),
        ("CREATE VIEW v AS SELECT 1", "it holds a view"),
        ("CREATE VIRTUAL TABLE f USING fts5(a)", "virtual table"),
        ("CREATE TABLE visitor (name)", "a table that is not ours"),
        ("DROP TABLE evidence", "its table evidence is not as expected"),
        ("ALTER TABLE phone ADD COLUMN secret TEXT", "its table phone is not as expected"),
        ("ALTER TABLE phone DROP COLUMN dial", "its table phone is not as expected"),
        ("UPDATE service SET name = ' ' WHERE rank = 2", "a service without a name"),
        ("UPDATE service SET category = 'nowhere' WHERE rank = 2", "in an unknown category"),
        ("UPDATE service SET digest = 'abc' WHERE rank = 2", "without a digest"),
        ("UPDATE service SET audience = 'everyone' WHERE rank = 2", "an unknown audience"),
        ("UPDATE service SET name = x'00ff' WHERE rank = 2", "of the wrong kind in service"),
        ("UPDATE service SET founding = 'maybe' WHERE rank = 2", "of the wrong kind in service"),
        ("UPDATE service SET recheck_by = '2026-02-30' WHERE rank = 2", "cannot be read in service"),
        ("UPDATE service SET assured_date = 'now' WHERE rank = 2", "cannot be read in service"),
        ("UPDATE service SET details = '{}' WHERE rank = 2", "cannot be read in service"),
        ("UPDATE service SET founding = 0.5 WHERE rank = 2", "of the wrong kind in service"),
        ("UPDATE service SET minimum_age = x'31' WHERE rank = 2", "of the wrong kind in service"),
        ("UPDATE location SET latitude = 'north'", "of the wrong kind in location"),
        ("UPDATE phone SET position = 'first'", "of the wrong kind in phone"),
        ("UPDATE edition SET number = 'two'", "of the wrong kind in edition"),
        ("UPDATE translation SET text = x'05'", "of the wrong kind in translation"),
        ("UPDATE service SET details = '[1]' WHERE rank = 2", "cannot be read in service"),
        ("UPDATE service SET details = '[[1,2]]' WHERE rank = 2", "cannot be read in service"),
        ("UPDATE service SET details = '[[\"a\"]]' WHERE rank = 2", "cannot be read in service"),
        ("UPDATE taxonomy_term SET crosswalk = '[[\"a\",null]]'", "cannot be read in taxonomy_term"),
        ("UPDATE location SET accessibility = ''", "cannot be read in location"),
        ("UPDATE location SET accessibility = '[[]]'", "cannot be read in location"),
        ("UPDATE evidence SET as_of = 'May'", "cannot be read in evidence"),
        ("UPDATE do_not_print SET source = '5'", "cannot be read"),
        ("UPDATE do_not_print SET source = '{\"a\":1}'", "cannot be read"),
        ("UPDATE phone SET sources = '[1]' WHERE dial LIKE '%0000'", "cannot be read in phone"),
        ("UPDATE schedule SET closes_at = '24:00'", "cannot be read in schedule"),
        ("UPDATE schedule SET closes_at = '9:00'", "cannot be read in schedule"),
        ("UPDATE schedule SET valid_to = '2026-13-01'", "cannot be read in schedule"),
        ("UPDATE phone SET sources = '[1' WHERE dial LIKE '%0000'", ""),
        ("UPDATE phone SET channel = 'pigeon' WHERE dial LIKE '%0000'", "a number of an unknown kind"),
        ("UPDATE phone SET service_id = 'nobody' WHERE dial LIKE '%0000'", "belongs to no service"),
        ("UPDATE phone SET number = '' WHERE dial LIKE '%0000'", "nothing to show"),
        ("UPDATE phone SET dial = '988;rm' WHERE dial LIKE '%0000'", "not a number"),
        ("UPDATE url SET kind = 'script'", "a page of an unknown kind"),
        ("UPDATE schedule SET opens_at = '9 am'", "cannot be read in schedule"),
        ("UPDATE service_at_location SET location_id = 'gone'", "a place that is not there"),
        ("UPDATE address SET visibility = 'never'", "an address that may not be shown"),
        ("UPDATE address SET visibility = 'area'", "an address that may not be shown"),
        ("UPDATE address SET visibility = 'area', address_1 = ''", "the coordinates of a place"),
        ("DELETE FROM address", "the coordinates of a place"),
        ("UPDATE edition SET services = 3", "as many services as it says"),
        ("DELETE FROM edition", "cannot be read"),
        (TWO_EDITIONS, "cannot be read"),
        ("UPDATE edition SET published_at = 'yesterday'", "cannot be read"),
        ("UPDATE edition SET number = 0", "which edition"),
        ("UPDATE edition SET name = ''", "which edition"),
        ("UPDATE edition SET publisher = ''", "which edition"),
    ],
)  # fmt: skip
def test_an_unfit_catalog_is_refused_with_its_reason(path: Path, statement: str, expected: str) -> None:
    assert expected in reason(spoiled(path, statement))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (" STRICT", ""),
        ("dial TEXT DEFAULT '' NOT NULL", "dial TEXT DEFAULT ''"),
        ("dial TEXT DEFAULT '' NOT NULL", "dial ANY DEFAULT '' NOT NULL"),
        ("dial TEXT DEFAULT '' NOT NULL", "dial TEXT NOT NULL AS (number)"),
    ],
)
def test_tables_that_would_let_more_in_are_not_ours(path: Path, was: str, now: str) -> None:
    """The kinds of the values are left to SQLite, which judges by the tables' own words: those have to be ours."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA writable_schema=1")
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'phone'").fetchone()
        assert was in sql
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'phone'", (sql.replace(was, now),))
    assert reason(path) == "its table phone is not as expected"


def test_a_missing_value_is_of_the_wrong_kind(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA writable_schema=1")
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'service'").fetchone()
        put = "UPDATE sqlite_schema SET sql = ? WHERE name = 'service'"
        db.execute(put, (sql.replace(" NOT NULL", ""),))
        db.execute("PRAGMA writable_schema=RESET")
        db.execute("UPDATE service SET digest = NULL WHERE rank = 2")
        db.execute("PRAGMA writable_schema=1")
        db.execute(put, (sql,))
    assert reason(path) == "it has a value of the wrong kind in service"


def test_the_one_pass_over_a_table_finds_all_that_its_rules_find() -> None:
    passes, rules = dict(every_pass()), list(every_rule())
    assert {query.split()[3] for _, query in rules} == set(passes)
    for _, query in rules:
        fault = query.split(" WHERE ", 1)[1].removesuffix(" LIMIT 1")
        assert f"({fault})" in passes[query.split()[3]]


def test_a_text_that_is_not_utf8_spoils_a_letter_and_is_not_published(path: Path) -> None:
    spoiled(path, "UPDATE service SET description = CAST(x'41ff42' AS TEXT) WHERE rank = 2")
    check_fitness(path)
    with Catalog(path) as catalog:
        assert [s.description.text for s in catalog.services()][1] == "A\ufffdB"
    with pytest.raises(UnfitCatalogError):
        check_letters(path)
    spoiled(path, "UPDATE service SET id = CAST(x'41ff42' AS TEXT) WHERE rank = 2", "DELETE FROM phone")
    assert "cannot be read" in reason(path)


def test_an_empty_catalog_is_refused(path: Path) -> None:
    statements = ("DELETE FROM service", "DELETE FROM phone", "UPDATE edition SET services = 0")
    assert "as many services" in reason(spoiled(path, *statements))


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def torn(content: bytes) -> bytes:
    return content[:8192] + bytes(4096) + content[12288:]


@pytest.mark.parametrize("harm", [lambda _: b"", lambda _: b"SQLite format 3\0" * 500, cut, torn])
def test_a_damaged_file_is_refused(path: Path, harm: Callable[[bytes], bytes]) -> None:
    path.write_bytes(harm(path.read_bytes()))
    assert reason(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path / "nothing.db")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_flipped_bytes_are_refused_or_harmless_and_never_crash(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[at] = data.draw(st.integers(0, 255))
    other = path.with_name("flipped.db")
    other.write_bytes(content)
    try:
        check_fitness(other)
    except UnfitCatalogError:
        return
    with Catalog(other) as catalog:
        assert len(list(catalog.services())) == catalog.edition().services
