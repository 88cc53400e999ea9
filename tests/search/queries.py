"""Reads the tables of queries, asks them, and says which did not find what they have to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guide.records import Card, Question
from guide.search.ask import Search
from tests.makers import NOW

SEEN = Path(__file__).with_name("queries.tsv")
HELD_OUT = Path(__file__).with_name("queries_held_out.tsv")
FIRST = 5
_NOT_ASKED = "-"


@dataclass(frozen=True)
class Query:
    """One line of a table."""

    kind: str
    typed: str
    starter: tuple[str, ...]
    miami: tuple[str, ...]


def queries(table: Path) -> Iterator[Query]:
    """Yield the lines of ``table``."""
    for line in table.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, typed, starter, miami = line.split("\t")
            yield Query(kind, typed, _wanted(starter), _wanted(miami))


def missed(search: Search, asked: dict[str, tuple[str, ...]], fits: Callable[[Card, str], bool]) -> list[str]:
    """Return a line for every text in ``asked`` that finds none of what is wanted among the first."""
    lines = []
    for typed, wanted in asked.items():
        cards = search.ask(Question(typed, limit=FIRST), NOW).cards
        if not any(fits(card, one) for card in cards for one in wanted):
            lines.append(f"{typed} -> {[card.name.text for card in cards]}, wanted {' or '.join(wanted)}")
    return lines


def _wanted(cell: str) -> tuple[str, ...]:
    return () if cell == _NOT_ASKED else tuple(one.strip() for one in cell.split("|"))
