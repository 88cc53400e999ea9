"""guide sheet in a shelter's scripts: what can be put on paper, where it goes, and how a failure ends."""

from __future__ import annotations

import io
import os
from pathlib import Path
from threading import Thread

import pypdfium2
import pytest

from guide.records import Audience, HouseTemplate, SheetOptions
from guide.settings import Settings
from tests.cli.asking import Shelter
from tests.makers import make_catalog, make_phone, make_service

SHELTER = make_service("Night Shelter", phones=(make_phone("(555) 010-4410"),))
LEGAL = make_service("County Legal Aid", category="legal", phones=(make_phone("(555) 010-3300"),), also_in=("safety",))
STAFF = make_service("Training Desk", audience=Audience.STAFF, category="staff-training")


@pytest.fixture
def house(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shelter:
    catalog = make_catalog(tmp_path / "catalog.db", [SHELTER, LEGAL, STAFF], call_now=())
    return Shelter(Settings(data=tmp_path / "data", catalog=catalog, trust=tmp_path / "none"), capsys)


def text(pdf: Path | bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return found


def spooler(folder: Path, monkeypatch: pytest.MonkeyPatch, lp: str = "") -> None:
    """Put real scripts in the place of CUPS's programs: the border to the spooler."""
    bodies = {
        "lp": lp or f'printf "%s " "$@" > {folder}/said\ncat > {folder}/got\necho "request id is desk-4 (1 file(s))"',
        "lpstat": "printf 'printer desk is idle.  enabled\\nsystem default destination: desk\\n'",
    }
    for name, body in bodies.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_a_need_and_the_whole_guide_go_on_paper_without_what_is_for_staff(house: Shelter, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert house.ask("sheet", "--category", "safety", "-o", out).code == 0
    assert "County Legal Aid" in text(out)
    assert "Night Shelter" not in text(out)
    assert house.ask("sheet", "--all", "-o", out).code == 0
    assert "Night Shelter" in text(out)
    assert "Training Desk" not in text(out)
    assert house.ask("sheet", "--all", "--audience", "staff", "-o", out).code == 0
    assert "Training Desk" in text(out)


def test_a_saved_sheet_is_made_as_staff_left_it_unless_something_else_is_asked(house: Shelter, tmp_path: Path) -> None:
    house_paper = guide_of(house).paper
    house_paper.save("Intake", [LEGAL.id], SheetOptions(title="First night", languages=("es",)))
    out = tmp_path / "out.pdf"
    assert house.ask("sheet", "--saved", "intake", "-o", out).code == 0
    assert "First night" in text(out)
    assert "Llamar" in text(out) or "Revisado" in text(out)
    assert house.ask("sheet", "--saved", "Intake", "--title", "Later", "--language", "en", "-o", out).code == 0
    assert "Later" in text(out)
    assert "First night" not in text(out)


def test_a_sheet_wears_the_template_that_is_named_over_that_of_a_saved_one(house: Shelter, tmp_path: Path) -> None:
    paper = guide_of(house).paper
    for name in ("Youth night", "Front desk"):
        paper.keep_template(HouseTemplate(name, f"{name} numbers", f"Ask at {name}"))
    out = tmp_path / "out.pdf"
    assert house.ask("sheet", "--all", "--template", "youth night", "-o", out).code == 0
    assert "Youth night numbers" in text(out) and "Ask at Youth night" in text(out)
    paper.save("Intake", [LEGAL.id], paper.begin(("en",), "Youth night"))
    assert house.ask("sheet", "--saved", "Intake", "--template", "Front desk", "-o", out).code == 0
    assert "Ask at Front desk" in text(out) and "Youth night" not in text(out)
    assert house.ask("sheet", "--saved", "Intake", "--template", "", "-o", out).code == 0
    assert "Ask at" not in text(out)
    gone = house.ask("sheet", "--all", "--template", "Gone", "-o", tmp_path / "none.pdf")
    assert gone.code != 0 and not (tmp_path / "none.pdf").exists()
    paper.templates.remove("Youth night")
    told = house.ask("sheet", "--saved", "Intake", "-o", out)
    assert [(news["kind"], news["name"]) for news in told.facts["news"]] == [("template", "Youth night")]


def test_what_changed_since_it_was_saved_is_said(house: Shelter, tmp_path: Path) -> None:
    guide_of(house).paper.save("Intake", [LEGAL.id, SHELTER.id], SheetOptions())
    other = make_catalog(tmp_path / "two.db", [make_service("Night Shelter", phones=(make_phone("(555) 010-9999"),))])
    house.settings = Settings(data=house.settings.data, catalog=other, trust=tmp_path / "none")
    said = house.ask("sheet", "--saved", "Intake", "-o", tmp_path / "out.pdf")
    assert [(news["kind"], news["name"]) for news in said.facts["news"]] == [
        ("gone", "County Legal Aid"), ("number", "Night Shelter"),
    ]  # fmt: skip
    plain = house.ask("sheet", "--saved", "Intake", "-o", tmp_path / "out.pdf", json=False).out
    assert "since it was saved: Night Shelter: number was (555) 010-4410, is now (555) 010-9999" in plain


def test_languages_are_said_one_by_one_or_together(house: Shelter, tmp_path: Path) -> None:
    for words in (["--language", "en", "--language", "es"], ["--language", "en,es"]):
        assert house.ask("sheet", "--all", *words, "-o", tmp_path / "out.pdf").code == 0
        assert "Revisado" in text(tmp_path / "out.pdf")


def test_it_goes_to_standard_output_for_a_pipe(house: Shelter, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr("sys.stdout", pipe)
    from guide.cli import main

    assert main(["sheet", "--all", "-o", "-"], house=lambda _: house.settings, clock=house.clock) == 0
    pipe.flush()
    made = pipe.buffer.getvalue()  # type: ignore[attr-defined]
    assert made.startswith(b"%PDF")
    assert made.rstrip().endswith(b"%%EOF"), "nothing but the PDF"


def test_it_is_printed_by_name_by_the_houses_choice_or_by_default(
    house: Shelter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SAFETY P4: and nothing is written here when nothing is asked for."""
    spooler(tmp_path, monkeypatch)
    said = house.ask("sheet", "--all", "--print", "desk", "--copies", "20", "--paper", "a4")
    assert (said.code, said.facts["job"], said.facts["file"]) == (0, "desk-4", None)
    assert (tmp_path / "got").read_bytes().startswith(b"%PDF")
    assert "-d desk -n 20 -t Document -o media=A4" in (tmp_path / "said").read_text()
    assert house.ask("sheet", "--all", "--print").code == 0
    house.settings = Settings(
        data=house.settings.data, catalog=house.settings.catalog, trust=tmp_path / "none", printer="cellar"
    )
    said = house.ask("sheet", "--all", "--print")
    assert (said.code, said.facts["error"], said.facts["reason"]) == (8, "printer", "gone")


def test_a_printer_that_refuses_ends_with_this_computers_code(
    house: Shelter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler(tmp_path, monkeypatch, "echo no >&2; exit 1")
    said = house.ask("sheet", "--all", "--print", "-o", tmp_path / "out.pdf")
    assert (said.code, said.facts["error"]) == (8, "printer")
    assert (tmp_path / "out.pdf").exists(), "the file was asked for too, and is there"


@pytest.mark.parametrize(
    "words",
    [
        ["--all"],
        ["--all", "--category", "legal", "-o", "x.pdf"],
        ["-o", "x.pdf"],
        ["--category", "no-such", "-o", "x.pdf"],
        ["--saved", "Nobody", "-o", "x.pdf"],
        ["--all", "-o", "-"],
        ["--all", "--copies", "0", "--print", "desk"],
        ["--all", "--language", "tlh", "-o", "x.pdf"],
        ["--all", "--notes", "99", "-o", "x.pdf"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused(
    house: Shelter, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert house.ask("sheet", *words).code == 2
    assert not (tmp_path / "x.pdf").exists()


def guide_of(house: Shelter):  # type: ignore[no-untyped-def]
    from guide.app import Guide

    return Guide(house.settings, house.clock)


@pytest.mark.parametrize("layout", ["pocket", "cards"])
def test_what_is_carried_hidden_begins_discreet_unless_told_otherwise(
    house: Shelter, tmp_path: Path, layout: str
) -> None:  # SAFETY P2
    chosen = ("sheet", "--services", SHELTER.id, "--layout", layout, "-o", str(tmp_path / "out.pdf"))
    house.ask(*chosen)
    assert "010-4410" in text(tmp_path / "out.pdf")
    assert "Night Shelter" not in text(tmp_path / "out.pdf")
    house.ask(*chosen, "--no-discreet")
    assert "Night Shelter" in text(tmp_path / "out.pdf")


def test_a_device_is_written_into_and_never_replaced(house: Shelter, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    house.ask("sheet", "--services", LEGAL.id, "-o", str(pipe))
    reader.join(20)
    assert got[0].startswith(b"%PDF-")
    assert pipe.is_fifo()


def test_what_every_command_takes_may_stand_before_it_too(house: Shelter, tmp_path: Path) -> None:
    said = house.ask("--data", tmp_path / "before", "--json", "status", json=False)
    assert said.facts["data_folder"] == str(tmp_path / "before")
    said = house.ask("--data", tmp_path / "before", "status", "--data", tmp_path / "after")
    assert said.facts["data_folder"] == str(tmp_path / "after")
