"""Forms beyond plain tables: two languages joined, levels of an export, pages that lie, proposals, databases, inferences."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from guide.cli.run import main
from guide.errors import SourceDataError
from guide.publish.mapping import load_mapping
from guide.publish.propose import propose
from guide.publish.readers.addresses import split_address
from guide.publish.readers.languages import Tongues
from guide.publish.readers.objects import COLUMNS, NOT_CARRIED, table_of
from guide.publish.schemas import OBJECTS, faults
from tests.publish.readers.forms import nested
from tests.publish.readers.sources import only, package, read, rules


def test_every_object_of_the_standard_is_carried_or_told_by_name() -> None:
    assert len(OBJECTS) == 24
    assert [name for name in OBJECTS if name not in COLUMNS and name not in NOT_CARRIED] == []
    assert {table_of(name) for name in OBJECTS} == set(OBJECTS), "by the very name the standard gives it"


def test_service_points_are_joined_with_the_same_in_arabic(tmp_path: Path) -> None:
    def point(name: str, box: str, hours: str) -> dict[str, object]:
        return {"type": "Feature", "id": 5, "geometry": {"type": "Point", "coordinates": [35.9, 31.9]}, "properties": {
            "activity": 1, "activityName": name, "partnerName": "Aid", "locationName": "Amman", "activityCategory": "FOOD",
            "indicators": {box: True, "no": False}, f"8. {hours}": {"8:30am": True}, "comments": "ask Ann Example"}}  # fmt: skip

    (tmp_path / "points.json").write_text(json.dumps([point("Food vouchers", "Vouchers", "Open at")]), "utf-8")
    (tmp_path / "points_AR.json").write_text(json.dumps([point("قسائم الطعام", "قسائم", "موعد الفتح")]), "utf-8")
    found = only(tmp_path)
    assert (found.name.best("en"), found.name.best("ar")) == ("Food vouchers", "قسائم الطعام")
    assert (found.description.best("ar"), found.hours.text) == ("قسائم", "8:30am")
    assert found.locations[0].addresses[0].city == "Amman"
    assert "Ann" not in repr(found)


def test_an_icarol_export_links_programs_to_the_sites_they_are_at(tmp_path: Path) -> None:
    head = (
        "ResourceAgencyNum,PublicName,TaxonomyLevelName,ParentAgency,ParentAgencyNum,AgencyStatus,PhysicalAddress1,"
        "PhysicalCity,PhysicalAddressIsPrivate,Phone1Number,ConnectsToSiteNum,ConnectsToProgramNum,HoursOfOperation"
    )
    rows = [
        "1,Harbor Agency,Agency,,1,Active,,,,305-253-4841,,,",
        "2,North Site,Site,Harbor Agency,1,Active,12 Main Street,Miami,No,,,,",
        "3,Food Pantry,Program,Harbor Agency,1,Active,,,,,,,",
        '4,,ProgramAtSite,Harbor Agency,1,Active,,,,,2,3,"9:00am-5:00pm, Mon-Fri"',
        "5,Old Program,Program,Harbor Agency,1,Inactive,,,,,,,",
    ]
    (tmp_path / "export.csv").write_text("\n".join([head, *rows]), "utf-8")
    found = only(tmp_path / "export.csv")
    assert (found.name.text, found.organization.name.text) == ("Food Pantry", "Harbor Agency")  # type: ignore[union-attr]
    assert [a.address_1 for place in found.locations for a in place.addresses] == ["12 Main Street"]
    assert found.phones[0].dial == "+13052534841", "the agency's, as the program has none"
    assert found.schedules[0].byday == ("MO", "TU", "WE", "TH", "FR")


def test_a_page_whose_total_lies_is_told_and_read(tmp_path: Path) -> None:
    page = {"total_items": 31, "total_pages": 1, "contents": nested()}
    (tmp_path / "services.json").write_text(json.dumps(page), "utf-8")
    assert rules(read(tmp_path / "services.json"))["the page's own total is another"] == 1


def test_what_the_schema_says_is_told_by_field_and_never_by_value() -> None:
    record = {"id": "5 Hidden Way", "name": 5, "url": None, "phones": [{"number": "1"}]}
    found = faults("service", record)
    assert "service.name: type" in found
    assert "service.phones: required id" in found
    assert "Hidden" not in repr(found)
    assert not any("url" in fault for fault in found), "null is left out"


def test_the_standards_own_examples_have_no_fault(shared: Path) -> None:
    folder = shared / "data/hsds/hsds_official/examples_3.2.3"
    for name in ("service", "organization", "service_at_location"):
        assert faults(name, json.loads((folder / f"{name}_full.json").read_text("utf-8"))) == []


def test_a_proposal_is_a_mapping_that_reads_the_table(tmp_path: Path) -> None:
    table = (
        "Agency Name,Program Name,Description,Street Address,City,State,Zip,Phone Number,Web Site,Hours,Languages,"
        "Contact Person,Internal Notes,Do Not Publish\n"
        'Harbor Agency,Food Pantry,Groceries,12 Main Street,Miami,FL,33157,305-253-4841,harbor.example,"9am-5pm, Mon",'
        "Spanish,Ann Example,secret,\n"
    )
    (tmp_path / "t.csv").write_text(table, "utf-8")
    out = tmp_path / "m.yaml"
    assert main(["publish", "map", str(tmp_path / "t.csv"), "-o", str(out), "--data", str(tmp_path / "d")]) == 0
    found = only(tmp_path / "t.csv", load_mapping(out))
    assert (found.name.text, found.organization.name.text) == ("Food Pantry", "Harbor Agency")  # type: ignore[union-attr]
    assert found.phones[0].dial == "+13052534841"
    assert found.locations[0].addresses[0].postal_code == "33157"
    assert found.languages == ("es",)
    assert "Ann" not in repr(found)
    assert "closed_by: ['Do Not Publish']" in propose(tmp_path / "t.csv")[0]


def test_a_table_without_a_mapping_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Programme,Telephone\nFood,305\n", "utf-8")
    with pytest.raises(SourceDataError, match=r"guide publish map t\.csv -o map\.yaml"):
        read(tmp_path / "t.csv")


def test_the_country_and_its_zone_come_from_the_addresses_and_are_told(tmp_path: Path) -> None:
    result = read(
        package(
            tmp_path / "p",
            locations="id,organization_id,name\n7,1,Hall\n",
            services_at_location="id,service_id,location_id\n1,10,7\n",
            addresses="id,location_id,address_1,city,postal_code\n1,7,1 High Street,Leeds,LS1 4AP\n",
            phones="id,service_id,number\n1,10,0113 496 0999\n",
            schedules="id,service_id,freq,byday,opens_at,closes_at\n1,10,WEEKLY,MO,09:00,17:00\n",
        )
    )
    (found,) = result.services
    assert found.phones[0].dial == "+441134960999"
    assert found.schedules[0].timezone == "Europe/London"
    assert rules(result)["country taken from the addresses"] == 1


def test_one_database_is_read_like_its_tables_and_without_a_service_table_refused(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "d.db")) as db, db:
        db.execute("CREATE TABLE donors (id, name)")
    with pytest.raises(SourceDataError, match="no table or view of services"):
        read(f"sqlite:///{tmp_path / 'd.db'}")


@pytest.mark.skipif("GUIDE_POSTGRES" not in os.environ, reason="GUIDE_POSTGRES is no address of an empty database")
def test_views_of_a_postgresql_database_are_read_in_a_stream() -> None:
    import psycopg

    address = os.environ["GUIDE_POSTGRES"]
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("CREATE SCHEMA hsds_test")
        try:
            db.execute("CREATE TABLE hsds_test.o AS SELECT 1 AS id, 'Harbor Agency' AS name")
            db.execute("CREATE VIEW hsds_test.organizations AS SELECT * FROM hsds_test.o")
            db.execute("CREATE VIEW hsds_test.services AS SELECT n AS id, 1 AS organization_id, 'Food ' || n AS name,"
                       " DATE '2026-01-02' AS assured_date, n % 2 = 0 AS is_private_note FROM generate_series(1, 1200) n")  # fmt: skip
            result = read(address)
        finally:
            db.execute("DROP SCHEMA hsds_test CASCADE")
    assert len(result.services) == 1200
    assert result.services[0].assured_date is not None


def test_an_address_in_one_line_is_taken_apart_only_where_its_end_is_sure() -> None:
    assert split_address("225 30th Street, 3rd Floor, San Francisco, CA 94131") == {
        "address_1": "225 30th Street, 3rd Floor", "city": "San Francisco", "state_province": "CA", "postal_code": "94131",
    }  # fmt: skip
    assert split_address("behind the church") == {"address_1": "behind the church"}


def test_languages_keep_what_is_said_beside_them() -> None:
    known = {"spanish": "es", "chinese": "zh", "cantonese": "zh"}
    unknown: list[str] = []
    assert Tongues(known).of(["Spanish (limited), Chinese (Cantonese, Mandarin); en"], unknown.append) == (
        ("es", "zh", "en"), "spanish: limited; chinese: Cantonese, Mandarin",
    )  # fmt: skip
    assert unknown == []
