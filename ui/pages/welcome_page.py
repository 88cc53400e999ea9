"""The first steps of a house, for staff: its name and language, paper, the first update. Each can be left for later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLayout, QLineEdit, QWidget

from guide.settings import Settings
from guide.text import OWN_NAMES, SHIPPED, Language
from ui.parts.captions import WIDEST, caption
from ui.parts.controls import button, card, column, label, row
from ui.parts.flow import Flow
from ui.parts.scroll import Scroll


@dataclass(frozen=True)
class WelcomeAsks:
    """What the steps do: keep name and language; print the set-up sheet; look for updates; be done."""

    keep: Callable[[str, str], None]
    print_setup: Callable[[], None]
    look_for_updates: Callable[[], None]
    done: Callable[[], None]


class WelcomePage(Scroll):
    """Four cards in order. What an administrator fixed stands greyed, and nothing here is lost by leaving."""

    def __init__(self, _: Language, settings: Settings, asks: WelcomeAsks) -> None:
        """Take what is set already, and what the steps do."""
        super().__init__()
        self.shelter = QLineEdit(settings.shelter_name)
        self.shelter.setMaxLength(80)
        self.language = QComboBox()
        for code in SHIPPED:
            self.language.addItem(OWN_NAMES[code], code)
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        fields: list[QWidget] = []
        for name, text, field in (
            ("shelter_name", _("Name of this place, shown under the title"), self.shelter),
            ("language", _("Language at the start"), self.language),
        ):
            field.setEnabled(name not in settings.fixed)
            fields += [caption(field, text, widest=WIDEST), field]
        explain = _(
            "Leave the name empty where this place must not be known. Visitors can switch the language at any time."
        )
        keep = button(_("Save"), lambda: asks.keep(self.shelter.text().strip(), self.language.currentData()), "check")
        steps: list[QWidget | QLayout] = [
            label(_("Visitors already find help here. These steps make this computer fit for them; each can wait."), ""),
            _step(_("1. This place"), label(explain), *fields, row(None, keep, -1)),
            _step(_("2. The printer"), label(_("The set-up sheet says how to set this computer up for visitors. Printing it"
                  " also shows that the printer works.")),
                  row(None, button(_("Print the set-up sheet"), asks.print_setup, "printer"), -1)),
            _step(_("3. The first update"), label(_("Put in the stick from your publisher. An update is checked before it"
                  " changes anything.")),
                  row(None, button(_("Look for updates"), asks.look_for_updates, "download"), -1)),
            _step(_("4. Keep the way back in"), label(_("Passphrase and recovery code are locked away, and not near the"
                  " computer. Both can be changed in the settings."))),
        ]  # fmt: skip
        page = QWidget()
        ends = [button(_("Done: do not show this again"), asks.done, "check", "primary")]
        box = column(page, *steps, Flow(ends, 8), -1, gap=12)
        box.setContentsMargins(24, 12, 24, 24)
        self.setWidget(page)


def _step(head: str, *parts: QWidget | QLayout) -> QLayout:
    made = card()
    made.setMaximumWidth(760)
    column(made, label(head, "heading"), *parts, gap=6, margin=16)
    line = row(None, made, -1)  # a column alone would measure folded words by its own width, not by the card's
    line.setStretch(0, 10)
    return line
