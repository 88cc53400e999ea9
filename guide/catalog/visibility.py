"""What may be shown of a place: where one address of it is closed, nothing of it leads there (SAFETY L1, L2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from guide.records import NOTHING, Address, Location


def shown_places(places: Iterable[Location]) -> dict[str, Location]:
    """Return what may be shown of each location, by its id.

    Services share locations. Where they disagree on an address the strictest holds: it is public only when
    every one of them says so, and one "never" takes it out.
    """
    versions: dict[str, list[Location]] = defaultdict(list)
    for place in places:
        if place not in versions[place.id]:
            versions[place.id].append(place)
    return {key: shown_place(found[0] if len(found) == 1 else _strictest(found)) for key, found in versions.items()}


def shown_place(place: Location) -> Location:
    """Return ``place`` without what may not be shown.

    An ``area`` address keeps its town alone; anything but ``public`` and ``area`` is dropped. With any address
    closed, the coordinates and the words that may describe the way there (name, description, transportation)
    go too; a place without an address keeps no coordinates either.
    """
    open_to_all = all(address.visibility == "public" for address in place.addresses)
    exact = open_to_all and bool(place.addresses)
    if exact:
        return place
    return replace(
        place,
        name=place.name if open_to_all else replace(NOTHING, language=place.name.language),
        description=place.description if open_to_all else NOTHING,
        transportation=place.transportation if open_to_all else "",
        latitude=None,
        longitude=None,
        addresses=tuple(_shown(a) for a in place.addresses if a.visibility in ("public", "area")),
    )


def _shown(address: Address) -> Address:
    if address.visibility == "public":
        return address
    return replace(address, address_1="", address_2="", postal_code="")


def _strictest(versions: list[Location]) -> Location:
    """Return the first version with each address as closed as the strictest version has it."""
    public = set.intersection(*({a for a in v.addresses if a.visibility == "public"} for v in versions))
    never = {_bare(a) for v in versions for a in v.addresses if a.visibility not in ("public", "area")}
    addresses = tuple(
        a if a in public else replace(a, visibility="never" if _bare(a) in never else "area")
        for a in versions[0].addresses
    )
    # Another version may close an address that the first does not have: the place is closed all the same.
    if any(a.visibility != "public" for v in versions for a in v.addresses) and all(a in public for a in addresses):
        addresses += (Address("", visibility="never"),)
    return replace(versions[0], addresses=addresses)


def _bare(address: Address) -> Address:
    return replace(address, visibility="")
