"""What people do in an order nobody planned: what was chosen stays while they stay, and goes when they go."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from guide.records import Place
from tests.ui.conftest import House
from tests.ui.test_near import named
from tests.ui.test_staff_pages import staff
from ui.main_window import MainWindow
from ui.no_window import no_window

Change = Callable[[MainWindow], None]
ANEW = pytest.mark.parametrize(
    "anew",
    [lambda w: w.choose_language("es"), lambda w: w.choose_size(125), lambda w: w.choose_theme("dark")],
    ids=["language", "size", "colors"],
)


@ANEW
def test_a_need_that_was_chosen_is_still_shown(house: House, anew: Change) -> None:
    house.window.finding.browse("legal")
    house.wait()
    before = house.window.rooms.results.answer
    anew(house.window)
    house.wait()
    after = house.window.rooms.results.answer
    assert before is not None and after is not None
    assert {card.id for card in after.cards} == {card.id for card in before.cards}
    assert after.question.language == house.window.language


@ANEW
def test_filters_and_place_stay_chosen(house: House, anew: Change) -> None:
    house.type("shelter")
    named(house, "33101")
    results = house.window.rooms.results
    results.ask(replace(results.question, open_now=True, needs=frozenset({"housing"}), radius=25))
    house.wait()
    house.window.finding.remember(results.question.near, 25)
    anew(house.window)
    house.wait()
    asked = house.window.rooms.results.question
    assert (asked.words, asked.open_now, asked.needs) == ("shelter", True, {"housing"})
    assert asked.near is not None
    assert (asked.near.code, asked.radius) == ("33101", 25)
    assert house.window.bar.search.text() == "shelter"


@ANEW
def test_the_number_somebody_is_about_to_call_stays_in_sight(house: House, anew: Change) -> None:
    card = house.window.home_data().call_now[0]
    assert card.phone is not None
    house.window.phones.show(card.phone, card.name.text)
    house.wait(lambda: house.window.rooms.here == "dial")
    anew(house.window)
    house.wait()
    assert house.window.rooms.here == "dial"
    assert house.window.rooms.dial.shown is not None
    assert house.window.rooms.dial.shown[0] == card.phone


def test_whoever_named_a_place_and_went_back_to_the_start_left_something_to_put_away(house: House) -> None:
    """SAFETY I1: the next person must not find it."""
    assert house.window.at_start()
    house.type("shelter")
    named(house, "33101")
    house.window.go("home")
    assert not house.window.at_start()
    house.window.reset()
    house.wait()
    assert house.window.at_start()


def test_larger_text_is_put_back_for_the_next_person(house: House) -> None:
    house.window.choose_size(125)
    assert not house.window.at_start()


def strings(some: Iterable[object]) -> Iterable[str]:
    for one in some:
        for inner in gc.get_referents(one):
            if isinstance(inner, str):
                yield inner


def test_nothing_that_was_typed_is_left_in_the_memory_of_the_program(house: House) -> None:
    """SAFETY Q4, N1: neither the words nor the place, once the visit is put away."""
    secret = "".join(["qzv", "xwk", "plma"])
    house.type(f"shelter {secret}")
    named(house, "97212")
    assert any(secret in text for text in strings(gc.get_objects()))
    house.window.reset()
    house.wait()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    gc.unfreeze()
    gc.collect()
    own = {id(secret)}
    left = [text for text in strings(gc.get_objects()) if secret in text and id(text) not in own]
    assert left == []
    assert not [one for one in gc.get_objects() if isinstance(one, Place) and one.code == "97212"]


def test_with_filters_that_leave_nothing_no_line_to_call_stands_twice(house: House) -> None:
    window = house.window
    window.resize(1280, 800)
    house.type("he hit me")
    results = window.rooms.results
    results.ask(replace(results.question, people=frozenset({"nobody"})))
    house.wait(lambda: results.answer is not None and not results.answer.cards)
    for width in (1280, 1000, 820, 1280):
        window.resize(width, 800)
        house.wait()
        assert results.answer is not None
        shown = set(results.first.in_sight)
        assert shown
        below = [
            one.accessibleName() for one in results._empty.findChildren(type(results.first._row.itemAt(0).widget()))
        ]
        names = {card.id: card.name.text for card in results.answer.crisis}
        assert sorted(n for n in below if n) == sorted(name for one, name in names.items() if one not in shown)


def test_filters_that_are_folded_away_are_still_counted(house: House) -> None:
    """Whoever does not see the filters must see that some leave things out."""
    window = house.window
    window.resize(1024, 700)
    house.type("shelter")
    results = window.rooms.results
    assert results._filters.isVisible()
    assert results._filters.text().strip("\u00a0") == "Filters"
    results.ask(replace(results.question, open_now=True, needs=frozenset({"housing", "safety"})))
    house.wait()
    assert results._filters.text().strip("\u00a0") == "Filters (3)"
    results.facets.clear()
    house.wait()
    assert results._filters.text().strip("\u00a0") == "Filters"


def test_the_wheel_scrolls_past_the_distance_and_never_changes_it(house: House) -> None:
    house.type("shelter")
    named(house, "33101")
    box = house.window.rooms.results.facets.near.radius
    rolled = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, rolled)
    house.wait()
    assert box.currentIndex() == 0
    assert house.window.rooms.results.question.radius == 0


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("qqqqqq", "not known", ""),
        ("Springfield", "Add the state", ""),
        ("springfield, il", "", "Springfield, IL"),
        ("33101", "", "33101"),
        ("", "", ""),
    ],
)
def test_a_place_of_the_house_that_means_nothing_is_said_and_not_kept(
    house: House, typed: str, said: str, kept: str
) -> None:
    page = staff(house).window.rooms.settings
    house.window.go("settings")
    page.near.setText(typed)
    page._save()
    house.wait()
    assert house.window.guide.settings.near == kept
    if said:
        assert said in page._where.text()
    else:
        assert house.window.rooms.settings is not page, "saved, and made anew"


def test_without_any_data_there_is_a_sentence_and_what_to_do() -> None:
    from guide.errors import BrokenCatalogError

    said = no_window(BrokenCatalogError(), "es")
    assert said.text()
    assert said.informativeText()
    assert said.windowTitle().strip() == ""
    said.deleteLater()
