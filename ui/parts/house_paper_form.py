"""Staff settings for paper: title, footer, logo, overdue entries, the printer, and who may open saved sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from guide.records import Printer
from guide.settings import Settings
from guide.text import Language
from ui.parts.captions import captions
from ui.parts.controls import column, label
from ui.parts.logo_field import LogoField
from ui.parts.template_form import TemplateAsks, TemplateForm


@dataclass(frozen=True)
class HouseAsks:
    """What the form may ask: the printers (beside the window's work), to keep a logo, and for the templates."""

    printers: Callable[[Callable[[tuple[Printer, ...]], None]], None]
    logo: Callable[[], bytes]
    keep_logo: Callable[[bytes], bytes]
    templates: TemplateAsks


class HousePaperForm(QWidget):
    """Fields whose ``changes`` are kept with the other settings; a logo is kept at once, a template by its own button."""

    failed = Signal(object)

    def __init__(self, _: Language, settings: Settings, asks: HouseAsks) -> None:
        """Take the settings and what is asked."""
        super().__init__()
        self._, self._asks, self._fixed = _, asks, settings.printer
        self.title = QLineEdit(settings.sheet_title)
        self.title.setMaxLength(120)
        self.title.setPlaceholderText(_("Helpful numbers"))
        self.footer = QLineEdit(settings.sheet_footer)
        self.footer.setMaxLength(160)
        self.overdue = QComboBox()
        self.overdue.addItem(_("Print them with a stamp"), "stamp")
        self.overdue.addItem(_("Leave them out; crisis lines stay"), "leave out")
        self.overdue.setCurrentIndex(max(0, self.overdue.findData(settings.sheet_overdue)))
        self.printer = QComboBox()
        self.printer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.visitors = QComboBox()
        self.visitors.addItem(_("Staff alone"), False)
        self.visitors.addItem(_("Staff and visitors"), True)
        self.visitors.setCurrentIndex(int(settings.visitors_open_saved))
        self.logo = LogoField(
            _, _("Logo, an SVG or PNG file. Discreet sheets never show it."), asks.keep_logo, asks.logo()
        )
        self.templates = TemplateForm(_, asks.templates)
        parts: list[QWidget | int] = [label(_("Sheets on paper"), "heading")]
        parts += captions((
            (_("Title of a new sheet"), self.title), (_("Line at the foot of each sheet"), self.footer),
            (_("Entries not checked for a long time"), self.overdue), (_("Printer"), self.printer),
            (_("Who may open saved sheets"), self.visitors),
        ))  # fmt: skip
        column(self, *parts, self.logo, 14, self.templates, gap=6)
        self.logo.failed.connect(self.failed)
        self.templates.failed.connect(self.failed)
        self.offer(())
        asks.printers(self.offer)

    def changes(self) -> dict[str, Any]:
        """Return the settings as they stand in the form."""
        return {
            "sheet_title": self.title.text().strip(),
            "sheet_footer": self.footer.text().strip(),
            "sheet_overdue": self.overdue.currentData(),
            "printer": self.printer.currentData(),
            "visitors_open_saved": bool(self.visitors.currentData()),
        }

    def keep_template(self) -> bool:
        """Keep a template that was begun and not saved; return False when it cannot be kept, which is said there."""
        return not self.templates.unsaved() or self.templates.keep()

    def offer(self, printers: tuple[Printer, ...]) -> None:
        """Offer ``printers``; the fixed one stays on offer, also when it is not there now."""
        chosen = self.printer.currentData() if self.printer.count() else self._fixed
        self.printer.clear()
        self.printer.addItem(self._("Whoever prints chooses"), "")
        for printer in printers:
            self.printer.addItem(printer.title, printer.name)
        if chosen and self.printer.findData(chosen) < 0:
            self.printer.addItem(chosen, chosen)
        self.printer.setCurrentIndex(max(0, self.printer.findData(chosen)))
