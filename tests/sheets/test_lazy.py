"""Paper costs nothing before the first sheet, and Chinese nothing before the first Chinese one."""

from __future__ import annotations

import subprocess
import sys

from guide.sheets.fonts import fonts_for

HEAVY = ("typst", "pypdfium2", "segno", "fontTools", "guide.sheets")


def test_the_front_door_opens_without_any_of_papers_libraries() -> None:
    code = f"import sys, guide.app, guide.records; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_chinese_font_is_opened_only_where_chinese_stands_on_the_sheet() -> None:
    assert not any(
        "cjk" in folder.name for folder in fonts_for(["Hello, señora, مرحبا, привет, chào"], ("en",)).folders
    )
    assert any("cjk" in folder.name for folder in fonts_for(["Hello"], ("zh-Hans",)).folders)
    assert any("cjk" in folder.name for folder in fonts_for(["中文"], ("en",)).folders)
