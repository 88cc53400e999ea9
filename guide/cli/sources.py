"""``guide build``: sources into a catalog, with a report of what was found on the way."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from guide.bundles.disk import writing
from guide.cli.files import write_file
from guide.cli.finding import positive
from guide.cli.plain import plain
from guide.cli.terminal import Desk


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    build = commands.add_parser("build", parents=[every], help="make a catalog from HSDS packages or our own YAML")
    build.add_argument(
        "--from",
        dest="sources",
        required=True,
        nargs="+",
        type=source_of,
        metavar="SOURCE",
        help="HSDS of any version (folder, zip, JSON), a table with --map, a database's address, or a folder like "
        "guide/starter; several are joined",
    )
    build.add_argument("-o", "--out", required=True, type=Path, metavar="FILE", help="the catalog to write")
    build.add_argument(
        "--map", type=Path, metavar="FILE", help="which terms are which needs, and what a table's columns are"
    )
    build.add_argument(
        "--report", type=Path, metavar="FILE", help="write the whole report: JSON, or for people as .html"
    )
    edition = build.add_argument_group("the edition", "what is not given comes from the source, else from today's date")
    edition.add_argument("--number", type=positive, default=0, metavar="N", help="must rise; default YYYYMMDD")
    edition.add_argument("--edition-name", default="", metavar="NAME", help="what people say, as 2026.11")
    edition.add_argument("--title", default="", help="what the catalog is called")
    edition.add_argument("--publisher", default="", metavar="ID", help="a short id that never changes: ids hang on it")
    edition.add_argument("--publisher-name", default="", metavar="NAME", help="the name people read")
    edition.add_argument("--timezone", default="", metavar="ZONE", help="as America/New_York")
    edition.add_argument("--data-date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day the data is of")
    build.set_defaults(run=run_build)


def run_build(args: argparse.Namespace, desk: Desk) -> None:
    """Build, and print the report's counts. Raises SourceDataError."""
    from guide.publish.from_sources import EditionWishes, build_from_sources

    wishes = EditionWishes(
        args.number, args.edition_name, args.title, args.publisher, args.publisher_name, args.timezone, args.data_date
    )
    today = desk.clock().date()
    with writing(args.out):
        built = build_from_sources(
            args.sources, args.out, today, mapping=args.map, wishes=wishes, progress=desk.terminal.progress
        )
    if args.report is not None:
        write_file(args.report, _report(args.report, built.report, args.out.name, today))
    edition = built.edition
    facts = {"file": str(args.out), "edition": edition.number, "edition_name": edition.name}
    lines = [f"{args.out}: edition {edition.name} (number {edition.number}), {edition.services:,} entries"]
    desk.terminal.give(facts | built.report, [*lines, *_dirt(built.report)])


def source_of(text: str) -> Path | str:
    """Return a source as it was given: the address of a database, or a path."""
    return text if "://" in text else Path(text)


def _report(path: Path, report: dict[str, Any], title: str, today: date) -> bytes:
    if path.suffix.lower() in (".html", ".htm"):
        from guide.publish.report_page import report_page

        return report_page(report, title, today).encode("utf-8", "replace")
    return json.dumps(plain(report), ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _dirt(report: dict[str, Any]) -> Iterator[str]:
    """Say what was found in each source, counted by rule: nothing is hidden."""
    for source in report["sources"]:
        yield f"{source['source']}: {source['services']:,} entries"
        yield from (f"  {name}: {count:,}" for name, count in source.get("totals", {}).items())
        for found in source.get("findings", ()):
            yield f"  {found['count']:>7,}  {found['rule']} ({found['table']})"
    if report["call_now_added"]:
        yield f"Added, to be called at once: {', '.join(report['call_now_added'])}"
