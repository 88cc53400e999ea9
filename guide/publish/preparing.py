"""Everything of a release that is decided before a key is opened: checked, linted, packed, numbered and dated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tuf.api.metadata import TargetFile

from guide.catalog.fitness import check_fitness, check_letters
from guide.catalog.kind import SINCE
from guide.errors import KeyFileError, UsageError
from guide.publish.lint.baseline import Baseline
from guide.publish.lint.door import check_publishable
from guide.publish.mirror import deltas, member
from guide.publish.packing import Packed, pack
from guide.publish.ready_index import ready_index
from guide.publish.repository import Repository
from guide.publish.signing import TARGET
from guide.records import Progress, Step
from guide.versions import numbers


@dataclass(frozen=True)
class Dates:
    """When a release is signed, when the next is due, and when this one is out of date."""

    now: datetime
    expected: date
    expires: datetime


@dataclass(frozen=True)
class Prepared:
    """All that is decided before a key is opened: what is packed, listed and written where."""

    packed: Packed
    custom: dict[str, Any]
    listed: dict[str, TargetFile]
    files: dict[str, Path]  # of the bundle
    steps: dict[str, Path]  # of the mirror alone
    dates: Dates
    accepted: int


def prepare(
    repository: Repository,
    catalog: Path,
    folder: Path,
    dates: Dates,
    baseline: Baseline,
    progress: Progress,
    with_index: bool = False,
    mirror: Path | None = None,
    least_program: str = "",
) -> Prepared:
    """Check and pack everything into ``folder``; no key is opened before all of it is good. Raises as ``publish`` does."""
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
    return Prepared(packed, custom, listed, files, steps, dates, sum(found.accepted_counts.values()))


def dates_of(now: datetime, expected_days: int, expires_days: int) -> Dates:
    """Return the dates of a release that is signed ``now``. Raises UsageError."""
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
