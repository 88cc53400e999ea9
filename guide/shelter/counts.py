"""How many sheets were printed, by month and category: off unless the house wants it (SAFETY N6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from guide.shelter.store import Store
from guide.shelter.tables import month_count

FEWEST = 10  # a smaller value could point at one person; it is merged (N6)
SHEETS = "sheets"
_C = month_count.c


def count(store: Store, what: str, categories: Iterable[str], on: date) -> None:
    """Add one to this month's ``what`` of each of ``categories``; months that are over lose their small values."""
    month = f"{on:%Y-%m}"
    with store.writing() as db:
        for category in sorted(set(categories)):
            made = insert(month_count).values(month=month, what=what, category=category, n=1)
            db.execute(
                made.on_conflict_do_update(index_elements=["month", "what", "category"], set_={"n": _C.n + 1})
            )  # fmt: skip
        _merge(db, month)


def counts(store: Store) -> tuple[tuple[str, str, str, int], ...]:
    """Return (month, what, category, n), newest first; a value under ten is not told, its category is "" (merged).

    What is merged and still under ten is left out.
    """
    with store.reading() as db:
        if db is None:
            return ()
        rows = db.execute(select(_C.month, _C.what, _C.category, _C.n)).all()
    told: dict[tuple[str, str, str], int] = {}
    for month, what, category, n in rows:
        key = (month, what, category if n >= FEWEST else "")
        told[key] = told.get(key, 0) + n
    lines = [(*key, n) for key, n in told.items() if n >= FEWEST]
    return tuple(
        sorted(
            sorted(lines, key=lambda line: (line[1], line[2] == "", line[2])), key=lambda line: line[0], reverse=True
        )
    )


def forget_counts(store: Store) -> None:
    """Drop every count."""
    with store.writing() as db:
        db.execute(delete(month_count))


def most_printed(store: Store) -> tuple[str, ...]:
    """Return the categories of printed sheets, the most printed first; () where nothing is counted."""
    with store.reading() as db:
        if db is None:
            return ()
        total = func.sum(_C.n)
        ask = select(_C.category).where(_C.what == SHEETS, _C.category != "").group_by(_C.category)
        return tuple(db.execute(ask.order_by(total.desc(), _C.category)).scalars())


def _merge(db: Connection, month: str) -> None:
    """Merge what is under ten in months before ``month``, in the file itself: nobody can read it there later."""
    small = select(_C.month, _C.what, func.sum(_C.n)).where(_C.month < month, _C.n < FEWEST, _C.category != "")
    for old, what, n in db.execute(small.group_by(_C.month, _C.what)).all():
        gone = (_C.month == old, _C.what == what, _C.n < FEWEST, _C.category != "")
        db.execute(delete(month_count).where(*gone))
        made = insert(month_count).values(month=old, what=what, category="", n=n)
        db.execute(made.on_conflict_do_update(index_elements=["month", "what", "category"], set_={"n": _C.n + n}))
