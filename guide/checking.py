"""Checking numbers: what is due, rounds and calls, what somebody reported, and what goes back to the publisher."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guide.clock import Clock
from guide.errors import NotFoundError, ThisComputerError
from guide.records import Audience, Paper
from guide.records.checking import (
    CheckRound,
    Correction,
    CorrectionFile,
    Due,
    DueCount,
    NumberCheck,
    Reason,
    Report,
    Result,
)

if TYPE_CHECKING:
    from guide.catalog.reader import Catalog
    from guide.shelter.store import Store

CRISIS, ALL_DUE = "crisis", "due"
USUAL = 25  # entries in a round, unless somebody asks for more: an afternoon's calls


class NumberChecks:
    """Every method opens what it needs and lets it go."""

    def __init__(
        self, clock: Clock, catalog: Callable[[], AbstractContextManager[Catalog]],
        store: Callable[[], AbstractContextManager[Store]],
    ) -> None:  # fmt: skip
        """Take the clock, and what opens catalog and shelter.db."""
        self._clock, self._catalog, self._store = clock, catalog, store

    # --- what is due --------------------------------------------------------------------------------
    def today(self) -> date:
        """Return today, where this PC stands."""
        return self._clock().astimezone().date()

    def due(self) -> tuple[DueCount, ...]:
        """Return how many entries of each category are due today."""
        from guide.catalog.due import due_counts

        with self._catalog() as catalog:
            return due_counts(catalog, self.today(), self._lately(catalog))

    def due_entries(self, kind: str = ALL_DUE, limit: int = USUAL) -> tuple[Due, ...]:
        """Return the next ``limit`` entries to call (0: all). ``kind``: crisis, due (whatever is) or a category."""
        from guide.catalog.due import due_entries
        from guide.shelter.counts import most_printed

        category = "" if kind == ALL_DUE else kind
        with self._store() as store:
            first = most_printed(store)
        with self._catalog() as catalog:
            lately = self._lately(catalog)
            return due_entries(catalog, self.today(), lately, category=category, limit=limit, first=first)

    # --- a round ------------------------------------------------------------------------------------
    def begin(self, kind: str = ALL_DUE, limit: int = USUAL) -> CheckRound:
        """Begin a round and return it; one that is open ends. Raises UsageError: nothing is due."""
        from guide.shelter.checks import begin_round

        entries = [(one.service, one.name) for one in self.due_entries(kind, limit)]
        with self._store() as store:
            begin_round(store, kind, entries, self.today())
        return self._open_round()

    def round(self) -> CheckRound | None:
        """Return the round that is open, None when there is none."""
        from guide.shelter.checks import open_round

        with self._store() as store:
            return open_round(store)

    def end(self) -> None:
        """End the open round. What was not called comes again in the next one. Raises NotFoundError."""
        from guide.shelter.checks import end_round

        with self._store() as store:
            end_round(store, self._open_round().id, self.today())

    # --- calls --------------------------------------------------------------------------------------
    def record(self, checks: Iterable[NumberCheck]) -> tuple[NumberCheck, ...]:
        """Keep calls, all or none; names and numbers are taken from the catalog where they are left out.

        Raises UsageError: a day to come, or a value that cannot be; NotFoundError: there is no such entry.
        """
        from dataclasses import replace

        from guide.errors import UsageError
        from guide.shelter.checks import add_checks

        wanted, today = list(checks), self.today()
        with self._catalog() as catalog:
            known = {one.id: one for one in catalog.services([check.service for check in wanted])}
        made = []
        for check in wanted:
            if check.on > today:
                raise UsageError("This day is still to come.", on=check.on.isoformat())
            service = known.get(check.service)
            if service is None:
                raise NotFoundError(service=check.service)
            main = service.main_phone()
            number = check.number or (main.published if main else "")
            made.append(replace(check, number=number, name=service.name.text))
        with self._store() as store:
            return add_checks(store, made)

    def take_back(self, check: str) -> None:
        """Take one call back. Raises NotFoundError."""
        from guide.shelter.checks import drop_check

        with self._store() as store:
            drop_check(store, check)

    def here(self, services: Collection[str]) -> dict[str, NumberCheck]:
        """Return the newest call of this house for each of ``services`` whose number still stands as it was called."""
        with self._catalog() as catalog:
            return self._standing(catalog, services)

    # --- something wrong ----------------------------------------------------------------------------
    def report(self, service: str, reasons: Iterable[Reason], audience: Audience) -> None:
        """Keep what somebody ticked about an entry (SAFETY N1, N2). Raises NotFoundError."""
        from guide.shelter.reports import add_report

        with self._catalog() as catalog:
            found = catalog.service(service)
        numbers = [phone.published for phone in found.shown_phones()]
        by_staff = audience is Audience.STAFF
        with self._store() as store:
            add_report(store, found.id, found.name.text, numbers, reasons, self.today(), by_staff=by_staff)

    def reports(self) -> tuple[Report, ...]:
        """Return what was reported, by entry."""
        from guide.shelter.reports import reports

        with self._store() as store:
            return reports(store)

    def settle(self, service: str) -> None:
        """Forget what was reported about an entry: staff looked into it."""
        from guide.shelter.reports import drop_reports

        with self._store() as store:
            drop_reports(store, service)

    # --- what came of it ----------------------------------------------------------------------------
    def ours(self) -> tuple[Correction, ...]:
        """Return what was found wrong with this house's own services and not put right since, by entry.

        Nobody else can: it goes to no publisher.
        """
        from guide.corrections import gather
        from guide.records.laid import is_ours
        from guide.shelter.checks import latest_checks

        with self._store() as store:
            checks = [one for one in latest_checks(store).values() if is_ours(one.service)]
        with self._catalog() as catalog:
            services = {one.id: one for one in catalog.services(dict.fromkeys(one.service for one in checks))}
        looked = {one.id: one.assured_date for one in services.values()}
        found = gather(checks, (), services, notes=True)
        return tuple(
            one for one in found
            if one.kind != "changed" or (on := looked[one.service]) is None or on.isoformat() < one.checked_on
        )  # fmt: skip

    # --- back to the publisher ----------------------------------------------------------------------
    def corrections(self, *, notes: bool = False, reported: bool = True) -> tuple[CorrectionFile, ...]:
        """Return what this house has to say of what is published, a file for each publisher; () when there is nothing.

        ``notes``: also what staff wrote; ``reported``: also what was ticked and nobody has looked into.
        """
        from guide.catalog.books import by_mark
        from guide.corrections import gather
        from guide.shelter.checks import latest_checks
        from guide.shelter.reports import house_mark, reports

        with self._store() as store:
            checks, told = latest_checks(store), reports(store) if reported else ()
            mark_here = house_mark(store) if checks or told else ""
        ids = sorted({service for service, _number in checks} | {one.service for one in told})
        files = []
        with self._catalog() as catalog:
            parts = catalog.parts()
            for mark, some in by_mark(ids, list(parts)).items():
                services = {one.id + mark: one for one in parts[mark].services(some)}
                found = gather(checks.values(), told, services, notes=notes)
                if found:
                    edition = parts[mark].edition()
                    made = (edition.publisher, edition.number, edition.name, mark_here, self.today())
                    files.append(CorrectionFile(*made, found))
        return tuple(files)

    def round_paper(self, language: str, paper: str) -> Paper:
        """Return what is still to be called in the open round, for a volunteer with a phone. Raises TypesetError."""
        from guide.sheets.check_sheet import check_sheet

        found = self._open_round()
        with self._catalog() as catalog:
            services = {one.id: one for one in catalog.services([entry.service for entry in found.entries])}
        return check_sheet(found, services, language, paper)

    def write_corrections(self, file: CorrectionFile, folder: Path) -> Path:
        """Write corrections into ``folder`` under a name that tells nothing, and return the path.

        The same house's file of the same day is replaced. Raises StickFullError, StickLockedError, ThisComputerError.
        """
        from guide.bundles.disk import sync_file, writing
        from guide.correction_file import SUFFIX, to_bytes
        from guide.errors import DiskFullError, NoAccessError, StickFullError, StickLockedError

        path = folder / f"{file.publisher or 'guide'}-{file.made_on.isoformat()}{SUFFIX}"
        fresh = path.with_name(path.name + ".new")
        try:
            with writing(path):
                try:
                    fresh.write_bytes(to_bytes(file))
                    sync_file(fresh)
                    fresh.replace(path)
                finally:
                    with suppress(OSError):
                        fresh.unlink()
        except DiskFullError as error:
            raise StickFullError(**error.facts) from error
        except NoAccessError as error:
            raise StickLockedError(**error.facts) from error
        return path

    def slip(self, files: Sequence[CorrectionFile], language: str, paper: str) -> Paper:
        """Return corrections on paper, to hand or mail to the publisher. Raises TypesetError."""
        from guide.sheets.check_sheet import correction_slip

        return correction_slip(files, language, paper)

    # --- inside -------------------------------------------------------------------------------------
    def _open_round(self) -> CheckRound:
        found = self.round()
        if found is None:
            raise NotFoundError("There is no round of checks.")
        return found

    def _lately(self, catalog: Catalog) -> dict[str, date]:
        """Return the day each entry was called last, on a number that is still published."""
        from guide.catalog.due import numbers_of
        from guide.shelter.checks import latest_days

        found: dict[tuple[str, str], date] = {}
        with suppress(ThisComputerError), self._store() as store:
            found = latest_days(store)
        now = numbers_of(catalog, {service for service, _number in found}) if found else {}
        lately: dict[str, date] = {}
        for (service, number), on in found.items():
            if number in now.get(service, ()):
                lately[service] = max(on, lately.get(service, on))
        return lately

    def _standing(self, catalog: Catalog, services: Collection[str]) -> dict[str, NumberCheck]:
        """Return the newest call of each entry whose number is still published; what is unreadable is as if not there."""
        from guide.catalog.due import numbers_of
        from guide.shelter.checks import latest_checks

        found: dict[tuple[str, str], NumberCheck] = {}
        with suppress(ThisComputerError), self._store() as store:  # a guide is not refused for our own file's sake
            found = latest_checks(store, services)
        now = numbers_of(catalog, {service for service, _number in found}) if found else {}
        standing: dict[str, NumberCheck] = {}
        for (service, number), check in found.items():
            if number in now.get(service, ()) and _says_more(check, standing.get(service)):
                standing[service] = check
        return standing


def _says_more(check: NumberCheck, other: NumberCheck | None) -> bool:
    """Say whether ``check`` is what to tell of an entry with several numbers: the newest, on one day the worst."""
    if other is None or check.on != other.on:
        return other is None or check.on > other.on
    return check.result is not Result.REACHED
