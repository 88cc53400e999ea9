"""How old what we know of an entry is, by the field's rule: crisis lines sooner, the rest once a year."""

from __future__ import annotations

from datetime import date, timedelta

from guide.records import Edition, Freshness, Service

_SOON = timedelta(days=30)


def freshness(service: Service, edition: Edition, today: date) -> Freshness:
    """Return the entry's state on ``today`` (CONTENT, "Verification practice").

    Due begins 30 days before the review; ``recheck_by`` passed makes it overdue. Without any date: undated.
    """
    if service.assured_date is not None:
        basis, on = "checked", service.assured_date
    elif service.source_date is not None:
        basis, on = "source", service.source_date
    else:
        return Freshness("undated", "none")
    days = edition.crisis_review_days if service.category == "crisis" else edition.default_review_days
    limit = on + timedelta(days=days)
    if service.recheck_by is not None:
        limit = min(limit, service.recheck_by)
    state = "overdue" if today > limit else "due" if today > limit - _SOON else "fresh"
    return Freshness(state, basis, on, service.assurer if basis == "checked" else "")
