"""Buttons, labels, cards and badges: the small pieces every page is made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from guide.text import isolate
from ui import icons, style
from ui.qt_numbers import PLAIN_TEXT, RIGHT_CENTERED, TOP_CENTER, set_number

Act = Callable[[], object]
B = TypeVar("B", bound=QBoxLayout)


class PointedButton(QPushButton):
    """A button the mouse points at with a hand; Enter presses it as Space does."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hand; not before, since naming a cursor imports all of Qt's namespace."""
        from PySide6.QtCore import Qt

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press what has the focus, once however long it is held: Qt does so for a dialog's own buttons alone,
        and would press the first of them from any field.
        """
        from PySide6.QtCore import Qt

        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def button(
    text: str, act: Act, icon: str = "", kind: str = "plain", *, name: str = "", made: QPushButton | None = None
) -> QPushButton:
    """Return a button. ``name`` is what a screen reader says where the text alone is not enough; ``made`` one of a
    class of its own.
    """
    made = made or PointedButton()
    made.setText(off_the_icon(text) if icon and text else text)
    made.setAccessibleName(name or text)
    made.setProperty("kind", kind)
    made.clicked.connect(lambda *_: act())
    made.setAutoDefault(False)
    if icon:
        colour = {"primary": style.now().on_brand, "hide": style.now().on_hide}.get(kind, style.now().ink)
        made.setIcon(icons.icon(icon, colour))
    return made


def off_the_icon(text: str) -> str:
    """Keep text and icon apart with a no-break space, as Qt leaves no gap.

    Words from right to left have one at both ends: which end is at the icon depends on where the button is made.
    """
    if unicodedata.bidirectional(text[0]) in ("R", "AL"):
        return f"\u00a0{text}\u00a0"
    return f"\u00a0{text}"


class Turned(QLabel):
    """A text on a line from right to left: numbers in it keep their order, else "1-888-373" is read "373-888-1"."""

    def setText(self, text: str) -> None:
        """Show ``text``."""
        super().setText(isolate(text))


def label(text: str, kind: str = "", *, wrap: bool = True, selectable: bool = False) -> QLabel:
    """Return a text in the class ``kind`` of the style sheet; plain text always, never markup."""
    turned = QApplication.isRightToLeft()
    made = Turned(isolate(text)) if turned and not selectable else QLabel(text)  # what is copied holds no marks
    set_number(made, "textFormat", PLAIN_TEXT)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if turned:  # where the page begins, whatever the text's own direction: an English name, too
        set_number(made, "alignment", RIGHT_CENTERED)
    if selectable:
        from PySide6.QtCore import Qt

        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
    return made


def badge(text: str, colour: str = "plain") -> QLabel:
    """Return a small coloured word; the word says it, the colour only helps (A6)."""
    made = QLabel(text)
    set_number(made, "textFormat", PLAIN_TEXT)
    made.setProperty("badge", colour)
    return made


def picture(icon: str, colour: str = "", size: int = 20) -> QLabel:
    """Return an icon that says nothing a text beside it does not say."""
    made = QLabel()
    made.setPixmap(icons.pixmap(icon, colour or style.now().brand, size, 2.0))
    made.setFixedWidth(size + 4)
    set_number(made, "alignment", TOP_CENTER)
    return made


def card(kind: str = "card") -> QFrame:
    """Return an empty card."""
    made = QFrame()
    made.setProperty("kind", kind)
    return made


def rule() -> QFrame:
    """Return a thin line across."""
    return card("rule")


def column(parent: QWidget | None, *parts: QWidget | QLayout | int, gap: int = 8, margin: int = 0) -> QVBoxLayout:
    """Lay ``parts`` below each other; a number is a gap, -1 takes what is left."""
    made = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    return _filled(made, parts, gap, margin)


def row(parent: QWidget | None, *parts: QWidget | QLayout | int, gap: int = 8, margin: int = 0) -> QHBoxLayout:
    """Lay ``parts`` beside each other; a number is a gap, -1 takes what is left."""
    made = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    return _filled(made, parts, gap, margin)


def _filled(box: B, parts: Iterable[QWidget | QLayout | int], gap: int, margin: int) -> B:
    box.setSpacing(gap)
    box.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if isinstance(part, int):
            box.addStretch(1) if part < 0 else box.addSpacing(part)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return box


def cleared(layout: QLayout) -> None:
    """Take everything out of ``layout`` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            cleared(inner)
