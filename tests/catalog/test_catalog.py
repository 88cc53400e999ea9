"""The catalog file: what may be in it, what is read back, what is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.catalog.fitness import check_fitness
from guide.catalog.home import read_home
from guide.catalog.reader import Catalog
from guide.errors import BrokenCatalogError, NotFoundError, SourceDataError, UnfitCatalogError
from guide.records import Address, Audience, Location
from guide.settings import Settings
from tests.makers import NOW, make_catalog, make_service


def test_a_forbidden_address_is_not_in_the_file_at_all(tmp_path: Path) -> None:
    """SAFETY L1, L2."""
    places = (
        Location(
            "l1", latitude=25.1, longitude=-80.1, addresses=(Address("12 Secret Street", "Miami", visibility="never"),)
        ),
        Location(
            "l2", latitude=26.2, longitude=-81.2, addresses=(Address("34 Hidden Road", "Tampa", visibility="area"),)
        ),
        Location("l3", latitude=27.3, addresses=(Address("56 Open Lane", "Orlando"),)),
    )
    path = make_catalog(tmp_path / "c.db", [make_service(locations=places)])
    raw = path.read_bytes()
    for secret in (b"Secret", b"Hidden Road"):
        assert secret not in raw
    with Catalog(path) as catalog:
        (found,) = catalog.services()
    assert [p.latitude for p in found.locations] == [None, None, 27.3]
    assert [[a.address_1 for a in p.addresses] for p in found.locations] == [[], [""], ["56 Open Lane"]]


def test_two_services_with_one_id_or_no_category_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceDataError):
        make_catalog(tmp_path / "c.db", [make_service("A", "x"), make_service("B", "x")])
    with pytest.raises(SourceDataError):
        make_catalog(tmp_path / "c.db", [make_service(category="nowhere")])
    assert list(tmp_path.iterdir()) == []


def test_an_equal_service_has_an_equal_digest_and_a_changed_one_not(tmp_path: Path) -> None:
    one = make_service()
    for name, service in (("a", one), ("b", one), ("c", replace(one, url="https://x.example"))):
        make_catalog(tmp_path / f"{name}.db", [service])
    digests = []
    for name in "abc":
        with Catalog(tmp_path / f"{name}.db") as catalog:
            digests.append(catalog.digests()[one.id])
    assert digests[0] == digests[1] != digests[2]


def test_the_first_screen_counts_also_in_and_hides_staff(tmp_path: Path) -> None:
    staff = make_service("Staff", category="staff-training", audience=Audience.STAFF)
    path = make_catalog(
        tmp_path / "c.db", [make_service("A", also_in=("legal",)), make_service("B", category="legal"), staff]
    )
    visitor = {t.category.slug: t.count for t in read_home(path, Audience.VISITOR, NOW).tiles}
    assert visitor == {"crisis": 0, "safety": 0, "housing": 1, "legal": 2}
    both = read_home(path, Audience.STAFF, NOW)
    assert {t.category.slug: t.count for t in both.tiles}["staff-training"] == 1
    assert both.total == 3


def test_a_visitor_cannot_open_a_staff_entry_by_its_id(tmp_path: Path) -> None:
    staff = make_service("Staff", audience=Audience.STAFF)
    guide = Guide(Settings(data=tmp_path / "d", catalog=make_catalog(tmp_path / "c.db", [staff])), lambda: NOW)
    with pytest.raises(NotFoundError):
        guide.detail(staff.id, Audience.VISITOR)
    assert guide.detail(staff.id, Audience.STAFF).service.id == staff.id


@pytest.mark.parametrize("content", [b"", b"hello" * 1000, None])
def test_what_is_no_catalog_is_called_broken(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "c.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BrokenCatalogError):
        Catalog(path)
    with pytest.raises(UnfitCatalogError):
        check_fitness(path)


FAULTS = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON phone BEGIN DELETE FROM phone; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "another table": "CREATE TABLE extra(x)",
    "a missing table": "DROP TABLE evidence",
    "another column": "ALTER TABLE service ADD COLUMN extra TEXT",
    "no name": "UPDATE service SET name = ' ' WHERE rank = 1",
    "an unknown need": "UPDATE service SET category = 'x' WHERE rank = 1",
    "a number to nobody": "UPDATE phone SET service_id = 'x'",
    "words to dial": "UPDATE phone SET dial = '900; rm'",
    "fewer services than said": "UPDATE edition SET services = 7",
    "a newer format": "PRAGMA user_version = 3",
    "another program": "PRAGMA application_id = 1",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_signed_but_unfit_catalog_is_refused(tmp_path: Path, fault: str) -> None:
    path = make_catalog(tmp_path / "c.db")
    check_fitness(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(FAULTS[fault])
    with pytest.raises(UnfitCatalogError) as caught:
        check_fitness(path)
    assert caught.value.facts["reason"]
