"""No text of the program speaks English in another language, and a language is data alone (SAFETY A8)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTextEdit,
    QWidget,
)

import guide.text
from guide.records import Audience
from guide.text import languages_in
from tests.pseudo import CODE, made_up
from tests.ui.conftest import House
from tests.ui.walk import every_page
from ui import icons
from ui.parts.card_list import CardList

ROOT = Path(__file__).resolve().parents[2]
# Names, not words: of languages, of the product, of places and units.
NAMES = {
    CODE, "English", "Español", "العربية", "Resource Guide", "Front desk", "Starter publisher", "ZIP", "PDF", "Letter (US)", "MB", "kB",
    "Kreyòl ayisyen", "Tiếng Việt", "Français", "Русский", "中文", "简体", "繁體", "ASL", "A4", "https",
}  # fmt: skip


def texts_of(record: object) -> Iterator[str]:
    """Yield every text a record of the catalog holds."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, dict):
        for value in record.values():
            yield from texts_of(value)
    elif isinstance(record, (list, tuple, set, frozenset)):
        for value in record:
            yield from texts_of(value)
    elif is_dataclass(record):
        for field in fields(record):
            yield from texts_of(getattr(record, field.name))


def items(model: QAbstractItemModel) -> Iterator[str]:
    """Yield what the rows of ``model`` show and what a screen reader says of them."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    columns = model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1
    for row in range(min(model.rowCount(), 60)):
        for column in range(columns):
            for role in roles:
                yield str(model.data(model.index(row, column), role) or "")
    if columns > 1:
        for column in range(columns):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def said_by(part: QWidget) -> Iterator[str]:
    """Yield every text of ``part`` that somebody can read or hear."""
    yield from (part.accessibleName(), part.accessibleDescription(), part.toolTip())
    if isinstance(part, (QLabel, QAbstractButton)):
        yield part.text()
    if isinstance(part, (QLineEdit, QTextEdit)):
        yield part.placeholderText()
    if isinstance(part, QComboBox):
        yield from (part.itemText(i) for i in range(part.count()))
    if isinstance(part, QMenu):
        part.aboutToShow.emit()
        yield from (action.text() for action in part.actions())
    if isinstance(part, CardList):
        for card in part.cards.cards:
            yield from (badge[0] for badge in part._painter._badge_words(card))
    if isinstance(part, QAbstractItemView) and part.model() is not None:
        yield from items(part.model())


def foreign(text: str, data: list[str]) -> str:
    """Return the words of ``text`` that are neither of the made-up language nor the catalog's, "" when there are none."""
    left = text.replace("\u200b", "").replace("\u00a0", " ").replace("\u2068", "").replace("\u2069", "")
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", left)) != left:
        left = shorter
    if not re.search(r"[^\W\d_]{2,}", left):
        return ""
    for one in (*(d for d in data if len(d) > 8), *sorted(NAMES, key=len, reverse=True), *data):
        left = left.replace(one, " ").replace(one[:1].upper() + one[1:], " ")
    return " ".join(re.findall(r"[^\W\d_]{2,}", left))


