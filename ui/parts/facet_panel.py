"""The choices under a search: need, show only, language; each with how many it would leave."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from guide.records import FacetValue, Place, Question
from guide.text import Language
from ui import style
from ui.parts.controls import button, cleared, column, label, row
from ui.parts.near_box import Find, NearBox
from ui.parts.phrases import language

_SHOWN = {"need": 7, "access": 7, "language": 6, "people": 8}
_FIELD = {"need": "needs", "sub-need": "sub_needs", "language": "languages"}


class FacetPanel(QScrollArea):
    """Emits the question with other choices; unknown is counted in words, never dropped."""

    changed = Signal(object)
    placed = Signal(object, int)

    def __init__(self, _: Language, scale: style.Scale, find: Find = lambda _text: ()) -> None:
        """Begin without choices; ``find`` knows the places of a text."""
        super().__init__()
        self._ = _
        self._question = Question()
        self.offers = False  # something to choose; nothing before the first answer
        self.narrows = False  # something is chosen
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(min(scale.px(208), 320))
        self.setAccessibleName(_("Filters"))
        inner, choices = QWidget(), QWidget()
        self.near = NearBox(_, find)
        self.near.chosen.connect(self._place)
        column(inner, self.near, choices, gap=0).setContentsMargins(0, 0, 10, 12)
        self._box = QVBoxLayout(choices)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self.setWidget(inner)

    def show_values(self, question: Question, values: tuple[FacetValue, ...]) -> None:
        """Show the choices for ``question`` with their counts; keep the place and the focus."""
        place, focus = self.verticalScrollBar().value(), self._focused()
        self._question = question
        cleared(self._box)
        self.near.show_question(question, values)
        _ = self._
        self._group(_("Need"), [v for v in values if v.facet == "need"], question.needs)
        self._group(_("Situation"), [v for v in values if v.facet == "sub-need"], question.sub_needs)
        self._show_only([v for v in values if v.facet in ("open", "access")])
        self._group(_("Language"), [v for v in values if v.facet == "language"], question.languages)
        self._group(_("Who it is for"), [v for v in values if v.facet == "people"], question.people)
        chosen = question != replace(self._plain(), limit=question.limit)
        self.narrows = chosen
        self.offers = chosen or bool(values)
        if chosen:
            self._box.addWidget(button(_("Clear filters"), self.clear, "x", "link"))
        self._box.addStretch(1)
        self.verticalScrollBar().setValue(place)
        for box in self.widget().findChildren(QCheckBox):
            if focus and box.property("key") == focus:
                box.setFocus()

    def follow(self, question: Question) -> None:
        """Build the next choice upon ``question``, though its answer is still on its way."""
        self._question = question

    def _show_only(self, values: list[FacetValue]) -> None:
        _ = self._
        opened = next((v.count for v in values if v.facet == "open" and v.slug == "open"), 0)
        unknown = next((v.count for v in values if v.facet == "open" and not v.slug), 0)
        access = [v for v in values if v.facet == "access"]
        if not (opened or access):
            return
        self._box.addWidget(_title(_("Show only")))
        if opened or self._question.open_now:
            self._check("open", "open", _("Open now"), opened, on=self._question.open_now)
            if unknown:
                self._box.addWidget(label(_("hours not known: {n}", n=unknown), "small"))
        self._values(access, self._question.access)

    def _group(self, title: str, values: list[FacetValue], chosen: frozenset[str]) -> None:
        if values:
            self._box.addWidget(_title(title))
            self._values(values, chosen)

    def _values(self, values: list[FacetValue], chosen: frozenset[str]) -> None:
        facet = values[0].facet if values else ""
        most = sorted(values, key=lambda v: (v.slug not in chosen, -v.count))[: _SHOWN.get(facet, 7)]
        for value in [v for v in values if v in most]:
            text = language(value.slug) if value.facet == "language" and value.slug else value.label.best(self._.code)
            self._check(value.facet, value.slug, text, value.count, on=value.slug in chosen)

    def _check(self, facet: str, slug: str, text: str, count: int, *, on: bool) -> None:
        box = QCheckBox()
        box.setChecked(on)
        box.setProperty("key", f"{facet}/{slug}")
        box.setAccessibleName(f"{text}, {count}")
        box.toggled.connect(lambda _on: self._choose(facet, slug))
        said = label(text)
        said.setBuddy(box)
        said.mousePressEvent = lambda _e: box.toggle()  # type: ignore[method-assign]
        number = label(str(count), "small", wrap=False)
        line = QWidget()
        made = row(line, box, said, number, gap=8)
        made.setStretch(1, 1)
        made.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        made.setAlignment(number, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(line)

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

    def _focused(self) -> str:
        box = self.focusWidget() or self.widget().focusWidget()
        return str(box.property("key")) if isinstance(box, QCheckBox) and box.hasFocus() else ""


def _title(text: str) -> QLabel:
    made = label(text, "name")
    made.setContentsMargins(0, 10, 0, 2)
    return made
