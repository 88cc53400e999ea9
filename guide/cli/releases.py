"""``guide publish``: a catalog into one signed file, or into the program as its first edition."""

from __future__ import annotations

import argparse
import shutil
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from guide.bundles.disk import sync_file, writing
from guide.cli import comparing, corrections, mapping, mirroring, programs, release_drafts
from guide.cli.comparing import Reviewed, add_meant
from guide.cli.finding import positive
from guide.cli.keys import add_sticks
from guide.cli.lint import add_baseline, read_given
from guide.cli.passphrases import Passphrases, add_option
from guide.cli.terminal import Desk
from guide.clock import Clock
from guide.errors import SourceDataError, UnfitCatalogError, UsageError
from guide.records import Edition, Step
from guide.settings import PROGRAM


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    publish = commands.add_parser("publish", parents=[every], help="sign a catalog into one .guide file")
    publish.add_argument("--catalog", type=Path, metavar="FILE", help="the catalog that guide build made")
    publish.add_argument("--keys", type=Path, metavar="DIR", help="the publisher's folder of keys")
    publish.add_argument("-o", "--out", type=Path, metavar="FILE", help="the .guide file to write")
    publish.add_argument("--expected-days", type=positive, metavar="N", help="days until the next edition is due (45)")
    publish.add_argument("--expires-days", type=positive, metavar="N", help="days until this one is out of date (395)")
    publish.add_argument(
        "--published-at",
        type=_moment,
        metavar="TIME",
        help="when it was signed, as 2026-12-01T09:00:00Z, to make the very same file again (default: now)",
    )
    publish.add_argument(
        "--with-index", action="store_true", help="add the search index ready made, for large catalogs and weak PCs"
    )
    publish.add_argument(
        "--mirror", type=Path, metavar="DIR", help="also into this folder of files for a web server, with deltas"
    )
    publish.add_argument(
        "--least-program",
        default="",
        metavar="VERSION",
        help="older programs keep what they have, and say what is needed",
    )
    other = publish.add_mutually_exclusive_group()
    other.add_argument(
        "--first-edition",
        action="store_true",
        help="in place of a file: put the publisher's root and this catalog into the program, for packaging",
    )
    other.add_argument("--demo", type=Path, metavar="FILE", help="an update to try out, by the development publisher")
    publish.add_argument(
        "--program", type=Path, default=PROGRAM, metavar="DIR", help="with --first-edition: the program's folder"
    )
    add_baseline(publish)
    add_meant(publish)
    add_sticks(publish)
    add_option(publish)
    publish.set_defaults(run=run)
    verbs = publish.add_subparsers(title="commands", metavar="COMMAND")
    release_drafts.add(verbs, every)
    comparing.add(verbs, every)
    mapping.add(verbs, every)
    mirroring.add(verbs, every)
    corrections.add_for_publisher(verbs, every)
    programs.add_for_publisher(verbs, every)


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Sign. Raises UsageError, KeyFileError, SourceDataError."""
    if args.demo is not None:
        return _demo(args.demo, desk)
    wanted = {"--catalog": args.catalog, "--keys": args.keys}
    if not args.first_edition:
        wanted["-o"] = args.out
    missing = [name for name, value in wanted.items() if value is None]
    if missing:
        raise UsageError(f"Missing: {', '.join(missing)}. See: guide publish --help")
    if not args.catalog.is_file():
        raise UsageError("There is no such catalog.", catalog=str(args.catalog))
    try:
        return _first_edition(args, desk) if args.first_edition else _publish(args, desk)
    except UnfitCatalogError as error:  # here it is the publisher's own file that is wrong, not a bundle
        raise SourceDataError("This is not a catalog the guide could use.", **error.facts) from error


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if found.tzinfo is None:
        raise ValueError("a time needs its zone")
    return found


def _signing_clock(args: argparse.Namespace, desk: Desk) -> Clock:
    """Return the clock a release is signed by: this PC's, or one that stands at the time given. Raises UsageError."""
    at: datetime | None = args.published_at
    if at is None:
        return desk.clock
    if at > desk.clock():
        raise UsageError("That time has not come yet.", published_at=at.isoformat())
    return lambda: at


def _publish(args: argparse.Namespace, desk: Desk) -> None:
    from guide.publish.release import publish

    days = {"expected_days": args.expected_days, "expires_days": args.expires_days}
    ask = _ask(args, desk)
    chosen = {name: value for name, value in days.items() if value is not None}
    chosen |= {
        "with_index": args.with_index,
        "mirror": args.mirror,
        "sticks": args.stick,
        "least_program": args.least_program,
    }
    baseline = read_given(args.baseline, args.catalog, desk.clock().date())
    with writing(args.out):
        release = publish(
            args.catalog,
            args.keys,
            args.out,
            ask,
            _signing_clock(args, desk),
            baseline=baseline,
            review=Reviewed(desk, args.yes_i_mean),
            progress=desk.terminal.progress,
            **chosen,
        )
    lines = [
        f"{release.path}: edition {release.edition_name} (number {release.edition}), {release.size:,} bytes",
        f"Next expected {release.next_expected}, good until {release.expires.date()}",
    ]
    if release.accepted:
        lines.append(f"Signed with {release.accepted:,} findings that the baseline accepts")
    desk.terminal.give(asdict(release), lines)


def _first_edition(args: argparse.Namespace, desk: Desk) -> None:
    from guide.publish.release import first_edition

    shipped, trust = args.program / "resources.db", args.program / "guide" / "starter" / "trust"
    fresh = shipped.with_name(shipped.name + ".new")
    ask = _ask(args, desk)
    baseline = read_given(args.baseline, args.catalog, desk.clock().date())
    desk.terminal.progress(Step("sign"))
    with writing(args.program):
        try:
            # The copy lies ready before anything is signed: root, signature and data change together.
            shutil.copyfile(args.catalog, fresh)
            sync_file(fresh)
            edition: Edition = first_edition(
                fresh, args.keys, trust, ask, desk.clock, baseline=baseline, sticks=args.stick
            )
            fresh.replace(shipped)
        finally:
            with suppress(FileNotFoundError):
                fresh.unlink()
    facts = {"edition": edition.number, "edition_name": edition.name, "services": edition.services}
    line = f"The program now ships edition {edition.name} with {edition.services:,} entries and trusts its publisher."
    desk.terminal.give(facts | {"catalog": str(shipped), "trust": str(trust)}, [line])


def _demo(out: Path, desk: Desk) -> None:
    from guide.publish.development import BUILD, demo_update

    if not (BUILD / "keys").is_dir():
        raise UsageError("There is no development publisher here. Run: make setup")
    with writing(out):
        release = demo_update(BUILD, out)
    lines = [f"{release.path}: edition {release.edition_name}, to try the updates page with"]
    if release.accepted:
        lines.append(f"Its throwaway keys signed in spite of {release.accepted:,} findings that would stop a publisher")
    desk.terminal.give(asdict(release), lines)


def _ask(args: argparse.Namespace, desk: Desk) -> Passphrases:
    from guide.publish.keys import list_keys
    from guide.publish.repository import Repository

    Repository(args.keys).roots()  # a folder without keys is said before anybody is asked for a passphrase
    known = {name for folder in (args.keys, *args.stick) for name in list_keys(folder)}
    return Passphrases(desk.terminal, args.passphrase_file, known=known)