def test_no_text_of_the_program_is_left_in_english(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page, dialog, hint, list and badge, in a language whose every text is in brackets."""
    made_up(tmp_path)
    monkeypatch.setattr(guide.text, "LOCALES", tmp_path)
    window = house.window
    window.choose_language(CODE)
    house.wait()
    home = window.guide.home(Audience.STAFF)
    held = [window.guide.services(), home, [window.guide.detail(s.id, Audience.STAFF) for s in window.guide.services()]]
    data = sorted({t for t in texts_of(held) if len(t) > 1}, key=len, reverse=True)
    data += [re.sub("^https?://", "", one).removesuffix("/") for one in data if one.startswith("http")]
    left: dict[str, set[str]] = {}
    seen: set[str] = set()
    for page, top in every_page(house):
        for part in (top, *top.findChildren(QWidget)):
            if not part.isVisibleTo(top):
                continue
            for text in said_by(part):
                if text and text not in seen:
                    seen.add(text)
                    if words := foreign(text, data):
                        left.setdefault(page, set()).add(f"{type(part).__name__}: {text!r} -> {words}")
    assert left == {}
    assert len(seen) > 300


DROPPED_IN = """
import json, sys
from pathlib import Path
from PySide6.QtTest import QTest
from guide.settings import Settings
from ui.start import arguments, start
app, window = start(arguments(["--data", sys.argv[1], "--language", "eo"]))
QTest.qWait(300)
menu = window.bar.findChild(__import__("PySide6.QtWidgets").QtWidgets.QMenu)
print(json.dumps({"said": [b.accessibleName() for b in window.sidebar.buttons.values()],
                  "offered": [a.text() for a in menu.actions()]}))
window.finish()
"""


def test_a_language_is_a_folder_that_is_dropped_in(tmp_path: Path) -> None:
    """No code names it: the program is the same, file by file, and only a folder lies beside its others."""
    program = tmp_path / "program"
    (program / "guide").mkdir(parents=True)
    for name in ("ui", "resources.db"):
        (program / name).symlink_to(ROOT / name)
    for part in (ROOT / "guide").iterdir():
        if part.name not in ("locale", "__pycache__"):
            (program / "guide" / part.name).symlink_to(part)
    locale = program / "guide" / "locale"
    locale.mkdir()
    for part in (ROOT / "guide" / "locale").iterdir():
        (locale / part.name).symlink_to(part)
    made_up(locale)
    done = subprocess.run(
        [sys.executable, "-c", DROPPED_IN, str(tmp_path / "data")],
        capture_output=True, text=True, cwd=program, timeout=60, check=True,
        env=os.environ | {"PYTHONPATH": str(program), "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["offered"] == ["English", "Español", "العربية", "Esperanto"]
    assert told["said"]
    assert all(said.startswith("⟦") for said in told["said"])


def test_each_language_says_its_own_name_and_whether_somebody_has_looked_over_it() -> None:
    """SAFETY A8; staff see "not reviewed by a native speaker" where they choose a language."""
    found = languages_in(ROOT / "guide" / "locale")
    assert [about["name"] for about in found.values()] == ["English", "Español", "العربية"]
    assert all(about["reviewed"] in ("yes", "no") for about in found.values())


def test_staff_see_which_languages_nobody_has_looked_over(house: House) -> None:
    house.window.unlocked()
    chooser = house.window.rooms.settings.language
    assert [chooser.itemText(i) for i in range(chooser.count())] == [
        "English", "Español · not reviewed by a native speaker", "العربية · not reviewed by a native speaker"
    ]  # fmt: skip


def arrow() -> list[int]:
    """Return how much of the back arrow's ink stands in its left and right half."""
    image = icons.icon("chevron-left", "#000000").pixmap(60, 60).toImage()
    return [sum(image.pixelColor(x, y).alpha() for x in half for y in range(60)) for half in (range(30), range(30, 60))]


def test_arrows_turn_where_lines_run_from_right_to_left(house: House) -> None:
    left, right = arrow()
    house.window.choose_language("ar")
    assert arrow() == [right, left]
    house.window.choose_language("en")
    assert arrow() == [left, right]
    assert left != right


def test_what_is_told_in_another_language_says_in_which(house: House) -> None:
    """SAFETY A8: the best there is, and a word where that is not the person's."""
    window = house.window
    window.choose_language("ar")
    window.go("results")
    cards = house.type("shelter")
    window.open_entry(cards[0].id)
    house.wait(lambda: window.rooms.results.pane.service == cards[0].id)
    assert any("English" in label.text() and "هذا" in label.text() for label in window.findChildren(QLabel))
    window.choose_language("en")
    house.type("shelter")
    house.wait()
    assert not any(label.text().startswith("This text is in") for label in window.findChildren(QLabel))
