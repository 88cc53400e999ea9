"""Rounds of number checks in shelter.db, and what came of each call. Who called is a role or initials (SAFETY N6)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, delete, func, insert, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from guide.errors import NotFoundError, UsageError
from guide.records.checking import DIFFERENT, SAME, SCRIPT, CheckRound, NumberCheck, Result, RoundEntry
from guide.shelter.store import Store
from guide.shelter.tables import check_round, number_check, round_entry

_ADDED: ColumnElement[int] = literal_column("number_check.rowid")  # the order in which calls were kept
LONGEST_BY, LONGEST_NUMBER, LONGEST_NOTE = 20, 60, 500


# --- rounds -----------------------------------------------------------------------------------------
def begin_round(store: Store, kind: str, entries: Sequence[tuple[str, str]], on: date) -> int:
    """Begin a round over (service id, name) in order and return its id; a round that is open ends.

    Raises UsageError: there is nothing in it.
    """
    if not entries:
        raise UsageError("There is nothing to check.", kind=kind)
    with store.writing() as db:
        db.execute(update(check_round).where(check_round.c.ended == "").values(ended=on.isoformat()))
        made = db.execute(insert(check_round).values(kind=kind, begun=on.isoformat(), ended="")).inserted_primary_key
        number = int(made[0]) if made else 0
        rows = [
            {"round": number, "place": place, "service": service, "name": name}
            for place, (service, name) in enumerate(entries, 1)
        ]
        db.execute(insert(round_entry), rows)
    return number


def open_round(store: Store) -> CheckRound | None:
    """Return the round that is not ended, with what came of each entry so far; None when there is none."""
    with store.reading() as db:
        if db is None:
            return None
        newest = select(check_round).where(check_round.c.ended == "").order_by(check_round.c.id.desc())
        row = db.execute(newest).mappings().first()
        return _round(db, row) if row is not None else None


def end_round(store: Store, number: int, on: date) -> None:
    """End a round; what is not called yet comes again in the next one. Raises NotFoundError."""
    with store.writing() as db:
        done = db.execute(update(check_round).where(check_round.c.id == number).values(ended=on.isoformat()))
        if not done.rowcount:
            raise NotFoundError("There is no such round.", round=number)


# --- calls ------------------------------------------------------------------------------------------
def add_checks(store: Store, checks: Iterable[NumberCheck]) -> tuple[NumberCheck, ...]:
    """Keep calls, all of them or none, and return them with their ids. Raises UsageError: a value that cannot be."""
    made = tuple(_clean(one) for one in checks)
    with store.writing() as db:
        if made:
            db.execute(insert(number_check), [_row(one) for one in made])
    return made


def drop_check(store: Store, check: str) -> None:
    """Take one call back: somebody pressed the wrong key. Raises NotFoundError."""
    with store.writing() as db:
        if not db.execute(delete(number_check).where(number_check.c.id == check)).rowcount:
            raise NotFoundError("There is no such check.", check=check)


def latest_checks(store: Store, services: Iterable[str] | None = None) -> dict[tuple[str, str], NumberCheck]:
    """Return the newest call of each (service, number), of ``services`` or of all."""
    wanted = None if services is None else set(services)
    with store.reading() as db:
        if db is None or wanted == set():
            return {}
        # "No answer" says nothing about the number: the call before it still stands.
        ask = select(number_check).where(number_check.c.result != Result.LATER)
        if wanted is not None and len(wanted) <= 500:
            ask = ask.where(number_check.c.service.in_(sorted(wanted)))
        rows = db.execute(ask.order_by(number_check.c.on, _ADDED)).mappings()
        return {
            (row["service"], row["number"]): _check(row)
            for row in rows
            if wanted is None or row["service"] in wanted
        }  # fmt: skip


def latest_days(store: Store) -> dict[tuple[str, str], date]:
    """Return the day of the newest call of each (service, number): all that is asked before a round begins."""
    with store.reading() as db:
        if db is None:
            return {}
        c = number_check.c
        ask = select(c.service, c.number, func.max(c.on)).where(c.result != Result.LATER).group_by(c.service, c.number)
        return {(service, number): date.fromisoformat(on) for service, number, on in db.execute(ask)}


# --- as plain values, for other PCs of the house ----------------------------------------------------------
def every_check(store: Store) -> tuple[NumberCheck, ...]:
    """Return every call in the order in which they were kept."""
    with store.reading() as db:
        if db is None:
            return ()
        return tuple(_check(row) for row in db.execute(select(number_check).order_by(_ADDED)).mappings())


def put_checks(store: Store, checks: Sequence[NumberCheck]) -> None:
    """Keep calls that were made on another PC, by day; of one that is here already staff's note alone is taken."""
    rows = [_row(one) for one in sorted(checks, key=lambda one: (one.on, one.id))]
    with store.writing() as db:
        if rows:
            added = upsert(number_check)
            db.execute(added.on_conflict_do_update(index_elements=["id"], set_={"note": added.excluded.note}), rows)


