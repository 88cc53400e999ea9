"""Own services go out as a spreadsheet or an HSDS package and come in again: tried first, in place, the second time nothing."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from guide.errors import SourceDataError
from guide.publish.mapping import load_mapping
from guide.publish.readers.source import read_source
from guide.publish.report import Report
from guide.records import Address, Audience, Location, Question, Words
from tests.own.houses import SECRET, filled, make_house

OPEN = (Location("", addresses=(Address("1 Open Road", "Boston", "MA", "02139", visibility="public"),)),)


@pytest.mark.parametrize("name", ["own.csv", "own.zip"])
def test_what_went_out_comes_in_again_and_the_second_time_changes_nothing(name: str, tmp_path: Path) -> None:
    house = make_house(tmp_path)
    for mine in (filled(house, locations=OPEN), filled(house, "Second Harvest", phones=())):
        house.own.services.save(mine)
    assert house.own.files.write(tmp_path / name) == (2, 0)
    again = house.own.files.take_in(tmp_path / name)
    assert [row.kind for row in again.rows] == ["same", "same"], again
    other = make_house(tmp_path / "other", tmp_path / "catalog.db")
    dry = other.own.files.take_in(tmp_path / name, dry=True)
    assert (dry.count("new"), other.own.services.all()) == (2, ())
    other.own.files.take_in(tmp_path / name)
    assert other.search(Question("night beds")).cards[0].name.text == "Harbor Night Beds"
    assert [row.kind for row in other.own.files.take_in(tmp_path / name).rows] == ["same", "same"]
    back = other.own.services.all()[0]
    assert [p.dial for p in back.phones] == ["+16175552368", "898211"]
    assert back.schedules[0].byday == ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def test_a_spreadsheet_changes_in_place_by_id_and_leaves_what_it_does_not_speak_of(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = filled(house)
    house.own.services.save(mine)
    text = f"id,name,cost\n{mine.id},Harbor Night Beds,5 dollars\n"
    (tmp_path / "few.csv").write_text(text)
    done = house.own.files.take_in(tmp_path / "few.csv")
    assert [(r.kind, r.fields) for r in done.rows] == [("changed", ("cost", "name"))] or done.rows[0].fields == (
        "name",
        "cost",
    )
    back = house.own.services.one(mine.id)
    assert (back.cost.text, back.phones[0].published) == ("5 dollars", "(617) 555-2368")
    house.own.take_back(house.own.past()[0].number)
    assert house.own.services.one(mine.id).cost.text == "Free"


def test_a_spreadsheet_from_elsewhere_comes_in_with_its_faults_named(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    text = ("Name;Organization;Category;Phone 1;Mood;Address 1;City;Visibility\r\n"
            "Caf\xe9 Abierto;Parish;A place to stay;617 555 2369;glad;2 Main St;Boston;public\r\n"
            "No Need;Parish;juggling;;;;;\r\n")  # fmt: skip
    (tmp_path / "list.csv").write_bytes(text.encode("cp1252"))
    done = house.own.files.take_in(tmp_path / "list.csv")
    assert [(r.name, r.kind) for r in done.rows] == [("Café Abierto", "new"), ("No Need", "left out")]
    assert any("mood" in note for note in done.notes)
    assert any("juggling" in note for note in done.notes)
    (made,) = house.own.services.all()
    assert (made.category, made.phones[0].dial, made.locations[0].addresses[0].visibility) == (
        "housing", "+16175552369", "public",
    )  # fmt: skip
    assert [r.kind for r in house.own.files.take_in(tmp_path / "list.csv").rows] == ["same", "left out"]


def test_a_file_never_opens_a_closed_address(tmp_path: Path) -> None:
    """SAFETY L2."""
    house = make_house(tmp_path)
    mine = filled(house)
    house.own.services.save(mine)
    house.own.files.write(tmp_path / "own.csv", confidential=True)
    text = (tmp_path / "own.csv").read_text("utf-8-sig").replace("never", "public")
    (tmp_path / "own.csv").write_text(text)
    house.own.files.take_in(tmp_path / "own.csv")
    address = house.own.services.one(mine.id).locations[0].addresses[0]
    assert (address.address_1, address.visibility) == (SECRET, "never")


def test_what_is_for_staff_alone_stays_here_unless_asked(tmp_path: Path) -> None:
    """SAFETY N7."""
    house = make_house(tmp_path)
    house.own.services.save(filled(house, "Quiet Place", audience=Audience.STAFF))
    assert house.own.files.write(tmp_path / "own.csv") == (0, 1)
    assert "Quiet" not in (tmp_path / "own.csv").read_text("utf-8-sig")
    assert house.own.files.write(tmp_path / "own.csv", confidential=True) == (1, 0)
    gone, kept = house.own.sharing.export(tmp_path / "a.house")
    assert (gone, kept) == (0, 1)


def test_no_cell_of_a_spreadsheet_is_run_as_a_formula(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = filled(house, cost=Words("=cmd|'/c calc'!A1"))
    house.own.services.save(mine)
    house.own.files.write(tmp_path / "own.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "own.csv").read_text("utf-8-sig")))
    assert row["cost"].startswith("'=")
    assert [r.kind for r in house.own.files.take_in(tmp_path / "own.csv").rows] == ["same"]


def test_the_package_is_one_our_own_reader_for_publishers_takes(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = replace(filled(house), locations=OPEN)
    house.own.services.save(mine)
    house.own.files.write(tmp_path / "own.zip")
    (read,) = read_source(tmp_path / "own.zip", load_mapping(), house.clock().date(), Report(), tmp_path)
    assert (read.id, read.name.text, read.schedules[0].opens_at) == (
        mine.id,
        mine.name.text,
        mine.schedules[0].opens_at,
    )
    first = (tmp_path / "own.zip").read_bytes()
    house.own.files.write(tmp_path / "own.zip")
    assert (tmp_path / "own.zip").read_bytes() == first


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"no,header\n1,2\n", b'name\n"open', b"name,cost\na,b,c\n", b"PK\x03\x04broken"]
)  # fmt: skip
@pytest.mark.parametrize("name", ["x.csv", "x.zip"])
def test_a_file_that_is_no_list_is_said_to_be_none_and_changes_nothing(data: bytes, name: str, tmp_path: Path) -> None:
    house = make_house(tmp_path)
    (tmp_path / name).write_bytes(data)
    with suppress(SourceDataError):
        house.own.files.take_in(tmp_path / name)
    assert house.own.services.all() == ()
