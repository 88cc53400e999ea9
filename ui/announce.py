"""Tells a screen reader what a glance tells others (SAFETY A6; WCAG 4.1.3)."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(part: QWidget, text: str) -> None:
    """Have ``text`` said on behalf of ``part``; where nobody listens, nothing happens."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, text))
