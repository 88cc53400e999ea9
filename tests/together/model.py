"""What a house should show, reckoned in plain Python from what was done to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from guide.records import Audience, Service
from guide.records.checking import Result
from tests.together.world import COUNTY_EDITIONS, STATE, STATE_EDITIONS, one_line

FIXED = ("911", "988")


@dataclass
class Said:
    """What the house says of one entry."""

    staff: str = ""
    sheet: str = ""
    values: dict[str, tuple[str, str]] = field(default_factory=dict)  # by field: the value, and who says it
    second: dict[str, str] = field(default_factory=dict)  # by field: the value a second person looked at
    hidden: str = ""
    seen: frozenset[str] = frozenset()  # the numbers it had when staff first said something of it

    @property
    def anything(self) -> bool:
        """Say whether anything is said at all."""
        return bool(self.staff or self.sheet or self.values or self.hidden)


@dataclass
class Ours:
    """One of the house's own services."""

    name: str
    number: str
    audience: Audience = Audience.VISITOR
    road: str = ""
    visibility: str = "never"
    closed: bool = False
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """An entry as it should be seen. ``numbers``: what is shown; ``better``: by shown number the published one."""

    id: str
    name: str
    audience: Audience
    numbers: tuple[str, ...]
    better: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()
    closed: bool = False
    entry: Service | None = None


@dataclass
class Model:
    """Everything that was done to the house, as far as it should be seen."""

    order: list[str] = field(default_factory=lambda: [STATE])
    current: dict[str, int] = field(default_factory=lambda: {STATE: 1})
    words: dict[str, Said] = field(default_factory=dict)
    own: dict[str, Ours] = field(default_factory=dict)
    sheets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    templates: set[str] = field(default_factory=set)
    checks: dict[str, tuple[str, str, Result, date]] = field(default_factory=dict)  # by id, in the order they came

    # --- the publishers' ------------------------------------------------------------------------------
    def listed(self) -> Iterator[tuple[str, Service, bool]]:
        """Yield each entry the publishers list now: its id here, itself, and whether another one is shown for it."""
        before: list[Service] = []
        for key in self.order:
            editions = STATE_EDITIONS if key == STATE else COUNTY_EDITIONS
            services = editions.get(self.current.get(key, 0), ())
            for one in services:
                yield one.id + (f"@{key}" if key else ""), one, any(one_line(other, one) for other in before)
            before += services

    def entries(self) -> dict[str, Service]:
        """Return each published entry by its id here, also those another one is shown for."""
        return {key: one for key, one, _ in self.listed()}

    def first(self) -> set[str]:
        """Return the entries the publishers want called first."""
        wanted = ("lifeline", "emergency", "state-line", "metro-lifeline", "county-line")
        return {key for key, one, _ in self.listed() if one.original_id in wanted}

    # --- what is seen ---------------------------------------------------------------------------------
    def shown(self, *, away_too: bool = False) -> dict[str, Shown]:
        """Return what staff should see, by id; ``away_too``: also what another entry is shown for, which its id still
        opens and puts on paper.
        """
        found = {}
        with_them = self._hidden_with()
        for key, one, away in self.listed():
            said = self.words.get(key, Said())
            fixed = one.main_phone() is not None and one.phones[0].dial in FIXED
            if said.hidden and not fixed:
                continue
            better = {} if fixed else self._better(key, one, said)
            cost, _by = said.values.get("cost", ("", ""))
            gone = key in with_them and not fixed
            if (gone or (away and not away_too)) and not better and (fixed or cost in ("", one.cost.text)):
                continue
            numbers = tuple(better.get(p.id, p.published) for p in one.phones)
            pairs = tuple((better[p.id], p.published) for p in one.phones if p.id in better)
            found[key] = Shown(
                key, one.name.text, one.audience, numbers, pairs, (one.category, *one.also_in),
                one.status in ("inactive", "defunct"), one,
            )  # fmt: skip
        for key, ours in self.own.items():
            if not ours.closed:
                found[key] = Shown(key, ours.name, ours.audience, (ours.number,), (), ("housing",))
        return found

    def visible(self, audience: Audience) -> dict[str, Shown]:
        """Return what ``audience`` should see, by id."""
        return {key: one for key, one in self.shown().items() if audience is Audience.STAFF or one.audience is audience}

    def _hidden_with(self) -> set[str]:
        """Return what is hidden since another publisher's entry is: the same line, by a number it had then."""
        listed = [(key, one) for key, one, _ in self.listed()]
        found = set()
        for hidden, word in (
            (key, self.words[key]) for key, _ in listed if key in self.words and self.words[key].hidden
        ):
            entry = dict(listed)[hidden]
            found |= {
                key for key, one in listed
                if "@" in key + hidden and ("@" in key) != ("@" in hidden) and one_line(entry, one)
                and word.seen & {p.published for p in one.phones}
            }  # fmt: skip
        return found

    def _better(self, key: str, one: Service, said: Said) -> dict[str, str]:
        crisis = "crisis" in (one.category, *one.also_in) or key in self.first()
        found = {}
        for phone in one.phones:
            value, _by = said.values.get(f"phone/{phone.id}", ("", ""))
            looked = said.second.get(f"phone/{phone.id}") == value
            if value and phone.dial not in FIXED and (looked or not crisis) and value != phone.published:
                found[phone.id] = value
        return found

    # --- the rest -------------------------------------------------------------------------------------
    def closed_roads(self) -> set[str]:
        """Return the streets of own services that nobody may read."""
        return {one.road for one in self.own.values() if one.road and one.visibility != "public"}

    def standing(self, service: str, numbers: tuple[str, ...]) -> list[tuple[Result, date]]:
        """Return the calls that may be told of an entry: the newest of each number that is still shown, the worst first."""
        newest: dict[str, tuple[Result, date]] = {}
        for called, number, result, on in sorted(self.checks.values(), key=lambda check: check[3]):
            if called == service and number in numbers and result is not Result.LATER:
                newest[number] = result, on
        last = max((on for _, on in newest.values()), default=date.min)
        found = [(result, on) for result, on in newest.values() if on == last]
        worse = [one for one in found if one[0] is not Result.REACHED]
        return worse or found

    def forget_publisher(self, key: str) -> None:
        """Take one away."""
        self.order.remove(key)
        self.current.pop(key, None)

    def said(self, key: str) -> Said:
        """Return what is said of an entry, to be changed; what its numbers are now, where nothing was said before."""
        said = self.words.setdefault(key, Said())
        if not said.anything and key in self.entries():
            said.seen = frozenset(phone.published for phone in self.entries()[key].phones)
        return said

    def with_word(self, key: str) -> bool:
        """Say whether anything is said of an entry."""
        return key in self.words and self.words[key].anything
