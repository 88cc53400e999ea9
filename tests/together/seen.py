"""What has to be true of a house at any moment, whatever was done to it before, by its front door and on its disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.app import Guide
from guide.errors import NotFoundError
from guide.records import Audience, Question, Sheet, SheetOptions
from guide.records.checking import Result
from tests.together.model import FIXED, Model, Shown
from tests.together.world import CLOSED_ROADS, STAFF_WORDS

EVERY = 500


class Seen:
    """Looks at one house. ``sheets`` keeps the words of each sheet that was composed (by the test's own typesetter)."""

    def __init__(self, guide: Guide, model: Model, sheets: list[Sheet], turn: int) -> None:
        self.guide, self.model, self.sheets, self.turn = guide, model, sheets, turn
        self.visitor, self.staff = model.visible(Audience.VISITOR), model.visible(Audience.STAFF)

    def all(self) -> None:
        """Look at everything; of entries one by one only some each turn, so that a turn stays short."""
        self.they_agree()
        self.everybody_can_be_called_for_help()
        self.found_by_name_and_number()
        self.entry_by_entry()
        self.on_paper()
        self.closed_places_are_nowhere()
        self.kept()

    # --- together -------------------------------------------------------------------------------------
    def they_agree(self) -> None:
        """Home, search, its facets and what is printed whole tell of the very entries that should be seen."""
        for audience, wanted in ((Audience.VISITOR, self.visitor), (Audience.STAFF, self.staff)):
            home, ids = self.guide.home(audience), self.guide.service_ids(audience)
            answer = self.guide.search(Question(audience=audience, limit=EVERY))
            cards = {card.id: card for card in answer.cards}
            assert set(cards) == set(ids) == set(wanted), _apart(set(cards), set(ids), set(wanted))
            assert len(answer.cards) == len(ids) == answer.total == home.total == len(wanted)
            needs = {v.slug: v.count for v in answer.facets if v.facet == "need" and v.count}
            tiles = {tile.category.slug: tile.count for tile in home.tiles if tile.count}
            assert tiles == needs
            for slug, count in tiles.items():
                assert count == sum(slug in one.needs for one in wanted.values()), slug
            for key, card in cards.items():
                self._card(card, wanted[key])
            self._facets(answer, audience)
            for card in (*home.call_now, *answer.crisis):
                assert card.id in wanted, f"{card.name.text} is called first and not shown"
                self._card(card, wanted[card.id])
            on_top = [card.id for card in home.call_now]
            assert len(on_top) == len(set(on_top)) and on_top == [c.id for c in answer.crisis][: len(on_top)]
            numbers = [card.phone.published for card in home.call_now if card.phone and card.phone.published in FIXED]
            assert self.guide.own.screen.cards() or len(numbers) == len(set(numbers)), "one number stands twice on top"

    def _facets(self, answer: object, audience: Audience) -> None:
        values = [v for v in answer.facets if v.facet in ("need", "people", "language", "access")]  # type: ignore[attr-defined]
        for value in values[self.turn % 3 :: 3]:
            name = {"need": "needs", "people": "people", "language": "languages", "access": "access"}[value.facet]
            asked = Question(audience=audience, limit=EVERY, **{name: frozenset([value.slug])})  # type: ignore[arg-type]
            found = self.guide.search(asked)
            assert found.total == len(found.cards) == value.count, value

    def _card(self, card: object, wanted: Shown) -> None:
        number = card.phone or card.text  # type: ignore[attr-defined]
        assert card.name.text == wanted.name  # type: ignore[attr-defined]
        assert (number.published if number else "") == (wanted.numbers[0] if wanted.numbers else "")
        if wanted.closed:
            assert card.open.state != "open", f"{wanted.name} is closed and offered as open"  # type: ignore[attr-defined]

    def everybody_can_be_called_for_help(self) -> None:
        """911 and 988 stand on top whatever a house does, as they are."""
        top = {card.phone.published: card for card in self.guide.home(Audience.VISITOR).call_now if card.phone}
        for number in FIXED:
            assert number in top, f"{number} is gone"
            assert (top[number].phone.dial, bool(top[number].phone.note)) == (number, False)

    def found_by_name_and_number(self) -> None:
        """Whatever should be seen is found by its name and by each of its numbers; what should not is not."""
        for audience, wanted in ((Audience.VISITOR, self.visitor), (Audience.STAFF, self.staff)):
            for one in list(wanted.values())[self.turn % 2 :: 2]:
                for text in (one.name, *one.numbers):
                    found = {
                        card.id for card in self.guide.search(Question(text, audience=audience, limit=EVERY)).cards
                    }
                    assert one.id in found, f"{one.name} is not found by {text}"
                    assert found <= set(wanted)
        hidden = {key for key, said in self.model.words.items() if said.hidden} - set(self.staff)
        for key in hidden:
            for audience in Audience:
                with pytest.raises(NotFoundError):
                    self.guide.detail(key, audience)

    # --- one by one -----------------------------------------------------------------------------------
    def entry_by_entry(self) -> None:
        """A page shows exactly the published numbers, or this house's with the published one beside it."""
        keys = list(self.staff)
        services = {one.id: one for one in self.guide.services(keys)}
        here = self.guide.checks.here(keys)
        assert set(services) == set(keys)
        for key, one in self.staff.items():
            shown = services[key]
            assert tuple(p.published for p in shown.shown_phones()) == one.numbers
            for number, published in one.better:
                phone = next(p for p in shown.phones if p.published == number)
                assert published in phone.note.text and "Corrected here" in phone.note.text
                assert "".join(filter(str.isdigit, phone.dial)).endswith("".join(filter(str.isdigit, number)))
            told = self.model.standing(key, one.numbers)
            assert ((here[key].result, here[key].on) in told) if key in here else not told
        for key in keys[self.turn % 4 :: 4]:
            self._detail(key, self.staff[key])

    def _detail(self, key: str, one: Shown) -> None:
        staff = self.guide.detail(key, Audience.STAFF)
        said = self.model.words.get(key)
        assert staff.house_note == (said.staff if said else "")
        assert tuple(p.published for p in staff.service.shown_phones()) == one.numbers
        if one.closed:
            assert staff.open.state != "open"
        if one.audience is Audience.STAFF:
            with pytest.raises(NotFoundError):
                self.guide.detail(key, Audience.VISITOR)
            return
        told = repr(self.guide.detail(key, Audience.VISITOR))
        self._harmless(told, f"the page of {one.name}")
        for text in (*STAFF_WORDS, said.staff if said else ""):
            assert not text or text not in told, f"visitors read {text}"

    # --- on paper -------------------------------------------------------------------------------------
    def on_paper(self) -> None:
        """Whatever somebody puts on a sheet: only what visitors may see stands on it, with the very numbers."""
        asked = [*self.staff, *self.model.words, *self.model.own]
        asked = list(dict.fromkeys(asked))
        self.sheets.clear()
        self.guide.sheet(asked, SheetOptions(), Audience.VISITOR)
        (sheet,) = self.sheets
        texts = " ".join(sheet.every_text())
        self._harmless(texts, "a sheet")
        on = {entry.id: entry for entry in sheet.entries}
        reached = {k: one for k, one in self.model.shown(away_too=True).items() if one.audience is Audience.VISITOR}
        assert set(on) == {key for key, one in reached.items() if key in asked and not one.closed}
        for key, entry in on.items():
            one, said = reached[key], self.model.words.get(key)
            assert tuple(_plain(row.number) for row in entry.lines) == one.numbers
            words = " ".join(
                (
                    *entry.checked,
                    *(t.text for ts in entry.texts for t in ts),
                    *(x for r in entry.lines for x in r.labels),
                )
            )
            for number, published in one.better:
                assert _plain(published) in _plain(words), f"{number} stands without {published}"
            told = self.model.standing(key, one.numbers)
            assert ("Checked here on" in words) == any(result is Result.REACHED for result, _ in told)
            if said:
                assert not said.staff or said.staff not in words
                assert not said.sheet or said.sheet in _plain(words)
        for text in (
            *STAFF_WORDS,
            *(s.staff for s in self.model.words.values()),
            *(o.note for o in self.model.own.values()),
        ):
            assert not text or text not in texts, f"{text} stands on paper"

    # --- closed places --------------------------------------------------------------------------------
    def _harmless(self, text: str, where: str) -> None:
        for road in (*CLOSED_ROADS, *self.model.closed_roads()):
            assert road not in text, f"{road} stands on {where}"

    def closed_places_are_nowhere(self) -> None:
        """A closed street finds nothing, and lies in no file but shelter.db and the backups of this PC."""
        for road in (*CLOSED_ROADS, *self.model.closed_roads()):
            for audience in Audience:
                answer = self.guide.search(Question(road, audience=audience, limit=EVERY))
                assert answer.total == 0 or answer.corrected, f"{road} finds {[c.name.text for c in answer.cards]}"
        data = self.guide.settings.data
        for path in (*data.glob("own/**/*"), *data.glob("index/*"), *data.glob("*.json"), *data.glob("publishers/*")):
            if path.is_file():
                self._harmless(path.read_bytes().decode("latin-1"), path.name)

    # --- what was kept --------------------------------------------------------------------------------
    def kept(self) -> None:
        """Nothing the house wrote is lost or changed."""
        guide, model = self.guide, self.model
        kept = guide.own.words.all()
        assert set(kept) == {key for key in model.words if model.with_word(key)}
        for key, word in kept.items():
            said = model.words[key]
            assert (word.staff_note, word.sheet_note, word.reason) == (said.staff, said.sheet, said.hidden)
            assert {one.field: (one.value, one.by) for one in word.amended} == said.values
        ours = {one.id: one for one in guide.own.services.all()}
        assert set(ours) == set(model.own)
        for key, one in model.own.items():
            found = ours[key]
            assert (found.name.text, found.phones[0].published) == (one.name, one.number)
            assert (found.audience, found.status != "active", found.staff_note) == (one.audience, one.closed, one.note)
        sheets = {one.name: tuple(entry.service for entry in one.entries) for one in guide.paper.saved()}
        assert sheets == model.sheets
        assert {one.name for one in guide.paper.templates.all()} == model.templates


def files_outside_tell_nothing(text: str, model: Model, where: Path | str) -> None:
    """Assert that what leaves this PC without being confidential holds no closed street and nothing for staff alone."""
    for one in model.own.values():
        if one.road and one.visibility == "never":
            assert one.road not in text, f"{one.road} leaves in {where}"
        if one.audience is Audience.STAFF:
            assert one.name not in text, f"{one.name} is for staff and leaves in {where}"


def _plain(text: str) -> str:
    return "".join(c for c in text if c not in "\u2066\u2067\u2068\u2069").replace("\u00a0", " ").replace("\u2011", "-")


def _apart(cards: set[str], ids: set[str], wanted: set[str]) -> str:
    return f"search {cards ^ wanted}, print {ids ^ wanted}"
