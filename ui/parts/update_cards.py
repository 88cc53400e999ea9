"""Cards of an update: who signed it, a number with its word, a message."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame

from guide.records import Preview
from guide.text import Language
from ui import style
from ui.parts.controls import card, column, label, picture, row
from ui.parts.phrases import apart


def signer_card(_: Language, found: Preview, *, late: bool, narrow: bool) -> QFrame:
    """Return who signed an update, with how many keys, and from which edition to which it leads."""
    offer = found.offer
    frame = card("warnbox" if late else "call")
    mark = picture("triangle-alert" if late else "badge-check", style.now().warn if late else style.now().go, 34)
    facts = [
        _("{n} of {m} keys", n=offer.signed, m=offer.keys),
        apart(Path(offer.path).name, _),
        apart(size_text(offer.size), _),
    ]
    words = column(None, label(_("Signed by {name}", name=offer.publisher_name), "heading"),
                   label(" · ".join(facts), "second"),
                   label(_("Six words: {words}", words=" ".join(offer.fingerprint)), "small"), gap=2)  # fmt: skip
    data = found.edition.data_date
    editions = label(" → ".join(filter(None, (offer.current_name, offer.edition_name))), "heading", wrap=False)
    dates = label(_("data as of {date}", date=_.date(data)) if data else "", "second", wrap=False)
    side = Qt.AlignmentFlag.AlignLeading if narrow else Qt.AlignmentFlag.AlignTrailing
    for text in (editions, dates):
        text.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    made = row(frame, mark, words, column(None, editions, dates, gap=2), gap=16, margin=16)
    made.setStretch(1, 1)
    return folded_up(frame, made, narrow=narrow)


def number_card(number: int, text: str, colour: str = "") -> QFrame:
    """Return a large number with what it counts."""
    frame = card()
    count = label(f"{number:,}", "count")
    count.setStyleSheet(f"color: {colour or style.now().brand};")
    column(frame, count, label(text), gap=2, margin=14)
    return frame


def message_card(text: str, icon: str, colour: str) -> QFrame:
    """Return a sentence with its icon."""
    frame = card()
    made = row(frame, picture(icon, colour, 26), label(text, "name"), gap=12, margin=14)
    made.setStretch(1, 1)
    return frame


def folded_up(frame: QFrame, line: QBoxLayout, *, narrow: bool) -> QFrame:
    """Put the parts of a card below each other where there is little room beside."""
    if narrow:
        line.setDirection(QBoxLayout.Direction.TopToBottom)
    return frame


def size_text(size: int) -> str:
    """Return a file's size as people say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"
