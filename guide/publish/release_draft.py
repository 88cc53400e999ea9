"""A release on its way from holder to holder: all that will be signed, in one file that each of them signs in turn.

The file holds the packed catalog, the release before it and every root, so that a holder needs nothing but the draft and
a stick. Whoever changes it on the way makes signatures void. Until enough have signed, no guide takes it.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from securesystemslib.signer import SSlibKey
from tuf.api.exceptions import RepositoryError, StorageError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError

from guide.errors import KeyFileError
from guide.publish.bundle_file import HEAD, write_bundle
from guide.publish.drafts import holds, name_of
from guide.publish.lint.baseline import Acceptance, Baseline
from guide.publish.preparing import Prepared
from guide.publish.repository import Repository, check_root
from guide.publish.scratch import Scratch
from guide.publish.signing import ROLES, TARGET

_FORMAT = "guide-release-draft-1"
_HEAD, _BEFORE, _STEPS = "draft.json", "before/", "mirror/"
_MOST_MEMBERS, _LARGEST_TEXT = 2_000, 16 << 20


@dataclass
class ReleaseDraft:
    """What is to be signed, with the signatures it has so far; ``files`` lie in a folder for as long as it is open.

    ``before`` is the release before it: its signed targets and its packed catalog, None for a first release.
    ``steps`` are deltas for a mirror.
    """

    publisher_name: str
    roots: list[bytes]
    roles: dict[str, Metadata[Any]]
    files: dict[str, Path]
    steps: dict[str, Path]
    before: tuple[bytes, Path] | None
    baseline: Baseline

    @property
    def root(self) -> Root:
        """The newest root: it says whose signatures count."""
        return Metadata[Root].from_bytes(self.roots[-1]).signed

    @property
    def target(self) -> TargetFile:
        """What the targets say of the catalog."""
        found: TargetFile = self.roles[Targets.type].signed.targets[TARGET]
        return found

    @property
    def custom(self) -> dict[str, Any]:
        """The edition's own words about itself: number, name, dates, services."""
        return dict(self.target.unrecognized_fields["custom"])

    @property
    def published_at(self) -> datetime:
        """When it was drafted, which is the date it is signed with."""
        return datetime.fromisoformat(self.custom["published_at"]).astimezone(UTC)

    def holders(self) -> dict[str, SSlibKey]:
        """Return the keys that may sign it, by id."""
        root = self.root
        return {keyid: root.keys[keyid] for keyid in root.roles[Targets.type].keyids}  # type: ignore[misc]

    def signed_by(self) -> list[str]:
        """Return the names of those whose signatures hold on every part."""
        return [name_of(key) for keyid, key in self.holders().items() if self.is_signed(keyid)]

    def is_signed(self, keyid: str) -> bool:
        """Say whether a key's signature holds on every part."""
        return all(holds(self.roles[role], self.root.keys[keyid]) for role in ROLES)

    def missing(self) -> int:
        """Return how many signatures are wanting still."""
        return max(0, self.root.roles[Targets.type].threshold - len(self.signed_by()))

    def members(self) -> dict[str, bytes | Path]:
        """Return the members of the bundle it will be, with the signatures there are."""
        roots = {f"metadata/{n}.root.json": root for n, root in enumerate(self.roots, 1)}
        return {"bundle.json": HEAD, **roots, **self._metadata(), **self.files}

    def _metadata(self) -> dict[str, bytes | Path]:
        data = {role: metadata.to_bytes() for role, metadata in self.roles.items()}
        versions = {role: metadata.signed.version for role, metadata in self.roles.items()}
        return {
            "metadata/timestamp.json": data[Timestamp.type],
            f"metadata/{versions[Snapshot.type]}.snapshot.json": data[Snapshot.type],
            f"metadata/{versions[Targets.type]}.targets.json": data[Targets.type],
        }


def drafted(repository: Repository, ready: Prepared, baseline: Baseline) -> ReleaseDraft:
    """Return the draft of what was prepared, unsigned. Raises UsageError: its root is one no client should take.

    Snapshot and timestamp name versions alone, no hashes: a hash would change with every signature on the way, and
    each of the three is signed by as many holders as the release needs.
    """
    check_root(repository.root().signed)
    expires = ready.dates.expires
    version = {role: repository.version(role) + 1 for role in ROLES}
    roles: dict[str, Metadata[Any]] = {
        Targets.type: Metadata(Targets(version[Targets.type], None, expires, ready.listed)),
        Snapshot.type: Metadata(
            Snapshot(version[Snapshot.type], None, expires, {"targets.json": MetaFile(version[Targets.type])})
        ),
        Timestamp.type: Metadata(Timestamp(version[Timestamp.type], None, expires, MetaFile(version[Snapshot.type]))),
    }
    last = repository.role(Targets.type)
    before = (last, repository.last_catalog) if last is not None and repository.last_catalog.is_file() else None
    return ReleaseDraft(
        repository.publisher_name(), repository.roots(), roles, ready.files, ready.steps, before, baseline
    )


