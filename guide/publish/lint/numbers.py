"""The lint's look at numbers: letters and digits agree, a phone can dial it, it is on no list of wrong ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from guide.records import DoNotPrint, Phone, Service

Reasons = Iterator[tuple[str, str]]
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_SPELLED = re.compile(
    r"\b(?:1[-. ]?)?\(?([2-9]\d\d)\)?[-. ]+([A-Z0-9-]*[A-Z]{2}[A-Z0-9-]*)\b(?:\s*\(([\d -]{3,12})\))?"
)
_KEYWORD = re.compile(r"\b([A-Z][A-Za-z]{3,9})\s*\((\d{5,10})\)")  # "Text BeFree (233733)"
_BARE = re.compile(r"[\d\s().+/·–-]+")
_WRITTEN = re.compile(r"\+?\d[\d().\s-]{5,}\d|\b\d{5,6}\b")
_TWO_DIGITS = re.compile(r"\d\d")  # a text without them names no number
_NOT_DIGITS = re.compile(r"\D+")
_LENGTHS = (3, 5, 6, 10, 11)
_FICTIONAL = re.compile(r"\+1\d{3}55501\d\d")


def spelled(text: str) -> Reasons:
    """Yield every place in ``text`` where a number's letters and the digits in brackets behind it disagree."""
    if not _TWO_DIGITS.search(text):
        return
    for area, letters, digits in _SPELLED.findall(text):
        keys = letters.replace("-", "").translate(_KEYPAD)
        said = re.sub(r"\D", "", digits)
        # "1-800-799-SAFE (7233)" gives the digits of the letters, "1-800-FLOWERS (800-356-9377)" the whole number.
        if said and not (keys[:7].endswith(said) or _national(area + keys[:7]) == _national(said) or said in keys):
            yield "number-letters", f"{area}-{letters} spells {area}{keys[:7]}, in brackets stands {digits}"
    for word, digits in _KEYWORD.findall(text):
        keys = word.upper().translate(_KEYPAD)
        if len(keys) == len(digits) and keys != digits:
            yield "number-letters", f"{word} spells {keys}, in brackets stands {digits}"


def number(phone: Phone) -> Reasons:
    """Yield what is wrong with one number, apart from lists and other entries."""
    yield from spelled(phone.published)
    digits = "".join(c for c in phone.dial if c.isdigit())
    if not phone.dial:
        yield "number-no-button", phone.published
        return
    if found := _SPELLED.search(phone.published):
        keys = found[1] + found[2].replace("-", "").translate(_KEYPAD)
        if keys[:10] != _national(digits)[: len(keys[:10])]:
            yield "number-letters", f"{phone.published} spells {keys[:10]}, dials {digits}"
    elif _BARE.fullmatch(phone.published):
        shown = _national("".join(c for c in phone.published if c.isdigit())).lstrip("0")
        if shown and not digits.endswith(shown):
            yield "number-differs", f"{phone.published} is shown, {phone.dial} is dialled"
    yield from _shape(phone, digits)


def _shape(phone: Phone, digits: str) -> Reasons:
    if _FICTIONAL.fullmatch(phone.dial):
        yield "number-fictional", phone.published
    elif not phone.dial.startswith("+"):
        if len(digits) not in _LENGTHS:
            yield "number-shape", f"{phone.published}: {len(digits)} digits"
    else:
        match _dialled(phone.dial):
            case "impossible":
                yield "number-shape", f"{phone.published} would dial {phone.dial}"
            case "unlikely":
                yield "number-unlikely", phone.published


@lru_cache(maxsize=1 << 14)  # one switchboard serves many entries
def _dialled(dial: str) -> str:
    """Return what the numbering plan says of a number with its country."""
    from phonenumbers import NumberParseException, is_possible_number, is_valid_number, parse

    try:
        parsed = parse(dial)
    except NumberParseException:
        return "impossible"
    if not is_possible_number(parsed):
        return "impossible"
    return "valid" if is_valid_number(parsed) else "unlikely"


class Listed:
    """The do-not-print list, asked by number and by phrase."""

    def __init__(self, entries: tuple[DoNotPrint, ...]) -> None:
        """Take the list of the catalog."""
        self._numbers: Mapping[str, DoNotPrint] = {
            _national(digits): entry
            for entry in entries
            if (digits := re.sub(r"\D", "", entry.value)) and not re.search(r"[A-Za-z]{3}", entry.value)
        }
        self._phrases = [(entry.value.casefold(), entry) for entry in entries if " " in entry.value.strip()]

    def of(self, phone: Phone) -> Reasons:
        """Yield what the list says of a number that is shown."""
        for digits in {_NOT_DIGITS.sub("", text) for text in {phone.dial, phone.value, phone.published}}:
            if digits and (entry := self._numbers.get(_national(digits))):
                yield "do-not-print", _instead(phone.published, entry)
                return

    def within(self, text: str) -> Reasons:
        """Yield every phrase and number of the list that stands in ``text``."""
        if not text:
            return
        folded = text.casefold()
        for phrase, entry in self._phrases:
            if phrase in folded:
                yield "do-not-print", _instead(entry.value, entry)
        for found in _WRITTEN.findall(text) if _TWO_DIGITS.search(text) else ():
            if wrong := self._numbers.get(_national(re.sub(r"\D", "", found))):
                yield "do-not-print", _instead(found, wrong)


def evidence(service: Service, phone: Phone) -> Reasons:
    """Yield a number that nothing vouches for: no page, and nobody who called."""
    if not (phone.evidence or phone.evidence_date or service.assured_date):
        yield "number-no-evidence", phone.published


def _instead(what: str, entry: DoNotPrint) -> str:
    return f"{what}: {entry.was}; use {entry.now}"


def _national(digits: str) -> str:
    return digits.removeprefix("1") if len(digits) > 10 else digits
