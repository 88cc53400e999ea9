"""What a bundle is to this guide: newer, the same, older or expired, by the later of two clocks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from guide.bundles.editions import Editions, Pointer
from guide.catalog.home import read_edition
from guide.clock import Clock
from guide.errors import BrokenCatalogError, NoPublisherError
from guide.records import Edition, Offer
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.bundles.archive import Archive
    from guide.bundles.trust import Verified


def trusting(settings: Settings) -> tuple[Editions, Pointer]:
    """Return editions and pointer of a guide that trusts somebody. Raises NoPublisherError."""
    editions = Editions(settings)
    must_trust(settings)
    return editions, remembered(editions)


def remembered(editions: Editions) -> Pointer:
    """Return the pointer with its memory of dates; without one, or with a healed one, what was signed says it again."""
    pointer = editions.pointer()
    if not pointer.floor:
        _, custom = signed_dates(editions.tuf(pointer.trust))
        if custom:
            return replace(pointer, highest=int(custom["edition"]), floor=custom["published_at"])
    return pointer


def must_ship_the_signed(editions: Editions, pointer: Pointer) -> None:
    """Raise BrokenCatalogError where the first edition, which came with the program, is not the one that was signed."""
    if editions.begins_empty or pointer.data or pointer.trust:
        return
    _, custom = signed_dates(editions.tuf(pointer.trust))
    catalog = editions.settings.catalog
    if custom.get("db_sha256") != sha256_of(catalog):
        raise BrokenCatalogError(reason="the shipped catalog is not the signed one", path=str(catalog))


def must_trust(settings: Settings) -> None:
    """Raise NoPublisherError where the program was put together without a publisher."""
    if not (settings.trust / "root.json").is_file():
        raise NoPublisherError(trust=str(settings.trust))


def make_offer(
    editions: Editions, pointer: Pointer, archive: Archive, scratch: Path, clock: Clock
) -> tuple[Offer, Verified]:
    """Return what the bundle is to this guide, and what was verified; its TUF state then lies in ``scratch``.

    Raises:
        NotGenuineError, NotNewerError, DamagedError.
    """
    from guide.bundles.fingerprint import fingerprint
    from guide.bundles.trust import judge

    root = (editions.settings.trust / "root.json").read_bytes()
    now, behind = effective(pointer, clock)
    verified = judge(archive, root, editions.tuf(pointer.trust), scratch, now)
    here = edition_of(editions, pointer)
    verdict = _verdict(verified, pointer, here, editions.catalog(pointer.data))
    return (
        Offer(
            path=str(archive.path),
            size=archive.size,
            publisher_name=verified.publisher_name,
            fingerprint=fingerprint(root),
            signed=verified.signed,
            keys=verified.keys,
            threshold=verified.threshold,
            edition=verified.edition,
            edition_name=verified.edition_name,
            published_at=verified.published_at,
            next_expected=verified.next_expected,
            expires=verified.expires,
            current=here.number,
            current_name=here.name,
            verdict=verdict,
            clock_behind=behind,
            data_length=verified.data_length,
            data_sha256=verified.data_sha256,
        ),
        verified,
    )


def _verdict(verified: Verified, pointer: Pointer, here: Edition, catalog: Path) -> str:
    """Return newer, same, older or expired. ``highest`` is our own memory beside TUF's (facts, power loss)."""
    if verified.edition == here.number and verified.data_sha256 == sha256_of(catalog):
        return "same"
    # Keys changed through a verified root: an edition signed by a stolen key cannot hold the honest ones back.
    rotated = bool(pointer.keyids) and pointer.keyids != verified.keyids
    if not rotated and (verified.edition < pointer.highest or verified.edition <= here.number):
        return "older"
    return "expired" if verified.expired else "newer"


def edition_of(editions: Editions, pointer: Pointer) -> Edition:
    """Return the edition a pointer leads to. Raises BrokenCatalogError."""
    return read_edition(editions.catalog(pointer.data))


def effective(pointer: Pointer, clock: Clock) -> tuple[datetime, bool]:
    """Return the later of this PC's clock and the newest date ever signed, and whether the PC is behind."""
    now, floor = clock().astimezone(UTC), pointer.newest_signed()
    return max(now, floor), now < floor


def signed_dates(tuf: Path) -> tuple[datetime | None, dict[str, str]]:
    """Return when the signed targets expire and what they say of the catalog, from metadata verified before."""
    try:
        signed = json.loads((tuf / "targets.json").read_text("utf-8"))["signed"]
        custom = signed["targets"]["catalog.db.zst"]["custom"]
        return datetime.fromisoformat(signed["expires"]), custom
    except (OSError, ValueError, KeyError, TypeError):
        return None, {}


def sha256_of(path: Path) -> str:
    """Return a file's sha256. Raises BrokenCatalogError."""
    import hashlib  # OpenSSL is 4 MB

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BrokenCatalogError(path=str(path), reason="missing") from error
