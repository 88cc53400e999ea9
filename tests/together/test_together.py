"""All that a house can do, in any order: whatever was done before, the guide's promises hold after every step.

GUIDE_TOGETHER=N makes it long: N orders of 40 steps each (make together).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from guide.app import Guide
from guide.cli import doctor
from guide.cli.terminal import Desk, Terminal
from guide.errors import (
    KnownPublisherError,
    NotFoundError,
    NothingToGoBackToError,
    NothingToGoForwardToError,
    NotNewerError,
    UsageError,
)
from guide.records import Address, Audience, Channel, HouseTemplate, Location, Phone, Service, Sheet, Words
from guide.records.checking import NumberCheck, Reason, Result
from guide.settings import Settings
from guide.sheets import papers
from guide.sheets.typeset import Typeset, typeset_told
from guide.shelter.checks import every_check
from guide.shelter.facts import things
from tests.makers import NOW
from tests.own.houses import Time
from tests.together.model import FIXED, Model, Ours, Said
from tests.together.seen import Seen, files_outside_tell_nothing
from tests.together.world import COUNTY, STATE, STATE_EDITIONS, World, make_world

LONG = int(os.environ.get("GUIDE_TOGETHER", "0"))
NUMBERS = ("(617) 555-2301", "(617) 555-2302", "(617) 555-2303")
SOME = st.integers(0, 999)  # which of those there are
_SHEETS: list[Sheet] = []
_WORLD: list[World] = []
_PDF: list[bytes] = []


def _typeset(sheet: Sheet, fonts: Path | None = None) -> Typeset:
    """Keep the words of a sheet; setting them in type is tests/sheets' to prove."""
    _SHEETS.append(sheet)
    if not _PDF:
        _PDF.append(typeset_told(sheet, fonts).pdf)
    return Typeset(_PDF[0])


