"""The fonts that ship or were dropped in: which to set a language in, which are needed, what none of them has.

Chinese weighs twenty times the rest, so it is opened only where its characters stand on the sheet. A house adds a
script by putting a font file into the data folder's ``fonts``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from guide.text import font_folders

_FILES = (
    "AtkinsonHyperlegible-Regular.ttf",
    "AtkinsonHyperlegible-Bold.ttf",
    "NotoSans[wdth,wght].ttf",
    "Almarai-Regular.ttf",
    "Almarai-Bold.ttf",
)
_LATIN = ("en", "es")
_CHINESE = "manimgx_fonts_cjk"  # Noto Sans CJK, OFL-1.1, one collection with every region's forms
_ENDINGS = (".ttf", ".otf", ".ttc")
# Characters that steer text and have no shape of their own.
_SHAPELESS = frozenset("\n\t\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2011\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Fonts:
    """What a sheet is set in: the folders to look in, families beyond our own, and characters that none has."""

    folders: tuple[Path, ...]
    more: tuple[str, ...]
    missing: str


def families(language: str, languages: Iterable[str], more: Iterable[str] = ()) -> list[str]:
    """Return the families for ``language``: made for low vision where Latin is all, else Noto throughout."""
    if all(code in _LATIN for code in languages):
        return ["Atkinson Hyperlegible", "Noto Sans", "Almarai", *more]
    found = ["Noto Sans", "Almarai", *more]
    if "Noto Sans CJK SC" in found:
        form = "Noto Sans CJK TC" if language.startswith(("zh-Hant", "zh-TW", "zh-HK")) else "Noto Sans CJK SC"
        found.remove("Noto Sans CJK SC")
        found.append(form)
    return [*found, "Atkinson Hyperlegible"]


def fonts_for(texts: Iterable[str], languages: Iterable[str], own: Path | None = None) -> Fonts:
    """Return the fonts for ``texts``; ``own`` is the folder of the house's fonts."""
    wanted = set().union(*texts) - _SHAPELESS
    left = {c for c in wanted if ord(c) not in _shipped()}
    folders, more = font_folders(), []
    for path in _dropped(own) if left else ():
        known, family = _known(path, path.stat().st_mtime_ns)
        if {ord(c) for c in left} & known:
            left = {c for c in left if ord(c) not in known}
            folders.append(path.parent)
            more.append(family)
    chinese = _chinese_folder()
    if chinese is not None and (left or any(code.startswith("zh") for code in languages)):
        left = {c for c in left if ord(c) not in _chinese()}
        folders.append(chinese)
        more.append("Noto Sans CJK SC")
    return Fonts(tuple(dict.fromkeys(folders)), tuple(dict.fromkeys(more)), "".join(sorted(left)))


def unprintable(texts: Iterable[str]) -> str:
    """Return the characters of ``texts`` that none of the shipped fonts has, in order; "" when all can be printed."""
    return fonts_for(texts, ()).missing


def _dropped(own: Path | None) -> list[Path]:
    if own is None or not own.is_dir():
        return []
    return sorted(path for path in own.iterdir() if path.suffix.lower() in _ENDINGS and path.is_file())


def _chinese_folder() -> Path | None:
    spec = find_spec(_CHINESE)
    return Path(next(iter(spec.submodule_search_locations or []))) if spec else None


@cache
def _shipped() -> frozenset[int]:
    known: set[int] = set()
    for folder in font_folders():
        for name in _FILES:
            if (folder / name).is_file():
                known |= _read(folder / name)[0]
    return frozenset(known)


@cache
def _chinese() -> frozenset[int]:
    folder = _chinese_folder()
    return _read(next(folder.glob("*.ttc")))[0] if folder else frozenset()


@lru_cache(maxsize=32)
def _known(path: Path, _changed: int) -> tuple[frozenset[int], str]:
    return _read(path)


def _read(path: Path) -> tuple[frozenset[int], str]:
    """Return the characters of a font file and its family; a file that is no font has none."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
            names = font["name"]
            return frozenset(font.getBestCmap() or {}), str(names.getBestFamilyName() or names.getDebugName(1) or "")
    except (TTLibError, KeyError, OSError, AssertionError, ValueError):
        return frozenset(), ""
