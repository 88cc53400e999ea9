"""``guide keys new | list | rotate``: a publisher's keys that lie in one folder, and on sticks beside it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from guide.bundles.disk import writing
from guide.cli import ceremony, recovery
from guide.cli.files import write_file
from guide.cli.finding import positive
from guide.cli.passphrases import Passphrases, add_option
from guide.cli.terminal import Desk
from guide.errors import UsageError


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the group with its commands."""
    keys = commands.add_parser("keys", help="a publisher's keys: make, list, replace")
    verbs = keys.add_subparsers(title="commands", metavar="COMMAND", required=True)
    new = verbs.add_parser("new", parents=[every], help="make a publisher: three root keys and the keys that sign")
    _folder(new)
    new.add_argument("--name", default="", help="the name people know the publisher by (asked for when missing)")
    new.add_argument("--publishing-keys", type=positive, default=2, metavar="N", help="keys that sign (default 2)")
    new.add_argument("--threshold", type=positive, default=1, metavar="N", help="how many of them it takes (default 1)")
    add_option(new)
    new.set_defaults(run=run_new)
    listed = verbs.add_parser("list", parents=[every], help="the keys in a folder and what each may do")
    _folder(listed)
    listed.set_defaults(run=run_list)
    root = verbs.add_parser("root", parents=[every], help="write the root file that shelters add a publisher by")
    _folder(root)
    root.add_argument("-o", "--out", required=True, type=Path, metavar="FILE", help="the file to write, as root.json")
    root.set_defaults(run=run_root)
    rotate = verbs.add_parser("rotate", parents=[every], help="replace a key that was lost, stolen or is old")
    _folder(rotate)
    rotate.add_argument("key", metavar="KEY", help="the key to replace, as publish-1")
    rotate.add_argument("--new", default="", metavar="NAME", help="the new key's name (default: the next number)")
    add_sticks(rotate)
    add_option(rotate)
    rotate.set_defaults(run=run_rotate)
    ceremony.add(verbs, every)
    recovery.add(verbs, every)


def add_sticks(command: argparse.ArgumentParser) -> None:
    """Add ``--stick``."""
    command.add_argument(
        "--stick",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="keys that lie elsewhere (may be repeated)",
    )


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="DIR", help="the folder with the keys")


def run_new(args: argparse.Namespace, desk: Desk) -> None:
    """Make the keys and the first root."""
    from guide.publish.keys import SHORTEST
    from guide.publish.repository import ROOT_KEYS, new_repository

    name = args.name.strip()
    if not name and desk.terminal.can_ask():
        name = desk.terminal.ask("The publisher's name, as people will read it: ")
    if not name:
        raise UsageError("A publisher needs a name: --name.")
    ask = Passphrases(desk.terminal, args.passphrase_file)
    count, threshold = args.publishing_keys, args.threshold
    if list(args.folder.glob("*.json")):
        raise UsageError("There are keys in this folder already.", folder=str(args.folder))
    # Every passphrase is known and long enough before the first key is made: no half-made publisher.
    for key in (*(f"root-{n + 1}" for n in range(ROOT_KEYS)), *(f"publish-{n + 1}" for n in range(count))):
        if len(ask(key)) < SHORTEST:
            raise UsageError(f"A passphrase needs at least {SHORTEST} characters. Nothing was made.", key=key)
    with writing(args.folder):
        new_repository(args.folder, name, ask, desk.clock(), publishing_keys=count, threshold=threshold)
    _say(args.folder, desk, f"Made a publisher, {name}. Keep copies of the root keys apart, offline.")


def run_list(args: argparse.Namespace, desk: Desk) -> None:
    """Print the keys."""
    _say(args.folder, desk, "")


def run_root(args: argparse.Namespace, desk: Desk) -> None:
    """Write the newest root, and say its six words: they travel on another way than the file."""
    from guide.bundles.fingerprint import fingerprint
    from guide.publish.repository import Repository

    repository = Repository(args.folder)
    root = repository.roots()[-1]
    write_file(args.out, root)
    words = fingerprint(root)
    lines = [f"{args.out}: the root of {repository.publisher_name()}", f"Six words: {' '.join(words)}",
             "Say the words by phone or letter; send the file on another way."]  # fmt: skip
    facts = {"file": str(args.out), "publisher_name": repository.publisher_name(), "fingerprint": words}
    desk.terminal.give(facts, lines)


def run_rotate(args: argparse.Namespace, desk: Desk) -> None:
    """Replace one key; what is published from now on carries the change."""
    from guide.publish.keys import list_keys
    from guide.publish.repository import rotate

    known = {name for folder in (args.folder, *args.stick) for name in list_keys(folder)}
    ask = Passphrases(desk.terminal, args.passphrase_file, known=known)
    with writing(args.folder):
        rotate(args.folder, args.key, ask, desk.clock(), new=args.new, sticks=args.stick)
    _say(args.folder, desk, f"{args.key} is replaced. Publish an edition now: it carries the change of keys.")


def _say(folder: Path, desk: Desk, first: str) -> None:
    from guide.publish.keys import list_keys
    from guide.publish.repository import Repository

    repository = Repository(folder)
    root = json.loads(repository.roots()[-1])["signed"]
    roles = {role: set(body["keyids"]) for role, body in root["roles"].items()}
    here = {key.keyid: name for name, key in list_keys(folder).items()}
    # A root key kept elsewhere, or lost, is named too: to replace it, its name has to be known.
    named = {keyid: str(key.get("x-guide-name", keyid[:8])) for keyid, key in root["keys"].items()} | here
    keys = [
        {
            "name": name,
            "keyid": keyid,
            "roles": sorted(role for role, ids in roles.items() if keyid in ids),
            "here": keyid in here,
        }
        for keyid, name in sorted(named.items(), key=lambda pair: pair[1])
    ]
    needed = {role: body["threshold"] for role, body in root["roles"].items()}
    facts = {
        "publisher_name": repository.publisher_name(),
        "root": root["version"],
        "root_expires": root["expires"],
        "needed": needed,
        "keys": keys,
    }
    lines = [first] if first else [repository.publisher_name()]
    lines.append(f"Root {root['version']}, good until {root['expires'][:10]}; {needed['root']} root keys needed")
    lines += [f"  {key['name']:<12} {_may(key)}" for key in keys]
    desk.terminal.give(facts, lines)


def _may(key: dict[str, Any]) -> str:
    roles = ", ".join(key["roles"]) or "no role"
    return roles if key["here"] else f"{roles} (kept elsewhere)"
