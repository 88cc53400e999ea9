"""Hostile input is data: it is read or refused in one sentence, and never runs, swells, climbs or speaks as a page."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from guide.cli.run import main
from guide.errors import SourceDataError
from guide.publish.from_sources import build_from_sources
from guide.publish.mapping import load_mapping
from guide.publish.propose import propose
from guide.publish.readers import workbook
from guide.publish.report_page import report_page
from tests.makers import TODAY
from tests.publish.readers.forms import MAP, mapping_file
from tests.publish.readers.sources import ORGS, SERVICES, only, package, read, rules

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ATTACK = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def a_zip(path: Path, **files: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


# --- zips -------------------------------------------------------------------------------------------
def test_names_that_climb_out_of_a_zip_lead_nowhere(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    files = {"../../services.csv": SERVICES, "/etc/organizations.csv": ORGS, "..\\..\\phones.csv": "id,number\n"}
    with suppress(SourceDataError):
        read(a_zip(inside / "p.zip", **files))
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "p.zip"]


def test_a_zip_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "p.zip", **{"services.csv": b"a" * (80 << 20)})
    with pytest.raises(SourceDataError, match="more than is sensible"):
        read(path)


def test_a_zip_that_is_cut_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "p.zip", **{"services.csv": SERVICES, "organizations.csv": ORGS})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceDataError):
        read(path)


def test_bytes_that_were_harmed_inside_a_zip_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("services.csv", SERVICES)
        archive.writestr("organizations.csv", ORGS)
    path.write_bytes(path.read_bytes().replace(b"Groceries", b"Grocerias"))
    with pytest.raises(SourceDataError, match="damaged"):
        read(path)


# --- workbooks --------------------------------------------------------------------------------------
def a_book(path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """Replace a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in (parts | {name: content}).items():
            archive.writestr(one, data)
    return path


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]><worksheet>&l11;</worksheet>'
    path = with_part(a_book(tmp_path / "b.xlsx", ["Programme", "Tel"]), "xl/worksheets/sheet1.xml", bomb.encode())
    with pytest.raises(SourceDataError, match="not a workbook"):
        read(path, load_mapping(mapping_file(tmp_path / "m.yaml")))


def test_a_workbook_that_swells_is_refused(tmp_path: Path) -> None:
    path = with_part(a_book(tmp_path / "b.xlsx", ["Programme", "Tel"]), "xl/worksheets/sheet2.xml", b" " * (80 << 20))
    with pytest.raises(SourceDataError, match="more than is sensible"):
        read(path, load_mapping(mapping_file(tmp_path / "m.yaml")))


@pytest.mark.parametrize("harm", [b"", b"no workbook at all", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, harm: bytes) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(harm)
    with pytest.raises(SourceDataError):
        read(path)


def test_no_formula_is_run_and_hidden_sheets_stay_hidden(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Ref", "Programme", "What"])
    book.active.append(["1", "Food", '=HYPERLINK("http://evil.example","x")'])
    hidden = book.create_sheet("staff")
    hidden.append(["Programme", "What"])
    hidden.append(["Hidden", "x"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "b.xlsx")
    result = read(tmp_path / "b.xlsx", load_mapping(mapping_file(tmp_path / "m.yaml")))
    assert [s.name.text for s in result.services] == ["Food"]
    assert "evil" not in repr(result.services)
    assert rules(result)["hidden sheet: not read"] == 1


def test_empty_rows_without_end_do_not_keep_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_EMPTY", 5)
    book = Workbook()
    book.active.append(["Ref", "Programme"])
    book.active.append(["1", "Food"])
    book.active.cell(row=3_000, column=2, value="Far away")
    book.save(tmp_path / "b.xlsx")
    assert only(tmp_path / "b.xlsx", load_mapping(mapping_file(tmp_path / "m.yaml"))).name.text == "Food"


# --- JSON -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, '{"a":' * 100_000, "", "null", "17", '"text"', "[1, 2]", "{", '{"contents": 5}', '[{"id": ' + "9" * 6000 + "}]"],
    ids=["deep list", "deep object", "empty", "null", "number", "text", "numbers", "cut", "no page", "long number"],
)  # fmt: skip
def test_json_that_is_no_directory_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    with pytest.raises(SourceDataError):
        read(tmp_path / "x.json")


def test_an_organization_within_itself_comes_to_an_end(tmp_path: Path) -> None:
    record: dict[str, Any] = {"id": "s", "name": "Food"}
    inner = record
    for n in range(60):
        inner["organization"] = {"id": f"o{n}", "name": "Agency", "services": [{"id": f"s{n}", "name": "Inner"}]}
        inner = inner["organization"]["services"][0]
    (tmp_path / "services.json").write_text(json.dumps([record]), "utf-8")
    assert rules(read(tmp_path / "services.json"))["nested too deeply: left out"] >= 1


def test_half_a_sign_in_json_is_a_question_mark(tmp_path: Path) -> None:
    (tmp_path / "services.json").write_text('[{"id": "1", "name": "Food\\ud800", "description": "x"}]', "utf-8")
    assert only(tmp_path / "services.json").name.text == "Food?"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["id", "name", "organization", "services", "locations", "phones", "addresses", "schedules", "number",
                         "address_1", "languages", "service_at_locations", "attributes", "status", "is_private", "contents"]),
        inner, max_size=6), max_leaves=25)  # fmt: skip


