"""While typing, or after choosing a need: the choices, the found entries, and one of them in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from guide.errors import GuideError
from guide.records import Answer, Card, Detail, Question
from guide.text import Language
from ui import style
from ui.announce import announce
from ui.parts.actions import Actions
from ui.parts.call_first import CallFirst
from ui.parts.card_list import PAGE, CardList
from ui.parts.controls import button, column, label, off_the_icon
from ui.parts.detail_pane import DetailPane
from ui.parts.distances import far
from ui.parts.facet_panel import FacetPanel
from ui.parts.grouping import headings
from ui.parts.near_box import Find
from ui.parts.nothing_found import NothingFound, Ways
from ui.visit_jobs import VisitJobs

_QUIET = 500  # ms without another answer before a count is spoken: typing must not make it chatter


class ResultsPage(QWidget):
    """Asks in the read lane; the latest question wins.

    ``left`` says that a person goes back to the search box, ``meant`` that they meant the words it carries.
    """

    failed = Signal(object)
    left = Signal()
    meant = Signal(str)

    def __init__(
        self, _: Language, scale: style.Scale, jobs: VisitJobs, search: Callable[[Question], Answer],
        detail: Callable[[str], Detail], actions: Actions, ways: Ways, places: Find = lambda _text: (),
        *, staff: bool, discreet: bool,
    ) -> None:  # fmt: skip
        """Take what searches, what gives one entry in full, what can be done, the ways out of nothing, and the places."""
        super().__init__()
        self._, self._scale, self._jobs, self._actions = _, scale, jobs, actions
        self._search, self._detail = search, detail
        self.question = Question()
        self.answer: Answer | None = None
        self._narrow, self._folded = False, False
        self._wants = self._goes_into = ""
        self.facets = FacetPanel(_, scale, places)
        self.list = CardList(_, scale, actions.chosen, discreet=discreet)
        self.pane = DetailPane(_, scale, actions, staff=staff, discreet=discreet)
        self.count = label("", "small")
        self.first = CallFirst(_, scale, actions, discreet=discreet)
        self._suggested = button("", self._meant_other)
        self._suggested.hide()
        self._clock = label(
            _("The clock of this computer is wrong, so the guide cannot tell what is open now."), "warn"
        )
        self._clock.hide()
        self._filters = button(_("Filters"), self._toggle_filters, "sliders-horizontal")
        self._back = button(_("Back to the list"), self._show_list, "chevron-left")
        self._empty = NothingFound(_, scale, actions, ways, self.facets.clear, discreet=discreet)
        self._middle = QWidget()
        column(self._middle, self._filters, self.count, self._suggested, self._clock, self.list, self._empty, gap=8)
        self._right = QWidget()
        column(self._right, self._back, self.pane, gap=8)
        below = QWidget()
        column(self, self.first, below, gap=0).setStretch(1, 1)
        box = QHBoxLayout(below)
        box.setContentsMargins(24, 6, 24, 0)
        box.setSpacing(16)
        box.addWidget(self.facets)
        box.addWidget(self._middle, 10)
        box.addWidget(self._right, 12)
        self._speech = QTimer(self, singleShot=True, interval=_QUIET)
        self._speech.timeout.connect(self._speak)
        self.facets.changed.connect(self.ask)
        self.first.fitted.connect(self._show_nothing)
        self.list.chosen.connect(self.open)
        self.list.entered.connect(self._go_into)
        self.list.toggled.connect(actions.toggle)
        self.list.copied.connect(self._copy)
        self.list.wanted.connect(self._bring)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._step_back)
        self.pane.clear()
        self._empty.hide()

    # --- asking -----------------------------------------------------------------------------------
    def ask(self, question: Question) -> None:
        """Ask ``question``; its answer replaces what is shown."""
        self.question = question
        self.facets.follow(question)
        if self._narrow:  # a new answer is a list: nobody may look at the entry of an older one
            self._right.hide()
            self._middle.show()
        self._jobs.read(lambda: self._search(question), self._show, self.failed.emit)

    def open(self, service: str) -> None:
        """Show one entry in full."""
        self._wants = service
        self._jobs.work(lambda _progress: self._detail(service), self._show_detail, self._gone)

    def _go_into(self, service: str) -> None:
        """Show one entry in full and give its first number the keys: else they would have to pass every filter."""
        self._goes_into = service
        if service != self._wants or self._narrow:
            self.open(service)
        elif service == self.pane.service:  # there already; else it is on its way, and once is enough
            self._goes_into = ""
            self.pane.take_keys()

    def enter(self) -> None:
        """Take the keys from the search box: the first entry is marked, or the first way out."""
        (self.list if self.answer is None or self.answer.cards else self._empty).setFocus()
        if not self.list.currentIndex().isValid() and self.list.cards.rowCount():
            self.list.setCurrentIndex(self.list.cards.index(0))

    def renew(self) -> None:
        """Ask again, as the catalog has changed: nothing of the old edition stays in view."""
        self.pane.clear()
        self.answer = None
        self.ask(self.question)

    def refresh(self) -> None:
        """Draw anew what depends on the sheet."""
        self.list.viewport().update()
        if self.pane.service and not self._right.isHidden():
            self.open(self._wants or self.pane.service)  # the one that is on its way, not the one before it

    # --- answers ----------------------------------------------------------------------------------
    def _show(self, answer: Answer) -> None:
        again = self.answer is not None and self.answer.question == answer.question
        self.answer = answer
        self.list.show_cards(answer.cards, headings(answer, (), self._), answer.total)
        self.facets.show_values(answer.question, answer.facets)
        self.count.setText(self._said(answer))
        filters = self._("Filters") + (f" ({n})" if (n := answer.question.chosen) else "")
        self._filters.setText(off_the_icon(filters))
        self.first.show_for(answer)
        self._suggested.setVisible(bool(answer.suggested))
        self._suggested.setText(self._("Did you mean “{words}”?", words=answer.suggested))
        self._suggested.setAccessibleName(self._suggested.text())
        self._clock.setVisible(any(card.open.why == "clock" for card in (*answer.cards, *answer.crisis)))
        self.list.setVisible(bool(answer.cards))
        if not self._folded:
            self.facets.setVisible(self.facets.offers)
        elif self._narrow and not answer.cards and not self.facets.isHidden():
            self._fold_filters()
        self._show_entry()
        self._empty.setVisible(not answer.cards)
        self._speech.start()
        if not answer.cards:
            self._wants = ""  # an entry that is still on its way is no longer wanted
            self.pane.clear()
            self._show_nothing()
        elif not self._narrow:
            kept = again and self.list.cards.row_of(self.pane.service) >= 0
            shown = self.pane.service if kept else answer.cards[0].id
            self.list.mark(shown)
            if shown != self.pane.service or shown != self._wants:  # while one types the first is often the same
                self.open(shown)

    def _show_nothing(self) -> None:
        if self.answer is not None and not self.answer.cards:
            self._empty.show_for(self.answer, filtered=self.facets.narrows, above=self.first.in_sight)

    def _said(self, answer: Answer) -> str:
        _ = self._
        said = _.count("{n} service", "{n} services", answer.total)
        if answer.corrected:
            said += " · " + _("showing results for “{words}”", words=answer.corrected)
        elif answer.question.words.strip() and answer.cards:
            said += " · " + _("best match first")
        return said

    def _speak(self) -> None:
        """Tell a screen reader what a glance tells others (SAFETY A6): first whom to call."""
        meant = "" if self._suggested.isHidden() else self._suggested.text()
        said = [self.first.said, self.count.text(), meant]
        announce(self.list, ". ".join(filter(None, said)))

    def _bring(self, first: int) -> None:
        """Bring the page that begins at ``first`` as one scrolls to it."""
        if self.answer is None or self.answer.question != self.question:
            return  # another question is on its way, and it is the one that counts
        below = first == self.list.cards.end
        wanted = replace(self.question, start=first, limit=PAGE if below else self.list.cards.first - first)
        self._jobs.read(lambda: self._search(wanted), self._show_page, self.failed.emit)

    def _show_page(self, answer: Answer) -> None:
        above = self.list.cards.cards if answer.question.start == self.list.cards.end else ()
        self.list.show_page(answer.cards, headings(answer, above, self._), answer.question.start)

    def _show_detail(self, found: Detail) -> None:
        if found.service.id == self._wants:
            at = next((card.distance for card in self.list.cards.cards if card.id == self._wants), None)
            goes = self._goes_into == self._wants and self.list.hasFocus()  # not away from where somebody went since
            self._goes_into = ""
            self.pane.show_detail(found, far(at, self._))
            if self._narrow:
                self._middle.hide()
                self.facets.hide()
                self._right.show()
            if goes:
                self.pane.take_keys()

    def _gone(self, error: GuideError) -> None:
        self.pane.clear()
        self.failed.emit(error)

    def _copy(self, card: Card) -> None:
        if (number := card.phone or card.text) is not None:
            self._actions.copy(number.copy_text, number.published)

    def _meant_other(self) -> None:
        if self.answer is not None:
            self.meant.emit(self.answer.suggested)

    def _step_back(self) -> None:
        """Go one step back with Esc: from the entry to the list, from the list to the search box."""
        if self._narrow and not self._right.isHidden():
            self._show_list()
        if self.list.hasFocus() or not self.list.isVisible():
            self.left.emit()
        else:
            self.list.setFocus()

    # --- room -------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room: choices, list, entry; else the choices fold, then the entry."""
        super().resizeEvent(event)
        width = self.width()
        folded, narrow = width < self._scale.px(930), width < self._scale.px(640)
        if (folded, narrow) != (self._folded, self._narrow) or event.oldSize().width() < 0:
            self._folded, self._narrow = folded, narrow
            self._show_list()

    def _show_list(self) -> None:
        self._filters.setVisible(self._folded)
        self._back.setVisible(self._narrow)
        self.facets.setVisible(not self._folded and self.facets.offers)
        self._middle.show()
        self._show_entry()

    def _toggle_filters(self) -> None:
        self.facets.setVisible(self.facets.isHidden())
        self._show_entry()

    def _fold_filters(self) -> None:
        """Leave the room to the ways on, where there is none for both; what was in use leads back to the filters."""
        used = self.facets.isAncestorOf(QApplication.focusWidget() or self)
        self.facets.hide()
        if used:
            self._filters.setFocus()

    def _show_entry(self) -> None:
        """Show the entry beside the list where there is one, and room for it."""
        found = self.answer is None or bool(self.answer.cards)
        filtering = self._folded and not self.facets.isHidden()
        self._right.setVisible(found and not self._narrow and not filtering)
