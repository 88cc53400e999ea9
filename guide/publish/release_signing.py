"""What one holder does with a draft of a release: look at all of it, sign it, and put it out when enough have signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

from guide.catalog.fitness import check_fitness
from guide.errors import KeyFileError, SourceDataError, UnfitCatalogError, UsageError
from guide.publish.bundle_file import write_bundle
from guide.publish.comparing import Comparison, compare
from guide.publish.drafts import name_of
from guide.publish.lint.door import check_publishable
from guide.publish.lint.findings import Findings
from guide.publish.mirror import member, write_mirror
from guide.publish.opened import opened
from guide.publish.read_back import read_back
from guide.publish.release_draft import ReleaseDraft
from guide.publish.repository import Repository, check_root
from guide.publish.signing import ROLES, TARGET
from guide.records import Edition, Progress, Step, silent

_SLACK = timedelta(days=1)  # between two holders' clocks


@dataclass(frozen=True)
class Looked:
    """What a holder is shown: the edition, what the lint found, and what changes (None: nothing came before)."""

    edition: Edition
    found: Findings
    changes: Comparison | None


def look(draft: ReleaseDraft, now: datetime, progress: Progress = silent) -> Looked:
    """Return what signing ``draft`` would put into the world, read from the data itself and not from its label.

    Raises:
        KeyFileError: the data is not what would be signed, the roots do not follow each other, or the release before
            was not this publisher's.
        NotToBePublishedError: the lint found errors that the draft's baseline does not accept.
        UsageError: the root is one no client should take, a version is skipped, or the clock is behind.
    """
    _check_roots(draft)
    _check_versions(draft)
    _check_clock(draft, now)
    progress(Step("check"))
    _check_files(draft)
    with _unpacked(draft.files[member(TARGET, draft.target)], "the new list") as catalog:
        edition = _same(draft, catalog)
        found = check_publishable(catalog, now.astimezone(UTC).date(), draft.baseline, progress)
        if draft.before is None:
            return Looked(edition, found, None)
        progress(Step("compare"))
        with _unpacked(draft.before[1], "the list before") as before:
            return Looked(edition, found, compare(before, catalog))


def sign_release(draft: ReleaseDraft, signer: Signer, now: datetime) -> None:
    """Add one holder's signatures, to all three parts.

    Raises:
        UsageError: this key has no say, has signed already, or this PC's date is before the draft's.
    """
    key = signer.public_key
    if key.keyid not in draft.holders():
        raise UsageError("This key has no say in an edition: it is no publishing key.", name=name_of(key))
    if draft.is_signed(key.keyid):
        raise UsageError("This key has signed already.", name=name_of(draft.holders()[key.keyid]))
    _check_clock(draft, now)
    for role in ROLES:
        draft.roles[role].sign(signer, append=True)


def finish_release(
    draft: ReleaseDraft,
    keys: Path,
    out: Path,
    now: datetime,
    *,
    mirror: Path | None = None,
    progress: Progress = silent,
) -> None:
    """Write a draft that enough holders have signed as the bundle ``out``, and remember it in the folder ``keys``.

    Raises:
        UsageError: keys or editions have moved on since it was drafted, or this PC's date is behind.
        KeyFileError: signatures are wanting, or a guide could not read it.
    """
    repository = Repository(keys)
    if draft.roots != repository.roots():
        raise UsageError("The keys in this folder are not those the draft was made for. Make the draft anew.")
    for role in ROLES:
        wanted, has = repository.version(role) + 1, draft.roles[role].signed.version
        if has != wanted:
            raise UsageError("Another edition was released since. Make the draft anew.", expected=wanted, draft=has)
    last = repository.last_published()
    if last and max(now.astimezone(UTC), draft.published_at) < last:
        raise UsageError("This computer's date is before the last release.", last=last.isoformat())
    _check_roots(draft)
    _check_versions(draft)
    _check_clock(draft, now)
    _check_files(draft)
    try:
        for role in ROLES:
            draft.root.verify_delegate(role, draft.roles[role].signed_bytes, draft.roles[role].signatures)
    except RepositoryError as error:
        raise KeyFileError(f"{draft.missing()} more signatures are needed.", name="publish") from error
    members = draft.members()
    progress(Step("reread"))
    read_back(members | draft.steps, now)
    progress(Step("write"))
    write_bundle(out, members, lambda: _remember(draft, repository))
    if mirror is not None:
        write_mirror(mirror, members | draft.steps)


def _remember(draft: ReleaseDraft, repository: Repository) -> None:
    repository.keep_catalog(draft.files[member(TARGET, draft.target)])
    for role in ROLES:
        repository.keep(role, draft.roles[role].to_bytes())


# --- what has to be true ---------------------------------------------------------------------------------
def _check_roots(draft: ReleaseDraft) -> None:
    """Every root is signed by the one before it and by itself, and the newest is one that clients should take."""
    judge: Root | None = None
    try:
        for number, data in enumerate(draft.roots, 1):
            metadata: Metadata[Root] = Metadata.from_bytes(data)
            root = metadata.signed
            if not isinstance(root, Root) or root.version != number:
                raise KeyFileError("The roots in this draft do not follow each other.", name="root")
            for one in (judge, root):
                if one is not None:
                    one.verify_delegate(Root.type, metadata.signed_bytes, metadata.signatures)
            judge = root
    except RepositoryError as error:
        raise KeyFileError("The roots in this draft do not follow each other.", name="root") from error
    check_root(draft.root)


def _check_versions(draft: ReleaseDraft) -> None:
    """The draft is the very next of each part, its parts name each other, and its release date does not go back."""
    targets, snapshot, timestamp = (draft.roles[role].signed for role in (Targets.type, Snapshot.type, Timestamp.type))
    if (snapshot.meta["targets.json"].version, timestamp.snapshot_meta.version) != (targets.version, snapshot.version):
        raise KeyFileError("The parts of this draft do not name each other.", name="draft")
    if draft.before is None:
        if targets.version != 1:
            raise UsageError("A version would be skipped.", expected=1, draft=targets.version)
        return
    last: Metadata[Any] = Metadata.from_bytes(draft.before[0])
    if not _ever_signed(draft, last):
        raise KeyFileError(
            "The release before, as the draft tells it, was not signed by this publisher.", name="before"
        )
    if targets.version != last.signed.version + 1:
        raise UsageError("A version would be skipped.", expected=last.signed.version + 1, draft=targets.version)
    was = last.signed.targets[TARGET]
    if _sha256(draft.before[1]) != was.hashes["sha256"]:
        raise KeyFileError("The list before, as the draft tells it, is not what was signed.", name="before")
    custom = was.unrecognized_fields["custom"]
    if draft.published_at < datetime.fromisoformat(custom["published_at"]):
        raise UsageError("The draft's date is before the last release.", last=custom["published_at"])
    same = (custom["edition"], custom["db_sha256"]) == (draft.custom["edition"], draft.custom["db_sha256"])
    if not same and draft.custom["edition"] <= custom["edition"]:
        raise UsageError("This edition's number is not higher than the last one's.", last=custom["edition"])


def _ever_signed(draft: ReleaseDraft, last: Metadata[Any]) -> bool:
    """Say whether one of the roots takes the signatures of the release before: keys may have changed since."""
    for data in reversed(draft.roots):
        try:
            Metadata[Root].from_bytes(data).signed.verify_delegate(Targets.type, last.signed_bytes, last.signatures)
        except RepositoryError:
            continue
        return True
    return False


def _check_clock(draft: ReleaseDraft, now: datetime) -> None:
    now = now.astimezone(UTC)
    if now + _SLACK < draft.published_at:
        raise UsageError(
            "This computer's date is before the day the draft was made.", made=draft.published_at.isoformat()
        )
    if now >= draft.roles[Targets.type].signed.expires:
        raise UsageError("This draft is out of date. Make it anew.", made=draft.published_at.isoformat())


def _check_files(draft: ReleaseDraft) -> None:
    """Every file is there and is what would be signed, and there is none that nobody signs."""
    listed = {member(name, target): target for name, target in draft.roles[Targets.type].signed.targets.items()}
    files = draft.files | draft.steps
    if set(listed) != set(files) or member(TARGET, draft.target) not in draft.files:
        raise KeyFileError("The files in this draft are not those that would be signed.", name="draft")
    for name, target in listed.items():
        if files[name].stat().st_size != target.length or _sha256(files[name]) != target.hashes["sha256"]:
            raise KeyFileError("The data in this draft is not what would be signed.", name=name)


@contextmanager
def _unpacked(packed: Path, what: str) -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            catalog = stack.enter_context(opened(packed))
        except SourceDataError as error:
            raise KeyFileError(f"In this draft, {what} cannot be used.", name="draft") from error
        yield catalog


def _same(draft: ReleaseDraft, catalog: Path) -> Edition:
    """Return the edition in the data. Raises KeyFileError when the draft's own words about it are others."""
    try:
        edition, custom = check_fitness(catalog), draft.custom
    except UnfitCatalogError as error:
        raise KeyFileError("In this draft, the new list cannot be used.", name="draft") from error
    said = {"edition": edition.number, "edition_name": edition.name, "services": edition.services,
            "schema": edition.schema, "db_sha256": _sha256(catalog), "db_length": catalog.stat().st_size}  # fmt: skip
    wrong = sorted(name for name, value in said.items() if custom.get(name) != value)
    if wrong:
        raise KeyFileError("The draft says other things of the list than are in it.", name="draft", differs=wrong)
    return edition


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
