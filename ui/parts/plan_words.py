"""A week's hours in words, as they are read out: "Monday to Friday, 9:00 am to 5:00 pm"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from guide.records import Schedule
from guide.text import Language, mark

_ = mark
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAYS = {
    "MO": _("Monday"), "TU": _("Tuesday"), "WE": _("Wednesday"), "TH": _("Thursday"), "FR": _("Friday"),
    "SA": _("Saturday"), "SU": _("Sunday"),
}  # fmt: skip
ALL_DAY = (time(0), time(23, 59))


def plan_words(schedules: Sequence[Schedule], _: Language) -> str:
    """Return the plain weeks among ``schedules`` in words, "" where there are none."""
    said = []
    for one in schedules:
        if one.opens_at is None or one.closes_at is None or not one.byday:
            continue
        days = _days(tuple(day for day in WEEK if day in one.byday), _)
        if (one.opens_at, one.closes_at) == ALL_DAY:
            said.append(_("{days}, 24 hours", days=days))
        else:
            begin, end = _.time(one.opens_at), _.time(one.closes_at)
            said.append(_("{days}, {begin} to {end}", days=days, begin=begin, end=end))
    return "; ".join(said)


def _days(days: tuple[str, ...], _: Language) -> str:
    if days == WEEK:
        return _("Every day")
    first = WEEK.index(days[0]) if days else 0
    if len(days) > 2 and days == WEEK[first : first + len(days)]:
        return _("{first} to {last}", first=_(DAYS[days[0]]), last=_(DAYS[days[-1]]))
    return ", ".join(_(DAYS[day]) for day in days)
