"""Everyday words: what people say for a need that the entries word otherwise, and the words of danger."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from guide.search.endings import root, root_of, singulars
from guide.search.terms import words

_UNFINISHED = 3  # letters of the last word from which on it may be the beginning of a saying's
_ALONE_UNFINISHED = 5
_DANGER_UNFINISHED = 6  # viola is an instrument
# Words a saying may be told with or without.
_LITTLE = frozenset(
    words(
        """
        the a an my his her their our your this that so very really just always please and am im is are was
        mi mis su sus el la los las un una muy ya siempre este esta por favor y del al se lo le les de
        """
    )
)

Target = tuple[str, ...]  # words that all have to stand in an entry


@dataclass(frozen=True, slots=True)
class Saying:
    """One saying as folded words, what the entries may say for it, and whether it is of danger."""

    said: Target
    targets: tuple[Target, ...]
    danger: bool = False
    alone: bool = False  # of danger only where nothing else was typed
    number: int = 0  # of the first set it stands in


@dataclass(frozen=True, slots=True)
class Heard:
    """A saying found in what was typed, with the places of its words there: from ``start`` up to ``end``."""

    saying: Saying
    start: int
    end: int


@dataclass(slots=True)
class Everyday:
    """All sets, ready to listen."""

    sayings: dict[Target, Saying] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)  # folded word -> as it is properly written
    harmless: set[Target] = field(default_factory=set)  # what holds a saying of danger and tells of none
    _sets: int = 0
    _alike: dict[Target, tuple[Target, ...]] = field(default_factory=dict)
    _by_root: dict[str, tuple[tuple[Target, Target], ...]] = field(default_factory=dict)
    _holding: dict[str, tuple[Target, ...]] = field(default_factory=dict)  # root of a word -> sayings of several
    _shared: dict[Target, Target] = field(default_factory=dict)  # while the sets are read: each value once
    _alone: list[str] = field(default_factory=list)
    _harmless_lengths: tuple[int, ...] = ()

    def shared(self, folded: Iterable[str]) -> Target:
        """Return ``folded`` as one value for all its places: the sets say the same words again and again."""
        made = tuple(map(sys.intern, folded))
        return self._shared.setdefault(made, made)

    def spell(self, folded: str, written: str) -> None:
        """Remember how a folded word is properly written; the first to say it counts."""
        folded = sys.intern(folded)
        self.spelled.setdefault(folded, folded if written == folded else written)

    def add(self, said: Iterable[Target], targets: Iterable[Target], mark: str = "", *, alike: bool = False) -> None:
        """Add one set; a saying of several sets means all that each says.

        ``mark``: "!" or "!?" for danger. ``alike``: all of it means the same, wherever else one of it is meant.
        """
        self._sets += 1
        wanted = tuple(dict.fromkeys(targets))
        if alike:
            for one in wanted:
                self._alike[one] = tuple(dict.fromkeys((*self._alike.get(one, ()), *wanted)))
        for one in said:
            known = self.sayings.get(one)
            other = tuple(target for target in wanted if target != one) if one in wanted else wanted
            self.sayings[one] = Saying(
                one,
                tuple(dict.fromkeys((*known.targets, *other))) if known else other,
                bool(mark) or bool(known and known.danger),
                (known.alone if known and known.danger else mark == "!?"),
                known.number if known else self._sets,
            )

    def settle(self) -> None:
        """Make the sets quick to ask; after the last ``add``."""
        for said, saying in self.sayings.items():
            more = [other for target in saying.targets for other in self._alike.get(target, ()) if other != said]
            if more:
                self.sayings[said] = replace(saying, targets=tuple(dict.fromkeys((*saying.targets, *more))))
        self._shared.clear()
        by_root: dict[str, list[tuple[Target, Target]]] = {}
        holding: dict[str, list[Target]] = {}
        for said in sorted(self.sayings, key=len, reverse=True):
            kept = tuple(word for word in said if word not in _LITTLE)
            kept = said if kept == said else kept
            if kept:
                by_root.setdefault(root_of(kept[0]), []).append((kept, said))
                for one in {root_of(word) for word in kept} if len(kept) > 1 else ():
                    holding.setdefault(one, []).append(kept)
        self._by_root = {one: tuple(some) for one, some in by_root.items()}
        self._holding = {one: tuple(some) for one, some in holding.items()}
        self._harmless_lengths = tuple({len(said) for said in self.harmless})
        self._alone = sorted(said[0] for said in self.sayings if len(said) == 1)

    def hear(self, typed: Sequence[str]) -> list[Heard]:
        """Return the sayings in the folded words ``typed``, in order and without overlap, the longest first.

        A word may have another ending (hits, hitting) where the saying has several; the last may be unfinished.
        """
        places = [place for place, word in enumerate(typed) if word not in _LITTLE]
        found, at = [], 0
        while at < len(places):
            heard = self._at(typed, places, at)
            if heard is None:
                at += 1
            else:
                saying, length = heard
                end = places[at + length - 1] + 1
                if not (saying.danger and self.is_harmless(typed, places[at], end)):
                    found.append(Heard(saying, places[at], end))
                at += length
        return found

    def is_harmless(self, typed: Sequence[str], start: int, end: int) -> bool:
        """Say whether ``typed`` from ``start`` to ``end`` stands within a harmless saying, word for word."""
        for length in self._harmless_lengths:
            for first in range(max(0, end - length), start + 1):
                if tuple(typed[first : first + length]) in self.harmless:
                    return True
        return False

    def beside(self, typed: Sequence[str], place: int) -> Iterator[str]:
        """Yield the words that, put at ``place``, make a saying of several words with the words around it."""
        told = [n for n, word in enumerate(typed) if word not in _LITTLE or n == place]
        at = told.index(place)
        roots = [root(typed[n]) for n in told]
        around = {roots[n] for n in (at - 1, at + 1) if 0 <= n < len(roots)}
        for one in around:
            for kept in self._holding.get(one, ()):
                for n, word in enumerate(kept):
                    start = at - n
                    if (
                        start >= 0
                        and start + len(kept) <= len(roots)
                        and all(k == n or roots[start + k] == root(other) for k, other in enumerate(kept))
                    ):
                        yield word

    def _at(self, typed: Sequence[str], places: Sequence[int], at: int) -> tuple[Saying, int] | None:
        first = typed[places[at]]
        last = len(places) - 1
        for kept, said in self._by_root.get(root(first), ()):
            length = len(kept)
            if at + length > len(places):
                continue
            if length == 1:
                # "abusó de mí" is one of danger, "abusó" alone is not.
                whole = len(said) > 1 and self.sayings[said].danger
                if _same(first, kept[0]) and (not whole or self._word_for_word(typed, places[at], said)):
                    return self.sayings[said], 1
            elif all(
                root(typed[places[at + n]]) == root(word)
                or (at + n == last and len(typed[places[last]]) >= _UNFINISHED and word.startswith(typed[places[last]]))
                for n, word in enumerate(kept)
            ):
                return self.sayings[said], length
        if at == last:
            return self._unfinished(first)
        return None

    def _word_for_word(self, typed: Sequence[str], place: int, said: Target) -> bool:
        starts = (place - n for n, word in enumerate(said) if root(word) == root(typed[place]))
        return any(start >= 0 and tuple(typed[start : start + len(said)]) == said for start in starts)

    def _unfinished(self, typed: str) -> tuple[Saying, int] | None:
        """Return the one saying of one word that ``typed`` begins, where all that begin so mean the same."""
        if len(typed) < _ALONE_UNFINISHED or typed in self.spelled:
            return None
        start = bisect_left(self._alone, typed)
        begun = [self.sayings[word,] for word in takewhile(lambda word: word.startswith(typed), self._alone[start:])]
        if any(one.danger for one in begun) and len(typed) < _DANGER_UNFINISHED:
            return None
        if begun and len({one.number for one in begun}) == 1:
            return begun[0], 1
        return None


def _same(typed: str, word: str) -> bool:
    return typed == word or word in singulars(typed) or typed in singulars(word)
