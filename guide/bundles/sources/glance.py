"""What bundles say of themselves, signed: their metadata alone, without reading any of their data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guide.bundles import importer
from guide.bundles.offers import must_trust
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
        must_trust(settings)
    except NoPublisherError:
        return ()
    return in_order(_one(settings, one, kind, place, clock) for one in candidates)


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return ``found`` with the newest genuine one first and what would be refused last."""
    return tuple(sorted(found, key=lambda f: (_ORDER[f.verdict], -f.edition, f.name)))


def _one(settings: Settings, one: Candidate, kind: str, place: str, clock: Clock) -> Found:
    about = (str(one.path), shown(one.path.name), kind, shown(place), one.size)
    try:
        offer = importer.glance(settings, one.path, clock)
    except NotNewerError:
        return Found(*about, "older")
    except GuideError as error:
        return Found(*about, "refused", reason=error.code)
    return Found(*about, offer.verdict, offer.edition, offer.edition_name, offer.publisher_name)
