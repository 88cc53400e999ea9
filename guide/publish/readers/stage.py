"""Where every reader puts what it read, in the standard's tables and on the disk: joins need no memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from guide.publish.readers.cells import LONGEST, bare, holds_several, is_spoiled, key_of, keys_of
from guide.publish.readers.objects import COLUMNS, KEYS
from guide.publish.report import Report
from guide.publish.scratch import Scratch
from guide.publish.spill import private_database

Row = dict[str, Any]
Cells = Sequence[str]
_SINGLE = {("service", "organization_id"), ("service", "program_id"), ("location", "organization_id")}
_BY_RULE = ("id", "closed")  # columns that rules fill, beside the keys
_INDEXED = ("id", "service_id", "location_id", "organization_id", "service_at_location_id", "contact_id", "link_id",
            "phone_id")  # fmt: skip


class Stage:
    """The rows of one source by table. Each has ``n`` (its order), ``file`` and ``line`` (where it stood)."""

    def __init__(self, folder: Path, report: Report) -> None:
        """Put the file into ``folder``. Raises OSError, sqlite3.OperationalError."""
        self.report = report
        self.files: list[str] = []
        self.counts: dict[str, int] = {}
        self._used: dict[str, set[str]] = {}
        self.translated = False
        self._folder = Scratch(folder, "read")
        tables = "".join(
            "CREATE TABLE {}(n INTEGER PRIMARY KEY, file INT, line INT, {});".format(
                table, ", ".join(f"\"{c}\" TEXT NOT NULL DEFAULT ''" for c in columns)
            )
            for table, columns in COLUMNS.items()
        )
        try:
            self.db = private_database(self._folder.path / "rows", tables)
        except BaseException:
            self._folder.close()
            raise

    def __enter__(self) -> Stage:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Throw the file away."""
        self.db.close()
        self._folder.close()

    # --- in -------------------------------------------------------------------------------------------
    def add(self, table: str, row: Mapping[str, Any], file: str, line: int) -> None:
        """Put one row in; names that are not the table's are left out."""
        names = [name for name in COLUMNS[table] if row.get(name)]
        self.fill(table, names, [(line, tuple(str(row[name]) for name in names))], file)

    def fill(self, table: str, names: Sequence[str], rows: Iterable[tuple[int, Cells]], file: str) -> int:
        """Put many rows in, each (line, cells in the order of ``names``), and return how many there were."""
        if file not in self.files:
            self.files.append(file)
        number = self.files.index(file)
        marks = ",".join("?" * (len(names) + 2))
        quoted = "".join(f', "{name}"' for name in names)
        before = self.counts.get(table, 0)
        self._used.setdefault(table, set()).update(names)
        self.db.executemany(
            f"INSERT INTO {table}(file, line{quoted}) VALUES ({marks})",  # noqa: S608 - our own names
            self._ready(table, names, number, rows),
        )
        return self.counts.get(table, 0) - before

    def _ready(
        self, table: str, names: Sequence[str], number: int, rows: Iterable[tuple[int, Cells]]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield rows as they are stored: bare cells, keys as text, one row for each of several keys in a cell."""
        keys = [place for place, name in enumerate(names) if name in KEYS]
        single = [place for place in keys if (table, names[place]) in _SINGLE]
        own = names.index("id") if "id" in names else -1
        count = 0
        for line, cells in rows:
            count += 1
            made = [bare(cell) if cell else "" for cell in cells]
            if max(map(len, made), default=0) > LONGEST:
                self.report.add("text longer than 100,000 letters: cut", self.files[number], line)
                made = [cell[:LONGEST] for cell in made]
            if own >= 0 and made[own]:
                made[own] = key_of(made[own])
                if is_spoiled(made[own]):
                    self.report.add("id spoiled by a spreadsheet: kept as it is", self.files[number], line, made[own])
            several = False
            for place in keys:
                if made[place]:
                    made[place] = key_of(made[place])
                    several = several or holds_several(made[place])
            if not several:
                yield number, line, *made
                continue
            self.report.add("several ids in one cell: split", self.files[number], line)
            yield from ((number, line, *one) for one in _split(made, keys, single))
        self.counts[table] = self.counts.get(table, 0) + count

    # --- out ------------------------------------------------------------------------------------------
    def index(self) -> None:
        """Make what rows are looked up by; after everything is in."""
        for table, columns in COLUMNS.items():
            for column in columns:
                if column in _INDEXED:
                    self.db.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")
        self.translated = bool(self.counts.get("translation"))

    def rows(self, table: str, column: str, keys: Iterable[str]) -> list[Row]:
        """Return the rows of ``table`` whose ``column`` is one of ``keys``, in their order."""
        if not self.counts.get(table):
            return []
        asked = json.dumps([key for key in dict.fromkeys(keys) if key])
        return self._made(
            table,
            f"WHERE {column} <> '' AND {column} IN (SELECT value FROM json_each(?)) ORDER BY n",  # noqa: S608 - ours
            (asked,),
        )

    def batches(self, table: str, size: int) -> Iterator[list[Row]]:
        """Yield every row of ``table`` in order, ``size`` at a time."""
        last = 0
        while True:
            rows = self._made(table, "WHERE n > ? ORDER BY n LIMIT ?", (last, size))
            if not rows:
                return
            last = int(rows[-1]["n"])
            yield rows

    def _made(self, table: str, which: str, values: tuple[Any, ...]) -> list[Row]:
        """Return rows; only columns that some file or rule filled are asked for, the others are empty."""
        blank = dict.fromkeys(COLUMNS[table], "")
        used = self._used.get(table, set())
        names = ["n", "file", "line", *(c for c in COLUMNS[table] if c in used or c in KEYS or c in _BY_RULE)]
        asked = ", ".join(f'"{name}"' for name in names)
        found = self.db.execute(f"SELECT {asked} FROM {table} {which}", values)  # noqa: S608 - our own names
        return [blank | dict(zip(names, row)) for row in found]  # noqa: B905 - names are what was asked for

    def one(self, query: str, *values: Any) -> int:
        """Return the number a query gives."""
        return int(self.db.execute(query, values).fetchone()[0] or 0)

    def told(self, rule: str, query: str, *values: Any, count: bool = True) -> None:
        """Report ``rule`` for each row a query gives: (file, line, what)."""
        for file, line, what in self.db.execute(query, values):
            self.report.add(rule, self.files[file], line, str(what or ""), count=count)


def _split(cells: list[str], keys: list[int], single: list[int]) -> Iterator[list[str]]:
    """Yield the row once for each key of the cell that holds several; a parent keeps its first."""
    whole = list(cells)
    for place in single:
        whole[place] = next(iter(keys_of(whole[place])), "")
    several = [place for place in keys if place not in single and holds_several(whole[place])]
    if not several:
        yield whole
        return
    place = several[0]
    for key in keys_of(whole[place]):
        yield from _split([key if at == place else cell for at, cell in enumerate(whole)], keys, single)
