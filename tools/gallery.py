"""Draws every layout of paper in every language, the real program's pages, into docs/gallery: one picture a layout."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from guide.publish.starter import read_starter
from guide.records import LAYOUTS, Audience, Layout, SheetOptions
from guide.sheets.papers import make_paper
from guide.sheets.preview import page_picture
from guide.text import font_folders

OUT = Path(__file__).resolve().parent.parent / "docs" / "gallery"
LANGUAGES = (
    ("en",),
    ("es",),
    ("ar",),
    ("zh-Hans",),
    ("zh-Hant",),
    ("vi",),
    ("ru",),
    ("ht",),
    ("en", "es"),
    ("en", "ar"),
)
TODAY = date(2026, 11, 24)
ENTRIES = {
    "list": 6,
    "columns": 9,
    "large": 3,
    "pocket": 7,
    "cards": 8,
    "poster": 2,
    "trifold": 9,
    "booklet": 24,
    "referral": 3,
}
WIDTH, GAP, ACROSS, GREYS = 400, 14, 5, 8
# The page of each layout that shows most.
PAGES = {"booklet": 2}


def page(layout: Layout, languages: tuple[str, ...]) -> Image.Image:
    """Return one page of ``layout`` in ``languages``, with a thin frame."""
    source = read_starter()
    services = [s for s in source.services if s.audience is Audience.VISITOR][: ENTRIES[layout.slug]]
    options = SheetOptions(
        layout=layout.slug,
        languages=languages,
        discreet=layout.discreet,
        shelter_name="Harbor House",
        notes_lines=1 if layout.slug == "referral" else 0,
    )
    paper = make_paper(services, options, source.edition, TODAY, source.categories)
    drawn = page_picture(paper.pdf, PAGES.get(layout.slug, 0), WIDTH)
    picture = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.pixels, "raw", "RGB", drawn.stride, 1).convert(
        "L"
    )
    ImageDraw.Draw(picture).rectangle((0, 0, picture.width - 1, picture.height - 1), outline=150)
    return picture


def contact(layout: Layout) -> Image.Image:
    """Return all languages of ``layout`` on one picture, each under its tag."""
    font_file = next(p for folder in font_folders() for p in folder.glob("AtkinsonHyperlegible-Regular.ttf"))
    font = ImageFont.truetype(str(font_file), 17)
    pages = [page(layout, languages) for languages in LANGUAGES]
    high = max(one.height for one in pages) + 26
    rows = -(-len(pages) // ACROSS)
    whole = Image.new("L", (ACROSS * (WIDTH + GAP) + GAP, rows * (high + GAP) + GAP), 225)
    write = ImageDraw.Draw(whole)
    for n, (languages, one) in enumerate(zip(LANGUAGES, pages, strict=True)):
        x, y = GAP + n % ACROSS * (WIDTH + GAP), GAP + n // ACROSS * (high + GAP)
        write.text((x, y), " + ".join(languages), fill=0, font=font)
        whole.paste(one, (x, y + 26))
    return whole


def main() -> None:
    """Write the pictures and their page."""
    OUT.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Paper, every layout in every language",
        "",
        "Made by `make gallery` from the starter catalog; one page of each. Words of the catalog that have no",
        "translation stand in English and say so. What is reviewed and what is not: [paper](../paper.md).",
    ]
    for layout in LAYOUTS:
        whole = contact(layout).quantize(GREYS)
        whole.save(OUT / f"{layout.slug}.png", optimize=True)
        lines += ["", f"## {layout.name}", f"{layout.hint}.", "", f"![{layout.name}]({layout.slug}.png)"]
        print(f"{layout.slug}.png", file=sys.stderr)
    (OUT / "README.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
