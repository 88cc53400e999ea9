"""What this house writes, field by field: kept with its stamp, changed, taken back, and joined with another PC's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, tuple_
from sqlalchemy.dialects.sqlite import insert as upsert

from guide.clock import Clock
from guide.errors import NotFoundError
from guide.records.house import Conflict, Edit, Fact, Past
from guide.shelter.stamps import after, joined, knew, next_stamp, remember
from guide.shelter.store import Store
from guide.shelter.tables import house_conflict, house_fact, house_past

LAID = ("own", "word", "house")  # a service of our own, a word on an entry, the house: laid over the catalogs
KINDS = (*LAID, "sheet", "check", "report", "template")  # noted from where they are kept (guide/own/riders.py)
MOST_PAST = 200  # changes that can be taken back
_AT_ONCE = 300  # keys in one query: SQLite's oldest limit on bound values is 999

Key = tuple[str, str, str]
Things = dict[tuple[str, str], dict[str, Fact]]


def plain_json(value: object) -> str:
    """Return a value as JSON, the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


# --- reading ------------------------------------------------------------------------------------------
def things(store: Store, *kinds: str, ids: Sequence[str] | None = None) -> Things:
    """Return what this house wrote by (kind, id) and field: of ``kinds``, or all; of ``ids``, or all."""
    with store.reading() as db:
        if db is None:
            return {}
        ask = select(house_fact)
        if kinds:
            ask = ask.where(house_fact.c.kind.in_(kinds))
        rows: list[Any] = []
        if ids is None:
            rows = list(db.execute(ask).mappings())
        else:
            for start in range(0, len(ids), _AT_ONCE):
                chunk = ids[start : start + _AT_ONCE]
                rows += db.execute(ask.where(house_fact.c.id.in_(chunk))).mappings()
    found: Things = {}
    for row in rows:
        found.setdefault((row["kind"], row["id"]), {})[row["field"]] = _fact(row)
    return found


def past(store: Store) -> tuple[Past, ...]:
    """Return the changes that can be taken back, the newest first."""
    with store.reading() as db:
        if db is None:
            return ()
        rows = db.execute(select(house_past).order_by(house_past.c.id.desc())).mappings()
        return tuple(Past(r["id"], datetime.fromisoformat(r["at"]), r["what"], r["name"]) for r in rows)


def conflicts(store: Store) -> tuple[Conflict, ...]:
    """Return what is still to be decided between this PC and another."""
    with store.reading() as db:
        if db is None:
            return ()
        lost = list(db.execute(select(house_conflict)).mappings())
        here = _present(db, [(row["kind"], row["id"], row["field"]) for row in lost])
    return tuple(
        Conflict(row["kind"], row["id"], row["field"], here[key].value, json.loads(row["value"]))
        for row in lost
        if (key := (row["kind"], row["id"], row["field"])) in here
    )


# --- writing ------------------------------------------------------------------------------------------
def change(store: Store, clock: Clock, edits: Iterable[Edit], what: str = "", name: str = "") -> int:
    """Keep ``edits`` as one change that can be taken back, named by ``what`` and ``name``; return how many fields it
    changed. A field that already has its value is left as it is.
    """
    with store.writing() as db:
        wanted = {(e.kind, e.id, e.field): e.value for e in edits}
        here = _present(db, list(wanted))
        fresh = {k: v for k, v in wanted.items() if plain_json(v) != plain_json(here[k].value if k in here else None)}
        if not fresh:
            return 0
        stamp = next_stamp(db, clock(), max((here[k].stamp for k in fresh if k in here), default=""))
        facts = [
            Fact(*k, v, stamp, tuple(after(dict(here[k].seen) if k in here else {}, stamp).items()))
            for k, v in fresh.items()
        ]
        _keep(db, facts)
        _settled(db, list(fresh))
        if what:
            before = [[*k, here[k].value if k in here else None, stamp] for k in fresh]
            values = {"at": clock().astimezone(UTC).isoformat(), "what": what, "name": name[:200]}
            db.execute(insert(house_past).values(**values, before=plain_json(before)))
            oldest = (
                select(house_past.c.id).order_by(house_past.c.id.desc()).limit(1).offset(MOST_PAST).scalar_subquery()
            )
            db.execute(delete(house_past).where(house_past.c.id <= oldest))
        return len(fresh)


def take_back(store: Store, clock: Clock, number: int) -> int:
    """Put back what stood before change ``number``, where nothing newer was written since; return how many fields.

    Raises NotFoundError.
    """
    with store.writing() as db:
        row = db.execute(select(house_past.c.before).where(house_past.c.id == number)).first()
        if row is None:
            raise NotFoundError("This change can no longer be taken back.", number=number)
        before = {(kind, key, field): (value, stamp) for kind, key, field, value, stamp in json.loads(row[0])}
        here = _present(db, list(before))
        edits = [Edit(*k, value) for k, (value, stamp) in before.items() if k in here and here[k].stamp == stamp]
        db.execute(delete(house_past).where(house_past.c.id == number))
    return change(store, clock, edits)


def decide(store: Store, clock: Clock, key: Key, *, take_other: bool) -> None:
    """Settle a conflict: keep what stands, or take what the other PC wrote. Raises NotFoundError."""
    with store.writing() as db:
        where = tuple_(house_conflict.c.kind, house_conflict.c.id, house_conflict.c.field) == tuple_(*key)
        row = db.execute(select(house_conflict.c.value).where(where)).first()
        if row is None:
            raise NotFoundError("There is nothing to decide here any more.")
        db.execute(delete(house_conflict).where(where))
    if take_other:
        change(store, clock, [Edit(*key, json.loads(row[0]))], "decided", key[1])


