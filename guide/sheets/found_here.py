"""What this house found when it called, on paper beside the publisher's date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from guide.records import Edition, Freshness, Service
from guide.records.checking import NumberCheck, Result
from guide.sheets.tongues import Tongue


def told_here(age: Freshness, here: NumberCheck | None, service: Service, edition: Edition, today: date) -> Freshness:
    """Return ``age`` after this house's own call: reached lately makes it fresh, a wrong or closed line overdue."""
    if here is None:
        return age
    if here.result is not Result.REACHED:
        return replace(age, state="overdue")
    days = edition.crisis_review_days if service.category == "crisis" else edition.default_review_days
    return replace(age, state="fresh") if today <= here.on + timedelta(days=days) else age


def found_here(here: NumberCheck, _: Tongue) -> str:
    """Return in words what this house found, and when."""
    day = _.date(here.on)
    if here.result is Result.REACHED:
        return _("Checked here on {date}", date=day)
    if here.result is Result.CLOSED:
        return _("Closed, we were told on {date}", date=day)
    return _("This number did not work on {date}", date=day)
