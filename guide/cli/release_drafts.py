"""``guide publish draft | sign | finish``: an edition that several people sign, one after another, on their own sticks."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.bundles.disk import writing
from guide.bundles.fingerprint import fingerprint
from guide.cli.comparing import Reviewed, add_meant, told
from guide.cli.finding import positive
from guide.cli.lint import add_baseline, read_given
from guide.cli.passphrases import Passphrases, add_option
from guide.cli.terminal import Desk
from guide.errors import SourceDataError, UnfitCatalogError, UsageError

if TYPE_CHECKING:
    from guide.publish.release_draft import ReleaseDraft
    from guide.publish.release_signing import Looked


def add(verbs: Any, every: argparse.ArgumentParser) -> None:
    """Add the three commands."""
    draft = verbs.add_parser("draft", parents=[every], help="write an edition down, for several people to sign")
    draft.add_argument("draft", type=Path, metavar="DRAFT", help="the draft to write")
    draft.add_argument("--catalog", type=Path, required=True, metavar="FILE", help="the catalog that guide build made")
    draft.add_argument("--keys", type=Path, required=True, metavar="DIR", help="the publisher's folder")
    draft.add_argument("--expected-days", type=positive, metavar="N", help="days until the next edition is due (45)")
    draft.add_argument("--expires-days", type=positive, metavar="N", help="days until this one is out of date (395)")
    draft.add_argument("--with-index", action="store_true", help="as for guide publish")
    draft.add_argument("--mirror", type=Path, metavar="DIR", help="add deltas from the editions in this mirror")
    draft.add_argument("--least-program", default="", metavar="VERSION", help="as for guide publish")
    add_baseline(draft)
    draft.set_defaults(run=run_draft)

    sign = verbs.add_parser("sign", parents=[every], help="read what an edition changes, and sign it with your key")
    sign.add_argument("draft", type=Path, metavar="DRAFT", help="the draft")
    sign.add_argument("--keys", type=Path, metavar="DIR", help="your stick; without it the draft is only explained")
    sign.add_argument("--yes", action="store_true", help="do not ask; sign")
    add_meant(sign)
    add_option(sign)
    sign.set_defaults(run=run_sign)

    finish = verbs.add_parser("finish", parents=[every], help="make the .guide file of a draft that enough have signed")
    finish.add_argument("draft", type=Path, metavar="DRAFT", help="the draft")
    finish.add_argument("--keys", type=Path, required=True, metavar="DIR", help="the publisher's folder")
    finish.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="the .guide file to write")
    finish.add_argument("--mirror", type=Path, metavar="DIR", help="also into this folder of files for a web server")
    finish.set_defaults(run=run_finish)


def run_draft(args: argparse.Namespace, desk: Desk) -> None:
    """Write a draft. Raises UsageError, KeyFileError, SourceDataError."""
    from guide.publish.release import draft_release

    if args.draft.exists():
        raise UsageError("There is a draft of that name already.", draft=str(args.draft))
    if not args.catalog.is_file():
        raise UsageError("There is no such catalog.", catalog=str(args.catalog))
    days = {"expected_days": args.expected_days, "expires_days": args.expires_days}
    baseline = read_given(args.baseline, args.catalog, desk.clock().date())
    try:
        with writing(args.draft):
            draft_release(
                args.catalog, args.keys, args.draft, desk.clock, with_index=args.with_index, mirror=args.mirror,
                least_program=args.least_program, baseline=baseline, progress=desk.terminal.progress,
                **{name: value for name, value in days.items() if value is not None},
            )  # fmt: skip
    except UnfitCatalogError as error:
        raise SourceDataError("This is not a catalog the guide could use.", **error.facts) from error
    last = f"Wrote {args.draft}. Each holder signs it with: guide publish sign {args.draft.name} --keys STICK"
    _give(args.draft, desk, last)


def run_sign(args: argparse.Namespace, desk: Desk) -> None:
    """Explain a draft, and sign it with a key of the stick. Raises UsageError, KeyFileError, NotToBePublishedError."""
    from guide.publish.keys import list_keys, load_key
    from guide.publish.release_draft import opened_release_draft, write_release_draft
    from guide.publish.release_signing import look, sign_release

    if args.keys is None:
        _give(args.draft, desk, "")
        return
    with writing(args.draft), opened_release_draft(args.draft) as draft:
        here = list_keys(args.keys)
        mine = [name for name, key in here.items() if key.keyid in draft.holders()]
        if not mine:
            raise UsageError("No key here has a say in this: it needs publishing keys.", keys=sorted(here))
        open_ones = [name for name in mine if not draft.is_signed(here[name].keyid)]
        if not open_ones:
            raise UsageError("The key here has signed already.", keys=mine)
        name = open_ones[0]
        looked = look(draft, desk.clock(), desk.terminal.progress)
        desk.terminal.show(_lines(draft, looked))
        if looked.changes is not None:
            Reviewed(desk, args.yes_i_mean)(looked.changes)
        if not args.yes:
            if not desk.terminal.can_ask():
                raise UsageError("Nobody is here to say yes. Read it, then use --yes.")
            if desk.terminal.ask(f"Sign this with {name}? [y/N] ").lower() not in ("y", "yes"):
                raise UsageError("Nothing was signed: the answer was not yes.")
        passphrase = Passphrases(desk.terminal, args.passphrase_file, known=here)(name)
        sign_release(draft, load_key(args.keys, name, passphrase), desk.clock())
        write_release_draft(draft, args.draft)
        wanting = draft.missing()
        next_one = "Carry it to the next holder." if wanting else "Finish it with: guide publish finish"
        desk.terminal.give(_facts(draft, looked), [f"Signed with {name}; {wanting} more needed. {next_one}"])


def run_finish(args: argparse.Namespace, desk: Desk) -> None:
    """Write the bundle. Raises UsageError, KeyFileError."""
    from guide.publish.release_draft import opened_release_draft
    from guide.publish.release_signing import finish_release

    with writing(args.out), opened_release_draft(args.draft) as draft:
        finish_release(draft, args.keys, args.out, desk.clock(), mirror=args.mirror, progress=desk.terminal.progress)
        custom, size = draft.custom, args.out.stat().st_size
        facts = {"path": str(args.out), "size": size, "edition": custom["edition"],
                 "edition_name": custom["edition_name"], "signed_by": draft.signed_by()}  # fmt: skip
        lines = [
            f"{args.out}: edition {custom['edition_name']} (number {custom['edition']}), {size:,} bytes",
            f"Signed by {' and '.join(draft.signed_by())}",
        ]
        desk.terminal.give(facts, lines)


def _give(path: Path, desk: Desk, last: str) -> None:
    from guide.publish.release_draft import opened_release_draft
    from guide.publish.release_signing import look

    with writing(path), opened_release_draft(path) as draft:
        looked = look(draft, desk.clock(), desk.terminal.progress)
        lines = [*_lines(draft, looked), *(told(looked.changes) if looked.changes else ()), *([last] if last else [])]
        desk.terminal.give(_facts(draft, looked), lines)


def _lines(draft: ReleaseDraft, looked: Looked) -> Iterator[str]:
    """Yield what a signature under ``draft`` does; what changes is told apart, since jumps are asked about there."""
    edition, custom = looked.edition, draft.custom
    yield f"Six words: {' '.join(fingerprint(draft.roots[-1]))}. Go on only if they stand on your recovery sheet."
    yield f"This puts out edition {edition.name} (number {edition.number}) of {draft.publisher_name}: {edition.services:,} entries."
    yield f"Drafted on {draft.published_at:%Y-%m-%d}; the next one is expected on {custom['next_expected']}."
    if looked.changes is None:
        yield "It is the first edition: there is nothing to compare it with. Look through all of it."
    accepted = sum(looked.found.accepted_counts.values())
    if accepted:
        yield f"{accepted:,} findings of the lint are accepted all the same, for these reasons:"
        yield from (
            f"  {one.code} in {'every entry' if one.record == '*' else one.record}: {one.reason} (until {one.until})"
            for one in draft.baseline.listed
        )
    role = draft.root.roles["targets"]
    yield f"An edition needs {role.threshold} of {len(role.keyids)} keys."
    wanting = draft.missing()
    more = f"{wanting} more needed." if wanting else "That is enough: it can be finished."
    yield f"Signed by: {', '.join(draft.signed_by()) or 'nobody yet'}. {more}"
    yield "Your signature says: every shelter that trusts us may show and print this list, with these numbers."


def _facts(draft: ReleaseDraft, looked: Looked) -> dict[str, Any]:
    changes = looked.changes
    return {
        "publisher_name": draft.publisher_name,
        "edition": looked.edition.number,
        "edition_name": looked.edition.name,
        "services": looked.edition.services,
        "published_at": draft.published_at,
        "accepted": sum(looked.found.accepted_counts.values()),
        "added": changes.added if changes else looked.edition.services,
        "changed": changes.changed if changes else 0,
        "removed": changes.removed if changes else 0,
        "phones": changes.phones if changes else 0,
        "jumps": [{"code": one.code, "count": one.count, "text": one.text} for one in changes.jumps] if changes else [],
        "signed_by": draft.signed_by(),
        "missing": draft.missing(),
    }
