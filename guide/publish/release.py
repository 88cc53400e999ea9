"""A catalog into one signed ``.guide`` file, and the first edition's trust into the program."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tuf.api.metadata import TargetFile, Targets

from guide.catalog.fitness import check_fitness, check_letters
from guide.catalog.kind import SINCE
from guide.clock import Clock
from guide.errors import KeyFileError, UsageError
from guide.publish.bundle_file import HEAD, Members, write_bundle
from guide.publish.comparing import Comparison, compare
from guide.publish.keys import Ask
from guide.publish.lint.baseline import NOTHING_ACCEPTED, Baseline
from guide.publish.lint.door import check_publishable
from guide.publish.mirror import deltas, member, write_mirror
from guide.publish.opened import opened
from guide.publish.packing import Packed, pack
from guide.publish.read_back import read_back
from guide.publish.ready_index import ready_index
from guide.publish.repository import Repository
from guide.publish.signing import TARGET, Signed, sign_roles
from guide.records import Edition, Progress, Step, silent
from guide.versions import numbers

EXPECTED_DAYS, EXPIRES_DAYS = 45, 395
Review = Callable[[Comparison], None]


@dataclass(frozen=True)
class Release:
    """What was signed: the bundle's path and size, the edition and its dates, and how much the baseline accepted."""

    path: str
    size: int
    edition: int
    edition_name: str
    published_at: datetime
    next_expected: date
    expires: datetime
    sha256: str
    accepted: int = 0


@dataclass(frozen=True)
class Dates:
    """When a release is signed, when the next is due, and when this one is out of date."""

    now: datetime
    expected: date
    expires: datetime


@dataclass(frozen=True)
class _Prepared:
    """All that is decided before a key is opened."""

    packed: Packed
    custom: dict[str, Any]
    listed: dict[str, TargetFile]
    files: dict[str, Path]  # of the bundle
    steps: dict[str, Path]  # of the mirror alone
    dates: Dates
    accepted: int


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
    baseline: Baseline = NOTHING_ACCEPTED,
    review: Review | None = None,
    sticks: Sequence[Path] = (),
    least_program: str = "",
    progress: Progress = silent,
) -> Release:
    """Sign ``catalog`` with the publisher's keys into the bundle ``out``, and into the folder ``mirror`` if given.

    A mirror also gets deltas from the last three editions in it, signed like the rest. ``with_index`` adds the
    search index ready made, for large catalogs and weak PCs. ``baseline`` says which of the lint's findings stay.
    ``review`` is shown what changes since the last release, before any key is opened, and raises to stop it.
    ``sticks`` are further folders that keys lie in. An older program than ``least_program`` keeps what it has.

    Raises:
        UnfitCatalogError: the guide could not use the catalog.
        NotToBePublishedError: the lint found errors that ``baseline`` does not accept.
        UsageError: its edition number is not higher than the last one released, the clock is before it, or it
            would expire at once.
        KeyFileError: not enough keys could be opened.
    """
    repository = Repository(keys, sticks)
    dates = _dates(clock(), expected_days, expires_days)
    with tempfile.TemporaryDirectory(prefix=".guide-", dir=_near(out)) as folder:
        ready = _prepare(
            repository, catalog, Path(folder), dates, baseline, progress, with_index, mirror, least_program
        )
        _show(repository, catalog, review)
        progress(Step("sign"))
        signed = sign_roles(repository, ready.listed, dates.expires, repository.signers(Targets.type, ask))
        members: dict[str, bytes | Path] = {"bundle.json": HEAD}
        members.update({f"metadata/{n}.root.json": root for n, root in enumerate(repository.roots(), 1)})
        members.update(signed.members())
        members.update(ready.files)
        on_mirror: Members = members | ready.steps
        progress(Step("reread"))
        read_back(on_mirror, dates.now)
        progress(Step("write"))
        write_bundle(out, members, lambda: _remember(repository, signed, ready.packed))
        if mirror is not None:
            write_mirror(mirror, on_mirror)
    return Release(
        path=str(out),
        size=out.stat().st_size,
        edition=ready.custom["edition"],
        edition_name=ready.custom["edition_name"],
        published_at=dates.now,
        next_expected=dates.expected,
        expires=dates.expires,
        sha256=ready.packed.plain_sha256,
        accepted=ready.accepted,
    )


