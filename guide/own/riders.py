"""What travels to the house's other PCs though it is kept elsewhere than as facts: sheets, calls, staff's reports, templates.

Each is noted as facts when staff look or write a file, never when a visitor does something (SAFETY N1): the time of a
note tells nothing of a visit. What visitors ticked stays on the PC where they did.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, Protocol

from guide.clock import Clock
from guide.errors import NotFoundError, UsageError
from guide.records.checking import NumberCheck, Report
from guide.records.house import Edit, Fact
from guide.shelter.checks import LONGEST_NOTE, check_from, check_values, drop_checks, every_check, put_checks
from guide.shelter.facts import change, plain_json, things
from guide.shelter.reports import drop_report, put_report, report_from, report_values, reports
from guide.shelter.saved import LONGEST_NAME, remove_sheet, save_sheet, saved_sheets, sheet_from, sheet_values
from guide.shelter.store import Store

Admitted = tuple[list[Fact], int, list[str]]
NOTE = "call/note"  # apart from the call: what staff wrote leaves this PC only where they ask for it (N7)


class Rider(Protocol):
    """One kind of thing. ``undone``: a change of it can be taken back."""

    kind: str
    undone: bool

    def take_note(self, store: Store, clock: Clock) -> None:
        """Keep what became of its things since the last look as facts."""

    def follow(self, store: Store) -> None:
        """Make its things what was taken in or taken back."""

    def admitted(self, store: Store, theirs: Sequence[Fact], today: date) -> Admitted:
        """Return those of another PC's facts that can be kept, how many make no sense, and what has no room here."""


class SavedSheets:
    """Saved sheets, each one value under its name."""

    kind, undone = "sheet", True

    def take_note(self, store: Store, clock: Clock) -> None:
        """Keep what became of the saved sheets since the last look, each as one change."""
        now = {sheet.name: sheet_values(sheet) for sheet in saved_sheets(store)}
        kept = {
            name: fields["content"].value for (_, name), fields in things(store, "sheet").items() if "content" in fields
        }
        for name in sorted({*now, *kept}):
            if plain_json(now.get(name)) != plain_json(kept.get(name)):
                change(store, clock, [Edit("sheet", name, "content", now.get(name))], "sheet", name)

    def follow(self, store: Store) -> None:
        """Make the saved sheets what was taken in or taken back."""
        now = {sheet.name: sheet_values(sheet) for sheet in saved_sheets(store)}
        for (_, name), fields in things(store, "sheet").items():
            value = fields["content"].value if "content" in fields else None
            if plain_json(value) == plain_json(now.get(name)):
                continue
            try:
                if value is None:
                    remove_sheet(store, name)
                elif (sheet := sheet_from(name, value)) is not None:
                    save_sheet(store, sheet)
            except (UsageError, NotFoundError):  # a name no sheet can have, from a file of an older program
                continue

    def admitted(self, store: Store, theirs: Sequence[Fact], today: date) -> Admitted:
        """Return what makes a sheet, or takes one away."""
        del store, today
        good = [f for f in theirs if f.field == "content" and 0 < len(" ".join(f.id.split())) <= LONGEST_NAME]
        good = [f for f in good if f.value is None or sheet_from(f.id, f.value) is not None]
        return good, len(theirs) - len(good), []


class Calls:
    """Number checks: each was made once, and may be taken back. Their rounds stay here: each PC has its own."""

    kind, undone = "check", False

    def take_note(self, store: Store, clock: Clock) -> None:
        """Keep the calls that are new or were taken back."""
        now = {one.id: one for one in every_check(store)}
        kept = {key: fields for (_, key), fields in things(store, "check").items()}
        edits = []
        for key, one in now.items():
            if key not in kept or kept[key].get("call") is None or kept[key]["call"].value is None:
                edits.append(Edit("check", key, "call", check_values(one)))
                edits += [Edit("check", key, NOTE, one.note)] if one.note else []
        for key, fields in kept.items():
            if key not in now:
                edits += [Edit("check", key, field, None) for field, fact in fields.items() if fact.value is not None]
        change(store, clock, edits)

    def follow(self, store: Store) -> None:
        """Take in the calls of other PCs, and take back what was taken back there."""
        here = {one.id: one for one in every_check(store)}
        fresh, gone = [], []
        for (_, key), fields in things(store, "check").items():
            value = fields["call"].value if "call" in fields else None
            made = _call(key, value, fields.get(NOTE))
            if made is not None and (key not in here or (made.note and made.note != here[key].note)):
                fresh.append(made)
            elif made is None and key in here:
                gone.append(key)
        put_checks(store, fresh)
        drop_checks(store, gone)

    def admitted(self, store: Store, theirs: Sequence[Fact], today: date) -> Admitted:
        """Return what makes a call that was made by now: one of a day to come would keep a number fresh for ever."""
        del store
        good = []
        for fact in theirs:
            if fact.field == "call":
                made = _call(fact.id, fact.value, None)
                if fact.value is None or (made is not None and made.on <= today + timedelta(days=1)):
                    good.append(fact)
            elif fact.field == NOTE and (fact.value is None or isinstance(fact.value, str)):
                good.append(fact)
        return good, len(theirs) - len(good), []


class StaffReports:
    """What staff ticked under "Something wrong?". A visitor's tick never leaves the PC (N1)."""

    kind, undone = "report", False

    def take_note(self, store: Store, clock: Clock) -> None:
        """Keep the reports that are new or settled."""
        now = {_key(one): report_values(one) for one in reports(store) if one.by_staff}
        kept = {key: f["told"].value for (_, key), f in things(store, "report").items() if "told" in f}
        edits = [Edit("report", key, "told", value) for key, value in now.items() if kept.get(key) is None]
        edits += [
            Edit("report", key, "told", None) for key, value in kept.items() if value is not None and key not in now
        ]
        change(store, clock, edits)

    def follow(self, store: Store) -> None:
        """Take in what staff reported on other PCs, and drop what was settled there."""
        here = {_key(one): one for one in reports(store) if one.by_staff}
        for (_, key), fields in things(store, "report").items():
            value = fields["told"].value if "told" in fields else None
            made = report_from(value)
            if made is not None and key not in here:
                put_report(store, made)
            elif made is None and key in here:
                drop_report(store, here[key].id)

    def admitted(self, store: Store, theirs: Sequence[Fact], today: date) -> Admitted:
        """Return what makes a report of staff's, or settles one."""
        del store, today
        good = []
        for fact in theirs:
            made = report_from(fact.value)
            if fact.field == "told" and (fact.value is None or (made is not None and _key(made) == fact.id)):
                good.append(fact)
        return good, len(theirs) - len(good), []


RIDERS: tuple[Rider, ...] = (SavedSheets(), Calls(), StaffReports())


def _call(key: str, value: Any, note: Fact | None) -> NumberCheck | None:
    said = note.value if note is not None and isinstance(note.value, str) else ""
    return check_from(key, value, " ".join(said.split())[:LONGEST_NOTE])


def _key(report: Report) -> str:
    """Return what names a report on every PC: what is told, so that the same told twice is one."""
    told = [report.service, sorted(one.value for one in report.reasons), report.when]
    return blake2b(plain_json(told).encode(), digest_size=16).hexdigest()
