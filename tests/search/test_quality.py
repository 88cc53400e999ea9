"""Realistic queries, English and Spanish, misspelled and everyday ones, find what they mean among the first five."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence, Sized
from datetime import date
from pathlib import Path

import pytest

from guide.records import Card
from guide.search.ask import Search
from guide.settings import STARTER_CATALOG
from tests.conftest import SHARED
from tests.search.queries import HELD_OUT, SEEN, missed, queries

MOST_MISSED = 0.05
MIAMI = SHARED / "data" / "hsds" / "miami211_2019" / "datapackage-1566177582.zip"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    search = Search.open(STARTER_CATALOG, tmp_path_factory.mktemp("index"))
    yield search
    search.close()


@pytest.fixture(scope="module")
def originals() -> dict[str, str]:
    from guide.publish.starter import read_starter

    return {service.id: service.original_id for service in read_starter().services}


@pytest.fixture(scope="module")
def miami(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    from guide.publish.from_sources import build_from_sources

    if not MIAMI.is_file():
        pytest.skip("Miami's data is not beside this checkout")
    folder = tmp_path_factory.mktemp("miami")
    build_from_sources([MIAMI], folder / "catalog.db", date(2026, 11, 24))
    search = Search.open(folder / "catalog.db", folder / "index")
    yield search
    search.close()


def tell(table: Path, asked: Sized, lost: Sequence[str]) -> None:
    """Print the score and every miss: pytest -s shows them though the test passes."""
    sys.stdout.write("\n  ".join([f"\n{table.stem}: {len(asked) - len(lost)} of {len(asked)}", *lost]) + "\n")


def test_the_tables_hold_what_people_really_type() -> None:
    lines = [*queries(SEEN), *queries(HELD_OUT)]
    kinds = Counter(line.kind for line in lines)
    assert set(kinds) == {"word", "name", "number", "misspelled", "everyday"}
    assert sum(bool(line.starter) for line in lines) >= 300
    assert sum(bool(line.miami) for line in lines) >= 100
    assert kinds["misspelled"] >= 80
    assert kinds["everyday"] >= 100
    assert len(list(queries(HELD_OUT))) >= 60
    assert len({line.typed for line in lines}) == len(lines)


@pytest.mark.parametrize("table", [SEEN, HELD_OUT], ids=lambda table: table.stem)
def test_the_starter_catalog_answers_them(starter: Search, originals: dict[str, str], table: Path) -> None:
    known = set(originals.values())
    asked = {line.typed: line.starter for line in queries(table) if line.starter}
    assert all(set(wanted) <= known for wanted in asked.values())
    lost = missed(starter, asked, lambda card, wanted: originals[card.id] == wanted)
    tell(table, asked, lost)
    assert len(lost) <= len(asked) * MOST_MISSED, lost


@pytest.mark.slow
@pytest.mark.parametrize("table", [SEEN, HELD_OUT], ids=lambda table: table.stem)
def test_a_county_of_four_thousand_services_answers_them(miami: Search, table: Path) -> None:
    def names(card: Card, wanted: str) -> bool:
        return wanted.lower() in f"{card.name.text}\n{card.organization.text}".lower()

    asked = {line.typed: line.miami for line in queries(table) if line.miami}
    lost = missed(miami, asked, names)
    tell(table, asked, lost)
    assert len(lost) <= len(asked) * MOST_MISSED, lost
