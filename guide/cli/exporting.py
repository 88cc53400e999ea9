"""``guide export``: a catalog, or a choice of it, for another program, a spreadsheet or a website."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.bundles.disk import writing
from guide.bundles.editions import current_catalog
from guide.cli.terminal import Desk
from guide.errors import BrokenCatalogError, SourceDataError
from guide.records import Audience, Step
from guide.text import SHIPPED

if TYPE_CHECKING:
    from guide.publish.exports.choice import Chosen

_FORMATS = ("hsds", "hsds-json", "csv", "html")


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    export = commands.add_parser("export", parents=[every], help="the catalog as HSDS, for a spreadsheet, as a website")
    export.add_argument("--format", required=True, choices=_FORMATS, help="HSDS 3.x tables or JSON, CSV, or web pages")
    export.add_argument("-o", "--out", required=True, type=Path, metavar="PATH",
                        help="a folder or a .zip (hsds, html), a file (hsds-json, csv)")  # fmt: skip
    export.add_argument("--catalog", type=Path, metavar="FILE",
                        help="a catalog or a .guide file (default: what this guide holds)")  # fmt: skip
    export.add_argument(
        "--category", action="append", default=[], metavar="SLUG", help="only this need (may be repeated)"
    )
    export.add_argument("--services", default="", metavar="ID,ID", help="only these entries")
    export.add_argument("--audience", choices=("visitor", "staff"),
                        help="staff: with what staff see (default for HSDS; the others leave it out)")  # fmt: skip
    export.add_argument("--language", default="en", choices=SHIPPED, help="of the web pages (default en)")
    export.set_defaults(run=run)


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Export. Raises SourceDataError, UsageError, NotFoundError, DiskFullError, NoAccessError."""
    from guide.catalog.reader import Catalog
    from guide.publish.exports.choice import Choice, Chosen
    from guide.publish.opened import opened

    audience = args.audience or ("staff" if args.format.startswith("hsds") else "visitor")
    services = tuple(one.strip() for one in args.services.split(",") if one.strip())
    choice = Choice(tuple(args.category), services, Audience(audience))
    source = args.catalog or current_catalog(desk.settings)
    desk.terminal.progress(Step("export"))
    try:
        with opened(source) as path, Catalog(path) as catalog, writing(args.out):
            chosen = Chosen(catalog, choice)
            count = _write(chosen, args, desk)
            edition = chosen.edition
    except BrokenCatalogError as error:
        if args.catalog is None:
            raise
        raise SourceDataError("This is not a catalog the guide could use.", **error.facts) from error
    facts = {"out": str(args.out), "format": args.format, "services": count, "edition": edition.number}
    desk.terminal.give(facts, [f"{args.out}: {count:,} entries of edition {edition.name}"])


def _write(chosen: Chosen, args: argparse.Namespace, desk: Desk) -> int:
    progress = desk.terminal.progress
    if args.format == "hsds":
        from guide.publish.exports.tabular import write_tabular

        return write_tabular(chosen, args.out, progress)
    if args.format == "hsds-json":
        from guide.publish.exports.json_page import write_json

        return write_json(chosen, args.out, progress)
    if args.format == "csv":
        from guide.publish.exports.spreadsheet import write_csv

        return write_csv(chosen, args.out, progress)
    from guide.publish.exports.website import write_website

    return write_website(chosen, args.out, args.language, desk.clock().date(), progress)
