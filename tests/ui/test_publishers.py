"""Several publishers in the window: added by their six words, put in order, looked at where they differ, removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from guide.app import Guide
from guide.bundles.editions import Editions
from guide.records import Audience
from tests.bundles.test_publishers import COUNTY, root_file, words
from tests.makers import make_phone, make_service
from tests.publisher import SERVICES, Publisher
from tests.ui.conftest import House
from tests.ui.test_staff_pages import staff
from tests.ui.test_visit import button, texts
from ui.pages.updates_page import UpdatesPage

SHELTER = replace(SERVICES[0], phones=make_service("Night Shelter", "theirs").phones)
LINE = make_service("Crisis Line", category="crisis", phones=(make_phone("(555) 010-6666"),))


def field(page: UpdatesPage, name: str) -> QLineEdit:
    """Return the field that is called so."""
    return next(f for f in page.findChildren(QLineEdit) if f.accessibleName() == name and f.isVisible())


def test_an_update_by_somebody_unknown_leads_to_the_six_words_and_then_to_what_it_changes(
    published: tuple[House, Publisher], tmp_path: Path
) -> None:
    house, _ = published
    county = Publisher(tmp_path / "county", "Metro County")
    bundle = county.release(2, (*COUNTY, SHELTER, LINE))
    page = staff(house).window.rooms.updates
    house.window.go("updates")
    page.look_at(bundle)
    house.wait(lambda: "a publisher this guide does not know" in texts(page))
    button(page, "Add this publisher").click()
    house.wait(lambda: "says it is from “Metro County”" in texts(page))
    assert words(county) not in texts(page)  # nobody can say yes to what the screen says
    field(page, "The six words you were told").setText("apple banana cherry date elder fig")
    button(page, "Add this publisher").click()
    house.wait(lambda: "These are not the six words" in texts(page))
    assert not house.window.guide.publishers.several
    field(page, "The six words you were told").setText(words(county))
    field(page, "What to call it here").setText("The county")
    button(page, "Add this publisher").click()
    house.wait(lambda: page.preview is not None)
    assert "Signed by Metro County" in texts(page) and "→" not in texts(page)
    button(page, "Apply update").click()
    house.wait(lambda: "2. The county" in texts(page))
    assert "1. State Coalition" in texts(page) and "Where they differ (1)" in texts(page)
    cards = house.type("night shelter")
    assert [card.also for card in cards] == [("The county",)]
    house.window.rooms.results.list.chosen.emit(cards[0].id)
    house.wait(lambda: "Listed by State Coalition, The county" in texts(house.window.rooms.results))


def test_staff_put_publishers_in_order_see_where_they_differ_and_remove_one(
    published: tuple[House, Publisher], tmp_path: Path
) -> None:
    house, state = published
    county = Publisher(tmp_path / "county", "Metro County")
    guide = staff(house).window.guide
    guide.publishers.add(root_file(county), words(county))
    guide.apply_update(county.release(2, (*COUNTY, LINE)))
    house.window.other_edition.emit()
    house.window.go("updates")
    page = house.window.rooms.updates
    house.wait(lambda: "Where they differ (1)" in texts(page))
    button(page, "Where they differ (1)").click()
    house.wait(lambda: "Two numbers for one line" in texts(page))
    shown = texts(page).replace("\u2066", "").replace("\u2069", "")
    assert "State Coalition: 988" in shown and "Metro County: (555) 010-6666" in shown
    button(page, "Back").click()
    house.wait(lambda: "Where they differ (1)" in texts(page))
    assert [c.phone.published for c in house.type("crisis line") if c.phone] == ["988"]
    house.window.go("updates")
    house.wait(lambda: "1. State Coalition" in texts(page))
    button(page, "Move down").click()
    house.wait(lambda: "1. Metro County" in texts(page))
    assert [c.phone.published for c in house.type("crisis line") if c.phone] == ["(555) 010-6666"]
    house.window.go("updates")
    house.wait(lambda: "1. Metro County" in texts(page))
    button(page, "Remove").click()
    house.wait(lambda: "Remove Metro County?" in texts(page))
    button(page, "Yes, remove it").click()
    house.wait(lambda: "Metro County is removed." in texts(page))
    assert "Publisher removed · Metro County" in texts(page)
    assert [c.phone.published for c in house.type("crisis line") if c.phone] == ["988"]
    assert not guide.publishers.several
    assert state.settings.data.is_dir()


def test_a_publisher_out_of_a_restored_backup_waits_for_its_six_words_or_is_left_out(
    published: tuple[House, Publisher], tmp_path: Path
) -> None:
    house, publisher = published
    county = Publisher(tmp_path / "county", "Metro County")
    there = Guide(replace(publisher.settings, data=tmp_path / "there"))
    there.publishers.add(root_file(county), words(county), "Our county")
    there.safekeeping.write(tmp_path / "house.guide-backup")
    house.window.guide.safekeeping.restore(tmp_path / "house.guide-backup")
    page = staff(house).window.rooms.updates
    house.wait(lambda: "“Our county” published for the house of the backup" in texts(page))
    button(page, "Add Our county").click()
    house.wait(lambda: "This is the root file of a publisher" in texts(page))
    field(page, "The six words you were told").setText(words(county))
    button(page, "Add this publisher").click()
    house.wait(lambda: "2. Our county" in texts(page))
    assert "published for the house of the backup" not in texts(page)


def test_staff_are_told_where_an_edition_went_back_by_itself_until_they_bring_a_newer_one(
    published: tuple[House, Publisher],
) -> None:
    house, publisher = published
    guide = house.window.guide
    guide.apply_update(publisher.release(2))
    guide.apply_update(publisher.release(3))
    newest = Editions(guide.settings).catalog(Editions(guide.settings).pointer().data)
    newest.write_bytes(b"\xa5" * newest.stat().st_size)
    guide.close()
    assert guide.home(Audience.VISITOR).edition.number == 2
    assert "by itself" not in texts(house.window)
    page = staff(house).window.rooms.updates
    house.wait(lambda: "An edition could no longer be read on this computer" in texts(page))
    assert "Edition 2026.02 is shown now" in texts(page)
    assert house.window.sidebar.buttons["updates"].accessibleName() == "Updates (1)"
    page.look_at(publisher.release(4))
    house.wait(lambda: page.preview is not None)
    button(page, "Apply update").click()
    house.wait(lambda: "Up to date" in texts(page) and "could no longer be read" not in texts(page))
    assert house.window.sidebar.buttons["updates"].accessibleName() == "Updates"
