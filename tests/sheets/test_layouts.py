"""Every layout: readable by machines, nothing clipped, nothing split, and what does not fit is shortened and told."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from guide.errors import TypesetError, UsageError
from guide.records import LAYOUTS, SheetOptions, Words, layout_of
from guide.sheets.fold import folding_order
from guide.sheets.preview import page_count, page_picture
from guide.sheets.typeset import typeset
from tests.makers import make_phone, make_service
from tests.sheets.reading import VISITOR, drawn, heard, paper_of, passes_ua, sheet_of, text_of

SLUGS = [one.slug for one in LAYOUTS]
TONGUES = [("en",), ("es",), ("ar",), ("vi",), ("ru",), ("ht",), ("zh-Hans",), ("zh-Hant",), ("en", "es"), ("en", "ar")]
PACKED = ["columns", "pocket", "cards", "poster", "trifold"]


def places(count: int) -> list:  # type: ignore[type-arg]
    """Return entries with names and numbers that nothing else on the paper holds."""
    return [
        make_service(f"Place {chr(65 + n // 26)}{chr(65 + n % 26)}", phones=(make_phone(f"(555) 010-{4000 + n}"),))
        for n in range(count)
    ]


@pytest.mark.parametrize("languages", TONGUES, ids="+".join)
@pytest.mark.parametrize("layout", SLUGS)
def test_every_layout_passes_pdf_ua_and_is_heard_in_the_order_it_is_read(
    layout: str, languages: tuple[str, ...], tmp_path: Path
) -> None:
    """SAFETY P1."""
    made = paper_of(VISITOR[:3], layout=layout, languages=languages, notes_lines=2, by_category=True)
    assert passes_ua(made.pdf, tmp_path)
    assert heard(made.pdf) == drawn(made.pdf)
    if languages == ("en",):
        starts = [heard(made.pdf).find(entry.names[0]) for entry in sheet_of(VISITOR[:3], layout=layout).entries]
        assert starts == sorted(starts)
        assert -1 not in starts


@pytest.mark.parametrize("size", ["letter", "a4"])
@pytest.mark.parametrize("layout", SLUGS)
@pytest.mark.parametrize("languages", [("en", "es"), ("ar",), ("zh-Hans",)], ids="+".join)
def test_no_character_leaves_its_page(layout: str, languages: tuple[str, ...], size: str) -> None:
    """A quarter inch is as near the edge as printers reach; a booklet's half page may come nearer at the fold."""
    count = 3 if layout == "referral" else 7
    with closing(
        pypdfium2.PdfDocument(paper_of(VISITOR[:count], layout=layout, languages=languages, paper=size).pdf)
    ) as made:
        for page in made:
            text = page.get_textpage()
            width, height = page.get_size()
            for n in range(text.count_chars()):
                if text.get_text_range(n, 1).strip():
                    left, bottom, right, top = text.get_charbox(n)
                    assert left > 17 and right < width - 17 and bottom > 17 and top < height - 17


