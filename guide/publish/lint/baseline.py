"""The baseline: a small TOML file in which a publisher accepts findings, each with a reason and an end date."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from guide.errors import SourceDataError
from guide.publish.lint.findings import Finding
from guide.publish.lint.rules import ERROR, RULES

EVERY = "*"
LONGEST = timedelta(days=366)  # what is accepted is looked at again once a year at least, as every entry is
SOON = timedelta(days=60)  # before an acceptance ends it is said, at every lint: time to mend what it is about
_SHORTEST = 10  # letters: "ok" is no reason
_HEAD = """\
# What the lint may find in this catalog, and why that may stay.
# Each one needs a reason and an end date, at most a year ahead. After that day it counts again.
# record = "*" accepts the code in every entry; write it only where one reason holds for all.
"""


@dataclass(frozen=True)
class Acceptance:
    """One accepted finding: the code, in one entry (its own id) or in every one."""

    code: str
    record: str
    reason: str
    until: date


@dataclass
class Baseline:
    """All that is accepted. ``everything`` accepts every error, for publishers whose keys protect nothing."""

    listed: tuple[Acceptance, ...] = ()
    everything: str = ""
    _used: set[Acceptance] = field(default_factory=set)

    def accepts(self, found: Finding, today: date) -> Acceptance | None:
        """Return what accepts ``found`` on ``today``, None when nothing does."""
        if self.everything and found.severity == ERROR:
            return Acceptance(found.code, EVERY, self.everything, today)
        for record in (found.record, EVERY):
            for one in self.listed:
                if (one.code, one.record) == (found.code, record) and today <= one.until:
                    self._used.add(one)
                    return one
        return None

    def notes(self, today: date) -> list[str]:
        """Return what is to be said of the list itself: what has ended or ends soon, and what is not needed any more."""
        said = []
        for one in self.listed:
            what = f"{one.code} in {'every entry' if one.record == EVERY else one.record}"
            if today > one.until:
                said.append(f"No longer accepted since {one.until}: {what}")
            elif one not in self._used:
                said.append(f"Accepted, but not found any more: {what}. Take it out of the list.")
            elif one.until - today <= SOON:
                said.append(f"Accepted until {one.until} only: {what}. After that day it stops a release again.")
        return said


NOTHING_ACCEPTED = Baseline()


def read_baseline(path: Path, today: date) -> Baseline:
    """Return the baseline in ``path``.

    Raises:
        SourceDataError: it cannot be read, or one of its entries lacks a code, a reason or a day within a year.
    """
    try:
        body = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceDataError(f"The baseline cannot be read: {error}", file=str(path)) from error
    listed = body.pop("accept", [])
    if body or not isinstance(listed, list):
        raise SourceDataError("A baseline holds [[accept]] entries and nothing else.", file=str(path))
    return Baseline(tuple(_acceptance(one, number, path, today) for number, one in enumerate(listed, 1)))


def write_draft(found: Iterable[Finding], today: date) -> str:
    """Return a baseline that would accept ``found`` in 90 days' time, with every reason still to be written."""
    until = today + timedelta(days=90)
    parts = [_HEAD]
    for one in found:
        parts.append(
            f"\n# {_line(one.name)}: {_line(one.reason)}\n[[accept]]\ncode = {_quoted(one.code)}\n"
            f'record = {_quoted(one.record)}\nreason = ""\nuntil = {until.isoformat()}\n'
        )
    return "".join(parts)


def _acceptance(one: Any, number: int, path: Path, today: date) -> Acceptance:
    def wrong(what: str) -> SourceDataError:
        return SourceDataError(f"Entry {number} of the baseline {what}.", file=str(path), entry=number)

    if not isinstance(one, dict):
        raise wrong("is not one of [[accept]]")
    unknown = set(one) - {"code", "record", "reason", "until"}
    if unknown:
        raise wrong(f"has a line that means nothing here: {min(unknown)}")
    code, record, reason, until = (one.get(name) for name in ("code", "record", "reason", "until"))
    if code not in RULES:
        raise wrong(f"names no code of the lint: {code}")
    if not isinstance(record, str) or not record.strip():
        raise wrong('needs the record it is about, or "*"')
    if not isinstance(reason, str) or len(reason.strip()) < _SHORTEST:
        raise wrong("needs a reason, in words")
    if isinstance(until, datetime) or not isinstance(until, date):
        raise wrong("needs an end date, as until = 2027-03-31")
    if until - today > LONGEST:
        raise wrong(f"ends more than a year from now ({until})")
    return Acceptance(str(code), record.strip(), reason.strip(), until)


def _quoted(text: str) -> str:
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in safe) + '"'


def _line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
