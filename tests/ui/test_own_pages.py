"""Staff write the house's own services and their words on entries; visitors find them, and see no draft."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from guide.records import Audience, Question
from guide.text import Language
from tests.ui.conftest import House
from tests.ui.test_visit import texts
from ui.house_room import open_entry
from ui.own_room import open_form


def press(page: QWidget, words: str) -> None:
    """Press the first button that is called ``words``."""
    next(b for b in page.findChildren(QPushButton) if words in (b.text().strip("\u00a0 "), b.accessibleName())).click()


def staff(house: House) -> House:
    house.window.unlocked()
    return house


def test_a_service_is_typed_saved_found_and_marked_ours(house: House) -> None:
    window, guide = staff(house).window, house.window.guide
    window.go("own")
    house.wait(lambda: "There are none yet." in texts(window.rooms.page("own")))
    press(window.rooms.page("own"), "Add a service")
    form = window.rooms.page("own-form")
    form.texts["name"].fields["en"].setText("Harbor Night Beds")
    form.texts["name"].fields["es"].setText("Camas")
    form.need.setCurrentIndex(form.need.findData("housing"))
    assert form.place.rows[0].seen.currentData() == "never", "SAFETY L1"
    form.phones.rows[0].number.setText("617 555 2368")
    assert "Dials" in form.phones.rows[0]._said.text()
    days = form.hours._lines[0][0]
    for day in ("MO", "TU", "WE"):
        days[day].setChecked(True)
    assert form.hours._said.text() == "Monday to Wednesday, 9:00 am to 5:00 pm"
    press(form, "Save")
    house.wait(lambda: window.rooms.here == "own")
    (mine,) = guide.own.services.all()
    assert mine.phones[0].dial == "+16175552368"
    assert mine.hours.given("es") == "lunes a miércoles, de 9:00 am a 5:00 pm"
    assert [c.id for c in guide.search(Question("harbor night beds")).cards][:1] == [mine.id]
    assert guide.own.services.drafts() == ()
    window.rooms.results.open(mine.id)
    house.wait(lambda: "Ours" in texts(window.rooms.results.pane))


def test_what_staff_typed_is_kept_when_the_staff_area_is_locked_and_no_visitor_sees_it(house: House) -> None:
    window, guide = staff(house).window, house.window.guide
    window.show()
    open_form(window, window.rooms, guide.own.services.blank("en"))
    form = window.rooms.page("own-form")
    house.wait()
    form.texts["name"].fields["en"].setText("Half typed")
    window.lock()
    assert window.audience is Audience.VISITOR
    (draft,) = guide.own.services.drafts()
    assert draft.service.name.text == "Half typed"
    found = guide.search(Question("half typed", audience=Audience.STAFF)).cards
    assert "Half typed" not in [card.name.text for card in found]
    window.unlocked()
    window.go("own")
    house.wait(lambda: "Typed and not kept: Half typed" in texts(window.rooms.page("own")))
    press(window.rooms.page("own"), "Go on")
    assert window.rooms.page("own-form").texts["name"].fields["en"].text() == "Half typed"
    press(window.rooms.page("own-form"), "Leave without saving")
    assert guide.own.services.drafts() == ()


def test_an_entry_is_noted_corrected_hidden_and_taken_back_in_one_place(house: House) -> None:
    window, guide = staff(house).window, house.window.guide
    entry = next(s for s in guide.services() if s.phones and s.category not in ("crisis",))
    open_entry(window, window.rooms, "word", entry.id)
    page = window.rooms.page("entry")
    house.wait(lambda: page.widget() is not None)
    page.staff_note.setText("ask for the night desk")
    press(page, "Save the notes")
    house.wait(lambda: guide.own.words.of(entry.id).staff_note == "ask for the night desk")
    house.wait(lambda: page.staff_note.text() == "ask for the night desk")
    press(page, "Hide it on this computer")
    assert "Please say why: others will ask." in texts(page)
    page.reason.setText("answers nobody")
    press(page, "Hide it on this computer")
    house.wait(lambda: guide.own.words.of(entry.id).hidden)
    window.go("house")
    place = window.rooms.page("house")
    house.wait(lambda: "Hidden: answers nobody" in texts(place))
    press(place, "Show it again")
    house.wait(lambda: not guide.own.words.of(entry.id).hidden)


def test_the_welcome_stands_on_the_visitors_first_screen(house: House) -> None:
    window = staff(house).window
    window.go("house")
    page = window.rooms.page("house")
    house.wait(lambda: page.widget() is not None)
    page.greeting.fields["en"].setText("Welcome. Coffee is at the desk.")
    press(page, "Save the welcome")
    house.wait(lambda: bool(window.guide.own.screen.welcome_now()))
    window.lock()
    assert "Welcome. Coffee is at the desk." in texts(window.rooms.page("home"))
    assert "own" not in window.rooms.keys
    assert "house" not in window.rooms.keys


def test_the_form_has_languages_by_number_tags_a_second_need_and_a_second_place(house: House) -> None:
    window, guide = staff(house).window, house.window.guide
    entry = next(s for s in guide.services() if s.tags and s.phones)
    open_entry(window, window.rooms, "copy", entry.id)
    form = window.rooms.page("own-form")
    assert not form.checked.isChecked(), "who copies has not called"
    before = form.service()
    assert (before.tags, before.phones[0].dial) == (entry.tags, entry.phones[0].dial)
    form.phones.rows[0].languages.boxes["vi"].setChecked(True)
    form.also.boxes["food"].setChecked(True)
    form.tags["population"].boxes["parents"].setChecked(True)
    press(form, "Add another place")
    form.place.rows[-1].fields["address_1"].setText("2 Side St")
    press(form, "Save")
    house.wait(lambda: window.rooms.here == "own")
    (mine,) = guide.own.services.all()
    assert "vi" in mine.phones[0].languages
    assert "food" in mine.also_in
    assert {*entry.tags, "parents"} == {*mine.tags}
    assert mine.locations[-1].addresses[0].address_1 == "2 Side St"
    assert mine.details == entry.details
    assert mine.assured_date is None


def test_hours_and_days_are_not_turned_around_in_arabic(house: House) -> None:
    window = staff(house).window
    window.choose_language("ar")
    house.wait()
    open_form(window, window.rooms, window.guide.own.services.blank("ar"))
    form = window.rooms.page("own-form")
    assert form.hours._lines[0][1].text().startswith("9:00")


def test_a_languages_name_without_a_font_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.parts import phrases

    monkeypatch.setattr(phrases, "_drawable", lambda text: text != "中文")
    assert (phrases.language("zh", Language("es")), phrases.language("ko", Language("es"))) == ("Chino", "한국어")
