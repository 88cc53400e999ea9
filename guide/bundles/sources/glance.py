"""What a bundle says of itself, signed: its metadata alone, without reading any of its data."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from guide.bundles.archive import Archive
from guide.bundles.disk import writing
from guide.bundles.editions import Editions, Pointer
from guide.bundles.offers import make_offer, trusting
from guide.bundles.sources.look import Candidate, shown
from guide.clock import Clock
from guide.errors import GuideError, NoPublisherError, NotNewerError
from guide.records import Found
from guide.settings import Settings

_ORDER = {"newer": 0, "expired": 1, "same": 2, "older": 3, "refused": 4}


def glance(
    settings: Settings, candidates: Sequence[Candidate], kind: str, place: str, clock: Clock
) -> tuple[Found, ...]:
    """Return what ``candidates`` are to this guide, the newest genuine one first; change nothing.

    A guide that trusts nobody takes no updates, so it finds none. A few milliseconds and some 70 KB read for each.
    """
    if not candidates:
        return ()
    try:
        editions, pointer = trusting(settings)
    except NoPublisherError:
        return ()
    return in_order(_one(editions, pointer, one, kind, place, clock) for one in candidates)


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return ``found`` with the newest genuine one first and what would be refused last."""
    return tuple(sorted(found, key=lambda f: (_ORDER[f.verdict], -f.edition, f.name)))


def _one(editions: Editions, pointer: Pointer, one: Candidate, kind: str, place: str, clock: Clock) -> Found:
    name, where = shown(one.path.name), shown(place)
    try:
        with (
            writing(Path(tempfile.gettempdir())),
            tempfile.TemporaryDirectory() as scratch,
            Archive(one.path) as archive,
        ):
            offer, _ = make_offer(editions, pointer, archive, Path(scratch) / "tuf", clock)
    except NotNewerError:
        return Found(str(one.path), name, kind, where, one.size, "older")
    except GuideError as error:
        return Found(str(one.path), name, kind, where, one.size, "refused", reason=error.code)
    return Found(
        str(one.path),
        name,
        kind,
        where,
        one.size,
        offer.verdict,
        edition=offer.edition,
        edition_name=offer.edition_name,
        publisher_name=offer.publisher_name,
    )
