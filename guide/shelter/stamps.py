"""When something was written, so that several PCs agree on what is newer although a clock among them is wrong.

A hybrid logical clock (Kulkarni et al. 2014): a stamp is this PC's time, but never at or before a stamp it has seen.
Once two PCs have met, what is written later is newer on both, whatever their clocks say. Which change knew of which
is told by ``seen``, a version vector: the newest stamp of each PC that a value came after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select

from guide.shelter.tables import house_pc

STAMP = re.compile(r"\d{17}\.[0-9a-f]{8}")  # microseconds since 1970, then the PC
_START = datetime(1970, 1, 1, tzinfo=UTC)

Seen = dict[str, str]


def next_stamp(db: Connection, now: datetime, least: str = "") -> str:
    """Return a stamp newer than any this PC gave, and than ``least``; the first one gives this PC its random name."""
    pc, last = this_pc(db)
    moment = max(int((now - _START).total_seconds() * 1_000_000), _moment(last) + 1, _moment(least) + 1)
    made = f"{moment:017d}.{pc}"
    remember(db, made)
    return made


def this_pc(db: Connection) -> tuple[str, str]:
    """Return this PC's name and the newest stamp it gave or met."""
    row = db.execute(select(house_pc.c.pc, house_pc.c.last)).first()
    if row is None:
        pc = uuid4().hex[:8]
        db.execute(insert(house_pc).values(id=1, pc=pc, last=""))
        return pc, ""
    return str(row[0]), str(row[1])


def remember(db: Connection, stamp: str) -> None:
    """Go on from ``stamp``, given here or met in another PC's file."""
    _, last = this_pc(db)
    if stamp > last:
        db.execute(house_pc.update().values(last=stamp))


def another_pc(db: Connection) -> None:
    """Take a new name: this file was copied from another PC, and both go on writing."""
    _, last = this_pc(db)
    db.execute(delete(house_pc))
    db.execute(insert(house_pc).values(id=1, pc=uuid4().hex[:8], last=last))


def after(seen: Mapping[str, str], stamp: str) -> Seen:
    """Return ``seen`` with ``stamp`` in it."""
    return joined(seen, {stamp.rpartition(".")[2]: stamp})


def joined(one: Mapping[str, str], other: Mapping[str, str]) -> Seen:
    """Return what either has seen."""
    return {pc: max(one.get(pc, ""), other.get(pc, "")) for pc in sorted({*one, *other})}


def knew(seen: Mapping[str, str], stamp: str) -> bool:
    """Say whether who wrote with ``seen`` knew of what was written at ``stamp``."""
    return seen.get(stamp.rpartition(".")[2], "") >= stamp


def _moment(stamp: str) -> int:
    return int(stamp.partition(".")[0] or 0)
