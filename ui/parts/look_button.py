"""The button for how the page looks: text sizes and colours in one menu, on every page (SAFETY A2, A3)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from guide.records.frozen import dataclass
from guide.text import Language, mark
from ui import style
from ui.parts.controls import button

THEME_NAMES = {"light": mark("Light"), "dark": mark("Dark"), "contrast": mark("High contrast")}


@dataclass(frozen=True, slots=True)
class LookAsks:
    """What the button needs: the size in percent and theme of now, and what chooses another."""

    now: Callable[[], tuple[int, str]]
    size: Callable[[int], None]
    theme: Callable[[str], None]


def look_button(_: Language, asks: LookAsks) -> QPushButton:
    """Return the button; its menu is made when it is first opened."""
    percent, _theme = asks.now()
    made = button("", lambda: None, "a-large-small", "icon", name=_("Text size and colors"))
    made.setToolTip(_("Text size: {percent} %", percent=percent))
    menu = QMenu(made)
    menu.aboutToShow.connect(lambda: _fill(menu, _, asks))
    made.setMenu(menu)
    return made


def _fill(menu: QMenu, _: Language, asks: LookAsks) -> None:
    """Offer every size and every theme, those of now marked."""
    menu.clear()
    percent, theme = asks.now()
    sizes = QActionGroup(menu)
    for one in style.SIZES:
        action = menu.addAction(f"{one} %")
        action.setCheckable(True)
        action.setChecked(one == percent)
        sizes.addAction(action)
        action.triggered.connect(lambda _on=False, one=one: asks.size(one))
    menu.addSeparator()
    themes = QActionGroup(menu)
    for key, name in THEME_NAMES.items():
        action = menu.addAction(_(name))
        action.setCheckable(True)
        action.setChecked(key == theme)
        themes.addAction(action)
        action.triggered.connect(lambda _on=False, key=key: asks.theme(key))
