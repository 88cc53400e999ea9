"""Texts of a catalog made fit for paper: no character that steers the line or the printer stays in them."""

from __future__ import annotations

import re

# Line and paragraph ends of every kind become one; a tab becomes a blank.
_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# C0 and C1 controls, marks and overrides of direction (a name must not turn the number beside it around), lone
# surrogates, and the tags and fillers nobody sees. U+200C and U+200D stay: Persian and Indic words need them.
_STEER = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_DIRTY = re.compile(f"\t|{_ENDS.pattern}|{_STEER.pattern}")


def clean(text: str) -> str:
    """Return ``text`` with plain line ends and blanks, and without characters that steer."""
    if not _DIRTY.search(text):
        return text
    return _STEER.sub("", _ENDS.sub("\n", text).replace("\t", " "))
