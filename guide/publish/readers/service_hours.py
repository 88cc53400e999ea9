"""When one service is open: its schedule rows of any HSDS version, its holiday rows, and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from guide.catalog.hours_text import parse_hours
from guide.publish.readers.batch import Batch
from guide.publish.readers.cleaning import clean
from guide.publish.readers.hours import holiday, regular, ruled
from guide.publish.readers.stage import Row
from guide.publish.report import Report
from guide.records import Schedule

_NOT_ON_HOLIDAYS = re.compile(
    r"\b(?:closed|not available|no service|not open|cerrado|unavailable)\b[^.;]{0,30}\bholidays\b", re.IGNORECASE
)
_SAID = ("weekday", "byday", "opens_at", "closes_at", "description", "notes", "original_text", "start_date", "valid_from",
         "bymonthday", "freq", "dtstart", "shut", "end_date")  # fmt: skip


class ServiceHours:
    """The hours of services: rows first, free text where it says more or rows say nothing."""

    def __init__(self, timezone: str, report: Report, files: Sequence[str]) -> None:
        """Take the zone of times that name none."""
        self._timezone, self._report, self._files = timezone, report, files

    def of(self, batch: Batch, service: Row, places: Sequence[str]) -> tuple[str, tuple[Schedule, ...]]:
        """Return what the source says of the hours, and the schedules; those of its only place where it has none."""
        rows = list(batch.of("schedule", "service_id", service["id"]))
        for link in batch.links.get(service["id"], ()):
            rows += batch.of("schedule", "service_at_location_id", link["id"])
        if not rows and not service["hours"] and len(places) == 1:
            rows = batch.of("schedule", "location_id", places[0])
        told = [row for row in rows if any(row[name] for name in _SAID)]
        for row in rows:
            if not any(row[name] for name in _SAID):
                self._report.add("empty schedule: left out", self._files[row["file"]], row["line"])
        texts = [clean(row["original_text"] or row["description"])[0] for row in told if not _is_holiday(row)]
        text = "; ".join(dict.fromkeys(t for t in (clean(service["hours"])[0], *texts) if t))
        return text, tuple(dict.fromkeys(self._schedules(told, text)))

    def _schedules(self, rows: Sequence[Row], text: str) -> list[Schedule]:
        days = [row for row in rows if not _is_holiday(row)]
        said = list(parse_hours(text, self._timezone)) if text else []
        plain = all(row["weekday"] and not row["byday"] for row in days)
        # Words that are understood whole hold, as rows of the old form often drop a second span.
        if plain and said and any(not one.kind for one in said):
            found = said
        else:
            found = [one for row in days for one in self._row(row)] or said
        for row in rows:
            if _is_holiday(row):
                one = holiday(row, self._timezone)
                if one is None:
                    self._report.add("holiday not understood: left out", self._files[row["file"]], row["line"])
                else:
                    found.append(one)
        if _NOT_ON_HOLIDAYS.search(text):
            found = [replace(one, holidays="closed") if not one.kind else one for one in found]
        return found

    def _row(self, row: Row) -> tuple[Schedule, ...]:
        if row["weekday"] and not row["byday"]:
            one = regular(row, self._timezone)
            found: tuple[Schedule, ...] | None = None if one is None else (one,)
        else:
            found = ruled(row, self._timezone)
        if found is None and not (row["opens_at"] or row["closes_at"]):
            return ()  # a row of words alone; they are shown as they are
        if found is None:
            self._report.add("hours not understood: shown as text only", self._files[row["file"]], row["line"])
        return found or ()


def _is_holiday(row: Row) -> bool:
    return bool(row["form"] == "holiday" or row["start_date"])
