"""Builds an index, against writing ready-made rows and a plain FTS5 table of the same words; and its peak of memory.

Usage: index_build.py COUNT [FOLDER]. Seconds are CPU time of the thread. The floors get their rows for nothing: cards
packed, words folded and joined. ``floor`` is one FTS5 table that can answer beginnings of one to three letters at
once (prefix='1 2 3'), ``bare`` one of default settings, which cannot.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.made_up import made
from guide.catalog.reader import Catalog
from guide.catalog.stream import indexed_services
from guide.records import Step
from guide.search.columns import Labels, columns
from guide.search.index import build_index

ROOT = Path(__file__).resolve().parent.parent
_MB = 1 << 20


class Memory:
    """The largest private memory seen while something runs (what is mapped from files left out)."""

    peak = 0

    def __call__(self, _: Step | None = None) -> None:
        status = Path("/proc/self/status")
        if status.exists():
            said = next(line for line in status.read_text().splitlines() if line.startswith("RssAnon"))
            self.peak = max(self.peak, int(said.split()[1]) << 10)


def texts(catalog: Path) -> Iterator[tuple[str, ...]]:
    """Yield the joined words of each service."""
    with Catalog(catalog) as opened:
        labels = Labels(opened.categories(), opened.tags())
        for service in opened.services():
            yield tuple(" ".join(words) for words in columns(service, labels))


def floor(folder: Path, cards: list[tuple[object, ...]], words: list[tuple[str, ...]], options: str) -> float:
    """Return the seconds of writing the rows and one FTS5 table."""
    path = folder / "floor.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        begin = time.thread_time()
        db.executescript("PRAGMA journal_mode=off; PRAGMA synchronous=off;")
        db.execute("CREATE TABLE card(id INTEGER PRIMARY KEY, service TEXT, plan INTEGER, json TEXT, crc INTEGER)")
        db.execute(f"CREATE VIRTUAL TABLE f USING fts5(name, org, told, rest, tokenize='unicode61'{options})")
        db.execute("BEGIN")
        db.executemany("INSERT INTO card VALUES(?, ?, ?, ?, ?)", cards)
        db.executemany("INSERT INTO f(name, org, told, rest) VALUES(?, ?, ?, ?)", words)
        db.execute("INSERT INTO f(f) VALUES('optimize')")
        db.execute("COMMIT")
        return time.thread_time() - begin


def main(count: int, folder: Path) -> dict[str, float]:
    """Return the figures; above 100,000 services only our own build is measured."""
    catalog, memory = made(folder, count), Memory()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = folder / f"made-up-{count}.index"
        begin = time.thread_time()
        build_index(catalog, path, memory)
        memory()
        ours = time.thread_time() - begin
        figures = {
            "services": count,
            "build_s": round(ours, 2),
            "index_mb": round(path.stat().st_size / 1e6, 1),
            "peak_private_mb": round(memory.peak / _MB),
            "peak_resident_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
        if count > 100_000:
            return figures
        begin = time.thread_time()
        for _ in indexed_services(catalog):
            pass
        figures["read_s"] = round(time.thread_time() - begin, 2)
        words = list(texts(catalog))
        with closing(sqlite3.connect(path)) as db:
            cards = db.execute("SELECT * FROM card").fetchall()
        figures["floor_s"] = round(floor(Path(scratch), cards, words, ", prefix='1 2 3'"), 2)
        figures["bare_s"] = round(floor(Path(scratch), cards, words, ""), 2)
    ready = figures["floor_s"] + figures["read_s"]
    return figures | {
        "ratio": round(ours / figures["floor_s"], 2),
        "ratio_bare": round(ours / figures["bare_s"], 2),
        "ratio_with_reading": round(ours / ready, 2),
    }


if __name__ == "__main__":
    where = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "build/bench"
    print(json.dumps(main(int(sys.argv[1]), where)))
