"""``guide publish mirror``: a signed bundle as a folder of files for any web server."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from guide.bundles.disk import writing
from guide.cli.terminal import Desk
from guide.records import Step


def add(verbs: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    mirror = verbs.add_parser("mirror", parents=[every], help="a signed file as a folder for any web server")
    mirror.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder to write into; it may hold earlier editions"
    )
    mirror.add_argument("bundle", type=Path, metavar="BUNDLE", help="the .guide file that guide publish made")
    mirror.set_defaults(run=run)


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Write the folder. Raises SourceDataError, NotNewerError, UsageError."""
    from guide.publish.mirror import mirror_of

    desk.terminal.progress(Step("write"))
    with writing(args.folder):
        files = mirror_of(args.bundle, args.folder)
    line = f"{args.folder} holds {files:,} files for a web server. Upload metadata/timestamp.json last."
    desk.terminal.give({"folder": str(args.folder), "files": files}, [line])
