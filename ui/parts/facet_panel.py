"""The choices under a search: need, show only, language; each with how many it would leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from guide.records import FacetValue, Place, Question
from guide.text import Language
from ui import style
from ui.parts.controls import button, column, label
from ui.parts.facet_row import FacetRow
from ui.parts.near_box import Find, NearBox
from ui.parts.phrases import language
from ui.parts.scroll import Scroll

W = TypeVar("W", bound=QWidget)
_SHOWN = {"need": 7, "access": 7, "language": 6, "people": 8}
_FIELD = {"need": "needs", "sub-need": "sub_needs", "language": "languages"}


class FacetPanel(Scroll):
    """Emits the question with other choices; unknown is counted in words, never dropped."""

    changed = Signal(object)
    placed = Signal(object, int)

    def __init__(self, _: Language, scale: style.Scale, find: Find = lambda _text: ()) -> None:
        """Begin without choices; ``find`` knows the places of a text."""
        super().__init__()
        self._, self._scale = _, scale
        self._question = Question()
        self._pieces: dict[str, QWidget] = {}
        self._parts: list[QWidget] = []
        self.offers = False  # something to choose; nothing before the first answer
        self.narrows = False  # something is chosen
        self.setFixedWidth(min(scale.px(208), 320))
        self.setAccessibleName(_("Filters"))
        inner, choices = QWidget(), QWidget()
        self.near = NearBox(_, find)
        self.near.chosen.connect(self._place)
        column(inner, self.near, choices, gap=0).setContentsMargins(0, 0, 10, 12)
        self._box = QVBoxLayout(choices)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self._box.addStretch(1)
        self.setWidget(inner)

    def show_values(self, question: Question, values: tuple[FacetValue, ...]) -> None:
        """Show the choices for ``question`` with their counts. A choice that was there stays the same widget: the
        place, the focus and a hand about to press keep theirs.
        """
        self._question = question
        self.near.show_question(question, values)
        self._parts = []
        _ = self._
        self._group(_("Need"), [v for v in values if v.facet == "need"], question.needs)
        self._group(_("Situation"), [v for v in values if v.facet == "sub-need"], question.sub_needs)
        self._show_only([v for v in values if v.facet in ("open", "access")])
        self._group(_("Language"), [v for v in values if v.facet == "language"], question.languages)
        self._group(_("Who it is for"), [v for v in values if v.facet == "people"], question.people)
        self.narrows = question != replace(self._plain(), limit=question.limit)
        self.offers = self.narrows or bool(values)
        if self.narrows:
            self._parts.append(self._kept("clear", lambda: button(_("Clear filters"), self.clear, "x", "link")))
        self._lay_out()

    def _lay_out(self) -> None:
        """Put what is shown now in its order; leave alone what stands already."""
        before = [item.widget() for n in range(self._box.count()) if (item := self._box.itemAt(n)).widget()]
        if before == self._parts:
            return
        place = self.verticalScrollBar().value()
        shown = set(self._parts)
        for widget in before:
            if widget not in shown:
                self._box.removeWidget(widget)
                widget.hide()
        for n, widget in enumerate(self._parts):
            at = self._box.itemAt(n)
            if at is None or at.widget() is not widget:
                self._box.insertWidget(n, widget)
                widget.show()
        self.verticalScrollBar().setValue(place)

    def _kept(self, key: str, make: Callable[[], W]) -> W:
        """Return the piece ``key``, made once."""
        if key not in self._pieces:
            self._pieces[key] = make()
        return cast("W", self._pieces[key])

    def follow(self, question: Question) -> None:
        """Build the next choice upon ``question``, though its answer is still on its way."""
        self._question = question

    def _show_only(self, values: list[FacetValue]) -> None:
        _ = self._
        opened = next((v.count for v in values if v.facet == "open" and v.slug == "open"), 0)
        unknown = next((v.count for v in values if v.facet == "open" and not v.slug), 0)
        access = [v for v in values if v.facet == "access"]
        open_now = opened or self._question.open_now
        if not (open_now or any(v.slug for v in access)):
            return
        self._title(_("Show only"))
        if open_now:
            self._check("open", "open", _("Open now"), opened, on=self._question.open_now)
            if unknown:
                self._note("open", _("hours not known: {n}", n=f"{unknown:,}"))
        self._values(access, self._question.access)

    def _group(self, title: str, values: list[FacetValue], chosen: frozenset[str]) -> None:
        if any(value.slug for value in values):
            self._title(title)
            self._values(values, chosen)

    def _values(self, values: list[FacetValue], chosen: frozenset[str]) -> None:
        """Show the most frequent values in the publisher's order; what the catalog does not say is told, not offered."""
        facet = values[0].facet if values else ""
        known = [value for value in values if value.slug]
        most = sorted(known, key=lambda v: (v.slug not in chosen, -v.count))[: _SHOWN.get(facet, 7)]
        for value in [v for v in known if v in most]:
            text = language(value.slug, self._) if value.facet == "language" else value.label.best(self._.code)
            self._check(value.facet, value.slug, text, value.count, on=value.slug in chosen)
        for value in values:
            if not value.slug and value.count:
                self._note(facet, self._("not said: {n}", n=f"{value.count:,}"))

    def _title(self, text: str) -> None:
        self._parts.append(self._kept(f"title {text}", lambda: _title(text)))

    def _note(self, facet: str, text: str) -> None:
        made = self._kept(f"note {facet}", lambda: label("", "small"))
        if made.text() != text:
            made.setText(text)
        self._parts.append(made)

    def _check(self, facet: str, slug: str, text: str, count: int, *, on: bool) -> None:
        def make() -> FacetRow:
            made = FacetRow(f"{facet}/{slug}", self._scale)
            made.toggled.connect(lambda _on: self._choose(facet, slug))
            return made

        row = self._kept(f"{facet}/{slug}", make)
        row.show_value(text, count, on=on)
        self._parts.append(row)

    def _choose(self, facet: str, slug: str) -> None:
        asked = self._question
        if facet == "open":
            asked = replace(asked, open_now=not asked.open_now)
        else:
            field = _FIELD.get(facet, facet)
            asked = replace(asked, **{field: getattr(asked, field) ^ {slug}})
        self.changed.emit(asked)

    def clear(self) -> None:
        """Take every filter off; a place without a distance only orders, and stays."""
        self.changed.emit(replace(self._plain(), near=self._question.near))

    def _plain(self) -> Question:
        asked = self._question
        return Question(asked.words, asked.language, asked.audience, near=None if asked.radius else asked.near)

    def _place(self, place: Place | None, miles: int) -> None:
        self.placed.emit(place, miles)
        self.changed.emit(replace(self._question, near=place, radius=miles))


def _title(text: str) -> QLabel:
    made = label(text, "name")
    made.setContentsMargins(0, 10, 0, 2)
    return made
