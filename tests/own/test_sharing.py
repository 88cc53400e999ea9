"""Two PCs of a house are kept alike by a file: the newest wins by field, clocks may be wrong, order does not matter."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.app import Guide
from guide.errors import GuideError
from guide.own.house_file import read_house
from guide.records import Audience, HouseTemplate, Question, Words
from guide.records.checking import NumberCheck, Reason, Result
from guide.records.house import Edit, Fact, HouseFileError, NewerHouseFileError
from guide.records.saved import MOST_TEMPLATES, TooManyTemplatesError
from guide.shelter.facts import change, join, newest, things
from guide.shelter.stamps import after, joined
from guide.shelter.store import Store
from tests.makers import NOW, make_catalog, make_service
from tests.own.houses import Time, filled, make_house


def two(tmp_path: Path, first: Time | None = None, second: Time | None = None) -> tuple[Guide, Guide]:
    catalog = make_catalog(tmp_path / "catalog.db")
    return make_house(tmp_path / "a", catalog, first), make_house(tmp_path / "b", catalog, second)


def carry(one: Guide, other: Guide, tmp_path: Path) -> Any:
    one.own.sharing.export(tmp_path / "stick.house", confidential=True)
    return other.own.sharing.merge(tmp_path / "stick.house")


def test_what_one_pc_wrote_the_other_has_and_the_second_time_nothing_changes(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    a.own.services.save(filled(a))
    a.own.words.note(b.search(Question("legal")).cards[0].id, staff="third floor")
    a.own.screen.welcome({"en": "Hello"})
    a.own.sharing.export(tmp_path / "x.house", confidential=True)
    would = b.own.sharing.merge(tmp_path / "x.house", dry=True)
    assert b.own.services.all() == ()
    done = b.own.sharing.merge(tmp_path / "x.house")
    assert (done.changed, done.conflicts) == (would.changed, ())
    assert b.search(Question("night beds")).cards[0].name.text == "Harbor Night Beds"
    assert b.home("visitor").welcome.text == "Hello"  # type: ignore[arg-type]
    assert b.own.sharing.merge(tmp_path / "x.house").changed == 0
    assert carry(b, a, tmp_path).changed == 0


def test_changes_of_different_fields_are_both_kept(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    mine = filled(a)
    a.own.services.save(mine)
    carry(a, b, tmp_path)
    a.own.services.save(replace(mine, cost=Words("5 dollars")))
    b.own.services.save(replace(b.own.services.one(mine.id), eligibility=Words("Women")))
    assert carry(a, b, tmp_path).conflicts == ()
    carry(b, a, tmp_path)
    for house in (a, b):
        found = house.own.services.one(mine.id)
        assert (found.cost.text, found.eligibility.text) == ("5 dollars", "Women")


def test_a_field_both_changed_is_a_conflict_that_staff_decide(tmp_path: Path) -> None:
    clock = Time(NOW + timedelta(minutes=5))
    a, b = two(tmp_path, None, clock)
    mine = filled(a)
    a.own.services.save(mine)
    carry(a, b, tmp_path)
    a.own.services.save(replace(mine, cost=Words("5 dollars")))
    b.own.services.save(replace(b.own.services.one(mine.id), cost=Words("6 dollars")))
    done = carry(a, b, tmp_path)
    assert done.changed == 0, "b wrote later"
    (conflict,) = done.conflicts
    assert (conflict.field, conflict.name, conflict.kept, conflict.other) == (
        "cost", "Harbor Night Beds", [["en", "6 dollars"]], [["en", "5 dollars"]],
    )  # fmt: skip
    assert b.own.sharing.conflicts() == (conflict,)
    b.own.sharing.decide(conflict, take_other=True)
    assert b.own.sharing.conflicts() == ()
    assert b.own.services.one(mine.id).cost.text == "5 dollars"
    assert carry(b, a, tmp_path).conflicts == ()
    assert a.own.services.one(mine.id).cost.text == "5 dollars"


def test_a_pc_whose_clock_is_years_ahead_does_not_win_for_ever(tmp_path: Path) -> None:
    a, b = two(tmp_path, None, Time(datetime(2040, 1, 1, tzinfo=UTC)))
    mine = filled(b)
    b.own.services.save(mine)
    carry(b, a, tmp_path)
    a.own.services.save(replace(a.own.services.one(mine.id), cost=Words("after it")))
    assert carry(a, b, tmp_path).changed > 0
    assert b.own.services.one(mine.id).cost.text == "after it"


def test_a_second_look_does_not_travel(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    line = a.services()[0]
    field = f"phone/{line.phones[0].id}"
    with Store(tmp_path / "a/data/shelter.db", a.clock) as store:
        change(store, a.clock, [Edit("word", line.id, f"second/{field}", {"value": "1", "by": "X"})])
    a.own.words.note(line.id, staff="x")
    carry(a, b, tmp_path)
    assert "second" not in (tmp_path / "stick.house").read_text()
    text = (tmp_path / "stick.house").read_text().replace('"staff_note"', f'"second/{field}"')
    (tmp_path / "bad.house").write_text(text)
    assert all(not fact.field.startswith("second") for fact in read_house(tmp_path / "bad.house"))


def test_saved_sheets_travel_and_their_change_can_be_taken_back(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    ids = [s.id for s in a.services()]
    a.paper.save("Intake", ids[:2], a.paper.begin(("en",)))
    carry(a, b, tmp_path)
    assert [(s.name, s.services) for s in b.paper.saved()] == [("Intake", tuple(ids[:2]))]
    assert carry(a, b, tmp_path).changed == 0
    b.paper.save("Intake", ids, b.paper.begin(("en", "es")))
    carry(b, a, tmp_path)
    assert a.paper.saved()[0].services == tuple(ids)
    b.paper.remove("Intake")
    (last, *_) = b.own.past()
    assert (last.what, last.name) == ("sheet", "Intake")
    b.own.take_back(last.number)
    assert [s.name for s in b.paper.saved()] == ["Intake"]


# --- the order does not matter --------------------------------------------------------------------------
PCS = ("aaaaaaaa", "bbbbbbbb", "cccccccc")
WRITES = st.lists(
    st.tuples(st.sampled_from(range(3)), st.sampled_from("xyz"), st.integers(0, 3), st.booleans()), max_size=12
)


def written(writes: list[tuple[int, str, int, bool]]) -> list[dict[str, Fact]]:
    """Return what three PCs hold after writing (pc, field, value), now and then taking in the first one's facts."""
    pcs: list[dict[str, Fact]] = [{}, {}, {}]
    for moment, (pc, field, value, meets) in enumerate(writes):
        here = pcs[pc]
        if meets:
            for key, fact in pcs[0].items():
                here[key] = newest(here[key], fact) if key in here else fact
        least = max((int(f.stamp[:17]) for f in here.values()), default=0)
        stamp = f"{max(moment, least + 1):017d}.{PCS[pc]}"
        seen = after(dict(here[field].seen) if field in here else {}, stamp)
        here[field] = Fact("own", "s", field, value, stamp, tuple(seen.items()))
    return pcs


