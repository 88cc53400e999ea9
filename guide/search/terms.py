"""Text into the terms that are indexed and asked for: folded by our own code, so every SQLite agrees."""

from __future__ import annotations

import re

from guide.text import fold

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\+?\d[\d\s().+\-]*\d|\d")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
STOP = frozenset(
    ["a", "an", "and", "are", "at", "by", "can", "do", "for", "from", "have", "i", "in", "is", "it", "me", "my", "near", "need", "of", "on", "or", "some", "the", "there", "to", "want", "where", "with", "you", "al", "con", "cerca", "de", "del", "donde", "el", "ella", "en", "es", "hay", "la", "las", "lo", "los", "me", "mi", "mis", "necesito", "o", "para", "por", "que", "quiero", "se", "su", "un", "una", "y", "yo"]
)


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order; Chinese and Japanese run as single characters."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if _CJK.search(word):
            found += [part for part in re.split(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])", word) if part]
        else:
            found.append(word)
    return found


def number_terms(digits: str) -> list[str]:
    """Return the forms a number is found by: its digits, with and without the leading 1."""
    digits = "".join(c for c in digits if c.isdigit())
    if len(digits) == 11 and digits.startswith("1"):
        return [digits, digits[1:]]
    return [digits, f"1{digits}"] if len(digits) == 10 else [digits] if digits else []


def asked(text: str) -> list[str]:
    """Return the terms somebody typed: words without stop words, each number joined to its digits.

    Stop words stay when nothing else was typed. "1-800 799" becomes one term, "1800799".
    """
    joined = _NUMBER.sub(lambda match: " " + "".join(c for c in match.group() if c.isdigit()) + " ", text)
    found = words(joined)
    kept = [word for word in found if word not in STOP]
    # The word being typed may yet become another one: "a" on the way to "abogado".
    if found and found[-1] in STOP and not text[-1:].isspace() and len(found[-1]) <= 2 and not kept:
        kept.append(found[-1])
    return list(dict.fromkeys(kept or found))


def marks(name: str, terms: list[str]) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) ranges of the words in ``name`` that one of ``terms`` begins."""
    return tuple(
        match.span()
        for match in _WORD.finditer(name)
        if any(part.startswith(term) for part in words(match.group()) for term in terms)
    )
