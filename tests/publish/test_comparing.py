"""What a release would change, and what of that a person has to type a number for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from guide.errors import BrokenCatalogError, SourceDataError
from guide.publish.comparing import Comparison, compare
from guide.publish.opened import opened
from guide.records import Service
from tests.makers import make_catalog, make_phone, make_service
from tests.publisher import Publisher


def house(count: int, area: int = 415, publisher: str = "test") -> list[Service]:
    return [
        make_service(f"S{n}", publisher=publisher, phones=(make_phone(f"({area}) 621-{n:04}"),)) for n in range(count)
    ]


def between(folder: Path, old: Sequence[Service], new: Sequence[Service], **edition: object) -> Comparison:
    before = make_catalog(folder / "1.db", old, call_now=())
    return compare(before, make_catalog(folder / "2.db", new, **{"call_now": (), "number": 2} | edition))


def codes(found: Comparison) -> dict[str, int]:
    return {jump.code: jump.count for jump in found.jumps}


def test_every_changed_number_stands_before_all_other_changes(tmp_path: Path) -> None:
    old = house(30)
    new = [make_service("S0", phones=(make_phone("(415) 621-9999"),)), *old[2:], make_service("New")]
    found = between(tmp_path, old, new)
    assert (found.added, found.changed, found.removed, found.phones) == (1, 1, 1, 1)
    assert (found.changes[0].kind, found.changes[0].before) == ("phone", "(415) 621-0000")
    assert found.jumps == ()


@pytest.mark.parametrize(("gone", "expected"), [(9, {}), (10, {"many-gone": 10}), (29, {"many-gone": 29})])
def test_a_third_of_the_entries_gone_is_a_jump(gone: int, expected: dict[str, int], tmp_path: Path) -> None:
    assert codes(between(tmp_path, house(30), house(30)[gone:])) == expected


def test_many_changed_numbers_are_a_jump(tmp_path: Path) -> None:
    old = house(60)
    assert codes(between(tmp_path, old, [*house(6, 510), *old[6:]])) == {}
    assert codes(between(tmp_path, old, [*house(7, 510), *old[7:]])) == {"many-numbers": 7}


def test_a_few_changed_numbers_in_a_small_guide_are_a_weeks_work(tmp_path: Path) -> None:
    old = house(10)
    assert codes(between(tmp_path, old, [*house(5, 510), *old[5:]])) == {}


def test_another_number_to_call_at_once_is_always_a_jump(tmp_path: Path) -> None:
    old = house(30)
    before = make_catalog(tmp_path / "1.db", old, call_now=("s3",))
    new = [*old[:3], make_service("S3", phones=(make_phone("(415) 621-9999"),)), *old[4:]]
    after = make_catalog(tmp_path / "2.db", new, number=2, call_now=("s3",))
    (jump,) = compare(before, after).jumps
    assert jump.code == "call-now"
    assert "(415) 621-0003 → (415) 621-9999" in jump.text


def test_another_publisher_id_is_a_jump(tmp_path: Path) -> None:
    assert "publisher" in codes(between(tmp_path, house(3), house(3), publisher="other"))


def test_a_guide_that_doubles_is_a_jump(tmp_path: Path) -> None:
    assert codes(between(tmp_path, house(6), house(12))) == {"many-new": 6}


def test_a_bundle_a_bare_and_a_packed_catalog_are_all_opened(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    bundle = publisher.release(2)
    for path in (bundle, tmp_path / "2.db", publisher.repository.last_catalog):
        with opened(path) as catalog:
            assert catalog.read_bytes() == (tmp_path / "2.db").read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"\x28\xb5\x2f\xfd", b"\x28\xb5\x2f\xfdjunk", b"PK\x05\x06" + bytes(18), b"junk"]
)
def test_a_file_without_a_catalog_is_said(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    good = make_catalog(tmp_path / "1.db")
    with pytest.raises((SourceDataError, BrokenCatalogError)), opened(path) as catalog:
        compare(good, catalog)
