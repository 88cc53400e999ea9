"""``guide keys sheet``: a publisher's recovery sheet, from the keys to paper."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from guide.cli.files import write_file
from guide.cli.terminal import Desk

_MAY = {"root": "change keys", "targets": "sign editions"}


def add(verbs: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    sheet = verbs.add_parser("sheet", parents=[every], help="the recovery sheet to print and keep: who holds which key")
    sheet.add_argument("folder", type=Path, metavar="DIR", help="the publisher's folder")
    sheet.add_argument("-o", "--out", required=True, type=Path, metavar="FILE", help="the PDF to write")
    sheet.add_argument("--paper", choices=("letter", "a4"), default="letter", help="default letter")
    sheet.set_defaults(run=run)


def run(args: argparse.Namespace, desk: Desk) -> None:
    """Write the sheet. Raises KeyFileError, TypesetError."""
    from guide.bundles.fingerprint import fingerprint
    from guide.publish.drafts import name_of
    from guide.publish.repository import Repository
    from guide.publish.six_words import words_of
    from guide.sheets.recovery_sheet import HeldKey, recovery_sheet

    repository = Repository(args.folder)
    newest = repository.roots()[-1]
    signed = json.loads(newest)["signed"]
    roles = {role: set(signed["roles"][role]["keyids"]) for role in _MAY}
    keys = [
        HeldKey(
            name_of(key),
            " and ".join(said for role, said in _MAY.items() if keyid in roles[role]),
            " ".join(words_of(key)),
        )
        for keyid, key in repository.root().signed.keys.items()
    ]
    words = " ".join(fingerprint(newest))
    needed = {role: f"{signed['roles'][role]['threshold']} of {len(roles[role])}" for role in _MAY}
    about = [
        f"Publisher: {repository.publisher_name()}",
        f"The six words shelters see: {words}",
        f"Keys number {signed['version']}, good until {signed['expires'][:10]}.",
        f"To change keys, {needed['root']} are needed; to sign an edition, {needed['targets']}.",
    ]
    order = sorted(keys, key=lambda key: (key.may != "change keys", key.name))
    write_file(args.out, recovery_sheet("Recovery sheet of a publisher", about, order, args.paper))
    desk.terminal.give(
        {"file": str(args.out), "words": words.split(), "keys": order},
        [f"Wrote {args.out}. Print it, write in who holds which key, and keep it apart."],
    )
