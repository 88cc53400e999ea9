"""What goes out comes back: every fact, through the standard's own fields where it has one."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from sqlite3 import connect

import pytest
from hypothesis import given, settings

from guide.catalog.reader import Catalog
from guide.errors import NotFoundError, SourceDataError, UsageError
from guide.publish.exports.choice import Choice, Chosen
from guide.publish.exports.hsds import hsds_of, service_of
from guide.publish.exports.json_page import write_json
from guide.publish.exports.tabular import write_tabular
from guide.publish.from_sources import build_from_sources
from guide.publish.readers.own_export import is_own_export
from guide.records import Audience, DoNotPrint, Service, Words
from guide.settings import STARTER_CATALOG
from tests.makers import TODAY, make_catalog, make_phone, make_service
from tests.publish.exports.everything import PAGE, SERVICE, any_of

ALL = Choice(audience=Audience.STAFF)
WRONG = DoNotPrint("1-800-273-8255", "old", "988", "note", PAGE)


def exported(catalog: Path, out: Path, choice: Choice = ALL) -> Path:
    with Catalog(catalog) as opened:
        chosen = Chosen(opened, choice)
        write_json(chosen, out) if out.suffix == ".json" else write_tabular(chosen, out)
    return out


def test_no_field_of_the_test_service_is_left_at_its_default() -> None:
    plain = Service(id="", original_id="", publisher="", name=Words(""), category="")
    assert [f.name for f in fields(Service) if getattr(SERVICE, f.name) == getattr(plain, f.name)] == [
        "audience",
        "digest",
    ]


def test_every_fact_of_a_service_comes_back() -> None:
    assert service_of(json.loads(json.dumps(hsds_of(SERVICE, {})))) == SERVICE


@given(any_of(Service))
@settings(max_examples=40, deadline=None)
def test_any_service_comes_back(service: Service) -> None:
    assert service_of(json.loads(json.dumps(hsds_of(service, {})))) == service


@pytest.mark.parametrize("name", ["out", "out.zip", "out.json"])
def test_a_catalog_that_is_exported_and_built_again_is_the_same_byte_for_byte(name: str, tmp_path: Path) -> None:
    odd = make_service('Line\r\nbreak "quoted", with; all\n', "x", description=Words("=1+1\ttab\u2028\u00a0"))
    alone = make_service("No giver at all", tags=("women",), audience=Audience.STAFF)
    catalog = make_catalog(tmp_path / "c.db", [SERVICE, odd, alone], do_not_print=[WRONG], call_now=("everything",))
    source = exported(catalog, tmp_path / name)
    build_from_sources([source], tmp_path / "again.db", TODAY)
    assert (tmp_path / "again.db").read_bytes() == catalog.read_bytes()


def test_the_starter_catalog_comes_back_byte_for_byte(tmp_path: Path) -> None:
    build_from_sources([exported(STARTER_CATALOG, tmp_path / "out")], tmp_path / "again.db", TODAY)
    assert (tmp_path / "again.db").read_bytes() == STARTER_CATALOG.read_bytes()


@pytest.mark.parametrize("name", ["a", "a.zip", "a.json"])
def test_two_exports_of_one_catalog_are_the_same_bytes(name: str, tmp_path: Path) -> None:
    one, other = exported(STARTER_CATALOG, tmp_path / "1" / name), exported(STARTER_CATALOG, tmp_path / "2" / name)
    files = [one] if one.is_file() else sorted(one.iterdir())
    assert [p.read_bytes() for p in files] == [(other / p.name if one.is_dir() else other).read_bytes() for p in files]


def test_another_program_finds_the_facts_in_the_standards_own_fields(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "c.db", [SERVICE], call_now=())
    folder = exported(catalog, tmp_path / "out")

    def rows(table: str) -> list[dict[str, str]]:
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    (service,) = rows("service")
    assert (service["name"], service["status"], service["assured_date"]) == (
        "Everything",
        "temporarily closed",
        "2026-11-01",
    )
    assert [(p["number"], p["type"], p["service_id"]) for p in rows("phone")] == [
        ("(415) 621-2929", "text", SERVICE.id), ("711", "textphone", SERVICE.id),
    ]  # fmt: skip
    assert {row["service_id"] or row["location_id"] for row in rows("schedule")} == {
        SERVICE.id,
        SERVICE.locations[0].id,
    }
    about = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in about["resources"]:
        keys = {
            key["fields"]: {r["id"] for r in rows(key["reference"]["resource"])}
            for key in resource["schema"]["foreignKeys"]
        }
        for row in rows(resource["name"]):
            assert all(not row[column] or row[column] in ids for column, ids in keys.items())
            assert row["id"]


def test_what_somebody_edits_in_the_standards_fields_is_what_comes_back(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "c.db", [make_service("Night Shelter")], call_now=())
    folder = exported(catalog, tmp_path / "out")
    path = folder / "service.csv"
    path.write_text(path.read_text("utf-8").replace("What Night Shelter does.", "Beds for women."), "utf-8")
    build_from_sources([folder], tmp_path / "again.db", TODAY)
    with Catalog(tmp_path / "again.db") as again:
        (service,) = again.services()
    assert service.description.text == "Beds for women."


# --- the official schemas -----------------------------------------------------------------------------
def test_every_service_passes_the_standards_own_schemas(shared: Path, tmp_path: Path) -> None:
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    schemas = shared / "data" / "hsds" / "hsds_official" / "schema_3.1"
    known = {p.name: DRAFT202012.create_resource(json.loads(p.read_text("utf-8"))) for p in schemas.glob("*.json")}
    registry: Registry[object] = Registry().with_resources(known.items())
    check = Draft202012Validator({"$ref": "service.json"}, registry=registry, format_checker=FormatChecker())
    everything = make_catalog(tmp_path / "c.db", [SERVICE, make_service("Plain")], call_now=())
    for number, catalog in enumerate((STARTER_CATALOG, everything)):
        page = json.loads(exported(catalog, tmp_path / f"{number}.json").read_text("utf-8"))
        assert page["total_items"] == len(page["contents"])
        assert [error.message for one in page["contents"] for error in check.iter_errors(one)] == []


# --- a choice of it -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (Choice(), {"Crisis Line", "Legal Aid"}),
        (Choice(audience=Audience.STAFF), {"Crisis Line", "Legal Aid", "Staff"}),
        (Choice(("legal",)), {"Legal Aid"}),
        (Choice(services=("crisis-line",)), {"Crisis Line"}),
        (Choice(("crisis", "legal"), ("crisis-line",)), {"Crisis Line"}),
    ],
)
def test_a_choice_of_needs_and_entries(choice: Choice, names: set[str], tmp_path: Path) -> None:
    listed = [
        make_service("Crisis Line", category="crisis"),
        make_service("Legal Aid", category="legal"),
        make_service("Staff", audience=Audience.STAFF),
    ]
    with Catalog(make_catalog(tmp_path / "c.db", listed, call_now=())) as catalog:
        assert {one.name.text for one in Chosen(catalog, choice).services()} == names


@pytest.mark.parametrize("choice", [Choice(("no-such-need",)), Choice(services=("nobody",))])
def test_what_is_not_there_is_said_and_nothing_is_written(choice: Choice, tmp_path: Path) -> None:
    for name in ("out", "out.zip", "out.json"):
        with pytest.raises(NotFoundError):
            exported(STARTER_CATALOG, tmp_path / name, choice)
    assert list(tmp_path.iterdir()) == []


def test_for_visitors_no_hidden_number_and_no_note_of_staff_is_in_any_byte(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "c.db", [SERVICE], call_now=())
    folder = exported(catalog, tmp_path / "out", Choice())
    written = b"".join(p.read_bytes() for p in folder.iterdir() if p.name != "datapackage.json")
    for secret in (b"273-8255", b"18002738255", b"for staff alone", b"was elsewhere"):
        assert secret not in written


# --- what stands in the way ---------------------------------------------------------------------------
def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError):
        exported(STARTER_CATALOG, tmp_path / "out")
    (tmp_path / "empty").mkdir()
    exported(STARTER_CATALOG, tmp_path / "empty")
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["out", "out.zip", "out.json"])
def test_stopped_in_the_middle_nothing_is_left(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("guide.publish.exports.tabular.hsds_of", stop)
    monkeypatch.setattr("guide.publish.exports.json_page.hsds_of", stop)
    with pytest.raises(KeyboardInterrupt):
        exported(STARTER_CATALOG, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


BREAKS: dict[str, Callable[[Path], object]] = {
    "a table is gone": lambda folder: (folder / "service.csv").unlink(),
    "a key leads nowhere": lambda folder: (folder / "location.csv").write_text("id\n"),
    "our facts are cut": lambda folder: (folder / "service.csv").write_text(
        (folder / "service.csv").read_text("utf-8").replace('""publisher""', '""publisher'), "utf-8"
    ),
}


@pytest.mark.parametrize("act", BREAKS.values(), ids=BREAKS)
def test_an_export_that_was_damaged_is_refused_in_one_sentence(act: Callable[[Path], object], tmp_path: Path) -> None:
    folder = exported(make_catalog(tmp_path / "c.db", [SERVICE], call_now=()), tmp_path / "out")
    act(folder)
    with pytest.raises(SourceDataError):
        build_from_sources([folder], tmp_path / "again.db", TODAY)
    assert not (tmp_path / "again.db").exists()


def test_only_an_export_of_ours_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"name": "x"}')
    (tmp_path / "x.json").write_text('{"contents": []}')
    (tmp_path / "x.zip").write_bytes(b"PK")
    assert not any(map(is_own_export, (tmp_path, tmp_path / "x.json", tmp_path / "x.zip", tmp_path / "gone")))


def test_a_service_that_was_moved_to_another_number_is_exported_with_that(tmp_path: Path) -> None:
    moved = replace(make_service("Line"), phones=(make_phone("(415) 621-2929"),))
    catalog = make_catalog(tmp_path / "c.db", [moved], call_now=())
    with closing(connect(catalog)) as db:
        assert db.execute("SELECT number FROM phone").fetchall() == [("(415) 621-2929",)]
    assert "(415) 621-2929" in exported(catalog, tmp_path / "o.json").read_text("utf-8")
