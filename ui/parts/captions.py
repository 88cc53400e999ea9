"""The words over a field, tied to it, so that a screen reader says them when the field has the focus (WCAG 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QWidget

from ui.parts.controls import column, label

WIDEST = 460  # pixels: the eye loses its line in a wider field


def caption(field: QWidget, text: str, kind: str = "", *, widest: int = 0) -> QLabel:
    """Return the words for ``field`` in the class ``kind``; it grows to ``widest`` pixels, 0 lets it grow freely."""
    said = label(text, kind)
    said.setBuddy(field)
    field.setAccessibleName(text)
    if widest:
        field.setMaximumWidth(widest)
    return said


def captioned(field: QWidget, text: str, kind: str = "", *, widest: int = 0) -> QWidget:
    """Return one piece that holds the words and ``field`` below them."""
    whole = QWidget()
    column(whole, caption(field, text, kind, widest=widest), field, gap=2)
    return whole


def captions(fields: Iterable[tuple[str, QWidget]], *, widest: int = WIDEST) -> list[QWidget]:
    """Return words and field, words and field, ready to be laid below each other."""
    return [part for text, field in fields for part in (caption(field, text, widest=widest), field)]
