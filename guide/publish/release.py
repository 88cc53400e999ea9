"""A catalog into one signed ``.guide`` file, and the first edition's trust into the program."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from backports.zstd import CompressionParameter, compress
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Snapshot, TargetFile, Targets, Timestamp

from guide.catalog.fitness import check_fitness, check_letters
from guide.clock import Clock
from guide.errors import KeyFileError, UsageError
from guide.publish.keys import Ask
from guide.publish.mirror import deltas, member, write_mirror
from guide.publish.read_back import read_back
from guide.publish.ready_index import ready_index
from guide.publish.repository import Repository, sign
from guide.records import Edition

TARGET = "catalog.db.zst"
LEVEL = 12  # facts: 19 saves a tenth at twenty times the time
EXPECTED_DAYS, EXPIRES_DAYS = 45, 395
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Release:
    """What was signed: the bundle's path and size, the edition and its dates."""

    path: str
    size: int
    edition: int
    edition_name: str
    published_at: datetime
    next_expected: date
    expires: datetime
    sha256: str


@dataclass(frozen=True)
class _Signed:
    """The three signed roles of one release, with the packed data they speak of."""

    targets: bytes
    snapshot: bytes
    timestamp: bytes
    packed: bytes
    index: tuple[TargetFile, bytes] | None
    custom: dict[str, Any]
    expires: datetime
    deltas: dict[str, tuple[TargetFile, bytes]]


def publish(
    catalog: Path,
    keys: Path,
    out: Path,
    ask: Ask,
    clock: Clock,
    *,
    expected_days: int = EXPECTED_DAYS,
    expires_days: int = EXPIRES_DAYS,
    with_index: bool = False,
    mirror: Path | None = None,
) -> Release:
    """Sign ``catalog`` with the publisher's keys into the bundle ``out``, and into the folder ``mirror`` if given.

    A mirror also gets deltas from the last three editions in it, signed like the rest.

    ``with_index`` adds the search index ready made, for large catalogs and weak PCs.

    Raises:
        UnfitCatalogError: the guide could not use the catalog.
        UsageError: its edition number is not higher than the last one released, the clock is before it, or it
            would expire at once.
        KeyFileError: not enough keys could be opened.
    """
    repository = Repository(keys)
    now = clock()
    signed = _sign(repository, catalog, ask, now, expected_days, expires_days, with_index=with_index, mirror=mirror)
    members = {"bundle.json": b'{"format":"guide-bundle","format_version":1}\n'}
    members |= {f"metadata/{n}.root.json": root for n, root in enumerate(repository.roots(), 1)}
    members |= _versioned(signed)
    members[f"targets/{hashlib.sha256(signed.packed).hexdigest()}.{TARGET}"] = signed.packed
    if signed.index is not None:
        target, data = signed.index
        members[f"targets/{target.hashes['sha256']}.{target.path}"] = data
    on_mirror = members | {member(name, target): data for name, (target, data) in signed.deltas.items()}
    read_back(on_mirror, now)
    _write(out, members, lambda: _remember(repository, signed))
    if mirror is not None:
        write_mirror(mirror, on_mirror)
    return Release(
        path=str(out),
        size=out.stat().st_size,
        edition=signed.custom["edition"],
        edition_name=signed.custom["edition_name"],
        published_at=datetime.fromisoformat(signed.custom["published_at"]),
        next_expected=date.fromisoformat(signed.custom["next_expected"]),
        expires=signed.expires,
        sha256=signed.custom["db_sha256"],
    )


def first_edition(catalog: Path, keys: Path, trust: Path, ask: Ask, clock: Clock) -> Edition:
    """Put this publisher's root and the signed metadata of ``catalog`` into the program's folder ``trust``.

    Whoever packages the program does this once, with the catalog that ships as resources.db; its data is not
    copied, its hash is.
    """
    repository = Repository(keys)
    signed = _sign(repository, catalog, ask, clock(), EXPECTED_DAYS, EXPIRES_DAYS)
    trust.mkdir(parents=True, exist_ok=True)
    files = {"root": repository.roots()[0], "targets": signed.targets, "snapshot": signed.snapshot}
    for name, data in (files | {"timestamp": signed.timestamp}).items():
        (trust / f"{name}.json").write_bytes(data)
    history = trust / "root_history"
    shutil.rmtree(history, ignore_errors=True)  # roots of the publisher that was here before
    history.mkdir()
    for number, root in enumerate(repository.roots(), 1):
        (history / f"{number}.root.json").write_bytes(root)
    _remember(repository, signed)
    return check_fitness(catalog)


