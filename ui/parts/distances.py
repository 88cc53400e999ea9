"""How far away, in a person's words: miles, or kilometres where this computer's country uses them."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale

from guide.records import Distance
from guide.text import Language

_KILOMETRES = 1.609344
_MILES = (QLocale.Country.UnitedStates, QLocale.Country.UnitedKingdom, QLocale.Country.Liberia,
          QLocale.Country.PuertoRico, QLocale.Country.Guam, QLocale.Country.AnyCountry)  # fmt: skip


@cache
def in_miles() -> bool:
    """Say whether distances are said in miles; where the country is not known, they are."""
    return QLocale.system().territory() in _MILES


def measured(miles: float, _: Language) -> str:
    """Return a length: "0.8 mi", "3.5 mi", "12 mi"."""
    length = miles if in_miles() else miles * _KILOMETRES
    said = f"{length:.0f}" if length >= 10 else f"{max(length, 0.1):.1f}".removesuffix(".0")
    return _("{n} mi", n=said) if in_miles() else _("{n} km", n=said)


def far(distance: Distance | None, _: Language) -> str:
    """Return how far something is, "" where no place was asked for."""
    if distance is None:
        return ""
    if distance.miles is None:
        return _("By phone, any place")
    said = measured(distance.miles, _)
    return _("about {distance}", distance=said) if distance.about else said


def ring(miles: int, _: Language) -> str:
    """Return a radius as a choice: "Within 5 mi"; 0 is any distance."""
    if not miles:
        return _("Any distance")
    if in_miles():
        return _("Within {n} mi", n=miles)
    return _("Within {n} km", n=round(miles * _KILOMETRES))
