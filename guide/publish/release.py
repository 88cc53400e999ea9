"""A catalog into one signed ``.guide`` file, and the first edition's trust into the program."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tuf.api.metadata import Targets

from guide.catalog.fitness import check_fitness
from guide.clock import Clock
from guide.publish.bundle_file import HEAD, Members, write_bundle
from guide.publish.comparing import Comparison, compare
from guide.publish.keys import Ask
from guide.publish.lint.baseline import NOTHING_ACCEPTED, Baseline
from guide.publish.mirror import write_mirror
from guide.publish.opened import opened
from guide.publish.packing import Packed
from guide.publish.preparing import dates_of, prepare
from guide.publish.read_back import read_back
from guide.publish.release_draft import drafted, write_release_draft
from guide.publish.repository import Repository
from guide.publish.scratch import Scratch
from guide.publish.signing import Signed, sign_roles
from guide.records import Edition, Progress, Step, silent

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
    dates = dates_of(clock(), expected_days, expires_days)
    with Scratch(_near(out), "guide") as folder:
        ready = prepare(repository, catalog, folder, dates, baseline, progress, with_index, mirror, least_program)
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


def draft_release(
    catalog: Path,
    keys: Path,
    out: Path,
    clock: Clock,
    *,
    expected_days: int = EXPECTED_DAYS,
    expires_days: int = EXPIRES_DAYS,
    with_index: bool = False,
    mirror: Path | None = None,
    baseline: Baseline = NOTHING_ACCEPTED,
    least_program: str = "",
    progress: Progress = silent,
) -> None:
    """Write ``catalog`` down as the draft ``out``, which several holders sign in turn (``release_signing``).

    No key is asked for, and ``keys`` remembers nothing yet. ``mirror`` is where deltas start from.
    Raises as ``publish`` does before it opens keys.
    """
    repository = Repository(keys)
    dates = dates_of(clock(), expected_days, expires_days)
    with Scratch(_near(out), "guide") as folder:
        ready = prepare(repository, catalog, folder, dates, baseline, progress, with_index, mirror, least_program)
        progress(Step("write"))
        write_release_draft(drafted(repository, ready, baseline), out)


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
    dates = dates_of(clock(), EXPECTED_DAYS, EXPIRES_DAYS)
    with Scratch(_near(trust), "guide") as folder:
        ready = prepare(repository, catalog, folder, dates, baseline, silent)
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


def _show(repository: Repository, catalog: Path, review: Review | None) -> None:
    if review is not None and repository.last_catalog.is_file():
        with opened(repository.last_catalog) as last:
            review(compare(last, catalog))


def _near(out: Path) -> Path:
    """Return the folder that scratch files lie in: where the result will, since there has to be room for it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    return out.parent


def _remember(repository: Repository, signed: Signed, packed: Packed) -> None:
    repository.keep_catalog(packed.path)
    signed.keep(repository)
