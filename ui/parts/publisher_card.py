"""One publisher of several: who it is, what is here of it, what staff can do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from guide.records import Publisher, Waiting
from guide.text import Language
from ui.parts.controls import button, card, column, label
from ui.parts.flow import Flow
from ui.parts.phrases import apart, led


@dataclass(frozen=True)
class CardActs:
    """What each button of a card does with its publisher; ``move`` takes the new place, from 0."""

    move: Callable[[Publisher, int], object]
    back: Callable[[Publisher], object]
    forward: Callable[[Publisher], object]
    pass_on: Callable[[Publisher], object]
    remove: Callable[[Publisher], object]


def called(_: Language, one: Publisher) -> str:
    """Return what a publisher is called; one with no name yet by its six words."""
    return apart(one.name, _) if one.name else _("Six words: {words}", words=" ".join(one.fingerprint))


def publisher_card(_: Language, one: Publisher, place: int, last: int, acts: CardActs) -> QFrame:
    """Return the card of the publisher in ``place`` (from 0) of ``last`` + 1."""
    age = one.status.age if one.status else "fresh"
    frame = card("card" if age == "fresh" and not one.broken else "warnbox")
    parts: list[QWidget] = [label(led(f"{place + 1}. {called(_, one)}", _), "name"), label(_held(_, one), "second")]
    if one.broken:
        parts.append(label(_("Its data on this computer is damaged. Take its newest update in again."), "warn"))
    elif age != "fresh":
        late = {"amber": _("A newer guide was due."), "red": _("Its own date has passed.")}
        parts.append(label(late[age], "warn"))
    if one.name:
        parts.append(label(_("Six words: {words}", words=" ".join(one.fingerprint)), "small"))
    column(frame, *parts, Flow(_buttons(_, one, place, last, acts), 8), gap=4, margin=14)
    return frame


def waiting_card(_: Language, one: Waiting, add: Callable[[], object], leave: Callable[[], object]) -> QFrame:
    """Return the card of a publisher that came with a backup: it is listened to once staff have said its six words."""
    frame = card("warnbox")
    named = _("“{name}” published for the house of the backup", name=apart(one.name, _)) if one.name else _(
        "A publisher without a name published for the house of the backup")  # fmt: skip
    said = _("It is not listened to here yet. Ask it for its six words by phone or letter, then add it.")
    acts: list[QWidget] = [
        button(_("Add this publisher"), add, "plus", name=_("Add {name}", name=one.name)),
        button(_("Leave it out"), leave, "x", name=_("Leave {name} out", name=one.name)),
    ]
    column(frame, label(named, "name"), label(said, "second"), Flow(acts, 8), gap=4, margin=14)
    return frame


def _held(_: Language, one: Publisher) -> str:
    said = [_("came with the program")] if one.first else []
    if one.status is None:
        return " · ".join([*said, _("nothing of it is here yet")] if not one.broken else said)
    edition = one.status.edition
    said.append(_("Edition {name}", name=apart(edition.name, _)))
    if edition.data_date:
        said.append(_("Data of {date}", date=_.date(edition.data_date)))
    said.append(_.count("{n} service", "{n} services", edition.services))
    return " · ".join(said)


def _buttons(_: Language, one: Publisher, place: int, last: int, acts: CardActs) -> list[QWidget]:
    name, found = one.name, list[QWidget]()
    if place:
        found.append(button(_("Move up"), lambda: acts.move(one, place - 1), "arrow-up",
                            name=_("Move {name} up", name=name)))  # fmt: skip
    if place < last:
        found.append(button(_("Move down"), lambda: acts.move(one, place + 1), "arrow-down",
                            name=_("Move {name} down", name=name)))  # fmt: skip
    if one.first:  # the page itself has its other buttons
        return found
    status = one.status
    if status is not None and status.can_go_back_to:
        back = _("Go back to {name}", name=status.can_go_back_to)
        found.append(button(back, lambda: acts.back(one), "undo-2", name=f"{back} · {name}"))
    if status is not None and status.can_go_forward_to:
        on = _("Forward again to {name}", name=status.can_go_forward_to)
        found.append(button(on, lambda: acts.forward(one), "redo-2", name=f"{on} · {name}"))
    if status is not None:
        found.append(button(_("Pass it on"), lambda: acts.pass_on(one), "copy",
                            name=_("Pass on the edition of {name}", name=name)))  # fmt: skip
    found.append(button(_("Remove"), lambda: acts.remove(one), "trash-2", name=_("Remove {name}", name=name)))
    return found
