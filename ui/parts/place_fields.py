"""The address of a service and who may see it: closed until staff open it, where it could be somebody's safety (L1)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from guide.records import Address, Location
from guide.text import Language
from ui.parts.captions import WIDEST, captioned
from ui.parts.controls import column, label

_FIELDS = ("address_1", "address_2", "city", "state_province", "postal_code")


class PlaceFields(QWidget):
    """Street, town and how to get there."""

    changed = Signal()

    def __init__(self, _: Language, place: Location | None, *, closed: bool) -> None:
        """Take the place, and whether its address is closed where nothing was said."""
        super().__init__()
        self._, self._before = _, place
        address = place.addresses[0] if place and place.addresses else Address("")
        names = (_("Street and number"), _("Floor, suite"), _("Town"), _("State"), _("ZIP"))
        self.fields = {field: QLineEdit(getattr(address, field)) for field in _FIELDS}
        self.way = QLineEdit(place.transportation if place else "")
        self.seen = QComboBox()
        self.seen.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for text, value in (
            (_("Nobody: it stays with staff of this house"), "never"), (_("The town alone"), "area"),
            (_("Everybody, on screen and on paper"), "public"),
        ):  # fmt: skip
            self.seen.addItem(text, value)
        said = address.visibility if place and place.addresses else ("never" if closed else "public")
        self.seen.setCurrentIndex(max(0, self.seen.findData(said)))
        self.chosen = bool(place and place.addresses)
        parts: list[QWidget] = []
        for name, field in zip(names, self.fields.values(), strict=True):
            parts += [captioned(field, name, widest=WIDEST)]
        parts += [captioned(self.way, _("How to get there, for example a bus line"), widest=WIDEST),
                  captioned(self.seen, _("Who may see the address"))]  # fmt: skip
        self._said = label("", "second")
        column(self, *parts, self._said, gap=6)
        for edit in (*self.fields.values(), self.way):
            edit.textChanged.connect(self.changed)
        self.seen.activated.connect(self._choose)
        self._tell()

    def begin(self, *, closed: bool) -> None:
        """Follow the need that was chosen, until somebody chose who may see the address."""
        if not self.chosen:
            self.seen.setCurrentIndex(self.seen.findData("never" if closed else "public"))
            self._tell()

    def places(self) -> tuple[Location, ...]:
        """Return the place as it stands, none where nothing was typed."""
        said = {name: " ".join(field.text().split()) for name, field in self.fields.items()}
        way = self.way.text().strip()
        if not any(said.values()) and not way and not (self._before and len(self._before.addresses) > 1):
            return ()
        before = self._before or Location("")
        old = before.addresses[0] if before.addresses else Address("")
        address = replace(old, **said, visibility=self.seen.currentData())
        first = (address,) if any(said.values()) else ()
        # What has no field here stays as it was: further addresses, hours of the place. A point is that of its address.
        point = (before.latitude, before.longitude) if address == old else (None, None)
        return (replace(before, transportation=way, addresses=(*first, *before.addresses[1:]), latitude=point[0],
                        longitude=point[1]),)  # fmt: skip

    def _choose(self) -> None:
        self.chosen = True
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        closed = self.seen.currentData() == "never"
        self._said.setText(
            self._("It is in no search, on no sheet and in no file, unless staff ask for it.") if closed else ""
        )
        self._said.setVisible(closed)
