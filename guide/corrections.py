"""What a house has to say to its publisher: gathered from calls and reports, as far as the guide still says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guide.records import Service
from guide.records.checking import DIFFERENT, Correction, NumberCheck, Reason, Report, Result

# Where a point of the call script, or a ticked reason, is told of in the catalog.
_OF_POINT = {"answered": "phone", "menu": "phone", "hours": "hours", "languages": "languages", "served": "eligibility",
             "cost": "fees"}  # fmt: skip
_OF_REASON = {
    Reason.HOURS: "hours",
    Reason.LANGUAGE: "languages",
    Reason.SERVED: "eligibility",
    Reason.COST: "fees",
    Reason.PLACE: "address",
    Reason.OTHER: "other",
}


def gather(
    checks: Iterable[NumberCheck], reports: Iterable[Report], services: Mapping[str, Service], *, notes: bool
) -> tuple[Correction, ...]:
    """Return the corrections by entry. One whose number or entry the publisher changed meanwhile is settled: left out.

    ``services``: the entries as the guide has them now. ``notes``: take along what staff wrote.
    """
    found: list[Correction] = []
    for check in checks:
        service = services.get(check.service)
        if service is not None and check.number in _numbers(service):
            found += _of_check(check, service, check.note if notes else "")
    for report in reports:
        service = services.get(report.service)
        if service is not None:
            found += _of_report(report, service)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.service, one.field, one.id)))


def _of_check(check: NumberCheck, service: Service, note: str) -> Iterator[Correction]:
    name, on = service.name.text, check.on.isoformat()
    if check.result is Result.CLOSED:
        yield Correction(
            f"{check.id}-status", service.id, name, "status", "closed", service.status, "", "check", on, note
        )
        return
    if check.result is Result.WRONG:
        yield Correction(
            f"{check.id}-phone", service.id, name, "phone", "wrong", check.number, check.proposed, "check", on, note
        )
    fields = dict.fromkeys(_OF_POINT[point] for point, answer in check.answers if answer == DIFFERENT)
    for field in fields:
        if field == "phone" and check.result is Result.WRONG:
            continue
        old = check.number if field == "phone" else value_of(service, field)
        yield Correction(f"{check.id}-{field}", service.id, name, field, "changed", old, "", "check", on, note)


def _of_report(report: Report, service: Service) -> Iterator[Correction]:
    name = service.name.text
    now = _numbers(service)
    for reason in report.reasons:
        field, kind, old = _OF_REASON.get(reason, "other"), "changed", ""
        if reason is Reason.NUMBER:
            if not set(report.numbers) & set(now):
                continue  # every number it had then is gone: settled
            field, kind, old = "phone", "wrong", ", ".join(one for one in report.numbers if one in now)
        elif reason is Reason.CLOSED:
            field, kind, old = "status", "closed", service.status
        else:
            old = value_of(service, field)
        yield Correction(
            f"{report.id}-{reason.value}", service.id, name, field, kind, old, "", "report", report.when
        )  # fmt: skip


def value_of(service: Service, field: str) -> str:
    """Return what the catalog says of a correction's ``field``, in one line; "" where it says nothing."""
    values = {
        "status": service.status,
        "hours": service.hours.text,
        "languages": ", ".join(service.languages),
        "eligibility": service.eligibility.text,
        "fees": service.cost.text,
        "address": "; ".join(
            ", ".join(filter(None, (a.address_1, a.city, a.state_province, a.postal_code)))
            for place in service.locations
            for a in place.addresses
        ),
        "phone": ", ".join(_numbers(service)),
    }
    return values.get(field, "")[:500]


def _numbers(service: Service) -> tuple[str, ...]:
    return tuple(phone.published for phone in service.shown_phones())
