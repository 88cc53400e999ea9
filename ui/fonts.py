"""The fonts of the window: small ones before the first paint, the large one only for scripts that need it."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from guide.text import font_folders

_FIRST = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")
_LATIN = ("en", "es")
_loaded: set[str] = set()


def window_font(language: str) -> QFont:
    """Return the font for ``language``: made for low vision where it has the letters, else Noto Sans throughout."""
    latin = language in _LATIN
    _load(_FIRST)
    if not latin:
        _load(("NotoSans[wdth,wght].ttf", "Almarai-Regular.ttf", "Almarai-Bold.ttf"))
    font = QFont()
    first = ["Atkinson Hyperlegible"] if latin else ["Noto Sans", "Almarai"]
    font.setFamilies([*first, "Noto Sans", "DejaVu Sans", "sans-serif"])
    return font


def load_every_font() -> None:
    """Load what names in other scripts need (a language's own name in a list); after the first paint."""
    _load(("Almarai-Regular.ttf", "Almarai-Bold.ttf"))


def _load(names: tuple[str, ...]) -> None:
    for folder in font_folders():
        for name in names:
            path = folder / name
            if name not in _loaded and path.is_file():
                QFontDatabase.addApplicationFont(str(path))
                _loaded.add(name)
