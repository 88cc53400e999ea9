"""Makes what is laid over the catalogs out of what the house wrote: a small catalog, and a file for the first screen.

Derived and disposable: deleting the folder loses nothing. Closed addresses never reach it (SAFETY L1, N7): the build
of a catalog leaves them out, whoever's it is.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Any

from guide.catalog.reader import Catalog
from guide.errors import DiskFullError, NoAccessError
from guide.own.laid import FILE, FOLDER, OWN, read_file
from guide.own.over import CARDS, hidden_with, laid_over, on_top, same_lines
from guide.own.words import words_from
from guide.records import Audience, Category, Edition, Service, Tag, Words
from guide.records.laid import OURS
from guide.shelter.facts import Things
from guide.shelter.own import service_from

GONE = ("inactive", "defunct")


@dataclass(frozen=True)
class House:
    """What this house is called, and the zone its hours are in."""

    name: str
    timezone: str


def derive(
    data: Path, things: Things, last: str, catalog: Catalog, key: list[list[Any]], first_ids: list[str], house: House
) -> None:
    """Write what ``things`` lay over the publishers' ``catalog`` (``key``, ``first_ids``: its own first lines) into the
    data folder: the small catalog first, the file that names it last, with the ``last`` stamp of what the house wrote,
    so that whoever reads meanwhile has the one before, whole.

    Raises BrokenCatalogError, DiskFullError, NoAccessError.
    """
    folder = data / FOLDER
    before = read_file(data).get("own")
    if not things:
        with suppress(OSError):
            (folder / FILE).unlink(missing_ok=True)
        _tidy(folder, None)
        return
    words = words_from(things)
    own = own_services(things)
    edition, categories, tags = catalog.edition(), catalog.categories(), catalog.tags()
    shown_as = catalog.shown_as()
    lines = same_lines(shown_as)
    wanted_ids = dict.fromkeys((*words, *first_ids, *(other for one in words for other in lines.get(one, ()))))
    found = {s.id: s for s in catalog.services(list(wanted_ids))}
    first = [found[one] for one in first_ids if one in found]
    shown, masked = laid_over(words, found, first_ids, hidden_with(things, lines, found))
    wanted = {c for s in own for c in (s.category, *s.also_in)} - {c.slug for c in categories}
    order = max((c.order for c in categories), default=0) + 1
    more = tuple(Category(slug, order, _titled(slug)) for slug in sorted(wanted))
    call_now = on_top(first, {s.id: s for s in (*shown, *own)}, masked, _chosen(things), shown_as)
    # What another entry is shown for was left out of the counts already.
    less = [found[one] for one in masked if one in found and one not in shown_as]
    small = replace(
        edition, publisher=OURS, publisher_name=house.name, number=1, name="", title=Words(house.name), data_date=None,
        published_at=None, next_expected=None, timezone=house.timezone or edition.timezone, licence="", attribution="",
        note=Words(""), call_now=(), meta=(),
    )  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = None
        if own or shown:
            name = _built(folder, small, (*categories, *more), tags, (*own, *shown))
        told = {
            "key": key,
            "last": last, "own": name, "masked": sorted(masked), "call_now": call_now,
            "welcome": _value(things, "welcome"), "counts": _counts((*own, *shown), less),
        }  # fmt: skip
        handle, fresh = tempfile.mkstemp(prefix="laid-", suffix=".new", dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False)
        Path(fresh).replace(folder / FILE)
    except OSError as error:
        raise (DiskFullError if error.errno in (ENOSPC, EDQUOT) else NoAccessError)(path=str(folder)) from error
    _tidy(folder, name, str(before or ""))


def own_services(things: Things, *, closed: bool = False) -> tuple[Service, ...]:
    """Return the house's own services; ``closed``: those that are closed too."""
    made = (
        service_from(key, {f: fact.value for f, fact in facts.items()})
        for (kind, key), facts in things.items()
        if kind == "own"
    )
    return tuple(one for one in made if one is not None and (closed or one.status not in GONE))


# --- inside -------------------------------------------------------------------------------------------
def _built(
    folder: Path, edition: Edition, categories: tuple[Category, ...], tags: tuple[Tag, ...], services: Iterable[Service]
) -> str:
    from guide.publish.build import CatalogSource, build_catalog

    handle, name = tempfile.mkstemp(prefix=OWN, suffix=".db", dir=folder)
    os.close(handle)
    build_catalog(CatalogSource(edition, categories, tags, tuple(services)), Path(name))
    return Path(name).name


def _counts(more: Sequence[Service], less: Sequence[Service]) -> dict[str, dict[str, int]]:
    """Return by how many the tiles of the first screen differ from the catalogs', for each audience; "" is the total."""
    found: dict[str, Counter[str]] = {"visitor": Counter(), "staff": Counter()}
    for services, by in ((more, 1), (less, -1)):
        for one in services:
            for audience, counted in found.items():
                if audience == "staff" or one.audience is not Audience.STAFF:
                    counted[""] += by
                    for slug in dict.fromkeys((one.category, *one.also_in)):
                        counted[slug] += by
    return {audience: {slug: n for slug, n in counted.items() if n} for audience, counted in found.items()}


def _chosen(things: Things) -> list[str]:
    value = _value(things, "call_now")
    return [one for one in value if isinstance(one, str)][:CARDS] if isinstance(value, list) else []


def _value(things: Things, field: str) -> Any:
    fact = things.get(("house", "house"), {}).get(field)
    return fact.value if fact is not None else None


def _titled(slug: str) -> Words:
    return Words(slug.replace("-", " ").capitalize())


def _tidy(folder: Path, *kept: str | None) -> None:
    """Drop the small catalogs before the last two: a window may still read the one it had open."""
    for path in folder.glob(f"{OWN}*"):
        if path.name not in kept:
            with suppress(OSError):
                path.unlink()
