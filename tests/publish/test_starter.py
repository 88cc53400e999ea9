"""The starter catalog: built again to the same bytes, and not one fact of its source is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from guide.app import Guide
from guide.publish.build import build_catalog
from guide.publish.starter import FOLDER, read_starter
from guide.records import Audience, Detail
from guide.settings import STARTER_CATALOG, Settings
from tests.makers import NOW
from tests.publish.editors import notes_apart, without_notes

ENTRIES = [
    fact for path in sorted((FOLDER / "services").glob("*.yaml")) for fact in yaml.safe_load(path.read_text("utf-8"))
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Detail]:
    """Every entry as the front door gives it to staff, by the source's id."""
    guide = Guide(Settings(data=tmp_path_factory.mktemp("data")), lambda: NOW)
    return {s.original_id: guide.detail(s.id, Audience.STAFF) for s in guide.services()}


def facts(value: Any) -> Iterator[str]:
    """Yield every text, number and date below ``value``."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from facts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from facts(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def test_two_builds_and_the_committed_file_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        build_catalog(read_starter(), tmp_path / name)
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
    assert (tmp_path / "one.db").read_bytes() == STARTER_CATALOG.read_bytes()


def test_the_counts_are_the_sources() -> None:
    source = read_starter()
    assert (len(source.services), len(source.categories), len(source.tags)) == (89, 14, 48)
    assert sum(s.audience is Audience.VISITOR for s in source.services) == 70
    assert len(source.do_not_print) == 10


@pytest.mark.parametrize("entry", ENTRIES, ids=[e["id"] for e in ENTRIES])
def test_every_fact_of_an_entry_is_found_through_the_front_door(
    entry: dict[str, Any], found: dict[str, Detail]
) -> None:
    seen = repr(found[entry["id"]])
    dates = {
        d: f"datetime.date({int(d[:4])}, {int(d[5:7])}, {int(d[8:10])})"
        for d in facts(entry)
        if d[4:5] == "-" == d[7:8] and len(d) == 10
    }
    for fact in facts(entry):
        wanted = dates.get(fact, fact)
        assert wanted in seen or repr(wanted)[1:-1] in seen, fact
    service = found[entry["id"]].service
    assert service.founding is entry["in_seed"]
    assert [p.hidden for p in service.phones] == [
        c.get("hidden", False) for c in entry["contacts"] if c["type"] not in ("chat", "email", "web")
    ]
    assert [e.estimated for e in service.evidence] == [s.get("as_of_estimated", False) for s in entry["sources"]]


def test_the_reader_gives_back_exactly_what_was_built(found: dict[str, Detail]) -> None:
    for service in read_starter().services:
        assert replace(found[service.original_id].service, digest="") == service


def test_meta_categories_tags_and_the_do_not_print_list_are_kept() -> None:
    source = read_starter()
    kept = repr((source.edition, source.categories, source.tags, source.do_not_print))
    for name in ("edition", "categories", "tags", "do-not-print"):
        for fact in facts(yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))):
            if not (fact[4:5] == "-" and len(fact) == 10):
                assert fact in kept or repr(fact)[1:-1] in kept, fact


def test_the_split_files_hold_all_of_the_teams_source(shared: Path) -> None:
    original = yaml.safe_load((shared / "data/starter-catalog.yaml").read_text("utf-8"))
    by_id = {entry["id"]: entry for entry in ENTRIES}
    for entry in original["resources"]:
        ours = by_id[entry["id"]]
        assert without_notes(notes_apart(entry, ours)) == without_notes(ours)
        kept = " ".join(ours.get("staff_notes", "").split())
        assert kept.startswith(" ".join(entry.get("staff_notes", "").split()).rstrip("."))
    for name, key in (("categories", "categories"), ("tags", "tags"), ("do-not-print", "do_not_print")):
        assert yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")) == original[key]
    assert yaml.safe_load((FOLDER / "edition.yaml").read_text("utf-8"))["meta"] == original["meta"]
