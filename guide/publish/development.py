"""A throwaway publisher for development, so that updates can be tried from a clean checkout.

``make setup`` runs this. Keys lie under ``build/`` and protect nothing; a packaged program gets its own
publisher's root with ``guide publish --first-edition`` (docs/publishing.md).
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

from guide.clock import Clock, system_clock
from guide.publish.build import CatalogSource, build_catalog
from guide.publish.keys import Cost
from guide.publish.release import Release, first_edition, publish
from guide.publish.repository import new_repository
from guide.publish.starter import read_starter
from guide.records import Service
from guide.settings import PROGRAM, STARTER_CATALOG, STARTER_TRUST

BUILD = PROGRAM / "build"
_PASSPHRASE = "development only, protects nothing"  # noqa: S105
_CHEAP = Cost(memory=64, passes=1)


def make_development_publisher(build: Path, catalog: Path, trust: Path, clock: Clock = system_clock) -> bool:
    """Make keys under ``build`` and trust them for ``catalog``; return False when all of it is there already."""
    keys = build / "keys"
    sha256 = hashlib.sha256(catalog.read_bytes()).hexdigest()
    try:
        signed = json.loads((trust / "targets.json").read_text("utf-8"))["signed"]
        if signed["targets"]["catalog.db.zst"]["custom"]["db_sha256"] == sha256 and (trust / "root.json").is_file():
            return False
    except (OSError, ValueError, KeyError):
        pass
    if keys.exists():
        keys.rename(build / f"keys-until-{clock():%Y%m%d-%H%M%S-%f}")
    new_repository(keys, "Development publisher", _ask, clock(), cost=_CHEAP)
    first_edition(catalog, keys, trust, _ask, clock)
    return True


def demo_update(build: Path, out: Path, clock: Clock = system_clock) -> Release:
    """Sign a second edition of the starter catalog with small changes, to try the update page with.

    One number changes (to a fictional one), one entry closes, one is new, one goes.
    """
    source = read_starter()
    edition = replace(source.edition, number=2, name="2026.12")
    catalog = build / "demo.db"
    build_catalog(
        CatalogSource(edition, source.categories, source.tags, _changed(source), source.do_not_print), catalog
    )
    return publish(catalog, build / "keys", out, _ask, clock)


def _changed(source: CatalogSource) -> tuple[Service, ...]:
    changed: list[Service] = []
    for service in source.services:
        if service.original_id == "hunger-hotline":
            first = replace(service.phones[0], published="1-202-555-0143", value="12025550143", dial="+12025550143")
            changed.append(replace(service, phones=(first, *service.phones[1:])))
        elif service.original_id == "aa-na-groups":
            changed.append(replace(service, status="temporarily closed"))
        elif service.original_id != "find-a-helpline":
            changed.append(service)
    example = next(s for s in source.services if s.original_id == "lawhelp")
    name = replace(example.name, text="Example Legal Line (demo)", others=())
    new = replace(
        example, id="0b7c3f1e-5d0e-5a70-9c57-2f6c1d9f0a11", original_id="demo-new", name=name, phones=(), urls=()
    )
    return (*changed, new)


def _ask(_: str) -> str:
    return _PASSPHRASE


if __name__ == "__main__":
    if sys.argv[1:2] == ["demo"]:
        print(demo_update(BUILD, Path(sys.argv[2])).path)  # noqa: T201
    elif make_development_publisher(BUILD, STARTER_CATALOG, STARTER_TRUST):
        print("Made a development publisher with throwaway keys under build/keys.")  # noqa: T201
