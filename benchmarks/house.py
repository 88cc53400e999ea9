"""What 5,000 own services and 5,000 notes cost every start and every keystroke, against a house that wrote nothing.

Usage: house.py [SERVICES] [OWN]. Two data folders over one made-up catalog; each keystroke of the typed questions is
asked in both, in random order, and the first screen is read in both in turn. CPU time counts, the machine may be busy.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.made_up import made, services
from benchmarks.search import keystrokes
from guide.app import Guide
from guide.records import Audience, Question
from guide.records.house import Edit
from guide.settings import Settings
from guide.shelter.facts import change
from guide.shelter.own import new_id, values_of
from guide.shelter.store import Store

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def filled(folder: Path, catalog: Path, own: int) -> Guide:
    """Return the guide of a house with ``own`` services of its own and as many notes on entries of the catalog."""
    house = Guide(Settings(data=folder, catalog=catalog), lambda: NOW)
    edits: list[Edit] = []
    for number, one in enumerate(services(own, seed=7)):
        key = new_id(f"benchmark\n{number}")
        edits += [
            Edit("own", key, field, json.loads(json.dumps(v))) for field, v in values_of(one).items() if v is not None
        ]
    with house._published() as opened:
        for number, key in enumerate(opened.digests()):
            if number == own:
                break
            edits.append(Edit("word", key, "staff_note", f"ask for desk {number}"))
    with Store(folder / "shelter.db", lambda: NOW) as store:
        change(store, lambda: NOW, edits)
    begun = time.process_time()
    house.own.derive()
    house.derived = round(time.process_time() - begun, 2)  # type: ignore[attr-defined]
    return house


def cost(act: Callable[[], object]) -> float:
    """Return the CPU milliseconds ``act`` takes."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def main(count: int = 100_000, own: int = 5_000) -> dict[str, object]:
    """Return the medians of both houses and their ratios."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        catalog = made(folder, count)
        houses = {"bare": Guide(Settings(data=folder / "bare", catalog=catalog), lambda: NOW),
                  "full": filled(folder / "full", catalog, own)}  # fmt: skip
        for house in houses.values():
            house.search(Question())
        chance = random.Random(1)
        typed = keystrokes(chance)
        asked: dict[str, list[float]] = {"bare": [], "full": []}
        first: dict[str, list[float]] = {"bare": [], "full": []}
        for text in typed:
            for name in chance.sample(sorted(houses), 2):
                asked[name].append(cost(lambda: houses[name].search(Question(text))))  # noqa: B023
        for _ in range(30):
            for name in chance.sample(sorted(houses), 2):
                first[name].append(cost(lambda: houses[name].home(Audience.VISITOR)))  # noqa: B023
        told = {
            "catalog": count, "own": own, "keystrokes": len(typed), "load": round(os.getloadavg()[0], 1),
            "keystroke_ms": {k: round(statistics.median(v), 3) for k, v in asked.items()},
            "keystroke_mean_ms": {k: round(statistics.mean(v), 3) for k, v in asked.items()},
            "keystroke_ratio": round(statistics.median(f / b for f, b in zip(asked["full"], asked["bare"], strict=True)), 3),
            "home_ms": {k: round(statistics.median(v), 3) for k, v in first.items()},
            "derive_cpu_s": getattr(houses["full"], "derived", 0),
        }  # fmt: skip
        for house in houses.values():
            house.close()
    return told


if __name__ == "__main__":
    print(json.dumps(main(*(int(a) for a in sys.argv[1:3]))))
