"""Asks TUF whether a bundle is genuine: TUF judges, this file fetches, sets the time and translates.

``tuf`` is imported only here on the reading side. Facts on trust, sections 3, 4 and 9, give the reasons.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Root, Targets
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from guide.bundles.archive import Archive
from guide.bundles.least_program import check_program
from guide.errors import DamagedError, NotGenuineError, NotNewerError, OutOfDateError

TARGET, INDEX_TARGET = "catalog.db.zst", "index.db.zst"
_BASE = "bundle://metadata/"
_ROLES = ("timestamp.json", "snapshot.json", "targets.json")
PAUSED = datetime(2000, 1, 1, tzinfo=UTC)
_CONFIG = UpdaterConfig(
    root_max_length=64_000, targets_max_length=256_000, snapshot_max_length=64_000, max_delegations=4
)


@dataclass(frozen=True)
class ReadyIndex:
    """A search index signed beside the catalog whose sha256 is ``of``, for one ``version`` of the program's index."""

    version: str
    of: str
    data_length: int
    data_sha256: str
    member: str
    member_length: int
    member_sha256: str


@dataclass(frozen=True)
class Verified:
    """What a genuine bundle says of itself, signed. ``member`` is the data's name in the archive."""

    publisher_name: str
    edition: int
    edition_name: str
    published_at: datetime
    next_expected: date | None
    expires: datetime
    expired: bool
    data_length: int
    data_sha256: str
    member: str
    member_length: int
    member_sha256: str
    signed: int
    keys: int
    threshold: int
    keyids: tuple[str, ...]
    index: ReadyIndex | None = None


