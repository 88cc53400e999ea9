"""Paper: every number once and as the catalog has it, readable by machines and people, and silent where it must be."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from guide.errors import TypesetError
from guide.publish.starter import read_starter
from guide.records import Address, Audience, Channel, Location, Service, Sheet, SheetOptions, Words
from guide.sheets.compose import compose
from guide.sheets.discreet import tells
from guide.sheets.isolate import isolate
from guide.sheets.preview import page_count, page_picture, pages_for_raster
from guide.sheets.typeset import typeset
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


@given(chosen=st.lists(st.sampled_from(VISITOR), min_size=1, max_size=6, unique_by=lambda s: s.id), both=st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_number_on_paper_is_the_catalogs_and_stands_once(chosen: list[Service], *, both: bool) -> None:
    sheet = sheet_of(chosen, languages=("en", "es") if both else ("en",))
    lines = [line.number for entry in sheet.entries for line in entry.lines]
    assert lines == [phone.published for service in chosen for phone in service.shown_phones()]
    seen = plain(text_of(typeset(sheet)))
    composed = [plain(text) for text in sheet.every_text() if not text.startswith("QR code")]
    for number in map(plain, lines):
        assert seen.count(number) == sum(text.count(number) for text in composed) >= 1, number
    for service in chosen:
        for phone in service.phones:
            if phone.hidden:
                assert plain(phone.published) not in seen


@pytest.mark.parametrize("languages", [("en",), ("es",), ("en", "es"), ("ar",)])
@pytest.mark.parametrize("size", ["letter", "a4"])
def test_every_sheet_passes_pdf_ua(languages: tuple[str, ...], size: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(paper(VISITOR[:6], languages=languages, paper=size))
    assert page.validate_pdf(str(path), profile="ua1").is_compliant


def test_the_codes_on_the_printed_page_scan_to_the_number() -> None:
    pdf = paper(VISITOR[:3])
    first = next(iter(pages_for_raster(pdf, dpi=150)))
    image = Image.frombuffer("L", (first.width, first.height), first.pixels, "raw", "L", first.stride, 1)
    found = {code.text for code in zxingcpp.read_barcodes(image)}
    wanted = {f"tel:{s.phones[0].dial}" for s in VISITOR[:3] if s.phones and s.phones[0].channel is Channel.VOICE}
    assert wanted
    assert wanted <= found


def test_no_entry_is_split_over_two_pages() -> None:
    services = [make_service(f"Place number {n:02}", phones=(make_phone(f"(555) 010-{4000 + n}"),)) for n in range(40)]
    pages = pypdfium2.PdfDocument(paper(services))
    for one in pages:
        seen = one.get_textpage().get_text_bounded()
        names, numbers = re.findall(r"Place number (\d\d)", seen), re.findall(r"\(555\) 010-40(\d\d)", seen)
        assert sorted(set(names)) == sorted(set(numbers))
        assert re.search(r"Page \d of \d", seen)
    pages.close()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_discreet_sheet_tells_nobody_why_it_is_carried(language: str) -> None:
    """SAFETY P2: neither the text nor the metadata, for all entries of the starter catalog."""
    pdf = paper(VISITOR, languages=(language,), discreet=True, shelter_name="Harbor Shelter", title="For victims")
    document = pypdfium2.PdfDocument(pdf)
    seen = text_of(pdf) + " ".join(document.get_metadata_dict().values())
    document.close()
    told = [word for word in re.findall(r"\w+", seen) if tells(word)]
    assert not told
    for word in ("Resource Guide", "Harbor", *NAMES):
        assert word.lower() not in seen.lower()


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
