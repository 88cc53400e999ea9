"""Every keystroke of sixty typed questions: the whole answer (cards, exact counts, facets) against bare FTS5.

Usage: search.py [CATALOG]. The floor is what anyone would write first: one FTS5 table with its default
settings, ``MATCH ... ORDER BY rank LIMIT 50``, the texts fetched. Both answer each keystroke, in random order.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from guide.catalog.reader import Catalog
from guide.records import Question
from guide.search.ask import Search
from guide.settings import STARTER_CATALOG

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TYPED = """
shelter|homeless shelter|food pantry|food stamps|free clinic|dental clinic|rent assistance|help paying rent|eviction
legal aid|immigration lawyer|domestic violence|sexual assault|human trafficking|suicide|mental health counseling
substance abuse|drug treatment|detox|alcohol|child care|after school|head start|wic|medicaid|job training|unemployment
senior services|meals on wheels|transportation|disability|veterans|hiv testing|pregnancy|parenting classes|diapers
clothing|furniture|utility bill|social security|id card|english classes|library|miami|33125|305|salvation army
refugio|comida gratis|abogado|ayuda legal|violencia doméstica|clínica|vivienda|salud mental|cuidado de niños|trabajo
embarazo|discapacidad|transporte|ayuda con la renta
"""
LIMIT = 50


def keystrokes(chance: random.Random) -> list[str]:
    """Return every text that stands in the box while the questions are typed, one question after the other."""
    questions = [q.strip() for line in TYPED.strip().splitlines() for q in line.split("|")]
    chance.shuffle(questions)
    return [q[:n] for q in questions for n in range(1, len(q) + 1)]


def plain_table(catalog: Path) -> sqlite3.Connection:
    """Return one FTS5 table of default settings over the same texts."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE plain USING fts5(name, org, text, tokenize='unicode61 remove_diacritics 2')")
    with Catalog(catalog) as opened:
        labels = {t.slug: " ".join(t.label.every()) for t in (*opened.categories(), *opened.tags())}
        for s in opened.services():
            named = [labels.get(slug, "") for slug in (s.category, *s.also_in, *s.tags)]
            cities = [a.city for place in s.locations for a in place.addresses]
            text = " ".join([*s.description.every(), *s.eligibility.every(), *named, *cities])
            org = " ".join(s.organization.name.every()) if s.organization else ""
            db.execute("INSERT INTO plain VALUES (?, ?, ?)", (" ".join(s.name.every()), org, text))
    db.execute("INSERT INTO plain(plain) VALUES ('optimize')")
    return db


def bare(db: sqlite3.Connection, words: str) -> list[object]:
    """Ask the plain table as a beginner would: all words, the last one a beginning."""
    quoted = [f'"{word}"' for word in words.split()]
    return db.execute(
        f"SELECT * FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT {LIMIT}", (" ".join(quoted) + "*",)
    ).fetchall()


def timed(call: Callable[[], object]) -> float:
    """Return the milliseconds ``call`` takes."""
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000


def main(catalog: Path, rounds: int = 3) -> dict[str, float]:
    """Return p50, p95 and p99 in ms of both, and their ratios."""
    chance = random.Random(2026)
    ours: list[float] = []
    floor: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        built = timed(lambda: Search.open(catalog, Path(folder)).close())
        opened = timed(lambda: Search.open(catalog, Path(folder)).close())
        search, plain = Search.open(catalog, Path(folder)), plain_table(catalog)
        size = search.ask(Question(), NOW).total
        for _ in range(rounds):
            for typed in keystrokes(chance):
                asked = Question(words=typed, limit=LIMIT)
                for mine in chance.sample((True, False), 2):
                    if mine:
                        ours.append(timed(lambda asked=asked: search.ask(asked, NOW)))  # type: ignore[misc]
                    else:
                        floor.append(timed(lambda typed=typed: bare(plain, typed)))  # type: ignore[misc]
        search.close()
        plain.close()
    figures = {
        "services": size,
        "keystrokes": len(ours) // rounds,
        "build_ms": round(built),
        "open_ms": round(opened, 1),
    }
    for name, values in (("", ours), ("bare_", floor)):
        cuts = statistics.quantiles(values, n=100)
        figures |= {f"{name}p{p}_ms": round(cuts[p - 1], 3) for p in (50, 95, 99)}
    return figures | {f"ratio_p{p}": round(figures[f"p{p}_ms"] / figures[f"bare_p{p}_ms"], 2) for p in (50, 95, 99)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]) if len(sys.argv) > 1 else STARTER_CATALOG)))
