"""Adds publishers, puts them in order, removes them, and finds whose bundle a file is.

A publisher is added by its root and by the six words that staff were told: whoever cannot say them adds nobody.
What one has signed is judged with its own root and its own memory, so none can replace or roll back another's.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from guide.bundles.archive import Archive
from guide.bundles.disk import alone, patiently, sync_folder, sync_tree, writing
from guide.bundles.roster import FIRST, folder_of, house_of, keys, write_about, write_order
from guide.clock import Clock
from guide.errors import (
    DamagedError,
    FirstPublisherError,
    GuideError,
    KnownPublisherError,
    NoAccessError,
    NotFoundError,
    NotGenuineError,
    StickGoneError,
    UnknownPublisherError,
    WrongWordsError,
)
from guide.records import Newcomer
from guide.settings import Settings

T = TypeVar("T")
_ROOT_FILE = 64_000
_TRIED = 8  # roots of a bundle whose six words are reckoned: each takes 50 ms


# --- whose bundle it is ---------------------------------------------------------------------------
def for_owner(settings: Settings, path: Path, clock: Clock, act: Callable[[str, Settings], T]) -> T:
    """Return what ``act`` makes of the publisher (key, its settings) whose bundle lies at ``path``.

    The keys a bundle names only say whom to ask; ``act`` judges. Raises what that raises, and UnknownPublisherError
    for a bundle that is whole and by nobody known here.
    """
    refused: NotGenuineError | None = None
    for key in _asked(settings, path):
        try:
            return act(key, opened(settings, key))
        except NotGenuineError as error:
            refused = refused or error
    if refused is None:
        raise AssertionError("somebody is always asked")
    try:
        newcomer = look(settings, path, clock)
    except GuideError:
        raise refused from None
    raise UnknownPublisherError(
        reason="signed by somebody else", file=path.name, publisher_name=newcomer.name,
        fingerprint=newcomer.fingerprint, edition_name=newcomer.edition_name,
    ) from refused  # fmt: skip


def _asked(settings: Settings, path: Path) -> tuple[str, ...]:
    known = keys(settings)
    if len(known) == 1:
        return known
    with Archive(path) as archive:
        return claimants(settings, archive) or (FIRST,)


def claimants(settings: Settings, archive: Archive) -> tuple[str, ...]:
    """Return the keys of the publishers here whom an open bundle names as its signers, in their order: no proof at all."""
    from guide.bundles.roots import claimed_keys, known_keys

    claimed = claimed_keys(archive)
    return tuple(key for key in keys(settings) if claimed & known_keys(house_of(settings, key)))


def opened(settings: Settings, key: str) -> Settings:
    """Return the settings of one publisher, ready to take an update in. Raises NotFoundError, NoAccessError."""
    if key not in keys(settings):
        raise NotFoundError("There is no such publisher.", publisher=key)
    house = house_of(settings, key)
    if key != FIRST:
        from guide.catalog.empty import write_empty

        with writing(house.catalog):
            write_empty(house.catalog)
    return house


# --- adding ---------------------------------------------------------------------------------------
def look(settings: Settings, path: Path, clock: Clock) -> Newcomer:
    """Return what a root file or a bundle shows of a publisher that is not known here; believe none of it.

    Raises:
        KnownPublisherError: it is known.
        DamagedError, StickGoneError: it is neither, or cannot be read.
    """
    from guide.bundles.fingerprint import fingerprint

    roots, name, edition = _brought(path, clock)
    _must_be_new(settings, roots)
    return Newcomer(str(path), name, fingerprint(roots[0]), edition)


def add(settings: Settings, path: Path, words: str, clock: Clock, name: str = "") -> str:
    """Trust the publisher of a root file or bundle whose six words are ``words``, and return its key.

    ``words`` are what staff were told by the publisher, on another way than the file came. They may be those of any
    root in a bundle: that one is then where trust begins. The new one counts last. A kill leaves it added or not.

    Raises:
        WrongWordsError: they are another file's.
        KnownPublisherError, DamagedError, StickGoneError, DiskFullError, NoAccessError, BusyError.
    """
    from guide.bundles.fingerprint import fingerprint
    from guide.bundles.roots import key_of_root
    from guide.catalog.empty import write_empty

    roots, said, _ = _brought(path, clock)
    _must_be_new(settings, roots)
    told = tuple(re.findall(r"[a-z]+", words.casefold()))
    root = next((one for one in roots[:_TRIED] if fingerprint(one) == told), None)
    if root is None:
        raise WrongWordsError(file=path.name)
    key = key_of_root(root)
    with _changing(settings) as folder:
        fresh = folder / f".{key}.new"
        (fresh / "trust").mkdir(parents=True, mode=0o700)
        (fresh / "trust" / "root.json").write_bytes(root)
        house = house_of(settings, key)
        write_empty(fresh / house.catalog.name)
        write_about(fresh, name.strip() or said, clock().date().isoformat())
        sync_tree(fresh)
        patiently(lambda: fresh.rename(folder / key))
        sync_folder(folder)
        write_order(settings, keys(settings))
    return key


def _brought(path: Path, clock: Clock) -> tuple[list[bytes], str, str]:
    """Return the roots somebody brings, the newest first, and what a bundle calls its publisher and edition."""
    from guide.bundles.roots import sound_root

    try:
        with path.open("rb") as file:
            head = file.read(_ROOT_FILE + 1)
    except FileNotFoundError as error:
        raise StickGoneError(file=path.name) from error
    except PermissionError as error:
        raise NoAccessError(path=str(path)) from error
    except OSError as error:
        raise StickGoneError(file=path.name) from error
    if head[:2] != b"PK":
        return [sound_root(head, path.name)], "", ""
    from guide.bundles.roots import roots_in
    from guide.bundles.trust import judge

    with Archive(path) as archive, writing(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory() as scratch:
        roots = [sound_root(root, path.name) for root in roots_in(archive)]
        if not roots:
            raise DamagedError(reason="a signed part is missing", file=path.name)
        # Whole in itself, from its own oldest root on; whether anybody should believe that one is staff's to say.
        found = judge(archive, roots[-1], Path(scratch) / "none", Path(scratch) / "tuf", clock())
        return roots, found.publisher_name, found.edition_name


def _must_be_new(settings: Settings, roots: list[bytes]) -> None:
    from guide.bundles.roots import known_keys, root_keys

    brought = frozenset[str]().union(*map(root_keys, roots))
    for key in keys(settings):
        if brought & known_keys(house_of(settings, key)):
            raise KnownPublisherError(publisher=key)


# --- order, and the way out -----------------------------------------------------------------------
def move(settings: Settings, key: str, place: int) -> tuple[str, ...]:
    """Let ``key`` count as number ``place`` (from 0) and return the new order. Raises NotFoundError, NoAccessError."""
    with _changing(settings):
        order = [one for one in keys(settings) if one != key]
        if len(order) == len(keys(settings)):
            raise NotFoundError("There is no such publisher.", publisher=key)
        order.insert(max(0, min(place, len(order))), key)
        write_order(settings, order)
        return tuple(order)


def remove(settings: Settings, key: str) -> None:
    """Forget a publisher: its editions, what was trusted of it, its index. A kill leaves it whole, or gone.

    Raises:
        FirstPublisherError: it came with the program.
        NotFoundError, BusyError (an update is coming in), HeldError, NoAccessError.
    """
    if key == FIRST:
        raise FirstPublisherError
    with _changing(settings) as folder:
        if key not in keys(settings):
            raise NotFoundError("There is no such publisher.", publisher=key)
        editions = folder / key / "editions"
        if editions.is_dir():
            with alone(editions / "lock"):
                pass  # nobody is taking an update in
        gone = folder / f".{key}.gone"
        patiently(lambda: (folder / key).rename(gone))
        sync_folder(folder)
        write_order(settings, keys(settings))
        _clear(folder)


def sweep(settings: Settings) -> int:
    """Remove what a killed change left behind, and return how many there were. Raises as ``move``."""
    folder = folder_of(settings)
    left = len(list(folder.glob(".p*"))) if folder.is_dir() else 0
    if left:
        with _changing(settings):
            pass
    return left


@contextmanager
def _changing(settings: Settings) -> Iterator[Path]:
    """Lend the folder of the publishers, alone and tidy."""
    folder = folder_of(settings)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with writing(folder), alone(folder / "lock"):
        _clear(folder)
        yield folder


def _clear(folder: Path) -> None:
    for left in folder.glob(".p*"):
        shutil.rmtree(left, ignore_errors=True)
