"""What the updates page shows at rest: what was found, what is here now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from guide.records import Event, Found, Status
from guide.text import Language
from ui import style
from ui.parts.controls import button, card, column, label, picture, row
from ui.parts.phrases import apart
from ui.parts.update_cards import folded_up, size_text

_REFUSED = 3


def found_part(
    _: Language,
    found: Sequence[Found],
    look: Callable[[Found], object],
    add: Callable[[Found], object],
    newer_program: str,
    *,
    narrow: bool,
) -> Iterator[QWidget]:
    """Yield a card for each update that may be wanted, the first one's button ready, and a line for the others.

    ``newer_program`` is the version of this program that lies on a drive, "" where none does.
    """
    wanted = [one for one in found if one.wanted]
    for number, one in enumerate(wanted):
        yield _found_card(_, one, look, first=number == 0, narrow=narrow)
    for one in (one for one in found if one.verdict == "needs"):
        yield _needs_card(_, one, newer_program, narrow=narrow)
    for one in (one for one in found if one.verdict == "unknown"):
        yield _unknown_card(_, one, add, narrow=narrow)
    refused = [apart(one.name, _) for one in found if one.verdict == "refused"]
    if refused:
        names = ", ".join(refused[:_REFUSED]) + ("…" if len(refused) > _REFUSED else "")
        text = _.count("{n} file is damaged or not from your publisher: {names}",
                       "{n} files are damaged or not from your publisher: {names}", len(refused), names=names)  # fmt: skip
        yield label(text, "small")
    if not wanted:
        for place in dict.fromkeys(one.place for one in found if one.verdict in ("same", "older")):
            yield label(_("The update on “{place}” is not newer than what is here.", place=place), "second")


def _found_card(_: Language, one: Found, look: Callable[[Found], object], *, first: bool, narrow: bool) -> QFrame:
    frame = card("call" if one.verdict == "newer" else "warnbox")
    places = {
        "drive": _("Edition {name} was found on “{place}”", name=one.edition_name, place=one.place),
        "folder": _("Edition {name} was found in the shared folder “{place}”", name=one.edition_name, place=one.place),
        "mirror": _("Edition {name} is here from the update server", name=one.edition_name),
    }
    facts = [_("Signed by {name}", name=one.publisher_name), apart(one.name, _), apart(size_text(one.size), _)]
    words = column(None, label(places[one.kind], "heading"), label(" · ".join(facts), "second"), gap=2)
    if one.verdict == "expired":
        words.addWidget(label(_("Its own date has passed. You decide."), "warn"))
    go = button(_("Look at it"), lambda: look(one), "search", "primary" if first else "plain",
                name=_("Look at edition {name}", name=one.edition_name))  # fmt: skip
    made = row(frame, picture("download", style.now().go, 26), words, go, gap=14, margin=16)
    made.setStretch(1, 1)
    return folded_up(frame, made, narrow=narrow)


def _unknown_card(_: Language, one: Found, add: Callable[[Found], object], *, narrow: bool) -> QFrame:
    frame = card("warnbox")
    words = column(
        None, label(_("An update by a publisher this guide does not know"), "heading"),
        label(" · ".join((_("It calls itself “{name}”", name=apart(one.publisher_name, _)), apart(one.name, _),
                          apart(one.place, _))), "second"),
        label(_("If your house works with this publisher, you can add it with its six words. If not, leave it."), "small"),
        gap=2,
    )  # fmt: skip
    go = button(_("Add this publisher"), lambda: add(one), "plus")
    made = row(frame, picture("circle-help", style.now().warn, 26), words, go, gap=14, margin=16)
    made.setStretch(1, 1)
    return folded_up(frame, made, narrow=narrow)


def _needs_card(_: Language, one: Found, newer_program: str, *, narrow: bool) -> QFrame:
    """Return why a genuine update waits: nothing is wrong with it, or with the guide that is here."""
    frame = card("call")
    needs = _("It needs version {needs}.", needs=apart(one.reason, _)) if one.reason else ""
    stays = _("The guide you have stays as it is and goes on working.")
    onward = (
        _("That version is here on a stick: put it in first, then take this edition.") if newer_program
        else _("Ask your publisher for the newer program, then take this edition.")
    )  # fmt: skip
    words = column(
        None, label(_("Edition {name} is for a newer version of this program", name=apart(one.edition_name, _)), "heading"),
        label(" ".join(filter(None, (needs, stays))), "second"), label(onward, "small"), gap=2,
    )  # fmt: skip
    made = row(frame, picture("info", style.now().brand, 26), words, gap=14, margin=16)
    made.setStretch(1, 1)
    return folded_up(frame, made, narrow=narrow)


def gone_back_part(_: Language, events: Sequence[Event], *, several: bool) -> Iterator[QWidget]:
    """Yield a card for each edition that went back by itself: staff bring the newer one again."""
    for event in events:
        frame = card("warnbox")
        here = _("Edition {name} is shown now", name=event.edition_name) if event.edition else _("None of it is shown now")  # fmt: skip
        what = _("An edition could no longer be read on this computer, so the guide went back by itself.")
        whose = [_("Signed by {name}", name=apart(event.publisher_name, _))] if several and event.publisher_name else []
        said = " · ".join([here, *whose])
        words = column(None, label(what, "heading"), label(said, "second"),
                       label(_("Please take the newest update in again. If it happens often, the disk may be failing."),
                             "small"), gap=2)  # fmt: skip
        made = row(frame, picture("triangle-alert", style.now().warn, 26), words, gap=14, margin=16)
        made.setStretch(1, 1)
        yield frame


def here_card(_: Language, status: Status) -> QFrame:
    """Return what is here now and who signed it."""
    frame = card("call" if status.age == "fresh" else "warnbox")
    said = [_("Edition {name}", name=status.edition.name)]
    if status.edition.data_date:
        said.append(_("Data of {date}", date=_.date(status.edition.data_date)))
    said.append(_.count("{n} service", "{n} services", status.edition.services))
    words = column(None, label(_("Here now: {name}", name=status.publisher_name), "heading"),
                   label(" · ".join(said), "second"), gap=2)  # fmt: skip
    if status.fingerprint:
        words.addWidget(label(_("Publisher's six words: {words}", words=" ".join(status.fingerprint)), "small"))
    if not status.signed:
        words.addWidget(label(_("This program was put together without a publisher, so it takes no updates."), "warn"))
    column(frame, words, margin=16)
    return frame
