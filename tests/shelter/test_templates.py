"""A house's templates: kept by name, remembered by saved sheets, in every backup, on no discreet sheet."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.errors import LogoError, NotFoundError, UsageError
from guide.house_templates import FOLDER, HouseTemplates, make_anew
from guide.records import Audience, HouseTemplate, SavedNews, SheetOptions
from guide.settings import Settings
from guide.sheets.logo import clean_logo
from tests.makers import NOW, make_catalog, make_phone, make_service
from tests.sheets.reading import text_of

SHELTER = make_service("Night Shelter", phones=(make_phone("(555) 010-4410"),))
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
YOUTH = HouseTemplate("Youth night", "For tonight", "Ask Sam at the desk", LOGO)


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    catalog = make_catalog(tmp_path / "one.db", [SHELTER])
    made = Guide(Settings(data=tmp_path / "data", catalog=catalog, trust=tmp_path / "none"), lambda: NOW)
    made.change_settings(shelter_name="Harbor House", sheet_title="Numbers for you", sheet_footer="Dock Street")
    return made


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00\x00\xff" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_sheet_begins_with_the_template_that_is_named_and_else_with_the_standing_one(guide: Guide) -> None:
    kept = guide.paper.keep_template(YOUTH)
    begin = guide.paper.begin(("en",), "youth  NIGHT")
    assert (begin.title, begin.footer, begin.logo, begin.template) == (
        "For tonight", "Ask Sam at the desk", kept.logo, "Youth night",
    )  # fmt: skip
    assert begin.shelter_name == "Harbor House"
    usual = guide.paper.begin(("en",))
    assert (usual.title, usual.footer, usual.logo, usual.template) == ("Numbers for you", "Dock Street", b"", "")
    with pytest.raises(NotFoundError):
        guide.paper.begin(("en",), "Front desk")


def test_templates_are_kept_changed_and_deleted_by_name_in_any_script(guide: Guide) -> None:
    for name in ("Youth night", "مكتب الاستقبال", "a/../b\x00", "CON"):
        guide.paper.keep_template(replace(YOUTH, name=name))
    guide.paper.keep_template(HouseTemplate("YOUTH night", "Another"))
    kept = guide.paper.templates.all()
    assert [one.name for one in kept] == ["a/../b", "CON", "YOUTH night", "مكتب الاستقبال"]
    assert kept[2] == HouseTemplate("YOUTH night", "Another")
    assert len(list((guide.settings.data / FOLDER).iterdir())) == 4
    guide.paper.templates.remove("مكتب الاستقبال")
    with pytest.raises(NotFoundError):
        guide.paper.templates.remove("مكتب الاستقبال")
    assert len(guide.paper.templates.all()) == 3


def test_what_makes_no_template_is_refused_and_changes_nothing(guide: Guide) -> None:
    guide.paper.keep_template(YOUTH)
    before = guide.paper.templates.all()
    for bad in (HouseTemplate(" \t"), HouseTemplate("n" * 61), replace(YOUTH, logo=b"GIF89a")):
        with pytest.raises((UsageError, LogoError)):
            guide.paper.keep_template(bad)
    assert guide.paper.templates.all() == before


def test_a_saved_sheet_remembers_its_template_and_wears_it_as_it_is_now(guide: Guide) -> None:
    guide.paper.keep_template(YOUTH)
    guide.paper.save("Friday", [SHELTER.id], guide.paper.begin(("en",), "Youth night"))
    guide.paper.keep_template(HouseTemplate("Youth night", "Changed", "Ask Kim"))
    (sheet,) = guide.paper.saved()
    assert (sheet.options.template, sheet.options.footer, sheet.options.logo) == ("Youth night", "Ask Kim", b"")
    assert sheet.options.title == "For tonight", "the title is the sheet's own once it is saved"
    guide.paper.keep_template(HouseTemplate("Late night", "Changed", "Ask Kim"), before="Youth night")
    (sheet,) = guide.paper.saved()
    assert (sheet.options.template, sheet.news) == ("Late night", ()), "a new name goes along"
    assert guide.paper.templates.find("Youth night") is None


def test_a_saved_sheet_whose_template_is_gone_takes_the_standing_one_and_says_so_to_staff(guide: Guide) -> None:
    guide.paper.keep_template(YOUTH)
    guide.paper.save("Friday", [SHELTER.id], guide.paper.begin(("en",), "Youth night"))
    guide.paper.templates.remove("Youth night")
    (sheet,) = guide.paper.saved()
    assert sheet.news == (SavedNews("", "Youth night", "template"),)
    assert (sheet.options.footer, sheet.options.logo, sheet.options.template) == ("Dock Street", b"", "")
    assert sheet.services == (SHELTER.id,)
    guide.change_settings(visitors_open_saved=True)
    (seen,) = guide.paper.saved(Audience.VISITOR)
    assert (seen.news, seen.options.footer) == ((), "Dock Street")


@pytest.mark.parametrize("template", ["", "Youth night"])
def test_a_discreet_sheet_shows_nothing_of_any_template(guide: Guide, template: str) -> None:
    """SAFETY P2."""
    guide.paper.keep_template(YOUTH)
    options = replace(guide.paper.begin(("en",), template), layout="list")
    own = [options.title, options.footer, "Harbor House"]
    open_text = text_of(guide.sheet([SHELTER.id], options, Audience.VISITOR).pdf)
    discreet = text_of(guide.sheet([SHELTER.id], replace(options, discreet=True), Audience.VISITOR).pdf)
    assert all(words in open_text for words in own)
    assert not any(words in discreet for words in own)
    typed = replace(options, discreet=True, title="Monday")
    assert "Monday" in text_of(guide.sheet([SHELTER.id], typed, Audience.VISITOR).pdf), "what a person typed stays"


def test_templates_travel_in_a_backup_and_png_logos_with_them(guide: Guide, tmp_path: Path) -> None:
    guide.paper.keep_template(replace(YOUTH, logo=png()))
    guide.paper.keep_logo(png())
    told = guide.safekeeping.write(tmp_path / "b")
    assert any(part.startswith("templates/") for part in told.parts)
    there = Guide(replace(guide.settings, data=tmp_path / "there"), lambda: NOW)
    there.paper.keep_template(HouseTemplate("Only here"))
    there.safekeeping.restore(tmp_path / "b")
    assert there.paper.templates.all() == guide.paper.templates.all()
    assert there.paper.logo() == guide.paper.logo() != b""
    assert there.sheet([SHELTER.id], there.paper.begin(("en",), "Youth night"), Audience.VISITOR).pages == 1


def test_a_template_from_a_strangers_backup_is_made_harmless(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    evil = LOGO.replace(b"<rect", b'<script>alert(1)</script><image href="file:///etc/passwd"/><rect').decode()
    good = {"name": "Kept", "title": "A\nB\u202e", "footer": "x" * 500, "logo": evil}
    for n, text in enumerate((
        json.dumps(good), json.dumps(good | {"name": "No picture", "logo": "<svg"}), "[" * 100_000, "{}", "\x00",
        json.dumps(good | {"name": 7}), json.dumps(good | {"name": "\ud800"}), "[1]",
    )):  # fmt: skip
        (folder / f"{n}.json").write_text(text)
    make_anew(tmp_path)
    kept, bare = HouseTemplates(Settings(data=tmp_path)).all()
    assert (kept.name, kept.title, len(kept.footer)) == ("Kept", "A B", 160)
    assert b"script" not in kept.logo and b"passwd" not in kept.logo and b"rect" in kept.logo
    assert (bare.name, bare.logo) == ("No picture", b"")
    assert len(list(folder.iterdir())) == 2


def test_a_part_with_another_name_is_no_template_of_a_backup(guide: Guide, tmp_path: Path) -> None:
    guide.paper.keep_template(YOUTH)
    (guide.settings.data / FOLDER / "readme.txt").write_text("no template")
    guide.safekeeping.write(tmp_path / "b")
    with zipfile.ZipFile(tmp_path / "b") as archive:
        names = [one["name"] for one in json.loads(archive.read("backup.json"))["parts"]]
    assert [name for name in names if name.startswith(FOLDER)] == [
        f"{FOLDER}/{path.name}" for path in (guide.settings.data / FOLDER).glob("*.json")
    ]


@pytest.mark.parametrize("picture", [LOGO, png()])
def test_a_logo_that_was_cleaned_stays_what_it_is(picture: bytes) -> None:
    once = clean_logo(picture)
    assert clean_logo(once) == once


def test_options_saved_before_there_were_templates_open_with_the_standing_one(guide: Guide) -> None:
    guide.paper.save("Old", [SHELTER.id], SheetOptions(title="First night"))
    assert guide.paper.saved_as("Old").options.template == ""
    assert guide.paper.saved_as("Old").news == ()
