"""An export of ours that somebody edited is data like any other: flags, standing, shelters and private streets hold."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from guide.catalog.reader import Catalog
from guide.errors import SourceDataError
from guide.publish.exports.choice import Choice, Chosen
from guide.publish.exports.json_page import write_json
from guide.publish.exports.tabular import write_tabular
from guide.publish.from_sources import build_from_sources
from guide.records import Address, Audience, Location, Service, Words
from tests.makers import TODAY, make_catalog, make_phone, make_service

Rows = list[dict[str, str]]
STREET, TELLS = "12 Hidden Way", "Come to 12 Hidden Way on Mondays."


def house(name: str, street: str, **more: object) -> Service:
    place = Location(f"at {name}", addresses=(Address(street, "Bath", "ME", "04530"),), latitude=44.1, longitude=-69.1)
    return replace(make_service(name, **more), locations=(place,))  # type: ignore[arg-type]


PANTRY = house("Food Pantry", "1 Main Street", category="housing")
SHELTER = house("Harbor Safe House", STREET, category="safety")
CLINIC = replace(make_service("Clinic", category="legal"), hours=Words(TELLS), locations=())


def exported(folder: Path, *services: Service, name: str = "out") -> Path:
    catalog, out = make_catalog(folder / "c.db", services, call_now=()), folder / name
    with Catalog(catalog) as opened:
        chosen = Chosen(opened, Choice(audience=Audience.STAFF))
        write_json(chosen, out) if out.suffix == ".json" else write_tabular(chosen, out)
    return out


def edited(folder: Path, table: str, change: Callable[[Rows], object]) -> Path:
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def again(source: Path, **more: object) -> tuple[dict[str, Service], bytes, str]:
    """Build the export; return its entries by name, the catalog's bytes and the report."""
    out = source.parent / "again.db"
    built = build_from_sources([source], out, TODAY, **more)  # type: ignore[arg-type]
    with Catalog(out) as catalog:
        found = {service.name.text: service for service in catalog.services()}
    return found, out.read_bytes(), json.dumps(built.report, default=str)


def set_all(**values: str) -> Callable[[Rows], object]:
    return lambda rows: [row.update(values) for row in rows]


def test_a_shelter_whose_publisher_opened_its_address_stays_open_while_nobody_edits_its_entry(tmp_path: Path) -> None:
    source = exported(tmp_path, SHELTER, PANTRY)
    edited(
        source, "service", lambda rows: rows[1 if "Pantry" in rows[1]["name"] else 0].update(fees="", description="x")
    )
    found, _, _ = again(source)
    assert found["Harbor Safe House"].locations[0].addresses[0].address_1 == STREET
    assert found["Food Pantry"].description.text == "x"


def test_a_shelter_whose_entry_was_edited_closes_and_nobody_else_tells_its_street(tmp_path: Path) -> None:
    """SAFETY L1."""
    source = exported(tmp_path, SHELTER, PANTRY, CLINIC)
    edited(source, "address", lambda rows: [row.update(address_2="Rear") for row in rows if row["address_1"] == STREET])
    found, data, report = again(source)
    assert found["Harbor Safe House"].locations[0].latitude is None
    assert b"hidden way" not in data.lower()
    assert "hidden way" not in report.lower()
    assert "shelter: address closed" in report
    assert found["Food Pantry"].locations[0].addresses[0].address_1 == "1 Main Street"
    assert "(address kept private)" in found["Clinic"].hours.text


@pytest.mark.parametrize("table", ["location", "address"])
def test_a_private_flag_that_somebody_adds_closes_the_address(table: str, tmp_path: Path) -> None:
    source = exported(tmp_path, house("Food Pantry", STREET, category="housing"), CLINIC)
    edited(source, table, set_all(address_is_private="Yes"))
    _, data, _ = again(source)
    assert b"hidden way" not in data.lower()


@pytest.mark.parametrize(
    ("table", "values"),
    [("service", {"exclude_from_directory": "1"}), ("organization", {"is_hidden": "true"}),
     ("service", {"status": "inactive"}), ("service", {"status": "under review"})],
)  # fmt: skip
def test_what_somebody_marks_as_gone_or_excluded_is_left_out(
    table: str, values: dict[str, str], tmp_path: Path
) -> None:
    source = exported(tmp_path, PANTRY, CLINIC)
    edited(
        source,
        table,
        lambda rows: [row.update(values) for row in rows if "Pantry" in row["name"] or table != "service"][:1],
    )
    if table == "organization":
        with pytest.raises(SourceDataError, match="No service"):
            again(source)
        return
    found, data, report = again(source)
    assert set(found) == {"Clinic"}
    assert b"Food Pantry" not in data
    assert "left out" in report


def test_a_private_number_is_left_out(tmp_path: Path) -> None:
    source = exported(tmp_path, replace(PANTRY, phones=(make_phone("(305) 253-4841"), make_phone("(212) 555-2368"))))
    edited(source, "phone", lambda rows: rows[0].update(is_private="y"))
    assert b"253-4841" not in again(source)[1]


def test_a_flag_in_an_edited_json_page_holds_too(tmp_path: Path) -> None:
    source = exported(tmp_path, PANTRY, CLINIC, name="out.json")
    text = source.read_text("utf-8")
    source.write_text(
        text.replace('"location_type": "physical"', '"location_type": "physical", "confidential": true'), "utf-8"
    )
    assert b"1 main street" not in again(source)[1].lower()


def test_cells_that_moved_are_refused_as_a_whole(tmp_path: Path) -> None:
    many = [
        replace(PANTRY, id=f"p{n}", original_id=f"p{n}", phones=(make_phone(f"(305) 253-48{n:02}"),)) for n in range(24)
    ]
    source = exported(tmp_path, *many)
    edited(source, "phone", set_all(number="Monday"))
    with pytest.raises(SourceDataError, match="look like phone"):
        again(source)
    wide = exported(tmp_path / "2", PANTRY)
    path = wide / "service.csv"
    path.write_text(path.read_text("utf-8").rstrip() + ",one,too,many\n", "utf-8")
    with pytest.raises(SourceDataError):
        again(wide)
    assert not (tmp_path / "again.db").exists()
    assert not (tmp_path / "2" / "again.db").exists()


def test_a_set_that_only_says_it_is_an_export_of_ours_is_refused(tmp_path: Path) -> None:
    source = exported(tmp_path, PANTRY)
    (source / "services.csv").write_text("id,name\n1,Food\n", "utf-8")
    for name in ("service", "address"):
        (source / f"{name}.csv").unlink()
    with pytest.raises(SourceDataError):
        again(source)
