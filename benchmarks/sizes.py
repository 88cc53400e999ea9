"""Every keystroke of sixty typed questions over made-up catalogs of any size: the whole answer, and its parts.

Usage: sizes.py COUNT [FOLDER]. Milliseconds of CPU time of the thread, warm; ``bare`` is a plain FTS5 table of default
settings asked as anyone would (ORDER BY rank LIMIT 50, last word a beginning), each keystroke by both in random order.
The words kept for the next keystroke are forgotten before each: nothing is measured twice.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.index_build import texts
from benchmarks.made_up import made
from benchmarks.search import bare, keystrokes
from guide.catalog.home import read_terms
from guide.records import Question
from guide.search import source as parts
from guide.search.ask import Search
from guide.search.door import settle
from guide.search.index import build_index
from guide.search.source import Source

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
WORST = ("s", "the", "de", "a", "c", "th", "food p", "free c", "the s")
_BARE = 100_000  # above it, one bare query takes seconds


def opened(catalog: Path, index: Path) -> Search:
    """Open ``index`` as it lies, without asking which catalog it is of."""

    def source(_: bool) -> Source:
        db = sqlite3.connect(
            f"{index.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        for pragma in ("query_only=1", "temp_store=MEMORY", "cache_size=-16000", "mmap_size=268435456"):
            db.execute(f"PRAGMA {pragma}")
        edition, (categories, tags) = read_terms(catalog)
        return Source(db, edition, categories, tags)

    return Search([source])


def cold(catalog: Path, index: Path) -> float:
    """Return the wall milliseconds from nothing in the disk cache to the first fifty cards."""
    with index.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    begin = time.perf_counter()
    search = opened(catalog, index)
    search.ask(Question("shel"), NOW)
    search.close()
    return (time.perf_counter() - begin) * 1000


def plain(catalog: Path, path: Path) -> sqlite3.Connection:
    """Return a plain FTS5 table of the same words."""
    db = sqlite3.connect(path, isolation_level=None)
    if not db.execute("SELECT 1 FROM sqlite_master").fetchall():
        db.execute("CREATE VIRTUAL TABLE plain USING fts5(name, org, told, rest, tokenize='unicode61')")
        db.execute("BEGIN")
        db.executemany("INSERT INTO plain(name, org, told, rest) VALUES(?, ?, ?, ?)", texts(catalog))
        db.execute("INSERT INTO plain(plain) VALUES('optimize')")
        db.execute("COMMIT")
    return db


def timed(call: Callable[[], object]) -> float:
    """Return the milliseconds of CPU time ``call`` takes."""
    begin = time.thread_time()
    call()
    return (time.thread_time() - begin) * 1000


def cuts(name: str, values: list[float]) -> dict[str, float]:
    """Return p50, p95, p99 and the largest."""
    found = statistics.quantiles(values, n=100)
    return {f"{name}p{p}_ms": round(found[p - 1], 2) for p in (50, 95, 99)} | {f"{name}max_ms": round(max(values), 2)}


def main(count: int, folder: Path) -> dict[str, object]:
    """Return the figures of one size."""
    catalog, index = made(folder, count), folder / f"made-up-{count}.index"
    if not index.exists():
        build_index(catalog, index)
    figures: dict[str, object] = {"services": count, "cold_ms": round(min(cold(catalog, index) for _ in range(3)), 1)}
    search, ours, short, floor = opened(catalog, index), [], [], []
    lookup, counted = search._sources[0].lookup, parts.counted
    chance = random.Random(2026)
    typed = keystrokes(chance)
    with closing(plain(catalog, folder / f"made-up-{count}.fts")) if count <= _BARE else closing(lookup._db) as db:
        search.ask(Question(), NOW)
        settle()  # as the guide's own door does when it opens an index
        for words in [*typed, *WORST]:
            for way in chance.sample("abc", 3):
                lookup._kept.clear()
                if way == "a":
                    ours.append(timed(lambda words=words: search.ask(Question(words), NOW)))
                elif way == "b":
                    parts.counted = lambda *_: Counter()  # type: ignore[assignment]
                    short.append(timed(lambda words=words: search.ask(Question(words), NOW)))
                    parts.counted = counted  # type: ignore[assignment]
                elif count <= _BARE:
                    floor.append(timed(lambda words=words: bare(db, words)))
        figures |= cuts("", ours) | cuts("results_", short) | (cuts("bare_", floor) if floor else {})
        figures["worst"] = {}
        for words in WORST:
            lookup._kept.clear()
            took = timed(lambda words=words: search.ask(Question(words), NOW))
            figures["worst"][words] = round(took, 2)  # type: ignore[index]
        deep = [
            timed(lambda at=at: search.ask(Question("s", start=at), NOW)) for at in range(0, count, max(count // 20, 1))
        ]
        figures["page_max_ms"] = round(max(deep), 2)
        status = Path("/proc/self/status").read_text()
        figures["private_mb"] = int(next(s for s in status.splitlines() if s.startswith("RssAnon")).split()[1]) // 1024
    return figures


if __name__ == "__main__":
    where = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "build/bench"
    print(json.dumps(main(int(sys.argv[1]), where)))
