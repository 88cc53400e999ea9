"""Reads every row of a shelter.db that nobody vouches for as the guide would, so that nonsense is told before it is used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from guide.records.checking import Reason, Result
from guide.shelter import tables
from guide.shelter.saved import saved_sheets
from guide.shelter.stamps import STAMP
from guide.shelter.store import Store

_PC, _MARK, _MONTH = re.compile(r"[0-9a-f]{8}"), re.compile(r"[0-9a-f]{32}"), re.compile(r"\d{4}-\d{2}")
_Row = Any


def read_through(store: Store) -> None:
    """Read every table. Raises ValueError, TypeError, KeyError or AttributeError for what no guide writes."""
    saved_sheets(store)
    store.events()
    with store.reading() as db:
        if db is None:
            return
        for name, judge in ROWS.items():
            for row in db.execute(select(tables.metadata.tables[name])).mappings():
                judge(row)


def _check_round(row: _Row) -> None:
    date.fromisoformat(row["begun"])
    _day_or_none(row["ended"])


def _round_entry(row: _Row) -> None:
    _must(row["place"] > 0)


def _number_check(row: _Row) -> None:
    Result(row["result"])
    date.fromisoformat(row["on"])
    answers = json.loads(row["answers"])
    _must(all(isinstance(said, str) for said in answers.values()))


def _report(row: _Row) -> None:
    for one in row["reasons"].split(","):
        Reason(one)
    _must(all(isinstance(one, str) for one in json.loads(row["numbers"])))
    if row["by_staff"]:
        date.fromisoformat(row["when"])
    else:
        _must(_MONTH.fullmatch(row["when"]))


def _house(row: _Row) -> None:
    _must(_MARK.fullmatch(row["mark"]))


def _month_count(row: _Row) -> None:
    _must(_MONTH.fullmatch(row["month"]) and row["n"] >= 0)


def _house_fact(row: _Row) -> None:
    json.loads(row["value"])
    _must(STAMP.fullmatch(row["stamp"]))
    for pc, stamp in json.loads(row["seen"]).items():
        _must(_PC.fullmatch(pc) and STAMP.fullmatch(stamp))


def _house_pc(row: _Row) -> None:
    _must(_PC.fullmatch(row["pc"]) and (row["last"] == "" or STAMP.fullmatch(row["last"])))


def _house_past(row: _Row) -> None:
    datetime.fromisoformat(row["at"])
    for kind, key, field, _value, stamp in json.loads(row["before"]):
        _must(all(isinstance(one, str) for one in (kind, key, field)) and STAMP.fullmatch(stamp))


def _house_conflict(row: _Row) -> None:
    json.loads(row["value"])
    _must(STAMP.fullmatch(row["stamp"]))


def _house_draft(row: _Row) -> None:
    datetime.fromisoformat(row["at"])
    content = json.loads(row["content"])
    _must(isinstance(content["id"], str) and isinstance(content["values"], dict))


def _must(sound: object) -> None:
    if not sound:
        raise ValueError("a value that no guide writes")


def _day_or_none(text: str) -> None:
    if text:
        date.fromisoformat(text)


# Whoever adds a table adds its line: here, or below where something else reads it (a test compares with the tables).
ROWS: dict[str, Callable[[_Row], None]] = {
    "check_round": _check_round,
    "round_entry": _round_entry,
    "number_check": _number_check,
    "report": _report,
    "house": _house,
    "month_count": _month_count,
    "house_fact": _house_fact,
    "house_pc": _house_pc,
    "house_past": _house_past,
    "house_conflict": _house_conflict,
    "house_draft": _house_draft,
}
ELSEWHERE = {
    "saved_sheet": "saved_sheets",
    "saved_entry": "saved_sheets",
    "event": "Store.events",
    "staff_lock": "backup._check_lock",
}
