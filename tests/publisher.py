"""A real publisher in a temporary folder: real keys (cheap to open), real TUF, bundles that can be bent."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from guide.clock import Clock
from guide.publish.keys import Cost
from guide.publish.lint.baseline import Baseline
from guide.publish.release import Release, first_edition, publish
from guide.publish.repository import Repository, new_repository, rotate
from guide.records import Service
from guide.settings import Settings
from tests.makers import NOW, make_catalog, make_phone, make_service

CHEAP = Cost(memory=8, passes=1)
PASSPHRASE = "a passphrase for tests"
ACCEPTED = Baseline(everything="made-up entries with numbers that belong to nobody")
SERVICES = (
    make_service("Night Shelter"),
    make_service("County Legal Aid", category="legal", phones=(make_phone("(555) 010-3300"),)),
    make_service("Crisis Line", category="crisis", phones=(make_phone("988"),)),
)


def ask(_: str) -> str:
    """Give the passphrase of every test key."""
    return PASSPHRASE


def at(days: float = 0) -> Clock:
    """Return a clock that stands ``days`` after NOW."""
    return lambda: NOW + timedelta(days=days)


class Publisher:
    """One publisher with a first edition that is trusted by ``settings``."""

    def __init__(
        self, folder: Path, name: str = "State Coalition", shipped: Sequence[Service] = SERVICES,
        call_now: tuple[str, ...] = ("crisis-line",), **keys: int,
    ) -> None:  # fmt: skip
        """Make keys, a first edition of ``shipped`` and a program that ships it."""
        self.folder, self.name = folder, name
        self.keys = folder / "keys"
        self.repository = new_repository(self.keys, name, ask, NOW, cost=CHEAP, **keys)
        self.shipped = make_catalog(folder / "resources.db", shipped, call_now=call_now)
        self.trust = folder / "trust"
        first_edition(self.shipped, self.keys, self.trust, ask, at(-30), baseline=ACCEPTED)
        self.mirror: Path | None = None
        self.settings = Settings(data=folder / "data", catalog=self.shipped, trust=self.trust)

    def release(
        self, number: int = 2, services: Sequence[Service] = SERVICES[1:], *, day: float = 0, **dates: int
    ) -> Path:
        """Publish an edition and return its bundle."""
        catalog = make_catalog(self.folder / f"{number}.db", services, number=number, name=f"2026.{number:02}",
                               publisher_name=self.name)  # fmt: skip
        return Path(self.published(catalog, f"{number}.guide", day=day, **dates).path)

    def published(self, catalog: Path, name: str, *, day: float = 0, **dates: int) -> Release:
        """Sign ``catalog`` into the bundle ``name``."""
        if "expires_days" in dates:
            dates.setdefault("expected_days", min(45, dates["expires_days"] - 1))
        out = self.folder / name
        return publish(catalog, self.keys, out, ask, at(day), mirror=self.mirror, baseline=ACCEPTED, **dates)

    def rotate(self, key: str) -> None:
        """Replace one key by a new one."""
        rotate(self.keys, key, ask, NOW, cost=CHEAP)
        self.repository = Repository(self.keys)


def members(bundle: Path) -> dict[str, bytes]:
    """Return the members of a bundle."""
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(out: Path, parts: Mapping[str, bytes] | Sequence[tuple[str, bytes]], **over: object) -> Path:
    """Write ``parts`` as an uncompressed ZIP at ``out``; ``over`` sets fields of every member."""
    listed = list(parts.items()) if isinstance(parts, Mapping) else list(parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in listed:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            for field, value in over.items():
                setattr(info, field, value)
            archive.writestr(info, data)
    return out


def bent(bundle: Path, out: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Return a copy of ``bundle`` whose members went through ``change``."""
    parts = members(bundle)
    change(parts)
    return packed(out, parts)


def named(parts: Mapping[str, bytes], ending: str) -> str:
    """Return the name of the newest member that ends so."""
    return sorted(n for n in parts if n.endswith(ending))[-1]


def tree(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below ``folder``: equal before and after means nothing changed."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != "lock"
    }


def end_record(count: int, length: int, offset: int) -> bytes:
    """Return a ZIP end record that claims what it is told to."""
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, length, offset, 0)


EPOCH = datetime(2009, 1, 1, tzinfo=UTC)
