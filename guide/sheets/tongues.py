"""The languages paper can speak: the window's own by gettext, more as small files of words, kept apart from code.

A file (``words/vi.toml``) holds the sheet's few texts; a house may drop more into the data folder's ``languages``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from guide.records import PaperLanguage, Words
from guide.sheets.clean import clean
from guide.text import NOT_REVIEWED, OWN_NAMES, SHIPPED, Language, mark

_WORDS = Path(__file__).with_name("words")
# What a text of the catalog is called that has no words in the sheet's language.
_IN = {"en": mark("in English"), "es": mark("in Spanish")}


class Tongue(Language):
    """One language of a sheet. An unknown tag speaks English and still finds its own texts in the catalog."""

    def __init__(self, code: str, facts: dict[str, Any] | None = None) -> None:
        """Take a BCP 47 tag and what its file holds."""
        super().__init__(code)
        self._facts = facts or {}
        self._words: dict[str, str] = self._facts.get("words", {})
        self.name: str = self._facts.get("name") or OWN_NAMES.get(code, code)

    @property
    def right_to_left(self) -> bool:
        """True where lines run from right to left."""
        return self._facts.get("direction") == "rtl" or super().right_to_left

    def __call__(self, message: str, **values: Any) -> str:
        """Return ``message`` in this language, with ``{name}`` filled from ``values``."""
        text = self._words.get(message)
        if text is None:
            return super().__call__(message, **values)
        return text.format(**values) if values else text

    def date(self, day: date) -> str:
        """Return a date as this language writes it, the month never as a bare second number."""
        pattern = self._facts.get("date")
        if not pattern:
            return super().date(day)
        names = self._facts.get("months") or [str(month) for month in range(1, 13)]
        return str(pattern).format(day=day.day, month=day.month, name=names[day.month - 1], year=day.year)

    def given(self, words: Words) -> tuple[str, str]:
        """Return the text of ``words`` for this language, clean, and its tag; where there is none, the original's."""
        for code in self._tags():
            text = words.given(code)
            if text:
                return clean(text), code
        return clean(words.text), words.language

    def speaks(self, code: str) -> bool:
        """Say whether a text tagged ``code`` is in this language."""
        return code in self._tags()

    def called(self, code: str) -> str:
        """Return what to call a text in another language: "in English"; one without words for it by its own name."""
        return self(_IN[code]) if code in _IN else OWN_NAMES.get(code, code)

    def _tags(self) -> tuple[str, ...]:
        base = self.code.split("-")[0]
        return (self.code, *self._facts.get("also", ()), *(() if base == "zh" else (base,)))


def tongue(code: str, more: Path | None = None) -> Tongue:
    """Return the tongue of ``code``, also from the house's own files in ``more``."""
    return Tongue(code, _files(more).get(code))


def paper_languages(more: Path | None = None) -> tuple[PaperLanguage, ...]:
    """Return every language a sheet can be in: the window's first, then by name."""
    own = [PaperLanguage(code, OWN_NAMES[code], reviewed=code not in NOT_REVIEWED) for code in SHIPPED]
    found = [PaperLanguage(code, facts["name"], bool(facts.get("reviewed"))) for code, facts in _files(more).items()]
    return (*own, *sorted((one for one in found if one.code not in SHIPPED), key=lambda one: one.name))


def _files(more: Path | None) -> dict[str, dict[str, Any]]:
    """Return the facts of every readable file by tag; the house's own win over ours."""
    paths: Iterable[Path] = sorted(_WORDS.glob("*.toml"))
    if more is not None and more.is_dir():
        paths = [*paths, *sorted(more.glob("*.toml"))]
    found = {}
    for path in paths:
        with suppress(OSError):  # a link that leads nowhere
            facts = _read(path, path.stat().st_mtime_ns)
            if facts:
                found[facts["code"]] = facts
    return found


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    """Return the facts of a file; none of a broken one, which must not keep the others from printing.

    A text whose places to fill are not those of the English text is passed over: English stands there then.
    """
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not _is_whole(facts):
        return {}
    words = facts.get("words", {})
    return facts | {"words": {ours: text for ours, text in words.items() if _places(text) == _places(ours)}}


def _is_whole(facts: dict[str, Any]) -> bool:
    words, months, also = facts.get("words", {}), facts.get("months", []), facts.get("also", [])
    return (
        all(isinstance(facts.get(key), str) and facts[key].strip() for key in ("code", "name"))
        and isinstance(words, dict)
        and _are_texts(list(words.values()))
        and _are_texts(also)
        and _are_texts(months)
        and len(months) in (0, 12)
        and isinstance(facts.get("date", ""), str)
        and _places(facts.get("date", "")) <= {"day", "month", "name", "year"}
    )


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _places(text: str) -> set[str]:
    """Return the names in braces that are to be filled in ``text``; "" among them where it cannot be filled by name."""
    try:
        fields = [(name, more or turned) for _before, name, more, turned in Formatter().parse(text) if name is not None]
    except ValueError:
        return {""}
    return {name if name.isidentifier() and not more else "" for name, more in fields}