@pytest.mark.parametrize("layout", ["list", "columns", "large", "trifold", "booklet", "poster"])
def test_an_entry_never_splits_and_no_heading_is_stranded(layout: str) -> None:
    count = 12 if layout == "poster" else 30
    made = paper_of(places(count), layout=layout, by_category=True)
    with closing(pypdfium2.PdfDocument(made.pdf)) as document:
        for page in document:
            seen = page.get_textpage().get_text_bounded()
            names, numbers = re.findall(r"Place (\w\w)\b(?! does)", seen), re.findall(r"\(555\) 010-(\d{4})", seen)
            letters = {chr(65 + (int(n) - 4000) // 26) + chr(65 + (int(n) - 4000) % 26) for n in numbers}
            assert set(names) == letters
            if "A place to stay" in seen and "Contents" not in seen:
                assert names, "a heading without an entry under it"
    assert all(heard(made.pdf).count(f"(555) 010-{4000 + n}") == 1 for n in range(count))


def test_the_last_pages_columns_are_alike_in_height() -> None:
    for count in (5, 9, 14, 23):
        with closing(pypdfium2.PdfDocument(paper_of(places(count), layout="columns", qr=False).pdf)) as document:
            page = document[len(document) - 1]
            text = page.get_textpage()
            middle = page.get_width() / 2
            boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
            ends = [min(b for left, b, _r, _t in boxes if (left < middle) is side and b > 72) for side in (True, False)]
            assert abs(ends[0] - ends[1]) < 90, count  # less than one entry


@pytest.mark.parametrize("layout", PACKED)
def test_an_entry_too_long_for_its_panel_is_shortened_by_rule_and_staff_are_told(layout: str) -> None:
    """Name, number (a card: each it has room for, the first to call among them), hours; never a clipped word."""
    phones = [make_phone(f"(555) 013-{1000 + n}", note=Words("ask for the night desk " * 6)) for n in range(40)]
    long = make_service("Long One", phones=tuple(phones), hours=Words("9 to 5"), description=Words("word " * 900))
    made = paper_of([*places(1), long], layout=layout, discreet=False)
    said = heard(made.pdf)
    assert made.shortened == ("Long One",)
    assert "(555) 013-1000" in said
    assert "9 to 5" in said
    assert "(555) 013-1003" not in said


@pytest.mark.parametrize("languages", [("en",), ("es",), ("vi",), ("ar",)])
def test_a_shortened_card_keeps_each_number_it_has_room_for(languages: tuple[str, ...]) -> None:
    """The line in Spanish may be the only one a reader can use."""
    said = heard(paper_of(VISITOR[:8], layout="cards", languages=languages, discreet=True).pdf)
    assert said.count("741741") == 2
    assert "HOME" in said
    assert "HOLA" in said


@pytest.mark.parametrize("layout", ["pocket", "cards"])
def test_what_fits_no_card_even_shortened_is_left_out_and_told(layout: str) -> None:
    endless = make_service("Endless", phones=(make_phone("call " * 300, dial=""),))
    made = paper_of([*places(1), endless], layout=layout)
    assert made.left_out == (("Endless", "too long"),)
    assert "Endless" not in text_of(made.pdf)


@pytest.mark.parametrize(("layout", "copies"), [("pocket", 2), ("cards", 10)])
def test_copies_are_for_the_scissors_alone(layout: str, copies: int) -> None:
    made = paper_of(places(1), layout=layout)
    assert text_of(made.pdf).count("(555) 010-4000") == copies
    assert heard(made.pdf).count("(555) 010-4000") == 1


@pytest.mark.parametrize(
    ("pages", "order"),
    [(1, [None, 0, None, None]), (4, [3, 0, 1, 2]), (6, [None, 0, 1, None, 5, 2, 3, 4])],
)
def test_a_booklets_pages_lie_so_that_folding_puts_them_in_order(pages: int, order: list[int | None]) -> None:
    assert folding_order(pages) == order
    mirrored = folding_order(pages, right_to_left=True)
    assert [pair[::-1] for pair in zip(mirrored[::2], mirrored[1::2], strict=True)] == list(
        zip(order[::2], order[1::2], strict=True)
    )


@pytest.mark.parametrize("size", ["letter", "a4"])
def test_a_booklet_is_printed_two_on_a_side_at_true_size(size: str) -> None:
    made = paper_of(VISITOR[:12], layout="booklet", paper=size)
    assert page_count(made.printed) == 2 * -(-made.pages // 4)
    assert made.sides == "two-sided-short-edge"
    with closing(pypdfium2.PdfDocument(made.printed)) as sides, closing(pypdfium2.PdfDocument(made.pdf)) as pages:
        assert sides[0].get_width() == pytest.approx(2 * pages[0].get_width(), abs=0.6)
    cover, side = page_picture(made.pdf, 0, 400), page_picture(made.printed, 0, 800)
    right = b"".join(
        side.pixels[row * side.stride + 400 * 3 : row * side.stride + 800 * 3] for row in range(side.height)
    )
    left = b"".join(cover.pixels[row * cover.stride : row * cover.stride + 400 * 3] for row in range(cover.height))
    same = sum(abs(a - b) < 40 for a, b in zip(right[::7], left[::7], strict=False)) / len(left[::7])
    assert same > 0.99


def test_a_booklet_has_its_needs_in_order_with_contents() -> None:
    made = paper_of([VISITOR[40], VISITOR[0]], layout="booklet")
    said = heard(made.pdf)
    assert said.index("Contents") < said.index("Get help now")
    assert said.index("911 emergency") < said.rindex(VISITOR[40].name.text)


def test_the_referral_layout_asks_and_leaves_lines() -> None:
    service = make_service(
        "Clinic", application_process=Words("Ask for a walk-in."), required_documents=(Words("Any ID"),)
    )
    said = heard(paper_of([service, *places(2)], layout="referral", notes_lines=2).pdf)
    for words in (
        "Next steps",
        "What to ask Ask for a walk-in.",
        "What to bring Any ID",
        "Who I spoke with",
        "Day and time",
    ):
        assert words in said
    assert said.count("How long is the wait?") == 2
    with pytest.raises(TypesetError) as caught:
        paper_of(places(4), layout="referral")
    assert caught.value.facts["most"] == layout_of("referral").most == 3


def test_an_unknown_layout_or_paper_is_said() -> None:
    for options in ({"layout": "../../etc"}, {"paper": "a3"}):
        with pytest.raises(UsageError):
            typeset(sheet_of(places(1), **options))


def test_black_and_white_printers_lose_nothing() -> None:
    """SAFETY P4: every rule is black; grey ones vanish."""
    folder = Path(__file__).parents[2] / "guide/sheets/templates"
    for path in folder.glob("*.typ"):
        code = re.sub(r"//.*", "", path.read_text("utf-8"))
        assert not re.search(r"\b(gray|grey|luma|rgb|cmyk|blue|red|green|silver)\b", code), path.name


@pytest.mark.parametrize("layout", ["list", "columns", "large", "trifold", "booklet"])
def test_lines_for_notes_stand_together_under_their_heading(layout: str) -> None:
    for count in (3, 4, 5, 6):
        made = paper_of(places(count), layout=layout, notes_lines=8)
        with closing(pypdfium2.PdfDocument(made.pdf)) as document:
            pages = [page for page in document if "Notes" in page.get_textpage().get_text_bounded()]
            page = pages[-1]  # a booklet's contents name them too
            rules = [
                o.get_bounds() for o in page.get_objects() if o.type == 2 and o.get_bounds()[2] - o.get_bounds()[0] > 90
            ]
            heading = page.get_textpage().get_charbox(page.get_textpage().search("Notes").get_next()[0])
            assert sum(bottom < heading[1] for _l, bottom, _r, _t in rules if bottom > 60) >= 8


def test_options_begin_as_the_list() -> None:
    assert SheetOptions().layout == LAYOUTS[0].slug
    assert [one.slug for one in LAYOUTS if one.discreet] == ["pocket", "cards"]
