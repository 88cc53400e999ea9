"""Finding: typed words lead to the right entries, whatever is typed, and never to what a visitor may not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guide.errors import BrokenCatalogError
from guide.records import Audience, Question, Schedule, Words
from guide.search.ask import Search, index_path
from guide.settings import STARTER_CATALOG
from tests.makers import ALWAYS, NOW, make_catalog, make_phone, make_service


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    search = Search.open(STARTER_CATALOG, tmp_path_factory.mktemp("index"))
    yield search
    search.close()


def opened(folder: Path, *services: object) -> Search:
    catalog = make_catalog(folder / "catalog.db", services or None)  # type: ignore[arg-type]
    return Search.open(catalog, folder / "index")


def names(search: Search, words: str, **over: object) -> list[str]:
    answer = search.ask(Question(words=words, **over), NOW)  # type: ignore[arg-type]
    return [card.name.text for card in answer.cards]


HOSTILE = [
    '"', "'", '""""', "*", "s*", "*s", "NEAR(", "NEAR(shelter help, 2)", "a AND", "OR OR", "NOT x", "name:shelter",
    "{name}: x", "^shelter", "-shelter", "a + b", "'; DROP TABLE card; --", "x' OR '1'='1", "%", "_", "\\", "\x00",
    "she\x00lter", "\ud800", "\u202eretlehs\u202c", "\u200bshelter\ufeff", "🏠🆘", "👩‍👧‍👦 help", "ﷺ", "²½ⅷ", "𝓼𝓱𝓮𝓵𝓽𝓮𝓻",
    "x" * 10_000, "shelter " * 1250, "🏠" * 10_000, "(" * 10_000, "1" * 10_000, "é" * 10_000, "\n\t\r", "\U0010ffff",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("audience", list(Audience))
def test_hostile_text_finds_something_or_nothing_and_is_never_an_error(
    starter: Search, typed: str, audience: Audience
) -> None:
    for words in (typed, f"shelter {typed}", f"{typed} shelter"):
        answer = starter.ask(Question(words=words, audience=audience, limit=5), NOW)
        assert len(answer.cards) == min(answer.total, 5)


@given(st.text(max_size=40))
@example('a" OR b* NEAR(c) {name} : - ^ AND')
@example("'; DROP TABLE word; --")
@example("x" * 10_000)
@example("sheltr " * 2_000)
@example("1-800-" * 3_000)
@example("\u202e999\u202c \u2066kill\u2069 \U0001f198\U0001f1fa\U0001f1f8\u200d\ufe0f")
@example("\x00\ud800 % _ [a-z] \\ `")
@example("me " * 500 + "pega")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_a_search_or_shows_a_visitor_a_staff_entry(starter: Search, text: str) -> None:
    answer = starter.ask(Question(words=text), NOW)
    assert not any(card.staff_only for card in answer.cards)
    assert answer.total <= 70
    assert len(answer.crisis) >= 3


def test_staff_see_staff_entries_marked_and_visitors_never(starter: Search) -> None:
    visitor = starter.ask(Question(words="toolkit survivor"), NOW)
    assert not any(card.staff_only for card in visitor.cards)
    assert "toolkit" not in visitor.corrected  # the word stands in staff entries alone
    staff = starter.ask(Question(words="toolkit survivor", audience=Audience.STAFF), NOW)
    assert staff.cards
    assert staff.cards[0].staff_only
    assert "staff-training" not in {f.slug for f in starter.ask(Question(), NOW).facets}


def test_words_in_any_order_with_or_without_accents_find_the_same(starter: Search) -> None:
    one = names(starter, "violencia doméstica")
    assert one
    assert one == names(starter, "DOMESTICA violencia") == names(starter, "  domest   violen ")


def test_a_number_is_found_in_any_form(tmp_path: Path) -> None:
    search = opened(tmp_path, make_service("Line", phones=(make_phone("1-800-799-7233", dial="+18007997233"),)))
    for typed in ("1-800-799-7233", "8007997233", "(800) 799", "800.799.7233", "+1 800 799 7233", "18007997"):
        assert names(search, typed) == ["Line"], typed
    search.close()


def test_a_misspelling_shows_results_and_says_for_what(starter: Search) -> None:
    answer = starter.ask(Question(words="sheltr"), NOW)
    assert answer.corrected == "shelter"
    assert answer.total
    assert starter.ask(Question(words="zzzzqqq"), NOW).corrected == ""


def test_nothing_found_still_gives_the_crisis_lines(starter: Search) -> None:
    answer = starter.ask(Question(words="zzzzqqq"), NOW)
    assert answer.total == 0
    assert [card.phone.published for card in answer.crisis if card.phone] == [
        "988",
        "1-888-373-7888",
        "1-800-799-7233",
    ]


def test_facets_count_every_match_and_leave_their_own_choice_open(starter: Search) -> None:
    def counts(question: Question) -> dict[tuple[str, str], int]:
        return {(f.facet, f.slug): f.count for f in starter.ask(question, NOW).facets}

    free = counts(Question())
    chosen = starter.ask(Question(needs=frozenset({"legal"})), NOW)
    assert chosen.total == free["need", "legal"]
    assert counts(Question(needs=frozenset({"legal"})))["need", "food"] == free["need", "food"]
    both = starter.ask(Question(needs=frozenset({"legal", "food"})), NOW).total
    assert both >= max(free["need", "legal"], free["need", "food"])
    narrowed = starter.ask(Question(needs=frozenset({"legal"}), access=frozenset({"spanish"})), NOW)
    assert narrowed.total == counts(Question(needs=frozenset({"legal"})))["access", "spanish"]


def test_open_now_keeps_what_is_unknown_and_says_how_many(tmp_path: Path) -> None:
    shut = Schedule(("TU",), time(6), time(7), "America/New_York")
    search = opened(
        tmp_path,
        make_service("Always", schedules=ALWAYS),
        make_service("Shut", schedules=(shut,)),
        make_service("Unknown"),
    )
    answer = search.ask(Question(open_now=True), NOW)
    assert sorted(c.name.text for c in answer.cards) == ["Always", "Unknown"]
    assert {(f.slug): f.count for f in answer.facets if f.facet == "open"} == {"open": 1, "": 1}
    # The same index a few hours earlier: nothing about time is frozen in it.
    early = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    assert "Shut" in [c.name.text for c in search.ask(Question(open_now=True), early).cards]
    search.close()


def test_names_rank_over_descriptions(tmp_path: Path) -> None:
    search = opened(
        tmp_path,
        make_service("Alpha", description=Words("Ask us about harbor beds.")),
        make_service("Harbor House"),
    )
    assert names(search, "harbor") == ["Harbor House", "Alpha"]
    search.close()


def test_the_found_words_are_marked_in_the_shown_language(tmp_path: Path) -> None:
    name = Words("Night Shelter", "en", (("es", "Albergue de noche"),))
    search = opened(tmp_path, replace(make_service("x"), name=name))
    card = search.ask(Question(words="shel"), NOW).cards[0]
    assert [card.name.text[a:b] for a, b in card.marks] == ["Shelter"]
    card = search.ask(Question(words="nóche", language="es"), NOW).cards[0]
    assert [card.name.best("es")[a:b] for a, b in card.marks] == ["noche"]
    search.close()


def test_an_index_that_is_missing_or_broken_is_built_again(tmp_path: Path) -> None:
    search = opened(tmp_path)
    search.close()
    path = index_path(tmp_path / "catalog.db", tmp_path / "index")
    for damage in (b"", b"not a database at all", path.read_bytes()[:5000]):
        path.write_bytes(damage)
        search = Search.open(tmp_path / "catalog.db", tmp_path / "index")
        assert names(search, "night") == ["Night Shelter"]
        search.close()


def test_without_a_place_to_write_the_index_lives_in_memory(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "catalog.db")
    (tmp_path / "file").write_text("a file where the folder should be")
    search = Search.open(catalog, tmp_path / "file" / "index")
    assert names(search, "night") == ["Night Shelter"]
    search.close()


def test_a_missing_catalog_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenCatalogError):
        Search.open(tmp_path / "none.db", tmp_path)


