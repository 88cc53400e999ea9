"""``guide keys make | draft | sign | finish``: keys that lie with several people, changed by all of them in turn."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.bundles.disk import writing
from guide.cli.finding import positive
from guide.cli.passphrases import Passphrases, add_option
from guide.cli.terminal import Desk
from guide.errors import UsageError

if TYPE_CHECKING:
    from guide.publish.drafts import Draft


def add(verbs: Any, every: argparse.ArgumentParser) -> None:
    """Add the four commands."""
    make = verbs.add_parser("make", parents=[every], help="make one holder's own key, on that holder's own stick")
    make.add_argument("folder", type=Path, metavar="DIR", help="the holder's stick")
    make.add_argument("name", metavar="NAME", help="what the key is called, as root-1 or publish-2")
    make.add_argument("--pkcs11", type=Path, metavar="LIBRARY", help="the key lies on a token: its PKCS#11 library")
    make.add_argument("--slot", type=positive, default=2, metavar="N", help="with --pkcs11: the key's id there (2)")
    make.add_argument("--token", default="", metavar="LABEL", help="with --pkcs11: which token, where several are in")
    add_option(make)
    make.set_defaults(run=run_make)

    draft = verbs.add_parser("draft", parents=[every], help="write down a change of keys, for the holders to sign")
    draft.add_argument("draft", type=Path, metavar="DRAFT", help="the draft to write")
    draft.add_argument("--name", default="", help="a new publisher: the name people know it by")
    draft.add_argument("--keys", type=Path, metavar="DIR", help="an existing publisher: its folder")
    draft.add_argument(
        "--root", nargs="+", type=Path, default=[], metavar="FILE", help="public keys that may change keys"
    )
    draft.add_argument(
        "--publish", nargs="+", type=Path, default=[], metavar="FILE", help="public keys that may sign editions"
    )
    draft.add_argument("--replace", nargs=2, action="append", default=[], metavar=("KEY", "FILE"),
                       help="KEY goes, the public key in FILE takes its place")  # fmt: skip
    draft.add_argument("--remove", action="append", default=[], metavar="KEY", help="KEY goes, nothing takes its place")
    draft.add_argument("--root-threshold", type=positive, default=0, metavar="N", help="root keys that are needed (2)")
    draft.add_argument("--threshold", type=positive, default=0, metavar="N", help="keys that an edition needs (1)")
    draft.set_defaults(run=run_draft)

    sign = verbs.add_parser("sign", parents=[every], help="read what a draft does, and sign it with your key")
    sign.add_argument("draft", type=Path, metavar="DRAFT", help="the draft")
    sign.add_argument("--keys", type=Path, metavar="DIR", help="your stick; without it the draft is only explained")
    sign.add_argument("--yes", action="store_true", help="do not ask; sign")
    add_option(sign)
    sign.set_defaults(run=run_sign)

    finish = verbs.add_parser("finish", parents=[every], help="put a draft that enough holders have signed in place")
    finish.add_argument("draft", type=Path, metavar="DRAFT", help="the draft")
    finish.add_argument("folder", type=Path, metavar="DIR", help="the publisher's folder")
    finish.set_defaults(run=run_finish)


def run_make(args: argparse.Namespace, desk: Desk) -> None:
    """Make one key and its public half. Raises UsageError, KeyFileError."""
    from guide.publish.keys import SHORTEST, list_keys, new_key
    from guide.publish.public_keys import write_public
    from guide.publish.six_words import words_of

    if args.name != Path(args.name).name or args.name.startswith("."):
        raise UsageError("A key's name is one plain word.", name=args.name)
    ask = Passphrases(desk.terminal, args.passphrase_file)
    with writing(args.folder):
        if args.pkcs11 is not None:
            from guide.publish.tokens import adopt_token_key

            key = adopt_token_key(args.folder, args.name, args.pkcs11, slot=args.slot, token=args.token)
        else:
            if args.name in list_keys(args.folder):
                raise UsageError("There is a key of that name already.", name=args.name)
            passphrase = ask(args.name)
            if len(passphrase) < SHORTEST:
                raise UsageError(f"A passphrase needs at least {SHORTEST} characters. Nothing was made.", key=args.name)
            key = new_key(args.folder, args.name, passphrase)
        public = write_public(args.folder, args.name, key)
    words = " ".join(words_of(key))
    lines = [
        f"Made {args.name} in {args.folder}.",
        f"Its six words: {words}",
        f"Hand over {public.name} (nothing in it is secret), and read these words aloud to whoever drafts the keys.",
    ]
    desk.terminal.give({"name": args.name, "keyid": key.keyid, "words": words.split(), "public": str(public)}, lines)


def run_draft(args: argparse.Namespace, desk: Desk) -> None:
    """Write a draft. Raises UsageError, KeyFileError."""
    from guide.publish.drafts import Change, first_draft, next_draft, write_draft
    from guide.publish.public_keys import read_public
    from guide.publish.repository import ROOT_THRESHOLD, Repository

    if bool(args.name) == bool(args.keys):
        raise UsageError("Give --name for a new publisher, or --keys for one that is there.")
    if args.draft.exists():
        raise UsageError("There is a draft of that name already.", draft=str(args.draft))
    rooted, publishing = [read_public(f) for f in args.root], [read_public(f) for f in args.publish]
    if args.name:
        if args.replace or args.remove:
            raise UsageError("A new publisher has no keys to replace or remove.")
        draft = first_draft(
            args.name, rooted, publishing, desk.clock(),
            root_threshold=args.root_threshold or ROOT_THRESHOLD, threshold=args.threshold or 1,
        )  # fmt: skip
    else:
        change = Change(
            remove=tuple(args.remove), add_root=tuple(rooted), add_publishing=tuple(publishing),
            root_threshold=args.root_threshold, threshold=args.threshold,
            replaced={old: read_public(Path(new)) for old, new in args.replace},
        )  # fmt: skip
        draft = next_draft(Repository(args.keys), change, desk.clock())
    with writing(args.draft):
        write_draft(draft, args.draft)
    _give(draft, desk, f"Wrote {args.draft}. Each holder signs it with: guide keys sign {args.draft.name} --keys STICK")


def run_sign(args: argparse.Namespace, desk: Desk) -> None:
    """Explain a draft, and sign it with a key of the stick. Raises UsageError, KeyFileError."""
    from guide.publish.drafts import read_draft, sign_draft, write_draft
    from guide.publish.explaining import explain
    from guide.publish.keys import list_keys, load_key

    draft = read_draft(args.draft)
    if args.keys is None:
        _give(draft, desk, "")
        return
    here = list_keys(args.keys)
    mine = [name for name, key in here.items() if key.keyid in draft.holders()]
    if not mine:
        raise UsageError("No key here has a say in this: it needs root keys.", keys=sorted(here))
    open_ones = [name for name in mine if here[name].keyid not in draft.root.signatures]
    if not open_ones:
        raise UsageError("The key here has signed already.", keys=mine)
    name = open_ones[0]
    desk.terminal.show(explain(draft))
    if not args.yes:
        if not desk.terminal.can_ask():
            raise UsageError("Nobody is here to say yes. Read it, then use --yes.")
        if desk.terminal.ask(f"Sign this with {name}? [y/N] ").lower() not in ("y", "yes"):
            raise UsageError("Nothing was signed: the answer was not yes.")
    passphrase = Passphrases(desk.terminal, args.passphrase_file, known=here)(name)
    sign_draft(draft, load_key(args.keys, name, passphrase), desk.clock())
    with writing(args.draft):
        write_draft(draft, args.draft)
    wanting = draft.missing()
    next_one = "Carry it to the next holder." if wanting else "Finish it with: guide keys finish"
    _result(draft, desk, [f"Signed with {name}; {wanting} more needed. {next_one}"])


def run_finish(args: argparse.Namespace, desk: Desk) -> None:
    """Put a signed draft in its place. Raises UsageError, KeyFileError."""
    from guide.publish.drafts import finish, read_draft

    draft = read_draft(args.draft)
    with writing(args.folder):
        finish(draft, args.folder, desk.clock())
    lines = [f"{draft.publisher_name} has keys number {draft.root.signed.version} now."]
    if draft.before is not None:
        lines.append("Publish an edition now: it carries the change of keys to every guide.")
    _result(draft, desk, lines)


def _give(draft: Draft, desk: Desk, last: str) -> None:
    from guide.publish.explaining import explain

    _result(draft, desk, [*explain(draft), *([last] if last else [])])


def _result(draft: Draft, desk: Desk, lines: list[str]) -> None:
    from guide.publish.explaining import as_facts

    desk.terminal.give(as_facts(draft), lines)