class TogetherMachine(RuleBasedStateMachine):
    """One house, and a second PC of it."""

    def __init__(self) -> None:
        super().__init__()
        self.world = _WORLD[0]
        self.folder = Path(tempfile.mkdtemp(prefix="together-"))
        self.time = Time(NOW + timedelta(days=2))
        self.model, self.turn, self.made = Model(), 0, 0
        state = self.world.state
        self.settings = Settings(data=self.folder / "a", catalog=state.shipped, trust=state.trust)
        self.guide = Guide(self.settings, self.time)
        self.other = Guide(replace(self.settings, data=self.folder / "b"), self.time)
        self.backups: list[tuple[Path, Model]] = []
        self.county = ""

    def teardown(self) -> None:
        desk = Desk(self.settings, self.time, Terminal(as_json=True))
        for check in (*doctor._editions(desk), doctor._shelter(desk)):
            assert check.state in (doctor.GOOD, doctor.MENDED), check
        desk.close()
        self.guide.close()
        self.other.close()
        shutil.rmtree(self.folder)

    # --- what is always true --------------------------------------------------------------------------
    @invariant()
    def promises_hold(self) -> None:
        self.turn += 1
        self.time.now += timedelta(seconds=1)
        Seen(self.guide, self.model, _SHEETS, self.turn).all()

    # --- updates --------------------------------------------------------------------------------------
    @rule(county=st.booleans(), edition=st.integers(1, 3))
    def take_in(self, county: bool, edition: int) -> None:
        key = self.county if county else STATE
        bundle = self.world.bundles.get((COUNTY if county else STATE, edition))
        if bundle is None or (county and not key):
            return
        try:
            done = self.guide.apply_update(bundle)
        except NotNewerError:
            return
        assert done.publisher == key
        self.model.current[key] = edition

    @rule(county=st.booleans(), back=st.booleans())
    def step(self, county: bool, back: bool) -> None:
        key = self.county if county else STATE
        if county and not key:
            return
        try:
            done = self.guide.rollback(publisher=key) if back else self.guide.forward(publisher=key)
        except (NothingToGoBackToError, NothingToGoForwardToError):
            return
        self.model.current[key] = done.edition - (1 if key else 0)

    @rule()
    def add_publisher(self) -> None:
        try:
            self.county = self.guide.publishers.add(self.world.root, self.world.words, "Metro County").key
        except KnownPublisherError:
            return
        self.model.order.append(self.county)

    @rule(place=st.integers(0, 1))
    def order_publishers(self, place: int) -> None:
        if self.county:
            self.guide.publishers.move(self.county, place)
            self.model.order = [self.county, STATE] if place == 0 else [STATE, self.county]

    @precondition(lambda self: self.county and self.turn % 3 == 0)
    @rule()
    def remove_publisher(self) -> None:
        self.guide.publishers.remove(self.county)
        self.model.forget_publisher(self.county)
        self.county = ""

    # --- own services ---------------------------------------------------------------------------------
    @rule(number=st.sampled_from(NUMBERS), staff=st.booleans(), seen=st.sampled_from(["never", "area", "public"]))
    def add_own(self, number: str, staff: bool, seen: str) -> None:
        self.made += 1
        road = "Brackenvale" + "".join(chr(ord("a") + int(d)) for d in str(self.made))
        one = Ours(f"House Service {_letters(self.made)}", number, Audience.STAFF if staff else Audience.VISITOR, road, seen,
                   note=f"gimblenote{_letters(self.made)}")  # fmt: skip
        key = self.guide.own.services.blank("en", "housing").id
        self._keep(key, one)

    @rule(which=SOME, number=st.sampled_from(NUMBERS), staff=st.booleans(), seen=st.sampled_from(["never", "public"]))
    def change_own(self, which: int, number: str, staff: bool, seen: str) -> None:
        if key := _pick(self.model.own, which):
            audience = Audience.STAFF if staff else Audience.VISITOR
            self._keep(key, replace(self.model.own[key], number=number, audience=audience, visibility=seen))

    def _keep(self, key: str, one: Ours) -> None:
        phone = Phone("", Channel.VOICE, one.number, one.number, "+1" + "".join(filter(str.isdigit, one.number)))
        home = Location(
            "", addresses=(Address(f"7 {one.road} Court", "Boston", "MA", "02139", visibility=one.visibility),)
        )
        blank = replace(self.guide.own.services.blank("en", "housing"), id=key)
        service = replace(
            blank, name=Words(one.name), phones=(phone,), audience=one.audience, locations=(home,), staff_note=one.note,
            status="inactive" if one.closed else "active",
        )  # fmt: skip
        self.guide.own.services.save(service)
        self.model.own[key] = one

    @rule(which=SOME)
    def copy_as_own(self, which: int) -> None:
        visible = {
            k: s for k, s in self.model.visible(Audience.STAFF).items() if s.entry and s.numbers and not s.better
        }
        if key := _pick(visible, which):
            self.made += 1
            (entry,) = self.guide.services([key])
            made = replace(self.guide.own.services.copy_of(entry), name=Words(f"House Copy {_letters(self.made)}"),
                           category="housing", also_in=(), phones=entry.phones[:1])  # fmt: skip
            try:
                self.guide.own.services.save(made)
            except UsageError:
                return
            self.model.own[made.id] = Ours(made.name.text, entry.phones[0].published, made.audience)

    @rule(which=SOME, closed=st.booleans())
    def close_own(self, which: int, closed: bool) -> None:
        if key := _pick(self.model.own, which):
            self.guide.own.services.close(key, closed=closed)
            self.model.own[key].closed = closed

    @rule(which=SOME)
    def remove_own(self, which: int) -> None:
        if key := _pick(self.model.own, which):
            self.guide.own.services.remove(key)
            del self.model.own[key]

    # --- words on entries -----------------------------------------------------------------------------
    @rule(which=SOME, staff=st.booleans())
    def note(self, which: int, staff: bool) -> None:
        if key := _pick(self.model.entries(), which):
            text = f"{'slythy' if staff else 'bus'}note {_letters(self.turn)}"
            self.guide.own.words.note(key, **{"staff" if staff else "sheet": text})  # type: ignore[arg-type]
            setattr(self.model.said(key), "staff" if staff else "sheet", text)

    @rule(which=SOME, phone=SOME, number=st.sampled_from(["", *NUMBERS]))
    def amend_number(self, which: int, phone: int, number: str) -> None:
        entries = {key: one for key, one in self.model.entries().items() if one.phones}
        if key := _pick(entries, which):
            one = entries[key].phones[phone % len(entries[key].phones)]
            self._amend(key, f"phone/{one.id}", number, one.published)

    @rule(which=SOME, cost=st.sampled_from(["", "5 dollars"]))
    def amend_cost(self, which: int, cost: str) -> None:
        if key := _pick(self.model.entries(), which):
            self._amend(key, "cost", cost, self.model.entries()[key].cost.text)

    def _amend(self, key: str, field: str, value: str, published: str) -> None:
        entry, said = self.model.entries()[key], self.model.said(key)
        phone = next((p for p in entry.phones if f"phone/{p.id}" == field), None)
        try:
            self.guide.own.words.amend(key, field, value, by="AB")
        except UsageError:
            assert (entry.main_phone() or entry).dial in FIXED or (phone and phone.dial in FIXED)  # type: ignore[union-attr]
            return
        said.values.pop(field, None)
        if value and value != published:
            said.values[field] = value, "AB"

    @rule(which=SOME)
    def look_again(self, which: int) -> None:
        if self.guide.own.words.waiting() and (
            one := _pick({(w.service, w.field): w for w in self.guide.own.words.waiting()}, which)
        ):
            service, field = one
            value = self.model.words[service].values[field][0]
            self.guide.own.words.second(service, field, value, by="CD")
            self.model.words[service].second[field] = value

    @rule(which=SOME)
    def hide(self, which: int) -> None:
        if key := _pick(self.model.entries(), which):
            entry = self.model.entries()[key]
            try:
                self.guide.own.words.hide(key, "answers nobody")
            except UsageError:
                assert entry.phones[0].dial in FIXED
                return
            self.model.said(key).hidden = "answers nobody"

    @rule(which=SOME)
    def show(self, which: int) -> None:
        if key := _pick({k: s for k, s in self.model.words.items() if s.hidden}, which):
            self.guide.own.words.show(key)
            self.model.words[key].hidden = ""

    @rule(which=SOME, keep=st.booleans())
    def settle(self, which: int, keep: bool) -> None:
        listed = {one.service: one for one in self.guide.own.words.to_settle()}
        assert set(listed) <= {key for key in self.model.words if self.model.with_word(key)}
        if key := _pick(listed, which):
            self.guide.own.words.settle(key, keep=keep)
            entry = self.model.entries().get(key)
            if not keep or entry is None:
                self.model.words[key] = Said()
                return
            there = {f"phone/{p.id}" for p in entry.phones} | {"cost", "hours", "eligibility", "application_process"}
            said = self.model.words[key]
            said.values = {field: value for field, value in said.values.items() if field in there}
            said.seen = frozenset(p.published for p in entry.phones)

    # --- numbers --------------------------------------------------------------------------------------
    @rule(which=SOME, phone=SOME, result=st.sampled_from(list(Result)))
    def call(self, which: int, phone: int, result: Result) -> None:
        there = {k: s for k, s in self.model.visible(Audience.STAFF).items() if s.numbers}
        if key := _pick(there, which):
            number = there[key].numbers[phone % len(there[key].numbers)]
            on = self.guide.checks.today()
            (kept,) = self.guide.checks.record([NumberCheck("", key, number, result, on, by="AB", note="slythycall")])
            self.model.checks[kept.id] = key, number, result, on

    @rule(which=SOME)
    def take_call_back(self, which: int) -> None:
        if key := _pick(self.model.checks, which):
            self.guide.checks.take_back(key)
            del self.model.checks[key]

    @rule(which=SOME)
    def round_of_calls(self, which: int) -> None:
        try:
            begun = self.guide.checks.begin(limit=5)
        except UsageError:
            return
        assert {one.service for one in begun.entries} <= set(self.model.visible(Audience.STAFF))
        assert self.guide.checks.round_paper("en", "letter").pages if which % 5 == 0 else True
        if which % 2:
            self.guide.checks.end()

    @rule(which=SOME, staff=st.booleans())
    def report(self, which: int, staff: bool) -> None:
        audience = Audience.STAFF if staff else Audience.VISITOR
        if key := _pick(self.model.visible(audience), which):
            self.guide.checks.report(key, [Reason.NUMBER], audience)

    @rule()
    def tell_the_publisher(self) -> None:
        for file in self.guide.checks.corrections():
            text = repr(file)
            files_outside_tell_nothing(text, self.model, "corrections")
            for one in file.corrections:
                assert one.service in {e.id for e in self.model.entries().values()}, (
                    "it goes to whom it does not concern"
                )
            assert not any(one.name in text for one in self.model.own.values())

    # --- paper ----------------------------------------------------------------------------------------
    @rule(name=st.sampled_from(["Intake", "Night desk"]), which=SOME, many=st.integers(1, 4))
    def save_sheet(self, name: str, which: int, many: int) -> None:
        ids = list(self.model.visible(Audience.STAFF))
        some = tuple(dict.fromkeys(ids[(which + n) % len(ids)] for n in range(many)))
        template = "Ours" if "Ours" in self.model.templates else ""
        self.guide.paper.save(name, some, self.guide.paper.begin(("en",), template))
        self.model.sheets[name] = some

    @rule(name=st.sampled_from(["Intake", "Night desk"]))
    def drop_sheet(self, name: str) -> None:
        try:
            self.guide.paper.remove(name)
        except NotFoundError:
            assert name not in self.model.sheets
        self.model.sheets.pop(name, None)

    @rule(name=st.sampled_from(["Intake", "Night desk"]))
    def open_sheet(self, name: str) -> None:
        if name in self.model.sheets:
            sheet = self.guide.paper.saved_as(name)
            there = [key for key in self.model.sheets[name] if key in self.model.visible(Audience.STAFF)]
            assert [key for key in sheet.services if key in self.model.visible(Audience.STAFF)] == there
            self.guide.sheet(sheet.services, sheet.options, Audience.VISITOR)

    @rule(there=st.booleans())
    def template(self, there: bool) -> None:
        if there:
            self.guide.paper.keep_template(HouseTemplate("Ours", "Our numbers", "Ask at the desk"))
            self.model.templates.add("Ours")
        elif self.model.templates:
            self.guide.paper.templates.remove("Ours")
            self.model.templates.clear()

    @rule(which=st.lists(SOME, max_size=3))
    def choose_cards(self, which: list[int]) -> None:
        there = {k: s for k, s in self.model.visible(Audience.VISITOR).items() if s.numbers}
        some = list(dict.fromkeys(key for one in which if (key := _pick(there, one))))
        self.guide.own.screen.choose_cards(some)
        assert self.guide.own.screen.cards() == tuple(some)

    # --- other PCs, backups, weather ------------------------------------------------------------------
    @rule(which=SOME, what=st.sampled_from(["hide", "amend", "call", "own", "template", "sheet"]))
    def other_pc_writes(self, which: int, what: str) -> None:
        services = {one.id: one for one in self.other.services() if one.phones and one.phones[0].dial not in FIXED}
        if not (key := _pick(services, which)):
            return
        number = services[key].phones[0]
        if what == "hide":
            self.other.own.words.hide(key, "answers nobody")
        elif what == "amend" and key in {one.id for one in STATE_EDITIONS[1]}:
            self.other.own.words.amend(key, f"phone/{number.id}", NUMBERS[which % 3], by="EF")
        elif what == "call":
            today = self.other.checks.today()
            self.other.checks.record([NumberCheck("", key, number.published, Result.REACHED, today, by="EF")])
        elif what == "template":
            self.other.paper.keep_template(HouseTemplate("Ours", "Numbers", "Elsewhere"))
        elif what == "sheet":
            self.other.paper.save("Intake", [key], self.other.paper.begin(("en",)))
        else:
            self.made += 1
            phone = Phone("", Channel.VOICE, NUMBERS[which % 3], NUMBERS[which % 3], "+16175552301")
            blank = self.other.own.services.blank("en", "housing")
            self.other.own.services.save(
                replace(blank, name=Words(f"Other Service {_letters(self.made)}"), phones=(phone,))
            )

    @rule(confidential=st.booleans(), there=st.booleans())
    def carry_house_file(self, confidential: bool, there: bool) -> None:
        file = self.folder / "stick.house"
        ours, theirs = (self.guide, self.other) if there else (self.other, self.guide)
        ours.own.sharing.export(file, confidential=confidential)
        if there and not confidential:
            files_outside_tell_nothing(file.read_text("utf-8"), self.model, "a house file")
        theirs.own.sharing.export(self.folder / "noted.house")  # what became of sheets and calls is noted by that
        before = _facts(theirs)
        theirs.own.sharing.merge(file)
        sent, after = _facts(ours), _facts(theirs)
        for fact, value in after.items():
            assert value in (before.get(fact), sent.get(fact)), fact
        assert set(before) <= set(after)
        for conflict in theirs.own.sharing.conflicts():
            theirs.own.sharing.decide(conflict, take_other=self.turn % 2 == 0)
        assert theirs.own.sharing.conflicts() == ()
        if theirs is self.guide:
            self._adopt()

    def _adopt(self) -> None:
        """Take what came from the other PC into the model; that it is one or the other's was looked at."""
        for key, word in self.guide.own.words.all().items():
            said = self.model.said(key)
            said.staff, said.sheet, said.hidden = word.staff_note, word.sheet_note, word.reason
            said.values = {one.field: (one.value, one.by) for one in word.amended}
            said.second = {one.field: one.value for one in word.amended if one.second}
        for (_, key, field), value in _facts(self.guide).items():
            if field == "entry" and isinstance(value, dict) and key in self.model.words:
                fields = value["fields"].items()
                self.model.words[key].seen = frozenset(v for f, v in fields if f.startswith("phone/"))
        for key in set(self.model.words) - set(self.guide.own.words.all()):
            self.model.words[key] = Said()
        ours = {one.id: one for one in self.guide.own.services.all()}
        for key in set(self.model.own) - set(ours):
            del self.model.own[key]
        for key, one in ours.items():
            self.model.own[key] = _ours(self.guide.own.services.one(key), self.model.own.get(key))
            del one
        self.model.sheets = {one.name: tuple(e.service for e in one.entries) for one in self.guide.paper.saved()}
        self.model.templates = {one.name for one in self.guide.paper.templates.all()}
        with self.guide._store() as store:
            self.model.checks = {one.id: (one.service, one.number, one.result, one.on) for one in every_check(store)}

    @rule(confidential=st.booleans())
    def back_up(self, confidential: bool) -> None:
        path = self.folder / f"{self.turn}.guide-backup"
        self.guide.safekeeping.write(path, confidential=confidential)
        if confidential:
            self.backups.append((path, _copied(self.model)))
        else:
            files_outside_tell_nothing(path.read_bytes().decode("utf-8", "replace"), self.model, "a backup")

    @rule(which=SOME)
    def restore(self, which: int) -> None:
        if self.backups:
            path, then = self.backups[which % len(self.backups)]
            self.guide.safekeeping.restore(path)
            now, self.model = self.model, _copied(then)
            self.model.order, self.model.current = now.order, now.current  # the publishers' are no part of it

    @rule(suffix=st.sampled_from([".csv", ".zip"]))
    def write_own(self, suffix: str) -> None:
        path = self.folder / f"own{suffix}"
        self.guide.own.files.write(path)
        files_outside_tell_nothing(_all_text(path), self.model, path.name)
        if suffix == ".csv":
            taken = self.guide.own.files.take_in(path)
            assert not taken.count("new"), taken

    @rule()
    def reopen(self) -> None:
        self.guide.close()
        self.guide = Guide(self.guide.settings, self.time)

    @rule()
    def power_goes_before_it_was_laid(self) -> None:
        self.guide.close()
        shutil.rmtree(self.guide.settings.data / "own", ignore_errors=True)
        self.guide = Guide(self.guide.settings, self.time)

    @rule(days=st.integers(-6, 9))
    def clock_is_set(self, days: int) -> None:
        self.time.now = NOW + timedelta(days=2 + days, seconds=self.turn)

    @rule(which=SOME)
    def take_back(self, which: int) -> None:
        if past := self.guide.own.past():
            self.guide.own.take_back(past[which % min(3, len(past))].number)
            self._adopt()


