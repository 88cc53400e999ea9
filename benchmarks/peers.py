"""The same 5,000 made-up services in this guide, in plain SQLite FTS5 (bm25) and in a Kiwix archive (libzim, Xapian).

Usage: peers.py [FOLDER]. Every keystroke by each, in random order; fifty results with their titles; CPU ms of the thread.
libzim is no part of the program: install it beside it to measure it (pip install libzim).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.index_build import texts
from benchmarks.made_up import made
from benchmarks.search import bare, keystrokes
from benchmarks.sizes import cuts, opened, plain, timed
from guide.records import Question
from guide.search.index import build_index

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
COUNT, LIMIT = 5000, 50


def kiwix(catalog: Path, path: Path) -> Callable[[str], object] | None:
    """Return a search in a ZIM archive of the same texts, one page for each service; None without libzim."""
    try:
        from libzim.reader import Archive
        from libzim.search import Query, Searcher
        from libzim.writer import Creator, Hint, Item, StringProvider
    except ImportError:
        return None

    class Page(Item):  # type: ignore[misc, unused-ignore]
        def __init__(self, number: int, columns: tuple[str, ...]) -> None:
            super().__init__()
            self.number, self.columns = number, columns

        def get_path(self) -> str:
            return f"s/{self.number}"

        def get_title(self) -> str:
            return self.columns[0]

        def get_mimetype(self) -> str:
            return "text/html"

        def get_contentprovider(self) -> StringProvider:
            name, *rest = self.columns
            return StringProvider(f"<html><head><title>{name}</title></head><body>{' '.join(rest)}</body></html>")

        def get_hints(self) -> dict[Hint, int]:
            return {Hint.FRONT_ARTICLE: True}

    if not path.exists():
        with Creator(path).config_indexing(True, "en") as creator:
            creator.set_mainpath("s/1")
            for number, columns in enumerate(texts(catalog), 1):
                creator.add_item(Page(number, columns))
    archive = Archive(path)
    searcher = Searcher(archive)

    def ask(words: str) -> object:
        found = searcher.search(Query().set_query(words)).getResults(0, LIMIT)
        return [archive.get_entry_by_path(one).title for one in found]

    return ask


def main(folder: Path) -> dict[str, float]:
    """Return the figures."""
    catalog, index = made(folder, COUNT), folder / f"made-up-{COUNT}.index"
    if not index.exists():
        build_index(catalog, index)
    search, table = opened(catalog, index), plain(catalog, folder / f"made-up-{COUNT}.fts")
    askers: dict[str, Callable[[str], object]] = {
        "guide_": lambda words: search.ask(Question(words), NOW),
        "fts5_": lambda words: bare(table, words),
    }
    other = kiwix(catalog, folder / f"made-up-{COUNT}.zim")
    if other is not None:
        askers["kiwix_"] = other
    found_by: dict[str, Callable[[str], object]] = askers | {
        "guide_": lambda words: search.ask(Question(words), NOW).total
    }
    answered = dict.fromkeys(askers, 0)
    chance = random.Random(2026)
    took: dict[str, list[float]] = {name: [] for name in askers}
    for words in keystrokes(chance):
        search._sources[0].lookup._kept.clear()
        for name in chance.sample(list(askers), len(askers)):
            took[name].append(timed(lambda name=name, words=words: askers[name](words)))  # type: ignore[misc]
            answered[name] += bool(found_by[name](words))
    figures: dict[str, float] = {"services": COUNT}
    figures |= {f"{name}answered": round(number / len(took[name]), 3) for name, number in answered.items()}
    for name, values in took.items():
        figures |= cuts(name, values)
    return figures


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/bench")))
