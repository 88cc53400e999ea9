"""``guide sheet``: chosen entries on paper, as a PDF."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from guide.cli.files import write_file
from guide.cli.finding import audience
from guide.cli.terminal import Desk
from guide.errors import NotFoundError, UsageError
from guide.records import Audience, SheetOptions


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    sheet = commands.add_parser("sheet", parents=[every], help="chosen entries on paper, as a PDF")
    sheet.add_argument("--services", required=True, type=listed, metavar="ID,ID", help="the entries, in their order")
    sheet.add_argument("-o", "--out", required=True, type=Path, metavar="FILE", help="the PDF to write")
    sheet.add_argument("--layout", choices=["list"], default="list", help="how the sheet looks (default list)")
    sheet.add_argument("--language", type=listed, default=["en"], metavar="CODE[,CODE]", help="one or two languages")
    sheet.add_argument("--title", default="", help="what stands at the top (default: a neutral one)")
    sheet.add_argument("--paper", choices=["letter", "a4"], help="paper size (default: this house's)")
    sheet.add_argument("--discreet", action="store_true", help="numbers, neutral names and hours alone")
    sheet.add_argument("--no-qr", action="store_true", help="no codes to scan")
    audience(sheet)
    sheet.set_defaults(run=run)


def listed(text: str) -> list[str]:
    """Return the parts of ``a,b,c``, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Write the sheet. Raises NotFoundError, UsageError, TypesetError."""
    if not args.services:
        raise UsageError("Name at least one entry.")
    if not 1 <= len(args.language) <= 2:
        raise UsageError("A sheet has one or two languages.", languages=args.language)
    who = Audience(args.audience)
    known = {s.id for s in desk.guide.services(args.services) if s.audience is not Audience.STAFF or who is s.audience}
    missing = [one for one in args.services if one not in known]
    if missing:
        raise NotFoundError(services=missing)
    options = SheetOptions(
        title=args.title,
        languages=tuple(args.language),
        layout=args.layout,
        paper=args.paper or desk.settings.paper,
        qr=not args.no_qr,
        discreet=args.discreet,
        shelter_name=desk.settings.shelter_name,
    )
    made = desk.guide.sheet(args.services, options, who)
    write_file(args.out, made.pdf)
    left_out = [{"name": name, "reason": reason} for name, reason in made.left_out]
    lines = [f"{args.out}: {made.pages} page{'s' if made.pages != 1 else ''}"]
    lines += [f"left out: {one['name']} ({one['reason']})" for one in left_out]
    facts = {"file": str(args.out), "pages": made.pages, "bytes": len(made.pdf), "left_out": left_out}
    desk.terminal.give(facts, lines)
