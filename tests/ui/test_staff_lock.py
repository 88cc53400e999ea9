"""The staff area's door: the first passphrase and its code, a lost one, a changed one, and the lock that closes itself."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QLabel

from guide.errors import WrongPassphraseError
from guide.records import Audience
from tests.ui.conftest import House
from tests.ui.test_staff_pages import staff
from tests.ui.test_visit import button, texts
from ui.pages.unlock_page import UnlockPage
from ui.parts.passphrase_form import PassphraseForm

GOOD = "a long passphrase"
CODE = re.compile(r"\b(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}\b")


def door(house: House) -> UnlockPage:
    """Go to the door and wait until it has asked."""
    house.window.go("unlock")
    house.wait()
    return house.window.rooms.unlock


def chosen(house: House) -> str:
    """Choose the first passphrase; return the code that is shown."""
    page = door(house)
    page.first.setText(GOOD)
    page.second.setText(GOOD)
    page.second.returnPressed.emit()
    house.wait(lambda: bool(CODE.search(texts(page))))
    found = CODE.search(texts(page))
    assert found is not None
    return found.group()


def test_with_the_first_passphrase_comes_a_code_and_the_area_opens_after_it(house: House) -> None:
    """SAFETY I3: nobody is inside before the code was seen."""
    chosen(house)
    assert house.window.audience is Audience.VISITOR
    page = house.window.rooms.unlock
    assert "only this once" in texts(page)
    shown = next(w for w in page.findChildren(QLabel) if CODE.search(w.text()))
    assert shown.accessibleName().startswith("Recovery code: ")
    button(page, "It is on paper now").click()
    house.wait()
    assert house.window.audience is Audience.STAFF
    assert CODE.search(texts(house.window)) is None


def test_a_code_left_on_the_screen_is_put_away_with_the_visit(house: House) -> None:
    """SAFETY Q4."""
    chosen(house)
    house.window.hide_now()
    house.wait()
    house.window.cover.uncover()
    house.wait()
    assert CODE.search(texts(door(house))) is None
    assert house.window.audience is Audience.VISITOR


def test_a_lost_passphrase_is_replaced_at_the_door(house: House) -> None:
    code = chosen(house)
    house.window.reset()
    page = door(house)
    button(page, "The passphrase is lost").click()
    for typed, said in ((f"{code[:-1]}?", "not right"), (code.lower(), "")):
        page.code.setText(typed)
        page.first.setText("the next passphrase")
        page.second.setText("the next passphrase")
        page.second.returnPressed.emit()
        house.wait(lambda said=said: said in texts(page) if said else bool(CODE.search(texts(page))))  # type: ignore[misc]
    found = CODE.search(texts(page))
    assert found is not None
    assert found.group() != code
    button(page, "It is on paper now").click()
    house.wait()
    assert house.window.audience is Audience.STAFF
    house.window.guide.staff.unlock("the next passphrase")
    with pytest.raises(WrongPassphraseError):
        house.window.guide.staff.unlock(GOOD)


def test_the_passphrase_is_changed_in_the_settings_by_who_knows_it(house: House) -> None:
    staff(house)
    house.window.go("settings")
    form = house.window.rooms.settings.findChild(PassphraseForm)
    assert form is not None
    form.new.setText("the next passphrase")
    form.again.setText("the next passphrase")
    form.old.setText("not it")
    form.change()
    house.wait(lambda: "not right" in texts(form))
    form.old.setText(GOOD)
    form.change()
    house.wait(lambda: bool(CODE.search(texts(form))))
    house.window.guide.staff.unlock("the next passphrase")


def test_the_staff_area_locks_itself_when_nobody_answers(house: House) -> None:
    """SAFETY I1, I3."""
    staff(house)
    house.window.idle.ask()
    assert house.window.idle._dialog is not None
    house.window.idle._patience.timeout.emit()
    house.wait()
    assert house.window.audience is Audience.VISITOR
    assert "updates" not in house.window.rooms.keys


def test_who_finds_the_file_damaged_does_not_become_staff(house: House) -> None:
    guide = house.window.guide
    guide.staff.choose("a long passphrase")
    for path in guide.settings.data.glob("shelter.db*"):
        path.unlink()
    (guide.settings.data / "shelter.db").write_bytes(b"not a database " * 500)
    page = door(house)
    house.wait(lambda: "Your own data is damaged" in texts(page))
    button(page, "Begin with nothing").click()
    assert "Type the staff passphrase or the recovery code first." in texts(page)
    page.rescue.typed.setText("let me in please")
    button(page, "Begin with nothing").click()
    house.wait(lambda: "That is neither the passphrase nor the code. Please look again." in texts(page))
    page.rescue.typed.setText("a long passphrase")
    button(page, "Begin with nothing").click()
    house.wait(lambda: "Unlock" in texts(page))
    guide.staff.unlock("a long passphrase")
