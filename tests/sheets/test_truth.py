"""What is on paper is true: every number as the catalog has it, once; nothing that must not be there, in any layout."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from guide.records import LAYOUTS, Address, Audience, Category, Location, Service, SheetOptions, Words, layout_of
from guide.sheets.discreet import tells
from guide.sheets.papers import make_paper
from guide.sheets.preview import pages_for_raster
from tests.makers import TODAY, make_phone, make_service
from tests.sheets.reading import SOURCE, VISITOR, alternatives, heard, metadata_of, paper_of, plain, sheet_of, text_of

LANGUAGES = [
    ("en",),
    ("es",),
    ("ar",),
    ("vi",),
    ("ru",),
    ("ht",),
    ("zh-Hans",),
    ("en", "es"),
    ("en", "ar"),
    ("es", "zh-Hant"),
]
SECRET = Location("l", addresses=(Address("12 Secret Street", "Miami", visibility="never"),))
AREA = Location("a", addresses=(Address("7 Quiet Road", "Miami", visibility="area-only"),))


def trap(n: int) -> list[Service]:
    """Return entries that must never reach paper, or never with their address."""
    return [
        replace(make_service("Never Printed", phones=(make_phone("(555) 010-9001"),)), not_for_print=True),
        make_service(f"Quiet House {n}", phones=(make_phone(f"(555) 011-{1000 + n}"),), locations=(SECRET, AREA)),
        replace(make_service(f"Old Door {n}", phones=(make_phone("(555) 010-9002"),)), status="defunct"),
        make_service(
            f"Hidden {n}", phones=(make_phone(f"(555) 012-{1000 + n}"), make_phone("(555) 010-9003", hidden=True))
        ),
    ]


def runs(text: str) -> set[str]:
    """Return the digits of everything that looks like a telephone number."""
    found = re.findall(r"(?:1-)?\(?\d{3}\)?[ -]\d{3}-\d{4}", plain(text))
    return {re.sub(r"\D", "", run) for run in found}


OPTIONS = st.fixed_dictionaries(
    {
        "layout": st.sampled_from([one.slug for one in LAYOUTS]),
        "languages": st.sampled_from(LANGUAGES),
        "paper": st.sampled_from(["letter", "a4"]),
        "discreet": st.booleans(),
        "qr": st.booleans(),
        "by_category": st.booleans(),
        "notes_lines": st.integers(0, 4),
        "overdue": st.sampled_from(["stamp", "leave out"]),
    }
)


@given(
    chosen=st.lists(st.sampled_from(VISITOR), max_size=4, unique_by=lambda s: s.id),
    traps=st.integers(0, 99),
    options=OPTIONS,
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_number_is_the_catalogs_once_and_nothing_hidden_is_on_paper(
    chosen: list[Service], traps: int, options: dict[str, object]
) -> None:
    """SAFETY P2, P7."""
    services = [*chosen, *trap(traps)][: 3 if options["layout"] == "referral" else None]
    sheet = sheet_of(services, **options)
    made = paper_of(services, **options)
    seen, said = text_of(made.pdf), heard(made.pdf)

    assert runs(seen) <= set().union(*(runs(text) for text in sheet.every_text()))
    assert runs(" ".join(sheet.every_text())) <= set().union(*(runs(repr(service)) for service in services))

    gone = {name for name, _reason in (*made.left_out, *((name, "") for name in made.shortened))}
    for service in services:
        if service.name.text in gone or service.original_id.startswith("never"):
            continue
        for phone in service.shown_phones():
            if phone.published.startswith("(555)"):  # made for this test, so that no other text holds it
                tail = phone.published[
                    -8:
                ]  # PDFium turns the two parts around on Arabic lines; test_languages looks there
                assert said.count(tail) == 1, phone.published
                assert seen.count(tail) >= 1
    for word in ("Secret Street", "Quiet Road", "010-9001", "010-9002", "010-9003", "Never Printed"):
        assert word not in seen
        assert word not in metadata_of(made.pdf)


@pytest.mark.parametrize("layout", [one.slug for one in LAYOUTS if one.slug != "referral"])
@pytest.mark.parametrize("languages", [("en",), ("en", "es")])
def test_a_discreet_sheet_tells_nobody_why_it_is_carried(layout: str, languages: tuple[str, ...]) -> None:
    """SAFETY P2: neither the text nor the metadata, in any layout, for as many entries as it takes."""
    tells_nobody(VISITOR[: layout_of(layout).most], layout, languages)


@pytest.mark.parametrize("languages", [("en",), ("en", "es"), ("ar",), ("zh-Hans",)])
def test_discreet_next_steps_tell_nobody_either_whichever_three_stand_on_them(languages: tuple[str, ...]) -> None:
    """SAFETY P2: what to ask and what to bring are words of the entries too."""
    for first in range(0, len(VISITOR), 3):
        tells_nobody(VISITOR[first : first + 3], "referral", languages)


def tells_nobody(services: list[Service], layout: str, languages: tuple[str, ...]) -> None:
    """Fail where a discreet sheet of ``services`` holds the house's name or a word that tells."""
    options = {
        "shelter_name": "Harbor Shelter",
        "title": "For victims",
        "footer": "Harbor Shelter, Dock Street",
        "logo": b"<svg/>",
    }
    made = paper_of(services, layout=layout, languages=languages, discreet=True, **options)
    seen = text_of(made.pdf)
    for text in (seen, metadata_of(made.pdf)):
        for word in ("Harbor", "Dock Street", "Resource Guide", "For victims"):
            assert word not in text
    assert not [word for word in re.findall(r"\w+", seen) if tells(word)]
    assert not tells(plain(seen))  # and none of several words
    assert not alternatives(made.pdf)  # no code to scan either


