"""A page that scrolls: up and down alone, and the same to a screen reader whether its bar is shown or not."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea

from ui.qt_numbers import NO_SCROLL_BAR, set_number

_OUTSIDE = "bar"  # any name but Qt's own takes a bar out of what screen readers are told


class Scroll(QScrollArea):
    """Every page and column that scrolls is one of these.

    Qt counts its bars as children for screen readers while they are shown, and reads beyond its list when it is asked
    for one that has just gone, as on each change of page: the program ended there (Qt 6.9, ``child`` of its scroll
    area has no bound). A child that is never counted is never asked for; the page is scrolled by its keys all the same.
    """

    def __init__(self, *, sideways: bool = False) -> None:
        """Begin empty; with ``sideways`` what is wider than its room may be scrolled to."""
        super().__init__()
        self.setWidgetResizable(True)
        if not sideways:
            set_number(self, "horizontalScrollBarPolicy", NO_SCROLL_BAR)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            if (place := bar.parentWidget()) is not None:
                place.setObjectName(_OUTSIDE)
