"""What a typed number dials, and what it could also be: checked while it is typed."""

from __future__ import annotations

from guide.records import Channel, Phone

_SHORT_TEXT = (5, 6)  # digits of a short code, which takes text messages alone


def dialled(text: str, channel: Channel = Channel.VOICE, region: str = "US") -> str:
    """Return what to dial for ``text`` as typed, "" when it cannot be dialled as written."""
    from guide.publish.readers.phones import read_phones

    digits = "".join(c for c in text if c.isdigit())
    if channel is Channel.TEXT and len(digits) in _SHORT_TEXT and digits == "".join(text.split()):
        return digits
    found = [phone.dial for phone in read_phones(text, channel.value, "typed", "house", region=region)]
    return found[0] if len(found) == 1 else ""


def plain_digits(phone: Phone) -> str:
    """Return the digits two entries are compared by: without the country, and without what is too short to tell."""
    digits = "".join(c for c in phone.dial if c.isdigit())
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return digits if len(digits) >= 7 else ""
