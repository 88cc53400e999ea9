"""My sheet: the preview follows and never blocks, order by keys and by dragging, layouts, languages, saved sheets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton

from guide.records import LAYOUTS, Audience, HouseTemplate, SheetOptions
from guide.settings import PROGRAM
from tests.makers import make_phone
from tests.publisher import SERVICES, Publisher
from tests.ui.conftest import House
from tests.ui.test_look import cut_off, dressed
from tests.ui.test_visit import button, texts
from ui.pages.sheet_page import SheetPage
from ui.parts.paper_view import FIT_PAGE, FIT_WIDTH, Look
from ui.parts.template_form import TemplateForm


def opened(house: House, entries: int = 3, *, staff: bool = False) -> SheetPage:
    """Go to my sheet with some entries on it."""
    window = house.window
    if staff:
        window.audience = Audience.STAFF
        window._rebuild()
    chosen = [s.id for s in window.guide.services() if s.audience is Audience.VISITOR][:entries]
    window.basket.fill(chosen)
    window.go("sheet")
    page = window.rooms.sheet
    house.wait(lambda: page.paper is not None or not entries)
    assert isinstance(page, SheetPage)
    return page


def again(house: House, page: SheetPage, act: Callable[[], object]) -> str:
    """Do something that changes the sheet, wait for the new one, and return its words."""
    act()
    assert page.paper is None, "what was asked for before is not printed any more"
    house.wait(lambda: page.paper is not None)
    return words(page)


def words(page: SheetPage) -> str:
    assert page.paper is not None
    document = pypdfium2.PdfDocument(page.paper.pdf)
    found = "\n".join(one.get_textpage().get_text_bounded() for one in document)
    document.close()
    return found


# --- preview ------------------------------------------------------------------------------------
def test_every_layout_is_made_and_shown(house: House) -> None:
    page = opened(house)
    for layout in LAYOUTS[1:]:
        tile = page.choices.layouts.tiles[layout.slug]
        again(house, page, tile.click)
        assert page.options().layout == layout.slug
        assert page.view.pages >= 1
        assert page.options().discreet is layout.discreet, "cards that are carried begin discreet (SAFETY P2)"


def test_what_was_chosen_stays_over_another_language_and_text_size_and_is_gone_with_the_visit(house: House) -> None:
    """Discreet wording that went away by itself would print what somebody has to hide (SAFETY P2, Q4)."""
    page = opened(house)
    again(house, page, page.choices.layouts.tiles["columns"].click)
    page.choices.without_name.setChecked(True)
    house.wait(lambda: page.paper is not None)
    again(house, page, page.choices.discreet.click)
    again(house, page, lambda: page.choices.title.setText("For Sunday"))
    for change in (lambda: house.window.choose_language("es"), lambda: house.window.choose_size(150)):
        change()
        after = house.window.rooms.sheet
        house.wait(lambda: house.window.rooms.sheet.paper is not None)
        assert after is not page
        options = after.options()
        assert (options.layout, options.title, options.discreet) == ("columns", "For Sunday", True)
        assert options.languages == ("es",), "a sheet in the window's language follows it"
        assert after.choices.without_name.isChecked()
        again(house, after, after.choices.layouts.tiles["list"].click)
        assert after.options().discreet
        again(house, after, after.choices.layouts.tiles["columns"].click)
    house.window.reset()
    begun = opened(house).options()
    assert (begun.layout, begun.title, begun.discreet, begun.languages) == ("list", "", False, ("en",))


def test_another_edition_is_typeset_anew_before_anything_is_printed(house: House) -> None:
    page = opened(house)
    again(house, page, house.window.catalog_changed)


def test_discreet_wording_that_a_person_set_stays_with_any_layout(house: House) -> None:
    page = opened(house)
    again(house, page, lambda: QTest.mouseClick(page.choices.discreet, Qt.MouseButton.LeftButton, pos=QPoint(9, 14)))
    again(house, page, page.choices.layouts.tiles["large"].click)
    assert page.options().discreet
    assert not page.options().qr


def test_typing_a_title_makes_one_sheet_when_it_rests_and_the_last_one_counts(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(house)
    made: list[str] = []
    sheet = page._asks.sheet

    def counted(ids: Any, options: SheetOptions) -> Any:
        made.append(options.title)
        return sheet(ids, options)

    page._asks = replace(page._asks, sheet=counted)
    page.choices.title.clear()
    QTest.keyClicks(page.choices.title, "For my sister")
    house.wait(lambda: page.paper is not None and "For my sister" in words(page))
    assert made[-1] == "For my sister"
    assert len(made) < 13, "not one for each key"


def test_a_sheet_asked_for_later_is_never_overtaken_by_an_earlier_one(house: House) -> None:
    page = opened(house)
    for title in ("First", "Second", "Third"):
        page.choices.title.setText(title)
        page._typeset()
    house.wait(lambda: page.paper is not None)
    assert "Third" in words(page)


def test_pages_are_turned_by_buttons_and_keys_and_drawn_one_at_a_time(house: House) -> None:
    page = opened(house, 12)
    view = page.view
    assert view.pages > 2
    view.on.click()
    house.wait()
    assert "Page 2 of" in texts(view)
    for key, at in (
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_End, view.pages - 1),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(view._scroll, key)
        assert view.page == at
    house.wait()
    assert not view.back.isEnabled()


def test_the_preview_is_made_larger_by_keys(house: House) -> None:
    view = opened(house).view
    assert view.zoom.currentData() == FIT_PAGE
    QTest.keyClick(view._scroll, Qt.Key.Key_Plus)
    assert view.zoom.currentData() == FIT_WIDTH
    for _ in range(9):
        QTest.keyClick(view._scroll, Qt.Key.Key_Plus)
    assert view.zoom.currentData() == 200
    house.wait()
    QTest.keyClick(view._scroll, Qt.Key.Key_Minus)
    assert view.zoom.currentData() == 150
    house.wait()


def test_how_wide_a_page_is_drawn() -> None:
    letter = (612.0, 792.0)
    assert Look(zoom=100).width(letter) == 816
    assert Look(zoom=200, ratio=2.0).width(letter) == 3264
    assert Look(zoom=FIT_WIDTH, wide=500).width(letter) == 500
    assert Look(zoom=FIT_PAGE, wide=900, high=792).width(letter) == 612
    assert Look(zoom=FIT_PAGE, wide=300, high=900).width(letter) == 300


def test_what_does_not_go_into_a_layout_is_said_and_cannot_be_printed(house: House) -> None:
    page = opened(house, 5)
    page.choices.layouts.tiles["referral"].click()
    house.wait(lambda: "at most 3 entries" in texts(page.view))
    assert not button(house.window.bar, "Print").isEnabled()
    house.window.basket.fill(house.window.basket.ids[:3])
    house.wait(lambda: page.paper is not None)


# --- order --------------------------------------------------------------------------------------
def test_entries_are_moved_and_taken_off_by_keys_and_buttons(house: House) -> None:
    page = opened(house)
    first, second, third = house.window.basket.ids
    lines = page.chosen.list
    lines.setFocus()
    lines.setCurrentRow(0)
    QTest.keyClick(lines, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert house.window.basket.ids == (second, first, third)
    assert lines.currentRow() == 1, "one can go on moving it"
    QTest.keyClick(lines, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert house.window.basket.ids == (second, third, first)
    page.chosen.up.click()
    assert house.window.basket.ids == (second, first, third)
    QTest.keyClick(lines, Qt.Key.Key_Delete)
    house.wait(lambda: page.paper is not None)
    assert house.window.basket.ids == (second, third)
    assert lines.count() == 2


def test_one_entry_more_is_one_sheet_more(house: House) -> None:
    page = opened(house, 2)
    more = next(s.id for s in house.window.guide.services() if s.id not in house.window.basket.ids)
    assert page.chosen.list.count() == 2
    again(house, page, lambda: house.window.basket.toggle(more))
    assert page.chosen.list.count() == 3


# --- words --------------------------------------------------------------------------------------
def test_the_papers_languages_are_not_the_windows(house: House) -> None:
    page = opened(house)
    assert page.choices.language.count() >= 8

    def choose(box: QComboBox, code: str) -> Callable[[], None]:
        return lambda: box.setCurrentIndex(box.findData(code))

    assert "Revisado" in again(house, page, choose(page.choices.language, "es")) or "página" in words(page)
    both = again(house, page, choose(page.choices.second, "ru"))
    assert page.options().languages == ("es", "ru")
    assert any("\u0400" < letter < "\u0500" for letter in both)
    assert house.window._.code == "en"
    again(house, page, choose(page.choices.second, "es"))
    assert page.options().languages == ("es",)


def test_notes_paper_and_groups_reach_the_sheet(house: House) -> None:
    page = opened(house)
    page.choices.notes.setValue(6)
    again(house, page, lambda: page.choices.sheet_size.setCurrentIndex(1))
    again(house, page, lambda: page.choices.grouped.setChecked(True))
    options = page.options()
    assert (options.notes_lines, options.paper, options.by_category) == (6, "a4", True)


# --- saved sheets -------------------------------------------------------------------------------
def saved(house: House, name: str) -> SheetPage:
    page = opened(house, 3, staff=True)
    page.choices.title.setText("First night")
    page.choices.layouts.tiles["large"].click()
    page.saved.name.setText(name)
    button(page.saved, "Save this sheet").click()
    house.wait(lambda: any(sheet.name == name for sheet in page.saved.sheets))
    return page


def choose(house: House, page: SheetPage, name: str) -> None:
    place = page.saved.choice.findData(name)
    page.saved.choice.setCurrentIndex(place)
    page.saved.choice.activated.emit(place)
    house.wait(lambda: page.paper is not None)


def test_staff_save_a_sheet_open_it_again_and_delete_it(house: House) -> None:
    page = saved(house, "Intake")
    ids = house.window.basket.ids
    assert "Saved as Intake" in house.window.over.toast._text.text()
    house.window.basket.fill(ids[:1])
    again(house, page, page.choices.layouts.tiles["list"].click)
    choose(house, page, "Intake")
    assert house.window.basket.ids == ids
    assert (page.options().layout, page.options().title) == ("large", "First night")
    button(page.saved, "Delete").click()
    assert page.saved.sheets, "the first press asks"
    button(page.saved, "Really delete it?").click()
    house.wait(lambda: not page.saved.sheets)
    assert house.window.guide.paper.saved() == ()


def test_visitors_neither_see_nor_save_sheets_unless_staff_allow_it(house: House) -> None:
    """SAFETY N1, N2."""
    saved(house, "Intake")
    house.window.reset()
    page = opened(house, 1)
    house.wait()
    assert not page.saved.isVisible()
    house.window.guide.settings = replace(house.window.guide.settings, visitors_open_saved=True)
    house.window.choose_language("en")
    page = opened(house, 1)
    house.wait(lambda: page.saved.isVisible())
    assert "Sheets that staff made" in texts(page)
    assert not page.saved.name.isVisible()
    assert "Save this sheet" not in [b.text().strip("\u00a0 ") for b in page.findChildren(QPushButton) if b.isVisible()]
    choose(house, page, "Intake")
    assert len(house.window.basket.ids) == 3


def test_a_saved_sheet_says_what_an_update_did_to_it(published: tuple[House, Publisher]) -> None:
    house, publisher = published
    house.window.guide.paper.save("Intake", [s.id for s in SERVICES[:2]], SheetOptions())
    changed = replace(SERVICES[0], phones=(make_phone("(555) 010-9876"),))
    house.window.guide.apply_update(publisher.release(2, (changed,)))
    house.window.other_edition.emit()
    page = opened(house, 1, staff=True)
    house.wait(lambda: bool(page.saved.sheets))
    assert page.saved.choice.itemText(1) == "Intake (2 changes)"
    choose(house, page, "Intake")
    seen = texts(page.saved)
    assert "it is now (555) 010-9876" in seen
    assert f"{SERVICES[1].name.text}: no longer in the guide" in seen
    assert house.window.basket.ids == (SERVICES[0].id,)
    button(page.saved, "Save this sheet").click()
    house.wait(lambda: page.saved.choice.itemText(1) == "Intake")
    assert not page.saved._news.isVisible()


# --- this house's own -----------------------------------------------------------------------------
def test_the_house_sets_title_footer_logo_and_printer(house: House, tmp_path: Path) -> None:
    window = house.window
    window.audience = Audience.STAFF
    window._rebuild("settings")
    form = window.rooms.settings.house
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>')
    form.logo.read(logo)
    assert form.logo.picture.isVisibleTo(form)
    form.title.setText("Numbers for you")
    form.footer.setText("Ask at the front desk")
    form.overdue.setCurrentIndex(1)
    form.offer(())
    button(window.rooms.settings, "Save settings").click()
    house.wait()
    assert window.guide.settings.sheet_overdue == "leave out"
    page = opened(house, 3, staff=True)
    made = words(page)
    assert "Numbers for you" in made
    assert "Ask at the front desk" in made
    again(house, page, lambda: page.choices.discreet.setChecked(True))
    assert "front desk" not in words(page), "discreet sheets never show what is the house's"


def test_a_picture_that_is_none_is_refused_in_words(house: House, tmp_path: Path) -> None:
    house.window.audience = Audience.STAFF
    house.window._rebuild("settings")
    form = house.window.rooms.settings.house
    (tmp_path / "logo.svg").write_text("hello")
    form.logo.read(tmp_path / "logo.svg")
    assert "cannot be used as a logo" in form.logo.said.text()
    assert house.window.guide.paper.logo() == b""
    house.wait()


# --- templates ----------------------------------------------------------------------------------
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def the_form(house: House) -> TemplateForm:
    """Go to the settings as staff; return the form of the templates."""
    house.window.audience = Audience.STAFF
    house.window._rebuild("settings")
    form = house.window.rooms.settings.house.templates
    assert isinstance(form, TemplateForm)
    return form


def test_staff_make_change_and_delete_templates_in_the_settings(house: House, tmp_path: Path) -> None:
    form, kept = the_form(house), house.window.guide.paper.templates
    assert not form.save.isEnabled() and not form.drop.isVisibleTo(form)
    form.name.setText("Youth night")
    form.title.setText("For tonight")
    form.footer.setText("Ask Sam")
    (tmp_path / "logo.svg").write_text(SQUARE)
    form.logo.read(tmp_path / "logo.svg")
    assert kept.all() == (), "nothing is kept before the button"
    button(form, "Save template").click()
    assert [(one.name, one.title, one.footer, bool(one.logo)) for one in kept.all()] == [
        ("Youth night", "For tonight", "Ask Sam", True)
    ]
    assert form.choice.currentText() == "Youth night"
    form.name.setText("Late night")
    form.logo.take_off.click()
    form.save.click()
    assert [(one.name, bool(one.logo)) for one in kept.all()] == [("Late night", False)]
    form.choice.setCurrentIndex(0)
    form.choice.activated.emit(0)
    assert form.name.text() == form.title.text() == ""
    form.name.setText("late NIGHT")
    form.save.click()
    assert "already" in texts(form), "one of the same name is not lost by accident"
    form.choice.setCurrentIndex(1)
    form.choice.activated.emit(1)
    form.drop.click()
    assert len(kept.all()) == 1, "the first press asks"
    form.drop.click()
    assert kept.all() == ()


def test_a_template_that_was_begun_is_kept_with_the_settings(house: House) -> None:
    form = the_form(house)
    form.title.setText("For tonight")
    button(house.window.rooms.settings, "Save settings").click()
    assert "Give the template a name" in texts(form)
    form.name.setText("Youth night")
    button(house.window.rooms.settings, "Save settings").click()
    house.wait()
    assert [one.title for one in house.window.guide.paper.templates.all()] == ["For tonight"]


def test_staff_choose_a_template_on_the_sheet_and_a_saved_sheet_remembers_it(house: House) -> None:
    page = opened(house, 2, staff=True)
    assert not page.choices.template.isVisibleTo(page), "one alone is no choice"
    paper = house.window.guide.paper
    house.window.guide.change_settings(sheet_title="Numbers for you")
    paper.keep_template(HouseTemplate("Youth night", "For tonight", "Ask Sam"))
    house.window._rebuild()
    page = opened(house, 2, staff=True)
    box = page.choices.template
    assert box.isVisibleTo(page) and box.currentText() == "Standard"
    made = again(house, page, lambda: box.setCurrentText("Youth night"))
    assert "For tonight" in made and "Ask Sam" in made
    page.saved.name.setText("Friday")
    button(page.saved, "Save this sheet").click()
    house.wait(lambda: page.saved.choice.findData("Friday") > 0)
    again(house, page, lambda: page.choices.title.setText("My own title"))
    again(house, page, lambda: box.setCurrentText("Standard"))
    assert "My own title" in words(page) and "Ask Sam" not in words(page)
    choose(house, page, "Friday")
    assert box.currentText() == "Youth night" and "Ask Sam" in words(page)
    made = again(house, page, page.choices.discreet.click)
    assert "For tonight" not in made and "Ask Sam" not in made
    assert not box.isEnabled()


def test_visitors_sheets_are_the_houses_usual_ones(house: House) -> None:
    house.window.guide.change_settings(sheet_footer="Dock Street")
    house.window.guide.paper.keep_template(HouseTemplate("Youth night", "For tonight", "Ask Sam"))
    page = opened(house, 2)
    assert not page.choices.template.isVisibleTo(page)
    assert "Dock Street" in words(page) and "Ask Sam" not in words(page)


# --- memory -------------------------------------------------------------------------------------
def test_nothing_of_paper_is_loaded_before_the_first_sheet(tmp_path: Path) -> None:
    """In a process of its own: start, search, settle; then look what is there."""
    script = """
