"""``guide publish map``: a proposal of how a table of its own form is read, for a person to look over."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from guide.bundles.disk import writing
from guide.cli.files import write_file
from guide.cli.terminal import Desk
from guide.errors import SourceDataError


def add(verbs: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    found = verbs.add_parser(
        "map", parents=[every], help="propose which column of a table is what: --map of guide build"
    )
    found.add_argument("source", type=Path, metavar="FILE", help="a CSV file, a workbook, JSON or GeoJSON")
    found.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="the mapping file to write, in place of the screen"
    )
    found.set_defaults(run=run)


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Propose. Raises SourceDataError."""
    from guide.publish.propose import propose

    if not args.source.exists():
        raise SourceDataError("There is no such source.", source=str(args.source))
    text, taken = propose(args.source)
    if args.out is None:
        desk.terminal.give({"mapping": text, "columns": taken}, text.splitlines())
        return
    with writing(args.out):
        write_file(args.out, text.encode())
    found = sum(bool(field) for field in taken.values())
    lines = [f"{args.out}: {found} of {len(taken)} columns have a place. Look it over, then:",
             f"guide build --from {args.source} --map {args.out} -o catalog.db"]  # fmt: skip
    desk.terminal.give({"file": str(args.out), "columns": taken}, lines)
