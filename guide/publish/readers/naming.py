"""Names that shout, as people write them; ages as numbers."""

from __future__ import annotations


def titled(name: str) -> str:
    """Return a name that shouts in capitals as people write names; short words and known letters stay."""
    if not name.isupper() or len(name) < 5:
        return name
    small = {"OF", "AND", "THE", "FOR", "IN", "AT", "TO", "A", "DE", "LA", "Y"}
    words = []
    for place, word in enumerate(name.split()):
        bare = "".join(c for c in word if c.isalpha())
        if place and bare in small:
            words.append(word.lower())
        elif len(bare) <= 3 and not any(c in "AEIOUY" for c in bare):
            words.append(word)
        else:
            words.append("-".join(part.capitalize() for part in word.split("-")))
    return " ".join(words)


def age_of(text: str) -> int | None:
    """Return an age in years, None for anything that is none."""
    digits = text.strip().split(".")[0]
    return int(digits) if digits.isdigit() and int(digits) < 130 else None
