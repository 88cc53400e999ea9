"""``guide own`` and ``guide house`` from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.settings import Settings
from tests.cli.asking import Shelter
from tests.makers import make_catalog

LIST = "name,name_es,organization,category,phone_1,address_1,city,visibility\nOpen Door,Puerta,Parish,housing,617 555 2368,1 Main St,Boston,never\n"


def shelter(folder: Path, capsys: pytest.CaptureFixture[str]) -> Shelter:
    return Shelter(Settings(folder / "data", make_catalog(folder / "c.db"), folder / "no-trust"), capsys)


def test_own_services_come_in_from_a_spreadsheet_are_found_and_go_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = shelter(tmp_path, capsys)
    (tmp_path / "list.csv").write_text(LIST)
    assert house.ask("own", "import", tmp_path / "list.csv", "--dry-run").facts["new"] == 1
    assert house.ask("own", "list").facts == {"own": []}
    assert house.ask("own", "import", tmp_path / "list.csv").facts["new"] == 1
    assert house.ask("own", "import", tmp_path / "list.csv").facts["same"] == 1
    assert [one["name"] for one in house.ask("own", "list").facts["own"]] == ["Open Door"]
    assert house.ask("search", "puerta").facts["count"] == 1
    assert house.ask("own", "export", tmp_path / "out.csv").facts["services"] == 1
    assert "1 Main St" not in (tmp_path / "out.csv").read_text("utf-8-sig")
    house.ask("own", "export", tmp_path / "out.csv", "--with-private")
    assert "1 Main St" in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_another_pc_takes_over_what_this_one_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = shelter(tmp_path / "a", capsys), shelter(tmp_path / "b", capsys)
    (tmp_path / "list.csv").write_text(LIST)
    a.ask("own", "import", tmp_path / "list.csv")
    said = a.ask("house", "export", tmp_path / "stick.house").facts
    assert (said["things"], said["confidential"]) == (1, 1)
    assert "Main St" not in (tmp_path / "stick.house").read_text()
    assert len(b.ask("house", "merge", tmp_path / "stick.house", "--dry-run").facts["changes"]) > 3
    assert b.ask("own", "list").facts == {"own": []}
    b.ask("house", "merge", tmp_path / "stick.house")
    assert b.ask("house", "merge", tmp_path / "stick.house").facts["changes"] == []
    assert b.ask("search", "puerta").facts["count"] == 1
    assert b.ask("house", "conflicts").facts == {"conflicts": []}


def test_a_file_that_is_none_of_ours_is_refused_by_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = shelter(tmp_path, capsys)
    (tmp_path / "x").write_text("nothing")
    merged, taken = house.ask("house", "merge", tmp_path / "x"), house.ask("own", "import", tmp_path / "x")
    assert (merged.code, merged.facts["error"]) == (6, "house-file")
    assert (taken.code, taken.facts["error"]) == (7, "source-data")
