"""English and Spanish plurals, looked for by their singulars too."""

from __future__ import annotations


def singulars(word: str) -> tuple[str, ...]:
    """Return what ``word`` may be the plural of: shelters, abogados, mujeres, families."""
    if len(word) < 5 or not word.isalpha() or not word.endswith("s") or word.endswith("ss"):
        return ()
    if word.endswith("ies"):
        return (f"{word[:-3]}y", word[:-1])
    if word.endswith("es"):
        return (word[:-1], word[:-2])
    return (word[:-1],)
