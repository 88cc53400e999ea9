"""An address that may not be shown leaves no trace in the file: not as text, coordinates, digest or words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guide.catalog.reader import Catalog
from guide.catalog.rows import digest
from guide.records import Address, Location, Service, Words
from tests.makers import make_catalog, make_service

STREET = "417 Quiet Hollow Lane"
HOME = Address(STREET, "Springfield", "IL", "62799", address_2="Rear Door 9")
OFFICE = Address("12 Main Street", "Springfield", "IL", "62701")
PLACE = Location("place-1", Words("Hollow House"), Words("Behind the mill"), "Bus 5 to Hollow", 39.7817, -89.6501)
TRACES = (b"Quiet Hollow", b"Rear Door", b"62799", b"Hollow House", b"Behind the mill", b"Bus 5")


def place(*addresses: Address) -> Location:
    return replace(PLACE, addresses=addresses)


def seen(visibility: str) -> Address:
    return replace(HOME, visibility=visibility)


def built(path: Path, *services: Service) -> list[Service]:
    with Catalog(make_catalog(path / "c.db", services)) as catalog:
        return list(catalog.services())


def test_a_public_place_is_kept_whole(tmp_path: Path) -> None:
    (service,) = built(tmp_path, make_service(locations=(place(HOME),)))
    assert service.locations == (place(HOME),)


@pytest.mark.parametrize("visibility", ["never", "", "private", "PUBLIC", "unknown"])
def test_anything_but_public_and_area_is_not_in_the_file(tmp_path: Path, visibility: str) -> None:
    (service,) = built(tmp_path, make_service(locations=(place(seen(visibility)),)))
    (where,) = service.locations
    assert (where.addresses, where.latitude, where.longitude) == ((), None, None)
    content = (tmp_path / "c.db").read_bytes()
    assert not [trace for trace in TRACES if trace in content]


def test_an_area_keeps_its_town_alone(tmp_path: Path) -> None:
    (service,) = built(tmp_path, make_service(locations=(place(seen("area")),)))
    assert service.locations[0].addresses == (Address("", "Springfield", "IL", "", visibility="area"),)
    assert service.locations[0].latitude is None
    content = (tmp_path / "c.db").read_bytes()
    assert not [trace for trace in TRACES if trace in content]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_public_office_beside_a_secret_home_does_not_keep_the_homes_coordinates(
    tmp_path: Path, order: tuple[int, int]
) -> None:
    pair = (OFFICE, seen("never"))
    (service,) = built(tmp_path, make_service(locations=(place(*(pair[i] for i in order)),)))
    assert service.locations[0].addresses == (OFFICE,)
    assert service.locations[0].latitude is None


def test_a_place_without_an_address_keeps_no_coordinates(tmp_path: Path) -> None:
    (service,) = built(tmp_path, make_service(locations=(PLACE,)))
    assert (service.locations[0].latitude, service.locations[0].longitude) == (None, None)
    assert service.locations[0].name.text == "Hollow House"


@pytest.mark.parametrize("strict", ["never", "area"])
@pytest.mark.parametrize("first", ["Alpha", "Omega"])
def test_where_two_services_share_a_place_the_stricter_one_holds(tmp_path: Path, strict: str, first: str) -> None:
    second = "Omega" if first == "Alpha" else "Alpha"
    found = built(
        tmp_path,
        make_service(first, locations=(place(HOME),)),
        make_service(second, locations=(place(seen(strict)),)),
    )
    assert len(found) == 2
    for service in found:
        assert all(a.visibility == "area" and not a.address_1 for a in service.locations[0].addresses)
        assert service.locations[0].latitude is None
    assert STREET.encode() not in (tmp_path / "c.db").read_bytes()


def test_a_street_that_another_service_has_blanked_is_closed_too(tmp_path: Path) -> None:
    blank = Address("", "Springfield", "IL", visibility="area")
    built(tmp_path, make_service("A", locations=(place(HOME),)), make_service("B", locations=(place(blank),)))
    assert STREET.encode() not in (tmp_path / "c.db").read_bytes()


def test_a_home_that_only_another_service_names_closes_the_place(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        make_service("A", locations=(place(OFFICE),)),
        make_service("B", locations=(place(OFFICE, seen("never")),)),
    )
    for service in found:
        assert service.locations[0].addresses == (OFFICE,)
        assert service.locations[0].latitude is None


def test_the_digest_cannot_be_used_to_guess_the_street(tmp_path: Path) -> None:
    one = built(tmp_path, make_service(locations=(place(seen("never")),)))
    other = built(tmp_path, make_service(locations=(place(replace(OFFICE, visibility="never")),)))
    assert one[0].digest == other[0].digest
    assert one[0].digest == digest(one[0]), "the digest is that of what can be read"