def drop_checks(store: Store, checks: Sequence[str]) -> None:
    """Drop the calls of these ids."""
    with store.writing() as db:
        for one in checks:
            db.execute(delete(number_check).where(number_check.c.id == one))


def check_values(check: NumberCheck) -> dict[str, Any]:
    """Return a call as plain values, without its id, its round and its note."""
    row = _row(check)
    return {name: row[name] for name in _TRAVEL} | {"answers": dict(check.answers)}


def check_from(key: str, values: Any, note: str = "") -> NumberCheck | None:
    """Return the call of plain values from anywhere, None where they make none."""
    try:
        said = {name: values[name] for name in _TRAVEL}
        answers = tuple(sorted(values["answers"].items()))
        if not all(isinstance(text, str) and len(text) <= LONGEST_NOTE for text in said.values()):
            return None
        if not said["service"] or not said["number"]:
            return None
        on, result = date.fromisoformat(said.pop("on")), Result(said.pop("result"))
        return _clean(NumberCheck(key, result=result, on=on, answers=answers, note=note, **said))
    except (KeyError, TypeError, ValueError, AttributeError, UsageError):
        return None


_TRAVEL = ("service", "name", "number", "result", "on", "by", "proposed")


def _round(db: Connection, row: Any) -> CheckRound:
    # Of several calls to one entry in a round the last one counts; one made on another PC meanwhile, or by the command
    # line, is of no round of this PC's, and spares a second call all the same.
    c = number_check.c
    ask = select(c.service, c.result).where((c.round == row["id"]) | ((c.round == 0) & (c.on >= row["begun"])))
    results = {service: str(result) for service, result in db.execute(ask.order_by(_ADDED))}
    lines = db.execute(select(round_entry).where(round_entry.c.round == row["id"]).order_by(round_entry.c.place))
    entries = tuple(
        RoundEntry(one["place"], one["service"], one["name"], results.get(one["service"], ""))
        for one in lines.mappings()
    )
    ended = date.fromisoformat(row["ended"]) if row["ended"] else None
    return CheckRound(row["id"], row["kind"], date.fromisoformat(row["begun"]), entries, ended)


def _clean(check: NumberCheck) -> NumberCheck:
    by, proposed, note = (" ".join(text.split()) for text in (check.by, check.proposed, check.note))
    for text, longest in ((by, LONGEST_BY), (proposed, LONGEST_NUMBER), (note, LONGEST_NOTE)):
        if len(text) > longest:
            raise UsageError(f"This is too long: {longest} characters at most.", longest=longest)
    for point, answer in check.answers:
        if point not in SCRIPT or answer not in (SAME, DIFFERENT):
            raise UsageError("There is no such point in the call script.", point=point)
    return NumberCheck(
        check.id or uuid4().hex, check.service, check.number, Result(check.result), check.on, by, check.answers,
        proposed, note, check.round, check.name,
    )  # fmt: skip


def _row(check: NumberCheck) -> dict[str, Any]:
    row = {name: getattr(check, name) for name in number_check.c.keys()}  # noqa: SIM118 - a column collection
    return row | {
        "on": check.on.isoformat(),
        "result": check.result.value,
        "answers": json.dumps(dict(check.answers)),
    }


def _check(row: Any) -> NumberCheck:
    answers = tuple((str(point), str(said)) for point, said in json.loads(row["answers"]).items())
    return NumberCheck(
        row["id"], row["service"], row["number"], Result(row["result"]), date.fromisoformat(row["on"]), row["by"],
        answers, row["proposed"], row["note"], row["round"], row["name"],
    )  # fmt: skip
