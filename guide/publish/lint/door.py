"""The lint's door: a catalog in, everything that is wrong or doubtful in it out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from guide.catalog.reader import Catalog
from guide.catalog.stream import indexed_services
from guide.errors import NotToBePublishedError
from guide.publish.lint.across import across
from guide.publish.lint.baseline import NOTHING_ACCEPTED, Baseline
from guide.publish.lint.dates import dates, ended
from guide.publish.lint.findings import Finding, Findings, finding
from guide.publish.lint.numbers import Listed, evidence, number, spelled
from guide.publish.lint.places import places
from guide.publish.lint.words import public_texts, steps, words
from guide.records import Edition, Progress, Service, Step, silent

_NOW_AND_THEN = 500


def lint(catalog: Path, today: date, baseline: Baseline = NOTHING_ACCEPTED, progress: Progress = silent) -> Findings:
    """Return everything found in ``catalog`` on ``today``; what ``baseline`` accepts stands apart.

    Memory stays flat, however many entries there are.

    Raises:
        BrokenCatalogError: it is no catalog.
    """
    found = Findings()
    for one in _each(catalog, today, found, progress):
        if held := baseline.accepts(one, today):
            found.accept(one, held.reason, held.until.isoformat())
        else:
            found.add(one)
    found.notes += baseline.notes(today)
    return found


def check_publishable(
    catalog: Path, today: date, baseline: Baseline = NOTHING_ACCEPTED, progress: Progress = silent
) -> Findings:
    """Return what ``lint`` found. Raises NotToBePublishedError with the errors when there are any."""
    found = lint(catalog, today, baseline, progress)
    if found.errors:
        refuse(found)
    return found


def refuse(found: Findings) -> None:
    """Raise NotToBePublishedError with the codes and the first errors of ``found``."""
    errors = [one for one in found.kept if one.severity == "error"]
    raise NotToBePublishedError(
        f"{found.errors:,} {'error has' if found.errors == 1 else 'errors have'} to be mended, or accepted with a reason, before this is signed.",
        errors=found.errors,
        codes={code: count for code, count in found.counts.items() if any(e.code == code for e in errors)},
        first=[f"{e.code}: {e.name}: {e.reason}" for e in errors[:5]],
    )


def _each(catalog: Path, today: date, found: Findings, progress: Progress) -> Iterator[Finding]:
    with Catalog(catalog) as opened:
        edition = opened.edition()
        listed = Listed(opened.do_not_print())
        for service in indexed_services(catalog, place_hours=True):
            found.services += 1
            if found.services % _NOW_AND_THEN == 0:
                progress(Step("lint", found.services, edition.services))
            record = service.original_id or service.id
            said = dict.fromkeys(_service(service, edition, listed, today))  # the same said twice is one finding
            yield from (finding(code, record, service.name.text, reason) for code, reason in said)
    progress(Step("lint", edition.services, edition.services))
    yield from across(catalog)


def _service(service: Service, edition: Edition, listed: Listed, today: date) -> Iterator[tuple[str, str]]:
    for phone in service.shown_phones():
        yield from number(phone)
        yield from listed.of(phone)
        yield from evidence(service, phone)
    numbers = {phone.published for phone in service.phones}  # looked at above
    for told in (service.name, *public_texts(service)):
        for text in told.every() if told.text or told.others else ():
            if text not in numbers:
                yield from spelled(text)
                yield from listed.within(text)
    yield from dates(service, edition, today)
    yield from ended(service, today)
    yield from words(service)
    yield from steps(service)
    yield from places(service)
