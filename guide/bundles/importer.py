"""Takes an update in: open, verify, check fitness, activate, remember; all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from guide.bundles.archive import Archive
from guide.bundles.counted import counted
from guide.bundles.disk import alone, writing
from guide.bundles.editions import Editions, Pointer
from guide.bundles.offers import (
    edition_of,
    make_offer,
    must_ship_the_signed,
    must_trust,
    sha256_of,
    signed_dates,
    trusting,
)
from guide.clock import Clock
from guide.errors import (
    BrokenCatalogError,
    NothingToGoBackToError,
    NothingToGoForwardToError,
    NotNewerError,
    OutOfDateError,
    UnfitCatalogError,
)
from guide.records import Edition, Imported, Offer, Preview, Progress, Step, silent
from guide.settings import Settings

Prepare = Callable[[Path], None]


class _Judged(NamedTuple):
    """What lies whole in the stage: the offer, its edition, the keys that may sign now; added, changed, removed."""

    offer: Offer
    edition: Edition
    keyids: tuple[str, ...]
    counts: tuple[int, int, int]


def verify(settings: Settings, path: Path, clock: Clock) -> Offer:
    """Say who signed the bundle at ``path`` and what it is; write nothing into the guide's data.

    What could be taken in is judged to its last byte: a good word here means that an import would not refuse it.

    Raises:
        NotGenuineError, NotNewerError, DamagedError, NoPublisherError, StickGoneError.
    """
    editions, pointer = trusting(settings)
    with writing(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory() as scratch:
        return _stage(editions, pointer, path, Path(scratch), clock, silent, old_too=True).offer


def preview(settings: Settings, path: Path, clock: Clock, progress: Progress = silent) -> Preview:
    """Return what the bundle would change, from its real data, fully checked; then forget it again."""
    from guide.catalog.differences import differences

    with _staged(settings) as (editions, pointer, stage):
        offer, edition, *_ = _stage(editions, pointer, path, stage, clock, progress)
        progress(Step("compare"))
        added, changed, removed, changes = differences(editions.catalog(pointer.data), stage / "catalog.db")
    return Preview(offer, edition, added, changed, removed, changes)


def apply(
    settings: Settings,
    path: Path,
    clock: Clock,
    *,
    expired_ok: bool = False,
    progress: Progress = silent,
    prepare: Prepare | None = None,
) -> Imported:
    """Make the bundle at ``path`` the current edition. A kill at any moment leaves the old or the new one.

    ``prepare`` is given the staged catalog before anything changes (the search index is built there).

    Raises:
        OutOfDateError: its own date has passed and ``expired_ok`` is not given.
        NotNewerError: it is what is here already, or older.
        and all that ``verify`` raises, UnfitCatalogError, DiskFullError, NoAccessError, BusyError.
    """
    with _staged(settings) as (editions, pointer, stage):
        offer, edition, keyids, counts = _stage(editions, pointer, path, stage, clock, progress, keep=True)
        if offer.verdict == "expired" and not expired_ok:
            raise OutOfDateError(file=path.name, edition=offer.edition_name, expires=offer.expires.date().isoformat())
        if prepare is not None:
            prepare(stage / "catalog.db")
        progress(Step("activate"))
        name = editions.next_name()
        # What revoked keys said of the time is forgotten with them, as is their highest number (facts, recovery).
        rotated = bool(pointer.keyids) and pointer.keyids != keyids
        floor = offer.published_at if rotated else max(pointer.newest_signed(), offer.published_at)
        editions.activate(stage, Pointer(name, name, pointer.data, None, floor.isoformat(), offer.edition, keyids))
        progress(Step("remember"))
        editions.sweep()
    return Imported(
        edition=edition.number,
        edition_name=edition.name,
        before=offer.current,
        services=edition.services,
        publisher_name=offer.publisher_name,
        signed=offer.signed,
        keys=offer.keys,
        expired=offer.verdict == "expired",
        added=counts[0],
        changed=counts[1],
        removed=counts[2],
    )


def rollback(settings: Settings, clock: Clock) -> Imported:
    """Go back to the edition before; what was learned of keys, versions and dates stays (facts, section 2).

    The edition gone back from stays on the disk until the next update comes in: see ``forward``.

    Raises:
        NothingToGoBackToError.
    """
    del clock  # going back needs no time; the signature stays that of the caller's other verbs
    return _stepped(settings, lambda p: p.previous, lambda p, to: replace(p, data=to, previous=None, next=p.data))


def forward(settings: Settings, clock: Clock) -> Imported:
    """Go forward again to the edition that was gone back from; it was verified when it came in, and is hashed anew.

    Raises:
        NothingToGoForwardToError, BrokenCatalogError.
    """
    del clock
    try:
        return _stepped(settings, lambda p: p.next, lambda p, to: replace(p, data=to, previous=p.data, next=None))
    except NothingToGoBackToError as error:
        raise NothingToGoForwardToError from error


def _stepped(
    settings: Settings, where: Callable[[Pointer], str | None], moved: Callable[[Pointer, str], Pointer]
) -> Imported:
    """Move the pointer to a generation that is here already, in one rename."""
    editions = Editions(settings)
    if where(editions.pointer()) is None:
        raise NothingToGoBackToError
    with writing(editions.folder), alone(editions.folder / "lock"):
        pointer = editions.pointer()
        to = where(pointer)
        nothing = to == "" and editions.begins_empty
        if to is None or nothing or not editions.catalog(to).is_file():
            raise NothingToGoBackToError
        before, fresh = edition_of(editions, pointer), moved(pointer, to)
        _, custom = signed_dates(editions.tuf(to))
        if custom and custom.get("db_sha256") != sha256_of(editions.catalog(to)):
            raise BrokenCatalogError(reason="it is no longer the one that was signed", path=str(editions.catalog(to)))
        now = edition_of(editions, fresh)
        added, changed, removed = counted(editions.catalog(pointer.data), editions.catalog(to))
        editions.point(fresh)
        editions.sweep()
    done = Imported(now.number, now.name, before.number, now.services, publisher_name=now.publisher_name)
    return replace(done, added=added, changed=changed, removed=removed)


# --- the steps ------------------------------------------------------------------------------------
def _stage(
    editions: Editions,
    pointer: Pointer,
    path: Path,
    stage: Path,
    clock: Clock,
    progress: Progress,
    *,
    old_too: bool = False,
    keep: bool = False,
) -> _Judged:
    """Open, verify and check fitness; the catalog and its TUF state then lie whole in ``stage``.

    One that is not newer is refused, unless ``old_too``. What is to be kept is brought to the disk while its fitness
    is checked and while it is counted what it changes.
    """
    from guide.bundles.payload import unpack
    from guide.bundles.ready_index import unpack_index
    from guide.catalog.fitness import check_fitness

    progress(Step("open"))
    with ThreadPoolExecutor(1, "disk") as beside:
        shipped = beside.submit(must_ship_the_signed, editions, pointer)
        with Archive(path) as archive:
            progress(Step("verify"))
            offer, verified = make_offer(editions, pointer, archive, stage / "tuf", clock)
            if offer.verdict in ("same", "older") and not old_too:
                raise NotNewerError(reason=offer.verdict, offered=offer.edition_name, here=offer.current_name)
            unpack(archive, verified, stage / "catalog.db", progress)
            unpack_index(archive, verified, stage, progress)
        shipped.result()
        progress(Step("check"))
        settled = beside.submit(editions.settle, stage) if keep else None
        edition = check_fitness(stage / "catalog.db")
        if edition.number != offer.edition:
            raise UnfitCatalogError(reason="its number is not the one that was signed")
        counts = (0, 0, 0)
        if settled is not None:
            counts = counted(editions.catalog(pointer.data), stage / "catalog.db")
            settled.result()
    return _Judged(offer, edition, verified.keyids, counts)


@contextmanager
def _staged(settings: Settings) -> Iterator[tuple[Editions, Pointer, Path]]:
    """Lend editions, pointer and a private folder, alone; the pointer is read under the lock, where nobody moves it."""
    folder = Editions(settings).folder
    must_trust(settings)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with writing(folder), alone(folder / "lock"):
        editions, pointer = trusting(settings)
        stage = editions.new_stage()
        try:
            yield editions, pointer, stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)
