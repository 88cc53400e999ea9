"""A throwaway publisher for development, so that updates can be tried from a clean checkout.

``make setup`` runs this. Keys lie under ``build/`` and protect nothing; a packaged program gets its own
publisher's root with ``guide publish --first-edition`` (docs/publishing.md).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from guide.clock import Clock, system_clock
from guide.publish.build import CatalogSource, build_catalog
from guide.publish.keys import Cost
from guide.publish.lint.baseline import Baseline
from guide.publish.programs import publish_program
from guide.publish.release import Release, first_edition, publish
from guide.publish.repository import Repository, new_repository
from guide.publish.starter import read_starter
from guide.records import Service
from guide.settings import PROGRAM, STARTER_CATALOG, STARTER_PROGRAM, STARTER_TRUST

BUILD = PROGRAM / "build"
_PASSPHRASE = "development only, protects nothing"  # noqa: S105
_CHEAP = Cost(memory=64, passes=1)
# Nothing that these keys sign reaches anybody, so what the lint finds stops nothing here; it is counted all the same.
ACCEPTED = Baseline(everything="signed by the development publisher, whose keys protect nothing")


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
    first_edition(catalog, keys, trust, _ask, clock, baseline=ACCEPTED)
    return True


def make_development_program_publisher(build: Path, trust: Path, clock: Clock = system_clock) -> bool:
    """Make keys under ``build`` that sign versions of the program, and let ``trust`` hold their root; False when there."""
    keys = build / "program-keys"
    if not (keys / "publisher.json").is_file():
        new_repository(keys, "Development program publisher", _ask, clock(), cost=_CHEAP)
    root = Repository(keys).roots()[0]
    if (trust / "root.json").is_file() and (trust / "root.json").read_bytes() == root:
        return False
    trust.mkdir(parents=True, exist_ok=True)
    (trust / "root.json").write_bytes(root)
    return True


def sign_program(build: Path, installers: Sequence[Path], out: Path, clock: Clock = system_clock) -> Path:
    """Sign installers with the throwaway keys under ``build``."""
    return Path(publish_program(installers, build / "program-keys", out, _ask, clock).path)


def demo_update(build: Path, out: Path, clock: Clock = system_clock) -> Release:
    """Sign a second edition of the starter catalog with small changes, to try the update page with.

    One number changes (to a fictional one), one entry closes, one is new, one goes.
    """
    source = read_starter()
    edition = replace(source.edition, number=_last_number(build / "keys") + 1, name="2026.12")
    catalog = build / "demo.db"
    build_catalog(
        CatalogSource(edition, source.categories, source.tags, _changed(source), source.do_not_print), catalog
    )
    return publish(catalog, build / "keys", out, _ask, clock, baseline=ACCEPTED)


def sign_for_test(folder: Path, first: Path, second: Path, trust: Path, clock: Clock = system_clock) -> Path:
    """Make a publisher in ``folder`` that ``trust`` then trusts for ``first``; return the bundle it signs ``second`` into."""
    make_development_publisher(folder, first, trust, clock)
    return Path(publish(second, folder / "keys", folder / "second.guide", _ask, clock, baseline=ACCEPTED).path)


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


def _last_number(keys: Path) -> int:
    targets = json.loads((keys / "repository" / "targets.json").read_text("utf-8"))
    return int(targets["signed"]["targets"]["catalog.db.zst"]["custom"]["edition"])


def _say(release: Release) -> None:
    print(release.path)  # noqa: T201
    if release.accepted:
        print(f"({release.accepted:,} findings of the lint do not stop throwaway keys; guide lint shows them)")  # noqa: T201


def _ask(_: str) -> str:
    return _PASSPHRASE


def main(argv: Sequence[str]) -> None:
    """Make the development publisher; with ``demo OUT`` or ``sign CATALOG OUT`` let it sign an update, with ``program`` installers."""
    parser = argparse.ArgumentParser(prog="python -m guide.publish.development", description=main.__doc__)
    parser.add_argument("--build", type=Path, default=BUILD, help="where the throwaway keys lie")
    parser.add_argument("--trust", type=Path, default=STARTER_TRUST, help="where the program's trust is put")
    parser.add_argument("--program", type=Path, default=STARTER_PROGRAM, help="where the program's own root is put")
    parser.add_argument("words", nargs="*", help="demo OUT | sign CATALOG OUT | program OUT INSTALLER…")
    asked = parser.parse_args(argv)
    if make_development_publisher(asked.build, STARTER_CATALOG, asked.trust):
        print(f"Made a development publisher with throwaway keys under {asked.build.name}/keys.")  # noqa: T201
    make_development_program_publisher(asked.build, asked.program)
    match asked.words:
        case ["demo", out]:
            _say(demo_update(asked.build, Path(out)))
        case ["sign", catalog, out]:
            _say(publish(Path(catalog), asked.build / "keys", Path(out), _ask, system_clock, baseline=ACCEPTED))
        case ["program", out, *installers]:
            print(sign_program(asked.build, [Path(one) for one in installers], Path(out)))  # noqa: T201
        case [_, *_]:
            parser.error("demo OUT, sign CATALOG OUT, or program OUT INSTALLER…")


if __name__ == "__main__":
    main(sys.argv[1:])
