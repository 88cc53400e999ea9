"""An edition that needs a newer program says so kindly, and the older program keeps what it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.least_program import check_program
from guide.errors import ProgramTooOldError, UsageError
from guide.text import Language
from guide.versions import numbers
from tests.makers import make_catalog
from tests.publisher import SERVICES, Publisher, at
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


def test_versions_are_compared_as_numbers_not_as_words() -> None:
    assert numbers("1.10") > numbers("1.9.9") > numbers("1.9") == numbers("1.9.0")
    check_program({"least_program": "1.9"}, "1.10")
    check_program({}, "0.1")
    with pytest.raises(ProgramTooOldError):
        check_program({"least_program": "1.10"}, "1.9")
    for odd in ("", "1.", "v1", "1.0-beta", "١", "1.2.3.4.5"):
        with pytest.raises(ValueError, match="numbers and dots"):
            numbers(odd)


def test_a_publisher_s_slip_is_told_before_anything_is_signed(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    with pytest.raises(UsageError):
        needing(publisher, 2, "next")
