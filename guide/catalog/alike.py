"""Whether two publishers speak of one line of help: decided with care, for what is taken as one is shown once."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from guide.text import fold

_ENOUGH = 0.75  # of the words of both names together
# Words that publishers put to a name or leave out.
_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    _WORD.findall(
        "a an and at by for in of on or the to with inc llc center centre hotline helpline lifeline line program"
        " services service office national de del el la las los y para linea"
    )
)


class Facts(NamedTuple):
    """What of an entry is compared. ``numbers`` as dialled, ``published`` as shown, fax and hidden ones left out."""

    id: str
    name: str
    giver: str
    needs: tuple[str, ...]
    staff: bool
    url: str
    numbers: frozenset[str]
    published: tuple[str, ...]
    codes: frozenset[str]


def relation(first: Facts, second: Facts) -> str:
    """Return what ``second`` is to ``first``, which counts more.

    ``same``: one line of help, as both have a number and nearly the name and a need in common, or one id and name.
    ``number``: one line (one id and nearly the name; or name, organization and page), and no number in common.
    ``maybe``: name and organization, or the id, in common, and no number. "" is all else: both are shown.
    """
    one_id, named = first.id == second.id, alike(first.name, second.name)
    if first.numbers & second.numbers:
        return "same" if named and (one_id or second.needs[0] in first.needs) else ""
    if not (first.numbers and second.numbers):
        return "same" if one_id and named else ""
    apart = bool(first.codes and second.codes and not first.codes & second.codes)
    giver = bool(first.giver) and fold(first.giver) == fold(second.giver)
    very = giver and not apart and fold(first.name) == fold(second.name)
    page = bool(first.url) and first.url.rstrip("/") == second.url.rstrip("/")
    if (named and one_id) or (very and page):
        return "number"
    return "maybe" if very or one_id else ""


def alike(first: str, second: str) -> bool:
    """Say whether two names are of one thing: nearly the same words, whatever else is put to them."""
    one, other = _telling(first), _telling(second)
    return bool(one) and len(one & other) >= _ENOUGH * len(one | other)


@lru_cache(maxsize=2000)
def _telling(name: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(fold(name)))
    telling = frozenset(word for word in words if word not in _COMMON and not word.isdigit())
    return telling or words
