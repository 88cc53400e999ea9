"""What an update changes, line by line, with a search above; fifty thousand lines scroll as easily as five."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from guide.records import Change
from guide.text import Language, mark
from ui import style

_ = mark
KINDS = {
    "phone": _("Phone number"),
    "closed": _("Closed"),
    "removed": _("Removed"),
    "added": _("New"),
    "changed": _("Changed"),
}
FIELDS = {
    "name": _("Name"),
    "description": _("Description"),
    "hours": _("Hours"),
    "eligibility": _("Who can go"),
    "cost": _("Cost"),
    "application_process": _("Next step"),
    "alert": _("Notice"),
    "languages": _("Languages"),
    "category": _("Need"),
    "url": _("Web page"),
    "address": _("Address"),
    "audience": _("Who sees it"),
    "assured_date": _("Date checked"),
    "status": _("Open or closed"),
    "details": _("Other details"),
}
Index = QModelIndex | QPersistentModelIndex
_LONGEST = 160


class ChangeModel(QAbstractTableModel):
    """Changes in the order they were found: numbers first."""

    def __init__(self, _: Language, changes: tuple[Change, ...]) -> None:
        """Take the changes."""
        super().__init__()
        self._, self._changes = _, changes
        self._titles = (_("Service"), _("What changes"), _("Now"), _("After update"))

    def rowCount(self, _: Index = QModelIndex()) -> int:
        """Return how many changes there are."""
        return len(self._changes)

    def columnCount(self, _: Index = QModelIndex()) -> int:
        """Return service, what, before, after."""
        return len(self._titles)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the columns' titles."""
        if role == Qt.ItemDataRole.DisplayRole and way == Qt.Orientation.Horizontal:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            # The style sheet's header turns nothing around by itself.
            side = Qt.AlignmentFlag.AlignRight if self._.right_to_left else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one cell."""
        change = self._changes[index.row()]
        if role == Qt.ItemDataRole.FontRole and (index.column() == 0 or change.kind == "phone"):
            font = QFont()
            font.setBold(True)
            return font
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = (change.name, self._what(change), change.before, change.after)[index.column()]
            return text if role != Qt.ItemDataRole.DisplayRole or len(text) <= _LONGEST else text[:_LONGEST] + "…"
        return None

    def _what(self, change: Change) -> str:
        kind = self._(KINDS[change.kind])
        return self._(FIELDS[change.field]) if change.kind == "changed" and change.field in FIELDS else kind


class ChangeTable(QWidget):
    """The table with its search."""

    def __init__(self, _: Language, scale: style.Scale, changes: tuple[Change, ...]) -> None:
        """Show ``changes``."""
        super().__init__()
        self._model = ChangeModel(_, changes)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setFilterKeyColumn(-1)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search in these changes"))
        self.search.setAccessibleName(_("Search in these changes"))
        self.search.textChanged.connect(self._found.setFilterFixedString)
        self.table = QTableView()
        self.table.setModel(self._found)
        self.table.setAccessibleName(_("Changes"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, scale.px(150))
        self.table.verticalHeader().setDefaultSectionSize(scale.px(56))  # two lines
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.search)
        box.addWidget(self.table, 1)
