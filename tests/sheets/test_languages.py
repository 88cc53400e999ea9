"""The languages of paper: labelled originals, mirrored pages, numbers in order, joined letters, fonts found or named."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from guide.app import Guide
from guide.errors import TypesetError
from guide.records import Audience, SheetOptions, Words
from guide.settings import Settings
from guide.sheets.compose import _WORDS
from guide.sheets.preview import page_picture
from guide.sheets.tongues import paper_languages, tongue
from guide.text import font_folders
from tests.makers import NOW, TODAY, make_phone, make_service
from tests.sheets.reading import VISITOR, heard, languages, paper_of, plain, sheet_of, text_of

EVERY = ("en", "es", "ar", "vi", "ru", "ht", "zh-Hans", "zh-Hant")
SOURCES = [
    p
    for p in (Path(__file__).parents[2] / "guide/sheets").glob("*.py")
    if p.name != "tongues.py" and "plain_page" not in p.read_text("utf-8")
]  # the team reads its own pages in the window's language


def test_the_eight_languages_are_offered_under_their_own_names() -> None:
    offered = {one.code: one for one in paper_languages()}
    assert set(EVERY) <= set(offered)
    assert offered["vi"].name == "Tiếng Việt"
    assert [code for code, one in offered.items() if one.reviewed] == ["en"]  # said in docs/paper.md


@pytest.mark.parametrize("code", [code for code in EVERY if code not in ("en", "es", "ar")])
def test_every_word_of_paper_is_there_with_its_placeholders(code: str) -> None:
    spoken = tongue(code)
    used = {m for path in SOURCES for m in re.findall(r'_\(\s*"([A-Z][^"]+)"', path.read_text("utf-8"))} - {"Logo"}
    for message in (used | set(_WORDS.values()) | {"in English", "in Spanish"}) - {"Call"}:
        text = spoken._words.get(message)
        assert text, message
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", message)), message


@pytest.mark.parametrize(
    ("code", "day"),
    [("vi", "24 tháng 11 năm 2026"), ("ru", "24 ноября 2026"), ("ht", "24 novanm 2026"), ("zh-Hans", "2026年11月24日")],
)
def test_a_date_is_written_as_the_language_does(code: str, day: str) -> None:
    assert tongue(code).date(TODAY) == day


def test_a_text_without_translation_is_labelled_once_in_the_sheets_language() -> None:
    service = make_service("A", hours=Words("9 to 5"), description=Words("Beds.", "en", (("es", "Camas."),)))
    (entry,) = sheet_of([service], languages=("es",)).entries
    assert [(text.text, text.label, text.language) for text in entry.texts[0][:2]] == [
        ("Camas.", "", "es"),
        ("9 to 5", "(en inglés)", "en"),
    ]
    (entry,) = sheet_of([service], languages=("vi",)).entries
    assert [text.label for text in entry.texts[0][:2]] == ["(bằng tiếng Anh)", ""]


def test_chinese_is_found_under_every_tag_a_publisher_may_use() -> None:
    words = Words("Beds", "en", (("zh-CN", "床位"), ("zh-TW", "床位繁")))
    assert tongue("zh-Hans").given(words) == ("床位", "zh-CN")
    assert tongue("zh-Hant").given(words) == ("床位繁", "zh-TW")
    assert tongue("es-MX").given(Words("Beds", "en", (("es", "Camas"),))) == ("Camas", "es")


@pytest.mark.parametrize("code", EVERY)
def test_a_sheet_in_each_language_says_its_own_words_and_carries_its_tag(code: str) -> None:
    made = paper_of(VISITOR[:2], languages=(code,))
    base = code.split("-")[0]
    assert f"/Lang({base}" in made.pdf.decode("latin-1").replace(" ", "")
    if code != "ar":  # the order of right-to-left letters is the reader's doing; joined_letters looks at them
        assert plain(tongue(code)("Helpful numbers")) in text_of(made.pdf)
    assert "988" in heard(made.pdf)


def test_each_part_carries_its_own_language() -> None:
    both = paper_of(VISITOR[:2], languages=("en", "es")).pdf
    assert "es" in languages(both)
    assert b"/Lang(en)" in both.replace(b" ", b"")
    assert "en" in languages(paper_of(VISITOR[:2], languages=("ar",)).pdf)


def rows(pdf: bytes) -> list[str]:
    """Return each line's characters as they lie on the page, from left to right; brackets, which PDFium turns, apart."""
    lines: dict[tuple[int, int], list[tuple[float, str]]] = {}
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for n in range(text.count_chars()):
                left, bottom, right, _top = text.get_charbox(n, loose=True)
                if right > left:
                    lines.setdefault((number, round(bottom)), []).append((left, text.get_text_range(n, 1)))
    found = ("".join(c for _x, c in sorted(line, key=lambda pair: pair[0])) for line in lines.values())
    return [re.sub(r"[()\s]", "", line) for line in found]


