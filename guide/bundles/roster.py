"""Who publishes for this house, in order: the one the program came with, and those that staff have added.

Below ``data/publishers`` each added one has a folder named by its root keys: ``trust/root.json`` as staff confirmed
it, ``about.json``, and then what any publisher has: ``editions/`` and ``index/``. ``order.json`` says who comes first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.bundles.disk import write_whole, writing
from guide.bundles.editions import NOTHING, Editions
from guide.catalog.books import Book
from guide.errors import BrokenCatalogError
from guide.records.frozen import dataclass
from guide.settings import Settings

FIRST = ""  # the key of the publisher the program came with
_KEY = re.compile(r"p[0-9a-f]{16}")
_ORDER, _ABOUT = "order.json", "about.json"


@dataclass(frozen=True, slots=True)
class About:
    """What was written down when a publisher was added: what it is called here, and the day."""

    name: str = ""
    added: str = ""


def folder_of(settings: Settings) -> Path:
    """Return the folder of the publishers that were added."""
    return settings.trusted / "publishers"


def keys(settings: Settings) -> tuple[str, ...]:
    """Return every publisher's key, the one that counts first first. An order that cannot be read is a new one's last."""
    folder, said = folder_of(settings), []
    with suppress(OSError, ValueError, TypeError, KeyError):
        said = [one for one in json.loads((folder / _ORDER).read_text("utf-8"))["order"] if isinstance(one, str)]
    here: list[str] = []
    with suppress(OSError):
        here = sorted(p.name for p in folder.iterdir() if _KEY.fullmatch(p.name) and (p / "trust/root.json").is_file())
    known = [FIRST, *here]
    return tuple(dict.fromkeys([*(one for one in said if one in known), *known]))


def house_of(settings: Settings, key: str) -> Settings:
    """Return the settings under which everything that knows one publisher works for ``key``."""
    if key == FIRST:
        return settings
    data = folder_of(settings) / key
    return replace(settings, data=data, catalog=data / NOTHING, trust=data / "trust", mirror="", mirror_hours=0)


def about(settings: Settings, key: str) -> About:
    """Return what was written down of ``key``; nothing where it cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        found: dict[str, Any] = json.loads((folder_of(settings) / key / _ABOUT).read_text("utf-8"))
        return About(str(found["name"]), str(found["added"]))
    return About()


def write_about(folder: Path, name: str, added: str) -> None:
    """Write what a publisher is called here, and when it was added, into its folder."""
    write_whole(folder / _ABOUT, json.dumps({"name": name, "added": added}, ensure_ascii=False))


def write_order(settings: Settings, order: Iterable[str]) -> None:
    """Keep who comes first. Raises DiskFullError, NoAccessError."""
    folder = folder_of(settings)
    with writing(folder):
        write_whole(folder / _ORDER, json.dumps({"order": list(order)}))


def books(settings: Settings) -> tuple[Book, ...]:
    """Return the catalogs that are current, the one that counts first first; an added one with no edition has none."""
    found = []
    for key in keys(settings):
        house = house_of(settings, key)
        editions = Editions(house)
        data = editions.pointer().data
        if key == FIRST or data:
            found.append(Book(mark_of(key), editions.catalog(data), house.data / "index", about(settings, key).name))
    return tuple(found)


def joined_file(settings: Settings) -> Path:
    """Return the file that says what several publishers' catalogs share: derived, made anew when it is missing."""
    return folder_of(settings) / "joined.db"


def join_now(settings: Settings) -> None:
    """Have that file ready before somebody looks; one that cannot be made now is made at the first search."""
    here = books(settings)
    if len(here) > 1:
        from guide.catalog.joins import Joins

        with suppress(BrokenCatalogError):
            Joins.of(here, joined_file(settings)).close()


def mark_of(key: str) -> str:
    """Return what stands behind the ids of a publisher's entries: so none can ever answer for another's."""
    return f"@{key}" if key else ""


def key_of(service: str) -> str:
    """Return whose entry an id is."""
    _, at, key = service.rpartition("@")
    return key if at and _KEY.fullmatch(key) else FIRST
