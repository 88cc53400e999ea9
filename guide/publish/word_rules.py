"""Lists of words, each with what it stands for: which of them a text holds, however many lists and texts there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_TOKEN = re.compile(r"\w+")
_KNOWN = 1 << 15  # words, and as many texts, whose lists are remembered; terms and names come again and again
_LONGEST = 200  # letters of a text that is remembered


class WordRules:
    """Rules in their order: (words, what they stand for). A word may end in anything where it ends in ``*``.

    Each list is one pattern of whole words. Most texts hold no beginning of most lists, so a pattern is asked only
    where one of its words can begin: the answer is the pattern's own.
    """

    def __init__(self, rules: Iterable[tuple[Iterable[str], str]]) -> None:
        """Take the rules. Raises re.error."""
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        self._whole: dict[str, set[int]] = {}
        self._begun: dict[str, set[int]] = {}
        self._always: set[int] = set()
        for number, (words, meaning) in enumerate(rules):
            listed = list(words)
            parts = [re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in listed]
            self._patterns.append((re.compile(rf"\b({'|'.join(parts)})\b", re.IGNORECASE), meaning))
            for word in listed:
                self._note(word, number)
        self._lengths = sorted({len(begun) for begun in self._begun})
        self._lists: dict[str, frozenset[int]] = {}
        self._remembered = lru_cache(maxsize=_KNOWN)(self._found)

    def first(self, text: str) -> str:
        """Return what the first rule with a word in ``text`` stands for, "" when none has one."""
        return next(iter(self._remembered(text)), "") if len(text) <= _LONGEST else next(self._search(text), "")

    def every(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return what all rules with a word in one of ``texts`` stand for, in the rules' order."""
        found = {meaning for text in texts for meaning in self._remembered(text)}
        return tuple(dict.fromkeys(meaning for _, meaning in self._patterns if meaning in found)) if found else ()

    def _note(self, word: str, number: int) -> None:
        """Note under which beginning the rule ``number`` is to be asked for ``word``."""
        head = _TOKEN.match(word.lower())
        if head is None or not head[0].isascii():
            self._always.add(number)  # letters outside ASCII have several ways to be folded: always asked
        elif word[head.end() :].startswith("*"):
            self._begun.setdefault(head[0], set()).add(number)
        else:
            self._whole.setdefault(head[0], set()).add(number)

    def _of_word(self, token: str) -> frozenset[int]:
        found = set(self._whole.get(token, ()))
        for length in self._lengths:
            found |= self._begun.get(token[:length], set())
        if len(self._lists) >= _KNOWN:
            self._lists.clear()
        self._lists[token] = frozenset(found)
        return self._lists[token]

    def _search(self, text: str) -> Iterator[str]:
        asked = set(self._always)
        known = self._lists
        for token in set(_TOKEN.findall(text.lower())):
            lists = known.get(token)
            if lists is None:
                lists = self._of_word(token)
            if lists:
                asked |= lists
        for number in sorted(asked):
            pattern, meaning = self._patterns[number]
            if pattern.search(text):
                yield meaning

    def _found(self, text: str) -> tuple[str, ...]:
        return tuple(self._search(text))
