"""``guide build`` and ``guide lint``: sources into a catalog, and what is wrong with one."""

from __future__ import annotations

import argparse
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.bundles.disk import writing
from guide.cli.files import write_file
from guide.cli.finding import positive
from guide.cli.plain import plain
from guide.cli.terminal import Desk
from guide.errors import BrokenCatalogError, SourceDataError
from guide.records import DoNotPrint, Service

if TYPE_CHECKING:
    from guide.publish.lint import Finding

_EXAMPLES = 5  # of each rule on a screen


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add both commands."""
    build = commands.add_parser("build", parents=[every], help="make a catalog from HSDS packages or our own YAML")
    build.add_argument(
        "--from",
        dest="sources",
        required=True,
        nargs="+",
        type=Path,
        metavar="SOURCE",
        help="an HSDS tabular package (zip or folder) or a folder like guide/starter; several are joined",
    )
    build.add_argument("-o", "--out", required=True, type=Path, metavar="FILE", help="the catalog to write")
    build.add_argument("--map", type=Path, metavar="FILE", help="which of the source's terms are which needs")
    build.add_argument("--report", type=Path, metavar="FILE", help="write the whole report as JSON")
    edition = build.add_argument_group("the edition", "what is not given comes from the source, else from today's date")
    edition.add_argument("--number", type=positive, default=0, metavar="N", help="must rise; default YYYYMMDD")
    edition.add_argument("--edition-name", default="", metavar="NAME", help="what people say, as 2026.11")
    edition.add_argument("--title", default="", help="what the catalog is called")
    edition.add_argument("--publisher", default="", metavar="ID", help="a short id that never changes: ids hang on it")
    edition.add_argument("--publisher-name", default="", metavar="NAME", help="the name people read")
    edition.add_argument("--timezone", default="", metavar="ZONE", help="as America/New_York")
    edition.add_argument("--data-date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day the data is of")
    build.set_defaults(run=run_build)
    lint = commands.add_parser("lint", parents=[every], help="what is wrong or doubtful in a catalog or a source")
    lint.add_argument("source", type=Path, metavar="CATALOG|SOURCE", help="a catalog, or what build would take")
    lint.add_argument("--map", type=Path, metavar="FILE", help="as for build")
    lint.set_defaults(run=run_lint)


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
        write_file(args.report, json.dumps(plain(built.report), ensure_ascii=False, indent=1).encode() + b"\n")
    edition = built.edition
    facts = {"file": str(args.out), "edition": edition.number, "edition_name": edition.name}
    lines = [f"{args.out}: edition {edition.name} (number {edition.number}), {edition.services:,} entries"]
    desk.terminal.give(facts | built.report, [*lines, *_dirt(built.report)])


def _dirt(report: dict[str, Any]) -> Iterator[str]:
    """Say what was found in each source, counted by rule: nothing is hidden."""
    for source in report["sources"]:
        yield f"{source['source']}: {source['services']:,} entries"
        yield from (f"  {name}: {count:,}" for name, count in source.get("totals", {}).items())
        for found in source.get("findings", ()):
            yield f"  {found['count']:>7,}  {found['rule']} ({found['table']})"
    if report["call_now_added"]:
        yield f"Added, to be called at once: {', '.join(report['call_now_added'])}"


def run_lint(args: argparse.Namespace, desk: Desk) -> None:
    """Print every finding. Raises SourceDataError when one of them should stop a release."""
    from guide.publish.lint import lint_catalog

    today = desk.clock().date()
    services, do_not_print = _read(args, today)
    findings = lint_catalog(services, do_not_print, today)
    counts = dict(Counter(f.severity for f in findings))
    facts = {"services": len(services), "counts": counts, "findings": findings}
    blockers = counts.get("blocker", 0)
    if blockers and desk.terminal.as_json:
        raise SourceDataError(f"{blockers:,} findings should stop a release.", **facts)
    desk.terminal.give(facts, _findings(findings))
    if blockers:
        raise SourceDataError(f"{blockers:,} findings should stop a release.")


def _read(args: argparse.Namespace, today: date) -> tuple[Sequence[Service], Sequence[DoNotPrint]]:
    """Return the services of a catalog, or of a source as build would read it."""
    path: Path = args.source
    if not path.exists():
        raise SourceDataError("There is no such catalog or source.", source=str(path))
    if path.is_file() and not zipfile.is_zipfile(path):
        from guide.catalog.reader import Catalog

        try:
            with Catalog(path) as catalog:
                return tuple(catalog.services()), catalog.do_not_print()
        except BrokenCatalogError as error:  # the publisher's own file, not this computer's
            raise SourceDataError("This is not a catalog the guide could use.", **error.facts) from error
    from guide.publish.from_sources import read_sources

    source, _ = read_sources([path], today, mapping=args.map)
    return tuple(source.services), source.do_not_print


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    """Say each rule once with its count and its first entries; --json has all of them."""
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for found in findings:
        by_rule.setdefault((found.severity, found.rule), []).append(found)
    for (severity, rule), those in by_rule.items():
        yield f"{severity:<8} {rule}: {len(those):,}"
        yield from (f"           {one.name}: {one.text}" for one in those[:_EXAMPLES])
        if len(those) > _EXAMPLES:
            yield f"           … and {len(those) - _EXAMPLES:,} more"
    if not findings:
        yield "Nothing found."
