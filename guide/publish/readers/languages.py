"""Languages out of free text: codes of ISO 639 for those that are known, the source's own words for the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

_BETWEEN = re.compile(r"\s*(?:[,;/|\n]|\band\b|\by\b|&)\s*(?![^(]*\))", re.IGNORECASE)
_ASIDE = re.compile(r"\(([^)]*)\)|\bonly\b|\blanguages?\b|\bspoken\b|\bspeaking\b|\.$", re.IGNORECASE)
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z]{2,4})?")
_NOT_ONE = re.compile(
    r"other|interpret|various|multiple|available|call|request|line|all|many|any|none|\d|translat", re.I
)
_THREE = {"eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "ara": "ar", "zho": "zh", "chi": "zh", "rus": "ru",
          "por": "pt", "vie": "vi", "kor": "ko", "tgl": "tl", "hat": "ht", "urd": "ur", "pol": "pl", "ukr": "uk",
          "deu": "de", "ger": "de", "ita": "it", "cym": "cy", "wel": "cy", "fas": "fa", "per": "fa", "som": "so",
          "tur": "tr", "hin": "hi", "pan": "pa", "ben": "bn", "guj": "gu", "amh": "am", "tir": "ti", "kur": "ku",
          "pus": "ps", "swa": "sw", "heb": "he", "jpn": "ja", "tha": "th", "khm": "km", "lao": "lo", "mya": "my",
          "nep": "ne", "hmn": "hmn", "ase": "ase", "sgn": "ase"}  # fmt: skip


class Tongues:
    """Reads languages by one publisher's names for them; a text that comes again is read once."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """Take the names (in small letters) and their codes."""
        self._known = known
        self._of = lru_cache(maxsize=1 << 12)(self._read)

    def of(self, texts: Iterable[str], unknown: Callable[[str], None]) -> tuple[tuple[str, ...], str]:
        """Return the codes of the languages in ``texts``, and the words that say more ("limited", "by interpreter").

        ``unknown`` is told each name that no code is known for.
        """
        codes: list[str] = []
        more: list[str] = []
        for text in texts:
            own, words, not_known = self._of(text)
            codes += own
            more += words
            for name in not_known:
                unknown(name)
        return tuple(dict.fromkeys(codes)), "; ".join(dict.fromkeys(more))

    def _read(self, text: str) -> tuple[list[str], list[str], list[str]]:
        codes: list[str] = []
        more: list[str] = []
        unknown: list[str] = []
        known = self._known
        for part in _BETWEEN.split(text):
            name = _ASIDE.sub(" ", part).strip(" .:-'\"").lower()
            aside = [found for found in re.findall(r"\(([^)]+)\)", part) if found.lower() not in known]
            code = _code_of(" ".join(name.split()), known) or _code_of(aside[0].lower() if aside else "", known)
            if code:
                codes.append(code)
                more += [f"{name}: {found}" for found in aside if found.lower() != code]
            elif name:
                more.append(part.strip())
                if not _NOT_ONE.search(name):
                    unknown.append(part.strip())
        return codes, more, unknown


def _code_of(name: str, known: Mapping[str, str]) -> str:
    if name in known:
        return known[name]
    match = _CODE.fullmatch(name)
    if match is None:
        first = name.split()[0] if name else ""
        return known.get(first, "") if len(name.split()) <= 3 and not _NOT_ONE.search(name) else ""
    code = match.group(1)
    return _THREE.get(code, code if len(code) == 2 else "")
