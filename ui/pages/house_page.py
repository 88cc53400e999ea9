"""All that this house wrote, in one place: what to settle, its first screen, what is hidden, other PCs, and taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from guide.records import SavedSheet, Service, Words
from guide.records.house import Amendment, Conflict, Merged, Past, ToSettle, Word
from guide.text import Language
from ui.parts.action_card import action_card, one_line
from ui.parts.both_languages import LANGUAGES, BothLanguages
from ui.parts.controls import button, label
from ui.parts.narrow import narrow
from ui.parts.other_computers import OtherComputers
from ui.parts.scroll import Scroll
from ui.parts.word_words import change_words, field_words, kind_words, value_words
from ui.visit_jobs import VisitJobs

_MOST = 30


@dataclass(frozen=True)
class HouseState:
    """Everything the page shows, read in one go."""

    settle: tuple[ToSettle, ...]
    waiting: tuple[Amendment, ...]
    conflicts: tuple[Conflict, ...]
    welcome: Words
    cards: tuple[Service, ...]
    own_cards: bool
    words: tuple[Word, ...]
    sheets: tuple[SavedSheet, ...]
    past: tuple[Past, ...]


@dataclass(frozen=True)
class HouseAsks:
    """What the page may ask."""

    look: Callable[[], HouseState]
    settle: Callable[[str, bool], object]
    decide: Callable[[Conflict, bool], object]
    welcome: Callable[[dict[str, str]], object]
    cards: Callable[[Sequence[str]], object]
    show: Callable[[str], object]
    take_back: Callable[[int], object]
    drop_sheet: Callable[[str], object]
    write: Callable[[Path, bool], tuple[int, int]]
    merge: Callable[[Path, bool], Merged]


class HousePage(Scroll):
    """Reads everything each time it is entered."""

    failed = Signal(object)
    said = Signal(str)
    open_entry = Signal(str)

    def __init__(self, _: Language, jobs: VisitJobs, asks: HouseAsks) -> None:
        """Take what is asked."""
        super().__init__()
        self._, self._jobs, self._asks = _, jobs, asks

    def enter(self) -> None:
        """Read everything anew."""
        self._jobs.work(lambda _p: self._asks.look(), self._show, self.failed.emit)

    def _show(self, state: HouseState) -> None:
        _, place = self._, self.verticalScrollBar().value()
        parts: list[QWidget | int] = []
        for title, cards in (
            (_("To settle after an update"), [self._settle(one) for one in state.settle]),
            (_("Waiting for a second person"), [self._waiting(one) for one in state.waiting]),
            (_("Two computers wrote different things"), [self._conflict(one) for one in state.conflicts]),
        ):
            if cards:
                parts += [label(title, "heading"), *cards, 8]
        parts += [label(_("First screen"), "heading"), self._welcome(state.welcome), *self._cards(state), 8]
        parts += [label(_("Notes, better values and hidden entries"), "heading")]
        parts += [self._word(word) for word in state.words[:_MOST]] or [label(_("There are none yet."), "second")]
        parts += [8, label(_("Saved sheets"), "heading")]
        parts += [self._sheet(sheet) for sheet in state.sheets] or [label(_("There are none yet."), "second")]
        self.others = OtherComputers(_, self._jobs, self._asks.write, self._asks.merge)
        self.others.failed.connect(self.failed)
        self.others.said.connect(self.said)
        self.others.done.connect(self.enter)
        parts += [8, label(_("Other computers of this house"), "heading"), self.others]
        parts += [8, label(_("What was changed last"), "heading")]
        parts += [self._past(one) for one in state.past[:12]] or [label(_("Nothing was changed yet."), "second")]
        self.setWidget(narrow(parts, 8))
        self.verticalScrollBar().setValue(place)

    # --- sections -----------------------------------------------------------------------------------
    def _settle(self, one: ToSettle) -> QWidget:
        _ = self._
        lines = [f"{field_words(field, _)}: {was or '-'} → {now or '-'}" for field, was, now in one.fields]
        said = [
            *(f"{field_words(a.field, _)}: {a.value}" for a in one.word.amended),
            one.word.staff_note,
            one.word.sheet_note,
        ]
        said += [_("Hidden: {why}", why=one.word.reason)] if one.word.hidden else []
        here = _("Here it says: {what}", what="; ".join(part for part in said if part))
        keep, drop = _("Keep what we say"), _("Drop what we say")
        acts = [] if one.kind == "gone" else [
            button(keep, lambda: self._do(lambda: self._asks.settle(one.service, True), ""), "check", "primary",
                   name=f"{keep}: {one.name}")
        ]  # fmt: skip
        acts.append(
            button(
                drop,
                lambda: self._do(lambda: self._asks.settle(one.service, False), ""),
                "x",
                name=f"{drop}: {one.name}",
            )
        )
        return action_card(
            [
                label(one.name, "name"),
                label(kind_words(one.kind, _), "warn"),
                *(label(li) for li in lines),
                label(here, "second"),
            ],
            acts,
        )

    def _waiting(self, one: Amendment) -> QWidget:
        _ = self._
        text = _(
            "{published} should be {value}, says {who}", published=one.published, value=one.value, who=one.by or "?"
        )
        return action_card(
            [label(text)], [button(_("Look at it"), lambda: self.open_entry.emit(one.service), "search")]
        )

    def _conflict(self, one: Conflict) -> QWidget:
        _ = self._
        words = [label(f"{one.name or one.id} · {field_words(one.field.removeprefix('value/'), _)}", "name"),
                 label(_("Here: {what}", what=value_words(one.field, one.kept, _))),
                 label(_("There: {what}", what=value_words(one.field, one.other, _)))]  # fmt: skip
        acts = [
            button(_("Keep ours"), lambda: self._do(lambda: self._asks.decide(one, False), ""), "check"),
            button(_("Take theirs"), lambda: self._do(lambda: self._asks.decide(one, True), ""), "download"),
        ]
        return action_card(words, acts)

    def _welcome(self, words: Words) -> QWidget:
        _ = self._
        self.greeting = BothLanguages(_, _("A word of welcome on the first screen"), words)
        for field in self.greeting.fields.values():
            field.setProperty("maxLength", 200)
        save = button(_("Save the welcome"), self._keep_welcome, "check")
        return action_card([self.greeting], [save])

    def _keep_welcome(self) -> None:
        words = self.greeting.words()
        texts = {tag: words.given(tag) for tag in LANGUAGES if words.given(tag)}
        self._do(lambda: self._asks.welcome(texts), self._("The welcome is saved."))

    def _cards(self, state: HouseState) -> list[QWidget]:
        _, ids = self._, [one.id for one in state.cards]
        made: list[QWidget] = [label(_("Lines on top, in this order. 911 and 988 always stay."), "second")]
        for place, one in enumerate(state.cards):
            phone, name = one.main_phone(), one.name.best(_.code)
            fixed = phone is not None and phone.dial in ("911", "988")
            up = [*ids[: max(place - 1, 0)], one.id, *(i for i in ids[max(place - 1, 0) :] if i != one.id)]
            less = [i for i in ids if i != one.id]
            acts = [] if fixed else [
                button(_("Up"), partial(self._choose, up), "arrow-up", name=_("{name}: up", name=name)),
                button(_("Take off"), partial(self._choose, less), "x", name=_("{name}: take off", name=name)),
            ]  # fmt: skip
            made.append(action_card([label(f"{name} · {phone.published}" if phone else name, "name")], acts))
        if state.own_cards:
            made.append(
                one_line(
                    button(
                        _("Back to the publisher's choice"),
                        lambda: self._do(lambda: self._asks.cards([]), ""),
                        "undo-2",
                    )
                )
            )
        return made

    def _word(self, word: Word) -> QWidget:
        _ = self._
        said = [_("Hidden: {why}", why=word.reason)] if word.hidden else []
        said += [f"{field_words(one.field, _)}: {one.value} ({_.date(one.on.date())})" for one in word.amended]
        said += [note for note in (word.staff_note, word.sheet_note) if note]
        acts = [
            button(
                _("Change"),
                lambda: self.open_entry.emit(word.service),
                "file-text",
                name=_("Change {name}", name=word.name),
            )
        ]
        if word.hidden:
            acts.append(
                button(_("Show it again"), lambda: self._do(lambda: self._asks.show(word.service), ""), "undo-2")
            )
        return action_card([label(word.name or word.service, "name"), *(label(text, "second") for text in said)], acts)

    def _sheet(self, sheet: SavedSheet) -> QWidget:
        _ = self._
        under = _.count("{n} entry", "{n} entries", len(sheet.entries)) + " · " + _.date(sheet.saved_on)
        gone = button(
            _("Remove"),
            lambda: self._do(lambda: self._asks.drop_sheet(sheet.name), ""),
            "trash-2",
            name=_("Remove {name}", name=sheet.name),
        )
        return action_card([label(sheet.name, "name"), label(under, "second")], [gone])

    def _past(self, one: Past) -> QWidget:
        _ = self._
        text = f"{change_words(one.what, _)}: {one.name}" if one.name else change_words(one.what, _)
        back = button(_("Take it back"), lambda: self._do(lambda: self._asks.take_back(one.number), _("It is as it was before.")),
                      "undo-2", name=_("Take back: {what}", what=text))  # fmt: skip
        return action_card([label(text, "name"), label(_.date(one.at.date()), "second")], [back])

    # --- doing --------------------------------------------------------------------------------------
    def _choose(self, services: Sequence[str]) -> None:
        self._do(lambda: self._asks.cards(services), "")

    def _do(self, act: Callable[[], object], said: str) -> None:
        def done(_answer: object) -> None:
            if said:
                self.said.emit(said)
            self.enter()

        self._jobs.work(lambda _p: act(), done, self.failed.emit)
