"""A change of keys on its way from holder to holder: a draft of the next root, which each of them signs in turn.

The draft is one small file. It travels by stick or mail: whoever changes it on the way makes signatures void, and
whoever reads it learns nothing secret.
"""

from __future__ import annotations

import base64
import json
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import Signer, SSlibKey
from tuf.api.exceptions import RepositoryError, StorageError
from tuf.api.metadata import Metadata, Root
from tuf.api.serialization import DeserializationError

from guide.errors import KeyFileError, UsageError
from guide.publish.keys import NAMED
from guide.publish.repository import ONLINE, ROOT_THRESHOLD, ROOT_YEARS, Repository, check_root

_FORMAT = "guide-root-draft-1"
_SLACK = timedelta(days=1)  # between two holders' clocks


@dataclass
class Draft:
    """The next root with the signatures it has so far, and the one before it (None: a new publisher)."""

    publisher_name: str
    made_at: datetime
    root: Metadata[Root]
    before: Metadata[Root] | None = None

    @property
    def judges(self) -> list[Root]:
        """The roots whose thresholds it has to meet: its own, and the one before."""
        return [self.root.signed, *([self.before.signed] if self.before else [])]

    def holders(self) -> dict[str, SSlibKey]:
        """Return the root keys that may sign it, by id."""
        return {
            keyid: root.keys[keyid]  # type: ignore[misc]
            for root in self.judges
            for keyid in root.roles[Root.type].keyids
        }

    def signed_by(self) -> list[str]:
        """Return the names of those who have signed, whose signatures hold."""
        return [name_of(key) for key in self.holders().values() if holds(self.root, key)]

    def missing(self) -> int:
        """Return how many signatures are wanting still, by whichever root wants the most."""
        return max(self._wanting(root) for root in self.judges)

    def _wanting(self, root: Root) -> int:
        role = root.roles[Root.type]
        good = sum(holds(self.root, root.keys[keyid]) for keyid in role.keyids)
        return max(0, role.threshold - good)


@dataclass(frozen=True)
class Change:
    """What is to be different: keys by name out, public keys in, thresholds (0: as they are)."""

    remove: tuple[str, ...] = ()
    add_root: tuple[SSlibKey, ...] = ()
    add_publishing: tuple[SSlibKey, ...] = ()
    root_threshold: int = 0
    threshold: int = 0
    replaced: dict[str, SSlibKey] = field(default_factory=dict)  # a name out, another key in, for the same roles


def first_draft(
    name: str,
    rooted: list[SSlibKey],
    publishing: list[SSlibKey],
    now: datetime,
    *,
    root_threshold: int = ROOT_THRESHOLD,
    threshold: int = 1,
) -> Draft:
    """Return the draft of a new publisher's first root. Raises UsageError when it could not be signed or trusted."""
    if not name.strip():
        raise UsageError("A publisher needs a name.")
    root = Root(version=1, expires=_expires(now), consistent_snapshot=True)
    _fill(root, rooted, publishing)
    root.roles[Root.type].threshold = root_threshold
    for role in ONLINE:
        root.roles[role].threshold = threshold
    check_root(root)
    return Draft(name.strip(), _second(now), Metadata(root))


def next_draft(repository: Repository, change: Change, now: datetime) -> Draft:
    """Return the draft of the next root with ``change`` in it.

    Raises:
        UsageError: it names a key that is not there, changes nothing, or could not be signed or trusted.
    """
    before = repository.root()
    root = deepcopy(before.signed)
    root.version += 1
    root.expires = max(_expires(now), before.signed.expires)
    named = {name_of(key): key for key in root.keys.values()}
    roles = {name: [r for r, role in root.roles.items() if key.keyid in role.keyids] for name, key in named.items()}
    for name in (*change.remove, *change.replaced):
        if name not in named:
            raise UsageError("There is no key of that name.", name=name)
        for role in roles[name]:
            root.revoke_key(named[name].keyid, role)
    for name, key in change.replaced.items():
        for role in roles[name]:
            root.add_key(key, role)
    _fill(root, list(change.add_root), list(change.add_publishing))
    root.roles[Root.type].threshold = change.root_threshold or root.roles[Root.type].threshold
    for role in ONLINE:
        root.roles[role].threshold = change.threshold or root.roles[role].threshold
    check_root(root)
    old, new = before.signed.to_dict(), root.to_dict()
    if all(old[part] == new[part] for part in ("keys", "roles")):
        raise UsageError("This changes nothing.")
    return Draft(repository.publisher_name(), _second(now), Metadata(root), before)


def sign_draft(draft: Draft, signer: Signer, now: datetime) -> None:
    """Add one holder's signature.

    Raises:
        UsageError: this key has no say, has signed already, or this PC's date is before the draft's.
    """
    key = signer.public_key
    if key.keyid not in draft.holders():
        raise UsageError("This key has no say in a change of keys: it is no root key.", name=name_of(key))
    if name_of(draft.holders()[key.keyid]) in draft.signed_by():
        raise UsageError("This key has signed already.", name=name_of(key))
    if now.astimezone(UTC) + _SLACK < draft.made_at:
        raise UsageError("This computer's date is before the day the draft was made.", made=draft.made_at.isoformat())
    draft.root.sign(signer, append=True)


