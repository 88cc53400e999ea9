"""The settings of the staff area: how this house sets the guide up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from guide.errors import GuideError
from guide.settings import Settings
from guide.text import NOT_REVIEWED, OWN_NAMES, SHIPPED, Language, mark
from ui import icons, style
from ui.parts.captions import WIDEST, caption
from ui.parts.controls import button, column, label, row
from ui.parts.house_paper_form import HousePaperForm
from ui.parts.look_button import THEME_NAMES
from ui.parts.near_box import Find
from ui.parts.scroll import Scroll
from ui.parts.source_fields import SourceFields
from ui.parts.ticked import ticked

ICON_NAMES = {
    "leaf": mark("A leaf"), "house": mark("A house"), "globe": mark("A globe"), "file-text": mark("A page"),
    "info": mark("An i"), "clock": mark("A clock"),
}  # fmt: skip


class SettingsPage(Scroll):
    """How this house sets the guide up; each change is kept at once."""

    failed = Signal(object)
    changed = Signal(object)

    def __init__(
        self, _: Language, settings: Settings, change: Callable[..., Settings], paper: HousePaperForm, places: Find,
        *, below: Sequence[QWidget] = (),
    ) -> None:  # fmt: skip
        """Take the settings, what keeps a change, the form for paper, what knows the places of a text, and what
        stands below them with buttons of its own.
        """
        super().__init__()
        self._, self._change, self.house, self._places = _, change, paper, places
        paper.failed.connect(self.failed)
        self.shelter = QLineEdit(settings.shelter_name)
        self.shelter.setPlaceholderText(_("for example: front desk"))
        self.product = QLineEdit(settings.product_name)
        self.icon = QComboBox()
        for key, name in ICON_NAMES.items():
            self.icon.addItem(icons.icon(key, style.now().ink), _(name), key)
        self.icon.setCurrentIndex(max(0, self.icon.findData(settings.product_icon)))
        self.language = QComboBox()
        unread = _("not reviewed by a native speaker")
        for code in SHIPPED:
            self.language.addItem(OWN_NAMES[code] + (f" · {unread}" if code in NOT_REVIEWED else ""), code)
        self.language.setCurrentIndex(SHIPPED.index(settings.language) if settings.language in SHIPPED else 0)
        self.near = QLineEdit(settings.near)
        self.near.setPlaceholderText(_("ZIP or town"))
        self._where = label("", "stop")
        self._where.hide()
        self.idle = QSpinBox(minimum=1, maximum=15)
        self.idle.setValue(settings.idle_minutes)
        self.text_size = QComboBox()
        self.text_size.addItems([f"{percent} %" for percent in style.SIZES])
        self.text_size.setCurrentIndex(
            style.SIZES.index(settings.text_percent) if settings.text_percent in style.SIZES else 0
        )
        self.theme = QComboBox()
        for key, name in (("system", mark("As on this computer")), *THEME_NAMES.items()):
            self.theme.addItem(_(name), key)
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.paper = QComboBox()
        self.paper.addItems(["Letter (US)", "A4"])
        self.paper.setCurrentIndex(int(settings.paper == "a4"))
        self.discreet = QCheckBox(_("Show neutral names in lists"))
        self.discreet.setChecked(settings.discreet_names)
        self.count, counting = ticked(_("Count printed sheets by month and need; never people or entries"))
        self.count.setChecked(settings.count_sheets)
        page = QWidget()
        fields = [
            (_("Name of this place, shown under the title"), self.shelter),
            (_("Name of the program, as visitors see it"), self.product),
            (_("Picture of the program, in its window and below the screen"), self.icon),
            (_("ZIP or town of this place, to measure distances from"), self.near),
            (_("Language at the start"), self.language),
            (_("Text size at the start"), self.text_size),
            (_("Colors at the start"), self.theme),
            (_("Minutes without input before the screen starts over"), self.idle),
            (_("Paper"), self.paper),
        ]
        box = column(page, gap=6)
        for text, field in fields:
            box.addWidget(caption(field, text, widest=WIDEST))
            box.addWidget(field)
            if field is self.near:
                box.addWidget(self._where)
        box.addSpacing(6)
        box.addWidget(self.discreet)
        box.addWidget(counting)
        self.sources = SourceFields(_, settings)
        for part in (paper, self.sources):
            box.addSpacing(16)
            box.addWidget(part)
        box.addSpacing(8)
        self.save = button(_("Save settings"), self._save, "check", "primary")
        box.addLayout(row(None, self.save, -1))
        for more in below:
            box.addSpacing(24)
            box.addWidget(more)
        box.addStretch(1)
        box.setContentsMargins(24, 12, 24, 24)
        self.setWidget(page)

    def _place(self) -> str | None:
        """Return this house's place as it is understood, "" for none; None when it cannot be, and then it is said."""
        text = self.near.text().strip()
        found = self._places(text) if text else ()
        wrong = bool(text) and len(found) != 1
        self._where.setVisible(wrong)
        if wrong:
            several = self._("There are several places of this name. Add the state, as in “{place}”.",
                             place=found[0].label if found else "")  # fmt: skip
            unknown = self._("This place is not known here. Try a ZIP or the next larger town.")
            self._where.setText(several if found else unknown)
            self.near.setFocus()
            self.ensureWidgetVisible(self._where)
            return None
        return found[0].label if found and not found[0].code else text

    def _save(self) -> None:
        near = self._place()
        if near is None:
            return
        changes: dict[str, Any] = {
            "shelter_name": self.shelter.text().strip(),
            "product_name": self.product.text().strip() or "Resource Guide",
            "product_icon": self.icon.currentData(),
            "near": near,
            "language": SHIPPED[self.language.currentIndex()],
            "text_percent": style.SIZES[self.text_size.currentIndex()],
            "theme": self.theme.currentData(),
            "idle_minutes": self.idle.value(),
            "paper": "a4" if self.paper.currentIndex() else "letter",
            "discreet_names": self.discreet.isChecked(),
            "count_sheets": self.count.isChecked(),
        }
        sources = self.sources.changes()
        if sources is None:
            return
        if not self.house.keep_template():
            self.ensureWidgetVisible(self.house.templates.save)
            return
        try:
            self.changed.emit(self._change(**changes | self.house.changes() | sources))
        except GuideError as error:
            self.failed.emit(error)
