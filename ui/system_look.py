"""What this PC says about colours: light, dark or high contrast (SAFETY A2)."""

from __future__ import annotations

import sys
from functools import lru_cache

from PySide6.QtWidgets import QApplication

from ui.themes import CONTRAST, DARK, LIGHT, Theme

_DARK_BELOW = 128  # lightness of a window's ground, 0 to 255
_ASK_HIGH_CONTRAST, _IS_ON = 0x0042, 1  # SPI_GETHIGHCONTRAST, HCF_HIGHCONTRASTON


@lru_cache(maxsize=1)
def at_start() -> Theme:
    """Return what the system said before the program chose colours of its own; asked once, in ``ui/start.py``.

    The palette tells it: asking Qt for its colour scheme would import the whole of Qt's namespace before the first
    paint (ui/qt_numbers.py).
    """
    if high_contrast():
        return CONTRAST
    return DARK if QApplication.palette().window().color().lightness() < _DARK_BELOW else LIGHT


def says_now() -> Theme:
    """Return what the system says now, while the program runs; where it says nothing, what it said at the start."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    if high_contrast():
        return CONTRAST
    schemes = {Qt.ColorScheme.Dark: DARK, Qt.ColorScheme.Light: LIGHT}
    return schemes.get(QGuiApplication.styleHints().colorScheme(), at_start())


def high_contrast() -> bool:
    """Say whether Windows shows high contrast. Other systems tell it to no program made with this Qt."""
    if sys.platform != "win32":
        return False
    return _windows_high_contrast()


def _windows_high_contrast() -> bool:
    """Ask Windows (SystemParametersInfoW, SPI_GETHIGHCONTRAST with a HIGHCONTRASTW)."""
    import ctypes

    class HighContrast(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p))

    told = HighContrast(ctypes.sizeof(HighContrast), 0, None)
    ask = ctypes.WinDLL("user32").SystemParametersInfoW  # type: ignore[attr-defined,unused-ignore]
    return bool(ask(_ASK_HIGH_CONTRAST, told.size, ctypes.byref(told), 0)) and bool(told.flags & _IS_ON)