@settings(deadline=None)
@given(WRITES)
def test_joining_is_commutative_associative_and_idempotent(writes: list[tuple[int, str, int, bool]]) -> None:
    a, b, c = written(writes)

    def both(one: dict[str, Fact], other: dict[str, Fact]) -> dict[str, Fact]:
        return {
            k: newest(one[k], other[k]) if k in one and k in other else one.get(k) or other[k] for k in {*one, *other}
        }

    assert both(a, b) == both(b, a)
    assert both(both(a, b), c) == both(a, both(b, c))
    assert both(a, a) == {k: Fact(f.kind, f.id, f.field, f.value, f.stamp, tuple(joined(dict(f.seen), {}).items()))
                          for k, f in a.items()}  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=WRITES, order=st.permutations([0, 1, 2]))
def test_files_in_any_order_leave_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[int, str, int, bool]], order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    pcs = written(writes)
    held = []
    for name, turns in (("one", [0, 1, 2]), ("other", order)):
        with Store(folder / f"{name}.db", Time()) as store:
            for pc in turns:
                join(store, list(pcs[pc].values()))
                taken, _ = join(store, list(pcs[pc].values()))
                assert taken == []
            held.append(things(store))
    assert held[0] == held[1]


# --- files from anywhere --------------------------------------------------------------------------------
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    ["name", "category", "phones", "schedules", "places", "audience", "removed", "languages", "hours"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(FIELDS, JSON), max_size=6))
def test_values_that_make_no_sense_never_break_the_guide(values: list[tuple[str, Any]]) -> None:
    from guide.own.derive import own_services

    facts = {f: Fact("own", "00000000-0", f, json.loads(json.dumps(v, allow_nan=True)), "", ()) for f, v in values}
    facts |= {
        "name": Fact("own", "x", "name", [["en", "A"]], "", ()),
        "category": Fact("own", "x", "category", "c", "", ()),
    }
    assert len(own_services({("own", "00000000-0"): facts}, closed=True)) in (0, 1)


