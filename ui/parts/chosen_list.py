"""The entries on my sheet, in order: dragged, or moved and taken off by keys and buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem

from guide.text import Language
from ui.parts.basket import Basket
from ui.parts.controls import button, column, label
from ui.parts.flow import Flow
from ui.parts.phrases import apart

_ID = Qt.ItemDataRole.UserRole
_SHOWN = 6  # lines without scrolling


class ChosenList(QFrame):
    """A list and its buttons. Alt with an arrow moves a line, Delete takes it off; dragging does too."""

    def __init__(self, _: Language, basket: Basket) -> None:
        """Take the basket whose entries are shown."""
        super().__init__()
        self._, self._basket = _, basket
        self.setObjectName("clear")
        self.list = _Lines(self._dropped, self._key)
        self.list.setAccessibleName(_("On the sheet"))
        self.list.setAccessibleDescription(_("Alt and an arrow key move an entry, Delete takes it off."))
        self.up = button(_("Up"), lambda: self._move(-1), "arrow-up")
        self.down = button(_("Down"), lambda: self._move(1), "arrow-down")
        self.off = button(_("Take off"), self._take_off, "x")
        self._hint = label(_("Drag an entry to another place, or use the buttons."), "small")
        box = column(self, self.list, gap=6)
        box.addLayout(Flow([self.up, self.down, self.off]))
        box.addWidget(self._hint)
        self.list.currentRowChanged.connect(self._offer)
        self.show_entries([])

    def show_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show (id, name) pairs in the order of the sheet; the line a person stood on stays."""
        current = self.list.currentItem()
        here, row = (current.data(_ID) if current else ""), max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        for service, name in entries:
            item = QListWidgetItem(apart(name, self._))
            item.setData(_ID, service)
            item.setToolTip(name)
            self.list.addItem(item)
            if service == here:
                row = self.list.count() - 1
        self.list.setCurrentRow(min(row, len(entries) - 1))
        self.list.blockSignals(False)
        self.list.fit()
        self.setVisible(bool(entries))
        self._offer()

    def _offer(self, *_: object) -> None:
        row, last = self.list.currentRow(), self.list.count() - 1
        for one, possible in ((self.up, row > 0), (self.down, 0 <= row < last), (self.off, row >= 0)):
            one.setEnabled(possible)
        self._hint.setVisible(last > 0)

    def _current(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID)) if item else ""

    def _move(self, by: int) -> None:
        service, row = self._current(), self.list.currentRow()
        if service and 0 <= row + by < self.list.count():
            self.list.insertItem(row + by, self.list.takeItem(row))
            self.list.setCurrentRow(row + by)
            self._basket.move(service, by)

    def _take_off(self) -> None:
        if service := self._current():
            self._basket.toggle(service)

    def _dropped(self) -> None:
        self._basket.arrange([str(self.list.item(n).data(_ID)) for n in range(self.list.count())])
        self._offer()

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; return whether it meant anything."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take_off()
            return True
        return False


class _Lines(QListWidget):
    """The list itself: as high as its lines up to six, told when a line was dragged."""

    def __init__(self, dropped, key) -> None:  # type: ignore[no-untyped-def]
        super().__init__()
        self._dropped, self._key = dropped, key
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def fit(self) -> None:
        """Take the height of the lines, and scroll beyond six."""
        self.doItemsLayout()
        high = sum(self.sizeHintForRow(row) for row in range(min(self.count(), _SHOWN)))
        self.setFixedHeight(high + 2 * self.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow lines that fold or unfold."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, self.fit)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the order after a line was dragged; lines from elsewhere are not taken."""
        if event.source() is self:
            super().dropEvent(event)
            self._dropped()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and take off by keys."""
        if not self._key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the words."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()
