"""A card to call now: name, number large, Call, Copy and Text."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from guide.records import Card
from guide.text import Language
from ui.parts.actions import Actions
from ui.parts.controls import button, card, column, label
from ui.parts.flow import Flow
from ui.parts.phrases import languages, shown_name


def call_card(found: Card, _: Language, actions: Actions, *, discreet: bool) -> QFrame:
    """Return the card of ``found``; Text is there only when a text line is."""
    name = shown_name(found, _, discreet=discreet)
    made = card("call")
    made.setAccessibleName(name)
    parts = []
    phone, texting = found.phone, found.text
    number = label(phone.published if phone else found.url, "number")
    if phone is not None:
        parts.append(button(_("Call"), lambda: actions.call(phone, name), "phone", "primary",
                            name=_("Call {name}", name=name)))  # fmt: skip
    if phone is not None and actions.may("copy"):
        parts.append(button(_("Copy"), lambda: actions.copy(phone.copy_text, phone.published), "copy",
                            name=_("Copy the number of {name}", name=name)))  # fmt: skip
    if texting is not None and actions.may("text"):
        word = texting.word(_.code) or texting.copy_text
        parts.append(button(_("Text {word}", word=word), lambda: actions.text(texting, name), "message-square-text",
                            name=_("Send a text to {name}", name=name)))  # fmt: skip
    spoken = [languages(found.languages, _), found.language_note.best(_.code)]
    small = label(" · ".join(part for part in spoken if part), "small")
    column(made, label(name, "name"), number, Flow(parts), small, -1, gap=5, margin=14)
    return made