@pytest.mark.parametrize("layout", ["list", "columns", "pocket", "cards", "trifold", "booklet", "large"])
def test_numbers_and_dates_on_arabic_paper_lie_from_left_to_right(layout: str) -> None:
    made = paper_of([make_service("A", phones=(make_phone("(555) 010-0199"),))], layout=layout, languages=("ar",))
    lines = rows(made.pdf)
    assert any("555010-0199" in line for line in lines)
    assert any("2026.11" in line for line in lines)
    # A date is read from the right: day, month, year. Copies share a row with the card, and small feet take two.
    if layout in ("list", "columns", "large"):
        assert any(re.search(r"2026[^\d]+1(?!\d)", line) for line in lines)
        assert any(re.search(r"2027[^\d]+22(?!\d)", line) for line in lines)


def test_right_to_left_mirrors_columns_and_panels() -> None:
    services = [make_service(f"Place {n}", phones=(make_phone(f"(555) 010-{4000 + n}"),)) for n in range(9)]
    for layout in ("columns", "trifold", "cards"):
        sides = {}
        for code in ("en", "ar"):
            made = paper_of(services, layout=layout, languages=(code,))
            with closing(pypdfium2.PdfDocument(made.pdf)) as document:
                page = document[0]
                text = page.get_textpage()
                at = text.search("010-4000").get_next()
                sides[code] = text.get_charbox(at[0])[0] / page.get_width()
        assert sides["en"] < 0.5 < sides["ar"], layout


def ink(word: str) -> list[bool]:
    """Return, for each column of pixels across ``word`` set alone in bold as a title, whether there is ink."""
    made = paper_of([make_service("A")], languages=("ar",), title=word)
    picture = page_picture(made.pdf, 0, 1700)
    image = Image.frombuffer("RGB", (picture.width, picture.height), picture.pixels, "raw", "RGB", picture.stride, 1)
    title = image.convert("L").crop((850, 125, 1585, 190))
    return [min(title.crop((x, 0, x + 1, title.height)).tobytes()) < 128 for x in range(title.width)]


def test_arabic_letters_join() -> None:
    """A picture test: letters that join leave no white between them; kept apart by U+200C they do."""
    joined, apart = ink("ححححح"), ink("\u200c".join("ححححح"))

    def pieces(columns: list[bool]) -> int:
        return sum(now and not before for before, now in zip([False, *columns], columns, strict=False))

    assert pieces(joined) == 1
    assert pieces(apart) == 5


def test_a_character_no_font_has_is_named_before_typesetting() -> None:
    with pytest.raises(TypesetError) as caught:
        paper_of([make_service("Doors ሀ and \U0001f600")])
    assert caught.value.facts["characters"] == "ሀ\U0001f600"


def test_chinese_on_an_english_sheet_is_printed_all_the_same() -> None:
    assert "中文服务" in text_of(paper_of([make_service("A 中文服务")]).pdf)


