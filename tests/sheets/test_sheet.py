"""Paper: every number once and as the catalog has it, readable by machines and people, and silent where it must be."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from guide.errors import TypesetError
from guide.publish.starter import read_starter
from guide.records import Address, Audience, Location, Service, Sheet, SheetOptions, Words
from guide.sheets.compose import compose
from guide.sheets.preview import page_count, page_picture
from guide.sheets.typeset import typeset
from guide.text import isolate
from tests.makers import TODAY, make_edition, make_phone, make_service

SOURCE = read_starter()
VISITOR = tuple(s for s in SOURCE.services if s.audience is Audience.VISITOR)
NAMES = {"suicide", "violence", "trafficking", "crisis", "shelter", "sexual", "abuse"}


def sheet_of(services: Sequence[Service], **options: object) -> Sheet:
    return compose(services, SheetOptions(**options), SOURCE.edition, TODAY)  # type: ignore[arg-type]


def paper(services: Sequence[Service], **options: object) -> bytes:
    return typeset(sheet_of(services, **options))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "\n".join(pages)


def plain(text: str) -> str:
    """Return text as it is compared: without line ends, doubled blanks and marks of direction."""
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069\ufffe\u00ad\x02]", "", text))


def test_no_entry_is_split_over_two_pages() -> None:
    services = [make_service(f"Place number {n:02}", phones=(make_phone(f"(555) 010-{4000 + n}"),)) for n in range(40)]
    pages = pypdfium2.PdfDocument(paper(services))
    for one in pages:
        seen = one.get_textpage().get_text_bounded()
        names, numbers = re.findall(r"Place number (\d\d)", seen), re.findall(r"\(555\) 010-40(\d\d)", seen)
        assert sorted(set(names)) == sorted(set(numbers))
        assert re.search(r"Page \d of \d", seen)
    pages.close()


def test_what_may_not_be_printed_is_left_out_and_named() -> None:
    closed = replace(make_service("Closed One"), status="defunct")
    secret = replace(make_service("Not For Print"), not_for_print=True)
    staff = replace(make_service("Staff Line"), audience=Audience.STAFF)
    sheet = sheet_of([make_service("Shown"), closed, secret, staff])
    assert [entry.names for entry in sheet.entries] == [("Shown",)]
    assert dict(sheet.left_out) == {"Closed One": "closed", "Not For Print": "not for print", "Staff Line": "staff"}
    assert len(sheet_of([staff], staff=True).entries) == 1


def test_only_a_public_address_reaches_the_paper() -> None:
    """SAFETY P7."""
    hidden = Location("l", addresses=(Address("12 Secret Street", "Miami", visibility="never"),))
    shown = Location("m", addresses=(Address("9 Open Road", "Miami"),))
    seen = text_of(paper([make_service("A", locations=(hidden, shown))]))
    assert "9 Open Road" in seen
    assert "Secret" not in seen


def test_each_entry_says_when_it_was_checked_and_the_foot_when_to_ask_again() -> None:
    """SAFETY P3."""
    fresh = make_service("Fresh", assured_date=date(2026, 11, 1))
    old = make_service("Old", assured_date=None, source_date=date(2021, 10, 13))
    sheet = compose([fresh, old], SheetOptions(), make_edition(), TODAY)
    seen = plain(text_of(typeset(sheet)))
    assert "Checked on 1 Nov 2026" in seen
    assert "From a page of 13 Oct 2021; nobody has called to check" in seen
    assert "Not checked for a long time" in seen
    assert "Ask for a new sheet after 22 Feb 2027" in seen
    assert [entry.overdue for entry in sheet.entries] == [False, True]


def test_a_character_no_font_has_is_named_not_boxed() -> None:
    with pytest.raises(TypesetError) as caught:
        paper([make_service("Shelter \u2603\U0001f600")])
    assert "\U0001f600" in caught.value.facts["characters"]


def test_words_of_the_catalog_are_never_markup() -> None:
    seen = text_of(paper([make_service('#read("/etc/passwd") *b* $x$ @r', description=Words("<b> #eval"))]))
    assert '#read("/etc/passwd")' in seen


def test_numbers_in_right_to_left_text_are_kept_in_their_order() -> None:
    assert isolate("اتصل (555) 010-0199 الآن") == "اتصل \u2066(555) 010-0199\u2069 الآن"
    web = "https://www.womenslaw.org/"
    assert isolate(f"على الإنترنت: {web}.") == f"على الإنترنت: \u2066{web}\u2069."
    assert isolate("Not translated.") == "\u2066Not translated.\u2069"
    assert "1-888-373-7888" in plain(text_of(paper(VISITOR[:3], languages=("ar",))))


def test_pages_are_counted_and_drawn() -> None:
    pdf = paper(VISITOR[:8])
    assert page_count(pdf) >= 2
    picture = page_picture(pdf, 0, 600)
    assert picture.width == 600
    assert len(picture.pixels) == picture.stride * picture.height


def test_the_pdf_names_neither_author_nor_date_nor_program() -> None:
    """SAFETY P4."""
    document = pypdfium2.PdfDocument(io.BytesIO(paper(VISITOR[:1])))
    metadata = document.get_metadata_dict()
    document.close()
    assert metadata["Title"] == "Helpful numbers"
    assert not any(metadata.get(name) for name in ("Author", "CreationDate", "ModDate", "Subject", "Keywords"))


def test_nothing_is_written_to_disk_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SAFETY N1, P4."""
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    page_picture(paper(VISITOR[:2]), 0, 200)
    assert list(tmp_path.rglob("*")) == []
