"""What was done with updates: when, who signed each, what it changed, and by which role or way it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from guide.records import Event
from guide.text import Language, mark
from ui.parts.controls import column, label
from ui.parts.phrases import apart

_ = mark
KINDS = {
    "import": _("Update applied"),
    "rollback": _("Went back"),
    "forward": _("Went forward again"),
    "healed": _("Went back by itself: the newer edition was damaged on this computer's disk"),
    "program": _("Setup of a newer program version started"),
    "put-back": _("The last good backup was put back: this house's own file was damaged"),
    "begun-anew": _("Begun with nothing: this house's own file was damaged"),
    "publisher-added": _("Publisher added"),
    "publisher-removed": _("Publisher removed"),
}
WAYS = {  # never a person (Event)
    "staff": _("by staff"),
    "folder": _("from the shared folder"),
    "installer": _("came with the program"),
    "mirror": _("from the update server"),
    "command line": _("by a typed command"),
    "unknown": _("the computer stopped right after it"),
}
_MOST = 12


def history_part(_: Language, history: Sequence[Event]) -> Iterator[QWidget]:
    """Yield two lines for each thing that was done, the newest first: what, and how it came and what it changed."""
    if history:
        yield label(_("What was done"), "heading")
    for event in history[:_MOST]:
        what = event.edition_name or apart(event.publisher_name, _)
        text = f"{_.date(event.at.date())} · {_(KINDS.get(event.kind, event.kind))} · {what}"
        lines, more = QWidget(), " · ".join(_facts(_, event))
        column(lines, label(text, "second"), *([label(more, "small")] if more else []), gap=0)
        yield lines


def _facts(_: Language, event: Event) -> Iterator[str]:
    """Yield what is known: a line written by an older version of the program knows less."""
    if event.publisher_name and event.edition:
        yield _("Signed by {name}", name=apart(event.publisher_name, _))
        if event.keys:
            yield _("{n} of {m} keys", n=event.signed, m=event.keys)
        if event.kind != "healed":  # what can no longer be read cannot be counted
            yield _.count("{n} new", "{n} new", event.added)
            yield _.count("{n} changed", "{n} changed", event.changed)
            yield _.count("{n} removed", "{n} removed", event.removed)
    if event.expired:
        yield _("its own date had passed")
    if event.by in WAYS:
        yield _(WAYS[event.by])