def write_release_draft(draft: ReleaseDraft, path: Path) -> None:
    """Write ``draft`` to ``path``, whole or not at all. Raises OSError."""
    head = {
        "format": _FORMAT,
        "publisher_name": draft.publisher_name,
        "accepted": [
            {"code": one.code, "record": one.record, "reason": one.reason, "until": one.until.isoformat()}
            for one in draft.baseline.listed
        ],
        "accepts_everything": draft.baseline.everything,
    }
    members: dict[str, bytes | Path] = {_HEAD: json.dumps(head, ensure_ascii=False).encode()}
    members |= {name: data for name, data in draft.members().items() if name != "bundle.json"}
    members |= {f"{_STEPS}{name}": data for name, data in draft.steps.items()}
    if draft.before is not None:
        members |= {f"{_BEFORE}targets.json": draft.before[0], f"{_BEFORE}{TARGET}": draft.before[1]}
    write_bundle(path, members, lambda: None)


@contextmanager
def opened_release_draft(path: Path) -> Iterator[ReleaseDraft]:
    """Give the draft in ``path``; its files are unpacked beside it for as long as it is open.

    Raises:
        KeyFileError: it is no draft, or damaged.
        OSError: its files cannot be written.
    """
    with Scratch(path.parent, "guide") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                found = _read(archive, folder)
        except (zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, RuntimeError, NotImplementedError,
                EOFError, DeserializationError, StorageError, RepositoryError) as error:  # fmt: skip
            raise KeyFileError("This is not a draft of a release.", name=path.name, reason="damaged") from error
        yield found


def _read(archive: zipfile.ZipFile, folder: Path) -> ReleaseDraft:
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS or any(one.compress_type != zipfile.ZIP_STORED for one in infos):
        raise ValueError("not stored")
    head = json.loads(_text(archive, _HEAD))
    if head["format"] != _FORMAT:
        raise ValueError("not a draft")
    names = [one.filename for one in infos]
    roots = [_text(archive, f"metadata/{n}.root.json") for n in range(1, _count(names, ".root.json") + 1)]
    found = {
        Targets.type: next(n for n in names if n.startswith("metadata/") and n.endswith(".targets.json")),
        Snapshot.type: next(n for n in names if n.startswith("metadata/") and n.endswith(".snapshot.json")),
        Timestamp.type: "metadata/timestamp.json",
    }
    roles: dict[str, Metadata[Any]] = {role: Metadata.from_bytes(_text(archive, n)) for role, n in found.items()}
    if any(metadata.signed.type != role for role, metadata in roles.items()) or not roots:
        raise ValueError("not the roles of a release")
    files = {n: _file(archive, n, folder) for n in names if n.startswith("targets/")}
    steps = {n.removeprefix(_STEPS): _file(archive, n, folder) for n in names if n.startswith(_STEPS)}
    before = None
    if f"{_BEFORE}targets.json" in names:
        before = (_text(archive, f"{_BEFORE}targets.json"), _file(archive, f"{_BEFORE}{TARGET}", folder))
    listed = tuple(
        Acceptance(str(one["code"]), str(one["record"]), str(one["reason"]), date.fromisoformat(one["until"]))
        for one in head["accepted"]
    )
    baseline = Baseline(listed, str(head["accepts_everything"]))
    draft = ReleaseDraft(str(head["publisher_name"]), roots, roles, files, steps, before, baseline)
    if not all(isinstance(Metadata.from_bytes(root).signed, Root) for root in roots):
        raise ValueError("not roots")
    _told(draft.roles[Targets.type])
    if before is not None:
        _told(Metadata.from_bytes(before[0]))
    return draft


def _told(targets: Metadata[Any]) -> None:
    """Read what is asked of a release later, here, where what is not there is a damaged draft."""
    custom = targets.signed.targets[TARGET].unrecognized_fields["custom"]
    if not (isinstance(custom["edition"], int) and isinstance(custom["db_sha256"], str)):
        raise TypeError("not an edition")
    if datetime.fromisoformat(custom["published_at"]).tzinfo is None:
        raise ValueError("a time without its zone")


def _count(names: list[str], ending: str) -> int:
    return sum(name.startswith("metadata/") and name.endswith(ending) for name in names)


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST_TEXT:
        raise ValueError("too long")
    return archive.read(name)


def _file(archive: zipfile.ZipFile, name: str, folder: Path) -> Path:
    """Put a member into ``folder`` under a name of our own: what it is called in the file leads nowhere."""
    out = folder / f"part-{len(list(folder.iterdir()))}"
    with archive.open(name) as read, out.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
    return out
