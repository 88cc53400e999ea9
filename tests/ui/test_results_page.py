"""The results by keys and pointer: a list of any length that never jumps, and a way out of nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QFont, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from guide.records import Answer, Audience, Card, Category, Question, Words
from guide.settings import Settings
from guide.text import Language
from tests.ui.conftest import House
from ui import style
from ui.parts.card_list import PAGE, CardList
from ui.parts.card_model import CARD, KEPT
from ui.parts.card_painter import CardPainter
from ui.parts.grouping import headings
from ui.parts.nothing_found import nearest

KEY = Qt.Key


def named(window: object, text: str) -> QPushButton:
    """Return the button a person would call so, where it is seen."""
    buttons = window.findChildren(QPushButton)  # type: ignore[attr-defined]
    return next(b for b in buttons if text in (b.accessibleName(), b.text().strip("\u00a0 ")) and b.isVisible())


def cards(first: int, count: int) -> list[Card]:
    """Return invented cards, numbered from ``first``."""
    return [
        Card(str(n), Words(f"Service {n}"), Words(""), Words(""), "food", None, None)
        for n in range(first, first + count)
    ]


def settle(found: CardList) -> None:
    """Let the window work until a page that came is in the list."""
    QApplication.processEvents()
    while found.coming:
        QApplication.processEvents()


class Found(CardList):
    """A list over very many cards, which it asks for as a page would."""

    def __init__(self, total: int, clock: Callable[[], float] = lambda: 1000.0) -> None:
        super().__init__(Language("en"), style.Scale(), lambda _: False, clock=clock)
        self.total, self.asked = total, 0
        self.wanted.connect(self.bring)
        self.resize(360, 600)
        self.show_cards(cards(0, PAGE), {}, total)
        self.show()

    def bring(self, first: int) -> None:
        self.asked += 1
        count = PAGE if first == self.cards.end else self.cards.first - first
        self.show_page(cards(first, min(count, self.total - first)), {}, first)


# --- a list of any length -------------------------------------------------------------------------
def test_of_a_hundred_thousand_results_few_are_ever_held(qtbot: QtBot) -> None:
    found = Found(100_000)
    qtbot.addWidget(found)
    for _ in range(200):
        found.verticalScrollBar().setValue(found.verticalScrollBar().maximum())
        settle(found)
    assert found.cards.end > 5_000
    assert found.cards.rowCount() <= KEPT
    assert [c.id for c in found.cards.cards] == [str(n) for n in range(found.cards.first, found.cards.end)]


def test_scrolling_back_brings_what_was_let_go(qtbot: QtBot) -> None:
    found = Found(1_000)
    qtbot.addWidget(found)
    for _ in range(20):
        found.verticalScrollBar().setValue(found.verticalScrollBar().maximum())
        settle(found)
    assert found.cards.first > 0
    for _ in range(60):
        found.verticalScrollBar().setValue(0)
        settle(found)
    assert found.cards.first == 0
    assert found.cards.cards[0].id == "0"


def test_a_page_that_arrives_leaves_what_is_in_view_where_it_is(qtbot: QtBot) -> None:
    found = Found(2_000)
    qtbot.addWidget(found)
    for _ in range(8):  # far enough that cards above are let go
        found.verticalScrollBar().setValue(found.verticalScrollBar().maximum())
        settle(found)
    found.wanted.disconnect(found.bring)
    found.verticalScrollBar().setValue(found.verticalScrollBar().maximum() - 900)
    settle(found)
    at = QPoint(20, 5)
    before, top = found.indexAt(at).data(CARD).id, found.visualRect(found.indexAt(at)).top()
    found.bring(found.cards.end)
    settle(found)
    assert found.indexAt(at).data(CARD).id == before
    assert found.visualRect(found.indexAt(at)).top() == top


def test_the_last_result_can_be_reached_by_the_down_key_alone(qtbot: QtBot) -> None:
    found = Found(130)
    qtbot.addWidget(found)
    found.setFocus()
    found.setCurrentIndex(found.cards.index(0))
    for _ in range(140):
        QTest.keyClick(found, KEY.Key_Down)
        settle(found)
    current = found.current()
    assert current is not None
    assert current.id == "129"


def test_no_turn_of_the_window_measures_a_whole_page_and_no_card_is_measured_twice(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[str] = []
    draw = CardPainter._paint

    def counted(
        self: CardPainter, painter: QPainter | None, rect: QRect, font: QFont, card: Card, *rest: str, **how: bool
    ) -> int:
        if painter is None:
            measured.append(card.id)
        return draw(self, painter, rect, font, card, *rest, **how)

    monkeypatch.setattr(CardPainter, "_paint", counted)
    found = Found(1_000)
    qtbot.addWidget(found)
    settle(found)
    measured.clear()
    most = 0
    while found.cards.end < 1_000:
        found.verticalScrollBar().setValue(found.verticalScrollBar().maximum())
        while found.coming:
            before = len(measured)
            QApplication.processEvents()
            most = max(most, len(measured) - before)
    assert most < PAGE / 2
    assert len(measured) == len(set(measured)) == 1_000 - PAGE


# --- nothing jumps under the pointer --------------------------------------------------------------
def test_a_press_right_after_the_cards_changed_chooses_nothing(qtbot: QtBot) -> None:
    now = [1000.0]
    found = Found(50, lambda: now[0])
    qtbot.addWidget(found)
    chosen: list[str] = []
    found.chosen.connect(chosen.append)
    found.show_cards(cards(500, 50), {}, 50)
    found.mark("500")  # as the page does
    found.setFocus()
    QApplication.processEvents()
    chosen.clear()
    middle = found.visualRect(found.cards.index(1)).center()
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert chosen == []
    now[0] += 1
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert set(chosen) == {"501"}


# --- keys -----------------------------------------------------------------------------------------
def test_down_goes_from_the_box_to_the_results_and_esc_back(house: House) -> None:
    house.type("hotline")
    window = house.window
    window.show()
    window.bar.search.setFocus()
    QTest.keyClick(window.bar.search, KEY.Key_Down)
    assert window.focusWidget() is window.rooms.results.list
    QTest.keyClick(window.rooms.results.list, KEY.Key_Escape)
    assert window.focusWidget() is window.bar.search
    assert window.bar.search.selectedText() == "hotline"
    QTest.keyClick(window.bar.search, KEY.Key_Escape)
    house.wait(lambda: window.rooms.here == "home")


def test_ctrl_f_comes_back_to_the_search_box_from_anywhere(house: House) -> None:
    house.window.go("sheet")
    house.window.finding.look_for()
    assert house.window.rooms.here == "home"
    assert house.window.focusWidget() is house.window.bar.search


def test_ctrl_c_in_the_list_copies_the_number_and_no_name(house: House) -> None:
    """SAFETY C1: Qt's own way would put the name on the clipboard too."""
    house.type("human trafficking hotline")
    results = house.window.rooms.results
    results.enter()
    QTest.keyClick(results.list, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "18883737888"


def test_letters_typed_over_the_list_move_nothing(house: House) -> None:
    """SAFETY A4: no single-letter shortcuts."""
    house.type("hotline")
    results = house.window.rooms.results
    results.enter()
    before = results.list.currentIndex().row()
    QTest.keyClick(results.list, KEY.Key_N)
    assert results.list.currentIndex().row() == before


# --- choices stay, counts are spoken --------------------------------------------------------------
def test_what_was_chosen_beside_the_list_stays_while_one_types(house: House) -> None:
    house.type("shelter")
    results = house.window.rooms.results
    box = next(b for b in results.facets.findChildren(QCheckBox) if b.property("key") == "access/free")
    box.click()
    house.wait(lambda: results.answer is not None and results.answer.question.access == frozenset({"free"}))
    house.type("shelter f")
    assert results.question.access == frozenset({"free"})
    results.facets.clear()
    house.wait(lambda: results.answer is not None and not results.answer.question.access)
    assert results.question.words == "shelter f"


def test_the_count_is_spoken_once_typing_rests(house: House, spoken: list[str]) -> None:
    """SAFETY A6."""
    house.window.rooms.results._speech.setInterval(1500)  # a busy PC types slowly
    for words in ("sh", "shel", "shelter"):
        house.type(words)
    total = house.window.rooms.results.answer
    assert total is not None
    house.bot.waitUntil(lambda: bool(spoken), timeout=10_000)
    assert spoken == [f"{total.total} services · best match first"]


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hear what is announced to screen readers; there is none here to hear it."""
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


# --- groups and ways out --------------------------------------------------------------------------
def test_a_browsed_need_stands_in_the_order_of_its_groups(tmp_path: Path) -> None:
    from guide.app import Guide

    guide = Guide(Settings(data=tmp_path / "data", trust=tmp_path / "none"))
    answer = guide.search(Question(needs=frozenset({"legal"}), audience=Audience.VISITOR))
    pages = [replace(answer, question=replace(answer.question, start=n), cards=answer.cards[n : n + 5])
             for n in range(0, len(answer.cards), 5)]  # fmt: skip
    found: dict[int, str] = {}
    for page in pages:
        found |= headings(page, answer.cards[: page.question.start], Language("en"))
    assert found == headings(answer, (), Language("en"))
    assert list(found.values()) == ["Any hour", "By phone", "On the web"]
    guide.close()


def test_what_was_searched_for_stands_ungrouped() -> None:
    answer = Answer(Question("food", needs=frozenset({"food"})), tuple(cards(0, 3)), 3)
    assert headings(answer, (), Language("en")) == {}


def test_nothing_found_offers_the_need_that_looks_most_like_the_words() -> None:
    needs = [Category("legal", 1, Words("Legal help and rights")), Category("housing", 2, Words("A place to stay"))]
    assert [c.slug for c in nearest("place stai", needs)] == ["housing", "legal"]
    assert [c.slug for c in nearest("qqqq", needs)] == ["legal", "housing"]


def test_nothing_found_under_a_filter_offers_to_take_it_off(house: House) -> None:
    house.type("shelter")
    results = house.window.rooms.results
    results.ask(replace(results.question, words="zzzzqq", access=frozenset({"free"})))
    house.wait(lambda: results.answer is not None and results.answer.question.words == "zzzzqq")
    named(results, "Clear filters").click()
    house.wait(lambda: results.answer is not None and not results.answer.question.access)


def test_nothing_found_leads_to_a_need_with_one_press(house: House) -> None:
    house.window.show()
    house.type("zzzzqq")
    named(house.window.rooms.results, "Get help now").click()
    results = house.window.rooms.results
    house.wait(lambda: results.answer is not None and results.answer.question.needs == frozenset({"crisis"}))
    assert results.answer is not None
    assert results.answer.cards
