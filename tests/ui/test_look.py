"""Every page in every language and text size: nothing cut off, nothing turned around, nothing in the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from guide.text import Language
from tests.ui.conftest import House
from tests.ui.test_visit import texts
from ui import icons, style
from ui.parts.big_number import BigNumber
from ui.parts.card_list import CardList
from ui.parts.controls import button, label
from ui.parts.phrases import apart
from ui.parts.sidebar import folded


def cut_off(window: QWidget) -> list[str]:
    """Return what does not fit in its place: labels, buttons, and pages wider than their view."""
    for _ in range(3):  # a layout asks the one around it for room in an event of its own
        QApplication.processEvents()
    found = []
    for part in window.findChildren(QWidget):
        if not part.isVisible() or part.width() < 3:
            continue
        if isinstance(part, QLabel) and part.text() and part.wordWrap():
            if part.height() < part.heightForWidth(part.width()) - 1:
                found.append(f"too low: {part.text()}")
        elif isinstance(part, (QLabel, QPushButton)) and part.width() < part.minimumSizeHint().width() - 1:
            found.append(f"too narrow: {part.text()}")
        if isinstance(part, QAbstractScrollArea) and part.horizontalScrollBar().maximum() > 0:
            found.append(f"scrolls sideways: {part.accessibleName() or type(part).__name__}")
        left = part.mapTo(window, part.rect().topLeft()).x()
        if left < -1 or left + part.width() > window.width() + 1:
            found.append(f"outside: {type(part).__name__}")
    return found


def dressed(house: House, size: tuple[int, int], language: str, percent: int) -> None:
    """Let the window speak ``language`` in ``percent`` of text."""
    house.window.resize(*size)
    house.window.looks.percent = percent
    house.window.choose_language(language)
    house.wait()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("size", [(1280, 800), (1024, 700)])
def test_nothing_is_cut_off(house: House, size: tuple[int, int], language: str, percent: int) -> None:
    """SAFETY A5: everything reflows at 200 %, and only up and down is scrolled."""
    window = house.window
    dressed(house, size, language, percent)
    first = window.home_data().call_now[1]
    assert first.phone is not None
    found = {"home": cut_off(window)}
    window.finding.browse("legal")
    house.wait()
    found["browse"] = cut_off(window)
    window.open_entry(first.id)
    house.wait(lambda: window.rooms.results.pane.service == first.id)
    found["entry"] = cut_off(window)
    window.phones.show(first.phone, first.name.text)
    house.wait(lambda: window.rooms.here == "dial")
    found["call"] = cut_off(window)
    house.type("zzzzqq")
    found["nothing"] = cut_off(window)
    assert {page: faults for page, faults in found.items() if faults} == {}


def test_in_a_narrow_window_a_new_search_shows_its_list_not_the_entry_before(house: House) -> None:
    """The lines to call must stay in view when nothing is found, wherever one was."""
    dressed(house, (1024, 700), "en", 200)
    results = house.window.rooms.results
    cards = house.type("shelter")
    house.window.open_entry(cards[0].id)
    house.wait(lambda: results._right.isVisible())
    assert not results.list.isVisible()
    house.type("zzzzqq")
    assert not results._right.isVisible()
    assert "988" in texts(results._middle)
    assert results._middle.isVisible()


def test_in_a_narrow_window_choosing_for_the_sheet_stays_in_the_list(house: House) -> None:
    dressed(house, (1024, 700), "en", 200)
    results = house.window.rooms.results
    cards = house.type("shelter")
    house.window.open_entry(cards[0].id)
    house.wait(lambda: results._right.isVisible())
    results._back.click()
    house.window.basket.toggle(cards[1].id)
    house.wait()
    assert results.list.isVisible()
    assert not results._right.isVisible()


def test_what_to_expect_is_told_of_the_number_that_is_called_not_of_the_open_entry(house: House) -> None:
    """A crisis line must never be shown with the hours of another entry."""
    house.type("shelter")
    pane = house.window.rooms.results.pane
    house.wait(lambda: bool(pane.service))
    line = house.window.home_data().call_now[0]
    assert line.phone is not None
    assert pane.service != line.id
    assert house.window.rooms.entry_of(line.phone) == line.id


def test_filters_open_and_fold_where_there_is_little_room(house: House) -> None:
    dressed(house, (1024, 700), "en", 100)
    results = house.window.rooms.results
    house.type("shelter")
    assert results.facets.isHidden()
    results._filters.click()
    assert results.facets.isVisible()
    assert results._right.isHidden()
    results._filters.click()
    assert results.facets.isHidden()
    assert results._right.isVisible()


def columns_of_ink(language: str, text: str) -> list[int]:
    """Return how dark each column of ``text`` is as the list's painter draws it, from its first to its last ink."""
    font = QFont()
    font.setPixelSize(40)
    image = QImage(500, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    cards = CardList(Language(language), style.Scale(), lambda _id: False)
    cards._painter._text(painter, text, QRect(0, 0, 500, 0), font, style.now().ink)
    painter.end()
    dark = [sum(image.pixelColor(x, y).lightness() < 128 for y in range(60)) for x in range(500)]
    inked = [x for x, count in enumerate(dark) if count]
    return dark[inked[0] : inked[-1] + 1]


def unlike(one: list[int], other: list[int]) -> int:
    """Return how much two drawings differ."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=False))


def test_a_number_is_never_turned_around_in_a_mirrored_window(qtbot: QtBot) -> None:
    """A bracket follows the line's direction: "(555) 010-4410" would read "010-4410 (555)"."""
    arabic = columns_of_ink("ar", "(555) 010-4410")
    right, wrong = columns_of_ink("en", "(555) 010-4410"), columns_of_ink("en", "010-4410 (555)")
    assert unlike(arabic, right) * 3 < unlike(arabic, wrong)


def test_a_number_shrinks_before_it_breaks(qtbot: QtBot) -> None:
    number = BigNumber("1-888-373-7888", style.Scale(200))
    qtbot.addWidget(number)
    number.resize(1200, 200)
    number.show()
    assert number.pixels == 104
    number.resize(500, 200)
    assert 40 <= number.pixels < 104
    font = QFont(number.font())
    assert QFontMetrics(font).horizontalAdvance(number.text()) <= 500


def test_a_number_in_a_sentence_keeps_its_own_direction() -> None:
    assert apart("(555) 010-4410", Language("ar")) == "\u2068(555) 010-4410\u2069"
    assert apart("(555) 010-4410", Language("es")) == "(555) 010-4410"


def test_no_label_in_a_mirrored_window_turns_a_number_around(house: House) -> None:
    """Between Arabic words "1-877-995-5247" would be shown, and read, as "5247-995-877-1"."""
    house.window.choose_language("ar")
    said = label("المنشور: 1-877-995-5247")
    said.setText(said.text() + " أو 617 555 2369")
    assert "\u20661-877-995-5247\u2069" in said.text()
    assert "\u2066617 555 2369\u2069" in said.text()
    assert said.alignment() & Qt.AlignmentFlag.AlignRight
    ui = Path(style.__file__).parent
    others = [p.name for p in ui.rglob("*.py") if re.search(r"\bQLabel\([^)]", p.read_text("utf-8"))]
    assert others == ["controls.py"], "every other text goes through label()"


def test_words_stay_off_the_icon_on_the_side_where_it_is(house: House) -> None:
    assert button("Copy", lambda: None, "copy").text() == "\u00a0Copy"
    assert button("نسخ", lambda: None, "copy").text() == "\u00a0نسخ\u00a0"
    assert button("Copy", lambda: None).text() == "Copy"


def test_a_place_in_the_sidebar_folds_its_words(house: House) -> None:
    metrics = QFontMetrics(house.window.font())
    assert folded("Empezar de nuevo", metrics, 10_000) == "Empezar de nuevo"
    assert folded("Empezar de nuevo", metrics, 1) == "Empezar\nde\nnuevo"


def test_icons_grow_with_the_text(house: House) -> None:
    small = icons.icon("copy", style.now().ink).pixmap(18, 18)
    large = icons.icon("copy", style.now().ink).pixmap(36, 36)
    assert large.deviceIndependentSize().width() == 2 * small.deviceIndependentSize().width()
