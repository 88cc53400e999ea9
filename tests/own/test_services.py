"""This house's own services stand beside the publisher's: found, counted, opened, printed, closed, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from guide.errors import NotFoundError, UsageError
from guide.records import Address, Audience, Location, Organization, Question, Schedule, Words
from guide.records.laid import is_ours
from tests.makers import make_catalog, make_phone, make_service
from tests.own.houses import SECRET, Time, filled, make_house


def test_an_own_service_is_found_counted_browsed_and_opened_like_any_other(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    before = house.home(Audience.VISITOR)
    mine = filled(house)
    house.own.services.save(mine)
    home = house.home(Audience.VISITOR)
    assert home.total == before.total + 1
    assert {t.category.slug: t.count for t in home.tiles}["housing"] == 2
    answer = house.search(Question("harbor"))
    assert [card.id for card in answer.cards] == [mine.id]
    assert is_ours(answer.cards[0].id)
    browsed = house.search(Question(needs=frozenset({"housing"})))
    assert browsed.total == 2
    assert {v.slug: v.count for v in browsed.facets if v.facet == "need"}["housing"] == 2
    detail = house.detail(mine.id, Audience.VISITOR)
    assert detail.service.phones[1].word("en") == "BEDS"
    assert detail.category.slug == "housing"
    assert detail.freshness.basis == "checked"
    assert mine.id in house.service_ids(Audience.VISITOR, "housing")


def test_it_stands_on_a_sheet(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = filled(house)
    house.own.services.save(mine)
    paper = house.sheet([mine.id], house.paper.begin(("en",)), Audience.VISITOR)
    assert paper.pages == 1
    assert not paper.left_out


def test_what_was_typed_comes_back_whole_in_the_form(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = filled(house)
    house.own.services.save(mine)
    back = house.own.services.one(mine.id)
    assert back.locations[0].addresses[0].address_1 == SECRET
    for field in ("name", "description", "languages", "hours", "schedules", "eligibility", "minimum_age", "cost",
                  "application_process", "required_documents", "staff_note", "category"):  # fmt: skip
        assert getattr(back, field) == getattr(mine, field), field
    assert [(p.channel, p.published, p.dial, p.note, p.keyword) for p in back.phones] == [
        (p.channel, p.published, p.dial, p.note, p.keyword) for p in mine.phones
    ]


def test_a_closed_address_reaches_no_file_but_the_staffs_own(tmp_path: Path) -> None:
    """SAFETY L1, N7: not the small catalog, its index, a sheet, a spreadsheet, a package or a file for another PC."""
    house = make_house(tmp_path)
    mine = filled(house)
    house.own.services.save(mine)
    house.search(Question("hidden orchard"))
    paper = house.sheet([mine.id], house.paper.begin(("en",)), Audience.STAFF)
    house.own.files.write(tmp_path / "own.csv")
    house.own.files.write(tmp_path / "own.zip", confidential=True)
    house.own.sharing.export(tmp_path / "own.house")
    house.close()
    found = [p.name for p in tmp_path.rglob("*") if p.is_file() and b"Orchard" in p.read_bytes()]
    assert {name for name in found if not name.endswith(".guide-backup")} <= {"shelter.db", "shelter.db-wal"}
    house.safekeeping.write(tmp_path / "away.guide-backup")
    assert b"Orchard" not in (tmp_path / "away.guide-backup").read_bytes()
    assert b"Orchard" not in paper.pdf
    assert house.search(Question("hidden orchard")).total == 0
    house.own.files.write(tmp_path / "own.csv", confidential=True)
    assert SECRET in (tmp_path / "own.csv").read_text("utf-8-sig"), "staff asked for it"


def test_closing_keeps_it_for_staff_alone_and_it_can_be_taken_back(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = filled(house)
    house.own.services.save(mine)
    house.own.services.close(mine.id)
    assert house.search(Question("harbor")).total == 0
    with pytest.raises(NotFoundError):
        house.detail(mine.id, Audience.STAFF)
    assert [s.status for s in house.own.services.all()] == ["inactive"]
    house.own.take_back(house.own.past()[0].number)
    assert house.search(Question("harbor")).total == 1
    house.own.services.remove(mine.id)
    assert house.own.services.all() == ()
    assert house.own.past()[0].what == "removed"
    house.own.take_back(house.own.past()[0].number)
    assert len(house.own.services.all()) == 1


def test_an_entry_for_staff_is_not_shown_to_visitors(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = filled(house, audience=Audience.STAFF)
    house.own.services.save(mine)
    assert house.search(Question("harbor")).total == 0
    assert house.search(Question("harbor", audience=Audience.STAFF)).total == 1
    assert house.home(Audience.VISITOR).total == 3
    with pytest.raises(NotFoundError):
        house.detail(mine.id, Audience.VISITOR)


def test_only_what_differs_is_written_and_saving_twice_changes_nothing(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    mine = filled(house)
    assert house.own.services.save(mine) > 10
    assert house.own.services.save(mine) == 0
    assert house.own.services.save(replace(mine, cost=Words("5 dollars"))) == 1
    assert len(house.own.past()) == 2


def test_a_copy_of_an_entry_says_all_it_says_and_is_ours(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    theirs = next(s for s in house.services() if s.name.text == "County Legal Aid")
    mine = house.own.services.copy_of(theirs)
    assert is_ours(mine.id)
    assert (mine.name, mine.category, [p.published for p in mine.phones]) == (
        theirs.name, "legal", ["(555) 010-3300"],
    )  # fmt: skip
    assert mine.assured_date is None
    house.own.services.save(mine)
    assert house.search(Question("county legal")).total == 2


def test_what_is_typed_is_looked_at(tmp_path: Path) -> None:
    legal = make_service(
        "County Legal Aid", category="legal", phones=(make_phone("(617) 495-1000", dial="+16174951000"),)
    )
    house = make_house(
        tmp_path, make_catalog(tmp_path / "c.db", [legal, make_service("Harbor Night Beds Center")], call_now=())
    )
    hard = "Notwithstanding administrative prerequisites, individuals demonstrating eligibility may additionally access comprehensive multidisciplinary rehabilitation."
    odd = filled(
        house,
        phones=(make_phone("617 495 1000", dial="+16174951000"), make_phone("call us", dial="")),
        description=Words(hard),
    )
    found = {(r.kind, r.field): r for r in house.own.services.remarks(odd)}
    assert found["number-double", "phones/0"].other == "County Legal Aid"
    assert found["name-double", "name"].other == "Harbor Night Beds Center"
    assert ("dial", "phones/1") in found
    assert int(found["grade", "description"].text) > 8
    assert ("spanish", "description") in found
    nothing = house.own.services.blank("en")
    assert [r.kind for r in house.own.services.remarks(nothing) if r.stops] == ["name", "need"]
    with pytest.raises(UsageError):
        house.own.services.save(nothing)


def test_a_draft_outlives_the_program_and_is_no_service(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    typed = replace(house.own.services.blank("en"), description=Words("half a sen"))
    house.own.services.keep_draft("new", typed)
    house.close()
    again = make_house(tmp_path, tmp_path / "catalog.db")
    (draft,) = again.own.services.drafts()
    assert (draft.id, draft.service.id, draft.service.description.text, draft.service.name.text) == (
        "new", typed.id, "half a sen", "",
    )  # fmt: skip
    assert again.home(Audience.STAFF).total == 3
    again.own.services.drop_draft("new")
    assert again.own.services.drafts() == ()


def test_own_services_survive_a_lost_derived_folder_and_another_edition(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    house.own.services.save(filled(house))
    for path in sorted((tmp_path / "data" / "own").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    house.close()
    house = make_house(tmp_path, tmp_path / "catalog.db")
    assert house.search(Question("harbor")).total == 1
    make_catalog(tmp_path / "catalog.db", [make_service("Another", phones=())], call_now=())
    assert house.search(Question("harbor")).total == 1
    assert house.search(Question("")).total == 2
    assert house.home(Audience.VISITOR).total == 2


def test_without_anything_of_its_own_nothing_is_written(tmp_path: Path) -> None:
    house = make_house(tmp_path, clock=Time())
    house.home(Audience.VISITOR)
    house.search(Question("shelter"))
    assert not (tmp_path / "data" / "own").exists()
    assert not (tmp_path / "data" / "shelter.db").exists()


def test_what_the_form_has_no_field_for_is_kept_of_a_copied_entry(tmp_path: Path) -> None:
    place = Location(
        "x", Words("Main house"), Words("Blue door"), "Bus 14", 42.36, -71.06,
        (Address("1 Main St", "Boston", "MA", "02139"), Address("PO Box 5", "Boston", "MA", address_type="postal")),
        ("wheelchair",), ("en",), (Schedule(("MO",), time(9), time(12)),),
    )  # fmt: skip
    second = Location("y", addresses=(Address("2 Side St", "Salem", "MA"),))
    theirs = make_service(
        "Many Places", locations=(place, second), details=(("Intake", "By the side door"),), also_in=("legal",),
        organization=Organization("o", Words("Harbor House"), url="https://example.org", email="a@example.org"),
        phones=(make_phone("(617) 495-1000", languages=("es", "vi")), make_phone("(617) 495-1001", hidden=True)),
    )  # fmt: skip
    house = make_house(tmp_path, make_catalog(tmp_path / "c.db", [theirs], call_now=()))
    mine = house.own.services.copy_of(house.services([theirs.id])[0])
    house.own.services.save(mine)
    kept = house.own.services.one(mine.id)
    assert [p.published for p in kept.phones] == ["(617) 495-1000"], "what its publisher hides is not shown by a copy"
    assert kept.phones[0].languages == ("es", "vi")
    first, other = kept.locations
    assert (first.name, first.description, first.transportation) == (place.name, place.description, "Bus 14")
    assert (first.addresses, first.accessibility, first.languages) == (place.addresses, ("wheelchair",), ("en",))
    assert (first.latitude, first.schedules) == (42.36, place.schedules)
    assert other.addresses == second.addresses
    assert kept.details == theirs.details
    assert (kept.organization.url, kept.organization.email) == ("https://example.org", "a@example.org")
    closed = replace(first, addresses=(replace(first.addresses[0], visibility="never"), first.addresses[1]))
    house.own.services.save(replace(kept, locations=(closed, other)))
    assert house.own.services.one(mine.id).locations[0].latitude is None, "SAFETY L1: no point of a closed address"
    house.own.sharing.export(tmp_path / "x.house")
    assert "1 Main St" not in (tmp_path / "x.house").read_text(), "SAFETY N7"


def test_a_further_address_that_is_closed_stays_in_the_house(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    place = Location("", addresses=(Address("1 Main St", "Boston"), Address(SECRET, "Boston", visibility="never")))
    mine = filled(house, locations=(place,))
    house.own.services.save(mine)
    house.own.sharing.export(tmp_path / "x.house")
    house.own.files.write(tmp_path / "x.csv")
    house.own.files.write(tmp_path / "x.zip")
    house.safekeeping.write(tmp_path / "x.backup")
    for name in ("x.house", "x.csv", "x.backup"):
        assert SECRET.encode() not in (tmp_path / name).read_bytes(), "SAFETY L2"
    assert SECRET not in str(house.detail(mine.id, Audience.STAFF))
    assert all(SECRET.encode() not in f.read_bytes() for f in (tmp_path / "data" / "own").iterdir())


def test_a_spreadsheet_with_one_place_leaves_the_other_places_as_they_are(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    places = (
        Location("", addresses=(Address("1 Main St", "Boston"),)),
        Location("", addresses=(Address("2 Side St"),)),
    )
    mine = filled(house, locations=places)
    house.own.services.save(mine)
    house.own.files.write(tmp_path / "x.csv")
    assert house.own.files.take_in(tmp_path / "x.csv").count("changed") == 0
    assert [p.addresses[0].address_1 for p in house.own.services.one(mine.id).locations] == ["1 Main St", "2 Side St"]