def judge(archive: Archive, root: bytes, state: Path, stage: Path, now: datetime) -> Verified:
    """Return what ``archive`` holds when its signatures lead back to ``root``; leave the new state in ``stage``.

    ``state`` is the folder of the TUF metadata trusted so far (never written); ``now`` the effective time.

    Raises:
        NotGenuineError, NotNewerError, DamagedError: with ``reason``.
    """
    expired = False
    try:
        updater = refreshed(archive, root, state, stage, now)
    except OutOfDateError:
        # Genuine in every other way? The same checks with time paused; staff decide the rest.
        expired = True
        updater = refreshed(archive, root, state, stage, PAUSED)
    trusted = updater._trusted_set
    target = updater.get_targetinfo(TARGET)
    if target is None:
        raise DamagedError(reason="it holds no catalog", file=archive.path.name)
    custom: Any = target.unrecognized_fields.get("custom")
    sha256 = target.hashes.get("sha256", "")
    signers = signers_of(trusted.root, (stage / "targets.json").read_bytes())
    try:
        check_program(custom)
        return Verified(
            publisher_name=text_of(custom["publisher_name"]),
            edition=_number(custom["edition"]),
            edition_name=text_of(custom["edition_name"]),
            published_at=before_its_end(
                datetime.fromisoformat(custom["published_at"]).astimezone(UTC), trusted.targets.expires
            ),
            next_expected=date.fromisoformat(custom["next_expected"]) if custom.get("next_expected") else None,
            expires=min(one.expires for one in (trusted.root, trusted.timestamp, trusted.snapshot, trusted.targets)),
            expired=expired,
            data_length=_number(custom["db_length"]),
            data_sha256=text_of(custom["db_sha256"]),
            member=f"targets/{sha256}.{TARGET}",
            member_length=target.length,
            member_sha256=sha256,
            signed=signers,
            keys=len(trusted.root.roles[Targets.type].keyids),
            threshold=trusted.root.roles[Targets.type].threshold,
            keyids=tuple(sorted(trusted.root.roles[Targets.type].keyids)),
            index=_ready_index(updater),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise DamagedError(reason="its description cannot be read", file=archive.path.name) from error


def _ready_index(updater: Updater) -> ReadyIndex | None:
    target = updater.get_targetinfo(INDEX_TARGET)
    if target is None:
        return None
    custom: Any = target.unrecognized_fields["custom"]
    sha256 = target.hashes.get("sha256", "")
    return ReadyIndex(
        version=text_of(custom["version"]),
        of=text_of(custom["of"]),
        data_length=_number(custom["length"]),
        data_sha256=text_of(custom["sha256"]),
        member=f"targets/{sha256}.{INDEX_TARGET}",
        member_length=target.length,
        member_sha256=sha256,
    )


def refreshed(archive: Archive, root: bytes, state: Path, stage: Path, now: datetime) -> Updater:
    """Run TUF's client workflow on a copy of the trusted state (facts: it writes before the data is checked).

    Raises:
        OutOfDateError, NotNewerError, NotGenuineError, DamagedError: with ``reason``.
    """
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    for name in _ROLES:
        if (state / name).is_file():
            shutil.copyfile(state / name, stage / name)
    if (state / "root_history").is_dir():
        shutil.copytree(state / "root_history", stage / "root_history")
    porter = _Porter(archive)
    try:
        updater = updater_of(stage, _BASE, root, porter, now)
        refresh(updater)
    except ExpiredMetadataError as error:
        raise OutOfDateError(file=archive.path.name) from error
    except BadVersionNumberError as error:
        raise NotNewerError(reason="older", file=archive.path.name) from error
    except UnsignedMetadataError as error:
        raise _not_genuine(archive, porter, stage) from error
    except DownloadHTTPError as error:
        raise DamagedError(reason="a signed part is missing", file=archive.path.name) from error
    except (RepositoryError, DownloadError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedError(reason="a signed part is damaged", file=archive.path.name) from error
    return updater


def updater_of(
    folder: Path,
    base: str,
    root: bytes | None,
    fetcher: FetcherInterface | None = None,
    now: datetime | None = None,
    **targets: str,
) -> Updater:
    """Return TUF's client as this guide sets it up, its state in ``folder``; ``now`` is the time it goes by.

    Also what ``tests/conformance`` drives over HTTP, so that TUF's own suite judges the same client.
    """
    updater = Updater(str(folder), base, fetcher=fetcher, config=_CONFIG, bootstrap=root, **targets)
    if now is not None:
        updater._trusted_set.reference_time = now  # facts, section 4: no public way in tuf 7.0
    return updater


def refresh(updater: Updater) -> None:
    """Run TUF's client workflow, and our one rule above it. Raises tuf's errors, NotGenuineError."""
    updater.refresh()
    no_key_twice(updater._trusted_set.root)


class _Porter(FetcherInterface):
    """Brings the archive's metadata to TUF in small pieces; a part that is not there is a 404 (facts, trap 1)."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.asked: list[str] = []

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = "metadata/" + url.removeprefix(_BASE)
        self.asked.append(name)
        if not self._archive.has(name):
            raise DownloadHTTPError(f"no {name}", 404)
        return self._archive.pieces(name)

    def download_bytes(self, url: str, max_length: int) -> bytes:
        """Return a part of the metadata, from memory: TUF's own way fills the system's temporary folder (trap 3)."""
        found = b""
        for piece in self.fetch(url):
            found += piece
            if len(found) > max_length:
                raise DownloadLengthMismatchError(f"{url} is longer than {max_length} bytes")
        return found


def _not_genuine(archive: Archive, porter: _Porter, stage: Path) -> NotGenuineError:
    """Say why signatures do not hold: another publisher, keys changed since, or a root in between is missing."""
    history = [int(p.name.split(".")[0]) for p in (stage / "root_history").glob("*.root.json")]
    trusted = max(history, default=1)
    newest = archive.newest_root()
    if newest > trusted + 1:
        reason = "a change of keys is missing"
    elif 0 < newest < trusted:
        reason = "made before the publisher changed keys"
    else:
        reason = "signed by somebody else"
    return NotGenuineError(reason=reason, file=archive.path.name, part=porter.asked[-1] if porter.asked else "")


def no_key_twice(root: Root) -> None:
    """Refuse a root that reaches a threshold with one key under two ids: TUF counts ids (facts, attack table)."""
    for role in root.roles.values():
        distinct = {str(sorted(root.keys[keyid].keyval.items())) for keyid in role.keyids}
        if len(distinct) < role.threshold:
            raise NotGenuineError(reason="one key counted twice")


def signers_of(root: Root, targets: bytes) -> int:
    """Return how many of the keys that may sign targets have signed these."""
    metadata: Metadata[Targets] = Metadata.from_bytes(targets)
    return len(root.get_verification_result(Targets.type, metadata.signed_bytes, metadata.signatures).signed)


def text_of(value: Any) -> str:
    """Return a signed text of bearable length. Raises TypeError."""
    if not isinstance(value, str) or len(value) > 400:
        raise TypeError("not a text")
    return value


def before_its_end(published: datetime, expires: datetime) -> datetime:
    """Return ``published`` unless it lies past its own end: it would become this guide's memory of time."""
    if published > expires:
        raise ValueError("published after it expires")
    return published


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("not a number")
    return value
