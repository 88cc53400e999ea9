"""What a small clock program shows: a face with hands, and the days of this month."""

from __future__ import annotations

import calendar
import math
from datetime import date, datetime, time

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

_WEEK = 7


class ClockFace(QWidget):
    """A round face with hours, minutes and seconds; a time told beside it says the same to screen readers."""

    def __init__(self) -> None:
        """Begin at midnight."""
        super().__init__()
        self._at = time(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for ten lines of text."""
        line = self.fontMetrics().height()
        return QSize(10 * line, 10 * line)

    def show_time(self, at: time) -> None:
        """Show another time."""
        self._at = at
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw a ring, twelve marks and three hands."""
        painter, colours = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QPointF(self.rect().center()))
        radius = min(self.width(), self.height()) / 2 - 3
        painter.setPen(QPen(colours.windowText().color(), 2.5))
        painter.setBrush(colours.base())
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        for mark in range(12):
            _ray(painter, mark / 12, radius * 0.86, radius * 0.94, 2.5 if mark % 3 == 0 else 1.2)
        at = self._at
        minutes = at.minute + at.second / 60
        _ray(painter, (at.hour % 12 + minutes / 60) / 12, -radius * 0.08, radius * 0.5, 5)
        _ray(painter, minutes / 60, -radius * 0.1, radius * 0.76, 3)
        painter.setPen(QPen(colours.highlight().color(), 1.4))
        _ray(painter, at.second / 60, -radius * 0.14, radius * 0.8, 1.4)


class Month(QWidget):
    """The days of a month as on a calendar, today marked. The date is told beside it in words."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._today = date(2000, 1, 1)
        self._locale, self._first = QLocale("en"), 7
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for seven lines, each a little apart."""
        line = self.fontMetrics().height()
        return QSize(round(2.2 * line * _WEEK), round(1.35 * line * _WEEK))

    def show_day(self, now: datetime, language: str) -> None:
        """Show the month of ``now`` with the weekdays' letters of ``language``."""
        self._today, self._locale = now.date(), QLocale(language)
        self._first = 6 if language == "ar" else 7  # in the US weeks begin on Sunday
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the letters of the week, then the weeks."""
        painter, colours, today = QPainter(self), self.palette(), self._today
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = self.width() / _WEEK, self.height() / _WEEK
        soft = QColor(colours.placeholderText().color())
        weeks = calendar.Calendar((self._first - 1) % _WEEK).monthdayscalendar(today.year, today.month)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for column in range(_WEEK):
            place = _WEEK - 1 - column if mirrored else column
            painter.setPen(soft)
            letter = self._locale.dayName((self._first + column - 1) % _WEEK + 1, QLocale.FormatType.NarrowFormat)
            painter.drawText(QRectF(place * wide, 0, wide, high), Qt.AlignmentFlag.AlignCenter, letter)
            for line, week in enumerate(weeks, 1):
                if day := week[column]:
                    _day(painter, QRectF(place * wide, line * high, wide, high), day, today.day, self)


def _day(painter: QPainter, box: QRectF, day: int, today: int, of: QWidget) -> None:
    colours = of.palette()
    painter.setPen(colours.windowText().color())
    if day == today:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.highlight())
        painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 5, 5)
        painter.setPen(colours.highlightedText().color())
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day))


def _ray(painter: QPainter, turn: float, begin: float, end: float, width: float) -> None:
    """Draw a line from ``begin`` to ``end`` px off the middle; ``turn`` is a part of the whole, from twelve o'clock."""
    pen = painter.pen()
    pen.setWidthF(width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    across, down = math.sin(turn * math.tau), -math.cos(turn * math.tau)
    painter.drawLine(QPointF(across * begin, down * begin), QPointF(across * end, down * end))
