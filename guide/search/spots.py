"""Where services can be visited: their points as they lie in an index, and how far each is from a place asked for."""

from __future__ import annotations

import sqlite3
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from math import cos, radians

from guide.places import miles_between, place_of
from guide.records import Distance, Place, Service
from guide.search.counting import RADII
from guide.search.facets import UNKNOWN
from guide.search.sets import NONE, Rows, checked, unite
from guide.states import NATION

_SCALE = 100_000  # whole hundred-thousandths of a degree: a yard
_MILES_A_DEGREE = 69.17  # of latitude, at the most
_SPARSE = 8  # so many times fewer matches than near rows: sort the matches instead of walking the rows
_BY_PHONE = Distance(by_phone=True)


def spots_of(service: Service) -> Iterator[tuple[float, float, bool]]:
    """Yield latitude, longitude and whether it is about there, for each place that may be shown whole (SAFETY L1).

    A place of which any address is closed gives none, not even the middle of its town.
    """
    for place in service.locations:
        if not place.addresses or any(a.visibility != "public" for a in place.addresses):
            continue
        if place.latitude is not None and place.longitude is not None:
            yield place.latitude, place.longitude, False
        else:
            address = place.addresses[0]
            middle = place_of(address.postal_code, address.city, address.state_province)
            if middle is not None and address.country in ("", "US", "USA"):
                yield middle.latitude, middle.longitude, True


class SpotBook:
    """Gathers the points while an index is built."""

    def __init__(self) -> None:
        """Begin empty."""
        self._latitude, self._longitude, self._row = array("i"), array("i"), array("I")

    def add(self, row: int, service: Service) -> None:
        """Take the points of one service; rows come in ascending order."""
        for latitude, longitude, about in spots_of(service):
            self._latitude.append(round(latitude * _SCALE))
            self._longitude.append(round(longitude * _SCALE))
            self._row.append(row << 1 | about)

    def blob(self) -> tuple[bytes, int]:
        """Return the points from south to north (those as far north, by row) as three arrays, and their checksum."""
        order = sorted(range(len(self._row)), key=self._latitude.__getitem__)
        columns = (self._latitude, self._longitude, self._row)
        blob = b"".join(_little(array(c.typecode, map(c.__getitem__, order))).tobytes() for c in columns)
        return blob, zlib.crc32(blob)


@dataclass(frozen=True)
class Reach:
    """What one place and radius let through, and in which order.

    ``rings`` are the rows within each of RADII; 0: those that have a distance here. ``passing`` None lets all through.
    """

    passing: Rows | None
    rings: Mapping[int, Rows]
    by_phone: Rows
    order: Sequence[int]
    miles: Mapping[int, float] = field(repr=False)
    about: Rows = NONE

    def first(self, rows: Rows, count: int) -> tuple[list[int], Rows]:
        """Return the nearest ``count`` of ``rows``, and those of ``rows`` that have no distance here."""
        near = self.rings[0]
        here = rows & near
        if len(here) * _SPARSE < len(self.order):
            found = sorted(here, key=lambda row: (self.miles[row], row))[:count]
        else:
            found = list(islice((row for row in self.order if row in rows), count))
        return found, rows - near

    def distance(self, row: int) -> Distance:
        """Return how far ``row`` is, or that it is reached by phone."""
        if row in self.rings[0]:
            return Distance(self.miles[row], about=row in self.about)
        return _BY_PHONE


class Spots:
    """The points of one index, and who serves whole states."""

    def __init__(self, db: sqlite3.Connection, everyone: Rows, areas: Mapping[str, Rows]) -> None:
        """Read the points. Raises sqlite3.DatabaseError when they are not what was written."""
        blob, crc = db.execute("SELECT spots, crc FROM spot").fetchone()
        whole, third = checked(blob, crc), len(blob) // 3
        self._latitude, self._longitude, self._row = (
            _read(kind, whole[n * third : (n + 1) * third]) for n, kind in enumerate("iiI")
        )
        self._placed = Rows([one >> 1 for one in self._row])
        self._everyone, self._areas = everyone, areas
        self.reach = lru_cache(maxsize=8)(self._reach)

    def _reach(self, place: Place, radius: int) -> Reach:
        """Return what is within ``radius`` miles of ``place``; 0 lets everything through, the nearest first."""
        miles: dict[int, float] = {}
        about: set[int] = set()
        for number, far in self._within(place, max(*RADII, radius) if radius else 0):
            row = self._row[number] >> 1
            if row not in miles or far < miles[row]:
                miles[row] = far
                (about.add if self._row[number] & 1 else about.discard)(row)
        rings = {ring: Rows([row for row, far in miles.items() if far <= ring]) for ring in RADII}
        kept = {row: far for row, far in miles.items() if not radius or far <= radius}
        order = sorted(kept, key=lambda row: (kept[row], row))
        within = Rows(order)
        by_phone = self._by_phone(place.state)
        return Reach(
            passing=(within | by_phone) if radius else None,
            rings={**rings, 0: within},
            by_phone=by_phone,
            order=order,
            miles=kept,
            about=Rows(about),
        )

    def _within(self, place: Place, radius: int) -> Iterable[tuple[int, float]]:
        """Yield the numbers of points at most ``radius`` miles away (0: all) and how far they are."""
        first, last = 0, len(self._latitude)
        east = 360.0
        if radius:
            band = radius / _MILES_A_DEGREE * 1.01
            first = bisect_left(self._latitude, round((place.latitude - band) * _SCALE))
            last = bisect_right(self._latitude, round((place.latitude + band) * _SCALE))
            east = band / max(0.01, cos(radians(min(89.0, abs(place.latitude) + band))))
        at, to = (place.longitude - east) * _SCALE, (place.longitude + east) * _SCALE
        for number in range(first, last):
            if at <= self._longitude[number] <= to:
                far = miles_between(
                    place.latitude, place.longitude, self._latitude[number] / _SCALE, self._longitude[number] / _SCALE
                )
                if not radius or far <= radius:
                    yield number, far

    def _by_phone(self, state: str) -> Rows:
        """Return who is reached from anywhere in ``state``: no place of their own, or the whole state or country.

        A service that says it serves other states alone is left out; one that says nothing is not.
        """
        here = self._areas.get(NATION, NONE) | self._areas.get(state, NONE)
        elsewhere = unite(rows for area, rows in self._areas.items() if area not in (NATION, UNKNOWN, state))
        elsewhere -= here | self._areas.get(UNKNOWN, NONE)
        return ((self._everyone - self._placed) | here) - elsewhere if state else (self._everyone - self._placed) | here


def _little(column: array[int]) -> array[int]:
    if sys.byteorder == "big":
        column.byteswap()
    return column


def _read(kind: str, blob: bytes) -> array[int]:
    found = array(kind)
    found.frombytes(blob)
    return _little(found)
