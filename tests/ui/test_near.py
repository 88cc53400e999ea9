"""The place somebody names: found, offered, kept while they search, and gone with the visit."""

from __future__ import annotations

import pytest

from tests.ui.conftest import House


def named(house: House, text: str) -> None:
    box = house.window.rooms.results.facets.near
    box.typed.setText(text)
    box.typed.returnPressed.emit()
    house.wait()


def test_a_zip_is_taken_and_kept_while_one_types_on(house: House) -> None:
    house.type("shelter")
    named(house, "33101")
    results = house.window.rooms.results
    assert results.answer.question.near.label == "33101 Miami, FL"
    assert results.facets.near.typed.text() == "33101 Miami, FL"
    house.type("food")
    assert results.answer.question.near.label == "33101 Miami, FL"
    house.window.finding.browse("legal")
    house.wait()
    assert results.answer.question.near is not None


def test_several_places_are_offered_and_an_unknown_one_is_said(house: House) -> None:
    house.type("shelter")
    named(house, "Springfield")
    box = house.window.rooms.results.facets.near
    assert box._choices.count() > 2
    named(house, "qqqqqq")
    assert "not known" in box._said.text()
    assert house.window.rooms.results.answer.question.near is None


@pytest.mark.parametrize("away", ["reset", "hide_now"])
def test_start_over_and_hide_now_forget_the_place(house: House, away: str) -> None:
    """SAFETY Q4, I2."""
    house.type("shelter")
    named(house, "33101")
    getattr(house.window, away)()
    house.wait(lambda: house.window.rooms.here == "home")
    if away == "hide_now":
        house.window.cover.uncover()
    house.type("shelter")
    assert house.window.rooms.results.answer.question.near is None
    assert house.window.rooms.results.facets.near.typed.text() == ""


def test_this_houses_own_place_is_where_a_visit_begins(house: House) -> None:
    house.window.guide.change_settings(near="33101")
    house.window.reset()
    house.type("shelter")
    assert house.window.rooms.results.answer.question.near.label == "33101 Miami, FL"
    assert house.window.rooms.results.answer.question.radius == 0, "nothing is left out"


def test_an_answer_that_comes_while_somebody_edits_the_place_leaves_their_text_alone(house: House) -> None:
    house.type("shelter")
    named(house, "33101")
    results = house.window.rooms.results
    box = results.facets.near
    house.window.show()
    box.typed.setFocus()
    box.typed.setText("331")
    results.ask(results.question)
    house.wait()
    assert box.typed.text() == "331"
