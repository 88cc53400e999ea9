"""The fonts that ship: which to set a language in, and what they can print."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from guide.text import font_folders

_FILES = (
    "AtkinsonHyperlegible-Regular.ttf",
    "AtkinsonHyperlegible-Bold.ttf",
    "NotoSans[wdth,wght].ttf",
    "Almarai-Regular.ttf",
    "Almarai-Bold.ttf",
)
_LATIN = ("en", "es")
# Characters that steer text and have no shape of their own.
_SHAPELESS = frozenset("\n\t\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2011\u2066\u2067\u2068\u2069")


def families(languages: Iterable[str]) -> list[str]:
    """Return the families to set ``languages`` in: made for low vision where Latin is all, else Noto throughout."""
    if all(code in _LATIN for code in languages):
        return ["Atkinson Hyperlegible", "Noto Sans", "Almarai"]
    return ["Noto Sans", "Almarai", "Atkinson Hyperlegible"]


def unprintable(texts: Iterable[str]) -> str:
    """Return the characters of ``texts`` that none of our fonts has, in order; "" when all can be printed."""
    wanted = {character for text in texts for character in text} - _SHAPELESS
    return "".join(sorted(character for character in wanted if ord(character) not in _printable()))


@cache
def _printable() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for folder in font_folders():
        for name in _FILES:
            path = folder / name
            if path.is_file():
                with TTFont(path, lazy=True) as font:
                    known |= set(font.getBestCmap())
    return frozenset(known)
