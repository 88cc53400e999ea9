"""An edition that needs a newer program says so kindly, and the older program keeps what it has."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.least_program import check_program
from guide.catalog.fitness import check_fitness
from guide.catalog.kind import SCHEMA, SINCE
from guide.errors import ProgramTooOldError, UnfitCatalogError, UsageError
from guide.publish import preparing
from guide.text import Language
from guide.versions import numbers
from tests.makers import make_catalog
from tests.publisher import SERVICES, Publisher, at, members
from ui.messages import sentence


def needing(publisher: Publisher, number: int, least: str) -> Path:
    """Return a bundle whose edition asks for the program ``least``."""
    catalog = make_catalog(publisher.folder / f"{number}.db", SERVICES[1:], number=number, name=f"2026.{number:02}")
    return Path(publisher.published(catalog, f"{number}.guide", least_program=least).path)  # type: ignore[arg-type]


def test_an_older_program_says_what_is_needed_and_keeps_its_edition(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    bundle = needing(publisher, 2, "99.1")
    guide = Guide(publisher.settings, at(1))
    for act in (guide.verify, guide.preview, guide.apply_update):
        with pytest.raises(ProgramTooOldError) as told:
            act(bundle)
        assert told.value.facts["needs"] == "99.1"
    what, advice = sentence(told.value, Language("en"))
    assert "stays as it is" in what and "99.1" in advice
    assert guide.status().edition.number == 1
    assert guide.apply_update(publisher.release(3)).edition == 3, "and takes the next one that it can use"


def test_a_program_that_is_new_enough_takes_it(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    assert Guide(publisher.settings, at(1)).apply_update(needing(publisher, 2, "0.0.1")).edition == 2


def test_an_edition_of_a_newer_schema_is_told_apart_from_one_of_an_older(tmp_path: Path) -> None:
    """Schema n+1 and n-1, signed as another version of the program would; the signed words say it before any data does."""
    publisher = Publisher(tmp_path)
    guide = Guide(publisher.settings, at(1))
    for number, schema, kind, said in ((2, SCHEMA + 1, ProgramTooOldError, "needs a newer version"),
                                       (3, SCHEMA - 1, UnfitCatalogError, "for an older version")):  # fmt: skip
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(
                preparing, "check_fitness", lambda path, schema=schema: replace(check_fitness(path), schema=schema)
            )
            bundle = publisher.release(number)
        for act in (guide.verify, guide.preview, guide.apply_update):
            with pytest.raises(UnfitCatalogError) as told:
                act(bundle)
            assert type(told.value) is kind
        what, advice = sentence(told.value, Language("en"))
        assert said in what and "stays as it is" in what and "…" not in advice
        assert guide.status().edition.number == 1
    assert guide.apply_update(publisher.release(4)).edition == 4


def test_every_signed_edition_says_what_it_needs_at_least(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    targets = next(data for name, data in members(publisher.release(2)).items() if name.endswith(".targets.json"))
    custom = json.loads(targets)["signed"]["targets"]["catalog.db.zst"]["custom"]
    assert (custom["least_program"], custom["schema"]) == (SINCE, SCHEMA)


def test_versions_are_compared_as_numbers_not_as_words() -> None:
    assert numbers("1.10") > numbers("1.9.9") > numbers("1.9") == numbers("1.9.0")
    check_program({"least_program": "1.9"}, "1.10")
    check_program({}, "0.1")
    with pytest.raises(ProgramTooOldError):
        check_program({"least_program": "1.10"}, "1.9")
    with pytest.raises(TypeError):
        check_program({"schema": "2"})
    for odd in ("", "1.", "v1", "1.0-beta", "١", "1.2.3.4.5"):
        with pytest.raises(ValueError, match="numbers and dots"):
            numbers(odd)


def test_a_publisher_s_slip_is_told_before_anything_is_signed(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    with pytest.raises(UsageError):
        needing(publisher, 2, "next")
