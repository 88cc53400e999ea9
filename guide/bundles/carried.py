"""What of the publishers travels in a house's backup: their roots, who comes first, and the newest that each has signed.

A backup is believed in nothing. A root in it makes nobody a publisher here: staff say its six words again. What was
signed is judged anew by the root that is trusted here, and then only keeps older editions out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.bundles.archive import CHUNK, Archive
from guide.bundles.disk import alone, writing
from guide.bundles.editions import Editions
from guide.bundles.offers import effective, must_trust, remembered
from guide.bundles.roster import about, house_of, keys, write_order
from guide.bundles.sources.look import shown
from guide.clock import Clock
from guide.errors import DamagedError, GuideError
from guide.records import Waiting
from guide.settings import Settings

FOLDER = "remembered"  # in the data folder and in a backup
_ORDER, _ROOT, _SIGNED = "order.json", ".root.json", ".signed.json"
_LARGEST = 1 << 20
_MOST = 32  # publishers


# --- into a backup ----------------------------------------------------------------------------------
def write_carried(settings: Settings, folder: Path) -> tuple[str, ...]:
    """Write into the empty ``folder`` what is to travel, and return the files' names; none for a house as it came.

    Who waits here for the six words since an earlier restore travels on.
    """
    every, here = keys(settings), settings.data / FOLDER
    names = {key: about(settings, key).name for key in every if key}
    for key in every:
        house = house_of(settings, key)
        if key:
            (folder / f"{key}{_ROOT}").write_bytes((house.trust / "root.json").read_bytes())
        if signed := _signed(house):
            (folder / f"{key or 'first'}{_SIGNED}").write_text(json.dumps(signed), "utf-8")
    for one in waiting(settings):
        names[one.key] = one.name
        for ending in (_ROOT, _SIGNED):
            with suppress(OSError):
                (folder / f"{one.key}{ending}").write_bytes((here / f"{one.key}{ending}").read_bytes())
    if names:
        order = list(dict.fromkeys((*every, *names)))
        (folder / _ORDER).write_text(json.dumps({"order": order, "names": names}, ensure_ascii=False), "utf-8")
    return tuple(sorted(path.name for path in folder.iterdir()))


def _signed(house: Settings) -> dict[str, str]:
    """Return the signed metadata trusted last, by its names in a bundle; nothing where no update was ever taken in."""
    editions = Editions(house)
    trust = editions.pointer().trust
    tuf, found = editions.tuf(trust), {}
    if not trust:
        return {}
    with suppress(OSError, ValueError, KeyError, TypeError):
        for root in (house.trust / "root_history", tuf / "root_history"):
            for path in root.glob("*.root.json"):
                found[f"metadata/{path.name}"] = path.read_text("utf-8")
        found["metadata/timestamp.json"] = (tuf / "timestamp.json").read_text("utf-8")
        for role in ("snapshot", "targets"):
            text = (tuf / f"{role}.json").read_text("utf-8")
            found[f"metadata/{int(json.loads(text)['signed']['version'])}.{role}.json"] = text
        return found
    return {}


# --- out of one -------------------------------------------------------------------------------------
def waiting(settings: Settings) -> tuple[Waiting, ...]:
    """Return the publishers whom a backup named and who are not trusted here: staff may say their six words."""
    folder, found = settings.data / FOLDER, []
    if not folder.is_dir():  # nothing was ever restored here: no TUF is imported to find that out
        return ()
    from guide.bundles.roots import key_of_root, known_keys, root_keys, sound_root

    with suppress(OSError):
        known = frozenset[str]().union(*(known_keys(house_of(settings, key)) for key in keys(settings)))
        names = _said(folder).get("names")
        for path in sorted(folder.glob(f"p*{_ROOT}"))[:_MOST]:
            with suppress(DamagedError, OSError):
                root = sound_root(_read(path), path.name)
                key = key_of_root(root)
                name = names.get(key) if isinstance(names, dict) else ""
                if path.name == f"{key}{_ROOT}" and not root_keys(root) & known:
                    found.append(Waiting(key, shown(str(name or "")), str(path)))
    return tuple(found)


def take_carried(settings: Settings, clock: Clock) -> None:
    """Take up what a restore brought: who comes first among those that are here, and what each of them had signed."""
    folder = settings.data / FOLDER
    here = keys(settings)
    order = [one for one in _order(folder) if one in here]
    with suppress(GuideError):
        if len(here) > 1 and order:
            write_order(settings, tuple(dict.fromkeys((*order, *here))))
    for key in here:
        _remember(folder, house_of(settings, key), key, clock)


def recall(settings: Settings, key: str, clock: Clock) -> None:
    """Give a publisher that was added just now the place and the memory it had in the house the backup came from."""
    folder, here = settings.data / FOLDER, keys(settings)
    order = [one for one in _order(folder) if one in here]
    if key in order:
        others = [one for one in here if one != key]
        before = [one for one in order[: order.index(key)] if one in others]
        others.insert(max((others.index(one) for one in before), default=-1) + 1, key)
        with suppress(GuideError):
            write_order(settings, others)
    _remember(folder, house_of(settings, key), key, clock)


def leave(settings: Settings, key: str) -> None:
    """Forget a publisher that waits for its six words. Raises NoAccessError."""
    with writing(settings.data):
        for ending in (_ROOT, _SIGNED):
            (settings.data / FOLDER / f"{key}{ending}").unlink(missing_ok=True)


def _remember(folder: Path, house: Settings, key: str, clock: Clock) -> None:
    """Keep older editions out where signed metadata shows that a newer one was trusted; what is not so is left out."""
    with suppress(GuideError, OSError, ValueError, TypeError, AttributeError):
        said = json.loads(_read(folder / f"{key or 'first'}{_SIGNED}"))
        from guide.bundles.trust import judge

        parts = {name: text.encode() for name, text in said.items()}
        must_trust(house)
        editions = Editions(house)
        with writing(editions.folder):
            editions.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with writing(editions.folder), alone(editions.folder / "lock"), tempfile.TemporaryDirectory() as scratch:
            pointer = remembered(editions)
            root, now = (house.trust / "root.json").read_bytes(), effective(pointer, clock)[0]
            found = judge(_Parts(parts), root, editions.tuf(pointer.trust), Path(scratch) / "tuf", now)
            if found.edition > pointer.highest:
                floor = max(pointer.newest_signed(), found.published_at).isoformat()
                editions.point(replace(pointer, highest=found.edition, floor=floor, keyids=found.keyids))


class _Parts(Archive):
    """Signed metadata out of a backup, asked for like the members of a bundle; there is no data with it."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.path, self.size, self._parts = Path(FOLDER), 0, parts

    def close(self) -> None:
        """Have nothing to close."""

    def has(self, name: str) -> bool:
        """Say whether ``name`` was brought."""
        return name in self._parts

    def length(self, name: str) -> int:
        """Return its length."""
        return len(self._parts[name])

    def newest_root(self) -> int:
        """Return 0: it is only asked for to explain a refusal, and none is told here."""
        return 0

    def pieces(self, name: str, most: int = CHUNK) -> Iterator[bytes]:
        """Yield it in one piece."""
        del most
        yield self._parts[name]


def _order(folder: Path) -> tuple[str, ...]:
    found = _said(folder).get("order")
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _said(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(_read(folder / _ORDER))
        return found if isinstance(found, dict) else {}
    return {}


def _read(path: Path) -> bytes:
    """Return a file of a bounded size. Raises OSError, DamagedError."""
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise DamagedError(reason="too large", file=path.name)
    return data
