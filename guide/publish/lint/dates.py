"""The lint's look at dates: none, too old by the entry's kind, not come yet, or long dead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from guide.catalog.freshness import freshness
from guide.records import Edition, Service

Reasons = Iterator[tuple[str, str]]
_DEAD = date(1990, 1, 1)  # nothing on the web is older; 1900, 1904 and 1970 are what spreadsheets write for "none"
_MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"),
    ("june", "junio"), ("july", "julio"), ("august", "agosto"), ("september", "septiembre"), ("october", "octubre"),
    ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip
_NUMBERED = {name: n for n, names in enumerate(_MONTHS, 1) for name in names} | {
    names[0][:3]: n for n, names in enumerate(_MONTHS, 1)
}
_ENDS = re.compile(
    r"(?i)\b(?:until|through|thru|ends?|ending|closed? on|by|hasta(?: el)?|termina el)\s+"
    r"(?:(?P<month>[a-z]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)"
    r"|(?P<day2>\d{1,2})\s+de\s+(?P<month2>[a-z]+)\s+de(?:l)?\s+(?P<year2>20\d\d)"
    r"|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>20\d\d)"
    r"|(?P<iso>20\d\d-\d\d-\d\d))"
)


def dates(service: Service, edition: Edition, today: date) -> Reasons:
    """Yield what is wrong with the days of ``service`` on ``today`` (crisis entries: every 90 days, the rest 365)."""
    crisis = service.category == "crisis"
    age = freshness(service, edition, today)
    if age.state == "undated":
        yield "crisis-no-date" if crisis else "no-date", "neither a check nor the day of a page"
    elif age.state == "overdue" and age.on and not (service.recheck_by and service.recheck_by < today):
        how = "checked" if age.basis == "checked" else "its best source is of"
        yield "crisis-overdue" if crisis else "overdue", f"{how} {age.on}, {(today - age.on).days} days ago"
    if service.recheck_by and service.recheck_by < today:
        yield "check-by-passed", f"was to be checked by {service.recheck_by}"
    known = {
        "checked": service.assured_date, "source": service.source_date, "last seen": service.last_seen,
        "last changed": service.last_modified,
    }  # fmt: skip
    known |= {f"evidence of {p.published}": p.evidence_date for p in service.phones}
    for name, day in known.items():
        if day and day > today:
            yield "date-future", f"{name}: {day}"
        elif day and day < _DEAD:
            yield "date-dead", f"{name}: {day}"


def ended(service: Service, today: date) -> Reasons:
    """Yield hours and texts that have ended."""
    hours = [*service.schedules, *(s for place in service.locations for s in place.schedules)]
    if hours and all(s.valid_to and s.valid_to < today for s in hours):
        yield "hours-ended", f"the last ended {max(s.valid_to for s in hours if s.valid_to)}"
    for words in (service.alert, service.hours, service.description, service.application_process):
        for text in words.every():
            for found in _ENDS.finditer(text) if "20" in text else ():
                day = _day(found.groupdict())
                if day and day < today:
                    yield "text-ended", found[0]
                    return


def _day(found: dict[str, str | None]) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["y"]:
            return date(int(found["y"]), int(found["m"] or 0), int(found["d"] or 0))
        month = _NUMBERED.get((found["month"] or found["month2"] or "").lower(), 0)
        return date(int(found["year"] or found["year2"] or 0), month, int(found["day"] or found["day2"] or 0))
    except ValueError:
        return None
