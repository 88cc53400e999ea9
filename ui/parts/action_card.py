"""A card with some words and what can be done about them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.parts.controls import card, column
from ui.parts.flow import Flow


def action_card(parts: Sequence[QWidget], acts: Sequence[QWidget]) -> QWidget:
    """Return a card with ``parts`` below each other, and ``acts`` in a line at its foot."""
    made = card()
    box = column(made, *parts, gap=4, margin=12)
    if acts:
        box.addLayout(Flow(acts, 8))
    return made


def one_line(part: QWidget) -> QWidget:
    """Return ``part`` at the width it needs, alone in its line."""
    whole = QWidget()
    column(whole).addLayout(Flow([part]))
    return whole
