"""My sheet: what stands on it, how it is to look, and how it will come out of the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide.errors import GuideError
from guide.records import HouseTemplate, PagePicture, Paper, PaperLanguage, SavedSheet, SheetOptions
from guide.text import Language
from ui import style
from ui.messages import sentence
from ui.parts.basket import Basket
from ui.parts.chosen_list import ChosenList
from ui.parts.controls import column, label
from ui.parts.paper_view import Look, PaperView
from ui.parts.saved_bar import SavedBar
from ui.parts.scroll import Scroll
from ui.parts.sheet_choices import AT_ONCE, TYPED, Chosen, SheetChoices
from ui.parts.side_scroll import SideScroll
from ui.printing import image_of
from ui.visit_jobs import VisitJobs


@dataclass(frozen=True)
class SheetAsks:
    """What the page may ask of the guide; all of it in the work lane, but ``languages``."""

    sheet: Callable[[Sequence[str], SheetOptions], Paper]
    size: Callable[[bytes, int], tuple[float, float]]
    picture: Callable[[bytes, int, int], PagePicture]
    names: Callable[[Sequence[str]], list[tuple[str, str]]]
    begin: Callable[[], SheetOptions]
    languages: Sequence[PaperLanguage]
    saved: Callable[[], tuple[SavedSheet, ...]]
    save: Callable[[str, Sequence[str], SheetOptions], None]
    remove: Callable[[str], None]
    templates: Callable[[], tuple[HouseTemplate, ...]]


class SheetPage(Scroll):
    """The page; ``paper`` is the sheet as last asked for, None while it is being made."""

    ready = Signal(bool)
    failed = Signal(object)
    said = Signal(str)

    def __init__(
        self, _: Language, scale: style.Scale, jobs: VisitJobs, asks: SheetAsks, basket: Basket, *, staff: bool
    ) -> None:
        """Take what typesets and draws, and the basket; staff may save sheets under a name."""
        super().__init__()
        self._, self._scale, self._jobs, self._asks, self._basket = _, scale, jobs, asks, basket
        self.paper: Paper | None = None
        self._number = 0
        self.saved = SavedBar(_, staff=staff)
        self.choices = SheetChoices(_, scale, asks.begin(), asks.languages, asks.templates(), staff=staff)
        if isinstance(basket.look, Chosen):
            self.choices.take(basket.look)
        self.chosen = ChosenList(_, basket)
        self._told = label("", "warn")
        self.view = PaperView(_)
        self._wait, self._redraw = QTimer(self, singleShot=True), QTimer(self, singleShot=True, interval=60)
        self._wait.timeout.connect(self._typeset)
        self._redraw.timeout.connect(self._draw)
        self._lay_out()
        self.choices.changed.connect(self._chosen)
        basket.changed.connect(self._entries_changed)  # a bound method goes with the page
        self.view.wanted.connect(self._redraw.start)
        self.saved.opened.connect(self._open)
        self.saved.saved.connect(self._keep)
        self.saved.removed.connect(self._drop)

    def options(self) -> SheetOptions:
        """Return how the sheet is to look now."""
        return self.choices.options()

    def refresh(self) -> None:
        """Typeset now, if the page is seen, and look which sheets are saved."""
        self._changed(AT_ONCE)
        self._jobs.work(lambda _p: self._asks.saved(), self.saved.show_sheets, self.failed.emit)

    def showEvent(self, event: object) -> None:
        """Typeset what was changed while other pages were shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._changed(AT_ONCE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room, let the preview stand below."""
        super().resizeEvent(event)
        narrow = self.width() < self._scale.px(720)
        direction = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        self._split.setDirection(direction)
        self._side.show_whole(whole=narrow)
        self.view.setMinimumHeight(max(420, self.height() - 40) if narrow else 0)

    def _lay_out(self) -> None:
        side = QWidget()
        heading = label(self._("On the sheet"), "heading")
        box = column(side, self.saved, heading, self.chosen, self._told, 4, self.choices, -1, gap=6)
        box.setContentsMargins(0, 0, 8, 12)
        self._told.hide()
        self._side = SideScroll(side)
        self._side.setAccessibleName(self._("What is on the sheet, and how it looks"))
        page = QWidget()
        self._split = QHBoxLayout(page)
        self._split.setContentsMargins(22, 6, 22, 18)  # the ring around the page takes two of 24
        self._split.setSpacing(20)
        self._split.addWidget(self._side, 11)
        self._split.addWidget(self.view, 18)
        self.setWidget(page)

    # --- the sheet ----------------------------------------------------------------------------------
    def _changed(self, wait: int = TYPED) -> None:
        """Take the old sheet back at once: what is printed must be what was asked for last."""
        self._number += 1
        if self.isVisible():
            self.paper = None
            self.ready.emit(False)
            self._wait.start(wait)

    def _chosen(self, wait: int) -> None:
        self._basket.look = self.choices.look()
        self._changed(wait)

    def _entries_changed(self) -> None:
        self._changed(AT_ONCE)

    def _typeset(self) -> None:
        """Ask for the sheet in the work lane; only the newest one is made and shown."""
        self._number += 1
        number, ids, options, look = self._number, self._basket.ids, self.options(), self.view.look()
        if not ids:
            self.chosen.show_entries([])
            self._told.hide()
            self.view.say(self._("Nothing is on the sheet yet. Choose “Add to sheet” beside an entry."))
            return

        def make(_progress: object) -> tuple[Paper, QImage] | None:
            if number != self._number:
                return None
            paper = self._asks.sheet(ids, options)
            return paper, self._picture(paper, look)

        # The list comes first and by itself: an entry that cannot be typeset must still be there to be taken off.
        self._ask(lambda _p: self._asks.names(ids), self.chosen.show_entries, number)
        self._ask(make, self._show, number)

    def _ask(self, task: Callable[[Any], Any], done: Callable[[Any], None], number: int) -> None:
        def newest(then: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda answer: then(answer) if number == self._number else None

        self._jobs.work(task, newest(done), newest(self._say_failure))

    def _picture(self, paper: Paper, look: Look) -> QImage:
        """Draw a page; runs in the work lane."""
        page = min(look.page, paper.pages - 1)
        return image_of(self._asks.picture(paper.pdf, page, look.width(self._asks.size(paper.pdf, page))))

    def _show(self, made: tuple[Paper, QImage]) -> None:
        self.paper, image = made
        self.view.of(self.paper.pages)
        self.view.show_page(image)
        self._tell(self.paper)
        self.ready.emit(True)

    def _draw(self) -> None:
        """Draw another page, or this one in another size."""
        paper, look, number = self.paper, self.view.look(), self._number
        if paper is not None:

            def draw(_progress: object) -> QImage | None:
                return self._picture(paper, look) if number == self._number and look.page == self.view.page else None

            self._ask(draw, lambda image: self.view.show_page(image) if image is not None else None, number)

    def _tell(self, paper: Paper) -> None:
        _ = self._
        out = ", ".join(name for name, reason in paper.left_out if reason != "gone")
        said = [_("Left out of this sheet: {names}", names=out)] if out else []
        if gone := sum(reason == "gone" for _name, reason in paper.left_out):
            said.append(
                _.count("{n} entry is no longer in the guide.", "{n} entries are no longer in the guide.", gone)
            )
        if paper.shortened:
            said.append(_("Shortened to name, number and hours: {names}", names=", ".join(paper.shortened)))
        self._told.setText("\n".join(said))
        self._told.setVisible(bool(said))

    def _say_failure(self, error: GuideError) -> None:
        _, facts = self._, error.facts
        if facts.get("reason") == "too many":
            text = _(
                "This layout takes at most {most} entries. Take some off, or choose another layout.", most=facts["most"]
            )
        elif facts.get("characters"):
            text = _("This sheet cannot be made as it is.") + " "
            text += _("These characters cannot be printed: {characters}", characters=facts["characters"])
        else:
            text = " ".join(sentence(error, _))
        self._told.hide()
        self.view.say(text)

    # --- saved sheets -------------------------------------------------------------------------------
    def _open(self, sheet: SavedSheet) -> None:
        self.choices.show_options(sheet.options)
        self._basket.fill(sheet.services)

    def _keep(self, name: str) -> None:
        ids, options = self._basket.ids, self.options()

        def save(_progress: object) -> tuple[SavedSheet, ...]:
            self._asks.save(name, ids, options)
            return self._asks.saved()

        self._jobs.work(save, lambda found: self._kept(name, found), self.failed.emit)

    def _kept(self, name: str, found: tuple[SavedSheet, ...]) -> None:
        name = " ".join(name.split())
        self.saved.show_sheets(found, name)
        self.said.emit(self._("Saved as {name}.", name=name))

    def _drop(self, name: str) -> None:
        def drop(_progress: object) -> tuple[SavedSheet, ...]:
            self._asks.remove(name)
            return self._asks.saved()

        self._jobs.work(drop, self.saved.show_sheets, self.failed.emit)
