"""Where to write the copy for another house: a stick that is in, or a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from guide.records import Drive
from guide.text import Language
from ui.dialogs import choose_folder
from ui.parts.controls import Act, button, column, label
from ui.parts.flow import Flow


class PassOnPart(QWidget):
    """Says what is passed on and asks where to."""

    def __init__(self, _: Language, drives: Sequence[Drive], write: Callable[[Path], object], cancel: Act) -> None:
        """Take the drives that are in, what writes to a folder, and the way back."""
        super().__init__()
        choose = lambda: choose_folder(self, _("Choose a folder"), write)  # noqa: E731
        line: list[QWidget] = [
            button(_("Write it to “{place}”", place=one.name), partial(write, Path(one.path)), "download",
                   "primary" if place == 0 else "plain") for place, one in enumerate(drives)
        ]  # fmt: skip
        line.append(button(_("Choose a folder"), choose, "folder-open", "plain" if drives else "primary"))
        line.append(button(_("Not now"), cancel))
        column(
            self, label(_("Pass this guide on to another house"), "heading"),
            label(_("This writes one file with the guide as your publisher signed it. The other house checks the same"
                    " signatures. Nothing of this house is in it.")),
            Flow(line, 8), -1,
        )  # fmt: skip
        self.first = line[0]
