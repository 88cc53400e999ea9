"""A root file that somebody brings: whether it is one, whose keys it names, and which publisher a bundle is from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root

from guide.bundles.archive import Archive
from guide.bundles.fingerprint import fingerprint
from guide.bundles.trust import no_key_twice
from guide.errors import DamagedError, GuideError
from guide.settings import Settings

_LARGEST = 64_000  # bytes; what TUF's client is told to take of a root at most
_MOST = 64  # roots looked at in one bundle


def sound_root(data: bytes, name: str) -> bytes:
    """Return ``data`` when it is a root that its own keys have signed, as many as it asks for. Raises DamagedError."""
    try:
        if len(data) > _LARGEST:
            raise ValueError("too large")
        root: Metadata[Root] = Metadata.from_bytes(data)
        if not isinstance(root.signed, Root):
            raise TypeError("not a root")
        root.signed.verify_delegate(Root.type, root.signed_bytes, root.signatures)
        no_key_twice(root.signed)
        fingerprint(data)
    except (RepositoryError, ValueError, KeyError, TypeError, AttributeError, RecursionError, GuideError) as error:
        raise DamagedError("This is not a publisher's root file.", reason="not a root", file=name) from error
    return data


def key_of_root(root: bytes) -> str:
    """Return the key under which a publisher is kept here: over its root's own keys, as its six words are."""
    content = "\n".join(sorted(root_keys(root)))
    return "p" + hashlib.sha256(content.encode()).hexdigest()[:16]


def root_keys(root: bytes) -> frozenset[str]:
    """Return the ids of the keys that may sign the next root; TUF makes an id of the whole key."""
    with suppress(ValueError, KeyError, TypeError):
        return frozenset(json.loads(root)["signed"]["roles"]["root"]["keyids"])
    return frozenset()


def roots_in(archive: Archive) -> Iterator[bytes]:
    """Yield every root in a bundle, the newest first; none is believed yet."""
    for number in range(min(archive.newest_root(), _MOST), 0, -1):
        name = f"metadata/{number}.root.json"
        if archive.has(name) and archive.length(name) <= _LARGEST:
            yield b"".join(archive.pieces(name))


def claimed_keys(archive: Archive) -> frozenset[str]:
    """Return the ids of the keys a bundle says it is signed with: enough to ask the right publisher, no proof at all."""
    found: set[str] = set()
    for root in roots_in(archive):
        found |= root_keys(root) | _signers(root)
    name = "metadata/timestamp.json"
    if archive.has(name) and archive.length(name) <= _LARGEST:
        found |= _signers(b"".join(archive.pieces(name)))
    return frozenset(found)


def known_keys(house: Settings) -> frozenset[str]:
    """Return the ids of every key that the verified roots of one publisher name, for any role."""
    found: set[str] = set()
    places = [house.trust / "root.json", *(house.trust / "root_history").glob("*.root.json")]
    places += (house.trusted / "editions").glob("g*/tuf/root_history/*.root.json")
    for path in places:
        with suppress(OSError, ValueError, KeyError, TypeError):
            found |= set(json.loads(path.read_bytes())["signed"]["keys"])
    return frozenset(found)


def _signers(data: bytes) -> set[str]:
    with suppress(ValueError, KeyError, TypeError):
        signatures: list[Any] = json.loads(data)["signatures"]
        return {str(one["keyid"]) for one in signatures}
    return set()
