"""``guide publishers``: who publishes for this house, who comes first, who is added and who goes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guide.cli.terminal import Desk
from guide.errors import UsageError
from guide.records import Conflict, Publisher, Side, Waiting

_BY = "command line"
_AGES = {"fresh": "up to date", "amber": "a newer edition was due", "red": "out of date"}


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command with its verbs."""
    command = commands.add_parser(
        "publishers", help="who publishes for this house: list, add, remove, order, conflicts"
    )
    verbs = command.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=type(command))
    listed = verbs.add_parser("list", parents=[every], help="every publisher, the one that counts first first")
    listed.set_defaults(run=run_list)
    new = verbs.add_parser("add", parents=[every], help="trust a further publisher")
    new.add_argument("file", type=Path, metavar="FILE", help="its root file, or any of its updates")
    new.add_argument("--fingerprint", default="", metavar="WORDS", help="the six words the publisher told you")
    new.add_argument("--name", default="", metavar="NAME", help="what to call it until its first edition is here")
    new.set_defaults(run=run_add)
    gone = verbs.add_parser("remove", parents=[every], help="forget a publisher: its entries and its keys")
    gone.add_argument("publisher", metavar="NAME", help="its name or key, or the beginning of either")
    gone.set_defaults(run=run_remove)
    order = verbs.add_parser("order", parents=[every], help="who counts where two publishers differ")
    order.add_argument("publishers", nargs="+", metavar="NAME", help="who comes first, second …; the others follow")
    order.set_defaults(run=run_order)
    differ = verbs.add_parser("conflicts", parents=[every], help="where two publishers say something different")
    differ.set_defaults(run=run_conflicts)


def facts_of(one: Publisher) -> dict[str, Any]:
    """Return what --json says of a publisher."""
    status, edition = one.status, one.status.edition if one.status else None
    return {
        "key": one.key or "first",
        "name": one.name,
        "fingerprint": one.fingerprint,
        "edition": edition.number if edition else None,
        "edition_name": edition.name if edition else "",
        "services": edition.services if edition else 0,
        "data_date": edition.data_date if edition else None,
        "age": status.age if status else "",
        "expires": status.expires if status else None,
        "can_go_back_to": status.can_go_back_to if status else "",
        "can_go_forward_to": status.can_go_forward_to if status else "",
        "added": one.added,
        "broken": one.broken,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> None:
    """Print every publisher in order, and whom a restored backup named."""
    del args
    _give(desk, desk.guide.publishers.list(), waiting=desk.guide.publishers.waiting())


def _give(desk: Desk, every: tuple[Publisher, ...], first: str = "", waiting: tuple[Waiting, ...] = ()) -> None:
    lines = [first] if first else []
    for place, one in enumerate(every, 1):
        lines += [f"{place}  {line}" if n == 0 else f"   {line}" for n, line in enumerate(_told(one))]
    for one_more in waiting:
        lines += [f"-  {one_more.name or one_more.key}: in the restored backup, not listened to here",
                  f"   with its six words: guide publishers add {one_more.path}"]  # fmt: skip
    facts = {"publishers": [facts_of(one) for one in every], "waiting": [asdict(one) for one in waiting]}
    desk.terminal.give(facts, lines)


def _told(one: Publisher) -> Iterator[str]:
    yield f"{one.name or 'no name yet'} ({one.key or 'first'})"
    yield f"key words  {' '.join(one.fingerprint) or 'none: this program trusts no publisher'}"
    if one.broken:
        yield "edition    damaged: take its newest update in again"
    elif one.status is None:
        yield "edition    none yet: take its first update in"
    else:
        edition = one.status.edition
        yield f"edition    {edition.name} (number {edition.number}), {edition.services:,} entries, {_AGES[one.status.age]}"


def run_add(args: argparse.Namespace, desk: Desk) -> None:
    """Add one whose six words somebody can say; a terminal asks for them."""
    if not args.file.exists():  # a slip of the fingers, not a stick that went away
        raise UsageError("There is no such file.", file=str(args.file))
    words = args.fingerprint
    if not words:
        if not desk.terminal.can_ask():
            raise UsageError("The six words that the publisher told you: --fingerprint WORDS.")
        found = desk.guide.publishers.look(args.file)
        called = f", which calls itself {found.name}" if found.name else ""
        desk.terminal.show([f"This file is from a publisher this guide does not know{called}.",
                            "Ask the publisher for its six words, by phone or letter, not from the same stick."])  # fmt: skip
        words = desk.terminal.ask("The six words the publisher told you: ")
    one = desk.guide.publishers.add(args.file, words, args.name, _BY)
    desk.terminal.give(facts_of(one), [f"Added {one.name or one.key}. Its updates are taken from now on."])


def run_remove(args: argparse.Namespace, desk: Desk) -> None:
    """Remove one, and say what of this house's own spoke of its entries."""
    one = desk.guide.publishers.named(args.publisher)
    gone = desk.guide.publishers.remove(one.key, _BY)
    lines = [f"Removed {gone.name or one.key} with its {gone.services:,} entries."]
    if gone.sheets:
        lines.append(f"Entries of it stood on saved sheets: {', '.join(gone.sheets)}")
    desk.terminal.give({"key": one.key} | asdict(gone), lines)


def run_order(args: argparse.Namespace, desk: Desk) -> None:
    """Put publishers in order."""
    chosen = [desk.guide.publishers.named(name).key for name in args.publishers]
    if len(set(chosen)) < len(chosen):
        raise UsageError("One publisher was named twice.")
    for place, key in enumerate(chosen):
        desk.guide.publishers.move(key, place)
    _give(desk, desk.guide.publishers.list(), "Where two publishers differ, the first one's word counts:")


def run_conflicts(args: argparse.Namespace, desk: Desk) -> None:
    """Print where two publishers differ."""
    del args
    found = desk.guide.publishers.conflicts()
    lines = [line for one in found for line in _differs(one)]
    facts = {"conflicts": [asdict(one) for one in found]}
    desk.terminal.give(facts, lines or ["No two publishers say something different of one entry."])


def _differs(one: Conflict) -> Iterator[str]:
    told = {
        "number": "two numbers for one line; the first is shown",
        "maybe": "two numbers under one name; both are shown",
        "audience": "for staff alone, says the first; and so it is",
    }
    yield f"{one.first.name}: {told[one.kind]}"
    yield from (_side(side) for side in (one.first, one.second))


def _side(side: Side) -> str:
    return f"  {side.publisher:<24} {', '.join(side.numbers) or 'no number'}  {side.service}"
