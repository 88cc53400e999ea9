"""Text into the terms that are indexed and asked for: folded by our own code, so every SQLite agrees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from guide.text import fold

# Changes with every rule below and with Unicode's own tables: an index folded otherwise is built anew.
FOLDING = f"3/{unicodedata.unidata_version}"

# Chinese and Japanese write no spaces: each character is a term of its own (住房援助 is found by 援助).
_ALONE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Accents written apart, apostrophes (children's), and the vowel signs of Indic and South-East Asian scripts
# stand inside a word, though none of them is a letter.
_INSIDE = r"\u0300-\u036f'’ʼ\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ebc\u1000-\u109f\u1780-\u17d3"
# Of ASCII text letters (made small) and digits stay, apostrophes go, all else parts words: three walks in C.
_PLAIN = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalnum() else ord(" ") for n in range(256))
_WORD = re.compile(rf"[{_ALONE}]|(?![{_ALONE}])[^\W_](?:(?![{_ALONE}])[^\W_]|[{_INSIDE}])*")
_APOSTROPHES = re.compile("['’ʼ]")
_NUMBER = re.compile(r"\+?[0-9][0-9\s().+\-]*[0-9]|[0-9]")
MOST = 12  # nobody types more words; ten thousand pasted ones must not become a query
MOST_TOLD = 40  # with the little words, in a whole sentence


def _western(text: str) -> str:
    return text if text.isascii() else "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _plain(text: str) -> list[str]:
    return text.encode().translate(_PLAIN, b"'").decode().split()


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order, digits of any script as 0 to 9."""
    if text.isascii():
        return _plain(text)
    folded = fold(_APOSTROPHES.sub("", text))
    if folded.isascii():
        return _plain(folded)
    return _WORD.findall(_western(folded))


# Words that say nothing of the need, in both languages at once; dropped unless nothing else was typed.
STOP = frozenset(
    words(
        """
        a an and am are at be been being by can could did do does for from had has have he her hes him his how i if
        im in is it its ive just look looking me my near need needs of on or our please really she shes should so some
        than that the their them then there they theyre this to us very want was we were what when where which who
        will with would you your
        al algo alguien busco buscar cerca como con cual cuando de del donde el ella ellos en eres es ese eso esta
        estan este esto estoy favor fue ha han hay he la las le les lo los me mi mis muy necesito nos o para pero por
        porque puedo que quien quiero se ser si soy su sus te tengo tu un una uno usted y ya yo
        """
    )
)


def number_terms(digits: str) -> list[str]:
    """Return the forms a number is found by: with and without the leading 1, without area code, its last four."""
    if not (digits.isascii() and digits.isdigit()):
        digits = "".join([c for c in digits if c in "0123456789"])
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    return [digits, f"1{digits}", digits[3:], digits[6:]] if len(digits) == 10 else [digits] if digits else []


def told(text: str) -> list[str]:
    """Return every word somebody typed, stop words too, each number joined to its digits: "1-800 799" is "1800799"."""
    joined = _NUMBER.sub(
        lambda match: " " + "".join(c for c in match.group() if c.isdigit()) + " ", _western(text[:1000])
    )
    return [word[:40] for word in words(joined)][:MOST_TOLD]


def telling(found: Sequence[str]) -> list[str]:
    """Return the terms in the words ``found``: each once, without stop words unless there is nothing else."""
    return list(dict.fromkeys([word for word in found if word not in STOP] or found))[:MOST]


def asked(text: str) -> list[str]:
    """Return the terms somebody typed."""
    return telling(told(text))


def marks(name: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) ranges of the words in ``name`` that one of ``terms`` begins."""
    if _is_plain(name):
        small = name.lower()
        if not any(map(small.__contains__, terms)):  # most names hold none: one look each, in C
            return ()
    begun = tuple(terms)
    return tuple(
        [
            (start, end)
            for start, end, first, others in _placed(name)
            if first.startswith(begun) or (others and any(part.startswith(begun) for part in others))
        ]
    )


def _is_plain(name: str) -> bool:
    """Say whether the words of ``name`` stand in it letter for letter, but for capitals."""
    return name.isascii() and "'" not in name


@lru_cache(maxsize=4000)
def _placed(name: str) -> tuple[tuple[int, int, str, tuple[str, ...]], ...]:
    """Return where each word of ``name`` stands, and folded: mostly one, seldom more."""
    if _is_plain(name):
        return tuple([(*match.span(), match.group(), ()) for match in _WORD.finditer(name.lower())])
    placed = [(*match.span(), words(match.group())) for match in _WORD.finditer(name)]
    return tuple([(start, end, parts[0], tuple(parts[1:])) for start, end, parts in placed if parts])