def _sign(
    repository: Repository,
    catalog: Path,
    ask: Ask,
    now: datetime,
    expected_days: int,
    expires_days: int,
    *,
    with_index: bool = False,
    mirror: Path | None = None,
) -> _Signed:
    if expected_days < 1 or expires_days < 1:
        raise UsageError("A release has to be good for a day at least.", expected=expected_days, expires=expires_days)
    edition = check_fitness(catalog)
    check_letters(catalog)
    now = now.astimezone(UTC).replace(microsecond=0)
    expires = now + timedelta(days=expires_days)
    last = _last_custom(repository)
    data = catalog.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if last and (edition.number, sha256) != (last["edition"], last["db_sha256"]) and edition.number <= last["edition"]:
        reason = f"Edition {last['edition']} was released already. Give this catalog a higher number."
        raise UsageError(reason, edition=edition.number)
    if last and now < datetime.fromisoformat(last["published_at"]):
        raise UsageError("This computer's date is before the last release.", last=last["published_at"])
    custom = {
        "edition": edition.number,
        "edition_name": edition.name,
        "publisher_name": repository.publisher_name(),
        "published_at": now.isoformat(),
        "next_expected": (now.date() + timedelta(days=expected_days)).isoformat(),
        "schema": edition.schema,
        "services": edition.services,
        "db_length": len(data),
        "db_sha256": sha256,
        "compression": "zstd",
    }
    options = {CompressionParameter.compression_level: LEVEL, CompressionParameter.checksum_flag: 1}
    packed = compress(data, options={int(k): v for k, v in options.items()})
    target = TargetFile(len(packed), {"sha256": hashlib.sha256(packed).hexdigest()}, TARGET, {"custom": custom})
    index = ready_index(catalog, sha256) if with_index else None
    steps = deltas(mirror, edition.number, data, len(packed)) if mirror is not None else {}
    listed = {TARGET: target} | ({index[0].path: index[0]} if index else {})
    listed |= {name: step for name, (step, _) in steps.items()}
    signers = repository.signers(Targets.type, ask)
    targets = sign(Targets(repository.version("targets") + 1, None, expires, listed), signers)
    snapshot = sign(
        Snapshot(repository.version("snapshot") + 1, None, expires, {"targets.json": _meta(targets)}), signers
    )
    timestamp = sign(Timestamp(repository.version("timestamp") + 1, None, expires, _meta(snapshot)), signers)
    root = repository.root().signed
    try:
        for role, metadata in ((Targets.type, targets), (Snapshot.type, snapshot), (Timestamp.type, timestamp)):
            root.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except RepositoryError as error:
        raise KeyFileError("The signatures do not hold; nothing was released.", name="publish") from error
    return _Signed(targets.to_bytes(), snapshot.to_bytes(), timestamp.to_bytes(), packed, index, custom, expires, steps)


def _meta(metadata: Metadata[Any]) -> MetaFile:
    data = metadata.to_bytes()
    return MetaFile(metadata.signed.version, len(data), {"sha256": hashlib.sha256(data).hexdigest()})


def _last_custom(repository: Repository) -> dict[str, Any] | None:
    data = repository.role("targets")
    if data is None:
        return None
    try:
        custom: dict[str, Any] = json.loads(data)["signed"]["targets"][TARGET]["custom"]
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(name="repository/targets.json", reason="damaged") from error
    return custom


def _versioned(signed: _Signed) -> dict[str, bytes]:
    versions = {name: json.loads(getattr(signed, name))["signed"]["version"] for name in ("targets", "snapshot")}
    return {
        "metadata/timestamp.json": signed.timestamp,
        f"metadata/{versions['snapshot']}.snapshot.json": signed.snapshot,
        f"metadata/{versions['targets']}.targets.json": signed.targets,
    }


def _write(out: Path, members: dict[str, bytes], remember: Callable[[], None]) -> None:
    """Write the ZIP: stored, fixed times, no extras, so that equal content is equal bytes.

    ``remember`` runs before the bundle gets its name: what is out in the world is never unknown to its publisher,
    who would then sign other content under the same version.
    """
    fresh = out.with_name(out.name + ".new")
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
            for name, data in members.items():
                archive.writestr(zipfile.ZipInfo(name, _STAMP), data)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        remember()
        fresh.replace(out)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()


def _remember(repository: Repository, signed: _Signed) -> None:
    for name in ("targets", "snapshot", "timestamp"):
        repository.keep(name, getattr(signed, name))