def test_strips_are_neutral_also_on_a_poster_that_is_not() -> None:
    """SAFETY P2: a strip is carried, the poster is not."""
    service = make_service("Shelter for Survivors", category="safety", phones=(make_phone("(555) 010-4410"),))
    made = paper_of([service], layout="poster")
    seen = text_of(made.pdf)
    assert seen.count("Shelter for Survivors") == heard(made.pdf).count("Shelter for Survivors")
    assert seen.count("Support line") == 10
    assert seen.count("(555) 010-4410") == 11
    assert heard(made.pdf).count("(555) 010-4410") == 1


def test_a_poster_page_of_an_entry_without_a_number_has_no_blank_strips() -> None:
    web = make_service("Shelter list " + "online " * 9, phones=(), url="https://list.example")
    line = make_service("Night line", phones=(make_phone("(555) 010-4410"),), description=Words("Long. " * 300))
    made = paper_of([web, line], layout="poster")
    assert made.pages == 2
    assert text_of(made.pdf).count("(555) 010-4410") == 10 + 11


@pytest.mark.parametrize("layout", ["list", "columns", "booklet", "trifold", "large", "poster", "pocket", "cards"])
def test_every_entry_says_when_it_was_checked_and_the_foot_when_to_ask_again(layout: str) -> None:
    """SAFETY P3."""
    fresh = make_service("Fresh", category="food", assured_date=date(2026, 11, 1))
    old = make_service("Old", category="food", assured_date=None, source_date=date(2021, 10, 13))
    seen = text_of(paper_of([fresh, old], layout=layout).pdf)
    assert re.search("Checked (on )?1 Nov 2026", seen)
    assert re.search("[Pp]age of 13 Oct 2021", seen)
    assert "Not checked for a long time" in seen
    assert "Guide of 23 Nov 2026, edition 2026.11" in seen
    assert "Ask for a new sheet after 22 Feb 2027" in seen


@pytest.mark.parametrize("how", ["stamp", "leave out"])
def test_overdue_entries_are_stamped_or_left_out_and_crisis_lines_stay(how: str) -> None:
    old = {"assured_date": date(2024, 1, 1)}
    services = [make_service("Crisis", category="crisis", **old), make_service("Pantry", category="food", **old)]
    sheet = sheet_of(services, overdue=how)
    assert [entry.names[0] for entry in sheet.entries] == (["Crisis", "Pantry"] if how == "stamp" else ["Crisis"])
    assert all(entry.overdue for entry in sheet.entries)
    assert sheet.left_out == (() if how == "stamp" else (("Pantry", "overdue"),))


def test_a_sheet_in_two_languages_has_its_title_and_page_words_in_both() -> None:
    """SAFETY P6."""
    seen = text_of(paper_of(VISITOR[:2], languages=("en", "es")).pdf)
    for words in (
        "Helpful numbers · Números útiles",
        "Page 1 of",
        "Página 1 de",
        "Ask for a new sheet",
        "Pida una hoja",
    ):
        assert words in seen


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("layout", ["list", "columns", "large", "poster", "trifold", "booklet", "referral"])
def test_the_codes_on_the_printed_page_scan_to_the_numbers_and_never_to_the_web(layout: str, dpi: int) -> None:
    texts = make_service("By text", phones=(replace(make_phone("Text 555010", dial="555010"), channel="text"),))
    services = [make_service("A"), texts, VISITOR[2]]
    made = paper_of(services, layout=layout)
    found = set()
    for one in pages_for_raster(made.to_print, dpi=dpi):
        image = Image.frombuffer("L", (one.width, one.height), one.pixels, "raw", "L", one.stride, 1)
        found |= {code.text for code in zxingcpp.read_barcodes(image)}
    assert found == {"tel:+15550104410", "sms:555010", f"tel:{VISITOR[2].phones[0].dial}"}


def test_the_alternative_text_of_a_code_is_in_the_sheets_language() -> None:
    pdf = paper_of([make_service("A")], languages=("es",)).pdf
    assert "Código QR: llamar al (555) 010-4410" in alternatives(pdf)


def test_staff_entries_stand_only_where_staff_asked() -> None:
    staff = replace(make_service("Staff Line"), audience=Audience.STAFF, name=Words("Staff Line"))
    assert "Staff Line" not in text_of(paper_of([make_service("A"), staff]).pdf)
    assert "Staff Line" in text_of(paper_of([make_service("A"), staff], staff=True).pdf)


@pytest.mark.parametrize("layout", ["list", "columns", "large", "trifold", "booklet"])
def test_entries_whose_need_may_not_be_named_stand_before_the_headings(layout: str) -> None:
    """SAFETY P2: a heading that tells is left out, and its entries must not seem to belong to another need."""
    needs = [Category("crisis", 1, Words("Crisis lines")), Category("food", 2, Words("Food")),
             Category("safety", 3, Words("Safety from violence"))]  # fmt: skip
    services = [
        make_service("Soup Kitchen", category="food", phones=(make_phone("(555) 010-4401"),)),
        make_service("Night line", category="crisis", phones=(make_phone("(555) 010-4402"),)),
        make_service("Quiet line", category="safety", phones=(make_phone("(555) 010-4403"),)),
    ]
    options = SheetOptions(layout=layout, by_category=True, discreet=True)
    said = heard(make_paper(services, options, SOURCE.edition, TODAY, needs).pdf)  # UA-1 refuses a skipped level
    places = [said.rindex(word) for word in ("010-4402", "010-4403", "Food", "010-4401")]
    assert places == sorted(places)
