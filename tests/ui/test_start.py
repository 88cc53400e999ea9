"""What the program does before its first frame, and what it leaves for later (docs/architecture.md, start-up)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from guide import settings
from guide.app import Guide
from guide.records import Question
from tests.ui.conftest import House
from ui import icons, qt_numbers, style
from ui.start import fits
from ui.themes import THEMES, Theme

ROOT = Path(__file__).resolve().parents[2]

# Beside Qt and what Qt itself imports: the standard library's parts that read the first screen's data...
STANDARD = {
    "_datetime", "_json", "_locale", "_sqlite3", "copy", "dataclasses", "datetime", "gc", "json", "json.decoder",
    "json.encoder", "json.scanner", "locale", "org", "org.python", "sqlite3", "sqlite3.dbapi2", "unicodedata",
    "_zoneinfo", "calendar", "sysconfig", "zoneinfo", "zoneinfo._common", "zoneinfo._tzpath",
}  # fmt: skip
# ... and our own. A name more here is a few milliseconds more for everybody: is it seen in the first frame?
OURS = {
    "guide", "guide.app", "guide.bundles", "guide.bundles.disk", "guide.bundles.editions", "guide.catalog",
    "guide.catalog.cards", "guide.catalog.freshness", "guide.catalog.home", "guide.catalog.holidays", "guide.catalog.hours", "guide.catalog.kind",
    "guide.catalog.recurrence",
    "guide.catalog.unrows", "guide.clock", "guide.errors", "guide.house", "guide.records", "guide.records.edition",
    "guide.records.finding", "guide.records.frozen", "guide.records.progress", "guide.records.service",
    "guide.records.words", "guide.settings", "guide.text", "ui", "ui.clipboard", "ui.find_desk", "ui.first_paint",
    "ui.fonts", "ui.icons", "ui.idle", "ui.jobs", "ui.looks", "ui.system_look", "ui.themes", "ui.parts.look_button", "ui.parts.clearable", "ui.parts.one_of_several", "ui.main_window", "ui.overlays", "ui.pages", "ui.pages.home_page",
    "ui.paper_desk", "ui.parts", "ui.parts.actions", "ui.parts.basket", "ui.parts.call_card", "ui.parts.columns",
    "ui.parts.controls", "ui.parts.flow", "ui.parts.scroll", "ui.parts.hide_note", "ui.parts.phrases", "ui.parts.sidebar", "ui.parts.tile",
    "ui.parts.search_box", "ui.parts.top_bar", "ui.phone_desk", "ui.putting_away", "ui.qt_numbers", "ui.rooms", "ui.sent_pages", "ui.shifts", "ui.start", "ui.style",
    "ui.visit_jobs", "ui.watch",
}  # fmt: skip
PROBE = """
import json, linecache, os, sys
import PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets
before = set(sys.modules)
from ui.start import arguments, start
app, window = start(arguments(["--data", sys.argv[1]] if len(sys.argv) > 1 else []))
class Watch(PySide6.QtCore.QObject):
    def eventFilter(self, watched, event):
        if event.type() == PySide6.QtCore.QEvent.Type.Paint:
            seen = {"modules": sorted(set(sys.modules) - before), "namespace": "Qt" in vars(PySide6.QtCore),
                    "windows": "QStyle" in vars(PySide6.QtWidgets),
                    "sources": [name for name in linecache.cache if "main_window" in name or "/parts/" in name]}
            print(json.dumps(seen), flush=True)
            os._exit(0)
        return False
watch = Watch()
window.installEventFilter(watch)
app.exec()
"""

AT_REST = """
import json, os, sys
from ui.start import arguments, start
app, window = start(arguments(["--data", sys.argv[1]]))
def look():
    if window.rooms.made("results") and not window.jobs.busy and "guide.search.ask" in sys.modules:
        print(json.dumps(sorted(sys.modules)), flush=True)
        os._exit(0)
from PySide6.QtCore import QTimer
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
app.exec()
"""


@pytest.fixture(scope="module")
def first_frame(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a fresh program has imported when its window is painted for the first time."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path_factory.mktemp("data"))],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_nothing_is_imported_before_the_first_frame_that_it_does_not_show(first_frame: dict[str, object]) -> None:
    modules = first_frame["modules"]
    assert isinstance(modules, list)
    seen = {name for name in modules if not name.startswith("_sysconfigdata")}  # by zoneinfo; named after the system
    assert seen - STANDARD - OURS == set()


def test_qts_large_namespaces_wait_until_after_the_first_frame(first_frame: dict[str, object]) -> None:
    """``Qt`` is 25 ms and ``QStyle`` 8 (ui/qt_numbers.py); one careless call before the paint brings them back."""
    assert not first_frame["namespace"]
    assert not first_frame["windows"]


def test_no_source_of_ours_is_read_before_the_first_frame(first_frame: dict[str, object]) -> None:
    """PySide would read every module's, to look for its own name (ui/start.py)."""
    assert first_frame["sources"] == []


