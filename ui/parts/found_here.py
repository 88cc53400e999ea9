"""What this house found when it called, beside the publisher's date."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from guide.records.checking import NumberCheck, Result
from guide.text import Language
from ui import style
from ui.parts.controls import label, picture, row


def found_here_line(here: NumberCheck, _: Language, scale: style.Scale) -> QHBoxLayout:
    """Return a line with mark and words; a number that did not work is a warning."""
    day = _.date(here.on)
    if here.result is Result.REACHED:
        icon, colour, kind, said = "badge-check", style.now().ink_2, "small", _("Checked here on {date}", date=day)
    else:
        icon, colour, kind = "triangle-alert", style.now().warn, "warn"
        closed = here.result is Result.CLOSED
        said = _("Staff called on {date}: it is closed.", date=day) if closed else _(
            "Staff called {number} on {date}: it did not work.", number=here.number, date=day)  # fmt: skip
    line = row(None, picture(icon, colour, scale.px(18)), label(said, kind), gap=6)
    line.setStretch(1, 1)
    return line
