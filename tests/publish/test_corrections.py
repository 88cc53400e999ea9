"""Many houses' corrections into one work list: agreement, what is done since, hostile files, a harmless spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.cli.run import main
from guide.correction_file import BASES, FIELDS, KINDS, to_bytes
from guide.publish.corrections import as_csv, work_list
from guide.records.checking import Correction, CorrectionFile
from tests.makers import make_catalog, make_service

SHELTER, CRISIS = make_service("Night Shelter"), make_service("Crisis Line", category="crisis")
SERVICES = {one.id: one for one in (SHELTER, CRISIS)}
OLD = "(555) 010-4410"


def wrong(service: str = SHELTER.id, proposed: str = "(555) 010-7777", **over):  # type: ignore[no-untyped-def]
    return replace(
        Correction("x", service, "Night Shelter", "phone", "wrong", OLD, proposed, "check", "2026-11-20"), **over
    )


def sent(house: str, *corrections: Correction, day: int = 24, publisher: str = "test") -> CorrectionFile:
    return CorrectionFile(publisher, 1, "2026.11", house, date(2026, 11, day), corrections)


def test_two_houses_that_say_the_same_agree_and_one_house_counts_once() -> None:
    (item,) = work_list(
        [sent("a", wrong()), sent("a", wrong(), day=25), sent("b", wrong(checked_on="2026-11-23"))], SERVICES
    )
    assert (item.houses, item.called, item.agree, item.proposed) == (2, 2, True, (("(555) 010-7777", 2),))
    assert (item.first, item.last, item.state, item.source_id) == ("2026-11-20", "2026-11-23", "open", "night-shelter")


def test_two_houses_that_differ_are_both_told_and_do_not_agree() -> None:
    files = [sent("a", wrong()), sent("b", wrong(proposed="(555) 010-8888")), sent("c", wrong())]
    (item,) = work_list(files, SERVICES)
    assert item.proposed == (("(555) 010-7777", 2), ("(555) 010-8888", 1))
    assert not item.agree


def test_a_houses_newest_word_counts_and_a_call_more_than_a_report() -> None:
    report = wrong(basis="report", proposed="", checked_on="2026-12")
    files = [sent("a", wrong(proposed="1"), day=20), sent("a", wrong(proposed="2", checked_on="2026-11-22"), day=22)]
    (item,) = work_list([*files, sent("a", report, day=25)], SERVICES)
    assert item.proposed == (("2", 1),)


def test_what_the_catalog_says_otherwise_by_now_is_done_and_strangers_are_marked() -> None:
    done = wrong(old="(555) 010-0000")
    stranger = wrong(service="nobody")
    items = work_list([sent("a", done, stranger)], SERVICES)
    assert {one.service: one.state for one in items} == {SHELTER.id: "changed since", "nobody": "unknown entry"}
    (other,) = work_list([sent("a", wrong(), publisher="elsewhere")], SERVICES, "test")
    assert other.state == "another publisher"


def test_crisis_lines_come_first_then_numbers_then_what_more_houses_say() -> None:
    hours = wrong(field="hours", kind="changed", old="")
    closed = wrong(field="status", kind="closed", old="active")
    files = [sent("a", hours, closed, wrong(), wrong(service=CRISIS.id)), sent("b", hours)]
    assert [(one.name, one.field) for one in work_list(files, SERVICES)] == [
        ("Crisis Line", "phone"), ("Night Shelter", "phone"), ("Night Shelter", "status"), ("Night Shelter", "hours"),
    ]  # fmt: skip


def test_nothing_in_the_spreadsheet_acts_as_a_formula() -> None:
    nasty = wrong(proposed="=HYPERLINK(1)", note="@SUM(1)", name="-1")
    rows = list(csv.reader(io.StringIO(as_csv(work_list([sent("a", nasty)])))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


ANY = st.builds(
    Correction, st.text(max_size=5), st.sampled_from([SHELTER.id, CRISIS.id, "z"]), st.text(max_size=9),
    st.sampled_from(FIELDS), st.sampled_from(KINDS), st.text(max_size=9), st.text(max_size=9),
    st.sampled_from(BASES), st.sampled_from(["", "2026-11", "2026-11-24"]), st.text(max_size=9),
)  # fmt: skip


@given(st.lists(st.builds(sent, st.sampled_from("abc"), ANY, ANY), max_size=4))
def test_whatever_houses_say_each_thing_stands_once_and_no_house_counts_twice(files: list[CorrectionFile]) -> None:
    items = work_list(files, SERVICES, "test")
    said = {(one.service, one.field, one.kind) for file in files for one in file.corrections}
    assert sorted((one.service, one.field, one.kind) for one in items) == sorted(said)
    assert all(1 <= one.called + 0 <= one.houses <= 3 or one.called == 0 for one in items)
    assert list(csv.reader(io.StringIO(as_csv(items))))


def test_by_the_command_line_with_a_file_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "a.corrections", tmp_path / "b.corrections"
    good.write_bytes(to_bytes(sent("a", wrong())))
    bad.write_bytes(b"{" * 5000)
    catalog = make_catalog(tmp_path / "c.db", [SHELTER, CRISIS])
    out = tmp_path / "work.csv"
    command = ["publish", "corrections", str(good), str(bad), "--catalog", str(catalog), "-o", str(out), "--json"]
    assert main(command) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["houses"], len(told["work"]), told["left_out"][0]["reason"]) == (1, 1, "not JSON")
    assert "Night Shelter" in out.read_text("utf-8-sig")
    assert main(["publish", "corrections", str(bad)]) == 6


def test_a_house_records_a_call_and_writes_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "data"), "--json"]
    assert main(["checks", "due", "--need", "crisis", "--limit", "1", *data]) == 0
    (due,) = json.loads(capsys.readouterr().out)["due"]
    command = ["checks", "record", due["service"], "wrong", "--by", "AB", "--right-number", "555-0100"]
    assert main([*command, *data]) == 0
    capsys.readouterr()
    assert main(["corrections", str(tmp_path), *data]) == 0
    (path,) = json.loads(capsys.readouterr().out)["files"]
    assert json.loads(Path(path).read_text("utf-8"))["corrections"][0]["proposed"] == "555-0100"
