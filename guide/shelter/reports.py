"""Reports of something wrong with an entry, this house's random mark, in shelter.db. Of visitors only the month (N1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from guide.records.checking import Reason, Report
from guide.shelter.store import Store
from guide.shelter.tables import house, report

_LONGEST, _MOST = 500, 20  # characters of a text, numbers of an entry, in what another PC reported


def add_report(
    store: Store,
    service: str,
    name: str,
    numbers: Sequence[str],
    reasons: Iterable[Reason],
    on: date,
    *,
    by_staff: bool,
) -> None:
    """Keep what somebody ticked. The same again in the same month adds nothing: nobody can be counted (SAFETY N1)."""
    ticked = ",".join(sorted({Reason(one).value for one in reasons}))
    if not ticked:
        return
    values = {
        "id": uuid4().hex,
        "service": service,
        "name": name,
        "numbers": json.dumps(list(numbers), ensure_ascii=False),
        "reasons": ticked,
        "when": on.isoformat() if by_staff else f"{on:%Y-%m}",
        "by_staff": int(by_staff),
    }
    with store.writing() as db:
        db.execute(insert_or(report).values(values).on_conflict_do_nothing())


def reports(store: Store) -> tuple[Report, ...]:
    """Return every report, by entry; not in the order they came in."""
    with store.reading() as db:
        if db is None:
            return ()
        rows = db.execute(select(report).order_by(report.c.name, report.c.service, report.c.id)).mappings()
        return tuple(
            Report(
                row["id"], row["service"], tuple(Reason(one) for one in row["reasons"].split(",")), row["when"],
                bool(row["by_staff"]), row["name"], tuple(json.loads(row["numbers"])),
            )
            for row in rows
        )  # fmt: skip


def drop_reports(store: Store, service: str) -> None:
    """Forget what was reported about an entry: staff looked into it."""
    with store.writing() as db:
        db.execute(delete(report).where(report.c.service == service))


def put_report(store: Store, told: Report) -> None:
    """Keep what staff reported on another PC of the house."""
    add_report(
        store, told.service, told.name, told.numbers, told.reasons,
        date.fromisoformat(told.when), by_staff=True,
    )  # fmt: skip


def drop_report(store: Store, key: str) -> None:
    """Drop one report."""
    with store.writing() as db:
        db.execute(delete(report).where(report.c.id == key))


def report_values(told: Report) -> dict[str, Any]:
    """Return a report of staff's as plain values."""
    return {"service": told.service, "name": told.name, "numbers": list(told.numbers), "when": told.when,
            "reasons": sorted(one.value for one in told.reasons)}  # fmt: skip


def report_from(values: Any) -> Report | None:
    """Return the report of plain values from anywhere, None where they make none."""
    try:
        texts = [values["service"], values["name"], values["when"], *values["numbers"]]
        if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts) or not values["service"]:
            return None
        reasons = tuple(sorted({Reason(one) for one in values["reasons"]}))
        when = date.fromisoformat(values["when"]).isoformat()
        made = Report("", values["service"], reasons, when, True, values["name"], tuple(values["numbers"][:_MOST]))
        return made if reasons else None
    except (KeyError, TypeError, ValueError):
        return None


def house_mark(store: Store) -> str:
    """Return this house's random mark; it is made when it is first asked for, and tells nothing."""
    with store.writing() as db:
        mark = db.execute(select(house.c.mark)).scalar()
        if mark is None:
            mark = uuid4().hex
            db.execute(insert(house).values(id=1, mark=mark))
        return str(mark)
