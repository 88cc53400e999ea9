"""What the window is called and which picture it has in the taskbar: the house's own, neutral choice (SAFETY S1)."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMainWindow

from guide.settings import Settings
from ui import icons
from ui.themes import LIGHT


def house_icon(settings: Settings) -> QIcon:
    """Return the picture staff or a policy chose."""
    return icons.icon(settings.product_icon, LIGHT.brand)


def name_window(window: QMainWindow, settings: Settings) -> None:
    """Show name and picture; after the first paint, since a picture that is drawn costs time."""
    window.setWindowTitle(settings.product_name)
    window.setWindowIcon(house_icon(settings))