# --- joining ------------------------------------------------------------------------------------------
def join(store: Store, theirs: Sequence[Fact], *, dry: bool = False) -> tuple[list[Fact], list[tuple[Fact, Fact]]]:
    """Take in another PC's facts: field by field the newest wins, so the order of PCs and files does not matter, and
    a file taken twice changes nothing.

    Returns the facts that are new here, and the conflicts as (what stands, what was put aside): changes of which
    neither knew the other. ``dry``: say so, change nothing.
    """
    with store.writing() as db:
        here = _present(db, [(f.kind, f.id, f.field) for f in theirs])
        taken: list[Fact] = []
        apart: list[tuple[Fact, Fact]] = []
        kept: list[Fact] = []
        for their in theirs:
            ours = here.get((their.kind, their.id, their.field))
            if ours is None:
                kept.append(their)
                if their.value is not None:
                    taken.append(their)
                continue
            stands = newest(ours, their)
            aside = their if stands.value is ours.value and stands.stamp == ours.stamp else ours
            different = plain_json(ours.value) != plain_json(their.value)
            if different and stands.stamp != ours.stamp:
                taken.append(stands)
            if different and not knew(dict(their.seen), ours.stamp) and not knew(dict(ours.seen), their.stamp):
                apart.append((stands, aside))
            if (stands.stamp, stands.seen) != (ours.stamp, ours.seen) or (different and stands.value != ours.value):
                kept.append(stands)
        if not dry:
            _keep(db, kept)
            if theirs:
                remember(db, max(f.stamp for f in theirs))
            for stands, aside in apart:
                values = {"kind": aside.kind, "id": aside.id, "field": aside.field, "value": plain_json(aside.value),
                          "stamp": aside.stamp, "confidential": int(aside.confidential or stands.confidential)}  # fmt: skip
                db.execute(upsert(house_conflict).values(values).on_conflict_do_update(
                    index_elements=["kind", "id", "field"], set_=values))  # fmt: skip
    return taken, apart


def newest(one: Fact, other: Fact) -> Fact:
    """Return the newer of two facts of one field, having seen what both have: the same whichever comes first."""
    first = max(one, other, key=lambda f: (f.stamp, plain_json(f.value)))
    seen = joined(dict(one.seen), dict(other.seen))
    return Fact(first.kind, first.id, first.field, first.value, first.stamp, tuple(seen.items()), first.confidential)


# --- inside -------------------------------------------------------------------------------------------
def _present(db: Connection, keys: Sequence[Key]) -> dict[Key, Fact]:
    found: dict[Key, Fact] = {}
    wanted = set(keys)
    ids = sorted({key for _, key, _ in wanted})
    for start in range(0, len(ids), _AT_ONCE):
        for row in db.execute(select(house_fact).where(house_fact.c.id.in_(ids[start : start + _AT_ONCE]))).mappings():
            key = (row["kind"], row["id"], row["field"])
            if key in wanted:
                found[key] = _fact(row)
    return found


def _keep(db: Connection, facts: Sequence[Fact]) -> None:
    if not facts:
        return
    rows = [
        {"kind": f.kind, "id": f.id, "field": f.field, "value": plain_json(f.value), "stamp": f.stamp,
         "seen": plain_json(dict(f.seen)), "confidential": int(is_private(f.field, f.value))}
        for f in facts
    ]  # fmt: skip
    added = upsert(house_fact)
    fresh = {name: added.excluded[name] for name in ("value", "stamp", "seen", "confidential")}
    db.execute(added.on_conflict_do_update(index_elements=["kind", "id", "field"], set_=fresh), rows)
    _mark_private(db, sorted({f.id for f in facts if f.kind == "own"}))


def _mark_private(db: Connection, ids: Sequence[str]) -> None:
    """Mark what never leaves this PC unasked: closed addresses, and all of what is for staff alone (N7)."""
    c = house_fact.c
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        rows = db.execute(
            select(c.id, c.field, c.value, c.confidential).where((c.kind == "own") & c.id.in_(some))
        ).all()
        staff = {key for key, field, value, _ in rows if field == "audience" and value == '"staff"'}
        wanted = [(k, f, int(k in staff or is_private(f, json.loads(v))), had) for k, f, v, had in rows]
        wrong = [{"key": k, "name": f, "mark": mark} for k, f, mark, had in wanted if mark != had]
        if wrong:
            which = (c.kind == "own") & (c.id == bindparam("key")) & (c.field == bindparam("name"))
            db.execute(house_fact.update().where(which).values(confidential=bindparam("mark")), wrong)


def is_private(field: str, value: object) -> bool:
    """Say whether a value never leaves this PC unasked: an address that is never shown (SAFETY L1), staff's own words on
    a call (N7).
    """
    if field == "call/note":
        return True
    if field != "places" or not isinstance(value, list):
        return False
    parts = [one for p in value for one in (p, *(p.get("more") or () if isinstance(p, Mapping) else ()))]
    return any(not isinstance(p, Mapping) or p.get("visibility") not in ("public", "area") for p in parts)


def _settled(db: Connection, keys: Sequence[Key]) -> None:
    """A field somebody has written anew is no longer in conflict."""
    if db.execute(select(house_conflict.c.id).limit(1)).first() is None:
        return
    for kind, key, field in keys:
        c = house_conflict.c
        db.execute(delete(house_conflict).where((c.kind == kind) & (c.id == key) & (c.field == field)))


def _fact(row: Any) -> Fact:
    seen = tuple((str(pc), str(stamp)) for pc, stamp in json.loads(row["seen"]).items())
    value = json.loads(row["value"])
    return Fact(row["kind"], row["id"], row["field"], value, row["stamp"], seen, bool(row["confidential"]))
