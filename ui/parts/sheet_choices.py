"""How my sheet is to look: layout, title, languages, paper, what to leave out, lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from guide.records import HouseTemplate, PaperLanguage, SheetOptions, layout_of
from guide.text import Language
from ui import style
from ui.parts.captions import caption
from ui.parts.controls import column, label
from ui.parts.layout_chooser import LayoutChooser
from ui.parts.ticked import ticked


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person has chosen: the options, what does not stand in them, and the window's language of then."""

    options: SheetOptions
    by_hand: bool
    window: str


AT_ONCE, TYPED = 30, 200  # ms of quiet before a new sheet is made
_MOST_NOTES = 30


class SheetChoices(QWidget):
    """The form. ``changed`` carries how long to wait for more."""

    changed = Signal(int)

    def __init__(
        self, _: Language, scale: style.Scale, begin: SheetOptions, languages: Sequence[PaperLanguage],
        templates: Sequence[HouseTemplate] = (), *, staff: bool,
    ) -> None:  # fmt: skip
        """Take how a sheet begins in this house, the languages paper can speak, and the house's templates."""
        super().__init__()
        self._, self._begin, self._languages, self._staff = _, begin, tuple(languages), staff
        self._by_hand = False  # once a person has set discreet wording, no layout sets it any more
        self.layouts = LayoutChooser(_, scale)
        self._own = HouseTemplate("", begin.title, begin.footer, begin.logo)  # the one that is chosen
        self._templates = {one.name: one for one in (self._own, *templates)}
        self.template = QComboBox()
        self.template.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for one in self._templates:
            self.template.addItem(one or _("Standard"), one)
        self.title = QLineEdit()
        self.title.setMaxLength(120)
        self.title.setPlaceholderText(_("Helpful numbers"))
        self.language, self.second = QComboBox(), QComboBox()
        for language in languages:
            self.language.addItem(language.name, language.code)
        self.second.addItem(_("No second language"), "")
        for language in languages:
            self.second.addItem(language.name, language.code)
        self.sheet_size = QComboBox()
        self.sheet_size.addItem("Letter (US)", "letter")
        self.sheet_size.addItem("A4", "a4")
        self.notes = QSpinBox(minimum=0, maximum=_MOST_NOTES)
        self.discreet = QCheckBox(_("Discreet wording"))
        self.without_name, self._nameless = ticked(_("Leave out the shelter's name, logo and foot line"))
        self._nameless.setVisible(
            bool(begin.shelter_name) or any(one.logo or one.footer for one in self._templates.values())
        )
        self.qr = QCheckBox(_("Codes to scan with a phone"))
        self.grouped = QCheckBox(_("Grouped by need"))
        self._unread = label(_("These words were not yet checked by somebody who speaks this language."), "small")
        self._lay_out()
        self.show_options(begin)
        self.layouts.chosen.connect(self._layout_chosen)
        self.discreet.clicked.connect(self._discreet_by_hand)
        self.template.currentIndexChanged.connect(self._template_chosen)
        self.title.textChanged.connect(lambda: self.changed.emit(TYPED))
        self.notes.valueChanged.connect(lambda: self.changed.emit(TYPED))
        for box in (self.language, self.second, self.sheet_size):
            box.currentIndexChanged.connect(self._set)
        for check in (self.discreet, self.without_name, self.qr, self.grouped):
            check.toggled.connect(self._set)

    def options(self) -> SheetOptions:
        """Return how the sheet is to look now."""
        first, second = self.language.currentData(), self.second.currentData()
        discreet = self.discreet.isChecked()
        return replace(
            self._begin,
            title=self.title.text().strip(),
            languages=(first, second) if second and second != first else (first,),
            layout=self.layouts.layout_chosen(),
            paper=self.sheet_size.currentData(),
            qr=self.qr.isChecked() and not discreet,
            discreet=discreet,
            shelter_name="" if discreet else self._begin.shelter_name,
            footer=self._own.footer,
            logo=self._own.logo,
            template=self._own.name,
            nameless=self.without_name.isChecked(),
            by_category=self.grouped.isChecked(),
            notes_lines=self.notes.value(),
        )

    def show_options(self, options: SheetOptions) -> None:
        """Show a sheet's options, a saved one's among them."""
        self.layouts.show_layout(options.layout)
        _choose(self.template, options.template)
        self.title.setText(options.title)
        _choose(self.language, options.languages[0])
        _choose(self.second, options.languages[1] if len(options.languages) > 1 else "")
        _choose(self.sheet_size, options.paper)
        self.notes.setValue(options.notes_lines)
        self.discreet.setChecked(options.discreet)
        self.without_name.setChecked(options.nameless)
        self.qr.setChecked(options.qr)
        self.grouped.setChecked(options.by_category)
        self._fit()

    def look(self) -> Chosen:
        """Return what was chosen, for the form that comes after this one."""
        return Chosen(self.options(), self._by_hand, self._.code)

    def take(self, look: Chosen) -> None:
        """Go on from another form's choices; a sheet in the window's language stays in the window's language."""
        options = look.options
        if options.languages == (look.window,):
            options = replace(options, languages=self._begin.languages)
        self.show_options(options)
        self._by_hand = look.by_hand

    def _lay_out(self) -> None:
        _ = self._
        parts: list[QWidget | int] = [
            label(_("Layout"), "heading"),
            self.layouts,
            4,
            label(_("Words on the sheet"), "heading"),
        ]
        for text, field in (
            (_("Template"), self.template), (_("Title"), self.title), (_("Language"), self.language), (_("Second language"), self.second),
            (_("Paper"), self.sheet_size), (_("Blank lines for notes"), self.notes),
        ):  # fmt: skip
            said = caption(field, text)
            parts += [said, field]
            if (
                field is self.template
            ):  # one template alone is no choice, and visitors' sheets are the house's usual ones
                said.setVisible(self._staff and field.count() > 1)
                field.setVisible(self._staff and field.count() > 1)
            if field is self.second:
                parts.append(self._unread)
        parts += [
            self.grouped, 4, label(_("Safety"), "heading"), self.discreet, self._nameless, self.qr,
            label(_("Discreet wording leaves out names and words that tell why you carry the sheet."), "small"),
        ]  # fmt: skip
        column(self, *parts, gap=6)

    def _template_chosen(self) -> None:
        """Take the template's title too, unless a person wrote another."""
        before, self._own = self._own, self._templates[self.template.currentData()]
        if self.title.text().strip() in ("", before.title):
            self.title.setText(self._own.title)
        self._set()

    def _layout_chosen(self, slug: str) -> None:
        """Begin cards and strips discreet, as they are carried (SAFETY P2); what a person has set stays."""
        if not self._by_hand:
            self.discreet.setChecked(layout_of(slug).discreet or self._begin.discreet)
        self._set()

    def _discreet_by_hand(self) -> None:
        self._by_hand = True

    def _set(self, *_: object) -> None:
        self._fit()
        self.changed.emit(AT_ONCE)

    def _fit(self) -> None:
        """Offer only what goes together."""
        self.qr.setEnabled(not self.discreet.isChecked())
        self.template.setEnabled(not self.discreet.isChecked())
        self._nameless.setEnabled(not self.discreet.isChecked())
        self.grouped.setEnabled(self.layouts.layout_chosen() != "booklet")
        chosen = (self.language.currentData(), self.second.currentData())
        self._unread.setVisible(self._staff and any(x.code in chosen and not x.reviewed for x in self._languages))


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(max(0, box.findData(value)))
