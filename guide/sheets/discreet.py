"""Words that must not stand on a paper somebody may have to hide (SAFETY P2)."""

from __future__ import annotations

from guide.text import fold

# Beginnings of words, folded, in English and Spanish.
BLOCKED = (
    "abus", "agres", "albergue", "assault", "batter", "crisis", "delito", "domestic", "escap", "explot", "exploit",
    "maltrat", "rape", "refug", "runaway", "safe", "segur", "sexual", "shelter", "sobreviv", "stalk", "suicid",
    "surviv", "traffick", "trata", "victim", "violad", "violac", "violen",
)  # fmt: skip


def tells(text: str) -> bool:
    """Say whether ``text`` holds a word that gives away why somebody carries the paper."""
    return any(word.startswith(BLOCKED) for word in _words(text))


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()
