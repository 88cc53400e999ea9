"""A visit at the shared PC: find, call, copy, hide, start over; and nothing left behind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from guide.errors import NoAccessError
from guide.records import Audience
from tests.ui.conftest import House
from ui import style
from ui.dialer import dial
from ui.idle import ANSWER_SECONDS, MOST_EXTENSIONS
from ui.shifts import Shifts
from ui.themes import LIGHT


def texts(widget: QWidget) -> str:
    """Return every text that is seen in ``widget``."""
    seen = [w for w in widget.findChildren(QWidget) if w.isVisibleTo(widget) and isinstance(w, (QLabel, QPushButton))]
    return "\n".join(w.text() for w in seen)  # type: ignore[attr-defined]


def button(widget: QWidget, name: str) -> QPushButton:
    """Return the button a person would call so."""
    return next(b for b in widget.findChildren(QPushButton) if name in (b.accessibleName(), b.text().strip("\u00a0 ")))


def test_the_first_screen_has_three_lines_to_call_and_a_tile_for_each_need(house: House) -> None:
    seen = texts(house.window)
    for number in ("988", "1-888-373-7888", "1-800-799-7233"):
        assert number in seen
    for need in ("Get help now", "A place to stay", "Legal help and rights"):
        assert need in seen
    assert "For staff and allies" not in seen
    assert house.window.focusWidget() is house.window.bar.search


def test_typing_shows_results_with_the_first_one_in_full(house: House) -> None:
    cards = house.type("trafficking")
    assert cards[0].name.text == "National Human Trafficking Hotline"
    house.wait(lambda: house.window.rooms.results.pane.service == cards[0].id)
    seen = texts(house.window.rooms.results.pane)
    assert "1-888-373-7888" in seen
    assert "Nobody has called to check yet" in seen
    assert "Overdue" in seen


def test_a_tile_shows_its_entries_grouped(house: House) -> None:
    house.window.finding.browse("legal")
    house.wait(lambda: bool(house.window.rooms.results.answer))
    headings = house.window.rooms.results.list.cards._headings
    assert next(iter(headings.values())) == "Any hour"
    assert "By phone" in headings.values()


def test_nothing_found_says_what_to_try_and_keeps_lines_to_call(house: House) -> None:
    assert house.type("zzzzqq") == ()
    seen = texts(house.window.rooms.results)
    assert "Try one word" in seen
    assert "988" in seen


def test_arrows_move_space_chooses_and_enter_opens(house: House) -> None:
    cards = house.type("hotline")
    results = house.window.rooms.results
    results.list.setFocus()
    QTest.keyClick(results.list, Qt.Key.Key_Down)
    QTest.keyClick(results.list, Qt.Key.Key_Space)
    assert house.window.basket.ids == (cards[1].id,)
    QTest.keyClick(results.list, Qt.Key.Key_Return)
    house.wait(lambda: results.pane.service == cards[1].id)
    house.wait(
        lambda: results.pane.isAncestorOf(QApplication.focusWidget())
    )  # its first number, not every filter first


def test_enter_presses_the_button_that_has_the_focus(house: House) -> None:
    """SAFETY A4: whoever has no mouse tries Enter first."""
    house.type("211")
    results = house.window.rooms.results
    results.list.setFocus()
    QTest.keyClick(results.list, Qt.Key.Key_Return)
    house.wait(lambda: results.pane.isAncestorOf(QApplication.focusWidget()))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    house.wait(lambda: house.window.rooms.here == "dial")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)  # the way back
    house.wait(lambda: house.window.rooms.here == "results")


def test_whoever_puts_an_entry_on_the_sheet_by_key_stays_where_they_were(house: House) -> None:
    """SAFETY A4: the entry is drawn anew, and the keys must not fall back to the start."""
    house.type("211")
    pane = house.window.rooms.results.pane
    house.wait(lambda: bool(pane.service))
    button(pane, "Add to sheet").setFocus()
    QTest.keyClick(button(pane, "Add to sheet"), Qt.Key.Key_Return)
    house.wait(lambda: "On my sheet" in getattr(QApplication.focusWidget(), "text", str)())


def test_an_entry_without_a_number_says_nothing_of_calling(house: House) -> None:
    cards = house.type("shelter")
    alone = next(card for card in cards if card.phone is None and card.text is None)
    house.window.rooms.results.open(alone.id)
    house.wait(lambda: house.window.rooms.results.pane.service == alone.id)
    seen = texts(house.window.rooms.results.pane)
    assert "Not known." in seen
    assert "Call to ask" not in seen
    assert "The number may have changed" not in seen


def test_copy_puts_only_the_digits_on_the_clipboard_and_says_so(house: House) -> None:
    """SAFETY C1."""
    phone = house.window.home_data().call_now[1].phone
    assert phone is not None
    house.window.copy(phone.copy_text, phone.published)
    data = QApplication.clipboard().mimeData()
    assert data.text() == "18883737888"
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    assert "Copied 1-888-373-7888" in house.window.over.toast._text.text()


def test_a_message_of_failure_has_no_tick_before_it_and_stays_longer(house: House) -> None:
    """SAFETY A6: what went wrong does not look like what went well."""
    shown, stays = [], []
    for act in (lambda: house.window.say("Done."), lambda: house.window.fail(NoAccessError()), house.window.say_bug):
        act()
        toast = house.window.over.toast
        shown.append((toast._good.isVisible(), toast._bad.isVisible()))
        stays.append(toast._timer.interval())
    assert shown == [(True, False), (False, True), (False, True)]
    assert stays[0] < stays[1] == stays[2]


def test_the_clipboard_is_emptied_only_while_it_is_ours(house: House) -> None:
    house.window.copy("988", "988")
    house.window.clipboard.clear()
    assert QApplication.clipboard().text() == ""
    house.window.copy("988", "988")
    QApplication.clipboard().setText("somebody else's")
    house.window.clipboard.clear()
    assert QApplication.clipboard().text() == "somebody else's"


def test_without_a_phone_program_call_shows_the_number_very_large(house: House) -> None:
    """SAFETY C3: with a word on phone bills, and without a promise."""
    card = house.window.home_data().call_now[0]
    assert card.phone is not None
    assert dial(card.phone.dial) is False
    house.window.phones.call(card.phone, card.name.text)
    house.wait(lambda: house.window.rooms.here == "dial")
    seen = texts(house.window.rooms.dial)
    assert "Press 1 for Veterans" in seen
    assert "24 hours a day" in seen
    assert "phone bill" in seen


def test_text_shows_word_and_number_in_steps(house: House) -> None:
    """SAFETY C2: word, number and steps in large type; nothing is sent from here."""
    card = next(c for c in house.type("crisis text") if c.text)
    assert card.text is not None
    house.window.phones.show(card.text, card.name.text)
    house.wait(lambda: house.window.rooms.here == "dial")
    seen = texts(house.window.rooms.dial)
    assert "put 741741" in seen
    assert "Write HOME" in seen


def test_a_visitor_has_no_way_to_a_file_or_to_staff_entries(house: House) -> None:
    house.window.go("sheet")
    assert not house.window.rooms._save.isVisibleTo(house.window)
    assert "updates" not in house.window.rooms.keys
    assert not any(card.staff_only for card in house.type("toolkit survivor"))


def test_staff_see_staff_entries_and_a_reset_locks_again(house: House) -> None:
    house.window.guide.staff.choose("a long passphrase")
    house.window.unlocked()
    house.wait()
    assert house.window.audience is Audience.STAFF
    assert house.type("toolkit")[0].staff_only
    house.window.reset()
    assert house.window.audience is Audience.VISITOR
    assert not any(card.staff_only for card in house.type("toolkit survivor"))


def test_a_wrong_passphrase_stays_outside(house: House) -> None:
    house.window.guide.staff.choose("a long passphrase")
    house.window.go("unlock")
    house.wait()
    page = house.window.rooms.unlock
    page.first.setText("something else")
    page.first.returnPressed.emit()
    house.wait(lambda: "not right" in texts(page))
    assert house.window.audience is Audience.VISITOR


# --- hide now -----------------------------------------------------------------------------------
def visit(house: House) -> None:
    """Leave traces everywhere a visit can."""
    cards = house.type("shelter")
    house.window.basket.toggle(cards[0].id)
    house.window.choose_language("es")
    house.window.choose_size(125)
    house.window.choose_theme("dark")
    house.window.copy("988", "988")
    house.wait()


def untouched(house: House) -> bool:
    """Say whether the window is as at its start."""
    window = house.window
    return (
        window.bar.search.text() == ""
        and window.basket.ids == ()
        and window._.code == "en"
        and window.looks.percent == 100
        and style.now() is LIGHT
        and QApplication.clipboard().text() == ""
        and window.rooms.here == "home"
        and window.rooms.results.answer is None
    )


def test_hide_now_covers_at_once_and_puts_the_visit_away(house: House) -> None:
    """SAFETY Q4, Q5: covered before anything else happens, the title neutral, back at the start."""
    visit(house)
    house.window.hide_now()
    assert house.window.cover.covers
    assert house.window.windowTitle() == "Clock"
    assert house.window.cover.geometry() == house.window.rect()
    house.wait(lambda: untouched(house))
    house.window.cover.uncover()
    assert untouched(house)
    assert house.window.windowTitle() == "Resource Guide"


@pytest.mark.parametrize("page", ["home", "results", "dial", "sheet", "unlock", "updates", "settings"])
@pytest.mark.parametrize("percent", [100, 200])
def test_hide_now_is_in_one_place_on_every_page(house: House, page: str, percent: int) -> None:
    """SAFETY Q1, A5: same corner, never covered, 44 px, at 200 % too."""
    window = house.window
    window.audience = Audience.STAFF
    window.looks.percent = percent
    window._rebuild()
    window.go(page)
    house.wait()
    button = window.bar.hide_button
    place = button.mapTo(window, button.rect().topRight())
    assert window.width() - place.x() < 40
    assert place.y() < 40
    assert button.height() >= 44
    assert window.childAt(button.mapTo(window, button.rect().center())) is button


def test_hide_now_is_first_in_the_order_of_tabs(house: House) -> None:
    assert house.window.bar.hide_button.nextInFocusChain() is house.window.bar.search


def test_hide_now_works_while_a_dialog_is_open(house: House) -> None:
    dialog = QDialog(house.window)
    dialog.open()
    house.window.hide_now()
    assert not dialog.isVisible()
    assert house.window.cover.covers
    house.wait()


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(("last", "hides"), [(4.9, True), (5.1, False)])
def test_three_shifts_within_five_seconds_hide(house: House, last: float, *, hides: bool) -> None:
    """SAFETY Q2."""
    clock = Seconds()
    shifts = Shifts(clock)
    seen: list[bool] = []
    shifts.enough.connect(lambda: seen.append(True))
    handle = house.window.windowHandle()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(shifts)
    for clock.now in (0.0, 1.0, last):
        QTest.keyClick(handle, Qt.Key.Key_Shift)
    app.removeEventFilter(shifts)
    assert bool(seen) is hides


def test_another_key_between_begins_the_count_anew(house: House) -> None:
    handle = house.window.windowHandle()
    for key in (Qt.Key.Key_Shift, Qt.Key.Key_Shift, Qt.Key.Key_A, Qt.Key.Key_Shift):
        QTest.keyClick(handle, key)
    assert not house.window.cover.covers


def test_a_capital_letter_and_shift_tab_say_nothing_of_hiding(house: House) -> None:
    """SAFETY Q2: a cue for each capital letter would be noise, and tell who looks over a shoulder."""
    handle = house.window.windowHandle()
    for key in (Qt.Key.Key_A, Qt.Key.Key_Backtab):
        QTest.keyPress(handle, Qt.Key.Key_Shift)
        QTest.keyClick(handle, key, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyRelease(handle, Qt.Key.Key_Shift)
    assert "Shift" not in house.window.over.toast._text.text()


def test_three_shifts_hide_the_real_window(house: House) -> None:
    for _ in range(3):
        QTest.keyClick(house.window.windowHandle(), Qt.Key.Key_Shift)
    assert house.window.cover.covers
    house.wait()


def test_start_over_is_always_there_and_puts_everything_away(house: House) -> None:
    """SAFETY I2."""
    visit(house)
    button(house.window.sidebar, "Empezar de nuevo").click()
    assert untouched(house)


def test_nobody_there_is_asked_ten_times_and_then_starts_over(house: House) -> None:
    """SAFETY I1."""
    assert ANSWER_SECONDS >= 20
    idle = house.window.idle
    idle.ask()
    assert idle._dialog is None, "there is nothing to put away at the start"
    house.type("shelter")
    for _ in range(MOST_EXTENSIONS):
        idle.ask()
        assert idle._dialog is not None
        button(idle._dialog, "I need more time").click()
    idle.ask()
    assert untouched(house)


def test_a_visit_leaves_no_file_that_tells_of_it(house: House, tmp_path: Path) -> None:
    """SAFETY N1, N2: the whole data folder holds neither what was typed nor the entry that was opened."""
    house.type("stalking")
    house.window.copy("18007997233", "1-800-799-7233")
    house.window.reset()
    house.wait()
    for path in (tmp_path / "data").rglob("*"):
        if path.is_file() and not path.name.startswith("index-"):
            assert b"stalking" not in path.read_bytes(), path.name
    names = {p.name.split("-")[0].split(".")[0] for p in (tmp_path / "data").rglob("*") if p.is_file()}
    assert names <= {"index", "shelter", "current", "lock", "program"}, names  # program: the version that wrote here
    assert timedelta


@pytest.mark.parametrize("language", ["es", "ar"])
def test_another_language_is_spoken_everywhere_and_mirrored_where_it_should(house: House, language: str) -> None:
    house.window.choose_language(language)
    house.wait()
    right_to_left = house.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert right_to_left is (language == "ar")
    assert "Browse by need" not in texts(house.window)
