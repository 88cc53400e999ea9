"""A long description gives way to the numbers, and loses no word."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from guide.text import Language
from ui.parts.long_text import LongText, beginning

LONG = "We help people find a place to stay. " * 20


def test_a_short_text_is_shown_whole(qtbot: QtBot) -> None:
    shown = LongText("We help at any hour.", Language("en"))
    qtbot.addWidget(shown)
    shown.show()
    assert shown.findChild(QLabel).text() == "We help at any hour."
    assert not shown.findChild(QPushButton).isVisible()


def test_a_long_text_shows_all_of_it_with_one_press(qtbot: QtBot) -> None:
    shown = LongText(LONG, Language("en"))
    qtbot.addWidget(shown)
    shown.show()
    words, more = shown.findChild(QLabel), shown.findChild(QPushButton)
    assert len(words.text()) <= 240
    assert words.text().endswith("stay.")
    more.click()
    assert words.text() == LONG
    assert more.accessibleName() == "Show less"
    more.click()
    assert len(words.text()) <= 240


def test_the_beginning_ends_with_a_word() -> None:
    assert beginning("word " * 100).endswith("word …")
    assert beginning("x" * 500) == "x" * 240 + "…"
