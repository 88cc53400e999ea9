"""The Chinese font that is packed: the same face with what Chinese is commonly written with, and the same bytes again."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection

from guide.sheets import fonts
from tools.chinese_font import CANTONESE, FACES, PACKAGE, common, make, whole


def test_what_is_commonly_written_stays() -> None:
    kept = common()
    assert {ord(c) for c in "住房援助热线熱線庇护庇護囉喺咗嘅，。「」（）ＡＢ０あアㄅ" + CANTONESE} <= kept
    assert sum(0x4E00 <= code <= 0x9FFF for code in kept) > 15_000  # both standards together
    assert PACKAGE == fonts._CHINESE


def test_a_font_cut_down_has_both_faces_in_every_weight_and_nothing_else(tmp_path: Path) -> None:
    wanted = frozenset(map(ord, "住房骨門门 A"))
    made = [tmp_path / "one.ttc", tmp_path / "two.ttc"]
    for out in made:
        make(whole(), out, wanted)
    assert made[0].read_bytes() == made[1].read_bytes()
    with TTCollection(str(made[0])) as collection:
        for face, name in zip(collection.fonts, FACES, strict=True):
            assert face["name"].getBestFamilyName() == name
            assert wanted <= set(face.getBestCmap())
            assert len(face.getBestCmap()) < 20  # some signs share a shape: a radical and its character
            assert "SIL Open Font License" in face["name"].getDebugName(13)
            assert [axis.axisTag for axis in face["fvar"].axes] == ["wght"]
        simplified, traditional = (face.getBestCmap()[ord("骨")] for face in collection.fonts)
        assert collection.fonts[0].getGlyphID(simplified) != collection.fonts[1].getGlyphID(
            traditional
        )  # each its own form


def test_a_rare_character_is_named_before_a_sheet_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / PACKAGE
    make(whole(), package / "font.ttc", frozenset(map(ord, "住房")))
    monkeypatch.setattr(fonts, "_chinese_folder", lambda: package)
    fonts._chinese.cache_clear()
    try:
        assert fonts.fonts_for(["住房龘"], ["zh-Hans"]).missing == "龘"
    finally:
        fonts._chinese.cache_clear()
