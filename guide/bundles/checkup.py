"""Looks every edition on this PC through to its last byte, and puts in order what can be made again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from guide.bundles.disk import alone, writing
from guide.bundles.editions import Editions
from guide.bundles.healing import heal
from guide.bundles.offers import remembered, sha256_of, signed_dates
from guide.errors import BrokenCatalogError, GuideError, ThisComputerError, UnfitCatalogError
from guide.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``state``: good, mended (put in order now) or bad; ``text`` is plain English."""

    name: str
    state: str
    text: str


def check_up(settings: Settings) -> Iterator[Finding]:
    """Yield what was found of the pointer, the leftovers and every edition kept. Only derived things are written."""
    editions = Editions(settings)
    yield _pointer(editions)
    yield _leftovers(editions)
    pointer = editions.pointer()
    kept = {"edition": pointer.data, "edition before": pointer.previous, "edition after": pointer.next}
    for name, generation in kept.items():
        if generation is None:
            continue
        if generation == "" and editions.begins_empty:
            yield Finding(name, "good", "none taken in yet")
            continue
        found = _edition(editions, name, generation)
        yield found
        if name == "edition" and found.state == "bad":
            yield from _healed(settings)
            return  # what was before is here now, and was read whole


def _healed(settings: Settings) -> Iterator[Finding]:
    """Put the last good edition in a rotten one's place."""
    try:
        done = heal(settings)
    except ThisComputerError as error:
        yield Finding("gone back", "bad", f"not to the last good edition: {error.message}")
        return
    if done is not None:
        here = f"to edition {done.edition_name}, {done.services:,} entries" if done.edition else "to nothing"
        yield Finding("gone back", "mended", f"{here}; take the newest update in again")


def _pointer(editions: Editions) -> Finding:
    """Write a pointer that cannot be read anew: to the newest whole edition, with the memory that was signed."""
    file = editions.folder / "current.json"
    if not editions.folder.is_dir():
        return Finding("pointer", "good", "the edition that came with the program")
    healed = remembered(editions)
    try:
        said = json.loads(file.read_text("utf-8"))
        if (said["data"], said["trust"]) == (healed.data, healed.trust):
            return Finding("pointer", "good", healed.data or "the edition that came with the program")
    except (OSError, ValueError, KeyError, TypeError):
        pass
    try:
        with writing(editions.folder), alone(editions.folder / "lock"):
            editions.point(remembered(editions))
    except ThisComputerError as error:
        return Finding("pointer", "bad", f"damaged, and cannot be written: {error.message}")
    return Finding("pointer", "mended", "it was damaged; it points to the newest whole edition again")


def _leftovers(editions: Editions) -> Finding:
    """Remove what killed imports left behind."""
    before = set(_names(editions))
    try:
        if before:
            with writing(editions.folder), alone(editions.folder / "lock"):
                editions.sweep()
    except ThisComputerError as error:
        return Finding("leftovers", "good", f"not looked at: {error.message}")
    gone = len(before - set(_names(editions)))
    if gone:
        return Finding("leftovers", "mended", f"{gone} removed of updates that did not end")
    return Finding("leftovers", "good", "none")


def _names(editions: Editions) -> list[str]:
    return [path.name for path in editions.folder.glob("*")] if editions.folder.is_dir() else []


def _edition(editions: Editions, name: str, generation: str) -> Finding:
    """Say whether an edition is, byte for byte, what was signed, and can be used."""
    from guide.catalog.fitness import check_fitness

    catalog = editions.catalog(generation)
    _, custom = signed_dates(editions.tuf(generation))
    advice = "take the newest update in again, or go back"
    try:
        if custom and custom.get("db_sha256") != sha256_of(catalog):
            return Finding(name, "bad", f"it is no longer what was signed: {advice}")
        found = check_fitness(catalog)
    except (BrokenCatalogError, UnfitCatalogError) as error:
        return Finding(name, "bad", f"{error.facts.get('reason', 'damaged')}: {advice}")
    except GuideError as error:
        return Finding(name, "bad", error.message)
    signed = "as signed" if custom else "not signed"
    return Finding(name, "good", f"{found.name}, {found.services:,} entries, whole, {signed}")
