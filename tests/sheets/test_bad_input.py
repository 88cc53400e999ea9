"""Bad input on its way to paper: text stays text, a clear message, no crash, no file read, no network."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from guide.errors import LogoError, TypesetError
from guide.records import LAYOUTS, Words
from guide.sheets.clean import clean
from guide.sheets.logo import clean_logo
from tests.makers import make_phone, make_service
from tests.sheets.reading import heard, paper_of, sheet_of, text_of

SLUGS = [one.slug for one in LAYOUTS]
MARKUP = '#read("/etc/passwd") *b* $x$ @r <b> #eval("1") \\ `c` = h'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
SHAPE = '<rect width="9" height="9" fill="black"/>'


@pytest.mark.parametrize("layout", SLUGS)
def test_words_of_the_catalog_are_never_markup(layout: str) -> None:
    service = make_service(MARKUP, description=Words(MARKUP), hours=Words(MARKUP), category="food")
    seen = text_of(paper_of([service], layout=layout, title=MARKUP, footer=MARKUP, shelter_name=MARKUP).pdf)
    assert '#read("/etc/passwd") *b* $x$' in seen
    assert "root:" not in seen


@pytest.mark.parametrize("layout", SLUGS)
def test_a_name_of_five_thousand_characters_stops_no_layout(layout: str) -> None:
    long = "Very long name " * 333
    made = paper_of([make_service(long), make_service("Short", phones=(make_phone("(555) 010-4411"),))], layout=layout)
    assert "(555) 010-4411" in heard(made.pdf)
    told = [*made.shortened, *(name for name, reason in made.left_out if reason == "too long")]
    if layout in ("list", "large", "booklet", "referral"):
        assert heard(made.pdf).count("Very long name") >= 333  # longer than a page: it goes on, word for word
    else:
        assert told == [long]


def test_controls_and_overrides_of_direction_never_reach_paper() -> None:
    name = "A\x00B\x1b[31m\u202eC\u2066D\ufeff\ud800\u200f"
    (entry,) = sheet_of([make_service(name, "odd", phones=(make_phone("\u202e(555) 010-0199"),))]).entries
    assert entry.names == ("AB[31mCD",)
    assert entry.lines[0].number == "(555) 010-0199"
    assert clean("a\r\nb\u2028c\td") == "a\nb\nc d"
    assert "(555) 010-0199" in heard(
        paper_of([make_service(name, "odd", phones=(make_phone("\u202e(555) 010-0199"),))]).pdf
    )


@given(text=st.text(max_size=60), layout=st.sampled_from(SLUGS))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_prints_or_is_refused_by_name(text: str, layout: str) -> None:
    service = make_service(
        "Safe place", description=Words(text), hours=Words(text), phones=(make_phone(note=Words(text)),)
    )
    refused = None
    try:
        paper_of([service], layout=layout, title=text, languages=("ar",))
    except TypesetError as error:
        refused = error.facts
    assert refused is None or refused["characters"]


@pytest.mark.parametrize("layout", SLUGS)
def test_ten_thousand_services_are_refused_with_the_number_that_fits(layout: str) -> None:
    one = make_service("A")
    with pytest.raises(TypesetError) as caught:
        paper_of([one] * 10_000, layout=layout)
    assert caught.value.facts["reason"] == "too many"
    assert 0 < caught.value.facts["most"] < 10_000


@pytest.mark.parametrize("layout", SLUGS)
def test_nothing_chosen_is_an_empty_sheet(layout: str) -> None:
    assert paper_of([], layout=layout).pages >= 1


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>" + SHAPE,
        '<image xlink:href="https://example.org/spy.png" width="9" height="9"/>' + SHAPE,
        '<image href="file:///etc/passwd" width="9" height="9"/>' + SHAPE,
        '<use xlink:href="other.svg#x"/>' + SHAPE,
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>x</body></foreignObject>" + SHAPE,
        "<style>@import url(https://example.org/x.css);</style>" + SHAPE,
        '<rect width="9" height="9" onclick="alert(1)" style="fill:url(https://example.org/a);stroke:black"/>',
        '<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a>' + SHAPE,
    ],
)
def test_of_an_svg_logo_only_shapes_are_kept(inside: str) -> None:
    made = clean_logo(SVG.format(inside).encode())
    for word in (
        b"script",
        b"http:",
        b"https:",
        b"file:",
        b"href",
        b"onclick",
        b"style",
        b"foreign",
        b"image",
        b"passwd",
    ):
        assert word not in made.replace(b"http://www.w3.org/2000/svg", b"")
    assert b"<rect" in made
    assert paper_of([make_service("A")], logo=made, shelter_name="Harbor").pages == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "kind"),
        (b"GIF89a", "kind"),
        (b"<html></html>", "kind"),
        (b"<svg", "damaged"),
        (SVG.format("<text>hi</text>").encode(), "nothing drawn"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("&b;").encode(), "unsafe"),
        (b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format("&x;").encode(), "unsafe"),
        (SVG.format("<g>" * 100 + SHAPE + "</g>" * 100).encode(), "size"),
        (b"<" + b"x" * 1_000_001, "size"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "damaged"),
    ],
)
def test_a_logo_that_cannot_be_used_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(LogoError) as caught:
        clean_logo(data)
    assert caught.value.facts["reason"] == reason


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height), 0).save(out, "PNG", pnginfo=None)
    return out.getvalue()


def test_a_png_logo_is_kept_as_a_picture_alone() -> None:
    body = png(20, 10)
    spy = struct.pack(">I", 4) + b"tEXt" + b"spy!" + struct.pack(">I", zlib.crc32(b"tEXtspy!"))
    made = clean_logo(body[:33] + spy + body[33:])
    assert made == clean_logo(body)
    assert paper_of([make_service("A")], logo=made).pages == 1
    assert paper_of([make_service("A")], logo=made, layout="trifold").pages == 2
    huge = bytearray(png(2, 2))
    huge[16:24] = struct.pack(">II", 60_000, 60_000)
    huge[29:33] = struct.pack(">I", zlib.crc32(bytes(huge[12:29])))
    with pytest.raises(LogoError):
        clean_logo(bytes(huge))


@given(data=st.binary(max_size=200) | st.binary(max_size=120).map(lambda b: b"<svg>" + b + b"</svg>"))
def test_any_bytes_as_a_logo_are_cleaned_or_refused(data: bytes) -> None:
    with suppress(LogoError):
        clean_logo(data)


@pytest.mark.parametrize(
    "size",
    ['width="0" height="3"', 'width="-3"', 'viewBox="0 0 -5 0"', 'viewBox="0 0 5 0"', 'width="1e40" height="1e40"'],
)
def test_a_logo_without_room_is_refused_before_it_can_stop_a_sheet(size: str) -> None:
    with pytest.raises(LogoError) as refused:
        clean_logo(f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="1" height="1"/></svg>'.encode())
    assert refused.value.facts["reason"] == "nothing drawn"


@pytest.mark.parametrize(
    "size", ['width="auto" viewBox="0 0 4 4"', 'width="12mm" height="3in"', 'viewBox="-1,-1,.5,.5"', ""]
)
def test_a_logo_of_any_usual_size_is_typeset(size: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="1" height="1"/></svg>'
    assert paper_of([make_service("A")], logo=clean_logo(drawing.encode())).pages == 1
