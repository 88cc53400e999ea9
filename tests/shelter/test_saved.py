"""Saved sheets: kept whole, opened as they were, and told what an update did to their entries."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.errors import LogoError, NotFoundError, UsageError
from guide.records import Audience, SheetOptions
from guide.settings import Settings
from tests.makers import NOW, make_catalog, make_phone, make_service
from tests.sheets.reading import alternatives, text_of

SHELTER = make_service("Night Shelter", phones=(make_phone("(555) 010-4410"),))
LEGAL = make_service("County Legal Aid", category="legal", phones=(make_phone("(555) 010-3300"),))
CLINIC = make_service("Eastside Clinic", phones=(make_phone("(555) 010-6120"),))
CRISIS = make_service("Crisis Line", category="crisis", phones=(make_phone("988"),))
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    catalog = make_catalog(tmp_path / "one.db", [CRISIS, SHELTER, LEGAL, CLINIC])
    return Guide(Settings(data=tmp_path / "data", catalog=catalog, trust=tmp_path / "none"), lambda: NOW)


def updated(guide: Guide, path: Path, *services: object) -> None:
    """Let an update bring another catalog."""
    guide.settings = replace(guide.settings, catalog=make_catalog(path, services))  # type: ignore[arg-type]


def test_a_sheet_is_kept_and_opened_as_it_was(guide: Guide) -> None:
    options = SheetOptions(
        title="First night", languages=("es", "en"), layout="large", paper="a4", qr=False, notes_lines=4
    )
    guide.paper.save("  Intake \t sheet ", [LEGAL.id, SHELTER.id], options)
    (sheet,) = guide.paper.saved()
    assert (sheet.name, sheet.services, sheet.news) == ("Intake sheet", (LEGAL.id, SHELTER.id), ())
    assert sheet.options == options
    assert sheet.saved_on == NOW.date()
    assert guide.paper.saved_as("intake SHEET") == sheet


def test_saving_under_the_same_name_replaces_it_whole(guide: Guide) -> None:
    guide.paper.save("Youth", [LEGAL.id, SHELTER.id], SheetOptions())
    guide.paper.save("Youth", [CLINIC.id], SheetOptions(layout="cards"))
    (sheet,) = guide.paper.saved()
    assert (sheet.services, sheet.options.layout) == ((CLINIC.id,), "cards")
    guide.paper.remove("Youth")
    assert guide.paper.saved() == ()
    with pytest.raises(NotFoundError):
        guide.paper.remove("Youth")
    with pytest.raises(NotFoundError):
        guide.paper.saved_as("Youth")


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_sheet_needs_a_name_one_can_read(guide: Guide, name: str) -> None:
    with pytest.raises(UsageError):
        guide.paper.save(name, [SHELTER.id], SheetOptions())


def test_what_an_update_did_to_its_entries_is_said(guide: Guide, tmp_path: Path) -> None:
    guide.paper.save("All", [SHELTER.id, LEGAL.id, CLINIC.id, CRISIS.id], SheetOptions())
    updated(
        guide, tmp_path / "two.db", CRISIS,
        replace(SHELTER, phones=(make_phone("(555) 010-4499"),)), replace(LEGAL, status="defunct"),
    )  # fmt: skip
    (sheet,) = guide.paper.saved()
    said = {news.name: (news.kind, news.before, news.after) for news in sheet.news}
    assert said == {
        "Night Shelter": ("number", "(555) 010-4410", "(555) 010-4499"),
        "County Legal Aid": ("closed", "", ""),
        "Eastside Clinic": ("gone", "", ""),
    }
    assert sheet.services == (SHELTER.id, LEGAL.id, CRISIS.id)
    guide.paper.save("All", sheet.services, sheet.options)
    assert guide.paper.saved()[0].news == (), "who saves it again has seen it"


def test_what_is_the_houses_own_is_put_in_anew_each_time(guide: Guide) -> None:
    options = SheetOptions(shelter_name="Old name", footer="Old foot", logo=b"<svg/>", staff=True)
    guide.paper.save("Intake", [SHELTER.id], options)
    guide.change_settings(shelter_name="Harbor House", sheet_footer="Ask at the desk", sheet_overdue="leave out")
    guide.paper.keep_logo(LOGO)
    sheet = guide.paper.saved_as("Intake").options
    assert (sheet.shelter_name, sheet.footer, sheet.overdue, sheet.staff) == (
        "Harbor House", "Ask at the desk", "leave out", False,
    )  # fmt: skip
    assert sheet.logo == guide.paper.logo() != b""
    kept = (guide.settings.data / "shelter.db").read_bytes()
    assert b"Old name" not in kept


def test_a_sheet_without_the_houses_name_stays_without_it(guide: Guide) -> None:
    """Somebody took it off for a reason (SAFETY P2)."""
    services = guide.service_ids(Audience.VISITOR)[:1]
    guide.paper.save("Quiet", services, SheetOptions(shelter_name="Harbor House", nameless=True))
    options = replace(
        guide.paper.saved_as("Quiet").options, shelter_name="Harbor House", footer="Dock Street", logo=LOGO
    )
    assert options.nameless
    quiet = guide.sheet(services, options, Audience.VISITOR).pdf
    named = guide.sheet(services, replace(options, nameless=False), Audience.VISITOR).pdf
    for said in ("Harbor House", "Dock Street"):  # where the house is, its line at the foot tells as well
        assert said not in text_of(quiet)
        assert said in text_of(named)
    assert "Harbor House" not in alternatives(quiet)  # what the logo is called
    assert "Harbor House" in alternatives(named)


def test_options_a_later_program_wrote_fall_back_to_what_is_understood(guide: Guide) -> None:
    guide.paper.save("Intake", [SHELTER.id], SheetOptions(layout="large"))
    strange = {"layout": 7, "languages": "en", "qr": "yes", "paper": "a4", "colour": "red"}
    with closing(sqlite3.connect(guide.settings.data / "shelter.db")) as db, db:
        db.execute("UPDATE saved_sheet SET options = ?", (json.dumps(strange),))
    assert guide.paper.saved()[0].options == SheetOptions(paper="a4")


def test_a_sheet_begins_with_the_houses_title_and_logo(guide: Guide) -> None:
    guide.change_settings(sheet_title="Numbers for you", paper="a4")
    begin = guide.paper.begin(("ar",))
    assert (begin.title, begin.paper, begin.languages, begin.logo) == ("Numbers for you", "a4", ("ar",), b"")
    assert guide.paper.keep_logo(LOGO) == guide.paper.begin(("ar",)).logo
    guide.paper.keep_logo(b"")
    assert guide.paper.logo() == b""
    with pytest.raises(LogoError):
        guide.paper.keep_logo(b"GIF89a")


def test_looking_for_saved_sheets_writes_nothing(guide: Guide) -> None:
    """SAFETY N1."""
    assert guide.paper.saved() == ()
    assert not guide.settings.data.exists()
