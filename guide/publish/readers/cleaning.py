"""Mends text as it is found in the field: entities, literal line ends, wrong code pages, invisible signs."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(r"<[^<>]{1,200}>")
_DAY_MARK = re.compile(r"#{3}[A-Z]{2,4}#{3}")
_UNCLEAN = ("\\", "&", "<", "+", "#", "  ")  # what the rules below could be about in plain ASCII
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
# UTF-8 read in the old DOS code page. Only the safe ones: "+¦" may stand for several letters (DATA 2.1).
_MOJIBAKE = {"GÇÖ": "’", "GÇÿ": "‘", "GÇ£": "“", "GÇ¥": "”", "GÇô": "–", "GÇö": "—", "GÇª": "…", "GÇó": "•"}
_AMBIGUOUS = re.compile(r"[A-Za-z]\+[¦í®¬¡¢£⌐½]|Gé|GÇ")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` mended, and the names of what was mended. Only bytes are mended, never words."""
    if not text:
        return "", ()
    if text.isascii() and text.isprintable() and not any(sign in text for sign in _UNCLEAN):
        return text.strip(), ()
    return _mended(text)


@lru_cache(maxsize=1 << 11)  # notes, hours and addresses come again and again
def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []
    mended = text
    if "\\n" in mended or "\\r" in mended:
        mended = mended.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\r", "\n")
        found.append("literal \\n")
    if "&" in mended and (unescaped := html.unescape(mended)) != mended:
        mended = unescaped
        found.append("HTML entities")
    if "<" in mended and _TAG.search(mended):
        mended = _TAG.sub(" ", mended)
        found.append("HTML tags")
    for wrong, right in _MOJIBAKE.items():
        if wrong in mended:
            mended = mended.replace(wrong, right)
            found.append("wrong code page, mended")
    if _AMBIGUOUS.search(mended):
        found.append("wrong code page, left as it is")
    if _DAY_MARK.search(mended):
        mended = _DAY_MARK.sub(" ", mended)
        found.append("###DAY### marks")
    plain = mended.translate(_INVISIBLE).replace("\u2028", "\n").replace("\u2029", "\n")
    if plain != mended:
        mended = plain
        found.append("invisible signs")
    mended = unicodedata.normalize("NFC", mended)
    mended = "\n".join(" ".join(line.split()) for line in mended.split("\n"))
    mended = re.sub(r"\n{3,}", "\n\n", mended).strip()
    return mended, tuple(dict.fromkeys(found))


def with_scheme(url: str) -> str:
    """Return a web address with https:// in front where it had none; what is no address is returned as it is."""
    url = url.strip()
    if not url or "://" in url or " " in url or "." not in url:
        return url
    return f"https://{url}"
