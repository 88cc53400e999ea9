"""Words on screen and paper in the reader's language: gettext, plurals, dates, clock times, folding, directions.

One gettext domain ("guide") serves window and paper. Nothing is global: who speaks to a person holds a
``Language`` and calls it. English is the source language, so a missing translation shows English.
"""

from __future__ import annotations

import gettext
import re
import unicodedata
from datetime import date, time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parent / "locale"
_ABOUT = "about.txt"  # in a language's folder: its own name, whether somebody who speaks it has looked over it
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "ps", "dv", "yi", "ckb", "sd"}
_FONT_PACKAGES = ("fontpkg_atkinson_hyperlegible", "fontpkg_noto_sans", "fontpkg_almarai")
_LTR, _END = "\u2066", "\u2069"
_RUN = r"https?://\S*[\w/]|\+?\(?\d[\d\s().\-/:–+]*\d\)?|\d"  # compiled when somebody reads from right to left
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def font_folders() -> list[Path]:
    """Return the folders with the font files of our packages, without importing them."""
    specs = (find_spec(name) for name in _FONT_PACKAGES)
    return [Path(p) / "files" for s in specs if s for p in s.submodule_search_locations or []]


def languages_in(folder: Path) -> dict[str, dict[str, str]]:
    """Return the languages whose words lie in ``folder``, by code, with what is said about each; English comes first.

    A language is a folder with a compiled catalog; no code names it (docs/translating.md).
    """
    found = {"en": {"name": "English", "reviewed": "yes"}}
    for place in sorted(folder.iterdir() if folder.is_dir() else ()):
        if (place / "LC_MESSAGES" / "guide.mo").is_file():
            found[place.name] = _about(place / _ABOUT) or {"name": place.name}
    return dict(
        sorted(found.items(), key=lambda one: (int(one[1].get("order", "50")) if one[0] != "en" else 0, one[0]))
    )


def _about(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError:
        return {}
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines) if value.strip()}


_FOUND = languages_in(LOCALES)
SHIPPED = tuple(_FOUND)
OWN_NAMES = {code: about.get("name", code) for code, about in _FOUND.items()}
NOT_REVIEWED = frozenset(code for code, about in _FOUND.items() if about.get("reviewed") != "yes")


def mark(message: str) -> str:
    """Mark ``message`` for translation where it stands in a table; it is spoken later."""
    return message


def _month_names(_: Any) -> None:  # never called: it shows the names to the extractor
    _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")
    _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")


class Language:
    """One language to speak: ``_ = Language("es"); _("Call")`` gives "Llamar"."""

    def __init__(self, code: str) -> None:
        """Take a BCP 47 tag; an unknown one speaks English."""
        self.code = code
        self._catalog = gettext.translation("guide", LOCALES, languages=[code], fallback=True)

    @property
    def right_to_left(self) -> bool:
        """True where lines run from right to left."""
        return self.code.split("-")[0] in _RIGHT_TO_LEFT

    def __call__(self, message: str, **values: Any) -> str:
        """Return ``message`` in this language, with ``{name}`` filled from ``values``."""
        text = self._catalog.gettext(message)
        return text.format(**values) if values else text

    def count(self, one: str, many: str, n: int, **values: Any) -> str:
        """Return the plural form for ``n``; ``{n}`` is filled in."""
        return self._catalog.ngettext(one, many, n).format(n=f"{n:,}", **values)

    def date(self, day: date) -> str:
        """Return a date with the month in letters, so that no two orders can be mixed up: "12 Nov 2026"."""
        return f"{day.day} {self(_MONTHS[day.month - 1])} {day.year}"

    def time(self, at: time) -> str:
        """Return a clock time as people in the US write it: "6:00 pm"."""
        half = self("am") if at.hour < 12 else self("pm")
        return f"{at.hour % 12 or 12}:{at.minute:02d} {half}"


def right_way(text: str, language: Language) -> str:
    """Return ``text`` as it stands on a line of ``language``."""
    return isolate(text) if language.right_to_left else text


def isolate(text: str) -> str:
    """Return ``text`` for a right-to-left line: each run of digits and each web address wrapped in U+2066 … U+2069.

    Without them "(555) 010-0199" is shown as "0199-010 (555)" in Arabic, by every engine, and the last
    stroke of a web address stands before it. A text without any right-to-left letter (not translated) is wrapped
    whole, so that its full stop stays at its end.
    """
    if not any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return f"{_LTR}{text}{_END}" if text else ""
    return re.sub(_RUN, lambda match: f"{_LTR}{match.group()}{_END}", text)


def fold(text: str) -> str:
    """Return ``text`` for comparing: no case, no accents, đ as d, ß as ss, one space between words."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d").replace("ß", "ss"))
    text = _ACCENTS.sub("", text)  # the common ones at once; letter by letter only where others may be
    if not text.isascii():
        text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(text.split())
