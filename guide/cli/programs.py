"""``guide program`` for a house: a newer version of this program itself; ``guide publish program`` for whoever makes it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guide.bundles.disk import writing
from guide.cli.finding import positive
from guide.cli.keys import add_sticks
from guide.cli.passphrases import Passphrases, add_option
from guide.cli.terminal import Desk
from guide.errors import NotNewerError, UsageError
from guide.records import ProgramOffer
from guide.records.program import NoInstallerError, ProgramOutOfDateError

_BY = "command line"
_REFUSED = {
    "same": NotNewerError,
    "older": NotNewerError,
    "expired": ProgramOutOfDateError,
    "no-installer": NoInstallerError,
}


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the house's command with its verbs."""
    command = commands.add_parser("program", help="a newer version of this program: who signed it, put it in")
    verbs = command.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=type(command))
    verify = verbs.add_parser("verify", parents=[every], help="who signed it and what it is; changes nothing")
    verify.add_argument("file", type=Path, metavar="FILE", help="a .guide-program file")
    verify.set_defaults(run=run_verify)
    install = verbs.add_parser("install", parents=[every], help="verify it, copy it here, start its setup")
    install.add_argument("file", type=Path, metavar="FILE", help="a .guide-program file")
    install.add_argument("--yes", action="store_true", help="do not ask")
    install.add_argument("--silent", action="store_true", help="the setup asks nothing and shows no window (Windows)")
    install.set_defaults(run=run_install)


def add_for_publisher(verbs: Any, every: argparse.ArgumentParser) -> None:
    """Add the command below ``guide publish``."""
    made = verbs.add_parser("program", parents=[every], help="sign installers of this program into one file")
    made.add_argument("installers", type=Path, nargs="+", metavar="FILE", help="the setup.exe, the .deb")
    made.add_argument("--keys", type=Path, metavar="DIR", required=True, help="keys that sign programs and no catalogs")
    made.add_argument("-o", "--out", type=Path, metavar="FILE", required=True, help="the .guide-program file to write")
    made.add_argument("--expires-days", type=positive, default=730, metavar="N", help="days it may be put in (730)")
    made.add_argument("--apart", action="store_true", help="leave the installers beside the file, not in it")
    add_sticks(made)
    add_option(made)
    made.set_defaults(run=run_publish)


def run_verify(args: argparse.Namespace, desk: Desk) -> None:
    """Print the offer; one that would not be put in is refused with all its facts."""
    offer = _looked_at(args.file, desk)
    refusal = _REFUSED.get(offer.verdict)
    if refusal is not None:
        raise refusal(**asdict(offer))
    desk.terminal.give(asdict(offer), _told(offer))


def run_install(args: argparse.Namespace, desk: Desk) -> None:
    """Start the setup of a verified version, or say the exact line that puts it in."""
    desk.settings.must("program")
    if not args.yes:
        if not desk.terminal.can_ask():
            raise UsageError("Nobody is here to say yes. Look with: guide program verify FILE. Then add --yes.")
        desk.terminal.show(_told(_looked_at(args.file, desk)))
        if desk.terminal.ask("Put this version in? [y/N] ").lower() not in ("y", "yes"):
            raise UsageError("Nothing was started: the answer was not yes.")
    desk.close()  # a setup cannot take the place of a program whose files are open
    done = desk.guide.programs.install(args.file, desk.terminal.progress, quiet=args.silent or not _windows(), by=_BY)
    lines = [f"The setup of version {done.version} was started: {done.path}"]
    if done.command:
        lines = [f"Version {done.version} is verified. Whoever looks after this computer types:", f"  {done.command}"]
    desk.terminal.give(asdict(done), lines)


def run_publish(args: argparse.Namespace, desk: Desk) -> None:
    """Sign. Raises UsageError, KeyFileError."""
    from guide.publish.keys import list_keys
    from guide.publish.programs import publish_program
    from guide.publish.repository import Repository

    Repository(args.keys).roots()  # a folder without keys is said before anybody is asked for a passphrase
    known = {name for folder in (args.keys, *args.stick) for name in list_keys(folder)}
    ask = Passphrases(desk.terminal, args.passphrase_file, known=known)
    with writing(args.out):
        done = publish_program(
            args.installers, args.keys, args.out, ask, desk.clock, expires_days=args.expires_days, apart=args.apart,
            sticks=args.stick, progress=desk.terminal.progress,
        )  # fmt: skip
    lines = [f"{done.path}: version {done.version} for {', '.join(system for system, _ in done.installers)}, {done.size:,} bytes",
             f"Good until {done.expires.date()}"]  # fmt: skip
    if done.beside:
        lines.append(f"Beside it, and never without it: {', '.join(done.beside)}")
    desk.terminal.give(asdict(done), lines)


def _windows() -> bool:
    from guide.bundles.programs.here import system_here

    return system_here() == "windows"


def _looked_at(file: Path, desk: Desk) -> ProgramOffer:
    if not file.exists():  # a slip of the fingers, not a stick that went away
        raise UsageError("There is no such file.", file=str(file))
    return desk.guide.programs.verify(file)


def _told(offer: ProgramOffer) -> Iterator[str]:
    yield f"Genuine: signed by {offer.publisher_name} ({offer.signed} of {offer.keys} keys, {offer.threshold} needed)"
    yield f"Key words  {' '.join(offer.fingerprint)}"
    yield f"Version    {offer.version} (here: {offer.here}): {offer.verdict}"
    if offer.published_at and offer.expires:
        yield f"Published  {offer.published_at.date()}, good until {offer.expires.date()}"
    yield f"Installer  {offer.installer or 'none for this computer'}, {offer.size:,} bytes"
    if offer.way == "portable":
        yield "This guide is carried on a stick: unpack the new portable zip in its place."
    elif offer.way == "other":
        yield "This program was put together by hand, so no installer can take its place."
