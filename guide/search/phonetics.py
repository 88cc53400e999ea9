"""How a word sounds to an English or Spanish ear, so that spellings that sound alike meet (sikologo, psicólogo)."""

from __future__ import annotations

import re
from functools import lru_cache

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(ps|pc)(?=[aeiouy])", "s"),
        (r"^ll", "y"),
        (r"^kn", "n"),
        (r"^wr", "r"),
        (r"^(wh|hu|gu)(?=[aei])", "w"),
        (r"ph", "f"),
        (r"[sc]h", "x"),
        (r"ght", "t"),
        (r"[tsc]+i(?=[aou])", "x"),  # -tion, -sion, -ción, -cial
        (r"qu(?=[ei])|ck|q", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"g(?=[eiy])|j|h", ""),  # jota and h: trabajo, trabaho
        (r"v", "b"),
        (r"w", "u"),
        (r"y", "i"),
        (r"m(?=[bp])", "n"),  # empleo, enpleo
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=20000)
def sound(word: str) -> str:
    """Return the sound of the folded ``word``: b and v, s and c and z, h and nothing, single and double are one."""
    for pattern, heard in _RULES:
        word = pattern.sub(heard, word)
    return word


def bones(word: str) -> str:
    """Return the consonants of a sound; a vowel at its beginning counts as one."""
    return ("a" if word[:1] in tuple("aeiou") else "") + word.translate(_VOWELS)


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters more, less, other or swapped lie between two words; ``most`` + 1 for anything farther."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        return len(one) + len(other)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, match in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != match))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == match:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return min(last[-1], most + 1)


def letters(word: str) -> int:
    """Return which letters stand in ``word``, a bit for each: words that differ in many are far apart."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 31)
    return found