def test_unicode_of_any_script_is_found_by_its_beginning(tmp_path: Path) -> None:
    search = opened(
        tmp_path,
        make_service("Việt Đà Nẵng", "vi"),
        make_service("住房援助", "zh"),
        make_service("مأوى الليل", "ar"),
    )
    for typed, found in (
        ("viet", "Việt Đà Nẵng"),
        ("da nang", "Việt Đà Nẵng"),
        ("援助", "住房援助"),
        ("مأوى", "مأوى الليل"),
    ):
        assert names(search, typed) == [found], typed
    search.close()


def test_open_now_keeps_those_whose_plan_tells_nothing_of_today(tmp_path: Path) -> None:
    """A plan that has run out, and hours without a day: their cards say that nobody knows, so they stay."""
    over = Schedule(("TU",), time(9), time(17), "America/New_York", valid_to=date(2026, 10, 31))
    dayless = Schedule((), time(9), time(17), "America/New_York")
    search = opened(
        tmp_path,
        make_service("Over", schedules=(over,)),
        make_service("Dayless", schedules=(dayless,)),
        make_service("Always", schedules=ALWAYS),
    )
    everything = search.ask(Question(), NOW)
    assert {c.name.text: c.open.state for c in everything.cards} == {
        "Over": "unknown", "Dayless": "unknown", "Always": "open",
    }  # fmt: skip
    answer = search.ask(Question(open_now=True), NOW)
    assert {c.name.text for c in answer.cards} == {"Over", "Dayless", "Always"}
    assert {f.slug: f.count for f in answer.facets if f.facet == "open"} == {"open": 1, "": 2}
    # While the plan still ran, it told that the service is shut at night.
    night = datetime(2026, 10, 27, 2, 0, tzinfo=UTC)
    assert "Over" not in {c.name.text for c in search.ask(Question(open_now=True), night).cards}
    search.close()
