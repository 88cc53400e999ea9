"""Opening hours by days and times: makes HSDS schedules, and says them back in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QTimeEdit, QVBoxLayout, QWidget

from guide.records import Schedule
from guide.text import Language
from ui.parts.controls import button, column, label, row
from ui.parts.flow import Flow
from ui.parts.plan_words import ALL_DAY, DAYS, WEEK, plan_words

_MOST = 6  # lines of days


class HoursPicker(QWidget):
    """Lines of days with times; plans it cannot show (a month's, a season's) stay as they are."""

    changed = Signal()

    def __init__(self, _: Language, schedules: Sequence[Schedule], timezone: str = "") -> None:
        """Take the hours to begin with, and the zone of this house."""
        super().__init__()
        self._, self._timezone = _, timezone
        self._kept = tuple(s for s in schedules if not _is_week(s))
        self._lines: list[tuple[dict[str, QCheckBox], QTimeEdit, QTimeEdit, QCheckBox]] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(6)
        self._said = label("", "second")
        self._add = button(_("More hours"), lambda: self._line(None), "plus")
        column(self, self._box, row(None, self._add, -1), self._said, gap=6)
        weeks: list[Schedule | None] = [s for s in schedules if _is_week(s)]
        for one in weeks or [None]:
            self._line(one)
        self._tell()

    def schedules(self) -> tuple[Schedule, ...]:
        """Return the hours as they stand."""
        made = []
        for days, begin, end, all_day in self._lines:
            chosen = tuple(day for day in WEEK if days[day].isChecked())
            if chosen:
                times = ALL_DAY if all_day.isChecked() else (_time(begin), _time(end))
                made.append(Schedule(chosen, *times, self._timezone))
        return (*made, *self._kept)

    def _line(self, one: Schedule | None) -> None:
        _ = self._
        days = {day: QCheckBox(_(DAYS[day])[:3] if not _.right_to_left else _(DAYS[day])) for day in WEEK}
        for day, box in days.items():
            box.setAccessibleName(_(DAYS[day]))
            box.setChecked(one is not None and day in one.byday)
            box.toggled.connect(self._tell)
        begin, end = QTimeEdit(QTime(9, 0)), QTimeEdit(QTime(17, 0))
        all_day = QCheckBox(_("24 hours"))
        for field, name in ((begin, _("Opens at")), (end, _("Closes at"))):
            # First: turned around with the window, Qt shows "00:6 pm", a wrong hour to whoever reads it.
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            field.setDisplayFormat("h:mm ap")
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # else Arabic shows 9:00 as 00:9
            field.setAccessibleName(name)
            field.timeChanged.connect(self._tell)
        if one is not None and one.opens_at is not None and one.closes_at is not None:
            begin.setTime(QTime(one.opens_at.hour, one.opens_at.minute))
            end.setTime(QTime(one.closes_at.hour, one.closes_at.minute))
            all_day.setChecked((one.opens_at, one.closes_at) == ALL_DAY)
        all_day.toggled.connect(self._tell)
        whole = QWidget()
        column(whole, Flow([*days.values(), begin, label(_("to"), wrap=False), end, all_day], 10))
        self._box.addWidget(whole)
        self._lines.append((days, begin, end, all_day))
        self._add.setEnabled(len(self._lines) < _MOST)

    def _tell(self) -> None:
        for _days, begin, end, all_day in self._lines:
            for field in (begin, end):
                field.setEnabled(not all_day.isChecked())
        said = plan_words(self.schedules(), self._)
        self._said.setText(said or self._("No hours chosen: people are told to call and ask."))
        self.changed.emit()


def _is_week(s: Schedule) -> bool:
    plain = s.freq == "WEEKLY" and s.interval == 1 and not (s.kind or s.season or s.valid_from or s.valid_to)
    return plain and bool(s.byday) and s.opens_at is not None and s.closes_at is not None


def _time(field: QTimeEdit) -> time:
    at = field.time()
    return time(at.hour(), at.minute())