def finish(draft: Draft, folder: Path, now: datetime) -> Repository:
    """Put a draft that enough holders have signed in its place in ``folder``, and return the repository.

    Raises:
        UsageError: it is not the next version, was made for another publisher's keys, or this PC's date lies
            before the draft or before the last release.
        KeyFileError: signatures are wanting.
    """
    repository = Repository(folder)
    check_root(draft.root.signed)
    if draft.before is None:
        if repository.metadata.exists():
            raise UsageError("There is a publisher in this folder already.", folder=str(folder))
    elif draft.before.signed_bytes != repository.root().signed_bytes:
        reason = "The keys in this folder are not those the draft was made for. Make the draft anew."
        raise UsageError(reason, here=repository.root().signed.version, draft=draft.before.signed.version)
    version = draft.before.signed.version + 1 if draft.before else 1
    if draft.root.signed.version != version:
        raise UsageError("A version would be skipped.", expected=version, draft=draft.root.signed.version)
    if draft.before and draft.root.signed.expires < draft.before.signed.expires:
        raise UsageError("It would end before the one it replaces.", expires=draft.root.signed.expires.isoformat())
    _in_time(draft, repository, now)
    try:
        for judge in draft.judges:
            judge.verify_delegate(Root.type, draft.root.signed_bytes, draft.root.signatures)
    except RepositoryError as error:
        raise KeyFileError(f"{draft.missing()} more signatures are needed.", name="root") from error
    if draft.before is None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "publisher.json").write_text(json.dumps({"name": draft.publisher_name}, ensure_ascii=False), "utf-8")
    repository.keep(f"{version}.root", draft.root.to_bytes())
    return repository


def write_draft(draft: Draft, path: Path) -> None:
    """Write ``draft`` to ``path``, whole or not at all. Raises OSError."""
    body = {
        "format": _FORMAT,
        "publisher_name": draft.publisher_name,
        "made_at": draft.made_at.isoformat(),
        "root": base64.b64encode(draft.root.to_bytes()).decode(),
        "before": base64.b64encode(draft.before.to_bytes()).decode() if draft.before else "",
    }
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(body, indent=1, ensure_ascii=False), "utf-8")
    fresh.replace(path)


def read_draft(path: Path) -> Draft:
    """Return the draft in ``path``. Raises KeyFileError."""
    try:
        body: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if body["format"] != _FORMAT:
            raise KeyFileError(name=path.name, reason="not a draft")
        made_at = datetime.fromisoformat(body["made_at"]).astimezone(UTC)
        root: Metadata[Root] = Metadata.from_bytes(base64.b64decode(body["root"], validate=True))
        before: Metadata[Root] | None = None
        if body["before"]:
            before = Metadata.from_bytes(base64.b64decode(body["before"], validate=True))
        if not all(one is None or isinstance(one.signed, Root) for one in (root, before)):
            raise KeyFileError(name=path.name, reason="not a draft")
        return Draft(str(body["publisher_name"]), made_at, root, before)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, DeserializationError, StorageError) as error:
        raise KeyFileError("This is not a draft of keys.", name=path.name, reason="damaged") from error


def name_of(key: Any) -> str:
    """Return the name a key goes by in the root, else the beginning of its id."""
    return str(key.unrecognized_fields.get(NAMED) or key.keyid[:8])


def holds(metadata: Metadata[Any], key: Any) -> bool:
    """Say whether the signature of ``key`` is on ``metadata`` and holds."""
    from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError

    signature = metadata.signatures.get(key.keyid)
    if signature is None:
        return False
    try:
        key.verify_signature(signature, metadata.signed_bytes)
    except (UnverifiedSignatureError, VerificationError):
        return False
    return True


def _fill(root: Root, rooted: list[SSlibKey], publishing: list[SSlibKey]) -> None:
    coming = [*rooted, *publishing]
    for kind, keys in (("root", rooted), ("publish", publishing)):
        ids = [key.keyid for key in keys]
        if len(set(ids)) < len(ids):
            raise UsageError("The same key was given twice.", role=kind)
    taken = {name_of(key): keyid for keyid, key in root.keys.items()}
    for key in coming:
        if taken.setdefault(name_of(key), key.keyid) != key.keyid:
            raise UsageError(
                "Two keys have the same name. Make one of them anew under another name.", name=name_of(key)
            )
    for role, keys in ((Root.type, rooted), *((one, publishing) for one in ONLINE)):
        for key in keys:
            root.add_key(key, role)


def _in_time(draft: Draft, repository: Repository, now: datetime) -> None:
    now = now.astimezone(UTC)
    if now + _SLACK < draft.made_at:
        raise UsageError("This computer's date is before the day the draft was made.", made=draft.made_at.isoformat())
    last = repository.last_published()
    if last and now < last:
        raise UsageError("This computer's date is before the last release.", last=last.isoformat())


def _expires(now: datetime) -> datetime:
    return _second(now) + timedelta(days=365 * ROOT_YEARS)


def _second(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)
