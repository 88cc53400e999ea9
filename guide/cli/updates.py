"""``guide verify | import | rollback | history | status``: updates without a window."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guide.cli.explaining import said
from guide.cli.publishers import facts_of
from guide.cli.terminal import Desk
from guide.errors import DamagedError, GuideError, NotGenuineError, NotNewerError, OutOfDateError, UsageError
from guide.records import Change, Event, Offer, Preview, Publisher, Status

_BY = "command line"
_MOST = 40  # changes shown on a screen; --json has all of them


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the five commands."""
    verify = commands.add_parser("verify", parents=[every], help="who signed an update, what it is; changes nothing")
    verify.add_argument("file", type=Path, metavar="FILE", help="a .guide file")
    verify.set_defaults(run=run_verify)
    take = commands.add_parser("import", parents=[every], help="show what an update changes, ask, take it in")
    take.add_argument("file", type=Path, metavar="FILE", help="a .guide file")
    take.add_argument("--yes", action="store_true", help="do not ask")
    take.add_argument("--accept-expired", action="store_true", help="staff's word that a past date is accepted")
    take.set_defaults(run=run_import)
    back = commands.add_parser("rollback", parents=[every], help="go back to the edition before this one")
    back.add_argument("--forward", action="store_true", help="forward again, to the edition that was gone back from")
    back.add_argument("--publisher", default="first", metavar="NAME", help="whose (default: the one it came with)")
    back.set_defaults(run=run_rollback)
    past = commands.add_parser(
        "history", parents=[every], help="what was taken in and when, who signed it, what it changed"
    )
    past.set_defaults(run=run_history)
    here = commands.add_parser("status", parents=[every], help="what this guide holds, who signed it, how old it is")
    here.set_defaults(run=run_status)


def run_verify(args: argparse.Namespace, desk: Desk) -> None:
    """Print the offer; one that would not be taken is refused with all its facts (codes 4 and 5)."""
    _there(args.file)
    itself: dict[str, Any] = {}
    with suppress(DamagedError, NotGenuineError):  # then the verdict says what is wrong with it
        found = desk.guide.explained(args.file)
        itself = {"says": asdict(found)}
        if not desk.terminal.as_json:
            desk.terminal.show([*said(found), ""])
    try:
        offer = desk.guide.verify(args.file)
    except GuideError as error:
        error.facts |= itself
        raise
    refusal = {"same": NotNewerError, "older": NotNewerError, "expired": OutOfDateError}.get(offer.verdict)
    if refusal is not None:
        raise refusal(**asdict(offer), **itself)
    desk.terminal.give(asdict(offer) | itself, _offer(offer))


def run_import(args: argparse.Namespace, desk: Desk) -> None:
    """Take an update in. Without ``--yes`` the changes are shown and a person is asked."""
    _there(args.file)
    changes: dict[str, Any] = {}
    if not args.yes:
        if not desk.terminal.can_ask():
            raise UsageError("Nobody is here to say yes. Look with: guide verify FILE. Then add --yes.")
        seen = desk.guide.preview(args.file, desk.terminal.progress)
        if seen.offer.verdict == "expired" and not args.accept_expired:
            raise OutOfDateError(**asdict(seen.offer))
        desk.terminal.show(_preview(seen))
        if desk.terminal.ask("Take this update in? [y/N] ").lower() not in ("y", "yes"):
            raise UsageError("Nothing was changed: the answer was not yes.")
        changes = {"added": seen.added, "changed": seen.changed, "removed": seen.removed, "changes": seen.changes}
    done = desk.guide.apply_update(args.file, expired_ok=args.accept_expired, progress=desk.terminal.progress, by=_BY)
    line = f"This guide now holds edition {done.edition_name} with {done.services:,} entries."
    desk.terminal.give(asdict(done) | changes, [line])


def _there(file: Path) -> None:
    if not file.exists():  # a slip of the fingers, not a stick that went away
        raise UsageError("There is no such file.", file=str(file))


def run_rollback(args: argparse.Namespace, desk: Desk) -> None:
    """Go back one edition, or forward again."""
    whose = desk.guide.publishers.named(args.publisher).key if args.publisher != "first" else ""
    done = desk.guide.forward(_BY, whose) if args.forward else desk.guide.rollback(_BY, whose)
    line = f"{'Forward' if args.forward else 'Back'} at edition {done.edition_name} with {done.services:,} entries."
    desk.terminal.give(asdict(done), [line])


def run_history(args: argparse.Namespace, desk: Desk) -> None:
    """Print every update, newest first."""
    events = desk.guide.history()
    desk.terminal.give({"events": [asdict(event) for event in events]}, [_event(event) for event in events])


