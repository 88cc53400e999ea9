"""The changes of an update as a table Qt can ask: kept in their order, searched and filtered in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from guide.change_words import now_and_after, what_changes
from guide.records import Change
from guide.text import Language, fold, mark

Index = QModelIndex | QPersistentModelIndex
NOTE = Qt.ItemDataRole.UserRole
_LONGEST = 160
ON_SHEETS = "sheets"
OURS = {"note": mark("has a note of yours"), "value": mark("corrected by you"), "hidden": mark("hidden by you")}


class ChangeModel(QAbstractTableModel):
    """Changes in the order they were found: numbers first. Only what is looked for has a row."""

    def __init__(self, _: Language, changes: tuple[Change, ...], sheets: Mapping[str, tuple[str, ...]],
        ours: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Take the changes, and for each service the saved sheets it stands on, and what this house says of it."""
        super().__init__()
        self._, self._changes, self._sheets, self._ours = _, changes, sheets, ours
        self._rows = list(changes)
        self._folded: list[str] | None = None
        self.in_one = False  # one column holds the whole change: its words for a screen reader are those of all
        self._titles = (_("Service"), _("What changes"), _("Now"), _("After update"))

    def show(self, words: str, kind: str) -> None:
        """Keep the rows that hold ``words`` and are of ``kind`` ("" for all, ``sheets`` for those on saved sheets)."""
        wanted = fold(words)
        rows = range(len(self._changes))
        if kind == ON_SHEETS:
            rows = [n for n in rows if self._changes[n].service in self._sheets]  # type: ignore[assignment]
        elif kind:
            rows = [n for n in rows if self._changes[n].kind == kind]  # type: ignore[assignment]
        if wanted:
            texts = self._texts()
            rows = [n for n in rows if wanted in texts[n]]  # type: ignore[assignment]
        self.beginResetModel()
        self._rows = [self._changes[n] for n in rows]
        self.endResetModel()

    def _texts(self) -> list[str]:
        """Return each change's words as they are compared; made once, when somebody searches."""
        if self._folded is None:
            self._folded = [
                fold(
                    " ".join(
                        (c.name, what_changes(c, self._), *now_and_after(c, self._), *self._sheets.get(c.service, ()))
                    )
                )
                for c in self._changes
            ]
        return self._folded

    def rowCount(self, _: Index = QModelIndex()) -> int:
        """Return how many changes are shown."""
        return len(self._rows)

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
        """Return one cell; ``NOTE`` is the line below a service's name."""
        change = self._rows[index.row()]
        if role == NOTE:
            return self._note(change) if index.column() == 0 else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self._text(change, index.column())
            if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
                rest = [f"{self._titles[n]}: {self._text(change, n)}" for n in (1, 2, 3)] if self.in_one else []
                return ". ".join(filter(None, (f"{text} {self._note(change)}".strip(), *rest)))
            return text if role != Qt.ItemDataRole.DisplayRole or len(text) <= _LONGEST else text[:_LONGEST] + "…"
        return None

    def kind_of(self, row: int) -> str:
        """Return the kind of the change in a row."""
        return self._rows[row].kind

    def _text(self, change: Change, column: int) -> str:
        if column == 0:
            return change.name
        return what_changes(change, self._) if column == 1 else now_and_after(change, self._)[column - 2]

    def _note(self, change: Change) -> str:
        names = self._sheets.get(change.service, ())
        said = [self._("on sheet “{names}”", names="”, “".join(names))] if names else []
        said += [self._(OURS[kind]) for kind in self._ours.get(change.service, ())]
        return " · ".join(said)
