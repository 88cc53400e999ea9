"""The page itself: nothing cut off, nothing said twice in two languages, numbers in order in Arabic, the printer's words."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from guide.publish.starter import read_starter
from guide.records import SheetOptions, Words
from guide.sheets.compose import compose
from guide.sheets.fonts import unprintable
from guide.sheets.preview import PDFIUM, page_picture, pages_for_raster
from guide.sheets.typeset import typeset
from tests.makers import TODAY, make_edition, make_phone, make_service

TEMPLATES = sorted((Path(__file__).parents[2] / "guide/sheets/templates").glob("*.typ"))


def paper(services: list, **options: object) -> bytes:  # type: ignore[type-arg]
    return typeset(compose(services, SheetOptions(**options), make_edition(), TODAY))  # type: ignore[arg-type]


def inside(page: pypdfium2.PdfPage) -> bool:
    """Say whether every visible character of ``page`` lies on the paper, clear of the quarter inch that printers cannot reach."""
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
    width, height = page.get_size()
    reach = 18
    return all(
        reach < left and right < width - reach and reach < bottom and top < height - reach
        for left, bottom, right, top in boxes
    )


@pytest.mark.parametrize("languages", [("en",), ("en", "es")])
def test_an_entry_longer_than_a_page_loses_no_word(languages: tuple[str, ...]) -> None:
    words = [f"word{n:04}" for n in range(1500)]
    service = make_service("Long", description=Words(" ".join(words)))
    document = pypdfium2.PdfDocument(paper([make_service("Before"), service], languages=languages))
    seen = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert re.findall(r"word\d{4}", seen) == words
    assert all(inside(page) for page in document)
    document.close()


@pytest.mark.parametrize("size", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_no_character_of_the_starter_catalog_leaves_the_paper(language: str, size: str) -> None:
    document = pypdfium2.PdfDocument(paper(list(read_starter().services[:12]), languages=(language,), paper=size))
    assert all(inside(page) for page in document)
    document.close()


def test_a_text_without_translation_stands_once_on_a_sheet_in_two_languages() -> None:
    phone = make_phone(note=Words("ask for Ana"), keyword=Words("HOPE", "en", (("es", "ESPERANZA"),)))
    service = make_service("A", phones=(phone,), hours=Words("9 to 5", "en", (("es", "de 9 a 5"),)))
    for second in ("es", "ar"):
        (entry,) = compose([service], SheetOptions(languages=("en", second)), make_edition(), TODAY).entries
        assert entry.names == ("A", "")
        assert str(entry.texts).count("What A does.") == 1
        assert str(entry.lines).count("ask for Ana") == 1
    (entry,) = compose([service], SheetOptions(languages=("en", "es")), make_edition(), TODAY).entries
    assert entry.lines[0].labels == ("HOPE, ask for Ana", "ESPERANZA")
    assert "de 9 a 5" in [text.text for text in entry.texts[1]]


@pytest.mark.parametrize(
    ("number", "rows"),
    [
        ("(555) 010-4411", ["5550104411"]),
        ("WhatsApp 442-555-0163 (Spanish; printed as 442-AYUDAME)", ["4425550163442"]),
        ("1-855-555-0101 (The Deaf line, press 7)", ["185555501017"]),
    ],
)
def test_a_number_on_an_arabic_sheet_runs_from_left_to_right(number: str, rows: list[str]) -> None:
    """Boxes have no direction of their own: their order on the page is looked at, not the order of the text."""
    service = make_service("911 helpers", phones=(make_phone(number, dial="+15550104411"),))
    document = pypdfium2.PdfDocument(paper([service], languages=("ar",)))
    text = document[0].get_textpage()
    glyphs = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    document.close()

    lines: dict[int, list[tuple[float, str]]] = {}
    for character, (left, bottom, _, _) in glyphs:
        if character.isdigit():
            lines.setdefault(round(bottom), []).append((left, character))
    read = {"".join(c for _, c in sorted(row)) for row in lines.values()}
    assert {*rows, "911"} <= read


def test_a_page_can_be_looked_at_while_another_is_being_printed() -> None:
    pdf = paper([make_service()])
    printing = pages_for_raster(pdf, dpi=50)
    next(printing)
    assert not PDFIUM.locked()  # or the next line would wait for ever
    assert page_picture(pdf, 0, 100).width == 100


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_never_asks_the_network(template: Path) -> None:
    """SAFETY N3: Typst would fetch a package from its registry."""
    assert "@" not in template.read_text("utf-8")


def test_the_starter_catalog_can_be_printed_to_its_last_character() -> None:
    for language in ("en", "es", "ar"):
        options = SheetOptions(languages=(language,), staff=True)
        assert unprintable(compose(read_starter().services, options, make_edition(), TODAY).every_text()) == ""
