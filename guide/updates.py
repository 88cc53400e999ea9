"""Updates of any publisher: each bundle goes to whose it is, with that one's own root, editions and memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from guide.bundles import importer
from guide.bundles.publishers import for_owner
from guide.bundles.ready_index import READY
from guide.bundles.roster import join_now, mark_of
from guide.bundles.sources.packed import keep
from guide.clock import Clock
from guide.history import remember
from guide.records import Imported, Offer, Preview, Progress
from guide.search.store import prepare_index
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.shelter.store import Store

Opened = Callable[[], AbstractContextManager["Store"]]


def verify(settings: Settings, bundle: Path, clock: Clock) -> Offer:
    """Return what ``bundle`` is to the publisher whose it is; change nothing.

    Raises:
        UnknownPublisherError: it is whole, and by nobody known here.
        and what ``importer.verify`` raises.
    """

    def act(key: str, house: Settings) -> Offer:
        return replace(importer.verify(house, bundle, clock), publisher=key)

    return for_owner(settings, bundle, clock, act)


def preview(settings: Settings, bundle: Path, clock: Clock, progress: Progress) -> Preview:
    """Return what ``bundle`` would change, its entries' ids as they are asked for here; change nothing."""

    def act(key: str, house: Settings) -> Preview:
        found = importer.preview(house, bundle, clock, progress)
        if key:
            mark = mark_of(key)
            found = replace(found, changes=tuple(replace(c, service=c.service + mark) for c in found.changes))
        return replace(found, offer=replace(found.offer, publisher=key))

    return for_owner(settings, bundle, clock, act)


def apply_update(
    settings: Settings,
    store: Opened,
    bundle: Path,
    clock: Clock,
    *,
    expired_ok: bool,
    progress: Progress,
    by: str,
    before: Callable[[], object] = lambda: None,
) -> Imported:
    """Take ``bundle`` in for the publisher whose it is, write its line, keep what is needed to pass it on.

    ``before`` is done once all of it was found good, and nothing is changed yet: what is refused leaves no trace.
    """

    def act(key: str, house: Settings) -> Imported:
        def index(catalog: Path) -> None:
            before()
            prepare_index(catalog, house.data / "index", catalog.with_name(READY), progress)

        done = importer.apply(house, bundle, clock, expired_ok=expired_ok, progress=progress, prepare=index)
        done = replace(done, publisher=key)
        remember(store, "import", done, by)
        keep(house, bundle)
        join_now(settings)
        return done

    return for_owner(settings, bundle, clock, act)
