"""My sheet: what stands on it, its words, how it will look; print it, or (staff) save it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from guide.errors import GuideError
from guide.records import PagePicture, Paper, SheetOptions
from guide.text import Language
from ui import style
from ui.parts.basket import Basket
from ui.parts.chosen_list import ChosenList
from ui.parts.controls import column, label
from ui.parts.paper_view import PaperView
from ui.parts.side_scroll import SideScroll
from ui.printing import image_of
from ui.visit_jobs import VisitJobs

_PAUSE = 250  # ms after the last change
_MOST_SHOWN = 8
LANGUAGES = (("en",), ("es",), ("en", "es"), ("ar",))
_NAMES = ("English", "Español", "English + Español", "العربية")


@dataclass(frozen=True)
class SheetAsks:
    """What the page may ask of the guide."""

    sheet: Callable[[Sequence[str], SheetOptions], Paper]
    picture: Callable[[bytes, int, int], PagePicture]
    names: Callable[[Sequence[str]], list[tuple[str, str]]]


class SheetPage(QScrollArea):
    """The page; ``paper`` is the sheet as last typeset."""

    ready = Signal(bool)

    def __init__(
        self, _: Language, scale: style.Scale, jobs: VisitJobs, asks: SheetAsks, basket: Basket, options: SheetOptions
    ) -> None:
        """Take what typesets and draws, the basket, and how a sheet begins in this house."""
        super().__init__()
        self._, self._scale, self._jobs, self._asks, self._basket = _, scale, jobs, asks, basket
        self._shelter, self._paper_size = options.shelter_name, options.paper
        self.paper: Paper | None = None
        self._number = 0
        self.title = QLineEdit(options.title or _("Helpful numbers"))
        self.title.setAccessibleName(_("Title"))
        self.language = QComboBox()
        self.language.addItems(list(_NAMES))
        self.language.setCurrentIndex(next((n for n, codes in enumerate(LANGUAGES) if codes == options.languages), 0))
        self.paper_size = QComboBox()
        self.paper_size.addItems(["Letter (US)", "A4"])
        self.paper_size.setCurrentIndex(int(options.paper == "a4"))
        self.language.setAccessibleName(_("Languages"))
        self.paper_size.setAccessibleName(_("Paper"))
        self.discreet = QCheckBox(_("Discreet wording"))
        self.without_name = QCheckBox(_("Leave out the shelter's name"))
        self.without_name.setVisible(bool(self._shelter))
        self.qr = QCheckBox(_("Codes to scan with a phone"))
        self.qr.setChecked(options.qr)
        self.left_out = label("", "warn")
        self.chosen = ChosenList(_, basket)
        self.view = PaperView(_)
        self._wait = QTimer(self, singleShot=True, interval=_PAUSE)
        self._wait.timeout.connect(self._typeset)
        self._lay_out()
        self.title.textChanged.connect(self._changed)
        for box in (self.language, self.paper_size):
            box.currentIndexChanged.connect(self._changed)
        for check in (self.discreet, self.without_name, self.qr):
            check.toggled.connect(self._changed)
        basket.changed.connect(self._changed)

    def options(self) -> SheetOptions:
        """Return how the sheet is to look now."""
        discreet = self.discreet.isChecked()
        return SheetOptions(
            title=self.title.text().strip(),
            languages=LANGUAGES[self.language.currentIndex()],
            paper="a4" if self.paper_size.currentIndex() else "letter",
            qr=self.qr.isChecked() and not discreet,
            discreet=discreet,
            shelter_name="" if self.without_name.isChecked() or discreet else self._shelter,
        )

    def refresh(self) -> None:
        """Typeset now, if the page is seen."""
        self._changed()

    def showEvent(self, event: object) -> None:
        """Typeset what was changed while other pages were shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the pages as wide as there is room; with little room, the preview goes below."""
        super().resizeEvent(event)
        narrow = self.width() < self._scale.px(720)
        direction = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        self._split.setDirection(direction)
        self._side.show_whole(whole=narrow)
        self.view.setMinimumHeight(max(360, self.height() - 40) if narrow else 0)
        if self.isVisible():
            self._wait.start()

    def _lay_out(self) -> None:
        _ = self._
        side = QWidget()
        box = column(
            side,
            label(_("On the sheet"), "heading"), self.chosen, self.left_out, 4,
            label(_("Words on the sheet"), "heading"),
            label(_("Title")), self.title, label(_("Languages")), self.language, label(_("Paper")), self.paper_size, 4,
            label(_("Safety"), "heading"), self.discreet, self.without_name, self.qr,
            label(_("Discreet wording leaves out names and words that tell why you carry the sheet."), "small"), -1,
            gap=6,
        )  # fmt: skip
        box.setContentsMargins(0, 0, 12, 12)
        self.left_out.hide()
        self._side = SideScroll(side)
        page = QWidget()
        self._split = QHBoxLayout(page)
        self._split.setContentsMargins(24, 8, 24, 20)
        self._split.setSpacing(20)
        self._split.addWidget(self._side, 10)
        self._split.addWidget(self.view, 19)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)

    def _changed(self, *_: object) -> None:
        """Take the old sheet back at once: what is printed must be what was asked for last."""
        self._number += 1
        if self.isVisible():
            self.paper = None
            self.ready.emit(False)
            self._wait.start()

    def _typeset(self) -> None:
        """Ask for the sheet in the work lane; only the newest one is shown."""
        self._number += 1
        number, ids, options, room = self._number, self._basket.ids, self.options(), self.view.room()
        if not ids:
            self.chosen.show_entries([])
            self.left_out.hide()
            self.view.say(self._("Nothing is on the sheet yet. Choose “Add to sheet” beside an entry."))
            return

        width = round(room * self.devicePixelRatioF())

        def make(_progress: object) -> tuple[Paper, list[QImage]] | None:
            if number != self._number:
                return None
            paper = self._asks.sheet(ids, options)
            pages = range(min(paper.pages, _MOST_SHOWN))
            return paper, [image_of(self._asks.picture(paper.pdf, page, width)) for page in pages]

        def newest(then: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda answer: then(answer) if number == self._number else None

        # The list comes first and by itself: an entry that cannot be typeset must still be there to be taken off.
        self._jobs.work(lambda _p: self._asks.names(ids), newest(self.chosen.show_entries), newest(self._say_failure))
        self._jobs.work(make, newest(self._show), newest(self._say_failure))

    def _show(self, made: tuple[Paper, list[QImage]]) -> None:
        paper, images = made
        _ = self._
        self.paper = paper
        self.view.show_pages(images, paper.pages)
        out = ", ".join(name for name, reason in paper.left_out if reason != "gone")
        self.left_out.setText(_("Left out of this sheet: {names}", names=out) if out else "")
        self.left_out.setVisible(bool(out))
        self.ready.emit(True)

    def _say_failure(self, error: GuideError) -> None:
        characters = error.facts.get("characters", "")
        text = self._("This sheet cannot be made as it is.")
        if characters:
            text += " " + self._("These characters cannot be printed: {characters}", characters=characters)
        self.view.say(text)
