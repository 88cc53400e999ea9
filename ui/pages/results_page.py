"""While typing, or after choosing a need: the choices, the found entries, and one of them in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from guide.errors import GuideError
from guide.records import Answer, Card, Detail, Question
from guide.text import Language
from ui import style
from ui.parts.actions import Actions
from ui.parts.call_card import call_card
from ui.parts.card_list import CardList
from ui.parts.columns import Columns
from ui.parts.controls import button, column, label
from ui.parts.detail_pane import DetailPane
from ui.parts.facet_panel import FacetPanel
from ui.visit_jobs import VisitJobs

_MORE = 50


class ResultsPage(QWidget):
    """Asks in the read lane; the latest question wins."""

    failed = Signal(object)

    def __init__(
        self, _: Language, scale: style.Scale, jobs: VisitJobs, search: Callable[[Question], Answer],
        detail: Callable[[str], Detail], actions: Actions, *, staff: bool, discreet: bool,
    ) -> None:  # fmt: skip
        """Take what searches, what gives one entry in full, and what can be done with it."""
        super().__init__()
        self._, self._scale, self._jobs, self._search, self._detail, self._actions = (
            _,
            scale,
            jobs,
            search,
            detail,
            actions,
        )
        self._discreet = discreet
        self.question = Question()
        self.answer: Answer | None = None
        self._narrow, self._folded = False, False
        self._wants = ""
        self.facets = FacetPanel(_, scale)
        self.list = CardList(_, scale, actions.chosen, discreet=discreet)
        self.pane = DetailPane(_, scale, actions, staff=staff, discreet=discreet)
        self.count = label("", "small")
        self._more = button(_("Show more"), self._show_more)
        self._filters = button(_("Filters"), self._toggle_filters, "sliders-horizontal")
        self._back = button(_("Back to the list"), self._show_list, "chevron-left")
        self._empty = QScrollArea()
        self._empty.setWidgetResizable(True)
        inner = QWidget()
        self._empty_box = QVBoxLayout(inner)
        self._empty_box.setContentsMargins(0, 8, 8, 8)
        self._empty.setWidget(inner)
        self._middle = QWidget()
        column(self._middle, self._filters, self.count, self.list, self._empty, self._more, gap=8)
        self._right = QWidget()
        column(self._right, self._back, self.pane, gap=8)
        box = QHBoxLayout(self)
        box.setContentsMargins(24, 6, 24, 0)
        box.setSpacing(16)
        box.addWidget(self.facets)
        box.addWidget(self._middle, 10)
        box.addWidget(self._right, 12)
        self.facets.changed.connect(self.ask)
        self.list.chosen.connect(self.open)
        self.list.toggled.connect(actions.toggle)
        self.pane.clear()
        self._empty.hide()

    # --- asking -----------------------------------------------------------------------------------
    def ask(self, question: Question) -> None:
        """Ask ``question``; its answer replaces what is shown."""
        self.question = question
        if self._narrow:  # a new answer is a list: nobody may look at the entry of an older one
            self._right.hide()
            self._middle.show()
        self._jobs.read(lambda: self._search(question), self._show, self.failed.emit)

    def open(self, service: str) -> None:
        """Show one entry in full."""
        self._wants = service
        self._jobs.work(lambda _progress: self._detail(service), self._show_detail, self._gone)

    def refresh(self) -> None:
        """Draw anew what depends on the sheet."""
        self.list.viewport().update()
        if self.pane.service and not self._right.isHidden():
            self.open(self.pane.service)

    def _show(self, answer: Answer) -> None:
        _ = self._
        again = self.answer is not None and self.answer.question == answer.question
        self.answer = answer
        cards, headings = _grouped(answer, _)
        self.list.cards.show(cards, headings)
        self.facets.show_values(answer.question, answer.facets)
        said = _.count("{n} service", "{n} services", answer.total)
        if answer.corrected:
            said += " · " + _("showing results for “{words}”", words=answer.corrected)
        elif answer.question.words.strip() and answer.cards:
            said += " · " + _("best match first")
        self.count.setText(said)
        self._more.setVisible(answer.total > len(answer.cards))
        self.list.setVisible(bool(cards))
        if not self._folded:
            self.facets.setVisible(self.facets.offers)
        self._show_entry()
        self._show_empty(answer)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, said))
        if cards and not self._narrow:
            here = [card.id for card in cards]
            place = here.index(self.pane.service) if again and self.pane.service in here else 0
            self.list.setCurrentIndex(self.list.cards.index(place))
            self.open(here[place])
        elif not cards:
            self._wants = ""  # an entry that is still on its way is no longer wanted
            self.pane.clear()

    def _show_detail(self, found: Detail) -> None:
        if found.service.id == self._wants:
            self.pane.show_detail(found)
            if self._narrow:
                self._middle.hide()
                self.facets.hide()
                self._right.show()

    def _gone(self, error: GuideError) -> None:
        self.pane.clear()
        self.failed.emit(error)

    def _show_more(self) -> None:
        self.ask(replace(self.question, limit=self.question.limit + _MORE))

    def _show_empty(self, answer: Answer) -> None:
        """Say what to try when nothing was found, and keep the lines to call in view."""
        while (item := self._empty_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._empty.setVisible(not answer.cards)
        if answer.cards:
            return
        _ = self._
        self._empty_box.addWidget(label(_("Nothing was found for this."), "heading"))
        self._empty_box.addWidget(label(
            _("Try one word, such as “food” or “lawyer”. Try fewer filters."
              " Or ask staff: they may know a place."), "second"
        ))  # fmt: skip
        self._empty_box.addWidget(label(_("You can call these lines:"), "name"))
        cards = [call_card(card, _, self._actions, discreet=self._discreet) for card in answer.crisis]
        self._empty_box.addWidget(Columns(cards, self._scale.px(300), 3))
        self._empty_box.addStretch(1)

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

    def _show_entry(self) -> None:
        """Show the entry beside the list where there is one, and room for it."""
        found = self.answer is None or bool(self.answer.cards)
        filtering = self._folded and not self.facets.isHidden()
        self._right.setVisible(found and not self._narrow and not filtering)


def _grouped(answer: Answer, _: Language) -> tuple[list[Card], dict[int, str]]:
    """Return the cards, those of a browsed need grouped by how they help: call, text, on the web."""
    cards = list(answer.cards)
    if answer.question.words.strip() or not answer.question.needs:
        return cards, {}
    groups: dict[str, list[Card]] = {_("Any hour"): [], _("By phone"): [], _("On the web"): []}
    any_hour, phone, web = groups.values()
    for card in cards:
        (any_hour if card.open.all_day else phone if card.phone else web).append(card)
    ordered: list[Card] = []
    headings = {}
    for title, members in groups.items():
        if members:
            headings[len(ordered)] = title
            ordered += members
    return ordered, headings
