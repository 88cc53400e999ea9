"""Staff's own pages: how to set a PC up, and the recovery code."""

from __future__ import annotations

import pytest

from guide.sheets.setup_sheet import recovery_sheet, setup_sheet
from tests.sheets.reading import text_of

CODE = "7K2QD-ABCDE-01234-ZXYWV"


@pytest.mark.parametrize("size", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_set_up_sheet_is_one_page_in_every_language(language: str, size: str) -> None:
    """SAFETY I4."""
    assert setup_sheet(language, size).pages == 1


def test_the_set_up_sheet_asks_for_all_that_protects_a_visitor() -> None:
    """SAFETY I4: guest account, separate network and printer, screen turned, filter, webcam, virus scanner, restore."""
    said = " ".join(text_of(setup_sheet("en").pdf).split())
    for what in ("guest account", "not an administrator", "network apart", "printer of their own", "turned away", "privacy filter",
                 "webcam is covered", "virus scanner", "back as it was at each sign-out"):  # fmt: skip
        assert what in said, what


def test_the_code_stands_whole_on_its_page_and_in_no_title() -> None:
    paper = recovery_sheet(CODE, "es")
    assert CODE in text_of(paper.pdf)
    assert CODE.encode() not in paper.pdf