def _pick(there: Any, which: int) -> Any:
    keys = sorted(there)
    return keys[which % len(keys)] if keys else None


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _facts(guide: Guide) -> dict[tuple[str, str, str], object]:
    with guide._store() as store:
        return {(*key, field): fact.value for key, fields in things(store).items() for field, fact in fields.items()}


def _ours(service: Service, before: Ours | None) -> Ours:
    address = service.locations[0].addresses[0] if service.locations and service.locations[0].addresses else None
    road = address.address_1.split(" ")[1] if address and address.address_1.count(" ") == 2 else ""
    del before
    return Ours(service.name.text, service.phones[0].published, service.audience, road, address.visibility if address else "public",
                service.status != "active", service.staff_note)  # fmt: skip


def _copied(model: Model) -> Model:
    from copy import deepcopy

    return deepcopy(model)


def _all_text(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text("utf-8-sig")
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return " ".join(archive.read(name).decode() for name in archive.namelist())


@pytest.fixture(scope="module", autouse=True)
def _world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    _WORLD.append(make_world(tmp_path_factory.mktemp("world")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(papers, "typeset_told", _typeset)
        yield
    _WORLD.clear()


def test_whatever_a_house_does_in_any_order_the_promises_hold() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        TogetherMachine,
        settings=settings(
            max_examples=LONG or 2, stateful_step_count=40 if LONG else 12, deadline=None, derandomize=not LONG,
            suppress_health_check=list(HealthCheck), database=None,
            phases=[Phase.generate],
        ),
    )  # fmt: skip
