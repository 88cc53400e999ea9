"""Cells of the stage into what may be shown: mended, without private streets, every inference told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from guide.publish.readers.cleaning import clean, with_scheme
from guide.publish.readers.days import read_day
from guide.publish.readers.stage import Row, Stage
from guide.publish.readers.streets import Streets
from guide.records import Schedule


class Texts:
    """Reads cells; ``closed`` are the streets that no text of the service at hand may tell."""

    def __init__(self, stage: Stage, region: str, today: date) -> None:
        """Take where findings are told, the country that dates are written in, and the day it is."""
        self._stage, self._region, self._today = stage, region, today
        self.closed: tuple[Streets, ...] = ()

    def text(self, row: Row, column: str) -> str:
        """Return a cell mended, without private streets; what was mended is told."""
        if not column or not row[column]:
            return ""
        text, mended = clean(row[column])
        for what in mended:
            self._stage.report.add(what, self._stage.files[row["file"]], row["line"])
        if not self.closed:
            return text
        shown = self.open(text)
        if shown != text:
            self._stage.report.add(
                "private street taken out of a text", self._stage.files[row["file"]], row["line"], column
            )
        return shown

    def open(self, text: str) -> str:
        """Return a text without private streets."""
        for streets in self.closed:
            text = streets.without(text)[0]
        return text

    def quiet(self, schedules: Sequence[Schedule]) -> tuple[Schedule, ...]:
        """Return schedules whose words tell no private street."""
        return tuple(replace(one, description=self.open(one.description)) for one in schedules)

    def url(self, row: Row, column: str) -> str:
        """Return a web address with its scheme, "" for what is none."""
        given = clean(row[column])[0].split("\n")[0].strip()
        if given and ("." not in given or " " in given):
            parts = [part for part in given.replace(";", " ").replace(",", " ").split() if "." in part]
            if not parts or "@" in parts[0]:
                self._stage.report.add("no web address: left out", self._stage.files[row["file"]], row["line"], given)
                return ""
            self._stage.report.add(
                "several words for a web address: first kept", self._stage.files[row["file"]], row["line"], given
            )
            given = parts[0]
        shown = with_scheme(given)
        if shown != given:
            self._stage.report.add("web address without https://", self._stage.files[row["file"]], row["line"], given)
        return shown

    def day(self, row: Row, column: str) -> date | None:
        """Return the day in a cell; one that cannot be read, or lies ahead, is none."""
        if not row[column]:
            return None
        found, said = read_day(row[column], self._region)
        file, line = self._stage.files[row["file"]], row["line"]
        if found is None:
            self._stage.report.add("date not understood: left out", file, line, f"{column} {row[column]}")
        elif found > self._today:
            self._stage.report.add("date in the future: left out", file, line, f"{column} {row[column]}")
            return None
        elif said:
            self._stage.report.add(said, file, line, f"{column} {row[column]}")
        return found
