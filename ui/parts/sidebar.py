"""The bar at the side: where one can go, start over, staff, and how true the guide is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QPushButton

from guide.records import Home
from guide.records.frozen import dataclass
from guide.text import Language
from ui import icons, style
from ui.parts.controls import button, column, label, off_the_icon, picture, row, rule
from ui.parts.one_of_several import OneOfSeveral

if TYPE_CHECKING:
    from guide.records import Standing


@dataclass(frozen=True, slots=True)
class Place:
    """One place to go: ``key`` is the page's, ``text`` and ``icon`` are shown."""

    key: str
    text: str
    icon: str


class Sidebar(QFrame):
    """Buttons for the places, and the guide's age in words at its foot."""

    def __init__(
        self, _: Language, scale: style.Scale, name: tuple[str, str], places: Sequence[Place],
        others: Sequence[tuple[Place, Callable[[], None]]], go: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Take product and shelter name, the places, the buttons below them, and what goes to a place."""
        super().__init__()
        self.setObjectName("sidebar")
        self._ = _
        font = QApplication.font()
        font.setPixelSize(scale.px(14.5))
        font.setBold(True)
        self._metrics = QFontMetrics(font)
        blanks = (2 if _.right_to_left else 1) * self._metrics.horizontalAdvance("\u00a0")
        around = 28 + 2 * style.nav_edge(scale) + scale.px(18) + 8 + blanks
        words = [word for place in (*places, *(p for p, _act in others)) for word in place.text.split()]
        widest = max(self._metrics.horizontalAdvance(word) for word in words)
        self.setFixedWidth(max(min(scale.px(208), 300), widest + around))
        self._room = self.width() - around
        self._badges: dict[str, str] = {place.key: place.text for place in places}
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for place in places:
            made = self._nav(place, partial(go, place.key), OneOfSeveral())
            self._group.addButton(made)
            self.buttons[place.key] = made
        for place, act in others:
            self.buttons[place.key] = self._nav(place, act)
        self._foot, self._here = label("", "small"), ""
        self._mark = picture("badge-check", style.now().go, scale.px(16))
        self._age = label("", "warn")
        self._age.hide()
        self._place_name = label(name[1], "small")
        self._place_name.setVisible(bool(name[1]))
        self._below = QFrame()
        self._below.setObjectName("clear")
        column(self._below, rule(), row(None, self._mark, self._foot, gap=4), gap=6)
        self._box = column(
            self, label(name[0], "product"), self._place_name, 14, *(self.buttons[p.key] for p in places), -1,
            *(self.buttons[p.key] for p, _act in others), self._below, self._age, gap=6, margin=14,
        )  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every place to go in full view; with little height and large text, what can be missed goes first."""
        super().resizeEvent(event)
        self._place_name.setVisible(bool(self._place_name.text()))
        self._below.show()
        for part in (self._below, self._place_name):
            if self._box.totalHeightForWidth(self.width()) > self.height():
                part.hide()
                self._box.activate()

    def _nav(self, place: Place, act: Callable[[], None], made: QPushButton | None = None) -> QPushButton:
        made = button(self._words(place.text), act, kind="nav", name=place.text, made=made)
        made.setIcon(icons.icon(place.icon, style.now().ink_2))
        return made

    def _words(self, text: str) -> str:
        """Return the words of a button, folded, and each line off the icon: the gap grows with the text."""
        return "\n".join(off_the_icon(line) for line in folded(text, self._metrics, self._room).split("\n"))

    def mark(self, key: str) -> None:
        """Show where one is; a place that has no button marks none."""
        self._group.setExclusive(False)
        for name, made in self.buttons.items():
            if isinstance(made, OneOfSeveral):
                made.show_on(on=name == key)
        self._group.setExclusive(True)

    def count(self, key: str, number: int) -> None:
        """Show how many things wait at a place."""
        text = self._badges[key]
        made = self.buttons[key]
        said = f"{text} ({number})" if number else text
        made.setText(self._words(said))
        made.setAccessibleName(said)

    def show_home(self, home: Home) -> None:
        """Say which edition this is and how much it holds."""
        day = home.edition.data_date
        said = [self._("Data of {date}", date=self._.date(day))] if day else []
        said += [self._("Edition {name}", name=home.edition.name)]
        said += [self._.count("{n} service", "{n} services", home.total)]
        self._here = "\n".join(said)
        self._foot.setText(self._here)
        self._mark.hide()

    @property
    def vouched(self) -> bool:
        """True once it is shown that the guide is signed."""
        return not self._mark.isHidden()

    def show_standing(self, standing: Standing) -> None:
        """Say who vouches for it and, in words, when it is old (facts on trust, section 4)."""
        if standing.signed:
            self._mark.show()
            self._foot.setText(self._("Signed") + " · " + self._here)
        words = {
            "amber": self._("A newer guide was due. Ask staff."),
            "red": self._("This guide is out of date. Ask staff before you rely on it."),
        }
        said = [words[standing.age]] if standing.age in words else []
        if standing.clock_behind:
            said.append(self._("This computer's date is wrong. Ask staff to set it."))
        self._age.setText("\n".join(said))
        self._age.setVisible(bool(said))
        self._age.setProperty("kind", "stop" if standing.age == "red" else "warn")


def folded(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return ``text`` in as many lines as it needs in ``room`` px; a button does not fold its words itself."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
