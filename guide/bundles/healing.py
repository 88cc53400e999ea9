"""An edition that rots on the disk: the last good one takes its place, by itself, and is named.

Nothing of what was trusted is forgotten, so that no older update comes in; the rotten edition itself may.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from guide.bundles.disk import alone, writing
from guide.bundles.editions import Editions
from guide.bundles.offers import sha256_of, signed_dates
from guide.catalog.fitness import check_fitness
from guide.catalog.home import read_edition
from guide.errors import BrokenCatalogError, UnfitCatalogError
from guide.records import Imported
from guide.settings import Settings


def heal(settings: Settings) -> Imported | None:
    """Put the last good edition in the place of one that is no longer what was signed; return what is here then.

    None where the present one is whole, or nothing better is here. Every byte of both is read.

    Raises:
        NoAccessError, DiskFullError, BusyError: the pointer cannot be moved.
    """
    editions = Editions(settings)
    if not editions.pointer().data:  # what came with the program has nothing before it
        return None
    with writing(editions.folder), alone(editions.folder / "lock"):
        pointer = editions.pointer()
        if not pointer.data or _good(editions, pointer.data):
            return None
        others = [pointer.previous, *reversed(editions.generations()), ""]
        for other in dict.fromkeys(one for one in others if one is not None and one != pointer.data):
            nothing = not other and editions.begins_empty
            if nothing or _good(editions, other):
                before = 0
                with suppress(BrokenCatalogError):
                    before = read_edition(editions.catalog(pointer.data)).number
                editions.point(replace(pointer, data=other, previous=None, next=None))
                here = read_edition(editions.catalog(other))
                return Imported(here.number, here.name, before, here.services, publisher_name=here.publisher_name)
    return None


def _good(editions: Editions, generation: str) -> bool:
    """Say whether an edition is what was signed, to its last byte, and can be used."""
    catalog = editions.catalog(generation)
    _, custom = signed_dates(editions.tuf(generation))
    try:
        if custom and custom.get("db_sha256") != sha256_of(catalog):
            return False
        check_fitness(catalog)
    except (BrokenCatalogError, UnfitCatalogError):
        return False
    return True
