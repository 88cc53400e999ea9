"""Staff: an update looked at, applied, refused, gone back from; my sheet printed and saved; settings kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guide.errors import GuideError, OutOfDateError, WrongPassphraseError
from guide.records import PagePicture
from guide.settings import load
from guide.text import Language
from tests.makers import make_phone
from tests.publisher import SERVICES, Publisher, tree
from tests.ui.conftest import House
from tests.ui.test_visit import button, texts
from ui.messages import SENTENCES, sentence
from ui.printing import image_of


def staff(house: House) -> House:
    """Unlock the staff area."""
    house.window.guide.staff.choose("a long passphrase")
    house.window.unlocked()
    house.wait()
    return house


def test_an_update_is_looked_at_applied_and_gone_back_from(published: tuple[House, Publisher]) -> None:
    house, publisher = published
    staff(house)
    changed = replace(SERVICES[1], phones=(make_phone("(555) 010-3399"),))
    bundle = publisher.release(2, (SERVICES[0], changed))
    page = house.window.rooms.updates
    page.look_at(bundle)
    house.wait(lambda: page.preview is not None)
    seen = texts(page)
    assert "Signed by State Coalition" in seen
    assert "1 of 2 keys" in seen
    assert "2026.11 → 2026.02" in seen
    assert house.window.guide.status().edition.number == 1
    button(page, "Apply update").click()
    house.wait(lambda: "Up to date" in texts(page))
    assert house.window.guide.status().edition.number == 2
    assert house.type("county")[0].phone.published == "(555) 010-3399"  # type: ignore[union-attr]
    house.window.go("updates")
    house.wait()
    button(page, "Go back to 2026.11").click()
    button(page, "Yes, go back").click()
    house.wait(lambda: "Back at edition" in texts(page))
    assert house.type("county")[0].phone.published == "(555) 010-3300"  # type: ignore[union-attr]
    house.window.go("updates")
    house.wait()
    button(page, "Forward again to 2026.02").click()
    house.wait(lambda: "Forward again at edition" in texts(page))
    assert house.type("county")[0].phone.published == "(555) 010-3399"  # type: ignore[union-attr]


def test_the_history_says_who_signed_what_changed_and_how_it_came(published: tuple[House, Publisher]) -> None:
    """SAFETY L4."""
    house, publisher = published
    guide = staff(house).window.guide
    guide.apply_update(publisher.release(2, SERVICES[:1]), by="folder")
    guide.rollback()
    house.window.go("updates")
    house.wait(lambda: "What was done" in texts(house.window.rooms.updates))
    seen = texts(house.window.rooms.updates)
    gone = len(SERVICES) - 1
    assert (
        f"Signed by State Coalition · 1 of 2 keys · 0 new · 0 changed · {gone} removed · from the shared folder" in seen
    )
    assert f"Signed by State Coalition · {gone} new · 0 changed · 0 removed · by staff" in seen


@pytest.mark.parametrize("what", ["damaged", "another publisher", "no update at all", "gone"])
def test_a_bad_file_is_one_calm_sentence_and_nothing_changes(
    published: tuple[House, Publisher], what: str, tmp_path: Path
) -> None:
    house, publisher = published
    staff(house)
    bad = tmp_path / "bad.guide"
    if what == "damaged":
        bad.write_bytes(publisher.release().read_bytes()[:-100])
    elif what == "another publisher":
        bad = Publisher(tmp_path / "other").release()
    elif what == "no update at all":
        bad.write_text("hello")
    before = tree(publisher.settings.data / "editions")
    page = house.window.rooms.updates
    page.look_at(bad)
    house.wait()
    assert "Nothing was changed." in texts(page)
    assert tree(publisher.settings.data / "editions") == before


def test_every_error_has_a_sentence_in_both_languages() -> None:
    def below(kind: type[GuideError]) -> set[type[GuideError]]:
        return {kind, *(one for sub in kind.__subclasses__() for one in below(sub))}

    ours = {kind for kind in below(GuideError) if kind.__module__.startswith(("guide.errors", "guide.records"))}
    assert ours == set(SENTENCES)
    for kind in ours:
        english, spanish = sentence(kind(), Language("en")), sentence(kind(), Language("es"))
        assert all(english)
        assert all(spanish)
        assert english[0] != spanish[0], kind
    assert "7 seconds" in " ".join(sentence(GuideErrorWithWait(wait_seconds=7), Language("en")))
    assert sentence(OutOfDateError(), Language("en")) != sentence(WrongPassphraseError(), Language("en"))


from guide.errors import LockedError as GuideErrorWithWait  # noqa: E402


def test_my_sheet_is_shown_changed_and_saved(house: House, tmp_path: Path) -> None:
    staff(house)
    for card in house.type("hotline")[:3]:
        house.window.basket.toggle(card.id)
    house.window.go("sheet")
    page = house.window.rooms.sheet
    house.wait(lambda: page.paper is not None)
    first = house.window.basket.ids[0]
    house.window.basket.move(first, 1)
    assert house.window.basket.ids[1] == first
    page.choices.language.setCurrentIndex(1)
    page.paper = None
    house.wait(lambda: page.paper is not None)
    assert page.paper is not None
    house.window.desk.save_to(page.paper, tmp_path / "out.pdf", house.window._)
    assert (tmp_path / "out.pdf").read_bytes() == page.paper.pdf


def test_settings_are_kept_and_used_at_once(house: House) -> None:
    staff(house)
    house.window.go("settings")
    page = house.window.rooms.settings
    page.shelter.setText("Front desk")
    page.product.setText("Help list")
    page.idle.setValue(7)
    button(page, "Save settings").click()
    kept = load(house.window.guide.settings.data)
    assert (kept.shelter_name, kept.product_name, kept.idle_minutes) == ("Front desk", "Help list", 7)
    assert house.window.windowTitle() == "Help list"
    assert "Front desk" in texts(house.window.sidebar)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_a_page_picture_becomes_an_image_with_pixels_of_its_own(channels: int) -> None:
    pixels = bytes([200] * (4 * channels * 4))
    image = image_of(PagePicture(4, 4, 4 * channels, channels, pixels))
    assert (image.width(), image.height()) == (4, 4)
    assert image.pixelColor(1, 1).red() == 200
