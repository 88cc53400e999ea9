"""The entries chosen for my sheet: in memory only, gone with the visit (SAFETY N1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal


class Basket(QObject):
    """Ids in the order they will stand on the sheet."""

    changed = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._ids: list[str] = []
        self.look: object = None  # how the sheet is to look, kept by its form over a change of language or text size

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the chosen ids in order."""
        return tuple(self._ids)

    def has(self, service: str) -> bool:
        """Say whether ``service`` is chosen."""
        return service in self._ids

    def toggle(self, service: str) -> None:
        """Add ``service`` at the end, or take it off."""
        if service in self._ids:
            self._ids.remove(service)
        else:
            self._ids.append(service)
        self.changed.emit()

    def move(self, service: str, by: int) -> None:
        """Move ``service`` up (-1) or down (1)."""
        place = self._ids.index(service)
        to = min(max(0, place + by), len(self._ids) - 1)
        if to != place:
            self._ids.insert(to, self._ids.pop(place))
            self.changed.emit()

    def arrange(self, ids: Sequence[str]) -> None:
        """Put everything into the order of ``ids``; one that is not chosen is passed over, one left out stays last."""
        wanted = [one for one in dict.fromkeys(ids) if one in self._ids]
        wanted += [one for one in self._ids if one not in wanted]
        if wanted != self._ids:
            self._ids = wanted
            self.changed.emit()

    def fill(self, ids: Sequence[str]) -> None:
        """Choose just ``ids``, in their order."""
        self._ids = list(dict.fromkeys(ids))
        self.changed.emit()

    def clear(self) -> None:
        """Take everything off, and forget how it was to look."""
        self.look = None
        if self._ids:
            self._ids.clear()
            self.changed.emit()
