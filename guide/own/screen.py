"""The first screen as this house wants it: a word of welcome, and which lines stand on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guide.errors import UsageError
from guide.own.catalog import LaidCatalog
from guide.own.desk import OwnDesk
from guide.own.laid import words_of
from guide.own.over import CARDS
from guide.records import Audience, Service, Words
from guide.records.house import Edit
from guide.shelter.facts import things

LONGEST = 200  # characters of a welcome: one or two lines


class OwnScreen:
    """What staff choose for everybody's first screen."""

    def __init__(self, desk: OwnDesk) -> None:
        """Take what is stood at."""
        self._desk = desk

    def welcome_now(self) -> Words:
        """Return the word of welcome."""
        return words_of(self._value("welcome"))

    def welcome(self, texts: Mapping[str, str]) -> None:
        """Keep a word of welcome by language; {} for none. Raises UsageError: too long."""
        said = [[tag, " ".join(text.split())] for tag, text in texts.items() if text.strip()]
        if any(len(text) > LONGEST for _, text in said):
            raise UsageError(f"A welcome has at most {LONGEST} characters.", longest=LONGEST)
        self._desk.change([Edit("house", "house", "welcome", said or None)], "welcome", said[0][1] if said else "")

    def cards(self) -> tuple[str, ...]:
        """Return the lines this house chose for the top, () for the publisher's choice."""
        value = self._value("call_now")
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    def choose_cards(self, services: Sequence[str]) -> None:
        """Put these lines on top of the first screen, in this order; none: the publisher's. 911 and 988 stay anyway.

        Raises UsageError: too many, one that is not there, has no number or is for staff alone.
        """
        wanted = list(dict.fromkeys(services))
        if len(wanted) > CARDS:
            raise UsageError(f"At most {CARDS} lines stand on top.", most=CARDS)
        found = self.lines(wanted)
        for one in wanted:
            service = found.get(one)
            if service is None or service.main_phone() is None or service.audience is Audience.STAFF:
                raise UsageError("Only an entry for visitors with a number can stand on top.", service=one)
        names = ", ".join(found[one].name.text for one in wanted)
        self._desk.change([Edit("house", "house", "call_now", wanted or None)], "cards", names)

    def add_card(self, service: str) -> None:
        """Put one more line on top, after those that are there. Raises UsageError."""
        now = self.cards() or tuple(one.id for one in self.publishers())
        self.choose_cards([*[one for one in now if one != service], service])

    def publishers(self) -> tuple[Service, ...]:
        """Return the lines the publishers put on top."""
        ids = self._desk.first()
        found = self.lines(ids)
        return tuple(found[one] for one in ids if one in found)

    def lines(self, services: Sequence[str]) -> dict[str, Service]:
        """Return entries by id as they are shown here, the house's own among them."""
        laid = self._desk.laid()
        with self._desk.published() as under, LaidCatalog(under, laid) as catalog:
            return {one.id: one for one in catalog.services(list(services))}

    def _value(self, field: str) -> object:
        with self._desk.store() as store:
            fact = things(store, "house").get(("house", "house"), {}).get(field)
        return fact.value if fact is not None else None