def test_a_hostile_house_file_is_refused_whole(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    a.own.services.save(filled(a))
    a.own.sharing.export(tmp_path / "good.house")
    good = json.loads((tmp_path / "good.house").read_text())
    bad: list[Any] = [
        [], {}, "x", good | {"format": "other"}, good | {"facts": {}}, good | {"schema": "1"},
        *(good | {"facts": [good["facts"][0] | change]} for change in (
            {"kind": "staff_lock"}, {"id": ""}, {"id": "x" * 500}, {"field": "a\nb"}, {"stamp": "9" * 40}, {"seen": []},
            {"seen": {"x": "y"}}, {"value": "x" * 50_000}, {"stamp": 5},
        )),
        good | {"facts": [good["facts"][0]] * 2},
    ]  # fmt: skip
    for number, content in enumerate(bad):
        path = tmp_path / f"{number}.house"
        path.write_text(json.dumps(content))
        with pytest.raises(HouseFileError):
            b.own.sharing.merge(path)
    for data in (b"", b"\xff\xfe", b"[" * 100_000, b'{"format": "resource-guide-house", "schema": 1, "facts": [NaN]}'):
        (tmp_path / "raw.house").write_bytes(data)
        with pytest.raises(GuideError):
            b.own.sharing.merge(tmp_path / "raw.house")
    (tmp_path / "new.house").write_text(json.dumps(good | {"schema": 3}))
    with pytest.raises(NewerHouseFileError):
        b.own.sharing.merge(tmp_path / "new.house")
    assert b.own.services.all() == ()


# --- what is kept elsewhere than as facts -----------------------------------------------------------------
def called(house: Guide, service: str, **more: Any) -> NumberCheck:
    (kept,) = house.checks.record([NumberCheck("", service, "", Result.REACHED, NOW.date(), **more)])
    return kept


def test_calls_travel_without_staffs_words_and_spare_the_other_pc_a_second_call(tmp_path: Path) -> None:
    lines = [make_service(name, assured_date=None) for name in ("First Line", "Second Line")]
    catalog = make_catalog(tmp_path / "due.db", lines, call_now=())
    a, b = (make_house(tmp_path / name, catalog) for name in "ab")
    first, second = (due.service for due in b.checks.due_entries()[:2])
    b.checks.begin()
    one, other = called(a, first, by="AB", note="Maria answered"), called(a, second)
    a.own.sharing.export(tmp_path / "x.house")
    assert "Maria" not in (tmp_path / "x.house").read_text()
    assert b.own.sharing.merge(tmp_path / "x.house").changed == 2
    assert b.checks.here([first])[first].by == "AB"
    assert [line.result for line in b.checks.round().entries if line.service in (first, second)] == ["reached"] * 2
    assert b.own.sharing.merge(tmp_path / "x.house").changed == 0
    assert carry(b, a, tmp_path).changed == 0, "nothing comes back changed"
    a.checks.take_back(other.id)
    assert carry(a, b, tmp_path).changed == 2, "the call, and the words of the first one"
    assert (second in b.checks.here([second]), b.checks.here([first])[first].note) == (False, "Maria answered")
    assert one.id == b.checks.here([first])[first].id


def test_what_visitors_ticked_stays_and_what_staff_reported_travels_until_it_is_settled(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    entry = a.services()[0].id
    a.checks.report(entry, [Reason.HOURS], Audience.VISITOR)
    a.checks.report(entry, [Reason.COST], Audience.STAFF)
    assert carry(a, b, tmp_path).changed == 1
    assert [one.reasons for one in b.checks.reports()] == [(Reason.COST,)]
    assert "hours" not in (tmp_path / "stick.house").read_text().replace('"field": "hours"', ""), "SAFETY N1"
    b.checks.settle(entry)
    carry(b, a, tmp_path)
    assert [one.reasons for one in a.checks.reports()] == [(Reason.HOURS,)]


def test_templates_travel_field_by_field_and_their_change_can_be_taken_back(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    a.paper.templates.keep(HouseTemplate("Youth night", "For tonight", "Ask at the desk"))
    carry(a, b, tmp_path)
    assert b.paper.templates.all() == a.paper.templates.all()
    a.paper.templates.keep(HouseTemplate("Youth night", "For this week", "Ask at the desk"))
    b.paper.templates.keep(HouseTemplate("Youth night", "For tonight", "Ask upstairs"))
    assert carry(a, b, tmp_path).conflicts == ()
    carry(b, a, tmp_path)
    for house in (a, b):
        (made,) = house.paper.templates.all()
        assert (made.title, made.footer) == ("For this week", "Ask upstairs")
    b.paper.templates.remove("Youth night")
    carry(b, a, tmp_path)
    assert a.paper.templates.all() == ()
    assert next(one.name for one in b.own.past() if one.what == "template") == "Youth night"
    b.own.take_back(b.own.past()[0].number)
    assert b.paper.templates.named("youth night").footer == "Ask upstairs"


def test_a_template_too_many_is_named_stays_in_the_file_and_is_never_taken_for_removed(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    for n in range(MOST_TEMPLATES):
        b.paper.templates.keep(HouseTemplate(f"Here {n:02}"))
    a.paper.templates.keep(HouseTemplate("One more"))
    assert carry(a, b, tmp_path).no_room == ("One more",)
    third = make_house(tmp_path / "third", tmp_path / "catalog.db")
    carry(b, third, tmp_path)
    assert len(third.paper.templates.all()) == MOST_TEMPLATES
    b.paper.templates.remove("Here 00")
    assert carry(a, b, tmp_path).no_room == ()
    assert b.paper.templates.named("One more").name == "One more"
    with pytest.raises(TooManyTemplatesError):
        b.paper.templates.keep(HouseTemplate("Another"))


def test_what_names_a_service_for_staff_alone_stays_unless_staff_ask(tmp_path: Path) -> None:
    a, _b = two(tmp_path)
    quiet = filled(a, "Quiet Place", audience=Audience.STAFF)
    a.own.services.save(quiet)
    called(a, quiet.id)
    a.checks.report(quiet.id, [Reason.COST], Audience.STAFF)
    a.paper.save("Quiet sheet", [quiet.id], a.paper.begin(("en",)))
    a.own.sharing.export(tmp_path / "x.house")
    a.safekeeping.write(tmp_path / "x.backup")
    for file in ("x.house", "x.backup"):
        assert b"Quiet Place" not in (tmp_path / file).read_bytes(), "SAFETY N7"
    a.own.sharing.export(tmp_path / "y.house", confidential=True)
    assert "Quiet Place" in (tmp_path / "y.house").read_text()


def test_a_call_of_a_day_to_come_or_without_sense_is_left_out_of_a_file(tmp_path: Path) -> None:
    a, b = two(tmp_path)
    entry = a.services()[0].id
    called(a, entry)
    a.own.sharing.export(tmp_path / "x.house")
    good = json.loads((tmp_path / "x.house").read_text())
    for change_ in ({"on": "2099-01-01"}, {"result": "sure"}, {"service": ""}, {"number": 5}, {"answers": {"x": "y"}}):
        bent = json.loads(json.dumps(good))
        bent["facts"][0]["value"] |= change_
        (tmp_path / "bent.house").write_text(json.dumps(bent))
        done = b.own.sharing.merge(tmp_path / "bent.house")
        assert (done.changed, done.not_understood) == (0, 1), change_
    assert b.checks.here([entry]) == {}