def test_a_font_dropped_into_the_data_folder_prints_its_script(tmp_path: Path) -> None:
    """A house's font: here a copy of a shipped one, cut to one character of its own."""
    from fontTools.ttLib import TTFont

    (tmp_path / "fonts").mkdir()
    source = next(p for folder in font_folders() for p in folder.glob("AtkinsonHyperlegible-Regular.ttf"))
    font = TTFont(source)
    for table in font["cmap"].tables:
        table.cmap = {0x1200: "A"}
    for name in font["name"].names:
        if name.nameID in (1, 4, 6, 16):
            name.string = "House Ethiopic"
    font.save(tmp_path / "fonts" / "House.ttf")
    (tmp_path / "fonts" / "broken.ttf").write_bytes(b"no font")
    service = make_service("Doors ሀ")
    with pytest.raises(TypesetError):
        paper_of([service])
    assert "Doors ሀ" in text_of(paper_of([service], tmp_path).pdf)


def test_a_house_can_add_a_language_as_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "languages"
    folder.mkdir()
    (folder / "so.toml").write_text('code = "so"\nname = "Soomaali"\n[words]\n"Notes" = "Xusuusin"\n', "utf-8")
    (folder / "broken.toml").write_text("code = ", "utf-8")
    (folder / "wrong.toml").write_text('code = "xx"\nname = 5\n', "utf-8")
    guide = Guide(Settings(data=tmp_path), lambda: NOW)
    assert ("so", "Soomaali") in [(one.code, one.name) for one in guide.paper_languages()]
    assert "xx" not in [one.code for one in guide.paper_languages()]
    assert "Xusuusin" in text_of(paper_of([make_service("A")], tmp_path, languages=("so",), notes_lines=2).pdf)


@pytest.mark.parametrize(
    "wrong",
    [
        'date = "{tag} {name}"', 'date = "{day"', 'date = "{day.real}"', "months = 5", "months = [1, 2]", "also = 5",
        '[words]\n"Checked on {date}" = "Hubin {datum}"', '[words]\n"Checked on {date}" = "Hubin {date"',
        '[words]\n"Checked on {date}" = "Hubin {}"', '[words]\n"Checked on {date}" = 5', "words = 5",
    ],
)  # fmt: skip
def test_a_house_language_with_wrong_keys_stops_no_sheet(tmp_path: Path, wrong: str) -> None:
    folder = tmp_path / "languages"
    folder.mkdir()
    (folder / "so.toml").write_text(f'code = "so"\nname = "Soomaali"\n{wrong}\n', "utf-8")
    (folder / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    for language in ("so", "en"):
        said = text_of(paper_of([make_service("A", assured_date=NOW.date())], tmp_path, languages=(language,)).pdf)
        assert "Checked on" in said


def test_the_whole_guide_and_one_need_can_be_asked_for(tmp_path: Path) -> None:
    guide = Guide(Settings(data=tmp_path), lambda: NOW)
    assert len(guide.service_ids(Audience.VISITOR)) == 70
    assert len(guide.service_ids(Audience.STAFF)) == 89
    food = guide.services(guide.service_ids(Audience.VISITOR, "food"))
    assert food
    assert all("food" in (service.category, *service.also_in) for service in food)


def test_no_line_to_call_first_is_left_off_a_card_in_two_languages(tmp_path: Path) -> None:
    """What is still too tall when shortened stands in the first language alone: a number is never lost to a name."""
    guide = Guide(Settings(data=tmp_path / "data", trust=tmp_path / "none"))
    ids = [card.id for card in guide.home(Audience.VISITOR).call_now]
    for pair in (("en", "es"), ("es", "ar"), ("vi", "ru")):
        for layout in ("cards", "pocket"):
            options = SheetOptions(layout=layout, languages=pair, discreet=False)
            assert guide.sheet(ids, options, Audience.VISITOR).left_out == ()
    guide.close()
