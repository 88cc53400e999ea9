"""``guide lint``: what is wrong or doubtful in a catalog, or in what a catalog would be made of."""

from __future__ import annotations

import argparse
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.cli.files import write_file
from guide.cli.sources import source_of
from guide.cli.terminal import Desk
from guide.errors import BrokenCatalogError, SourceDataError

if TYPE_CHECKING:
    from guide.publish.lint.baseline import Baseline
    from guide.publish.lint.findings import Findings

_EXAMPLES = 5  # of each rule on a screen
OWN = "lint.toml"  # what a folder of our own accepts


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    lint = commands.add_parser("lint", parents=[every], help="what is wrong or doubtful in a catalog or a source")
    lint.add_argument(
        "source", type=source_of, metavar="CATALOG|SOURCE", help="a catalog, a .guide file, or what build would take"
    )
    lint.add_argument("--map", type=Path, metavar="FILE", help="as for build")
    add_baseline(lint)
    lint.add_argument("--page", type=Path, metavar="FILE", help="write all of it as a page for people (HTML)")
    lint.add_argument(
        "--draft-baseline", type=Path, metavar="FILE", help="write a baseline of the errors, its reasons still empty"
    )
    lint.set_defaults(run=run)


def add_baseline(command: argparse.ArgumentParser) -> None:
    """Add ``--baseline``."""
    command.add_argument(
        "--baseline", type=Path, metavar="FILE", help="findings that are accepted, each with a reason and an end date"
    )


def read_given(file: Path | None, source: Path | str, today: date) -> Baseline:
    """Return the baseline of ``file``, else that of a folder of our own, else an empty one. Raises SourceDataError."""
    from guide.publish.lint.baseline import NOTHING_ACCEPTED, read_baseline

    if file is None and isinstance(source, Path) and (source / OWN).is_file():
        file = source / OWN
    return read_baseline(file, today) if file is not None else NOTHING_ACCEPTED


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Print every finding. Raises NotToBePublishedError when one of them blocks a release."""
    from guide.publish.lint.baseline import write_draft
    from guide.publish.lint.door import lint, refuse
    from guide.publish.lint.page import page

    today = desk.clock().date()
    baseline = read_given(args.baseline, args.source, today)
    with _catalog(args, today, desk) as catalog:
        try:
            found = lint(catalog, today, baseline, desk.terminal.progress)
        except BrokenCatalogError as error:  # the publisher's own file, not this computer's
            raise SourceDataError("This is not a catalog the guide could use.", **error.facts) from error
    if args.page is not None:
        write_file(args.page, page(found, _name(args.source), today).encode())
    if args.draft_baseline is not None:
        errors = [one for one in found.kept if one.severity == "error"]
        write_file(args.draft_baseline, write_draft(errors, today).encode())
    facts = facts_of(found)
    if found.errors and desk.terminal.as_json:
        raise _blocked(found, facts)
    desk.terminal.give(facts, lines(found))
    if found.errors:
        refuse(found)


def facts_of(found: Findings) -> dict[str, Any]:
    """Return ``found`` as plain values: counts are true, of each code the first thousand are listed."""
    return {
        "services": found.services,
        "counts": found.by_severity(),
        "codes": {code: found.counts[code] for code in found.codes()},
        "findings": [one for code in found.codes() for one in found.of(code)],
        "accepted": found.accepted,
        "notes": found.notes,
    }


def lines(found: Findings) -> Iterator[str]:
    """Say each rule once with its count, what to do and its first entries; --json and --page have all of them."""
    from guide.publish.lint.rules import RULES

    for code in found.codes():
        rule, those = RULES[code], found.of(code)
        yield f"{rule.severity:<8} {rule.title}: {found.counts[code]:,}   ({code})"
        yield f"         To do: {rule.advice}"
        yield from (f"           {one.name} [{one.record}]: {one.reason}" for one in those[:_EXAMPLES])
        if found.counts[code] > _EXAMPLES:
            yield f"           … and {found.counts[code] - _EXAMPLES:,} more"
    if found.accepted:
        yield f"Accepted by the baseline: {sum(found.accepted_counts.values()):,}"
    yield from found.notes
    if not found.counts:
        yield f"Nothing found in {found.services:,} entries."


def _blocked(found: Findings, facts: dict[str, Any]) -> Exception:
    from guide.errors import NotToBePublishedError

    return NotToBePublishedError(
        f"{found.errors:,} errors have to be mended or accepted.", errors=found.errors, **facts
    )


@contextmanager
def _catalog(args: argparse.Namespace, today: date, desk: Desk) -> Iterator[Path]:
    """Give the catalog: the one named, or one built from the source for a moment."""
    source: Path | str = args.source
    if isinstance(source, Path):
        if not source.exists():
            raise SourceDataError("There is no such catalog or source.", source=str(source))
        if _is_catalog(source):
            from guide.publish.opened import opened

            with opened(source) as catalog:
                yield catalog
            return
    from guide.publish.from_sources import build_from_sources

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "catalog.db"
        build_from_sources([source], out, today, mapping=args.map, progress=desk.terminal.progress)
        yield out


def _name(source: Path | str) -> str:
    """Return what a source is called; a database's address holds a password, and is never shown."""
    return source.name if isinstance(source, Path) else "a database"


def _is_catalog(path: Path) -> bool:
    """Say whether a file is a catalog, packed or bare, or holds one; all other files are sources to be read."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"PK"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
            return "metadata/timestamp.json" in archive.namelist()
    return head == b"SQLite format 3\0" or head.startswith(b"\x28\xb5\x2f\xfd")
