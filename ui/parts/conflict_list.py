"""Where two publishers say something different of one line of help: both sides, the one that counts first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from guide.records import Conflict, Side
from guide.text import Language, mark
from ui.parts.controls import card, column, label
from ui.parts.phrases import apart, led

_ = mark
KINDS = {
    "number": _("Two numbers for one line. The first one's entry is shown, the other's is not."),
    "maybe": _("Two numbers under one name. Both are shown: they may be two places."),
    "audience": _("The first one keeps it for staff, so it is shown to staff alone."),
}
_MOST = 100


def conflict_list(_: Language, found: Sequence[Conflict]) -> Iterator[QWidget]:
    """Yield a card for each, and how many more there are."""
    if not found:
        yield label(_("No two publishers say something different of one entry."), "second")
    else:
        yield label(_("Call to find out what is right, and tell the publisher who is wrong."), "second")
    for one in found[:_MOST]:
        yield _card(_, one)
    if len(found) > _MOST:
        yield label(_.count("and {n} more", "and {n} more", len(found) - _MOST), "second")


def _card(_: Language, one: Conflict) -> QFrame:
    frame = card("warnbox" if one.kind == "number" else "card")
    sides = (label(_side(_, side, one), "second", selectable=True) for side in (one.first, one.second))
    column(
        frame,
        label(led(apart(one.first.name, _), _), "name"),
        label(_(KINDS[one.kind]), "small"),
        *sides,
        gap=4,
        margin=14,
    )
    return frame


def _side(_: Language, side: Side, one: Conflict) -> str:
    numbers = ", ".join(f"\u2066{number}\u2069" for number in side.numbers) or _("no number")
    named = f" ({apart(side.name, _)})" if side.name != one.first.name else ""
    return led(f"{apart(side.publisher, _)}: {numbers}{named}", _)
