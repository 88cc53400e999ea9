"""Packages and our own folders joined into one catalog, with a report that hides nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guide.catalog.fitness import check_fitness
from guide.catalog.home import read_home
from guide.catalog.reader import Catalog
from guide.errors import NoAccessError, SourceDataError
from guide.publish.from_sources import EditionWishes, build_from_sources, read_sources
from guide.publish.ids import stable_id
from guide.publish.starter import FOLDER, read_starter
from guide.records import Audience
from tests.makers import NOW, TODAY
from tests.publish.readers.sources import package

ODD = "id,organization_id,name,description,status\n10,1,Food Pantry,Groceries,\n11,1,Zither Society,Evenings,\n"


def test_what_fits_nowhere_lands_under_other_and_is_never_lost(tmp_path: Path) -> None:
    source, _ = read_sources([package(tmp_path / "p", services=ODD)], TODAY)
    categories = {s.name.text: s.category for s in source.services}
    assert categories["Zither Society"] == "other"
    assert source.categories[-1].slug == "other"
    assert source.categories[-1].label.has("es")


def test_without_need_of_it_there_is_no_other(tmp_path: Path) -> None:
    source, _ = read_sources([package(tmp_path / "p")], TODAY)
    assert "other" not in {c.slug for c in source.categories}


def test_a_catalog_of_packages_alone_still_has_numbers_to_call_at_once(tmp_path: Path) -> None:
    out = tmp_path / "c.db"
    built = build_from_sources([package(tmp_path / "p")], out, TODAY)
    home = read_home(out, Audience.VISITOR, NOW)
    assert [card.name.text for card in home.call_now] == built.report["call_now_added"]
    assert len(home.call_now) == len(read_starter().edition.call_now)
    assert built.report["services"] == check_fitness(out).services == 1 + len(home.call_now)


def test_our_own_folder_alone_is_built_as_it_is(tmp_path: Path) -> None:
    built = build_from_sources([FOLDER], tmp_path / "c.db", TODAY)
    assert built.edition.number == 1
    assert built.report["call_now_added"] == []
    assert (tmp_path / "c.db").read_bytes() == (FOLDER.parents[1] / "resources.db").read_bytes()


def test_a_folder_and_a_package_are_joined(tmp_path: Path) -> None:
    out = tmp_path / "c.db"
    built = build_from_sources([FOLDER, package(tmp_path / "p")], out, TODAY)
    assert built.report["services"] == len(read_starter().services) + 1
    assert [s["services"] for s in built.report["sources"]] == [len(read_starter().services), 1]
    with Catalog(out) as catalog:
        assert len(catalog.do_not_print()) == len(read_starter().do_not_print)


def test_two_builds_of_one_source_are_the_same_bytes(tmp_path: Path) -> None:
    source = package(tmp_path / "p", services=ODD)
    for name in ("a.db", "b.db"):
        build_from_sources([source], tmp_path / name, TODAY)
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_the_publishers_words_for_the_edition_go_first(tmp_path: Path) -> None:
    wishes = EditionWishes(7, "2026.7", "Valley services", "valley", "Valley Coalition", "America/Denver", TODAY)
    source, _ = read_sources([package(tmp_path / "p")], TODAY, wishes=wishes)
    edition = source.edition
    assert (edition.number, edition.name, edition.title.text) == (7, "2026.7", "Valley services")
    assert (edition.publisher, edition.publisher_name, edition.timezone) == (
        "valley",
        "Valley Coalition",
        "America/Denver",
    )
    assert edition.data_date == TODAY
    assert source.services[0].id == stable_id("valley", "service", "10")


def test_without_words_the_edition_is_numbered_by_its_day(tmp_path: Path) -> None:
    source, _ = read_sources([package(tmp_path / "p")], TODAY)
    assert (source.edition.number, source.edition.name) == (20261124, "2026.11.24")


def test_a_source_without_dates_is_not_called_fresh(tmp_path: Path) -> None:
    source, _ = read_sources([package(tmp_path / "p")], TODAY)
    assert source.edition.data_date is None


def test_a_map_that_comes_with_the_program_is_known_by_name(tmp_path: Path) -> None:
    linked = "id,service_id,taxonomy_id\n1,11,BD-1800\n"
    terms = "id,name\nBD-1800,Anything\n"
    folder = package(tmp_path / "p", services=ODD, services_taxonomy=linked, taxonomy=terms)
    source, _ = read_sources([folder], TODAY, mapping=Path("two-letter-codes"))
    assert {s.name.text: s.category for s in source.services}["Zither Society"] == "food"


@pytest.mark.parametrize("name", ["gone.zip", "gone-folder"])
def test_a_source_that_is_not_there_is_said_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceDataError) as caught:
        build_from_sources([FOLDER, tmp_path / name], tmp_path / "c.db", TODAY)
    assert name in str(caught.value.facts["source"])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_ours_with_a_fault_names_the_file(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "own")
    (folder / "services" / "01-crisis.yaml").write_text("- id: x\n", "utf-8")
    with pytest.raises(SourceDataError) as caught:
        build_from_sources([folder], tmp_path / "c.db", TODAY)
    assert caught.value.facts["file"] == "01-crisis.yaml"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "c.db.new").mkdir()
    (tmp_path / "c.db.new" / "x").touch()
    with pytest.raises((NoAccessError, OSError)):
        build_from_sources([FOLDER], tmp_path / "c.db", TODAY)
    assert not (tmp_path / "c.db").exists()


def test_a_package_whose_keys_lead_nowhere_is_refused(shared: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceDataError):
        build_from_sources([shared / "data" / "hsds" / "dc_orservices_hsds2"], tmp_path / "c.db", TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_real_package_of_four_thousand_services_is_built_whole(shared: Path, tmp_path: Path) -> None:
    (source,) = (shared / "data" / "hsds" / "miami211_2019").glob("*.zip")
    built = build_from_sources([source], tmp_path / "c.db", TODAY, mapping=Path("two-letter-codes"))
    assert built.report["sources"][0]["services"] == 4089
    assert check_fitness(tmp_path / "c.db").services == 4089 + 3
    rules = {found["rule"] for found in built.report["sources"][0]["findings"]}
    assert {"no need known: put under Other", "organization_id leads nowhere"} <= rules
