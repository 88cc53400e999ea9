"""The choices under a search: one widget each, that stays while one types, to keys, pointer and screen readers."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from guide.records import FacetValue, Question, Words
from guide.text import Language
from ui import style
from ui.parts.facet_panel import FacetPanel
from ui.parts.facet_row import FacetRow

FOOD, STAY = Words("Food and basics"), Words("A place to stay, tonight or for longer")


def values(food: int, stay: int, unsaid: int = 0) -> tuple[FacetValue, ...]:
    """Return counts as a search gives them."""
    found = (FacetValue("need", "food", FOOD, food), FacetValue("need", "housing", STAY, stay))
    told = (FacetValue("language", "es", Words("Español"), 2), FacetValue("language", "", Words("Not said"), unsaid))
    return found + (told if unsaid else ())


def panel(qtbot: QtBot, code: str = "en") -> FacetPanel:
    """Return an open panel."""
    made = FacetPanel(Language(code), style.Scale())
    qtbot.addWidget(made)
    made.resize(208, 700)
    made.show()
    return made


def rows(made: FacetPanel) -> dict[str, FacetRow]:
    """Return the choices that are seen, by key, in their order from above."""
    QApplication.processEvents()
    seen = [row for row in made.findChildren(FacetRow) if row.isVisible()]
    return {row.key: row for row in sorted(seen, key=lambda row: row.y())}


def test_a_choice_is_a_check_box_with_its_count_to_a_screen_reader(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.show_values(Question("f"), values(3, 1))
    row = rows(made)["need/food"]
    told = QAccessible.queryAccessibleInterface(row)
    assert told.role() == QAccessible.Role.CheckBox
    assert told.text(QAccessible.Text.Name) == "Food and basics, 3"


def test_the_space_key_and_a_press_on_the_words_choose(qtbot: QtBot) -> None:
    made = panel(qtbot)
    asked: list[Question] = []
    made.changed.connect(asked.append)
    made.show_values(Question("f"), values(3, 1))
    row = rows(made)["need/food"]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    made.show_values(asked[-1], values(3, 0))
    assert asked[-1].needs == frozenset({"food"})
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().center())
    assert asked[-1].needs == frozenset()


def test_a_choice_stays_the_same_widget_in_the_same_place_while_one_types(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.show_values(Question("f"), values(3, 1))
    before = rows(made)
    before["need/housing"].setFocus()
    places = {key: row.geometry() for key, row in before.items()}
    made.show_values(Question("fo"), values(2, 1))
    after = rows(made)
    assert all(after[key] is row for key, row in before.items())
    assert {key: row.geometry() for key, row in after.items()} == places
    assert after["need/housing"].hasFocus()
    assert after["need/food"].accessibleName() == "Food and basics, 2"


def test_a_choice_that_nothing_has_any_more_goes_and_comes_back_in_order(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.show_values(Question("f"), values(3, 1))
    made.show_values(Question("fo"), values(0, 1)[1:])
    assert list(rows(made)) == ["need/housing"]
    made.show_values(Question("f"), values(3, 1))
    assert list(rows(made)) == ["need/food", "need/housing"]


def test_what_the_catalog_does_not_say_is_told_and_never_dropped(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.show_values(Question("f"), values(3, 1, unsaid=1234))
    QApplication.processEvents()
    assert "not said: 1,234" in [label.text() for label in made.findChildren(QLabel) if label.isVisible()]
    assert "language/" not in rows(made)


def test_long_words_take_the_lines_they_need_and_none_lies_on_another(qtbot: QtBot) -> None:
    for code in ("en", "ar"):
        made = panel(qtbot, code)
        made.show_values(Question("f"), values(3, 1_000_000))
        found = list(rows(made).values())
        assert found[1].height() >= found[1].heightForWidth(found[1].width()) > 28
        assert all(above.geometry().bottom() < below.y() for above, below in pairwise(found))


def test_one_press_takes_every_choice_off(qtbot: QtBot) -> None:
    made = panel(qtbot)
    asked: list[Question] = []
    made.changed.connect(asked.append)
    chosen = Question("f", needs=frozenset({"food"}), access=frozenset({"free"}), open_now=True)
    made.show_values(chosen, values(3, 1))
    assert made.narrows
    made.clear()
    assert asked == [Question("f")]
