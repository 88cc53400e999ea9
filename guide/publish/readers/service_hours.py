"""When one service is open: its schedule rows of any HSDS version, its holiday rows, and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from guide.catalog.hours_text import parse_hours
from guide.publish.readers.cleaning import clean
from guide.publish.readers.hours import holiday, regular, ruled
from guide.publish.readers.package import Row
from guide.publish.report import Report
from guide.records import Schedule

Children = Mapping[tuple[str, str], Mapping[str, Sequence[tuple[int, Row]]]]
TABLES = ("regular_schedules", "schedules", "holiday_schedules")
_NOT_ON_HOLIDAYS = re.compile(
    r"\b(?:closed|not available|no service|not open|cerrado|unavailable)\b[^.;]{0,30}\bholidays\b", re.IGNORECASE
)


class ServiceHours:
    """The hours of a package's services: rows first, free text where it says more or rows say nothing."""

    def __init__(self, children: Children, timezone: str, report: Report) -> None:
        """Take the rows of the three tables by service and by location, and the zone of times that name none."""
        self._children, self._timezone, self._report = children, timezone, report

    def of(self, service: str, places: Sequence[str]) -> tuple[Schedule, ...]:
        """Return the schedules of ``service``; those of its only place where it has none of its own."""
        rows = {table: self._rows(table, service, places) for table in TABLES}
        text = self.text(service, places)
        found = [*self._read(rows["regular_schedules"], "regular_schedules", self._one(regular), text),
                 *self._read(rows["schedules"], "schedules", ruled, text)]  # fmt: skip
        for line, row in rows["holiday_schedules"]:
            one = holiday(row, self._timezone)
            if one is None:
                self._report.add("holiday not understood: left out", "holiday_schedules", line)
            else:
                found.append(one)
        if _NOT_ON_HOLIDAYS.search(text):
            found = [replace(one, holidays="closed") if not one.kind else one for one in found]
        return tuple(dict.fromkeys(found))

    def text(self, service: str, places: Sequence[str]) -> str:
        """Return what the source itself says of the hours, each text once."""
        rows = [row for table in TABLES[:2] for _, row in self._rows(table, service, places)]
        texts = [clean(row.get("original_text") or row.get("description", ""))[0] for row in rows]
        return "; ".join(dict.fromkeys(text for text in texts if text))

    def _rows(self, table: str, service: str, places: Sequence[str]) -> Sequence[tuple[int, Row]]:
        own = self._children[table, "service_id"].get(service, ())
        if own or len(places) != 1:
            return own
        return self._children[table, "location_id"].get(places[0], ())

    def _read(
        self,
        rows: Sequence[tuple[int, Row]],
        table: str,
        read: Callable[[Row, str], tuple[Schedule, ...] | None],
        text: str,
    ) -> list[Schedule]:
        """Return the schedules of ``rows``. Words that are understood whole hold, as rows often drop a second span."""
        if not rows:
            return []
        said = parse_hours(text, self._timezone)
        if table == "regular_schedules" and said and any(not one.kind for one in said):
            return list(said)
        found: list[Schedule] = []
        for line, row in rows:
            made = read(row, self._timezone)
            if made is None:
                self._report.add("hours not understood: shown as text only", table, line)
            found += made or ()
        return found or list(said)

    @staticmethod
    def _one(read: Callable[[Row, str], Schedule | None]) -> Callable[[Row, str], tuple[Schedule, ...] | None]:
        return lambda row, zone: (made,) if (made := read(row, zone)) else None
