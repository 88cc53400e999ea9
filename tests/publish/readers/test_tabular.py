"""Real, dirty packages: read where they can be, refused with one message where not; every fault counted."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.errors import SourceDataError
from guide.publish.mapping import MAPS, load_mapping
from guide.publish.readers.phones import read_phones
from guide.records import Channel
from tests.publish.readers.sources import SERVICES, only, package, read, rules


def test_a_small_package_becomes_services(tmp_path: Path) -> None:
    phones = "id,service_id,number,type,description\n1,10,(305) 253-4841,voice,Main\n2,10,305-253-4842,fax,\n"
    hours = 'id,service_id,weekday,opens_at,closes_at,original_text\n,10,Monday,9:00am,5:00pm,"9-5, Mon"\n'
    found = only(package(tmp_path / "p", phones=phones, regular_schedules=hours))
    assert (found.name.text, found.category, found.organization.name.text) == (
        "Food Pantry",
        "food",
        "Harbor House Inc",
    )  # type: ignore[union-attr]
    assert [(p.channel, p.published, p.dial) for p in found.phones] == [
        (Channel.VOICE, "(305) 253-4841", "+13052534841"),
        (Channel.FAX, "305-253-4842", "+13052534842"),
    ]
    assert (found.schedules[0].byday, found.schedules[0].opens_at) == (("MO",), time(9))
    assert found.hours.text == "9-5, Mon"
    assert found.organization.url == "https://harbor.example"  # type: ignore[union-attr]


def test_a_zip_with_tables_below_data_is_read_too(tmp_path: Path) -> None:
    folder = package(tmp_path / "p")
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        for path in folder.glob("*.csv"):
            archive.write(path, f"data/{path.name}")
    assert only(tmp_path / "p.zip").name.text == "Food Pantry"


def test_ids_stay_the_same_from_build_to_build_and_uuids_are_kept(tmp_path: Path) -> None:
    uuid = "ac148810-d857-441c-9679-408f346de14b"
    first = only(package(tmp_path / "a"))
    assert first.id == only(package(tmp_path / "b")).id
    kept = only(package(tmp_path / "c", services=SERVICES.replace("\n10,", f"\n{uuid},")))
    assert kept.id == uuid


def test_a_package_whose_keys_all_lead_nowhere_is_refused_with_one_message(tmp_path: Path) -> None:
    services = "id,organization_id,name\n" + "".join(f"{n},99{n},Service {n}\n" for n in range(30))
    with pytest.raises(SourceDataError, match="do not belong together"):
        read(package(tmp_path / "p", services=services))


def test_a_row_with_more_cells_than_its_header_is_refused_by_line(tmp_path: Path) -> None:
    with pytest.raises(SourceDataError, match=r"services\.csv, line 3"):
        read(package(tmp_path / "p", services=SERVICES + "11,1,Two,Text,active,too many\n"))


def test_swapped_columns_are_read_the_right_way_round(tmp_path: Path) -> None:
    found = read(
        package(
            tmp_path / "p",
            locations="id,organization_id,name\n77,1,Hall\n",
            services_at_location="id,service_id,location_id\n1,77,10\n",
            physical_addresses="id,location_id,address_1,city,state_province\n1,77,12 Main Street,Miami,FL \n",
        )
    )
    assert found.services[0].locations[0].addresses[0].address_1 == "12 Main Street"
    assert "columns were swapped, read the right way" in rules(found)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Safe House for Families", "12 Main Street"),
        ("Domestic Violence Program", "12 Main Street"),
        ("Food Pantry", "Confidential"),
    ],
)
def test_a_shelters_street_is_nowhere_in_what_is_read(tmp_path: Path, name: str, address: str) -> None:
    """SAFETY L1, L2: closed by default, also where the text repeats the street."""
    services = f"id,organization_id,name,description,status\n10,1,{name},Come to 12  Main street today,active\n"
    found = only(
        package(
            tmp_path / "p",
            services=services.replace("Come to 12  Main street today", "Come") if "Food" in name else services,
            locations="id,name,latitude,longitude\n77,12 Main Street,25.1,-80.1\n",
            services_at_location="id,service_id,location_id\n1,10,77\n",
            physical_addresses=f"id,location_id,address_1,city,state_province,postal_code\n1,77,{address},Miami,FL,33157\n",
        )
    )
    seen = repr(found).lower()
    for secret in ("12 main", "12  main", "25.1", "33157", "confidential"):
        assert secret not in seen, secret
    assert found.locations[0].addresses[0].visibility == "area"


def test_flags_that_forbid_are_kept_and_closed_services_left_out(tmp_path: Path) -> None:
    services = SERVICES + '11,1,Old Place,Gone,defunct\n12,1,Do not,No,"Active, but do not refer"\n'
    assert [s.name.text for s in read(package(tmp_path / "p", services=services)).services] == ["Food Pantry"]


def test_notes_and_names_of_staff_are_never_taken_in(tmp_path: Path) -> None:
    services = (
        "id,organization_id,name,description,internal_notes,email\n10,1,Food Pantry,Food,SECRET NOTE,ann@x.example\n"
    )
    contacts = "id,service_id,name,email\n1,10,Ann Example,ann@x.example\n"
    seen = repr(only(package(tmp_path / "p", services=services, contacts=contacts)))
    assert "SECRET" not in seen
    assert "Ann" not in seen
    assert "ann@" not in seen


def test_dirt_is_mended_and_counted(tmp_path: Path) -> None:
    text = "Line one\\nLine two &amp; <b>three</b> CourtGÇÖs ###MON### \u200bend"
    result = read(package(tmp_path / "p", services=f'id,organization_id,name,description\n10,1,Food,"{text}"\n'))
    assert result.services[0].description.text == "Line one\nLine two & three Court’s end"
    assert {
        "literal \\n",
        "HTML entities",
        "HTML tags",
        "wrong code page, mended",
        "###DAY### marks",
        "invisible signs",
    } <= set(rules(result))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-8"])
def test_old_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    folder = package(tmp_path / "p")
    (folder / "services.csv").write_bytes("id,organization_id,name\n10,1,Niños de Miami\n".encode(encoding))
    assert only(folder).name.text == "Niños de Miami"


PHONES = [
    ("988", "", [("988", "988", Channel.VOICE)]),
    ("988 press 1", "", [("988 press 1", "", Channel.VOICE)]),
    ("911 or 988", "", [("911 or 988", "", Channel.VOICE)]),
    ("1-800-662-HELP (4357)", "", [("1-800-662-HELP (4357)", "+18006624357", Channel.VOICE)]),
    ("Text BeFree (233733)", "", [("Text BeFree (233733)", "233733", Channel.TEXT)]),
    ("(415) 621-2929 (24 hrs)", "", [("(415) 621-2929 (24 hrs)", "+14156212929", Channel.VOICE)]),
    ("202-555-0143", "", [("202-555-0143", "", Channel.VOICE)]),
    ("80011", "", [("80011", "", Channel.VOICE)]),
    ("call the office", "", [("call the office", "", Channel.VOICE)]),
    ("305-891-8850", "Fax", [("305-891-8850", "+13058918850", Channel.FAX)]),
    ("", "", []),
]


@pytest.mark.parametrize(("cell", "kind", "expected"), PHONES, ids=[p[0] or "empty" for p in PHONES])
def test_a_number_is_never_altered_and_dialled_only_when_surely_right(
    cell: str, kind: str, expected: list[tuple[str, str, Channel]]
) -> None:
    assert [(p.published, p.dial, p.channel) for p in read_phones(cell, kind, "x", "test")] == expected


def test_two_numbers_in_one_cell_become_two(tmp_path: Path) -> None:
    found = read_phones("305-253-4841 or 305-891-8850", "", "x", "test")
    assert [p.dial for p in found] == ["+13052534841", "+13058918850"]


@given(st.binary(max_size=400))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_with_our_own_error(tmp_path: Path, junk: bytes) -> None:
    folder = package(tmp_path / "p")
    (folder / "services.csv").write_bytes(junk)
    with suppress(SourceDataError):
        read(folder)


def test_miamis_directory_is_read_whole_and_its_dirt_counted(shared: Path) -> None:
    source = shared / "data/hsds/miami211_2019/datapackage-1566177582.zip"
    result = read(source, load_mapping(MAPS / "two-letter-codes.yaml"))
    assert len(result.services) == 4089
    counted = rules(result)
    assert counted["belongs to no record: dropped"] == 2244
    assert counted["organization_id leads nowhere"] == 3015 + 447
    assert counted["no status: taken as active"] == 4089
    assert result.report.totals["numbers that can be dialled"] >= 4058
    assert result.report.totals["services under Other"] < 4089 * 0.15


def test_washingtons_export_is_refused(shared: Path) -> None:
    with pytest.raises(SourceDataError, match="do not belong together"):
        read(shared / "data/hsds/dc_orservices_hsds2")


@pytest.mark.parametrize(
    "name", ["ohana_sample/sample-csv", "hsds_official/examples_3.1/csv", "hsds_official/examples_3.2.3/csv",
             "hsds_official/sample_datapackage_1.x/all_resources"]
)  # fmt: skip
def test_the_fields_own_samples_of_every_version_are_read(shared: Path, name: str) -> None:
    assert read(shared / "data/hsds" / name).services
