"""The bar at the top of every page: search or a title, language, text size, and Hide now, always in one place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QWidget

from guide.text import OWN_NAMES, SHIPPED, Language
from ui import style
from ui.parts.controls import button, column, label
from ui.parts.look_button import LookAsks, look_button
from ui.parts.search_box import SearchBox
from ui.qt_numbers import BY_THE_TEXT, NO_FOCUS, set_number


class TopBar(QWidget):
    """Emits what is typed, and which language or text size was chosen."""

    typed = Signal(str)
    hide_now = Signal()

    def __init__(
        self,
        _: Language,
        scale: style.Scale,
        choose_language: Callable[[str], None],
        looks: LookAsks,
    ) -> None:
        """Take the language, the text size, what changes the language and what changes size and colours."""
        super().__init__()
        self.hide_button = button(_("Hide now"), self.hide_now.emit, "eye-off", "hide",
                                  name=_("Hide now: covers the screen. Three presses of Shift do the same."))  # fmt: skip
        self.hide_button.setToolTip(_("Or press Shift three times"))
        self.search = SearchBox(_, scale)
        self._title: tuple[QLabel, QLabel] | None = None
        self._left = QStackedWidget()
        self._left.addWidget(self.search)
        self._left.setMaximumHeight(scale.px(64))
        self.extra = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.extra.setSpacing(12)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self._left, 1)
        lower.addLayout(self.extra)
        self._scale = scale
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(24, 16, 24, 10)
        self._box.setSpacing(12)
        box = QHBoxLayout()
        box.setSpacing(12)
        self._box.addLayout(lower, 1)
        self._box.addLayout(column(None, box, -1))  # at the top: Hide now keeps its place at every text size
        box.addStretch(1)
        short = scale.percent > 150
        box.addWidget(_language_button(_, choose_language, short=short))
        self.look = look_button(_, looks)
        box.addWidget(self.look)
        box.addWidget(self.hide_button)
        # A third way to hide, for those who hear the screen rather than see it (SAFETY Q3).
        self.hidden_way = button("", self.hide_now.emit, kind="unseen", name=_("Hide now"))
        self.hidden_way.setParent(self)
        self.hidden_way.setGeometry(0, 0, 1, 1)
        set_number(self.hidden_way, "focusPolicy", NO_FOCUS)
        self.search.typed.connect(self.typed)

    def show_search(self) -> None:
        """Show the search box."""
        self._left.setCurrentIndex(0)

    def show_title(self, title: str, under: str = "") -> None:
        """Show a page's title in place of the search box."""
        if self._title is None:  # the first screen has none
            self._title = label("", "title"), label("", "second")
            head = QWidget()
            column(head, -1, *self._title, -1, gap=0)
            self._left.addWidget(head)
        for shown, text in zip(self._title, (title, under), strict=True):
            shown.setText(text)
            shown.setVisible(bool(text))
        self._left.setCurrentIndex(1)

    def set_words(self, words: str) -> None:
        """Show ``words`` in the box without asking."""
        self.search.set_words(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room put the search box below the buttons; Hide now stays where it is."""
        super().resizeEvent(event)
        narrow = self.width() < self._scale.px(600)
        way = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != way:
            self._box.setDirection(way)
            self.extra.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


def _language_button(_: Language, choose: Callable[[str], None], *, short: bool) -> QPushButton:
    """Return the button that shows the present language and opens the others, each by its own name (A8)."""
    made = button(
        _.code.upper() + "\u00a0" * _.right_to_left if short else OWN_NAMES.get(_.code, _.code),
        lambda: None,
        "languages",
        name=_("Language: {name}", name=OWN_NAMES.get(_.code, _.code)),
    )
    menu = QMenu(made)
    for code in SHIPPED:
        action = menu.addAction(OWN_NAMES[code])
        action.setCheckable(True)
        action.setChecked(code == _.code)
        action.triggered.connect(lambda _checked=False, code=code: choose(code))
    made.setMenu(menu)
    set_number(made, "layoutDirection", BY_THE_TEXT)
    return made
