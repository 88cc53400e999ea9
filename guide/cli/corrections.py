"""``guide checks | corrections`` for a house, ``guide publish corrections`` for its publisher."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guide.bundles.disk import writing
from guide.cli.files import write_file
from guide.cli.finding import positive
from guide.cli.terminal import Desk
from guide.errors import DamagedError
from guide.records import Service
from guide.records.checking import CorrectionFile, NumberCheck, Result


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the house's two commands."""
    checks = commands.add_parser(
        "checks", parents=[every], help="which numbers are due to be called, and what came of it"
    )
    ways = checks.add_subparsers(title="what to do", metavar="DO", required=True)
    due = ways.add_parser("due", parents=[every], help="what to call next, the most pressing first")
    due.add_argument("--need", metavar="SLUG", default="due", help="only one need; crisis for the crisis lines")
    due.add_argument("--limit", type=positive, metavar="N", default=25, help="how many (25)")
    due.set_defaults(run=run_due)
    told = ways.add_parser("record", parents=[every], help="keep what came of a call")
    told.add_argument("service", metavar="ID")
    told.add_argument("result", choices=[one.value for one in Result])
    told.add_argument("--by", metavar="ROLE", default="", help="a role or initials, never a name")
    told.add_argument("--right-number", metavar="NUMBER", default="", help="the right number, where it is known")
    told.set_defaults(run=run_record)
    counts = commands.add_parser("counts", parents=[every], help="sheets printed and updates by month, without people")
    counts.add_argument("-o", "--out", type=Path, metavar="FILE", help="also as a spreadsheet (.csv)")
    counts.add_argument("--forget", action="store_true", help="drop the counts of sheets")
    counts.set_defaults(run=run_counts)
    out = commands.add_parser(
        "corrections", parents=[every], help="write what is wrong in the guide to a file for its publisher"
    )
    out.add_argument("folder", type=Path, metavar="DIR", help="a stick or folder")
    out.add_argument("--with-notes", action="store_true", help="take along what staff wrote in their own words")
    out.set_defaults(run=run_corrections)


def add_for_publisher(verbs: Any, every: argparse.ArgumentParser) -> None:
    """Add the publisher's command below ``guide publish``."""
    merge = verbs.add_parser("corrections", parents=[every], help="many houses' corrections into one work list")
    merge.add_argument("files", type=Path, nargs="+", metavar="FILE", help="files that houses sent (.corrections)")
    merge.add_argument("--catalog", type=Path, metavar="FILE", help="the catalog of now, to compare with")
    merge.add_argument("-o", "--out", type=Path, metavar="FILE", help="also as a spreadsheet (.csv)")
    merge.set_defaults(run=run_merge)


def run_due(args: argparse.Namespace, desk: Desk) -> None:
    """Print what is due."""
    checks = desk.guide.checks
    found, counts = checks.due_entries(args.need, args.limit), checks.due()
    lines = [f"{one.service}  {one.number:<24} {one.name} ({one.checked or 'never called'})" for one in found]
    lines.append(f"{sum(one.due for one in counts):,} due, {sum(one.never for one in counts):,} of them never called")
    desk.terminal.give({"due": [asdict(one) for one in found], "counts": [asdict(one) for one in counts]}, lines)


def run_record(args: argparse.Namespace, desk: Desk) -> None:
    """Keep one call."""
    checks = desk.guide.checks
    call = NumberCheck("", args.service, "", Result(args.result), checks.today(), args.by, (), args.right_number)
    (kept,) = checks.record([call])
    desk.terminal.give(asdict(kept), [f"Kept: {kept.name}, {kept.number}: {kept.result.value}"])


def run_counts(args: argparse.Namespace, desk: Desk) -> None:
    """Print the counts; write or drop them."""
    counts = desk.guide.counts
    rows = counts.table()
    if args.out is not None:
        write_file(args.out, counts.as_csv())
    if args.forget:
        counts.forget()
    lines = [f"{month}  {what:<8} {need or '(all others)' if what == 'sheets' else '':<24} {n:>6,}"
             for month, what, need, n in rows]  # fmt: skip
    facts = [{"month": month, "what": what, "need": need, "count": n} for month, what, need, n in rows]
    on = desk.settings.count_sheets
    hint = "Nothing is counted yet." if on else "Sheets are not counted here: the settings can turn it on."
    desk.terminal.give({"counts": facts, "on": on}, lines or [hint])


def run_corrections(args: argparse.Namespace, desk: Desk) -> None:
    """Write the files."""
    checks = desk.guide.checks
    files = checks.corrections(notes=args.with_notes)
    paths = [checks.write_corrections(file, args.folder) for file in files]
    lines = [f"{path}: {len(file.corrections):,} corrections for {file.publisher}"
             for path, file in zip(paths, files, strict=True)]  # fmt: skip
    facts = {"files": [str(path) for path in paths], "corrections": sum(len(file.corrections) for file in files)}
    desk.terminal.give(facts, lines or ["There is nothing to correct."])


def run_merge(args: argparse.Namespace, desk: Desk) -> None:
    """Print the work list. A file that cannot be read is named and left out. Raises DamagedError: none can be read."""
    from guide.catalog.reader import Catalog
    from guide.correction_file import read_file
    from guide.publish.corrections import as_csv, work_list

    files: list[CorrectionFile] = []
    left_out: list[dict[str, Any]] = []
    for path in args.files:
        with writing(path):
            try:
                files.append(read_file(path))
            except DamagedError as error:
                left_out.append(error.facts)
                desk.terminal.note(f"Left out: {path} ({error.facts['reason']})")
    if not files:
        raise DamagedError(
            "None of these files holds corrections that can be read.", files=[str(p) for p in args.files]
        )
    services: dict[str, Service] | None = None
    publisher = ""
    if args.catalog is not None:
        ids = sorted({one.service for file in files for one in file.corrections})
        with Catalog(args.catalog) as catalog:
            services = {one.id: one for one in catalog.services(ids)}
            publisher = catalog.edition().publisher
    items = work_list(files, services, publisher)
    if args.out is not None:
        write_file(args.out, as_csv(items).encode("utf-8-sig"))
    lines = []
    for one in items:
        may_be = "; ".join(f"{value} ({n})" for value, n in one.proposed)
        lines.append(f"{one.name} [{one.source_id or one.service}] {one.field} {one.kind}: {one.old}"
                     f"{' -> ' + may_be if may_be else ''} | {one.houses} houses, {one.called} called"
                     f"{', agree' if one.agree else ''}, {one.last} | {one.state}")  # fmt: skip
    desk.terminal.give(
        {"houses": len({file.house for file in files}), "work": [asdict(one) for one in items], "left_out": left_out}, lines
    )  # fmt: skip
