"""A column of a page that grows no wider than the eye can follow, and is as high as it needs to be at that width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLayout, QWidget

from ui.parts.controls import column, row

WIDEST = 860  # pixels


def narrow(parts: Sequence[QWidget | QLayout | int], gap: int = 10) -> QWidget:
    """Return a page with ``parts`` below each other.

    In a line beside empty room: by itself Qt would ask a column for its height at the width of the whole page, where
    fewer lines fold, and cut what stands in it.
    """
    page, inner = QWidget(), QWidget()
    inner.setMaximumWidth(WIDEST)
    column(inner, *parts, gap=gap)
    line = row(None, inner, -1)
    line.setStretch(0, 1)
    line.setStretch(1, 0)
    column(page, line, -1, margin=24)
    return page
