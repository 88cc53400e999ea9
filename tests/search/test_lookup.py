"""Words and the rows they stand in: whatever is written is found again, by any beginning and in its place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.search import postings
from guide.search.index import _TABLES
from guide.search.lookup import Lookup
from guide.search.postings import Postings
from guide.search.sets import Rows

WORDS = st.text(alphabet="ab1é住", min_size=1, max_size=4)
COLUMNS = st.lists(st.lists(WORDS, max_size=4), min_size=4, max_size=4)


def written(rows: list[list[list[str]]]) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(_TABLES)
    gathered = Postings(None)
    for row, columns in enumerate(rows, 1):
        gathered.add(row, columns)
    gathered.write(db, Rows(range(2, len(rows) + 1, 2)))
    return db


@given(st.lists(COLUMNS, max_size=12))
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize(("many", "run"), [(48, 3_000_000), (2, 5)])
def test_every_beginning_leads_to_exactly_the_rows_it_stands_in(
    many: int, run: int, rows: list[list[list[str]]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "MANY", many)  # ready-made beginnings and spilled runs at a size a test can hold
        patch.setattr(postings, "_RUN", run)
        db = written(rows)
    lookup = Lookup(db)
    every = {word for columns in rows for column in columns for word in column}
    for text in {word[:n] for word in every for n in range(1, len(word) + 1)} | {"b", "ba", "住住"}:
        for level, found in enumerate(lookup.beginning(text).sets()):
            expected = {
                row
                for row, columns in enumerate(rows, 1)
                if any(word.startswith(text) for column in columns[: level + 1] for word in column)
            }
            assert set(found) == expected, (text, level)
        for level, found in enumerate(lookup.word(text).sets()):
            assert set(found) == {
                row for row, columns in enumerate(rows, 1) if any(text in column for column in columns[: level + 1])
            }
    stands = {word: [row for row, cols in enumerate(rows, 1) if any(word in c for c in cols)] for word in every}
    assert lookup.counts(every, "staff") == {word: len(found) for word, found in stands.items()}
    assert lookup.counts(every, "visitor") == {
        word: n for word, found in stands.items() if (n := sum(row % 2 for row in found))
    }
    db.close()


def test_a_set_that_rotted_is_never_believed(tmp_path: Path) -> None:
    db = written([[["night"], [], [], []]])
    db.execute("UPDATE posting SET rows = x'6c00000000'")
    with pytest.raises(sqlite3.DatabaseError):
        Lookup(db).beginning("ni")
    db.close()