def first_edition(
    catalog: Path,
    keys: Path,
    trust: Path,
    ask: Ask,
    clock: Clock,
    *,
    baseline: Baseline = NOTHING_ACCEPTED,
    sticks: Sequence[Path] = (),
) -> Edition:
    """Put this publisher's root and the signed metadata of ``catalog`` into the program's folder ``trust``.

    Whoever packages the program does this once, with the catalog that ships as resources.db; its data is not
    copied, its hash is. Raises as ``publish`` does.
    """
    repository = Repository(keys, sticks)
    dates = _dates(clock(), EXPECTED_DAYS, EXPIRES_DAYS)
    with tempfile.TemporaryDirectory(prefix=".guide-", dir=_near(trust)) as folder:
        ready = _prepare(repository, catalog, Path(folder), dates, baseline, silent)
        signed = sign_roles(repository, ready.listed, dates.expires, repository.signers(Targets.type, ask))
        trust.mkdir(parents=True, exist_ok=True)
        files = {"root": repository.roots()[0], "targets": signed.targets, "snapshot": signed.snapshot}
        for name, data in (files | {"timestamp": signed.timestamp}).items():
            (trust / f"{name}.json").write_bytes(data)
        history = trust / "root_history"
        shutil.rmtree(history, ignore_errors=True)  # roots of the publisher that was here before
        history.mkdir()
        for number, root in enumerate(repository.roots(), 1):
            (history / f"{number}.root.json").write_bytes(root)
        _remember(repository, signed, ready.packed)
    return check_fitness(catalog)


def _prepare(
    repository: Repository,
    catalog: Path,
    folder: Path,
    dates: Dates,
    baseline: Baseline,
    progress: Progress,
    with_index: bool = False,
    mirror: Path | None = None,
    least_program: str = "",
) -> _Prepared:
    """Check and pack everything; no key is opened before all of it is good."""
    progress(Step("check"))
    edition = check_fitness(catalog)
    check_letters(catalog)
    last = _last_custom(repository)
    if last and dates.now < datetime.fromisoformat(last["published_at"]):
        raise UsageError("This computer's date is before the last release.", last=last["published_at"])
    found = check_publishable(catalog, dates.now.date(), baseline, progress)
    packed = pack(catalog, folder / TARGET, progress=progress)
    same = last and (edition.number, packed.plain_sha256) == (last["edition"], last["db_sha256"])
    if last and not same and edition.number <= last["edition"]:
        reason = f"Edition {last['edition']} was released already. Give this catalog a higher number."
        raise UsageError(reason, edition=edition.number)
    custom = {
        "edition": edition.number,
        "edition_name": edition.name,
        "publisher_name": repository.publisher_name(),
        "published_at": dates.now.isoformat(),
        "next_expected": dates.expected.isoformat(),
        "schema": edition.schema,
        "services": edition.services,
        "db_length": packed.plain_length,
        "db_sha256": packed.plain_sha256,
        "compression": "zstd",
    }
    custom["least_program"] = _version(least_program or SINCE)
    target = TargetFile(packed.length, {"sha256": packed.sha256}, TARGET, {"custom": custom})
    listed, files = {TARGET: target}, {member(TARGET, target): packed.path}
    if with_index:
        progress(Step("index"))
        index, path = ready_index(catalog, packed.plain_sha256, folder)
        listed[index.path], files[member(index.path, index)] = index, path
    steps: dict[str, Path] = {}
    if mirror is not None:
        progress(Step("delta"))
        for step, path in deltas(mirror, edition.number, catalog, packed, folder):
            listed[step.path], steps[member(step.path, step)] = step, path
    return _Prepared(packed, custom, listed, files, steps, dates, sum(found.accepted_counts.values()))


def _show(repository: Repository, catalog: Path, review: Review | None) -> None:
    if review is not None and repository.last_catalog.is_file():
        with opened(repository.last_catalog) as last:
            review(compare(last, catalog))


def _dates(now: datetime, expected_days: int, expires_days: int) -> Dates:
    if expected_days < 1 or expires_days < 1:
        raise UsageError("A release has to be good for a day at least.", expected=expected_days, expires=expires_days)
    now = now.astimezone(UTC).replace(microsecond=0)
    return Dates(now, now.date() + timedelta(days=expected_days), now + timedelta(days=expires_days))


def _version(text: str) -> str:
    try:
        numbers(text)
    except ValueError as error:
        raise UsageError("A version is numbers and dots, such as 1.2.0.", least_program=text) from error
    return text


def _last_custom(repository: Repository) -> dict[str, Any] | None:
    data = repository.role("targets")
    if data is None:
        return None
    try:
        targets = json.loads(data)["signed"]["targets"]
        if targets and TARGET not in targets:
            raise UsageError("These keys sign versions of the program. Make others for catalogs: guide keys new.")
        custom: dict[str, Any] = targets[TARGET]["custom"]
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(name="repository/targets.json", reason="damaged") from error
    return custom


def _near(out: Path) -> Path:
    """Return the folder that scratch files lie in: where the result will, since there has to be room for it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    return out.parent


def _remember(repository: Repository, signed: Signed, packed: Packed) -> None:
    repository.keep_catalog(packed.path)
    signed.keep(repository)
