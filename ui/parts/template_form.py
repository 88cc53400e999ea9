"""Staff's templates for sheets: each with a name, a title, a line at the foot and a logo; make, change, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from guide.errors import GuideError
from guide.records import HouseTemplate
from guide.text import Language
from ui.messages import sentence
from ui.parts.captions import captions
from ui.parts.controls import button, column, label, off_the_icon
from ui.parts.flow import Flow
from ui.parts.logo_field import LogoField


@dataclass(frozen=True)
class TemplateAsks:
    """What the form may ask: every template, to keep one (in the place of a name), to drop one, to clean a logo."""

    every: Callable[[], tuple[HouseTemplate, ...]]
    keep: Callable[[HouseTemplate, str], HouseTemplate]
    remove: Callable[[str], None]
    clean_logo: Callable[[bytes], bytes]


class TemplateForm(QWidget):
    """A drop-down of what there is, and the fields of the one chosen, or of a new one; kept by its own button."""

    failed = Signal(object)

    def __init__(self, _: Language, asks: TemplateAsks) -> None:
        """Take what is asked."""
        super().__init__()
        self._, self._asks = _, asks
        self._shown = HouseTemplate("")
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.name, self.title, self.footer = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setMaxLength(60)
        self.name.setPlaceholderText(_("for example: Youth night"))
        self.title.setMaxLength(120)
        self.title.setPlaceholderText(_("Helpful numbers"))
        self.footer.setMaxLength(160)
        self.logo = LogoField(_, _("Logo of this template, an SVG or PNG file"), asks.clean_logo, b"")
        self._said = label("", "stop")
        self._said.hide()
        self._done = label("", "second")
        self._done.hide()
        self.save = button(_("Save template"), self.keep, "check")
        self.drop = button(_("Delete template"), self._drop, "trash-2")
        parts: list[QWidget | int] = [
            label(_("Templates for sheets"), "heading"),
            label(_("Other titles, lines at the foot and logos to choose from on the sheet page. Visitors' sheets begin "
                    "with what stands above. Discreet sheets show none of it."), "second"),
        ]  # fmt: skip
        parts += captions((
            (_("Template"), self.choice), (_("Name of the template"), self.name),
            (_("Title of its sheets"), self.title), (_("Line at the foot of its sheets"), self.footer),
        ))  # fmt: skip
        box = column(self, *parts, self.logo, 8, self._said, self._done, gap=6)
        box.addLayout(Flow([self.save, self.drop]))
        self.choice.activated.connect(lambda _place: self._open())
        self.name.textChanged.connect(self._offer)
        self.logo.failed.connect(self.failed)
        self._show("")

    def unsaved(self) -> bool:
        """Say whether something was written here that was not kept yet."""
        return self._written() != self._shown

    def keep(self) -> bool:
        """Keep what stands in the fields; say why and return False when it cannot be."""
        made, before = self._written(), self._shown.name
        taken = any(one.name.casefold() == made.name.casefold() for one in self._asks.every())
        if taken and made.name.casefold() != before.casefold():
            return self._refuse(self._("There is a template of this name already. Choose another name."))
        if not made.name:
            self.name.setFocus()
            return self._refuse(self._("Give the template a name."))
        try:
            kept = self._asks.keep(made, before)
        except GuideError as error:
            return self._refuse(" ".join(sentence(error, self._)))
        self._show(kept.name)
        self._done.setText(self._("Saved as {name}.", name=kept.name))
        self._done.show()
        return True

    def _refuse(self, words: str) -> bool:
        self._done.hide()
        self._said.setText(words)
        self._said.show()
        return False

    def _written(self) -> HouseTemplate:
        name, title, footer = (" ".join(field.text().split()) for field in (self.name, self.title, self.footer))
        return HouseTemplate(name, title, footer, self.logo.svg)

    def _open(self) -> None:
        self._show(self.choice.currentData() or "")

    def _show(self, name: str) -> None:
        """Show what there is, and the template ``name`` in the fields; "" for a new one."""
        found = self._asks.every()
        self._shown = next((one for one in found if one.name == name), HouseTemplate(""))
        self.choice.clear()
        self.choice.addItem(self._("New template"), "")
        for one in found:
            self.choice.addItem(one.name, one.name)
        self.choice.setCurrentIndex(max(0, self.choice.findData(self._shown.name)))
        self.choice.setEnabled(bool(found))
        self.name.setText(self._shown.name)
        self.title.setText(self._shown.title)
        self.footer.setText(self._shown.footer)
        self.logo.show_logo(self._shown.logo)
        for words in (self._said, self._done):
            words.hide()
        self._offer()

    def _drop(self) -> None:
        """Delete at the second press: the first asks."""
        name = self._shown.name
        if self.drop.property("asked") != name:
            self.drop.setProperty("asked", name)
            self._call_drop(self._("Really delete it?"))
            return
        try:
            self._asks.remove(name)
        except GuideError as error:
            self._refuse(" ".join(sentence(error, self._)))
            return
        self._show("")

    def _offer(self, *_: object) -> None:
        self.drop.setProperty("asked", "")
        self._call_drop(self._("Delete template"))
        self.drop.setVisible(bool(self._shown.name))
        self.save.setEnabled(bool(self.name.text().strip()))

    def _call_drop(self, words: str) -> None:
        self.drop.setText(off_the_icon(words))
        self.drop.setAccessibleName(words)
