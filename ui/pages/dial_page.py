"""To call or to text: the number very large, what to expect, and a code to scan with a phone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.records import Channel, Detail, Phone
from guide.text import Language
from ui import style
from ui.parts.big_number import BigNumber
from ui.parts.controls import button, card, cleared, column, label, row
from ui.parts.phrases import apart, languages, opening
from ui.parts.scroll import Scroll

Rows = tuple[tuple[bool, ...], ...]
_QUIET = 4


class QrCode(QWidget):
    """Draws a code with its quiet zone."""

    def __init__(self, rows: Rows, side: int, name: str) -> None:
        """Take the modules and the size in px."""
        super().__init__()
        self._rows = rows
        self.setFixedSize(side, side)
        self.setAccessibleName(name)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw dark modules on white."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        count = len(self._rows) + 2 * _QUIET
        step = self.width() // count
        left = (self.width() - step * count) // 2 + step * _QUIET
        for y, line in enumerate(self._rows):
            for x, dark in enumerate(line):
                if dark:
                    painter.fillRect(QRect(left + x * step, left + y * step, step, step), QColor("black"))
        painter.end()


class DialPage(Scroll):
    """One number to call or text."""

    def __init__(
        self, _: Language, scale: style.Scale, qr: Callable[[str], Rows], copy: Callable[[str, str], None] | None,
        back: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take what makes a code, what copies, and the way back."""
        super().__init__()
        self._, self._scale, self._qr, self._copy, self._back = _, scale, qr, copy, back
        self.shown: tuple[Phone, str, Detail | None] | None = None
        page = QWidget()
        self._box = QVBoxLayout(page)
        self._box.setContentsMargins(24, 12, 24, 24)
        self.setWidget(page)

    def show_number(self, phone: Phone, name: str, detail: Detail | None) -> None:
        """Show ``phone`` of the entry ``name``; ``detail`` gives what to expect on the line."""
        cleared(self._box)
        self.shown = phone, name, detail
        _ = self._
        texting = phone.channel is Channel.TEXT
        scheme = "smsto" if texting else "tel"
        frame = card()
        code = QrCode(self._qr(f"{scheme}:{phone.dial}"), self._scale.px(190), _("Code to scan with a phone"))
        under = label(_("Scan with a phone to text") if texting else _("Scan with a phone to call"), "small")
        under.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        code_side = column(None, code, under, -1, gap=6)
        number = BigNumber(phone.published, self._scale)
        words = column(None, label(name, "heading"), number, gap=8)
        for text in self._steps(phone) if texting else self._expect(phone, detail):
            words.addWidget(label(text))
        copy = self._copy
        if copy is not None:
            words.addWidget(button(_("Copy the number"), lambda: copy(phone.copy_text, phone.published), "copy"),
                        alignment=Qt.AlignmentFlag.AlignLeading)  # fmt: skip
        word = phone.word(_.code)
        if copy is not None and texting and word:
            words.addWidget(button(_("Copy the word {word}", word=word), lambda: copy(word, word), "copy"),
                            alignment=Qt.AlignmentFlag.AlignLeading)  # fmt: skip
        words.addStretch(1)
        if self._scale.percent > 150:
            column(frame, words, code_side, gap=18, margin=24)
        else:
            made = row(frame, words, code_side, gap=24, margin=24)
            made.setStretch(0, 1)
        back = button(_("Back"), self._back, "chevron-left")
        self._box.addWidget(back, alignment=Qt.AlignmentFlag.AlignLeading)
        self._box.addWidget(frame)
        caution = _(
            "A call or text may show on a phone bill or in the phone's list. A borrowed or shelter phone can be safer."
        )
        self._box.addWidget(label(caution, "second"))
        self._box.addStretch(1)
        back.setFocus()

    def _steps(self, phone: Phone) -> list[str]:
        _ = self._
        word, keyword = phone.word(_.code), phone.keyword.best(_.code)
        write = _("3. Write {word} and send it.", word=word) if word else _("3. Write a few words and send them.")
        return [
            _("1. Start a new message on a phone."),
            _("2. Where it asks for the number, put {number}.", number=apart(phone.copy_text, _)),
            write + (f" ({keyword})" if keyword and keyword != word else ""),
            _("4. Wait for the answer. You can stop at any time by writing STOP."),
        ]

    def _expect(self, phone: Phone, detail: Detail | None) -> list[str]:
        """Return what to expect on the line: what to press, hours, languages, cost."""
        _ = self._
        said = [phone.note.best(_.code)]
        if detail is not None:
            service = detail.service
            hours = service.hours.best(_.code) or opening(detail.open, _)[0]
            said.append(
                _("Hours: {hours}", hours=apart(hours, _))
                if hours
                else _("Hours are not known. Try, or call in the day.")
            )
            spoken = [languages(service.languages, _), service.language_note.best(_.code)]
            said.append(_("Languages: {names}", names=apart(" · ".join(part for part in spoken if part), _)))
        said.append(_("You may hear a menu first. You can say which language you want."))
        return [text for text in said if text]
