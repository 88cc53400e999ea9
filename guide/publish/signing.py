"""The three roles of one release, signed: targets says what the data is, snapshot and timestamp what is newest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from securesystemslib.signer import Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from guide.errors import KeyFileError
from guide.publish.repository import Repository, sign

TARGET = "catalog.db.zst"
ROLES = (Targets.type, Snapshot.type, Timestamp.type)


@dataclass(frozen=True)
class Signed:
    """The three roles as signed metadata, each as the bytes that go out."""

    targets: bytes
    snapshot: bytes
    timestamp: bytes

    def members(self) -> dict[str, bytes | Path]:
        """Return them under the names they have in a bundle and on a mirror."""
        return {
            "metadata/timestamp.json": self.timestamp,
            f"metadata/{version_of(self.snapshot)}.snapshot.json": self.snapshot,
            f"metadata/{version_of(self.targets)}.targets.json": self.targets,
        }

    def keep(self, repository: Repository) -> None:
        """Remember them as the newest that were signed."""
        for name in ROLES:
            repository.keep(name, getattr(self, name))


def sign_roles(
    repository: Repository, listed: dict[str, TargetFile], expires: datetime, signers: Sequence[Signer]
) -> Signed:
    """Return the next version of each role, signed, for the files ``listed``.

    Raises:
        KeyFileError: the newest root does not take these signatures.
    """
    targets = sign(Targets(repository.version("targets") + 1, None, expires, listed), signers)
    described = {"targets.json": _meta(targets)}
    snapshot = sign(Snapshot(repository.version("snapshot") + 1, None, expires, described), signers)
    timestamp = sign(Timestamp(repository.version("timestamp") + 1, None, expires, _meta(snapshot)), signers)
    root = repository.root().signed
    check_signatures(root, {Targets.type: targets, Snapshot.type: snapshot, Timestamp.type: timestamp})
    return Signed(targets.to_bytes(), snapshot.to_bytes(), timestamp.to_bytes())


def check_signatures(root: Root, roles: Mapping[str, Metadata[Any]]) -> None:
    """Raise KeyFileError unless ``root`` takes the signatures of every role."""
    try:
        for role, metadata in roles.items():
            root.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except RepositoryError as error:
        raise KeyFileError("The signatures do not hold; nothing was released.", name="publish") from error


def version_of(metadata: bytes) -> int:
    """Return the version that signed metadata says it is."""
    return int(json.loads(metadata)["signed"]["version"])


def _meta(metadata: Metadata[Any]) -> MetaFile:
    data = metadata.to_bytes()
    return MetaFile(metadata.signed.version, len(data), {"sha256": hashlib.sha256(data).hexdigest()})
