"""``guide publish diff``: what a release would change, and the typed word for what looks like a mistake."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.cli.finding import positive
from guide.cli.terminal import Desk
from guide.errors import BrokenCatalogError, SourceDataError, UsageError
from guide.records import Change

if TYPE_CHECKING:
    from guide.publish.comparing import Comparison

_MOST = 40  # of each kind on a screen; changed numbers are all shown
_SAID = {"closed": "Closed", "removed": "Gone", "added": "New", "changed": "Changed"}


def add(verbs: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    diff = verbs.add_parser("diff", parents=[every], help="what changes from one edition to the next")
    diff.add_argument("old", type=Path, metavar="OLD", help="the edition before: a catalog or a .guide file")
    diff.add_argument("new", type=Path, metavar="NEW", help="the next one: a catalog or a .guide file")
    add_meant(diff)
    diff.set_defaults(run=run)


def add_meant(command: argparse.ArgumentParser) -> None:
    """Add ``--yes-i-mean``."""
    command.add_argument(
        "--yes-i-mean",
        type=positive,
        action="append",
        default=[],
        metavar="N",
        help="the number that a jump asks for, where nobody is there to type it (may be repeated)",
    )


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Print the differences. Raises SourceDataError, and UsageError where a jump is not confirmed."""
    from guide.publish.comparing import compare
    from guide.publish.opened import opened

    try:
        with opened(args.old) as old, opened(args.new) as new:
            found = compare(old, new)
    except BrokenCatalogError as error:
        raise SourceDataError("This is not a catalog the guide could use.", **error.facts) from error
    if not desk.terminal.as_json:
        desk.terminal.give({}, told(found))
    _confirm(found, desk, args.yes_i_mean)
    if desk.terminal.as_json:
        desk.terminal.give(asdict(found), [])


class Reviewed:
    """Shows a publisher what a release changes before it is signed, and has jumps confirmed."""

    def __init__(self, desk: Desk, meant: list[int]) -> None:
        """Take where to show and ask, and what was said beforehand."""
        self._desk, self._meant = desk, meant

    def __call__(self, found: Comparison) -> None:
        """Show ``found``. Raises UsageError where a jump is not confirmed."""
        if found.added or found.changed or found.removed:
            for line in told(found):
                self._desk.terminal.note(line)
            _confirm(found, self._desk, self._meant)


def _confirm(found: Comparison, desk: Desk, meant: list[int]) -> None:
    for jump in found.jumps:
        if jump.count in meant:
            continue
        if not desk.terminal.can_ask():
            raise UsageError(
                f"This looks like a mistake: {jump.text}. If it is meant, add: --yes-i-mean {jump.count}",
                jump=jump.code,
                count=jump.count,
            )
        desk.terminal.note(f"\nThis looks like a mistake: {jump.text}.")
        if desk.terminal.ask(f"If it is meant, type the number {jump.count}: ") != str(jump.count):
            raise UsageError("Nothing was signed: the number was not typed.", jump=jump.code, count=jump.count)


def told(found: Comparison) -> Iterator[str]:
    """Yield the differences for a person, every changed number first."""
    yield f"From {found.before} with {found.services_before:,} entries to {found.after} with {found.services_after:,}:"
    yield f"{found.added:,} added, {found.changed:,} changed, {found.removed:,} removed; {found.phones:,} numbers change"
    numbers = [change for change in found.changes if change.kind == "phone"]
    if numbers:
        yield "Every changed number (dial the new ones before you sign):"
        yield from (_line(change) for change in numbers)
    for kind, word in _SAID.items():
        those = [change for change in found.changes if change.kind == kind]
        if those:
            yield f"{word}:"
            yield from (_line(change) for change in those[:_MOST])
        if len(those) > _MOST:
            yield f"  … and {len(those) - _MOST:,} more"
    yield from (f"LOOK TWICE: {jump.text}" for jump in found.jumps)


def _line(change: Change) -> str:
    if not (change.before or change.after):
        return f"  {change.name}"
    field = f" ({change.field.replace('_', ' ')})" if change.kind == "changed" else ""
    return f"  {change.name}{field}: {change.before or '(nothing)'} -> {change.after or '(nothing)'}"
