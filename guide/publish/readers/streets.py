"""Streets that are nobody's business: found again in any text, however they are written there (SAFETY L1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

INSTEAD = "(address kept private)"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBER = re.compile(r"\d[^\W_]*")
_SHORT = {
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "road": "rd", "drive": "dr",
    "lane": "ln", "court": "ct", "place": "pl", "square": "sq", "terrace": "ter", "highway": "hwy", "parkway": "pkwy",
    "circle": "cir", "trail": "trl", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th", "saint": "st", "mount": "mt",
}  # fmt: skip
_WAYS = frozenset(
    [
        "st",
        "ave",
        "blvd",
        "rd",
        "dr",
        "ln",
        "ct",
        "pl",
        "sq",
        "ter",
        "hwy",
        "pkwy",
        "cir",
        "trl",
        "way",
        "loop",
        "row",
        "pike",
        "close",
        "crescent",
        "gardens",
    ]
)
_SIDES = frozenset(
    [
        "n",
        "s",
        "e",
        "w",
        "ne",
        "nw",
        "se",
        "sw",
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
    ]
)
_INSIDE = frozenset(
    [
        "apt",
        "apartment",
        "suite",
        "ste",
        "unit",
        "floor",
        "fl",
        "room",
        "rm",
        "building",
        "bldg",
        "box",
        "lot",
        "no",
        "number",
    ]
)


class Streets:
    """Private street lines. A text that holds one of them gives it up; an address that is one of them is closed."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        self._all_numbered = True

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self._by_first)

    def add(self, street: str) -> None:
        """Remember the street of an address line; what is no street (a town, a word) is not remembered."""
        for core in _cores(street):
            self._by_first.setdefault(core[0], set()).add(core)
            self._all_numbered = self._all_numbered and core[0][:1].isdigit()

    def holds(self, street: str) -> bool:
        """Say whether an address line is one of them."""
        return any(core in self._by_first.get(core[0], ()) for core in _cores(street))

    def without(self, text: str) -> tuple[str, int]:
        """Return ``text`` with every private street taken out, and how many there were."""
        if not self._by_first or not text or not self._may_hold(text):
            return text, 0
        words = [(_folded(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]
        cuts: list[tuple[int, int]] = []
        place = 0
        while place < len(words):
            end = self._end(words, place)
            if end:
                cuts.append((words[place][1], words[end - 1][2]))
                place = end
            else:
                place += 1
        for start, end in reversed(cuts):
            text = f"{text[:start]}{INSTEAD}{text[end:]}"
        return text, len(cuts)

    def _may_hold(self, text: str) -> bool:
        """Say whether a text holds a number that a private street begins with, as nearly all of them do."""
        if not self._all_numbered:
            return True
        return any(number in self._by_first for number in _NUMBER.findall(text.casefold()))

    def _end(self, words: list[tuple[str, int, int]], start: int) -> int:
        """Return where a street that begins at ``start`` ends, with its kind, side and flat; 0 when none does."""
        for core in self._by_first.get(words[start][0], ()):
            at, found = start, 0
            while at < len(words) and found < len(core):
                if words[at][0] == core[found]:
                    found += 1
                elif not (found and words[at][0] in _SIDES):
                    break
                at += 1
            if found == len(core):
                while at < len(words) and (words[at][0] in _WAYS or words[at][0] in _SIDES):
                    at += 1
                if at + 1 < len(words) and words[at][0] in _INSIDE:
                    at += 2
                return at
        return 0


def _cores(street: str) -> Iterator[tuple[str, ...]]:
    """Yield what makes a street line itself: number and name, without its kind, side and flat."""
    words = [_folded(match.group()) for match in _WORD.finditer(street)]
    for at, word in enumerate(words):
        if word[:1].isdigit() and at + 1 < len(words):  # "c/o House, 5 Hidden Way" begins at 5
            words = words[at:]
            break
    core = []
    for place, word in enumerate(words):
        if word in _INSIDE and place:
            break
        if word in _SIDES and place:
            continue
        if word in _WAYS and place >= 2:
            break
        core.append(word)
    if len(core) >= 2 and (core[0][:1].isdigit() or len(core) >= 3 or (words[-1] in _WAYS and len(words) >= 2)):
        yield tuple(core)


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold()).replace("’", "'")
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _SHORT.get(plain, plain)
