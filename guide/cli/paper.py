"""``guide sheet``: chosen entries, a need, a saved sheet or all of it on paper, as a PDF and to a printer."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.cli.files import write_file
from guide.cli.finding import audience
from guide.cli.terminal import Desk
from guide.errors import NotFoundError, PrinterError, UsageError
from guide.records import LAYOUTS, Audience, Paper, PrintOrder, SavedNews, SavedSheet, SheetOptions, layout_of

_NEWS = {
    "gone": "no longer in the guide",
    "closed": "closed",
    "number": "number was {before}, is now {after}",
    "changed": "changed",
    "template": "this template is no longer there; the house's standing one is used",
}


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    sheet = commands.add_parser("sheet", parents=[every], help="entries on paper, as a PDF or to a printer")
    what = sheet.add_mutually_exclusive_group(required=True)
    what.add_argument("--services", type=listed, metavar="ID,ID", help="these entries, in their order")
    what.add_argument("--category", metavar="SLUG", help="every entry of one need")
    what.add_argument("--saved", metavar="NAME", help="a sheet that staff saved; what is said here goes before it")
    what.add_argument("--all", action="store_true", help="the whole guide")
    sheet.add_argument("-o", "--out", metavar="FILE|-", help="the PDF to write; -: standard output")
    sheet.add_argument("--print", nargs="?", const="", metavar="NAME", help="print it (default: this house's printer)")
    sheet.add_argument("--copies", type=int, default=1, metavar="N", help="how many to print (1)")
    sheet.add_argument("--as-printed", action="store_true", help="write the pages in folding order (booklet)")
    sheet.add_argument("--layout", choices=[one.slug for one in LAYOUTS], help="how the sheet looks (default list)")
    sheet.add_argument("--language", type=listed, action="append", metavar="CODE[,CODE]", help="one or two languages")
    sheet.add_argument("--title", help="what stands at the top (default: this house's, or a neutral one)")
    sheet.add_argument("--template", metavar="NAME", help="title, foot and logo of this template of the house's")
    sheet.add_argument("--paper", choices=["letter", "a4"], help="paper size (default: this house's)")
    sheet.add_argument("--by-category", action="store_true", default=None, help="grouped by need")
    sheet.add_argument("--notes", type=int, metavar="N", help="blank lines to write on")
    sheet.add_argument("--overdue", choices=["stamp", "leave out"], help="entries not checked for a long time")
    wording = "numbers, neutral names and hours alone; pocket and cards begin so"
    sheet.add_argument("--discreet", action=argparse.BooleanOptionalAction, default=None, help=wording)
    sheet.add_argument("--no-qr", action="store_true", default=None, help="no codes to scan")
    audience(sheet)
    sheet.set_defaults(run=run)


def listed(text: str) -> list[str]:
    """Return the parts of ``a,b,c``, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Write and print the sheet. Raises NotFoundError, UsageError, TypesetError, PrinterError."""
    if args.out is None and args.print is None:
        raise UsageError("Say where the sheet goes: -o FILE, --print NAME, or both.")
    if args.out == "-" and desk.terminal.as_json:
        raise UsageError("Standard output takes the PDF or the JSON, not both.")
    if not 1 <= args.copies <= 999:
        raise UsageError("From 1 to 999 copies can be printed.", copies=args.copies)
    saved = desk.guide.paper.saved_as(args.saved) if args.saved is not None else None
    options = _options(args, saved, desk)
    who = Audience(args.audience)
    made = desk.guide.sheet(_chosen(args, saved, who, desk), options, who)
    if args.out not in (None, "-"):
        write_file(Path(args.out), made.to_print if args.as_printed else made.pdf)
    job = _print(args, made, options, desk) if args.print is not None else None
    _tell(args, desk, made, saved, job)


def _chosen(args: argparse.Namespace, saved: SavedSheet | None, who: Audience, desk: Desk) -> tuple[str, ...]:
    guide = desk.guide
    if saved is not None:
        chosen = saved.services
    elif args.services is not None:
        known = {s.id for s in guide.services(args.services) if s.audience is not Audience.STAFF or who is s.audience}
        missing = [one for one in args.services if one not in known]
        if missing:
            raise NotFoundError(services=missing)
        chosen = tuple(args.services)
    else:
        chosen = guide.service_ids(who, args.category or "")
    if not chosen:
        raise NotFoundError("There is no entry to put on the sheet.", category=args.category, saved=args.saved)
    most = layout_of(_options(args, saved, desk).layout).most
    if len(chosen) > most:
        raise UsageError(f"This layout takes at most {most} entries.", most=most, entries=len(chosen))
    return chosen


def _options(args: argparse.Namespace, saved: SavedSheet | None, desk: Desk) -> SheetOptions:
    """Return what was asked for over what was saved over what this house begins with."""
    languages = [code for codes in args.language or () for code in codes]
    paper = desk.guide.paper
    begin = saved.options if saved is not None else paper.begin(languages or ("en",))
    if args.template is not None:
        own = paper.begin(begin.languages, args.template)
        begin = replace(begin, title=own.title, footer=own.footer, logo=own.logo, template=own.template)
    asked: dict[str, Any] = {
        "languages": tuple(dict.fromkeys(languages)) or None,
        "layout": args.layout,
        "title": args.title,
        "paper": args.paper,
        "by_category": args.by_category,
        "notes_lines": args.notes,
        "overdue": args.overdue,
        "discreet": _discreet(args, saved),
        "qr": False if args.no_qr else None,
    }
    options = replace(begin, **{name: value for name, value in asked.items() if value is not None})
    known = {language.code for language in desk.guide.paper_languages()}
    strange = [code for code in options.languages if code not in known]
    if strange:
        raise UsageError(f"A sheet can be in: {', '.join(sorted(known))}.", languages=strange)
    if not 1 <= len(options.languages) <= 2:
        raise UsageError("A sheet has one or two languages.", languages=list(options.languages))
    if not 0 <= options.notes_lines <= 60:
        raise UsageError("A sheet has 0 to 60 lines for notes.", notes=options.notes_lines)
    return options


def _discreet(args: argparse.Namespace, saved: SavedSheet | None) -> bool | None:
    """Return whether wording is discreet, None as it was saved; what is carried hidden begins so (SAFETY P2)."""
    if args.discreet is None and args.layout is not None and (saved is None or saved.options.layout != args.layout):
        return layout_of(args.layout).discreet or None
    return bool(args.discreet) if args.discreet is not None else None


def _print(args: argparse.Namespace, made: Paper, options: SheetOptions, desk: Desk) -> str:
    name = args.print or desk.settings.printer
    if not name:
        found = desk.guide.press.printers()
        name = next((printer.name for printer in found if printer.default), "")
    if not name:
        raise PrinterError("There is no printer to take by itself: name one.", reason="none")
    order = PrintOrder(name, args.copies, options.paper, made.sides)
    job = desk.guide.press.send(made.to_print, order)
    return f"{job.printer}-{job.number}"


def _tell(args: argparse.Namespace, desk: Desk, made: Paper, saved: SavedSheet | None, job: str | None) -> None:
    """Say what was made, what is not on it and why, and what changed since it was saved."""
    left_out = [{"name": name, "reason": reason} for name, reason in made.left_out]
    news = saved.news if saved is not None else ()
    where = "standard output" if args.out == "-" else args.out or "printed"
    lines = [f"{where}: {made.pages} page{'s' if made.pages != 1 else ''}"]
    lines += [f"sent to the printer: {job}"] if job else []
    lines += [f"left out: {one['name']} ({one['reason']})" for one in left_out]
    lines += [f"shortened: {name}" for name in made.shortened]
    lines += [f"since it was saved: {one.name}: {_said(one)}" for one in news]
    if args.out == "-":
        sys.stdout.buffer.write(made.to_print if args.as_printed else made.pdf)
        sys.stdout.flush()
        for line in lines:
            desk.terminal.note(line)
        return
    facts = {
        "file": args.out,
        "pages": made.pages,
        "bytes": len(made.pdf),
        "left_out": left_out,
        "shortened": made.shortened,
        "job": job,
        "news": news,
    }
    desk.terminal.give(facts, lines)


def _said(news: SavedNews) -> str:
    return _NEWS[news.kind].format(before=news.before or "none", after=news.after or "none")
