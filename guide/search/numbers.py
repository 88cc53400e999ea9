"""Other ways to read the numbers somebody typed: spelled in letters (799-SAFE), in words, or as separate numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from guide.search.terms import MOST, STOP, telling, words

_KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_FEWEST = 3  # digits before a word that is spelled on the keypad
_SPELLED = range(5, 9)  # letters of a number that is spelled alone
_FEW = 2
_TOLL_FREE = re.compile(r"(?<!\w)(?:\+?1[\s().-]*)?8\d\d(?:[\s().-]*[0-9a-z]){3,12}(?!\w)")
_WHOLE = range(10, 16)  # digits of a toll-free number with what is spelled too long (1-800-FLOWERSNOW)
_NAMES = {
    name: str(digit)
    for digit, names in enumerate(
        (
            "zero oh cero", "one uno", "two dos", "three tres", "four cuatro", "five cinco", "six seis", "seven siete",
            "eight ocho", "nine nueve",
        )
    )
    for name in names.split()
}  # fmt: skip


def number_readings(text: str, terms: Sequence[str]) -> Iterator[list[str]]:
    """Yield other readings of the numbers among ``terms``, which are the terms of ``text``."""
    apart = [word[:40] for word in words(text[:1000]) if word not in STOP][:MOST]
    if apart and apart != list(terms):
        yield apart
    if whole := _toll_free(text):
        yield [whole]
    spoken = _spoken(words(text[:1000]))
    if spoken:
        yield spoken
    for place, (number, word) in enumerate(pairwise(terms)):
        if number.isdigit() and len(number) >= _FEWEST and word.isascii() and word.isalpha():
            yield [*terms[:place], number + word.translate(_KEYPAD), *terms[place + 2 :]]


def spelled_alone(terms: Sequence[str]) -> str:
    """Return the number that one of few ``terms`` may be, spelled on the keypad (BEFREE, HELP4U); "" for none."""
    for word in terms if len(terms) <= _FEW else ():
        if len(word) in _SPELLED and word.isascii() and word.isalnum() and not word.isdigit():
            return word.translate(_KEYPAD)
    return ""


def _toll_free(text: str) -> str:
    """Return the digits of a toll-free number with letters in it: 1-800-4-A-CHILD, 1-866-4-USWAGE."""
    for found in _TOLL_FREE.findall(text[:200].lower()):
        digits = "".join(c for c in found.translate(_KEYPAD) if c.isdigit()).removeprefix("1")
        if len(digits) in _WHOLE:
            return digits[:10]
    return ""


def _spoken(typed: Sequence[str]) -> list[str]:
    """Return the terms with digits told in words as one number: nine eight eight, nueve ocho ocho."""
    found: list[str] = []
    told = False
    for named, group in groupby(typed, key=lambda word: word in _NAMES):
        some = list(group)
        if named and len(some) >= _FEWEST:
            found.append("".join(_NAMES[word] for word in some))
            told = True
        else:
            found += some
    return telling(found) if told else []
