"""Entries of a catalog that a service as typed may be a double of: one of its numbers, or nearly its name."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from difflib import SequenceMatcher
from pathlib import Path

from guide.catalog.unrows import lenient
from guide.own.numbers import plain_digits
from guide.records import Channel, Service
from guide.records.frozen import dataclass
from guide.text import fold

_ALIKE = 0.87
_FILLER = re.compile(r"\b(the|of|for|and|inc|center|centre|services?|program)\b")
Names = Iterable[tuple[str, str]]  # (id, name)


@dataclass(frozen=True, slots=True)
class Double:
    """``number`` is the one both have, "" where only the names are alike; ``name`` and ``service`` are the entry's."""

    number: str
    service: str
    name: str


def doubles(service: Service, catalogs: Sequence[Path], own: Iterable[Service]) -> tuple[Double, ...]:
    """Return each entry with a number of ``service``, and of the others the one whose name is most alike."""
    mine = {plain_digits(p): p.published for p in service.phones if plain_digits(p) and p.channel is not Channel.FAX}
    same: list[Double] = []
    names: list[tuple[str, str]] = []
    for path in catalogs:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            db.text_factory = lenient
            same += _with_numbers(db, mine)
            names += db.execute("SELECT id, name FROM service")
    for other in own:
        if other.id != service.id:
            names.append((other.id, other.name.text))
            shared = [mine[d] for p in other.phones if (d := plain_digits(p)) in mine]
            same += [Double(number, other.id, other.name.text) for number in shared[:1]]
    known = {one.service for one in same}
    alike = _most_alike(service.name.text, (n for n in names if n[0] not in known and n[0] != service.id))
    return (*dict.fromkeys(same), *alike)


def _with_numbers(db: sqlite3.Connection, mine: dict[str, str]) -> Iterator[Double]:
    for digits, published in mine.items():
        dials = (digits, f"+1{digits}", f"+{digits}", f"1{digits}")
        ask = "SELECT s.id, s.name FROM phone p JOIN service s ON s.id = p.service_id WHERE p.dial IN (?, ?, ?, ?) LIMIT 5"
        for key, name in db.execute(ask, dials):
            yield Double(published, key, name)


def _most_alike(typed: str, names: Names) -> list[Double]:
    wanted = plain_name(typed)
    if len(wanted) < 4:
        return []
    parts = set(wanted.split())
    best, found = _ALIKE, []
    matcher = SequenceMatcher(None, "", wanted)
    for key, name in names:
        other = plain_name(name)
        if abs(len(other) - len(wanted)) > 0.3 * len(wanted) or (len(parts) > 1 and parts.isdisjoint(other.split())):
            continue
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, found = ratio, [Double("", key, name)]
    return found


def plain_name(text: str) -> str:
    """Return a name without case, accents and the words every second name has."""
    return " ".join(_FILLER.sub(" ", fold(text).replace(".", "").replace(",", " ")).split())
