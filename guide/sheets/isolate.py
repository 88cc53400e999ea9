"""Numbers and dates inside right-to-left text: kept apart, so that they read as they are (facts, print)."""

from __future__ import annotations

import re

_LTR, _END = "\u2066", "\u2069"
_RUN = re.compile(r"\+?\(?\d[\d\s().\-/:–+]*\d\)?|\d")


def isolate(text: str) -> str:
    """Return ``text`` with each run of digits wrapped in U+2066 … U+2069: without them "(555) 010-0199" is
    shown as "0199-010 (555)" in Arabic, by every engine.
    """
    return _RUN.sub(lambda match: f"{_LTR}{match.group()}{_END}", text)
