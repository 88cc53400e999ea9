"""Reads everyday.txt, which says its own form at its top, and a shelter's own file of that form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guide.search.everyday import Everyday, Target
from guide.search.terms import words

FILE = Path(__file__).with_name("everyday.txt")
_LONGEST = 2_000_000  # bytes of an own file; more is no list of words
_MARKS = ("", "=", "!", "!?", "~")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file of everyday words: the line, counted from 1, and why it was left out."""

    line: int
    reason: str


def read(text: str, into: Everyday) -> tuple[Problem, ...]:
    """Add the sets of ``text`` to ``into``; return what is wrong, line by line. What is wrong is left out."""
    problems = []
    for line, joined in _sets(text):
        mark = joined[: len(joined) - len(joined.lstrip("!?=~"))]
        alike = mark == "="
        said, arrow, meant = joined[len(mark) :].partition(">")
        if mark not in _MARKS:
            problems.append(Problem(line, "a line may begin with =, !, !? or ~"))
        elif mark == "~":
            into.harmless |= {folded for one in joined[1:].split(",") if (folded := tuple(words(one)))}
        elif alike and arrow:
            problems.append(Problem(line, "a line that begins with = has no >"))
        elif not alike and (not arrow or not meant.strip()):
            problems.append(Problem(line, "after the sayings, > and the words of the entries are missing"))
        elif ">" in meant:
            problems.append(Problem(line, "there is more than one >"))
        else:
            problems += _add(line, said, said if alike else meant, into, mark)
    return tuple(problems)


def _add(line: int, said: str, meant: str, into: Everyday, mark: str) -> Iterator[Problem]:
    alike = mark == "="
    sayings: list[Target] = []
    targets: list[Target] = []
    for side, part in ((said, sayings), (meant, targets)):
        for one in side.split(","):
            folded = into.shared(words(one))
            if not folded:
                yield Problem(line, "there is nothing between two commas")
                continue
            part.append(folded)
            for word in one.split():
                plain = words(word)
                if len(plain) == 1:
                    into.spell(plain[0], word.strip().lower())
    if len(sayings) < (2 if alike else 1):
        yield Problem(line, "a set needs two words" if alike else "there are no sayings")
    elif targets:
        into.add(sayings, targets, "" if alike else mark, alike=alike)


def _sets(text: str) -> Iterator[tuple[int, str]]:
    """Yield (number of its first line, the set in one line)."""
    start = 0
    parts: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#") or not line.strip():
            continue
        if line[0] in " \t" and parts:
            parts.append(line.strip())
            continue
        if parts:
            yield start, " ".join(parts)
        start, parts = number, [line.strip()]
    if parts:
        yield start, " ".join(parts)


def load(own: Path | None = None) -> tuple[Everyday, tuple[Problem, ...]]:
    """Return the shipped sets with those of the file ``own``, where there is one, and what is wrong with that file.

    The shipped sets alone are one value for all who ask, and are not to be added to.
    """
    if own is None or not own.is_file():
        return _shipped(), ()
    everyday = Everyday()
    read(FILE.read_text("utf-8"), everyday)
    problems: tuple[Problem, ...]
    try:
        with own.open("rb") as file:
            raw = file.read(_LONGEST + 1)
        if len(raw) > _LONGEST:
            problems = (Problem(1, "the file is too long"),)
        else:
            problems = read(raw.decode("utf-8-sig"), everyday)
    except (OSError, UnicodeDecodeError):
        problems = (Problem(1, "the file cannot be read as UTF-8 text"),)
    everyday.settle()
    return everyday, problems


@lru_cache(maxsize=1)
def _shipped() -> Everyday:
    """Return the shipped sets, made once: a search is opened anew after every change of the catalog."""
    everyday = Everyday()
    read(FILE.read_text("utf-8"), everyday)
    everyday.settle()
    return everyday