def _event(event: Event) -> str:
    keys = f"signed by {event.publisher_name}" + (f", {event.signed} of {event.keys} keys" if event.keys else "")
    counts = f"{event.added} added, {event.changed} changed, {event.removed} removed"
    parts = [f"{event.at:%Y-%m-%d %H:%M} UTC", event.kind, event.edition_name]
    if event.kind.startswith("publisher"):
        parts[2] = event.publisher_name or event.publisher
    else:
        parts += [keys, counts] if event.publisher_name else []
    parts += ["its date had passed"] if event.expired else []
    return "  ".join([*parts, f"by {event.by}" if event.by else ""]).rstrip()


def run_status(args: argparse.Namespace, desk: Desk) -> None:
    """Print what is here."""
    status = desk.guide.status()
    edition = status.edition
    facts = {
        "publisher": edition.publisher,
        "publisher_name": status.publisher_name,
        "edition": edition.number,
        "edition_name": edition.name,
        "title": edition.title,
        "services": edition.services,
        "data_date": edition.data_date,
        "sha256": status.sha256,
        "signed": status.signed,
        "fingerprint": status.fingerprint,
        "expires": status.expires,
        "age": status.age,
        "can_go_back_to": status.can_go_back_to,
        "can_go_forward_to": status.can_go_forward_to,
        "next_expected": status.next_expected,
        "clock_behind": status.clock_behind,
        "newest_signed": status.newest_signed,
        "data_folder": status.data_folder,
    }
    others = [one for one in desk.guide.publishers.list() if not one.first] if desk.guide.publishers.several else []
    facts["publishers"] = [facts_of(one) for one in others]
    back = desk.guide.publishers.gone_back()
    facts["gone_back"] = [asdict(one) for one in back]
    lines = [*_status(status), *map(_gone_back, back), *(f"Also       {line}" for one in others for line in _also(one))]
    desk.terminal.give(facts, lines)


def _status(status: Status) -> Iterator[str]:
    edition = status.edition
    yield f"Edition    {edition.name} (number {edition.number}), {edition.services:,} entries"
    yield f"Publisher  {status.publisher_name}"
    yield f"Key words  {' '.join(status.fingerprint) or 'none: this program trusts no publisher'}"
    yield f"Data of    {edition.data_date or 'unknown'}"
    told = {"fresh": "up to date", "amber": "a newer edition was due", "red": "out of date"}
    yield f"Age        {told[status.age]}"
    if status.expires:
        yield f"Good until {status.expires.date()}"
    yield f"Go back to {status.can_go_back_to or 'nothing'}"
    yield f"Kept in    {status.data_folder}"
    if status.clock_behind and status.newest_signed:
        yield f"This computer's date is wrong: the publisher signed on {status.newest_signed.date()}. Please set it."


def _gone_back(event: Event) -> str:
    whose = f" of {event.publisher_name}" if event.publisher_name else ""
    return (
        f"Went back  on {event.at:%Y-%m-%d} the edition{whose} here could no longer be read. Take the newest update in."
    )


def _also(one: Publisher) -> Iterator[str]:
    held = one.status.edition if one.status else None
    yield f"{one.name or one.key}: {f'{held.name}, {held.services:,} entries' if held else 'no edition here'}"


def _offer(offer: Offer) -> Iterator[str]:
    count = f"{offer.signed} of {offer.keys} keys, {offer.threshold} needed"
    yield f"Genuine: signed by {offer.publisher_name} ({count})"
    yield f"Key words  {' '.join(offer.fingerprint)}"
    yield f"Edition    {offer.edition_name} (here: {offer.current_name}): {offer.verdict}"
    yield f"Published  {offer.published_at.date()}, next expected {offer.next_expected}"
    yield f"Good until {offer.expires.date()}"
    if offer.clock_behind:
        yield "This computer's date is before one the publisher signed: please set it."


def _preview(seen: Preview) -> Iterator[str]:
    yield from _offer(seen.offer)
    yield f"{seen.added} added, {seen.changed} changed, {seen.removed} removed"
    numbers = [change for change in seen.changes if change.kind == "phone"]
    others = [change for change in seen.changes if change.kind != "phone"]
    yield from (_change(change) for change in numbers)  # every changed number, however many (DESIGN, bundles)
    yield from (_change(change) for change in others[:_MOST])
    if len(others) > _MOST:
        yield f"  … and {len(others) - _MOST} more"


def _change(change: Change) -> str:
    arrow = (
        f": {change.before or '(nothing)'} -> {change.after or '(nothing)'}" if change.before or change.after else ""
    )
    return f"  {change.kind:<8} {change.name}{arrow}"
