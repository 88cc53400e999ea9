"""Puts the pages of what this house says together with what they ask: one entry, and all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from guide.records import Audience, Service
from guide.records.house import Word
from guide.records.laid import is_ours
from guide.text import Language
from ui.own_room import open_form
from ui.pages.entry_page import EntryAsks, EntryPage
from ui.pages.house_page import HouseAsks, HousePage, HouseState

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.rooms import Rooms

T = TypeVar("T")


def make_entry(window: MainWindow, rooms: Rooms, _: Language) -> EntryPage:
    """Return the page of one entry."""
    own = window.guide.own

    def look(service: str) -> tuple[Service, Word, frozenset[str]]:
        found, word = own.words.published(service), own.words.of(service)
        fields = [f"phone/{phone.id}" for phone in found.phones]
        return found, word, frozenset(f for f in fields if own.words.needs_second(service, f))

    asks = EntryAsks(
        look,
        _told(window, lambda service, staff, sheet: own.words.note(service, staff=staff, sheet=sheet)),
        _told(window, own.words.amend), _told(window, own.words.second), _told(window, own.words.hide),
        _told(window, own.words.show), _told(window, own.screen.add_card),
    )  # fmt: skip
    made = EntryPage(_, rooms.jobs, asks)
    made.failed.connect(window.fail)
    made.said.connect(window.say)
    return made


def make_house(window: MainWindow, rooms: Rooms, _: Language) -> HousePage:
    """Return the page of all of it."""
    guide = window.guide
    own = guide.own

    def look() -> HouseState:
        ids = own.screen.cards()
        top = [card.id for card in guide.home(Audience.VISITOR).call_now]
        lines = own.screen.lines(top)
        words = sorted(own.words.all().values(), key=lambda word: (not word.hidden, word.name.casefold()))
        return HouseState(
            own.words.to_settle(), own.words.waiting(), own.sharing.conflicts(), own.screen.welcome_now(),
            tuple(lines[one] for one in top if one in lines), bool(ids), tuple(words),
            guide.paper.saved(), own.past(),
        )  # fmt: skip

    asks = HouseAsks(
        look, _told(window, lambda service, keep: own.words.settle(service, keep=keep)),
        _told(window, lambda conflict, take: own.sharing.decide(conflict, take_other=take)),
        _told(window, own.screen.welcome), _told(window, own.screen.choose_cards), _told(window, own.words.show),
        _told(window, own.take_back), guide.paper.remove,
        lambda path, confidential: own.sharing.export(path, confidential=confidential),
        _told(window, lambda path, dry: own.sharing.merge(path, dry=dry)),
    )  # fmt: skip
    made = HousePage(_, rooms.jobs, asks)
    made.failed.connect(window.fail)
    made.said.connect(window.say)
    made.open_entry.connect(lambda service: open_entry(window, rooms, "word", service))
    return made


def open_entry(window: MainWindow, rooms: Rooms, what: str, service: str) -> None:
    """Go to what staff asked for on an entry: say something of it, copy it, or change one of our own."""
    own = window.guide.own
    if what == "copy":
        open_form(window, rooms, own.services.copy_of(window.guide.services([service])[0]))
    elif is_ours(service):
        open_form(window, rooms, own.services.one(service))
    else:
        page = rooms.page("entry")
        if isinstance(page, EntryPage):
            page.show_entry(service)
            window.go("entry")


def _told(window: MainWindow, act: Callable[..., T]) -> Callable[..., T]:
    """Return ``act``, after which the window shows what the house wrote; called in the lane that writes."""

    def done(*args: object) -> T:
        answer = act(*args)
        window.other_edition.emit()
        return answer

    return done
