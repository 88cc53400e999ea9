"""Several publishers from the command line: added by their six words, put in order, removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bundles.test_publishers import COUNTY, words
from tests.cli.asking import Shelter
from tests.publisher import Publisher, at


@pytest.fixture
def county(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "county", "Metro County")


@pytest.fixture
def shelter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shelter:
    return Shelter(Publisher(tmp_path / "state").settings, capsys, at(1))


def test_a_publisher_comes_counts_first_goes_back_and_goes(shelter: Shelter, county: Publisher, tmp_path: Path) -> None:
    said = shelter.ask("keys", "root", county.keys, "-o", tmp_path / "root.json")
    assert " ".join(said.facts["fingerprint"]) == words(county)
    bundle = county.release(2, COUNTY)
    assert shelter.ask("import", bundle, "--yes").facts["error"] == "unknown-publisher"
    wrong = shelter.ask("publishers", "add", tmp_path / "root.json", "--fingerprint", "one two three four five six")
    assert (wrong.code, wrong.facts["error"]) == (3, "wrong-words")
    assert shelter.ask("publishers", "add", bundle).code == 2  # nobody is here to say the words
    added = shelter.ask("publishers", "add", tmp_path / "root.json", "--fingerprint", words(county), "--name", "Metro")
    assert (added.code, added.facts["name"], added.facts["edition"]) == (0, "Metro", None)
    assert shelter.ask("import", bundle, "--yes").facts["publisher_name"] == "Metro County"
    status = shelter.ask("status").facts
    assert (status["publisher_name"], [p["name"] for p in status["publishers"]]) == ("State Coalition", ["Metro"])
    assert "Also       Metro: 2026.02, 2 entries" in shelter.ask("status", json=False).out
    assert shelter.ask("search", "metro", "legal").facts["hits"][0]["id"].endswith(f"@{added.facts['key']}")
    ordered = shelter.ask("publishers", "order", "metro", "first").facts["publishers"]
    assert [one["key"] for one in ordered] == [added.facts["key"], "first"]
    shelter.ask("import", county.release(3, COUNTY[:1], day=0.5), "--yes")
    assert shelter.ask("rollback", "--publisher", "Metro").facts["edition"] == 2
    (tmp_path / "stick").mkdir()
    assert shelter.ask("pass-on", tmp_path / "stick", "--publisher", "metro").facts["edition"] == 2
    assert "no two publishers" in shelter.ask("publishers", "conflicts", json=False).out.casefold()
    assert shelter.ask("doctor").code == 0
    gone = shelter.ask("publishers", "remove", "metro")
    assert (gone.code, gone.facts["services"]) == (0, 2)
    assert shelter.ask("publishers", "list", json=False).out.count("key words") == 1
    assert shelter.ask("publishers", "remove", "first").facts["error"] == "first-publisher"
    assert shelter.ask("publishers", "remove", "metro").facts["error"] == "not-found"
