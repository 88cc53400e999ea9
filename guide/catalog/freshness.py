"""How old what we know of an entry is, by the field's rule: crisis lines sooner, the rest once a year."""

from __future__ import annotations

from datetime import date, timedelta

from guide.records import Edition, Freshness, Service

_SOON = timedelta(days=30)


def freshness(service: Service, edition: Edition, today: date) -> Freshness:
    """Return the entry's state on ``today`` (CONTENT, "Verification practice")."""
    days = edition.crisis_review_days if service.category == "crisis" else edition.default_review_days
    return aged(service.assured_date, service.assurer, service.source_date, service.recheck_by, days, today)


def aged(
    assured: date | None, assurer: str, source: date | None, recheck_by: date | None, days: int, today: date
) -> Freshness:
    """Return the state of facts ``assured`` by a person, or else seen on a page dated ``source``.

    Due begins 30 days before the review; ``recheck_by`` passed makes them overdue. Without any date: undated.
    """
    on = assured or source
    if on is None:
        return Freshness("undated", "none")
    limit = on + timedelta(days=days)
    if recheck_by is not None:
        limit = min(limit, recheck_by)
    state = "overdue" if today > limit else "due" if today > limit - _SOON else "fresh"
    return Freshness(state, "checked", on, assurer) if assured else Freshness(state, "source", on)
