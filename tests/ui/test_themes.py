"""The three sets of colours: every pair that meets can be told apart, and the window follows who chose them (SAFETY A2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from guide import settings
from guide.settings import Settings
from tests.ui.conftest import House
from ui import looks, style, system_look
from ui.themes import CONTRAST, DARK, LIGHT, THEMES, Theme

EVERY = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
# Words and what they stand on, as the style sheet and the painters bring them together: 4.5:1 (WCAG 2.2, 1.4.3).
WORDS = [
    ("ink", "card"), ("ink", "ground"), ("ink_2", "card"), ("ink_2", "ground"), ("ink_2", "brand_soft"),
    ("ink", "brand_soft"), ("ink", "badge"), ("ink", "found"), ("ink", "warn_soft"), ("ink_2", "warn_soft"),
    ("brand", "brand_soft"), ("brand", "card"), ("brand", "ground"), ("on_brand", "brand"), ("on_brand", "brand_hover"),
    ("go", "go_soft"), ("go", "card"), ("warn", "warn_soft"), ("warn", "card"), ("warn", "ground"),
    ("stop", "card"), ("stop", "ground"), ("stop", "warn_soft"), ("on_hide", "hide"), ("on_hide", "hide_hover"),
    ("on_off", "off"), ("on_toast", "toast"),
]  # fmt: skip
# Edges, rings and marks, and what they lie on or beside: 3:1 (1.4.11). The ring of a main button is two: ink outside,
# the colour of its words inside.
PARTS = [
    ("field_line", "card"), ("field_line", "ground"), ("handle", "ground"), ("handle", "card"), ("hide", "ground"),
    ("brand", "ground"), ("brand", "card"), ("brand", "brand_soft"), ("ink", "ground"), ("ink", "on_brand"),
    ("on_brand", "brand"), ("on_hide", "hide"), ("toast", "ground"), ("toast_good", "toast"), ("toast_bad", "toast"),
    ("go", "card"), ("go", "ground"), ("field_line", "tray"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in QColor(colour).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(theme: Theme, pairs: list[tuple[str, str]], least: float) -> list[str]:
    """Return the pairs of ``theme`` below ``least``."""
    found = [(a, b, contrast(getattr(theme, a), getattr(theme, b))) for a, b in pairs]
    return [f"{a} on {b}: {ratio:.2f}" for a, b, ratio in found if ratio < least]


@EVERY
def test_every_text_can_be_read_on_its_ground(theme: Theme) -> None:
    """SAFETY A2: 4.5:1, and 7:1 for what is read most where high contrast was asked for."""
    assert too_faint(theme, WORDS, 7 if theme is CONTRAST else 4.5) == []


@EVERY
def test_every_edge_and_mark_can_be_seen(theme: Theme) -> None:
    """SAFETY A2: 3:1."""
    assert too_faint(theme, PARTS, 3) == []


@EVERY
def test_every_colour_is_written_in_the_table_alone(theme: Theme) -> None:
    """Whatever else named a colour would keep it in every theme; codes to scan and pages of paper are black on white."""
    style.wear(theme)
    known = {getattr(theme, name) for name in Theme.__slots__}
    assert set(re.findall(r"#[0-9a-fA-F]{6}", style.sheet(style.Scale()))) <= known
    for file in Path(style.__file__).parent.rglob("*.py"):
        if file.name != "themes.py":
            assert re.findall(r"\"#[0-9a-fA-F]{3,8}\"", file.read_text("utf-8")) == [], file


def shown(house: House) -> str:
    """Return the colour of the ground as it is on the screen."""
    return house.window.grab().toImage().pixelColor(house.window.sidebar.width() + 4, 300).name()


def test_a_visitor_chooses_colours_on_the_page_and_they_go_with_the_visit(house: House) -> None:
    """SAFETY Q4, I2: whoever comes next finds the house's own."""
    window = house.window
    assert shown(house) == LIGHT.ground
    window.choose_theme("dark")
    house.wait()
    assert shown(house) == DARK.ground
    assert not window.at_start()
    window.reset()
    house.wait()
    assert shown(house) == LIGHT.ground
    assert window.at_start()


def test_the_menu_on_every_page_offers_sizes_and_colours_and_marks_those_of_now(house: House) -> None:
    window = house.window
    window.choose_theme("contrast")
    window.choose_size(150)
    menu = window.bar.look.menu()
    menu.aboutToShow.emit()
    named = {action.text(): action for action in menu.actions() if not action.isSeparator()}
    assert list(named) == ["100 %", "125 %", "150 %", "200 %", "Light", "Dark", "High contrast"]
    assert [text for text, action in named.items() if action.isChecked()] == ["150 %", "High contrast"]
    named["Dark"].trigger()
    assert style.now() is DARK
    assert window.looks.now() == (150, "dark")


def test_staff_choose_the_colours_a_visit_begins_with(house: House) -> None:
    window = house.window
    window.unlocked()
    page = window.rooms.settings
    page.theme.setCurrentIndex(page.theme.findData("contrast"))
    page._save()
    house.wait()
    assert shown(house) == CONTRAST.ground
    assert settings.load(window.guide.settings.data).theme == "contrast"
    window.reset()
    assert style.now() is CONTRAST


def test_the_window_follows_the_system_until_somebody_chooses(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    window = house.window
    monkeypatch.setattr(system_look, "says_now", lambda: DARK)
    window.looks._follow()
    house.wait()
    assert shown(house) == DARK.ground
    window.choose_theme("light")
    monkeypatch.setattr(system_look, "says_now", lambda: CONTRAST)
    window.looks._follow()
    assert style.now() is LIGHT


def test_a_theme_nobody_knows_is_the_systems(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"theme": "pink"}')
    assert settings.load(tmp_path) == Settings(data=tmp_path)
    assert looks.THEMES.get("system", LIGHT) is LIGHT
