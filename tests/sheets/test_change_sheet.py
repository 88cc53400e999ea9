"""The changes of an update on paper: every changed number is there, in any language, in any amount."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from guide.records import Change, Offer, Preview
from guide.sheets.change_sheet import change_sheet
from tests.makers import make_edition

OFFER = Offer(
    "state.guide", 3_100_000, "State Coalition", ("one",) * 6, 2, 3, 2, 2, "2026.12",
    datetime(2026, 12, 1, tzinfo=UTC), date(2027, 1, 15), datetime(2028, 1, 1, tzinfo=UTC), 1, "2026.11", "newer",
)  # fmt: skip


def preview(*changes: Change, touched: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Preview:
    return Preview(OFFER, make_edition(number=2), 1, len(changes), 0, changes, touched)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


NUMBER = Change("a", "County Legal Aid", "phone", "phone", "(555) 010-3300", "(555) 010-3399")


def test_a_changed_number_stands_with_the_old_one_and_the_sheet_it_is_on() -> None:
    paper = change_sheet(preview(NUMBER, touched=(("a", ("Intake",)),)), "en")
    said = " ".join(text_of(paper.pdf).split())
    for words in ("edition 2026.12", "State Coalition", "2 of 3 keys", "County Legal Aid", "(555) 010-3300",
                  "(555) 010-3399", "on sheet “Intake”", "Page 1 of 1"):  # fmt: skip
        assert words in said, words
    assert b"pdfuaid" in paper.pdf


@pytest.mark.parametrize("language", ["es", "ar"])
def test_in_the_language_of_the_team(language: str) -> None:
    said = text_of(change_sheet(preview(NUMBER), language, "a4").pdf)
    assert "010-3399" in said
    assert "After update" not in said


def test_every_number_is_on_paper_however_many_other_changes_there_are() -> None:
    numbers = tuple(replace(NUMBER, service=str(n), after=f"(555) 010-{n:04}") for n in range(700))
    others = tuple(Change(f"o{n}", f"Other {n}", "changed", "hours", "6 pm", "5 pm") for n in range(700))
    paper = change_sheet(preview(*numbers, *others), "en")
    said = text_of(paper.pdf)
    assert all(f"010-{n:04}" in said for n in range(700))
    assert "100 more changes are in the guide's preview." in said
    assert paper.pages > 10


def test_words_of_a_file_are_text_and_never_commands() -> None:
    hostile = replace(NUMBER, name='#read("/etc/passwd") *bold* $x$ \\ \U000e0001\u202e', before="", after="1" * 5000)
    said = text_of(change_sheet(preview(hostile), "en").pdf)
    assert '#read("/etc/passwd")' in said
    assert "root:" not in said
