"""What may not be published of a place: closed by default for shelters, whatever the source says (SAFETY L1, L2)."""

from __future__ import annotations

import re

from guide.publish.readers.package import Row

_SHELTER = re.compile(
    r"\b(safe ?(house|home|haven)s?|shelters?|battered|domestic violence|sexual assault|human trafficking|"
    r"trafficking (victims?|survivors?)|refuge|refugio|albergue|casa de seguridad|violencia dom[eé]stica)\b",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(confidential|undisclosed|private address|not published|call for (address|location))\b", re.IGNORECASE
)
_FLAGS = ("excludefromwebsite", "exclude_from_website", "excludefromdirectory", "physicaladdressisprivate",
          "address_is_private", "is_private", "isprivate", "confidential")  # fmt: skip
_GONE = ("inactive", "defunct", "closed", "do not refer", "active, but do not refer", "deleted")
_POSITION = re.compile(r"\b(p\.?\s?o\.?\s+box)\b", re.IGNORECASE)


def is_shelter(*texts: str) -> bool:
    """Say whether these texts speak of a place whose address could be somebody's safety."""
    return any(_SHELTER.search(text) for text in texts)


def is_secret(row: Row) -> bool:
    """Say whether an address row says of itself that it is not to be shown."""
    if any(row.get(flag, "").strip().lower() in ("yes", "y", "true", "1", "t") for flag in _FLAGS):
        return True
    return bool(_SECRET.search(" ".join(row.get(name, "") for name in ("address_1", "address_2", "attention", "city"))))


def is_box(street: str) -> bool:
    """Say whether a street line is a post office box: nothing to visit."""
    return bool(_POSITION.search(street))


def is_gone(status: str) -> bool:
    """Say whether a service must not be published: closed, or not to be referred to."""
    return status.strip().lower() in _GONE


def without(text: str, streets: list[str], instead: str) -> str:
    """Return ``text`` with every one of ``streets`` taken out, however it is spaced."""
    for street in streets:
        words = [re.escape(word) for word in street.split()]
        if len(words) >= 2:
            text = re.sub(r"\s+".join(words), instead, text, flags=re.IGNORECASE)
    return text
