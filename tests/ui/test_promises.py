"""Promises of SAFETY that no other test holds: help in one step, languages, websites, and what the guide never does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.shelter.tables import metadata
from guide.text import OWN_NAMES, SHIPPED
from tests.ui.conftest import House
from tests.ui.test_visit import button, texts

ROOT = Path(__file__).resolve().parents[2]
EMERGENCY = ("988", "1-888-373-7888", "1-800-799-7233")


@pytest.mark.parametrize("page", ["home", "results", "dial", "sheet", "unlock"])
def test_the_lines_to_call_are_one_press_away_from_every_page(house: House, page: str) -> None:
    """SAFETY S6: "Find help" stands in one place at the side and shows them."""
    if page == "results":
        house.type("food")
    house.window.go(page)
    house.wait()
    way = house.window.sidebar.buttons["home"]
    assert way.isVisible()
    way.click()
    house.wait()
    seen = texts(house.window.rooms.page("home"))
    assert all(number in seen for number in EMERGENCY)


@pytest.mark.parametrize("page", ["home", "results", "dial", "sheet", "unlock"])
def test_another_language_is_one_menu_away_on_every_page_by_its_own_name(house: House, page: str) -> None:
    """SAFETY A8: and with the visit it goes back to the house's own."""
    house.window.go(page)
    house.wait()
    opener = next(
        b for b in house.window.bar.findChildren(type(button(house.window.bar, "Hide now"))) if b.menu() is not None
    )
    assert opener.isVisible()
    names = [action.text() for action in opener.menu().actions()]
    assert [name for name in names if name in OWN_NAMES.values()] == [OWN_NAMES[code] for code in SHIPPED]
    next(action for action in opener.menu().actions() if action.text() == OWN_NAMES["es"]).trigger()
    house.wait()
    assert house.window.language == "es"
    house.window.reset()
    house.wait()
    assert house.window.language == "en"


def test_who_has_no_number_is_said_to_have_none_and_staff_can_help(house: House) -> None:
    """SAFETY C5, C4: the address is a text, and no browser opens."""
    services = house.window.guide.services()
    web = next(s for s in services if not s.shown_phones() and s.urls and s.audience.value != "staff")
    house.window.go("results")
    house.window.open_entry(web.id)
    house.wait(lambda: house.window.rooms.results.pane.service == web.id)
    seen = texts(house.window.rooms.results.pane)
    assert "There is no phone number for this. Staff can help" in seen


def test_nothing_is_kept_of_a_person_whatever_its_form() -> None:
    """SAFETY N5, L3: no case notes, no referrals, no hashed or numbered clients."""
    names = " ".join(f"{table.name} {' '.join(c.name for c in table.c)}" for table in metadata.sorted_tables)
    for word in ("client", "person", "visitor", "case", "referral", "consent", "birth", "visit"):
        assert word not in names


def test_no_text_of_ours_leans_on_a_revoked_order() -> None:
    """SAFETY A9: EO 13166 was revoked in 2025; languages are here because people speak them."""
    for path in (*(ROOT / "guide").rglob("*.py"), *(ROOT / "ui").rglob("*.py"), *(ROOT / "docs").glob("*.md")):
        assert not re.search(r"(?i)(?:required|mandated) by (?:EO|executive order) ?13166", path.read_text("utf-8")), (
            path
        )
