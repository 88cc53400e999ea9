"""One text in two languages side by side: what is missing is seen at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from guide.records import Words
from guide.text import OWN_NAMES, Language
from ui.parts.columns import Columns
from ui.parts.controls import column, label

LANGUAGES = ("en", "es")


class BothLanguages(QWidget):
    """Two fields below one name; other languages a text has stay as they are."""

    changed = Signal()

    def __init__(self, _: Language, name: str, words: Words, *, long: bool = False, remark: str = "") -> None:
        """Take what the field is called, its text, and whether it has several lines."""
        super().__init__()
        self._kept = tuple((tag, text) for tag, text in _every(words) if tag not in LANGUAGES)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        columns: list[QWidget] = []
        for tag in LANGUAGES:
            field = QPlainTextEdit(words.given(tag)) if long else QLineEdit(words.given(tag))
            field.setAccessibleName(f"{name}, {OWN_NAMES[tag]}")
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setFixedHeight(field.fontMetrics().lineSpacing() * 4 + 16)
            field.textChanged.connect(self.changed)
            self.fields[tag] = field
            under = label(OWN_NAMES[tag], "small")
            under.setBuddy(field)
            one = QWidget()
            column(one, under, field, gap=2)
            columns.append(one)
        line = Columns(columns, 26 * self.fontMetrics().averageCharWidth(), len(LANGUAGES))
        self.remark = label(remark, "warn")
        self.remark.setVisible(bool(remark))
        column(self, label(name, "name"), line, self.remark, gap=2)

    def words(self) -> Words:
        """Return the text as it stands: in English first, where there is any."""
        pairs = [(tag, _text(field).strip()) for tag, field in self.fields.items()]
        pairs = [(tag, text) for tag, text in (*pairs, *self._kept) if text]
        return Words(pairs[0][1], pairs[0][0], tuple(pairs[1:])) if pairs else Words("")

    def say(self, remark: str) -> None:
        """Say something below the fields, or nothing."""
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))


def _every(words: Words) -> tuple[tuple[str, str], ...]:
    return ((words.language, words.text), *words.others)


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else " ".join(field.toPlainText().split())
