"""Whatever has the focus can be seen to have it, everywhere and in every theme (SAFETY A4; WCAG 2.4.7, 1.4.11)."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.conftest import House
from tests.ui.test_themes import contrast
from tests.ui.walk import every_page
from ui.themes import THEMES

_LEAST = 0.8  # of one pixel along the two longer sides: what has to change for a ring to be a ring


def by_tab(top: QWidget) -> list[QWidget]:
    """Return what the Tab key comes to in ``top``, in its order."""
    found, here = [], top.nextInFocusChain()
    while here is not top:
        tabs = here.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabs and here.isVisibleTo(top) and here.isEnabled() and here.window() is top and here.focusProxy() is None:
            found.append(here)
        here = here.nextInFocusChain()
    return found


def kind(part: QWidget) -> tuple[object, ...]:
    """Return what makes controls look alike."""
    checked = isinstance(part, QPushButton) and part.isChecked()
    return type(part).__name__, part.property("kind"), checked, part.objectName()


def changed(before: QImage, after: QImage) -> int:
    """Return how many pixels changed by 3:1 or more."""
    pairs = Counter(pair for pair in zip(_pixels(before), _pixels(after), strict=True) if pair[0] != pair[1])
    return sum(count for pair, count in pairs.items() if contrast(*map(hex_of, pair)) >= 3)


def _pixels(image: QImage) -> memoryview:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(bytes(plain.constBits())).cast("I")


def hex_of(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06x}"


def picture(part: QWidget) -> QImage:
    """Return ``part`` as it is on the screen, with all that lies around and behind it."""
    top = part.window()
    return top.grab(part.rect().translated(part.mapTo(top, part.rect().topLeft()))).toImage()


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_can_be_seen_on_every_kind_of_control(house: House, theme: str) -> None:
    house.window.choose_theme(theme)
    house.wait()
    unseen, seen = {}, set()
    for page, top in every_page(house):
        for part in by_tab(top):
            if kind(part) in seen or part.visibleRegion().boundingRect() != part.rect():
                continue  # one of its kind was seen, or will be where all of it is in view
            seen.add(kind(part))
            other = next(one for one in by_tab(top) if one is not part and one is not part.parentWidget())
            other.setFocus()
            QApplication.processEvents()
            before = picture(part)
            part.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            assert part.hasFocus(), (page, kind(part))
            pixels = changed(before, picture(part))
            if pixels < _LEAST * 2 * max(part.width(), part.height()):
                unseen[(page, *kind(part))] = (pixels, part.width(), part.height())
    assert "\n".join(map(str, unseen.items())) == ""
    assert len(seen) > 15


def test_the_search_key_keeps_the_number_somebody_is_about_to_call(house: House) -> None:
    window = house.window
    line = window.home_data().call_now[0]
    assert line.phone is not None
    window.phones.show(line.phone, line.name.text)
    house.wait(lambda: window.rooms.here == "dial")
    window.finding.look_for()
    assert window.bar.search.hasFocus()
    assert window.rooms.here == "dial"
