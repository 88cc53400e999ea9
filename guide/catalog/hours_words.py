"""The words people write hours with, English and Spanish, as tokens; one word we do not know and there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from guide.catalog.recurrence import DAYS
from guide.text import fold


class Token(NamedTuple):
    """One piece of meaning: its kind, and what it says."""

    kind: str
    value: str = ""


_DAY_WORDS = (
    ("MO", r"mon(?:days?)?|lun(?:es)?|mo"),
    ("TU", r"tue(?:s(?:days?)?)?|martes|tu"),
    ("WE", r"wed(?:s|nesdays?)?|mier(?:coles)?|mie|we"),
    ("TH", r"thu(?:rs?(?:days?)?|r)?|jue(?:v(?:es)?)?|th"),
    ("FR", r"fri(?:days?)?|vier(?:nes)?|vie|fr"),
    ("SA", r"sat(?:urdays?)?|sab(?:ados?)?|sa"),
    ("SU", r"sun(?:days?)?|dom(?:ingos?)?|su"),
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_LETTERS = {"m": "MO", "t": "TU", "w": "WE", "th": "TH", "r": "TH", "f": "FR", "s": "SA"}
_ZONES = {
    "America/New_York": r"eastern|hora del este|e[sd]?t",
    "America/Chicago": r"central|hora del centro|hora central|c[sd]?t",
    "America/Denver": r"mountain|hora de la montana|m[sd]?t",
    "America/Los_Angeles": r"pacific|hora del pacifico|p[sd]?t",
    "America/Anchorage": r"alaska|ak[sd]t",
    "Pacific/Honolulu": r"hawaii|hst",
}
_HOLIDAY = r"(?:(?:on|los|all|most|major|legal|federal|public|bank|national|county|dias|dias de|the)\s+)*(?:holidays|feriados|festivos|fiestas?)"
_END = r"(?![a-z0-9])"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("holidays:open", rf"(?:including|incl\.?|incluso|incluidos|incluyendo|open|abierto)\s+{_HOLIDAY}{_END}|365 days a year"),
    ("holidays:closed", rf"(?:except(?:\s+for)?|excluding|closed|no|not|excepto|menos|cerrado|cerrados)\s+{_HOLIDAY}{_END}"),
    ("appointment:", r"(?:services? (?:are )?(?:provided )?)?(?:and |or |y |o )?(?:by|with|con|previa|call for(?: an)?|llame para(?: una)?|solo con)\s+(?:appointments?|appt\.?|cita(?: previa)?|previa cita)(?:\s+only)?|cita previa|appointments? (?:only|required|necessary)|solo (?:por|con) cita|(?:please )?call (?:first|ahead|for (?:hours|times|information|info|more information|schedule))|hours vary|varies|horario variable|llame (?:antes|primero)"),
    ("always:", rf"24\s*/\s*7(?:\s*/\s*365)?{_END}|always open|around the clock|siempre abierto"),
    ("hours24:", rf"(?:open |las )?24[\s-]*(?:hours?|hrs?\.?|horas|h){_END}(?:\s+(?:a|per)\s+day|\s+al dia|\s+del dia|\s+diarias)?"),
    ("days:MO,TU,WE,TH,FR,SA,SU", rf"(?:(?:7|seven|los 7|los siete|siete)\s+(?:days|dias)(?:\s+(?:(?:a|per)\s+week|(?:a|de|por) la semana))?|every\s*day|daily|todos los dias|diario|diariamente|all week){_END}"),
    ("days:MO,TU,WE,TH,FR", rf"(?:weekdays?|entre semana|dias de semana){_END}"),
    ("days:SA,SU", rf"(?:weekends?|(?:los )?fin(?:es)? de semana){_END}"),
    ("nth:", rf"(?:every\s+|the\s+|el\s+)?(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last|primer|segundo|tercer|cuarto|ultimo)(?:\s*(?:,|&|and|y)\s*(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|last|primer|segundo|tercer|cuarto|ultimo))*{_END}"),
    ("monthly:", rf"(?:of\s+(?:each|the|every)\s+month|every month|monthly|del mes|de cada mes){_END}(?:\s*\(?only\)?)?"),
    ("alternate:", rf"(?:every other|cada dos|alternate|biweekly|bi-weekly){_END}"),
    ("season:", rf"{_MONTH}{_END}\s*(?:-|to|through|thru)\s*{_MONTH}{_END}\s*:?"),
    ("aside:", rf"\((?:secondary source|\d{{4}} page|\d{{1,2}}(?::\d{{2}})?\s*[ap]m\s*-\s*\d{{1,2}}(?::\d{{2}})?\s*[ap]m\s+(?:eastern|central|mountain|pacific))\)|confirm{_END}"),
    *((f"zone:{name}", rf"(?:{words}){_END}(?:\s+(?:standard |daylight )?time{_END})?") for name, words in _ZONES.items()),
    ("closed:", rf"(?:closed|close|cerrado|cerrada){_END}"),
    ("lunch:", rf"(?:for\s+|por\s+|para\s+)?(?:lunch|almuerzo|(?:la )?comida){_END}"),
    *((f"days:{day}", rf"(?:{words}){_END}\.?") for day, words in _DAY_WORDS),
    ("clock:12:00p", rf"(?:12(?::00)?\s+)?(?:noon|mediodia){_END}"),
    ("clock:12:00a", rf"(?:12(?::00)?\s+)?(?:midnight|medianoche){_END}"),
    ("clock:", r"\d{1,2}[:.h]?\d{2}(?::00)?\s*(?:[ap]\.?\s?m\b\.?|[ap](?![a-z]))?|\d{1,2}\s*[ap]\.?\s?m\b\.?|\d{1,2}[ap](?![a-z])|\d{1,2}(?=\D|$)"),
    ("to:", rf"[-~]+|(?:to|through|thru|until|till|til|hasta|al?){_END}(?:\s+las?{_END})?"),
    ("letters:", rf"(?:th|[mtwrfs]){{1,5}}{_END}"),
    ("and:", rf"[&/+]|(?:and|y|e){_END}"),
    ("break:", r"[;\n]|\.(?=\s|$)"),
    ("comma:", r"[,:()\[\]]"),
    ("filler:", rf"(?:from|de|desde|las?|los|el|at|only|open|abierto|hours?|hrs?\.?|horario|horas|office hours|business hours|hours of operation|de atencion|de oficina|oficina|office|time|on|during){_END}"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_NTHS = {"1st": 1, "first": 1, "primer": 1, "2nd": 2, "second": 2, "segundo": 2, "3rd": 3, "third": 3, "tercer": 3,
         "4th": 4, "fourth": 4, "cuarto": 4, "5th": 5, "fifth": 5, "last": -1, "ultimo": -1}  # fmt: skip


def tokens(text: str) -> list[Token] | None:
    """Return what ``text`` says piece by piece, or None when any word of it is not known."""
    lines = [fold(line) for line in text.replace("–", "-").replace("—", "-").replace("\\n", "\n").splitlines()]
    plain = "\n".join(line for line in lines if line)
    found = []
    place = 0
    while place < len(plain):
        if plain[place] == " ":
            place += 1
            continue
        token, place = _next(plain, place)
        if token is None:
            return None
        if token.kind not in ("filler", "aside"):
            found.append(token)
    return list(_split_letters(found))


def _next(plain: str, place: int) -> tuple[Token | None, int]:
    for kind, pattern in _COMPILED:
        match = pattern.match(plain, place)
        if match and match.end() > place:
            name, _, value = kind.partition(":")
            return Token(name, value or match.group().strip()), match.end()
    return None, place


def _split_letters(found: list[Token]) -> Iterator[Token]:
    """Turn "m-f" and "mwf" into days."""
    for token in found:
        if token.kind == "letters":
            for letters in re.findall(r"th|[mtwrfs]", token.value):
                yield Token("days", _LETTERS[letters])
        else:
            yield token


def nths(text: str) -> tuple[int, ...]:
    """Return the numbers of "2nd and 4th"; the last is -1."""
    return tuple(_NTHS[word] for word in re.findall(r"[a-z0-9]+", text) if word in _NTHS)


def months(text: str) -> str:
    """Return "june-august" as a season, "06-01/08-31"."""
    first, last = (_MONTHS.index(m[:3]) + 1 for m in re.findall(_MONTH, text))
    return f"{first:02d}-01/{last:02d}-31"


def days_between(first: str, last: str) -> tuple[str, ...]:
    """Return the days from ``first`` to ``last``, over the weekend where the last comes first."""
    start, end = DAYS.index(first), DAYS.index(last)
    return DAYS[start : end + 1] if start <= end else DAYS[start:] + DAYS[: end + 1]
