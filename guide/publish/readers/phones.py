"""A cell with phone numbers into phones: never altered, never dropped, dialled only when surely right (DATA 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

from guide.publish.ids import stable_id
from guide.records import Channel, Phone, Words

SHORT = frozenset({"988", "911", "211", "311", "411", "511", "711", "811"})
CHANNELS = {
    "voice": Channel.VOICE,
    "cell": Channel.VOICE,
    "text": Channel.TEXT,
    "sms": Channel.TEXT,
    "fax": Channel.FAX,
    "textphone": Channel.TTY,
    "tty": Channel.TTY,
    "tdd": Channel.TTY,
    "video": Channel.VIDEOPHONE,
    "videophone": Channel.VIDEOPHONE,
}
_TEXT_TO = re.compile(r"\btext\b\s*[\"“']?([A-Za-z0-9]{2,12})[\"”']?\s*(?:to|\()\s*\(?(\d{5,6})\)?", re.IGNORECASE)
_BARE = re.compile(r"\(?\d{3}\)?[-. /]{0,2}\d{3}[-. ]?\d{4}")
_BRACKET_DIGITS = re.compile(r"([A-Z]{3,})\s*\(\d{3,7}\)")
_DUMMY = re.compile(r"^\+1\d{3}55501\d{2}$|^\+1(\d)\1{9}$|^\+15551234567$")


def read_phones(
    cell: str, kind: str, owner: str, publisher: str, *, extension: str = "", note: str = "", region: str = "US",
    language: str = "en",
) -> tuple[Phone, ...]:  # fmt: skip
    """Return the phones in ``cell``; ``owner`` makes their ids stable. Text that holds none is kept verbatim."""
    text = " ".join(cell.strip().strip('"').split())
    if not text:
        return ()
    channel = CHANNELS.get(kind.strip().lower(), Channel.VOICE)
    unknown = kind.strip() if kind.strip() and kind.strip().lower() not in CHANNELS else ""
    said = "; ".join(part for part in (note, unknown) if part)
    found = _numbers(text, region) or (("", "", "", channel),)
    phones = []
    for place, (dial, ext, keyword, own) in enumerate(found):
        shown = text if len(found) == 1 else _shown(dial, region)
        phones.append(
            Phone(
                id=stable_id(publisher, "phone", f"{owner}/{place}"),
                channel=own if own is Channel.TEXT else channel,
                published=shown,
                value=text,
                dial=dial,
                extension=ext or extension,
                keyword=Words(keyword, language),
                note=Words(said, language),
            )
        )
    return tuple(phones)


@lru_cache(maxsize=1 << 14)
def _numbers(text: str, region: str) -> tuple[tuple[str, str, str, Channel], ...]:
    """Return what ``_found`` does; many services share their organization's number."""
    return tuple(_found(text, region))


def _found(text: str, region: str) -> Iterator[tuple[str, str, str, Channel]]:
    """Yield (what to dial, extension, keyword, channel) for each number that is surely one."""
    digits = "".join(c for c in text if c.isdigit())
    if digits in SHORT and re.fullmatch(r"[\d\s\-.]+", text):
        yield digits, "", "", Channel.VOICE
        return
    if _BARE.fullmatch(text):  # the commonest form needs no search for numbers in a text
        number = phonenumbers.parse(text, region)
        if phonenumbers.is_valid_number(number):
            yield from _dialled(number)
            return
    if match := _TEXT_TO.search(text):
        yield match.group(2), "", match.group(1).upper(), Channel.TEXT
        return
    plain = _BRACKET_DIGITS.sub(r"\1", text)
    for found in PhoneNumberMatcher(plain, region, leniency=Leniency.VALID, max_tries=20):
        yield from _dialled(found.number)
    if not any(c.isdigit() for c in plain) or list(PhoneNumberMatcher(plain, region)):
        return
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return
    # A vanity number ("1-800-662-HELP"): letters only where a keypad has them, and long enough to be one.
    if re.fullmatch(r"[+\d\s().\-A-Za-z]+", plain) and phonenumbers.is_valid_number(number):
        yield from _dialled(number)


def _dialled(number: phonenumbers.PhoneNumber) -> Iterator[tuple[str, str, str, Channel]]:
    dial = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if not _DUMMY.match(dial):
        yield dial, number.extension or "", "", Channel.VOICE


def _shown(dial: str, region: str) -> str:
    number = phonenumbers.parse(dial, region)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
