"""Makes the Chinese font that is packed with the program: of the whole one only what Chinese is commonly written with.

Noto Sans CJK is 33 MB: Japanese, Korean and rare characters, and every region's forms. Kept are the two faces that
sheets are set in (SC and TC, in every weight) with all characters of GB 2312 (6,763) and Big5 (13,060), Latin, kana and
signs among them, and the everyday ones of written Cantonese; both faces share one set of outlines. What it lacks is
named before a sheet is set, as ever (guide/sheets/fonts.py). Its licence (SIL OFL 1.1) allows this: the name "Source"
alone is reserved, and does not occur. The same font in gives the same bytes out.

Usage: chinese_font.py OUT.ttc
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

PACKAGE = "manimgx_fonts_cjk"
FACES = ("Noto Sans CJK SC", "Noto Sans CJK TC")
CANTONESE = "啲嗰哋嘢噉冚唥咁咗喺嚟嘅佢冇乜睇啱攞"  # Big5 lacks some of these
_DROPPED = ("BASE", "DSIG", "VORG", "VVAR", "vhea", "vmtx")  # for lines that run downwards, and an old signature
_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 14, 16, 17)  # who made it, and the licence, stay


def common() -> frozenset[int]:
    """Return the characters that stay, as code points."""
    found = {ord(c) for c in CANTONESE}
    for code in range(0x20, 0x10000):
        if not 0xD800 <= code < 0xE000 and any(_holds(standard, chr(code)) for standard in ("gb2312", "big5")):
            found.add(code)
    return frozenset(found)


def whole() -> Path:
    """Return the font as its package has it."""
    spec = find_spec(PACKAGE)
    if spec is None:
        raise FileNotFoundError(PACKAGE)
    return next(path for folder in spec.submodule_search_locations or () for path in Path(folder).glob("*.ttc"))


def make(source: Path, out: Path, characters: frozenset[int]) -> None:
    """Write the faces of ``source`` with ``characters`` alone to ``out``, whole or not at all."""
    with TTCollection(str(source), lazy=True, recalcTimestamp=False, recalcBBoxes=False) as every:
        named = {face["name"].getBestFamilyName(): face for face in every.fonts}
        finished = _cut_alike([named[name] for name in FACES], characters)
    collection = TTCollection()
    collection.fonts = finished
    fresh = out.with_suffix(".new")
    out.parent.mkdir(parents=True, exist_ok=True)
    collection.save(str(fresh), shareTables=True)
    fresh.replace(out)


def _cut_alike(faces: list[TTFont], characters: frozenset[int]) -> list[TTFont]:
    """Return the faces with the same glyphs in the same order, so that they can share their outlines."""
    kept = sorted({f.getGlyphID(name) for f in faces for code, name in f.getBestCmap().items() if code in characters})
    outlines: DefaultTable | None = None
    finished = []
    for face in faces:
        if outlines is not None:
            del face["CFF2"]
        _cut(face, kept, characters)
        if outlines is not None:
            face.tables["CFF2"] = outlines  # cut once: the longest part by far
        written = BytesIO()
        face.save(written, reorderTables=False)
        finished.append(TTFont(written, lazy=True, recalcTimestamp=False, recalcBBoxes=False))
        if outlines is None:
            outlines = DefaultTable("CFF2")
            outlines.data = finished[0].reader["CFF2"]
    return finished


def _cut(face: TTFont, glyphs: list[int], characters: frozenset[int]) -> None:
    options = Options()
    options.layout_features = []  # Chinese is set as it is written; sheets use none
    options.name_IDs, options.notdef_outline = list(_NAMES), True
    options.drop_tables = [*options.drop_tables, *_DROPPED]
    cutter = Subsetter(options)
    cutter.populate(gids=glyphs, unicodes=[code for code in face.getBestCmap() if code in characters])
    cutter.subset(face)


def _holds(standard: str, character: str) -> bool:
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


def packed(folder: Path) -> Path:
    """Return the font to be packed, made in ``folder`` unless it lies there already; its name tells what it is made of."""
    from hashlib import sha256

    source = whole()
    mark = sha256(Path(__file__).read_bytes() + source.read_bytes()).hexdigest()[:16]
    out = folder / f"chinese-{mark}" / source.name
    if not out.is_file():
        make(source, out, common())
    return out


if __name__ == "__main__":
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    make(whole(), Path(sys.argv[1]), common())
