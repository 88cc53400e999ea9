"""The tables of colours: light, dark and high contrast; every pair that meets is held to WCAG 2.2 by a test (SAFETY A2)."""

from __future__ import annotations

from guide.records.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, each named for its use. ``on_x`` is for words on ``x``, ``x_soft`` a ground for words in ``x``."""

    name: str
    ink: str
    ink_2: str
    line: str
    ground: str
    card: str
    brand: str
    brand_soft: str
    brand_hover: str
    on_brand: str
    go: str
    go_soft: str
    warn: str
    warn_soft: str
    stop: str
    hide: str
    hide_hover: str
    on_hide: str
    off: str  # a main button that cannot be pressed now
    on_off: str
    field_line: str  # 3:1 on its ground: the edge of a thing to fill in
    badge: str
    found: str  # behind the letters that were searched
    tray: str  # around the pages of a sheet
    handle: str  # of a scroll bar
    toast: str
    on_toast: str
    toast_good: str
    toast_bad: str


LIGHT = Theme(
    name="light", ink="#1b2733", ink_2="#4a5a68", line="#d5dde3", ground="#f5f7f8", card="#ffffff",
    brand="#0b5563", brand_soft="#e3f0f1", brand_hover="#0e6b7c", on_brand="#ffffff",
    go="#0b6b3a", go_soft="#e4f3ea", warn="#8a4b00", warn_soft="#fdf1dc", stop="#a3201d",
    hide="#a3201d", hide_hover="#8a1a18", on_hide="#ffffff", off="#4a5a68", on_off="#ffffff",
    field_line="#6b7a87", badge="#edf1f4", found="#fde68a", tray="#dfe5e9", handle="#82909c",
    toast="#1b2733", on_toast="#ffffff", toast_good="#7fe0b0", toast_bad="#ffc46b",
)  # fmt: skip
DARK = Theme(
    name="dark", ink="#e9eef2", ink_2="#b6c2cb", line="#3a4751", ground="#11171c", card="#1b232a",
    brand="#7ecbd8", brand_soft="#17373f", brand_hover="#a2dce5", on_brand="#0a2126",
    go="#7fd6a2", go_soft="#143525", warn="#f2bd70", warn_soft="#3d2d12", stop="#ffa39c",
    hide="#c6332f", hide_hover="#a82724", on_hide="#ffffff", off="#44505a", on_off="#e9eef2",
    field_line="#8797a4", badge="#2b353d", found="#5e4b00", tray="#0a0e12", handle="#71818e",
    toast="#e9eef2", on_toast="#11171c", toast_good="#0b6b3a", toast_bad="#8a4b00",
)  # fmt: skip
CONTRAST = Theme(
    name="contrast", ink="#ffffff", ink_2="#ffffff", line="#ffffff", ground="#000000", card="#000000",
    brand="#ffff00", brand_soft="#1f2a5c", brand_hover="#ffffff", on_brand="#000000",
    go="#7dff9d", go_soft="#00330f", warn="#ffd54a", warn_soft="#402b00", stop="#ffb0a8",
    hide="#ff8a80", hide_hover="#ffffff", on_hide="#000000", off="#595959", on_off="#ffffff",
    field_line="#ffffff", badge="#333333", found="#665500", tray="#333333", handle="#ffffff",
    toast="#ffff00", on_toast="#000000", toast_good="#004d1f", toast_bad="#7a1f00",
)  # fmt: skip
THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}