def test_at_rest_nothing_is_loaded_that_no_visitor_has_asked_for(tmp_path: Path) -> None:
    """OpenSSL alone is 4 MB: nothing is hashed, signed, mapped to tables or set on paper before somebody asks."""
    for _ in ("builds the index", "remembers which catalog it is of"):
        guide = Guide(settings.load(tmp_path))
        guide.search(Question())
        guide.close()
    done = subprocess.run(
        [sys.executable, "-c", AT_REST, str(tmp_path)],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    modules = set(json.loads(done.stdout.splitlines()[-1]))
    assert {"guide.search.ask", "guide.bundles.standing", "ui.pages.results_page"} <= modules
    heavy = {"_hashlib", "cryptography", "guide.bundles.trust", "pypdfium2", "sqlalchemy", "tuf", "typst"}
    assert heavy & modules == set()
    assert {"guide.bundles.sources", "ui.source_desk"} & modules == set()


def test_the_numbers_are_those_of_qt() -> None:
    aligned, text = Qt.AlignmentFlag, Qt.TextFlag.TextWordWrap
    assert Qt.TextFormat.PlainText.value == qt_numbers.PLAIN_TEXT
    assert Qt.FocusPolicy.NoFocus.value == qt_numbers.NO_FOCUS
    assert Qt.ScrollBarPolicy.ScrollBarAlwaysOff.value == qt_numbers.NO_SCROLL_BAR
    ways = (qt_numbers.LEFT_TO_RIGHT, qt_numbers.RIGHT_TO_LEFT, qt_numbers.BY_THE_TEXT)
    assert ways == tuple(way.value for way in (*Qt.LayoutDirection,))
    assert (aligned.AlignTop | aligned.AlignHCenter).value == qt_numbers.TOP_CENTER
    assert (aligned.AlignVCenter | aligned.AlignRight | aligned.AlignAbsolute).value == qt_numbers.RIGHT_CENTERED
    middle = (aligned.AlignVCenter | aligned.AlignAbsolute).value | text.value
    assert text.value == qt_numbers.FOLDED
    assert middle | aligned.AlignLeft.value == qt_numbers.LEFT_FOLDED
    assert middle | aligned.AlignRight.value == qt_numbers.RIGHT_FOLDED


def test_a_property_that_qt_does_not_know_is_a_bug(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    with pytest.raises(AttributeError):
        qt_numbers.set_number(label, "textFromat", 0)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_strip_of_icons_is_what_their_drawings_are(house: House, theme: Theme) -> None:
    """Run ``tools/icons.py`` after an icon, a colour or the list in ``ui/icons.py`` has changed."""
    assert house.window.isVisible()
    style.wear(theme)
    strip, places = icons._strip()
    assert set(places) == set(icons.first_screen())
    for name, colour, side, ground in icons.first_screen():
        drawn = icons.drawn(name, colour, side, ground).toImage()
        kept = strip.copy(places[name, colour, side, ground], 0, side, side).toImage()
        assert kept.convertedTo(drawn.format()) == drawn, name


def test_the_first_screen_draws_no_icon_from_its_svg(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    icons.pixmap.cache_clear()
    monkeypatch.setattr(icons, "drawn", lambda name, *_: drawn.append(name) or icons.QPixmap(1, 1))
    house.window.choose_language("en")
    icons.pixmap.cache_clear()
    assert drawn == []


def test_every_thing_to_press_on_the_first_screen_is_a_button_with_a_name(house: House) -> None:
    """Tiles draw themselves; to a screen reader and the Tab key each is a button all the same (SAFETY A4)."""
    tiles = [w for w in house.window.findChildren(QWidget) if w.property("kind") == "tile"]
    assert len(tiles) == 12, "a need without any service has no tile"
    for tile in tiles:
        assert tile.accessibleName() == tile.text().replace("\n", ", ")  # type: ignore[attr-defined]
        assert tile.focusPolicy() == Qt.FocusPolicy.StrongFocus
    tiles[7].click()  # type: ignore[attr-defined]
    house.wait(lambda: bool(house.window.rooms.results.answer))
    assert house.window.rooms.here == "results"


@pytest.mark.parametrize(
    ("room", "whole"), [((1920, 1040), True), ((1366, 728), False), ((1280, 800), False), ((1024, 768), False)]
)
def test_a_screen_too_small_for_the_window_is_filled(room: tuple[int, int], *, whole: bool) -> None:
    """SAFETY Q1: a window that begins larger than the screen has Hide now beyond its edge."""
    assert fits(QSize(*room)) is whole
