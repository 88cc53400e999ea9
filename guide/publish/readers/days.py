"""Days as sources write them: ISO, or with slashes in the country's order; what cannot be a day is none."""

from __future__ import annotations

import re
from datetime import date

from guide.publish.readers.hours import day_of

_SLASHED = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T].*)?")
_WORDS = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3})[a-z]*\.?[ -](?:(\d{1,2}),? )?(\d{4})(?:[ T].*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST_YEAR = 1980  # an older one is what an export writes where there is none


def read_day(text: str, region: str) -> tuple[date | None, str]:
    """Return a day, and what was inferred to read it ("" when nothing was).

    In the US the month stands first, elsewhere the day; a date that can be read in one way only is read that way.
    """
    plain = text.strip()
    found = day_of(plain)
    said = ""
    if found is None and (match := _SLASHED.fullmatch(plain)):
        found, said = _slashed(*(int(part) for part in match.groups()), month_first=region == "US")
    elif found is None and (match := _WORDS.fullmatch(plain)) and match.group(2).lower() in _MONTHS:
        month = _MONTHS.index(match.group(2).lower()) + 1
        found = _made(int(match.group(4)), month, int(match.group(1) or match.group(3) or 1))
    return (found, said) if found and found.year >= _FIRST_YEAR else (None, "")


def _slashed(a: int, b: int, c: int, *, month_first: bool) -> tuple[date | None, str]:
    if a > 31:
        return _made(a, b, c), ""
    year = c + 2000 if c < 80 else c + 1900 if c < 100 else c
    orders = ((a, b, "month/day/year"), (b, a, "day/month/year"))
    for month, day, said in orders if month_first else orders[::-1]:
        if found := _made(year, month, day):
            return found, f"date read as {said}"
    return None, ""


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
