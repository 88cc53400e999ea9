"""Numbers, dates, web addresses inside right-to-left text: kept apart, so that they read as they are (facts, print)."""

from __future__ import annotations

import re
import unicodedata

from guide.text import Language

_LTR, _END = "\u2066", "\u2069"
_RUN = re.compile(r"https?://\S*[\w/]|\+?\(?\d[\d\s().\-/:–+]*\d\)?|\d")


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
    return _RUN.sub(lambda match: f"{_LTR}{match.group()}{_END}", text)
