"""What bundles say of themselves, signed: their metadata alone, without reading any of their data."""

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
    about = (str(one.path), shown(one.path.name), kind, shown(place), one.size)
    temporary = Path(tempfile.gettempdir())
    try:
        with writing(temporary), tempfile.TemporaryDirectory() as scratch, Archive(one.path) as archive:
            offer, _ = make_offer(editions, pointer, archive, Path(scratch) / "tuf", clock)
    except NotNewerError:
        return Found(*about, "older")
    except GuideError as error:
        return Found(*about, "refused", reason=error.code)
    return Found(*about, offer.verdict, offer.edition, offer.edition_name, offer.publisher_name)
