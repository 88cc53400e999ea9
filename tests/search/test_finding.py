"""What the order, the facets and the kinder readings promise, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.records import Answer, Audience, Channel, Question, Schedule, Service, Words
from guide.search.ask import Search
from guide.settings import STARTER_CATALOG
from tests.makers import ALWAYS, NOW, make_catalog, make_phone, make_service

SLUGS = st.frozensets(st.sampled_from(["", "en", "es", "crisis", "legal", "women", "24-7", "free", "text", "nothing"]))


def asked(folder: Path, services: list[Service], question: Question) -> Answer:
    search = Search.open(make_catalog(folder / "catalog.db", services), folder / "index")
    try:
        return search.ask(question, NOW)
    finally:
        search.close()


def shown(answer: Answer) -> list[str]:
    return [card.name.text for card in answer.cards]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    search = Search.open(STARTER_CATALOG, tmp_path_factory.mktemp("index"))
    yield search
    search.close()


def test_equal_matches_show_crisis_lines_first_and_else_the_publishers_order(tmp_path: Path) -> None:
    services = [
        make_service("Harbor House"),
        make_service("Harbor Kitchen"),
        make_service("Harbor Line", category="crisis"),
        make_service("Alpha", description=Words("Near the harbor."), category="crisis"),
    ]
    assert shown(asked(tmp_path, services, Question("harbor"))) == [
        "Harbor Line",
        "Harbor House",
        "Harbor Kitchen",
        "Alpha",
    ]


def test_a_name_that_holds_the_very_word_comes_before_longer_words(tmp_path: Path) -> None:
    services = [make_service("National Line"), make_service("Groups AA and NA")]
    assert shown(asked(tmp_path, services, Question("na"))) == ["Groups AA and NA", "National Line"]


def test_the_total_counts_every_match_however_many_words_begin_so(tmp_path: Path) -> None:
    services = [make_service(f"Place {n}", description=Words(f"comm{n:03d}x")) for n in range(120)]
    answer = asked(tmp_path, services, Question("comm", limit=7))
    assert answer.total == 120
    assert len(answer.cards) == 7


def test_hours_nobody_can_read_are_unknown_and_stay_in_sight(tmp_path: Path) -> None:
    vague = Schedule((), None, None, description="call first")
    nowhere = replace(ALWAYS[0], timezone="Mars/Olympus")
    services = [
        make_service("Vague", schedules=(vague,)),
        make_service("Nowhere", schedules=(nowhere,)),
        make_service("Always", schedules=ALWAYS),
    ]
    answer = asked(tmp_path, services, Question(open_now=True))
    assert sorted(shown(answer)) == ["Always", "Nowhere", "Vague"]
    assert {f.slug: f.count for f in answer.facets if f.facet == "open"} == {"open": 1, "": 2}


def test_access_is_read_out_of_the_entry_where_the_publisher_has_no_tag(tmp_path: Path) -> None:
    services = [
        make_service(
            "All",
            phones=(make_phone("741741", channel=Channel.TEXT), make_phone("711", channel=Channel.TTY)),
            schedules=ALWAYS,
            cost=Words("Free and private"),
            accessibility=("Wheelchair ramp",),
        ),
        make_service("Paid", cost=Words("Free or low cost")),
    ]
    answer = asked(tmp_path, services, Question())
    counts = {f.slug: (f.count, f.label.text) for f in answer.facets if f.facet == "access"}
    assert counts == {
        "text": (1, "By text"),
        "tty": (1, "TTY or relay"),
        "24-7": (1, "Open 24 hours"),
        "free": (1, "Free"),
        "wheelchair": (1, "Wheelchair access"),
        "": (1, "Not said"),
    }


def test_languages_are_named_as_their_speakers_name_them_and_unknown_is_counted(tmp_path: Path) -> None:
    services = [
        make_service("One", languages=("en", "es")),
        make_service("Two", languages=()),
        make_service("Three", languages=(), phones=(make_phone(languages=("ht",)),)),
    ]
    answer = asked(tmp_path, services, Question(languages=frozenset({"", "ht"})))
    labels = {f.slug: (f.label.text, f.count) for f in answer.facets if f.facet == "language"}
    assert labels == {"en": ("English", 1), "es": ("Español", 1), "ht": ("Kreyòl ayisyen", 1), "": ("Not said", 1)}
    assert sorted(shown(answer)) == ["Three", "Two"]


def test_a_language_is_found_by_any_of_its_names(tmp_path: Path) -> None:
    services = [make_service("One"), make_service("Two", languages=("ht",))]
    search = Search.open(make_catalog(tmp_path / "catalog.db", services), tmp_path / "index")
    for typed in ("creole", "kreyol", "criollo"):
        assert shown(search.ask(Question(typed), NOW)) == ["Two"], typed
    search.close()


def test_a_choice_that_matches_nothing_stays_in_sight_to_be_undone(tmp_path: Path) -> None:
    answer = asked(tmp_path, [make_service("One")], Question(needs=frozenset({"legal"})))
    assert answer.total == 0
    assert ("legal", 0) in {(f.slug, f.count) for f in answer.facets if f.facet == "need"}


def test_a_staff_note_is_never_searched(tmp_path: Path) -> None:
    services = [make_service("One", staff_note="ask for zanzibar", history="was kashmir")]
    assert asked(tmp_path, services, Question("zanzibar", audience=Audience.STAFF)).total == 0
    assert asked(tmp_path / "2", services, Question("kashmir", audience=Audience.STAFF)).total == 0


def test_a_correction_never_leads_a_visitor_to_a_word_of_staff_entries(tmp_path: Path) -> None:
    services = [make_service("Enforcement", audience=Audience.STAFF), make_service("Night Shelter")]
    answer = asked(tmp_path, services, Question("enforcment"))
    assert (answer.total, answer.corrected) == (0, "")
    staff = asked(tmp_path / "2", services, Question("enforcment", audience=Audience.STAFF))
    assert (staff.total, staff.corrected) == (1, "enforcement")


def test_a_correction_is_spelled_as_the_catalog_spells_it(tmp_path: Path) -> None:
    services = [replace(make_service("x"), name=Words("Ayuda de inmigración", "es"))]
    assert asked(tmp_path, services, Question("inmigrasion", language="es")).corrected == "inmigración"


def test_short_words_are_not_turned_into_others(starter: Search) -> None:
    """A word of danger must never lead to discounts: "kill" once became "bill"."""
    for typed in ("kill", "kill xqzw", "cell xqzw"):
        assert starter.ask(Question(typed), NOW).corrected == ""


def test_where_not_every_word_is_known_the_known_ones_are_shown_and_said(starter: Search) -> None:
    answer = starter.ask(Question("homeless xqzwv"), NOW)
    assert answer.total
    assert answer.corrected == "homeless"


def test_everyday_words_keep_the_rest_of_the_question_where_that_finds_more(tmp_path: Path) -> None:
    services = [make_service("Shelter One"), make_service("Shelter Two", description=Words("In Hialeah."))]
    assert shown(asked(tmp_path, services, Question("place to sleep hialeah"))) == ["Shelter Two"]
    assert len(shown(asked(tmp_path / "2", services, Question("place to sleep tonight")))) == 2


@given(words=st.text(max_size=12), needs=SLUGS, people=SLUGS, languages=SLUGS, access=SLUGS, open_now=st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_filters_give_exact_counts_and_no_staff_entry(
    starter: Search,
    words: str,
    needs: frozenset[str],
    people: frozenset[str],
    languages: frozenset[str],
    access: frozenset[str],
    open_now: bool,
) -> None:
    asked_for = Question(words, "es", Audience.VISITOR, needs, people, languages, access, open_now, limit=100)
    answer = starter.ask(asked_for, NOW)
    assert len(answer.cards) == answer.total == len({card.id for card in answer.cards})
    assert not any(card.staff_only for card in (*answer.cards, *answer.crisis))
    assert all(card.open.state != "closed" for card in answer.cards) or not open_now
    assert all(value.count <= 70 for value in answer.facets)
