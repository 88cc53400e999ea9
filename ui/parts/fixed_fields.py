"""Shows in the settings what an administrator has fixed: greyed, with the words that say so."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from guide.settings import Settings
from guide.text import Language
from ui.parts.controls import card, column, label


def grey(page: QWidget, fields: Mapping[str, QWidget], fixed: frozenset[str], _: Language) -> None:
    """Take from staff what ``fixed`` names; each label says who has set it."""
    said = _("set by your administrator")
    labels = {one.buddy(): one for one in page.findChildren(QLabel) if one.buddy() is not None}
    for name in fixed & fields.keys():
        field = fields[name]
        field.setEnabled(False)
        field.setAccessibleName(f"{field.accessibleName()} ({said})")
        if field in labels:
            labels[field].setText(f"{labels[field].text()} ({said})")


def faults_box(settings: Settings, _: Language) -> QFrame | None:
    """Return what is wrong with the administrator's file, for staff to pass on; None where all is well."""
    if not settings.faults:
        return None
    made = card("warnbox")
    head = _("This computer's policy file is not in order. These lines of it are not used:")
    if any(not fault.key for fault in settings.faults) and not settings.fixed:
        head = _("This computer's policy file is not in order. To be on the safe side some functions are off.")
    lines = [f"• {fault.key}: {fault.reason}" if fault.key else f"• {fault.reason}" for fault in settings.faults]
    column(made, label(head, "name"), *(label(line) for line in lines),
           label(_("Please tell the person who looks after this computer."), "second"), gap=4, margin=12)  # fmt: skip
    return made


def put_first(page: QWidget, box: QFrame | None) -> None:
    """Put ``box`` above everything on ``page``."""
    layout = page.layout()
    if box is not None and isinstance(layout, QVBoxLayout):
        layout.insertWidget(0, box)
