"""The first steps of a house: staff see them until they are done, visitors never."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from guide.settings import Settings, load
from tests.ui.conftest import House, opened
from tests.ui.test_visit import button, texts
from ui.welcome_room import came_in


def test_visitors_find_help_before_anything_is_set_up(house: House) -> None:
    assert "welcome" not in house.window.rooms.keys
    assert house.type("food")


def test_staff_come_to_the_first_steps_until_they_are_done(house: House) -> None:
    window = house.window
    for _ in range(2):  # somebody who is called away finds them again
        came_in(window)
        house.wait()
        assert window.rooms.here == "welcome"
        window.reset()
        house.wait()
        assert window.rooms.here == "home"
    came_in(window)
    page = window.rooms.page("welcome")
    page.shelter.setText("Harbor House")  # type: ignore[attr-defined]
    page.language.setCurrentIndex(page.language.findData("es"))  # type: ignore[attr-defined]
    button(page, "Save").click()
    house.wait()
    assert window.rooms.here == "welcome"
    button(window.rooms.page("welcome"), "Look for updates").click()
    house.wait()
    assert window.rooms.here == "updates"
    window.go("welcome")
    button(window.rooms.page("welcome"), "Done: do not show this again").click()
    house.wait()
    assert window.rooms.here == "updates"
    kept = load(window.guide.settings.data)
    assert (kept.shelter_name, kept.language, kept.welcomed) == ("Harbor House", "es", True)
    window.reset()
    came_in(window)
    house.wait()
    assert window.rooms.here == "updates"
    assert "Harbor House" in texts(window.sidebar)


def test_the_set_up_sheet_is_the_test_of_the_printer(house: House) -> None:
    """SAFETY I4."""
    came_in(house.window)
    house.wait()
    seen: list[object] = []
    house.window.desk.print_sheet = lambda paper, size, _: seen.append((paper.pages, size))  # type: ignore[method-assign]
    button(house.window.rooms.page("welcome"), "Print the set-up sheet").click()
    house.wait(lambda: bool(seen))
    assert seen == [(1, "letter")]


def test_a_policy_and_a_bundle_that_was_opened_go_before_the_first_steps(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", trust=tmp_path / "none", welcomed=True)
    for ruled in opened(qtbot, settings):
        came_in(ruled.window)
        ruled.wait()
        assert ruled.window.rooms.here == "updates"
        ruled.window.reset()
        ruled.window.offer_bundle(tmp_path / "none.guide")
        came_in(ruled.window)
        ruled.wait()
        assert ruled.window.rooms.here == "updates"
