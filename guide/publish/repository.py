"""The publisher's TUF repository beside the keys: roots, roles, and the checks no client can make.

``DIR/publisher.json`` names the publisher, ``DIR/repository/`` keeps every root and the newest of each role.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from securesystemslib.signer import Signer, SSlibKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

from guide.errors import KeyFileError, UsageError
from guide.publish.keys import NAMED, Ask, Cost, list_keys, load_key, new_key

T = TypeVar("T", Root, Targets, Snapshot, Timestamp)
ONLINE = (Targets.type, Snapshot.type, Timestamp.type)
ROOT_YEARS, ROOT_KEYS, ROOT_THRESHOLD = 5, 3, 2


class Repository:
    """What one publisher has signed so far."""

    def __init__(self, folder: Path, sticks: Sequence[Path] = ()) -> None:
        """Take the folder with the keys, and those of ``sticks`` that hold further ones; read nothing yet."""
        self.folder = folder
        self.key_folders = (folder, *sticks)
        self.metadata = folder / "repository"

    def roots(self) -> list[bytes]:
        """Return every root ever signed, the first first. Raises KeyFileError when there is none."""
        paths = sorted(self.metadata.glob("[0-9]*.root.json"), key=lambda p: int(p.name.split(".")[0]))
        if not paths:
            raise KeyFileError(
                "There are no keys in this folder. Make them with: guide keys new", name=str(self.folder)
            )
        return [path.read_bytes() for path in paths]

    def root(self) -> Metadata[Root]:
        """Return the newest root."""
        return Metadata.from_bytes(self.roots()[-1])

    def role(self, name: str) -> bytes | None:
        """Return the newest signed metadata of a role, None before the first release."""
        path = self.metadata / f"{name}.json"
        return path.read_bytes() if path.is_file() else None

    def version(self, name: str) -> int:
        """Return the version of a role's newest metadata, 0 before the first release."""
        data = self.role(name)
        return Metadata.from_bytes(data).signed.version if data else 0

    def last_published(self) -> datetime | None:
        """Return when the last release was signed, None before the first one. Raises KeyFileError."""
        data = self.role("targets")
        if data is None:
            return None
        try:
            listed = json.loads(data)["signed"]["targets"]
            return datetime.fromisoformat(listed["catalog.db.zst"]["custom"]["published_at"])
        except (ValueError, KeyError, TypeError) as error:
            raise KeyFileError(name="repository/targets.json", reason="damaged") from error

    def publisher_name(self) -> str:
        """Return the name people know the publisher by. Raises KeyFileError."""
        try:
            return str(json.loads((self.folder / "publisher.json").read_text("utf-8"))["name"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeyFileError(name="publisher.json", reason="cannot be read") from error

    def signers(self, role: str, ask: Ask) -> list[Signer]:
        """Return signers for ``role``: as many of its keys as its threshold asks for, opened by ``ask``."""
        return _signers(self.root().signed, role, self.key_folders, ask)

    def keep(self, name: str, data: bytes) -> None:
        """Remember signed metadata under ``name`` (without .json), whole or not at all."""
        self.metadata.mkdir(parents=True, exist_ok=True)
        fresh = self.metadata / f"{name}.json.new"
        fresh.write_bytes(data)
        fresh.replace(self.metadata / f"{name}.json")

    def keep_catalog(self, packed: Path) -> None:
        """Remember the packed catalog of a release, so that the next one can be compared with it."""
        self.metadata.mkdir(parents=True, exist_ok=True)
        fresh = self.last_catalog.with_name(self.last_catalog.name + ".new")
        shutil.copyfile(packed, fresh)
        fresh.replace(self.last_catalog)

    @property
    def last_catalog(self) -> Path:
        """Where the packed catalog of the last release lies."""
        return self.metadata / "catalog.db.zst"


def new_repository(
    folder: Path,
    name: str,
    ask: Ask,
    now: datetime,
    *,
    publishing_keys: int = 2,
    threshold: int = 1,
    cost: Cost | None = None,
) -> Repository:
    """Make a publisher: three root keys (two needed) and the keys that sign releases.

    Raises:
        UsageError: there are keys already, or the threshold cannot be met.
    """
    if not 1 <= threshold <= publishing_keys:
        raise UsageError("The threshold cannot be more than the number of keys.", keys=publishing_keys)
    if list(folder.glob("*.key.json")) or (folder / "repository").exists():
        raise UsageError("There are keys in this folder already.", folder=str(folder))
    repository = Repository(folder)
    rooted = [f"root-{n}" for n in range(1, ROOT_KEYS + 1)]
    publishing = [f"publish-{n}" for n in range(1, publishing_keys + 1)]
    keys = {one: new_key(folder, one, ask(one), cost) for one in (*rooted, *publishing)}
    root = Root(version=1, expires=_year(now, ROOT_YEARS), consistent_snapshot=True)
    _roles(root, [keys[n] for n in rooted], ROOT_THRESHOLD, [keys[n] for n in publishing], threshold)
    (folder / "publisher.json").write_text(json.dumps({"name": name}, ensure_ascii=False), "utf-8")
    _sign_root(repository, root, None, ask)
    return repository


def rotate(
    folder: Path,
    replaced: str,
    ask: Ask,
    now: datetime,
    *,
    new: str = "",
    cost: Cost | None = None,
    sticks: Sequence[Path] = (),
) -> Metadata[Root]:
    """Replace the key ``replaced`` by a new one: root N+1, signed by enough of the old and of the new root keys.

    A lost or stolen key is answered this way: neither its file nor its passphrase is needed. A file that is
    there is renamed, never used again.

    Raises:
        UsageError: the root names no such key.
        KeyFileError: not enough root keys could be opened; nothing changed.
    """
    repository = Repository(folder, sticks)
    old = repository.root()
    here = list_keys(folder)
    known = {str(key.unrecognized_fields.get(NAMED, "")): key for key in old.signed.keys.values()}
    keys = known | {name: key for name, key in here.items() if key.keyid in old.signed.keys}
    if not replaced or replaced not in keys:
        raise UsageError("There is no key of that name.", name=replaced)
    kind = "root" if keys[replaced].keyid in old.signed.roles[Root.type].keyids else "publish"
    fresh_name = new or _next_name(kind, {*known, *here})
    fresh = new_key(folder, fresh_name, ask(fresh_name), cost)
    root = deepcopy(old.signed)  # to_dict shares its lists
    root.version += 1
    root.expires = _year(now, ROOT_YEARS)
    for role in (Root.type,) if kind == "root" else ONLINE:
        root.revoke_key(keys[replaced].keyid, role)
        root.add_key(fresh, role)
    try:
        metadata = _sign_root(repository, root, old.signed, ask, last_resort=keys[replaced].keyid)
    except BaseException:
        (folder / f"{fresh_name}.key.json").unlink()  # no root knows it
        raise
    if replaced in here:
        (folder / f"{replaced}.key.json").replace(folder / f"{replaced}.revoked.json")
    return metadata


def sign(signed: T, signers: Sequence[Signer]) -> Metadata[T]:
    """Return ``signed`` with the signatures of all ``signers``."""
    metadata = Metadata(signed)
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata


def check_root(root: Root) -> None:
    """Refuse a root that TUF's clients would accept and should not (facts on trust, section 7). Raises UsageError."""
    values: dict[str, str] = {}
    for keyid, key in root.keys.items():
        value = str(sorted(key.keyval.items()))
        if values.setdefault(value, keyid) != keyid:
            raise UsageError("One key stands in the root under two ids.", keyid=keyid)
    for name, role in root.roles.items():
        if not 1 <= role.threshold <= len(role.keyids):
            raise UsageError("A role asks for more signatures than it has keys.", role=name)
    both = set(root.roles[Root.type].keyids) & {k for name in ONLINE for k in root.roles[name].keyids}
    if both:
        raise UsageError("A key that changes keys must not sign editions as well.", keyid=min(both))


def _sign_root(repository: Repository, root: Root, old: Root | None, ask: Ask, last_resort: str = "") -> Metadata[Root]:
    check_root(root)
    judges = [one for one in (root, old) if one]
    signers = [s for one in judges for s in _signers(one, Root.type, repository.key_folders, ask, last_resort)]
    by_id = {s.public_key.keyid: s for s in signers}
    metadata = sign(root, list(by_id.values()))
    for judge in (root, old):
        if judge is not None:
            try:
                judge.verify_delegate(Root.type, metadata.signed_bytes, metadata.signatures)
            except RepositoryError as error:
                raise KeyFileError("Not enough root keys signed.", name="root") from error
    repository.keep(f"{root.version}.root", metadata.to_bytes())
    return metadata


def _signers(root: Root, role: str, folders: Sequence[Path], ask: Ask, last_resort: str = "") -> list[Signer]:
    """Open as many keys of ``role`` as it needs: by name, ``last_resort`` (a keyid) last, one without answer not."""
    wanted = set(root.roles[role].keyids)
    found = {n: (key.keyid, one) for one in folders for n, key in list_keys(one).items() if key.keyid in wanted}
    names = sorted(found, key=lambda name: (found[name][0] == last_resort, name))
    needed = root.roles[role].threshold
    if len(names) < needed:
        apart = "" if role == Root.type else " Where they lie with several people: guide publish draft."
        raise KeyFileError(f"This needs {needed} keys of the role {role}; {len(names)} are here.{apart}", name=role)
    signers: list[Signer] = []
    for name in names:
        if len(signers) < needed and (passphrase := ask(name)):
            signers.append(load_key(found[name][1], name, passphrase))
    if len(signers) < needed:
        raise KeyFileError(f"This needs {needed} keys of the role {role}; {len(signers)} were opened.", name=role)
    return signers


def _roles(root: Root, rooted: list[SSlibKey], needed: int, publishing: list[SSlibKey], threshold: int) -> None:
    for key in rooted:
        root.add_key(key, Root.type)
    root.roles[Root.type].threshold = needed
    for role in ONLINE:
        for key in publishing:
            root.add_key(key, role)
        root.roles[role].threshold = threshold


def _next_name(kind: str, keys: Iterable[str]) -> str:
    numbers = [name.rpartition("-")[2] for name in keys if name.startswith(kind)]
    taken = [int(number) for number in numbers if number.isdecimal()]
    return f"{kind}-{max(taken, default=0) + 1}"


def _year(now: datetime, years: int) -> datetime:
    return (now.astimezone(UTC) + timedelta(days=365 * years)).replace(microsecond=0)
