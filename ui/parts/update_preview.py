"""An update that is looked at: who signed it, how much it changes, and every change, numbers first."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.records import Preview
from guide.text import Language
from ui import style
from ui.parts.change_table import ChangeTable
from ui.parts.columns import Columns
from ui.parts.controls import label
from ui.parts.update_cards import message_card, number_card, signer_card


class PreviewPart(QWidget):
    """What staff read before they decide."""

    def __init__(self, _: Language, scale: style.Scale, found: Preview, *, narrow: bool) -> None:
        """Show ``found``."""
        super().__init__()
        offer, late = found.offer, found.offer.verdict == "expired"
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(signer_card(_, found, late=late, narrow=narrow))
        if late:
            box.addWidget(message_card(
                _("This update is genuine, but it was meant to be replaced by {date}. Ask for a newer one. If there is"
                  " none, you can still take it: it is newer than what is here.", date=_.date(offer.expires.date())),
                "triangle-alert", style.now().warn))  # fmt: skip
        if offer.clock_behind:
            box.addWidget(label(_("This computer's date is wrong."), "warn"))
        numbers = sum(change.kind == "phone" for change in found.changes)
        closed = sum(change.kind == "closed" for change in found.changes)
        tiles = [
            number_card(numbers, _.count("phone number changed", "phone numbers changed", numbers),
                        style.now().stop if numbers else style.now().brand),
            number_card(found.added, _.count("new service", "new services", found.added), style.now().go),
            number_card(found.changed, _("changed")),
            number_card(found.removed + closed, _("closed or removed"), style.now().stop),
        ]  # fmt: skip
        sheets = dict(found.touched)
        if sheets:
            tiles.append(number_card(len(sheets), _("on your saved sheets"), style.now().warn))
        ours = dict(found.ours)
        if ours:
            tiles.append(number_card(len(ours), _("with words of yours, to settle after it"), style.now().warn))
        box.addWidget(Columns(tiles, scale.px(150), len(tiles)))
        self.changes = ChangeTable(_, scale, found.changes, sheets, ours)
        box.addWidget(self.changes, 1)
