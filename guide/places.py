"""Where a ZIP or a town of the US lies: an offline gazetteer, read when it is first asked (tools/gazetteer.py).

Points are the Census Bureau's (public domain) and, where it has none, GeoNames' (CC BY 4.0), as are the towns'
names. ``places.bin`` holds no street and no person.
"""

from __future__ import annotations

import re
import string
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from guide.records import Place
from guide.states import state_of
from guide.text import fold

_FILE = Path(__file__).with_name("places.bin")
_ZIP = re.compile(r"(?:zip(?: code)?\s*)?(\d{5})(?:[-\s]?\d{4})?")
_ENDS_IN_ZIP = re.compile(r"(.+?)[,\s]+(\d{5})(?:-\d{4})?")
_INITIALS = re.compile(r"\b([a-z])\.\s?(?=[a-z]\b)")  # "D.C."
_SHORT = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}
_KNOWN_AS = {"nyc": "new york, ny", "new york city": "new york, ny", "nueva york": "new york, ny", "philly": "philadelphia, pa",
             "la": "los angeles, ca", "sf": "san francisco, ca", "dc": "washington, dc", "washington dc": "washington, dc",
             "vegas": "las vegas, nv", "nola": "new orleans, la", "nueva orleans": "new orleans, la",
             "filadelfia": "philadelphia, pa"}  # fmt: skip
_LETTERS = string.ascii_lowercase + " "
_MILES = 3958.8  # the Earth's mean radius
_MOST, _BEGINNING = 8, 3  # places offered; letters that are enough to offer any


class _Gazetteer:
    """The arrays of the file, and the towns by their folded names."""

    def __init__(self, packed: bytes) -> None:
        self._raw = zlib.decompress(packed)
        self._at = 0
        _, towns, codes, text = self._take("I", 4)
        written = self._raw[self._at : self._at + text].decode()
        self._names, self._lower = written.split("\n"), written.lower().split("\n")
        self._at += text
        self.town_latitude, self.town_longitude = self._take("i", towns), self._take("i", towns)
        self.sizes = self._take("B", towns)
        self.codes, self.town_of = self._take("I", codes), self._take("H", codes)
        self.latitude, self.longitude = self._take("i", codes), self._take("i", codes)

    def _take(self, kind: str, count: int) -> array[int]:
        found = array(kind)
        size = count * found.itemsize
        found.frombytes(self._raw[self._at : self._at + size])
        if sys.byteorder == "big":
            found.byteswap()
        self._at += size
        return found

    def called(self, name: str) -> list[int]:
        """Return the towns of exactly this name, in lower case."""
        return self.begun(f"{name}\t")

    def begun(self, beginning: str) -> list[int]:
        """Return the towns whose names begin so."""
        return list(range(bisect_left(self._lower, beginning), bisect_left(self._lower, beginning + "\uffff")))

    def state(self, number: int) -> str:
        """Return the two letters of a town's state."""
        return self._names[number][-2:]

    def code(self, code: int) -> Place | None:
        """Return a ZIP."""
        at = bisect_left(self.codes, code)
        if at == len(self.codes) or self.codes[at] != code:
            return None
        name, _, state = self._names[self.town_of[at] - 1].partition("\t") if self.town_of[at] else ("", "", "")
        return Place(name, state, f"{code:05d}", self.latitude[at] / 1000, self.longitude[at] / 1000)

    def town(self, number: int) -> Place:
        """Return a town."""
        name, _, state = self._names[number].partition("\t")
        return Place(name, state, "", self.town_latitude[number] / 1000, self.town_longitude[number] / 1000)

    def largest(self, numbers: Iterable[int], state: str) -> list[int]:
        """Return the towns of ``state`` (of any where it is ""), those with the most ZIPs first."""
        kept = [n for n in dict.fromkeys(numbers) if state in ("", self.state(n))]
        return sorted(kept, key=lambda n: (-self.sizes[n], n))[:_MOST]


@cache
def _gazetteer() -> _Gazetteer:
    return _Gazetteer(_FILE.read_bytes())


def find_places(text: str) -> tuple[Place, ...]:
    """Return what ``text`` can mean: a ZIP, ZIP+4, "town", "town, ST"; the likeliest first, none when unknown.

    A name spelled a little wrong finds its neighbours; a name of several states gives one place in each.
    """
    plain = " ".join(_INITIALS.sub(r"\1", fold(text[:80])).replace(".", " ").split())
    if match := _ZIP.fullmatch(plain):
        found = _gazetteer().code(int(match[1]))
        return (found,) if found else ()
    if match := _ENDS_IN_ZIP.fullmatch(plain):  # "Miami, FL 33101"
        return find_places(match[2]) or find_places(match[1])
    plain = _KNOWN_AS.get(plain.replace(",", ""), plain)
    name, state = _apart(plain)
    if len(name) < 2:
        return ()
    books = _gazetteer()
    begun = books.begun(name) if len(name) >= _BEGINNING else []
    for numbers in (books.called(name), books.called(name.replace("'", " ")), begun, _near(books, name)):
        if found_towns := books.largest(numbers, state):
            return tuple(books.town(n) for n in found_towns)
    return ()


def place_of(code: str, town: str, state: str) -> Place | None:
    """Return the middle of an address's ZIP, else of its town; None where neither is known. For what has no point."""
    digits = code.strip()[:5]
    if len(digits) == 5 and digits.isdecimal() and (found := _gazetteer().code(int(digits))):
        return found
    short = state_of(state)
    if not town or not short:
        return None
    books = _gazetteer()
    numbers = books.largest(books.called(_spelled(fold(town))), short)
    return books.town(numbers[0]) if numbers else None


def miles_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the straight-line distance in miles (haversine)."""
    a, b = radians(latitude), radians(other_latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * _MILES * asin(min(1.0, sqrt(half)))


def _apart(plain: str) -> tuple[str, str]:
    """Return the town and the state's two letters: "springfield, il", "springfield illinois", "springfield"."""
    if "," in plain:
        town, _, rest = plain.partition(",")
        state = state_of(rest)
        return (_spelled(town), state) if state or not rest.strip() else (_spelled(f"{town} {rest}"), "")
    words = plain.split()
    for tail in (1, 2, 3):
        if len(words) > tail and (state := state_of(" ".join(words[-tail:]))):
            town = _spelled(" ".join(words[:-tail]))
            if any(_gazetteer().state(n) == state for n in _gazetteer().called(town)):
                return town, state
    return _spelled(plain), ""


def _spelled(name: str) -> str:
    """Return a town's name as the gazetteer spells it: "St. Louis" is there as "saint louis"."""
    words = name.replace(".", " ").split()
    return " ".join([_SHORT.get(words[0], words[0]), *words[1:]]) if words else ""


def _near(books: _Gazetteer, name: str) -> list[int]:
    """Return towns one letter away: one more, less, other, or two swapped."""
    if not 4 <= len(name) <= 30:
        return []
    cuts = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    edits = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    edits |= {a + c + b[1:] for a, b in cuts if b for c in _LETTERS} | {a + c + b for a, b in cuts for c in _LETTERS}
    return [n for edit in sorted(edits) for n in books.called(edit)]
