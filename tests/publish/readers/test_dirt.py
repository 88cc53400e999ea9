"""Every kind of dirt that was found in real sets (DATA 2.1): what becomes of it, and the rule the report counts it under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from guide.errors import SourceDataError
from guide.publish.mapping import MAPS, load_mapping
from guide.records import Service
from tests.publish.readers.sources import ORGS, SERVICES, ReadResult, package, read, rules

HEAD = "id,organization_id,name,description,status\n"
PLACE = "id,organization_id,name,latitude,longitude\n7,1,Hall,25.77,-80.19\n"
LINK = "id,service_id,location_id\n1,10,7\n"
STREET = "id,location_id,address_1,city,state_province,postal_code,country\n1,7,12 Main Street,Miami,FL,33157,US\n"


@dataclass(frozen=True)
class Dirt:
    """One row of the table: the tables that have it, the rule that counts it, and what holds of the services."""

    rule: str
    tables: dict[str, str | bytes]
    holds: Callable[[tuple[Service, ...]], bool] = lambda _: True
    count: int = 1


def first(check: Callable[[Service], object]) -> Callable[[tuple[Service, ...]], bool]:
    return lambda services: bool(check(services[0]))


def streets(service: Service) -> list[str]:
    return [a.address_1 for place in service.locations for a in place.addresses]


PLACED = {"locations": PLACE, "services_at_location": LINK, "physical_addresses": STREET}
TABLE = [
    Dirt("address kept private",
         PLACED | {"physical_addresses": STREET.replace("country", "PhysicalAddressIsPrivate").replace(",US", ",Yes")},
         first(lambda s: streets(s) == [""] and s.locations[0].latitude is None)),
    Dirt("excluded by its source: left out",
         {"services": "id,organization_id,name,ExcludeFromWebsite\n10,1,Food,No\n11,1,Secret,Yes\n"},
         lambda found: [s.name.text for s in found] == ["Food"]),
    Dirt("excluded by its source: left out",
         {"services": "id,organization_id,name,Exclude From Directory\n10,1,Food,\n11,1,Secret,x\n"},
         lambda found: len(found) == 1),
    Dirt("closed or not to be referred to: left out",
         {"services": f'{HEAD}10,1,Food,,active\n11,1,Old,,Inactive\n12,1,No,,"Active, but do not refer"\n13,1,Gone,,defunct\n'},
         lambda found: len(found) == 1, 3),
    Dirt("unknown status: left out, to be looked at",
         {"services": f"{HEAD}10,1,Food,,active\n11,1,Odd,,quarantine\n"}, lambda found: len(found) == 1),
    Dirt("column not carried",
         {"services": "id,organization_id,name,InternalNotes,MainContactName\n10,1,Food,ask for Ann,Ann Example\n"},
         first(lambda s: "Ann" not in repr(s)), 2),
    Dirt("organization_id leads nowhere",
         PLACED | {"services": f"{HEAD}10,99,Food,,active\n11,1,Other food,,active\n"},
         first(lambda s: s.organization.name.text == "Harbor House Inc")),
    Dirt("columns were swapped, read the right way",
         PLACED | {"services_at_location": "id,service_id,location_id\n1,7,10\n"},
         first(lambda s: streets(s) == ["12 Main Street"])),
    Dirt("empty cells after the last column: left off", {"services": f"{HEAD}10,1,Food,Groceries,active,,\n"}),
    Dirt("short row, filled with empty cells", {"services": f"{HEAD}10,1,Food\n"}, first(lambda s: s.name.text == "Food")),
    Dirt("belongs to no record: dropped", {"eligibility": "id,service_id,eligibility\n,,Adults\n,,Families\n"},
         first(lambda s: not s.eligibility), 2),
    Dirt("repeated id: first one kept", {"services": f"{HEAD}10,1,Food,,active\n10,1,Other,,active\n"},
         lambda found: [s.name.text for s in found] == ["Food"]),
    Dirt("id spoiled by a spreadsheet: kept as it is",
         {"services": f"{HEAD}1.2294844026963796e33,1,Food,,active\n"},
         first(lambda s: s.original_id == "1.2294844026963796e33")),
    Dirt("several ids in one cell: split",
         PLACED | {"locations": PLACE + "8,1,Annex,25.7,-80.1\n", "services_at_location": 'id,service_id,location_id\n1,10,"7,8"\n'},
         first(lambda s: len(s.locations) == 2)),
    Dirt("the same service twice: first one kept", {"services": f"{HEAD}10,1,Food,Groceries,active\n11,1,Food,Groceries,active\n"},
         lambda found: len(found) == 1),
    Dirt("empty schedule: left out", {"schedules": "id,service_id,opens_at,closes_at\n1,10,,\n"}, first(lambda s: not s.schedules)),
    Dirt("no status: taken as active", {"services": SERVICES}, first(lambda s: s.status == "active")),
    Dirt("HTML tags", {"phones": 'id,service_id,number\n1,10,"<a href=""tel:3052534841"">(305) 253-4841</a>"\n'},
         first(lambda s: s.phones[0].dial == "+13052534841")),
    Dirt("HTML entities", {"services": f"{HEAD}10,1,Food,Women&rsquo;s pantry,active\n"},
         first(lambda s: s.description.text == "Women’s pantry")),
    Dirt("literal \\n", {"services": f"{HEAD}10,1,Food,One\\nTwo,active\n"}, first(lambda s: s.description.text == "One\nTwo")),
    Dirt("wrong code page, mended", {"services": f"{HEAD}10,1,Food,CourtGÇÖs help,active\n"},
         first(lambda s: s.description.text == "Court’s help")),
    Dirt("wrong code page, left as it is", {"services": f"{HEAD}10,1,Food,D+¡az Center,active\n"},
         first(lambda s: "D+¡az" in s.description.text)),
    Dirt("invisible signs", {"services": f"{HEAD}10,1,Fo\u200bod\ufeff,One\u2028Two,active\n"}, first(lambda s: s.name.text == "Food"), 2),
    Dirt("not UTF-8, read as Windows text", {"services": f"{HEAD}10,1,Niños’ Center,,active\n".encode("cp1252")},
         first(lambda s: s.name.text == "Niños’ Center")),
    Dirt("not UTF-8, read as old Macintosh text", {"services": f"{HEAD}10,1,Café “Niño”,,active\n".encode("mac_roman")},
         first(lambda s: s.name.text == "Café “Niño”")),
    Dirt("not UTF-8, read as UTF-16", {"services": f"{HEAD}10,1,Niños,,active\n".encode("utf-16")},
         first(lambda s: s.name.text == "Niños")),
    Dirt("old line ends (CR)", {"services": SERVICES.replace("\n", "\r")}, lambda found: len(found) == 1),
    Dirt("cells are not separated by commas", {"services": SERVICES.replace(",", ";")}, lambda found: len(found) == 1),
    Dirt("description probably cut at 255 letters", {"services": f"{HEAD}10,1,Food,{'a' * 255},active\n"}),
    Dirt("web address without https://", {}, first(lambda s: s.organization.url == "https://harbor.example")),
    Dirt("language not known: kept as words", {"languages": "id,service_id,language\n1,10,Klingon\n2,10,Spanish (limited)\n"},
         first(lambda s: s.languages == ("es",) and "Klingon" in s.language_note.text and "limited" in s.language_note.text)),
    Dirt("post box or postal address: nothing to visit, left out",
         PLACED | {"physical_addresses": STREET.replace("12 Main Street", "P.O. Box 12")}, first(lambda s: streets(s) == [])),
    Dirt("number kept as text, it cannot be dialled", {"phones": "id,service_id,number\n1,10,ask at the desk\n"},
         first(lambda s: s.phones[0].published == "ask at the desk" and not s.phones[0].dial)),
    Dirt("no id: made of its names", {"services": "organization_id,name\n1,Food Pantry\n"}),
    Dirt("two columns with one name: the first is read", {"services": "id,name,name,organization_id\n10,Food,Other,1\n"},
         first(lambda s: s.name.text == "Food")),
    Dirt("date in the future: left out", {"services": "id,organization_id,name,assured_date\n10,1,Food,2031-01-01\n"},
         first(lambda s: s.assured_date is None)),
    Dirt("date read as month/day/year", {"services": "id,organization_id,name,assured_date\n10,1,Food,3/14/26\n"},
         first(lambda s: str(s.assured_date) == "2026-03-14")),
    Dirt("latitude and longitude were swapped, read the right way",
         PLACED | {"locations": "id,name,latitude,longitude\n7,Hall,-122.41,37.77\n"},
         first(lambda s: s.locations[0].latitude == 37.77)),
    Dirt("not carried: funding", {"funding": "id,organization_id,source\n1,1,State\n"}),
    Dirt("file not read: the standard has no such table", {"donors": "id,name\n1,Ann\n"}),
    Dirt("private number: left out", {"phones": "id,service_id,number,IsPrivate\n1,10,305-253-4841,Yes\n"},
         first(lambda s: not s.phones)),
    Dirt("number of a contact, as there is no other",
         {"contacts": "id,service_id,name\n5,10,Ann Example\n", "phones": "id,contact_id,number\n1,5,305-253-4841\n"},
         first(lambda s: s.phones[0].dial and "Ann" not in repr(s))),
    Dirt("place taken from its organization, which has one", {"locations": PLACE, "physical_addresses": STREET},
         first(lambda s: streets(s) == ["12 Main Street"])),
    Dirt("ages turned around: left out", {"services": "id,organization_id,name,minimum_age,maximum_age\n10,1,Food,60,12\n"},
         first(lambda s: s.minimum_age is None)),
]  # fmt: skip


@pytest.mark.parametrize("dirt", TABLE, ids=[f"{n}-{dirt.rule}" for n, dirt in enumerate(TABLE)])
def test_each_kind_of_dirt_is_counted_under_its_rule_and_becomes_what_it_should(tmp_path: Path, dirt: Dirt) -> None:
    result = read(package(tmp_path / "p", **dirt.tables))
    assert rules(result)[dirt.rule] == dirt.count, rules(result)
    assert dirt.holds(result.services), result.services[0]


def test_every_finding_of_a_row_names_its_file_and_row(tmp_path: Path) -> None:
    result = read(package(tmp_path / "p", services=f"{HEAD}10,1,Food,One\\nTwo,active\n11,1,Old,,defunct\n"))
    by_rule = {found["rule"]: found for found in result.report.findings()}
    gone = by_rule["closed or not to be referred to: left out"]
    assert (gone["table"], gone["rows"], gone["kind"]) == ("services.csv", ["3"], "left out")
    assert by_rule["literal \\n"]["rows"] == ["2"]


def test_codes_for_whom_become_tags_and_never_the_need(tmp_path: Path) -> None:
    found = read(
        package(
            tmp_path / "p",
            services=f"{HEAD}10,1,Zither Society,,active\n",
            services_taxonomy="id,service_id,taxonomy_id\n1,10,YB-8000\n2,10,BD-1800\n",
            taxonomy="id,name\nYB-8000,Older Adults\nBD-1800,Anything\n",
        ),
        load_mapping(MAPS / "two-letter-codes.yaml"),
    )
    assert (found.services[0].category, found.services[0].tags) == ("food", ("seniors",))
    assert rules(found)["code says for whom, not what"] == 1


def refused(folder: Path, **tables: str | bytes) -> str:
    with pytest.raises(SourceDataError) as caught:
        read(package(folder, **tables))
    assert caught.value.exit_code == 7
    return caught.value.message


def test_a_set_whose_keys_all_lead_nowhere_is_refused_in_one_sentence(tmp_path: Path) -> None:
    said = refused(tmp_path / "p", services=HEAD + "".join(f"{n},9{n},S{n},,active\n" for n in range(10, 40)))
    assert "30 of 30 keys lead to no row" in said


def test_more_cells_than_the_header_are_refused_with_the_line(tmp_path: Path) -> None:
    assert "services.csv, line 2: the row has 6 cells, the header 5" in refused(
        tmp_path / "p", services=f"{HEAD}10,1,Food,Groceries,active,too much\n"
    )


def test_a_column_that_moved_is_refused_with_file_column_and_row(tmp_path: Path) -> None:
    zips = "id,service_id,number\n" + "".join(f"{n},10,{33100 + n}\n" for n in range(40))
    said = refused(tmp_path / "p", phones=zips)
    assert (
        "phones.csv: only 0 of 40 cells of number look like phone numbers (the first that does not is in row 2)" in said
    )


def test_links_that_fit_both_ways_are_refused_as_nobody_can_say_which(tmp_path: Path) -> None:
    services = HEAD + "".join(f"s{n},1,Service {n},,active\n" for n in range(10))
    places = "id,name\n" + "".join(f"p{n},Place {n}\n" for n in range(10))
    links = "id,service_id,location_id\n" + "".join(
        f"{n},s{n},p{n}\n" if n < 4 else f"{n},p{n},s{n}\n" for n in range(10)
    )
    said = refused(tmp_path / "p", services=services, locations=places, services_at_location=links)
    assert "6 links" in said
    assert "4 only as they are" in said


def test_nothing_is_written_when_a_set_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "p", services=f"{HEAD}10,1,Food,Groceries,active,too much\n")
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


NULLS = ["NULL", "null", "N/A", "\\N", "None", "#N/A", "nan", " ", "\u00a0"]


@pytest.mark.parametrize("word", NULLS)
def test_words_for_nothing_are_nothing(tmp_path: Path, word: str) -> None:
    result: ReadResult = read(package(tmp_path / "p", services=f"{HEAD}10,1,Food,{word},active\n"))
    assert result.services[0].description.text == ""


def test_headers_in_any_case_with_spaces_and_quotes_are_known(tmp_path: Path) -> None:
    services = '\ufeff"ID"," Organization ID ",Name,"DESCRIPTION","Status "\n10,1,Food,"Line one\nLine two",active\n'
    found = read(package(tmp_path / "p", services=services)).services[0]
    assert (found.name.text, found.description.text) == ("Food", "Line one\nLine two")
    assert found.organization is not None


def test_a_package_one_folder_down_and_without_a_descriptor_is_found(tmp_path: Path) -> None:
    (tmp_path / "top").mkdir()
    package(tmp_path / "top" / "export-2026")
    assert read(tmp_path / "top").services[0].name.text == "Food Pantry"


def test_a_wrong_version_in_the_descriptor_does_no_harm(tmp_path: Path) -> None:
    folder = package(tmp_path / "p", organizations=ORGS)
    (folder / "datapackage.json").write_text('{"version": "9.9", "resources": []}', "utf-8")
    assert read(folder).services
