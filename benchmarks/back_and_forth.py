"""Going back to the edition before and forward again, with the line in the history, at any size of catalog.

Usage: back_and_forth.py [CATALOG [ROUNDS]]. Milliseconds by the clock through the front door; what both hash, whole,
is ``hash_ms``: no step can be faster, for the catalog that is gone to has to be the one that was signed.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.verify_apply import made, timed
from guide.app import Guide
from guide.bundles.importer import apply
from guide.bundles.offers import sha256_of
from guide.settings import STARTER_CATALOG


def main(catalog: Path = STARTER_CATALOG, rounds: int = 9) -> dict[str, float]:
    """Return the medians; an edition is taken in first, so that there is one to go back from."""
    with tempfile.TemporaryDirectory() as name:
        settings, bundle, _, clock = made(Path(name), catalog)
        guide = Guide(settings, clock)
        apply(settings, bundle, clock)
        seen: dict[str, list[float]] = {"back": [], "forward": [], "hash": []}
        for _ in range(rounds):
            seen["back"].append(timed(guide.rollback)[0])
            seen["forward"].append(timed(guide.forward)[0])
            seen["hash"].append(timed(lambda: sha256_of(catalog))[0])
        guide.close()
    found = {f"{kind}_ms": round(statistics.median(each) * 1000, 1) for kind, each in seen.items()}
    worst = {f"{kind}_worst_ms": round(max(each) * 1000, 1) for kind, each in seen.items()}
    return found | worst | {"catalog_mb": round(catalog.stat().st_size / 1e6, 1)}


if __name__ == "__main__":
    arguments = sys.argv[1:3]
    print(json.dumps(main(Path(arguments[0]) if arguments else STARTER_CATALOG, *(int(a) for a in arguments[1:]))))