import sys, time
from pathlib import Path
from guide.settings import Settings
from ui.start import open_window

app, window = open_window([], Settings(data=Path(sys.argv[1]), trust=Path(sys.argv[1])))

def rest(until):
    end = time.monotonic() + 50
    while time.monotonic() < end:
        app.processEvents()
        if not window.jobs.busy and until():
            return

rest(lambda: window.rooms.made("results"))
window.bar.typed.emit("shelter")
rest(lambda: window.rooms.results.answer is not None)
assert window.rooms.results.answer.cards
heavy = ("typst", "pypdfium2", "segno", "fontTools", "PySide6.QtPrintSupport", "guide.sheets", "guide.paper",
         "ui.pages.sheet_page", "ui.print_run")
print([name for name in heavy if name in sys.modules])
window.finish()
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, cwd=PROGRAM, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stderr


# --- look ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "percent"), [("en", 100), ("es", 200), ("ar", 100), ("ar", 200)])
@pytest.mark.parametrize("entries", [0, 1, 12])
def test_nothing_is_cut_off_with_few_and_many_entries(house: House, language: str, percent: int, entries: int) -> None:
    """SAFETY A3."""
    dressed(house, (1024, 700), language, percent)
    opened(house, entries)
    house.wait()
    assert cut_off(house.window) == []


def test_everything_on_the_page_can_be_reached_by_tab(house: House) -> None:
    """SAFETY A4."""
    page = opened(house, 3, staff=True)
    reached = set()
    part = page.nextInFocusChain()
    for _ in range(400):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
            reached.add(part)
        part = part.nextInFocusChain()
    choices = page.choices
    for wanted in (
        page.chosen.list, page.chosen.off, *choices.layouts.tiles.values(), choices.title, choices.language, choices.second,
        choices.sheet_size, choices.notes, choices.discreet, choices.qr, choices.grouped, page.view.zoom, page.view._scroll,
        page.saved.choice, page.saved.name, page.saved.keep,
    ):  # fmt: skip
        assert wanted in reached, wanted.accessibleName()


def test_an_entry_that_has_left_the_guide_is_said_and_not_dropped_silently(house: House) -> None:
    page = opened(house)
    again(house, page, lambda: house.window.basket.fill((*house.window.basket.ids, "gone")))
    house.window.show()
    assert "1 entry is no longer in the guide." in texts(page)
