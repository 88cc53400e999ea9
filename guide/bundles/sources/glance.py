"""What bundles say of themselves, signed: their metadata alone, without reading any of their data."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from guide.bundles.archive import Archive
from guide.bundles.disk import writing
from guide.bundles.offers import make_offer, trusting
from guide.bundles.publishers import for_owner
from guide.bundles.sources.look import Candidate, shown
from guide.clock import Clock
from guide.errors import GuideError, NoPublisherError, NotNewerError, ProgramTooOldError, UnknownPublisherError
from guide.records import Found
from guide.settings import Settings

_ORDER = {"newer": 0, "expired": 1, "needs": 2, "unknown": 3, "same": 4, "older": 5, "refused": 6}


def glance(
    settings: Settings, candidates: Sequence[Candidate], kind: str, place: str, clock: Clock
) -> tuple[Found, ...]:
    """Return what ``candidates`` are to this guide, the newest genuine one first; change nothing.

    Each goes to the publisher whose it is; one that is whole and by nobody known here is "unknown". A guide that
    trusts nobody takes no updates, so it finds none. A few milliseconds and some 70 KB read for each.
    """
    found = []
    for one in candidates:
        try:
            found.append(for_owner(settings, one.path, clock, partial(_judged, one, kind, place, clock)))
        except NoPublisherError:
            return ()
        except UnknownPublisherError as error:
            name, edition = str(error.facts["publisher_name"]), str(error.facts["edition_name"])
            found.append(Found(*_about(one, kind, place), "unknown", 0, edition, name))
        except ProgramTooOldError as error:
            edition, needs = str(error.facts["edition_name"]), str(error.facts["needs"])
            found.append(Found(*_about(one, kind, place), "needs", 0, shown(edition), reason=shown(needs)))
        except GuideError as error:
            found.append(Found(*_about(one, kind, place), "refused", reason=error.code))
    return in_order(found)


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return ``found`` with the newest genuine one first and what would be refused last."""
    return tuple(sorted(found, key=lambda f: (_ORDER[f.verdict], -f.edition, f.name)))


def _judged(one: Candidate, kind: str, place: str, clock: Clock, key: str, house: Settings) -> Found:
    about, temporary = _about(one, kind, place), Path(tempfile.gettempdir())
    editions, pointer = trusting(house)
    try:
        with writing(temporary), tempfile.TemporaryDirectory() as scratch, Archive(one.path) as archive:
            offer, _ = make_offer(editions, pointer, archive, Path(scratch) / "tuf", clock)
    except NotNewerError:
        return Found(*about, "older", publisher=key)
    named = (offer.edition, offer.edition_name, offer.publisher_name)
    return Found(*about, offer.verdict, *named, publisher=key)


def _about(one: Candidate, kind: str, place: str) -> tuple[str, str, str, str, int]:
    return (str(one.path), shown(one.path.name), kind, shown(place), one.size)
