"""``guide own`` and ``guide house``: this house's own services as files, and two PCs of a house kept alike."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guide.cli.terminal import Desk
from guide.records import Audience, Service
from guide.records.house import Conflict
from guide.records.saved import MOST_TEMPLATES

_CLOSED = ("inactive", "defunct")
_PRIVATE = "also closed addresses and what is for staff alone; without it they stay on this PC"


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the two commands with what they can do."""
    own = commands.add_parser("own", parents=[every], help="this house's own services: list, export, import")
    ways = own.add_subparsers(title="what to do", metavar="DO", required=True)
    ways.add_parser("list", parents=[every], help="every own service").set_defaults(run=run_list)
    out = ways.add_parser(
        "export", parents=[every], help="write them to a spreadsheet (.csv) or an HSDS package (.zip)"
    )
    out.add_argument("file", type=Path, metavar="FILE")
    out.add_argument("--with-private", action="store_true", help=_PRIVATE)
    out.set_defaults(run=run_export)
    taken = ways.add_parser("import", parents=[every], help="take them in from such a file, changing in place by id")
    taken.add_argument("file", type=Path, metavar="FILE")
    taken.add_argument("--dry-run", action="store_true", help="only say what would change")
    taken.set_defaults(run=run_import)
    house = commands.add_parser("house", parents=[every], help="keep several PCs of a house alike: export, merge")
    ways = house.add_subparsers(title="what to do", metavar="DO", required=True)
    away = ways.add_parser("export", parents=[every], help="write all that this house wrote to a file")
    away.add_argument("file", type=Path, metavar="FILE")
    away.add_argument("--with-private", action="store_true", help=_PRIVATE)
    away.set_defaults(run=run_away)
    merge = ways.add_parser("merge", parents=[every], help="take in another PC's file: field by field the newest wins")
    merge.add_argument("file", type=Path, metavar="FILE")
    merge.add_argument("--dry-run", action="store_true", help="only say what would change")
    merge.set_defaults(run=run_merge)
    ways.add_parser("conflicts", parents=[every], help="what two PCs wrote differently").set_defaults(run=run_conflicts)


def run_list(args: argparse.Namespace, desk: Desk) -> None:
    """Print every own service."""
    found = desk.guide.own.services.all()
    lines = [f"{one.id}  {_state(one):<7} {one.name.text}" for one in found]
    facts = [{"id": s.id, "name": s.name.text, "category": s.category, "state": _state(s)} for s in found]
    desk.terminal.give({"own": facts}, lines or ["This house has no service of its own."])


def run_export(args: argparse.Namespace, desk: Desk) -> None:
    """Write own services to a file."""
    gone, kept = desk.guide.own.files.write(args.file, confidential=args.with_private)
    _told(desk, args.file, gone, kept, "services")


def run_import(args: argparse.Namespace, desk: Desk) -> None:
    """Take own services in, or say what would change."""
    done = desk.guide.own.files.take_in(args.file, dry=args.dry_run)
    counts = Counter(row.kind for row in done.rows)
    lines = [f"{row.kind:<8} {row.name}{': ' + ', '.join(row.fields) if row.fields else ''}"
             for row in done.rows if row.kind != "same"]  # fmt: skip
    lines += [f"note: {note}" for note in done.notes]
    said = ", ".join(f"{counts[kind]:,} {kind}" for kind in ("new", "changed", "same", "left out") if counts[kind])
    lines.append(f"{'Would be' if args.dry_run else 'Done'}: {said or 'nothing in it'}")
    facts = {"dry_run": args.dry_run, "rows": [asdict(row) for row in done.rows], "notes": list(done.notes)}
    desk.terminal.give(
        facts | {kind.replace(" ", "_"): counts[kind] for kind in ("new", "changed", "same", "left out")}, lines
    )


def run_away(args: argparse.Namespace, desk: Desk) -> None:
    """Write all that this house wrote to a file."""
    gone, kept = desk.guide.own.sharing.export(args.file, confidential=args.with_private)
    _told(desk, args.file, gone, kept, "things")


def run_merge(args: argparse.Namespace, desk: Desk) -> None:
    """Take in another PC's file, or say what would change."""
    done = desk.guide.own.sharing.merge(args.file, dry=args.dry_run)
    lines = [f"{kind}: {name or key}: {field}" for kind, key, field, name in done.changes]
    lines += [f"conflict: {_conflict(one)}" for one in done.conflicts]
    lines.append(
        f"{'Would change' if args.dry_run else 'Changed'}: {done.changed:,} fields, {len(done.conflicts):,} conflicts"
    )
    lines += [f"no room for the template {name}: a house keeps at most {MOST_TEMPLATES}" for name in done.no_room]
    lines += [f"{done.not_understood:,} fields make no sense here: left out"] if done.not_understood else []
    changes = [{"kind": kind, "id": key, "field": field, "name": name} for kind, key, field, name in done.changes]
    facts = {"dry_run": args.dry_run, "changes": changes, "conflicts": [asdict(one) for one in done.conflicts],
             "not_understood": done.not_understood, "no_room": list(done.no_room)}  # fmt: skip
    desk.terminal.give(facts, lines)


def run_conflicts(args: argparse.Namespace, desk: Desk) -> None:
    """Print what two PCs wrote differently and nobody decided yet."""
    found = desk.guide.own.sharing.conflicts()
    desk.terminal.give(
        {"conflicts": [asdict(one) for one in found]}, [_conflict(c) for c in found] or ["Nothing to decide."]
    )


def _told(desk: Desk, path: Path, gone: int, kept: int, what: str) -> None:
    lines = [f"{path}: {gone:,} {what}"]
    if kept:
        lines.append(f"{kept:,} hold something confidential, which stayed here; --with-private takes it along.")
    desk.terminal.give({"file": str(path), what: gone, "confidential": kept}, lines)


def _conflict(one: Conflict) -> str:
    return f"{one.name or one.id}: {one.field}: kept {_short(one.kept)}, put aside {_short(one.other)}"


def _short(value: object) -> str:
    text = str(value if value is not None else "nothing")
    return text if len(text) <= 60 else f"{text[:59]}…"


def _state(one: Service) -> str:
    return "closed" if one.status in _CLOSED else "staff" if one.audience is Audience.STAFF else "open"