@given(VALUES)
@QUICK
def test_any_json_is_read_or_refused_with_our_own_error(tmp_path: Path, value: Any) -> None:
    (tmp_path / "x.json").write_text(json.dumps(value), "utf-8")
    with suppress(SourceDataError):
        read(tmp_path / "x.json")


# --- tables -----------------------------------------------------------------------------------------
CELLS = st.text(max_size=15) | st.sampled_from(
    ["=1+1", "@SUM(A1)", "-2", "+3", ATTACK, "10", "1", "NULL", "9e99", "{}", "\x00", "12 Main St"]
)


@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=8))
@QUICK
def test_any_cells_are_read_or_refused_with_our_own_error(tmp_path: Path, rows: list[list[str]]) -> None:
    quoted = ["".join(('"', cell.replace('"', '""'), '"')) for row in rows for cell in row]
    lines = [",".join(quoted[n : n + 6]) for n in range(0, len(quoted), 6)]
    folder = package(
        tmp_path / "p",
        services="\n".join(["id,organization_id,name,description,status,minimum_age", *lines]),
        phones="\n".join(["id,service_id,number,type,extension,IsPrivate", *lines]),
        schedules="\n".join(["id,service_id,opens_at,closes_at,byday,interval", *lines]),
    )
    with suppress(SourceDataError):
        read(folder)


@given(st.lists(st.text(max_size=25), min_size=2, max_size=8), st.lists(st.lists(CELLS, max_size=8), max_size=4))
@QUICK
def test_a_mapping_can_be_proposed_for_any_table_and_be_read_again(
    tmp_path: Path, header: list[str], rows: list[list[str]]
) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *rows]]
    (tmp_path / "t.csv").write_text("\n".join(lines), "utf-8", errors="replace")
    with suppress(SourceDataError):
        text, _ = propose(tmp_path / "t.csv")
        (tmp_path / "m.yaml").write_text(text, "utf-8")
        load_mapping(tmp_path / "m.yaml")


def test_a_cell_without_end_is_cut_and_told(tmp_path: Path) -> None:
    result = read(
        package(tmp_path / "p", services=f"id,organization_id,name,description\n10,1,Food,{'a ' * 100_000}\n")
    )
    assert len(result.services[0].description.text) <= 100_000
    assert rules(result)["text longer than 100,000 letters: cut"] == 1


def test_signs_that_a_spreadsheet_would_run_stay_the_publishers_text(tmp_path: Path) -> None:
    services = 'id,organization_id,name,description\n10,1,"=HYPERLINK(""http://evil.example"")","@SUM(A1)"\n'
    found = only(package(tmp_path / "p", services=services))
    assert (found.name.text, found.description.text) == ('=HYPERLINK("http://evil.example")', "@SUM(A1)")


def test_a_name_cannot_become_part_of_the_reports_page(tmp_path: Path) -> None:
    folder = package(
        tmp_path / "p",
        services=f'id,organization_id,name,{ATTACK.replace(chr(34), "")}\n10,1,"{ATTACK.replace(chr(34), "")}",x\n',
    )
    built = build_from_sources([folder], tmp_path / "out" / "c.db", TODAY)
    page = report_page(built.report, ATTACK, TODAY)
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_an_alias_bomb_in_a_mapping_is_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    (tmp_path / "m.yaml").write_text(bomb + "table: {columns: {name: *i}}\n", "utf-8")
    with pytest.raises(SourceDataError):
        load_mapping(tmp_path / "m.yaml")


# --- databases --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    ["postgresql://me:s3cret-word@127.0.0.1:1/x", "nonsense://me:s3cret-word@h/x", "mysql://me:s3cret-word@127.0.0.1:1/x",
     "sqlite:////nowhere/s3cret-word/x.db", "://s3cret-word"],
)  # fmt: skip
def test_a_password_is_in_no_word_that_is_said(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["build", "--from", address, "-o", str(tmp_path / "c.db"), "--data", str(tmp_path / "d"), "--json"]) == 7
    )
    said = capsys.readouterr()
    assert "s3cret-word" not in said.out + said.err
    assert not (tmp_path / "c.db").exists()


def test_the_map_of_these_tests_is_one(tmp_path: Path) -> None:
    table = load_mapping(mapping_file(tmp_path / "m.yaml")).table
    assert table is not None
    assert set(table.columns) == set(MAP["table"]["columns"])
