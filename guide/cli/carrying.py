"""``guide found | fetch | pass-on``: updates on drives, from the mirror, and on to the next house."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from guide.cli.terminal import Desk
from guide.records import Imported


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the three commands."""
    found = commands.add_parser("found", parents=[every], help="updates on drives that are in; changes nothing")
    found.set_defaults(run=run_found)
    fetch = commands.add_parser("fetch", parents=[every], help="ask the mirrors for something newer")
    fetch.add_argument("--mirror", metavar="URL", help="an https address, in place of those in the settings")
    fetch.add_argument("--proxy", metavar="URL", help='a proxy; "none" for none (default: as this computer is set up)')
    fetch.add_argument("--certificates", metavar="FILE", help="certificates to trust besides this computer's own")
    fetch.add_argument("--yes", action="store_true", help="take it in at once")
    fetch.set_defaults(run=run_fetch)
    on = commands.add_parser("pass-on", parents=[every], help="write this guide for the next house, signed as it came")
    on.add_argument("folder", type=Path, metavar="DIR", help="a stick or folder")
    on.add_argument("--publisher", default="first", metavar="NAME", help="whose (default: the one it came with)")
    on.set_defaults(run=run_pass_on)


def run_found(args: argparse.Namespace, desk: Desk) -> None:
    """Print what lies on the drives, the newest genuine one first."""
    found = desk.guide.sources.on_drives()
    lines = [f"{one.verdict:<8} {one.edition_name or '-':<12} {one.path}" for one in found]
    desk.terminal.give({"found": [asdict(one) for one in found]}, lines or ["No update was found on a drive."])


def run_fetch(args: argparse.Namespace, desk: Desk) -> None:
    """Ask the mirrors; say where the updates lie, or take them in with ``--yes``."""
    guide = desk.guide
    chosen = {"mirror": args.mirror, "mirror_proxy": args.proxy, "mirror_certificates": args.certificates}
    guide.settings = replace(guide.settings, **{name: value for name, value in chosen.items() if value is not None})
    guide.sources.online = True  # whoever typed this asked for it; no visitor sits at a terminal
    every: list[dict[str, Any]] = []
    lines: list[str] = []
    for found in guide.sources.ask_mirrors(desk.terminal.progress):
        facts: dict[str, Any] = {"path": found.path, "edition": found.edition, "verdict": found.verdict}
        if args.yes:
            done = guide.apply_update(Path(found.path), progress=desk.terminal.progress, by="mirror")
            facts |= asdict(done)
            lines.append(_taken(done))
        else:
            lines += [f"Edition {found.edition_name} by {found.publisher_name} is here: {found.path}",
                      f"Take it in with: guide import {found.path}"]  # fmt: skip
        every.append(facts)
    first = every[0] if every else {"path": "", "edition": 0, "verdict": "same"}
    desk.terminal.give({"newer": bool(every), **first, "found": every}, lines or ["The mirror has nothing newer."])


def _taken(done: Imported) -> str:
    whose = f" by {done.publisher_name}" if done.publisher else ""
    return f"This guide now holds edition {done.edition_name}{whose} with {done.services:,} entries."


def run_pass_on(args: argparse.Namespace, desk: Desk) -> None:
    """Write the current edition into a folder, read it back, and say what it is called."""
    whose = desk.guide.publishers.named(args.publisher).key if args.publisher != "first" else ""
    done = desk.guide.sources.pass_on(args.folder, desk.terminal.progress, whose)
    line = f"{done.path}: edition {done.edition_name}, {done.size:,} bytes, read back and verified."
    desk.terminal.give(asdict(done), [line, "It is on the drive: you can take it out now."])
