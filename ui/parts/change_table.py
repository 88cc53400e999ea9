"""What an update changes, line by line, with search and filter above; fifty thousand lines scroll as easily as five."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from guide.change_words import KINDS
from guide.records import Change
from guide.text import Language
from ui import style
from ui.parts.change_model import ON_SHEETS, ChangeModel
from ui.parts.change_painter import ChangePainter
from ui.parts.controls import label, row


class ChangeTable(QWidget):
    """The table with its search and its filter."""

    def __init__(
        self, _: Language, scale: style.Scale, changes: tuple[Change, ...], sheets: Mapping[str, tuple[str, ...]],
        ours: Mapping[str, tuple[str, ...]],
    ) -> None:  # fmt: skip
        """Show ``changes``; ``sheets`` names the saved sheets a service stands on, ``ours`` what this house says of it."""
        super().__init__()
        self._ = _
        self.model = ChangeModel(_, changes, sheets, ours)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search in these changes"))
        self.search.setAccessibleName(_("Search in these changes"))
        self.search.textChanged.connect(self._show)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Which changes to show"))
        self._fill(changes, sheets)
        self.kind.currentIndexChanged.connect(self._show)
        self._said = label("", "small")
        self.table = QTableView()
        self.table.setModel(self.model)
        self._painter = ChangePainter(scale, right_to_left=_.right_to_left)
        self.table.setItemDelegate(self._painter)
        self.table.setAccessibleName(_("Changes"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, scale.px(150))
        self._stack_below = scale.px(560)
        self._high = scale.px(40)
        self._lay()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        line = row(None, self.search, self.kind)
        line.setStretch(0, 1)
        box.addLayout(line)
        box.addWidget(self._said)
        box.addWidget(self.table, 1)
        self._said.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put all of a change below each other where four columns would show nothing in full."""
        super().resizeEvent(event)
        if (stacked := self.width() < self._stack_below) != self._painter.stacked:
            self._painter.stacked = self.model.in_one = stacked
            self._lay()

    def _lay(self) -> None:
        stacked, high = self._painter.stacked, self._painter.height(self.table.font())
        for column in range(1, self.model.columnCount()):
            self.table.setColumnHidden(column, stacked)
        self.table.horizontalHeader().setVisible(not stacked)
        self.table.verticalHeader().setDefaultSectionSize(high)
        self.table.setMinimumHeight(high * (2 if stacked else 3) + self._high)

    def _fill(self, changes: tuple[Change, ...], sheets: Mapping[str, tuple[str, ...]]) -> None:
        counts = Counter(change.kind for change in changes)
        self.kind.addItem(self._("All changes ({n})", n=f"{len(changes):,}"), "")
        for kind, name in KINDS.items():
            if counts[kind]:
                self.kind.addItem(f"{self._(name)} ({counts[kind]:,})", kind)
        on = sum(change.service in sheets for change in changes)
        if on:
            self.kind.addItem(self._("On your saved sheets ({n})", n=f"{on:,}"), ON_SHEETS)

    def _show(self) -> None:
        words, kind = self.search.text(), str(self.kind.currentData() or "")
        self.model.show(words, kind)
        found = self.model.rowCount()
        self._said.setText(self._.count("{n} change found", "{n} changes found", found))
        self._said.setVisible(bool(words))
