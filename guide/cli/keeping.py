"""``guide backup`` and ``guide restore``: everything the shelter wrote in one file, and back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guide.cli.terminal import Desk
from guide.errors import UsageError
from guide.records import Backup


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add both commands."""
    backup = commands.add_parser("backup", parents=[every], help="everything the shelter wrote, into one file")
    backup.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="the file; left out, those kept here are listed"
    )
    backup.add_argument(
        "--with-confidential", action="store_true", help="entries marked confidential too (default: no)"
    )
    backup.set_defaults(run=run_backup)
    back = commands.add_parser("restore", parents=[every], help="put a backup in the place of what is here")
    back.add_argument("file", type=Path, metavar="FILE", help="a file that guide backup wrote")
    back.add_argument("--yes", action="store_true", help="do not ask")
    back.set_defaults(run=run_restore)


def run_backup(args: argparse.Namespace, desk: Desk) -> None:
    """Write a backup, or list the automatic ones."""
    if args.file is None:
        kept = desk.guide.safekeeping.kept()
        desk.terminal.give({"kept": [str(path) for path in kept]}, [str(path) for path in kept])
        return
    told = desk.guide.safekeeping.write(args.file, confidential=args.with_confidential)
    left_out = [] if told.confidential else ["Entries marked confidential are not in it: --with-confidential."]
    desk.terminal.give(asdict(told), [f"{told.path}: {told.size:,} bytes", *left_out])


def run_restore(args: argparse.Namespace, desk: Desk) -> None:
    """Put a backup back. Without ``--yes`` it is shown and a person is asked."""
    if not args.file.exists():
        raise UsageError("There is no such file.", file=str(args.file))
    if not args.yes:
        if not desk.terminal.can_ask():
            raise UsageError("Nobody is here to say yes. Add --yes.")
        desk.terminal.show(_told(desk.guide.safekeeping.look(args.file)))
        if desk.terminal.ask("Put it in the place of what is here? [y/N] ").lower() not in ("y", "yes"):
            raise UsageError("Nothing was changed: the answer was not yes.")
    done = desk.guide.safekeeping.restore(args.file)
    kept = [f"What was here before: {done.kept}"] if done.kept else []
    desk.terminal.give(asdict(done), [*_told(done), "It is back in place.", *kept])


def _told(backup: Backup) -> Iterator[str]:
    yield f"Backup of {backup.shelter_name or 'a house without a name'}, made {backup.made_at:%Y-%m-%d %H:%M} UTC"
    yield f"Saved sheets: {', '.join(backup.saved_sheets) or 'none'}"
    yield f"Beside them: {', '.join(backup.parts) or 'nothing'}"
    yield f"Staff passphrase: {'the one of that day' if backup.has_passphrase else 'none'}"
    if not backup.confidential:
        yield "Entries marked confidential are not in it."
