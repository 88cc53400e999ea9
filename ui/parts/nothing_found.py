"""When nothing was found: what to try, one press away, and the lines to call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.records import Answer, Category
from guide.text import Language, fold
from ui import icons, style
from ui.parts.actions import Actions
from ui.parts.call_card import call_card
from ui.parts.columns import Columns
from ui.parts.controls import button, cleared, label
from ui.parts.flow import Flow
from ui.parts.scroll import Scroll

_NEEDS = 6  # offered; a person who found nothing is not helped by a flood


@dataclass(frozen=True)
class Ways:
    """Where to go from here: ``browse`` shows the entries of one of ``needs``."""

    browse: Callable[[str], None]
    needs: Sequence[Category]


class NothingFound(Scroll):
    """Stands where the list would be; never a dead end."""

    def __init__(
        self, _: Language, scale: style.Scale, actions: Actions, ways: Ways, clear: Callable[[], None], *,
        discreet: bool,
    ) -> None:  # fmt: skip
        """Take what can be done with a number, where one can go, and what takes every filter off."""
        super().__init__()
        self._, self._scale, self._actions, self._ways, self._clear = _, scale, actions, ways, clear
        self._discreet = discreet
        self.setAccessibleName(_("Nothing was found for this."))
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(0, 8, 8, 8)
        self.setWidget(inner)

    def show_for(self, answer: Answer, *, filtered: bool, above: Sequence[str] = ()) -> None:
        """Say what to try for ``answer``; ``filtered`` when a filter may be the reason.

        Lines whose entries stand ``above`` already are not said again.
        """
        _, box, words = self._, self._box, answer.question.words
        cleared(box)
        box.addWidget(label(_("Nothing was found for this."), "heading"))
        if filtered:
            box.addWidget(label(_("The filters may leave too little."), "second"))
            box.addWidget(_beside([button(_("Clear filters"), self._clear, "x", "primary")]))
        box.addWidget(label(
            _("Try one word, such as “food” or “lawyer”. Or ask staff: they may know a place."), "second"
        ))  # fmt: skip
        box.addWidget(label(_("You can also look here:"), "name"))
        box.addWidget(_beside([self._need(one) for one in nearest(words, self._ways.needs)[:_NEEDS]]))
        lines = [card for card in answer.crisis if card.id not in above]
        if lines:
            box.addWidget(label(_("You can call these lines:"), "name"))
            cards = [call_card(card, _, self._actions, discreet=self._discreet) for card in lines]
            box.addWidget(Columns(cards, self._scale.px(300), 3))
        box.addStretch(1)

    def _need(self, category: Category) -> QWidget:
        text = category.label.best(self._.code)
        return button(text, lambda: self._ways.browse(category.slug), icons.category_icon(category.slug))


def nearest(words: str, needs: Sequence[Category]) -> list[Category]:
    """Return ``needs``, those first whose words look most like ``words``; equals keep the publisher's order."""
    typed = fold(words[:200]).split()

    def unlike(category: Category) -> float:
        known = fold(" ".join((*category.label.every(), *category.hint.every()))).split()
        alike = [SequenceMatcher(None, one, other).ratio() for one in typed for other in known]
        best = max(alike, default=0.0)
        return -best if best > 0.6 else 0.0

    return sorted(needs, key=unlike)


def _beside(parts: Sequence[QWidget]) -> QWidget:
    made = QWidget()
    made.setLayout(Flow(list(parts)))
    return made
