"""Misspellings: what was meant is shown and said, in its own spelling; what is right is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.records import Question, Words
from guide.search.ask import Search
from guide.search.phonetics import distance, sound
from guide.settings import STARTER_CATALOG
from tests.makers import NOW, make_catalog, make_service


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    search = Search.open(STARTER_CATALOG, tmp_path_factory.mktemp("index"))
    yield search
    search.close()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sheltr", "shelter"),
        ("sikologo", "psicólogo"),
        ("avogado", "abogado"),
        ("counciling", "counseling"),
        ("domestik violense", "domestic violence"),
        ("inmigrasion", "inmigración"),
        ("embarasada", "embarazada"),
        ("komida", "comida"),
        ("enpleo", "empleo"),
        ("soshal security", "social security"),
        ("run a way", "runaway"),
        ("desalogo", "desalojo"),
    ],
)
def test_what_is_shown_is_said_as_it_is_properly_spelled(starter: Search, typed: str, said: str) -> None:
    answer = starter.ask(Question(typed), NOW)
    assert answer.corrected == said
    assert answer.total


@pytest.mark.parametrize("typed", ["shelter", "bill", "hill", "tape", "zzzzqqq", "xq", "988", "住房", "abogado", "wic"])
def test_what_is_right_or_past_guessing_is_left_alone(starter: Search, typed: str) -> None:
    assert starter.ask(Question(typed), NOW).corrected == ""


def test_a_small_catalog_still_knows_the_words_of_the_trade(tmp_path: Path) -> None:
    """Its own words are too few (facts on search, 2): the fixed list helps."""
    search = Search.open(make_catalog(tmp_path / "catalog.db", [make_service("Night Shelter")]), tmp_path / "index")
    assert search.ask(Question("alvergue"), NOW).corrected == "albergue"
    search.close()


def test_a_word_run_together_or_apart_finds_the_other(tmp_path: Path) -> None:
    services = [make_service("Valley Warmline"), make_service("Night Market")]
    search = Search.open(make_catalog(tmp_path / "catalog.db", services), tmp_path / "index")
    assert [c.name.text for c in search.ask(Question("warm line"), NOW).cards] == ["Valley Warmline"]
    answer = search.ask(Question("nightmarket"), NOW)
    assert [c.name.text for c in answer.cards] == ["Night Market"]
    assert answer.corrected == "night market"
    search.close()


def test_a_rare_word_beside_a_far_commoner_one_is_shown_with_the_question_whether_that_was_meant(
    tmp_path: Path,
) -> None:
    services = [make_service(f"Office {n}", description=Words("For every xtenant.")) for n in range(60)]
    services.append(make_service("Mistaken", description=Words("For the xtennant.")))
    search = Search.open(make_catalog(tmp_path / "catalog.db", services), tmp_path / "index")
    answer = search.ask(Question("xtennant"), NOW)
    assert [card.name.text for card in answer.cards] == ["Mistaken"]
    assert (answer.corrected, answer.suggested) == ("", "xtenant")
    assert search.ask(Question("xtenant"), NOW).suggested == ""
    search.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vaca", "baca"),
        ("sikologo", "psicologo"),
        ("kiero", "quiero"),
        ("ambre", "hambre"),
        ("yave", "llave"),
        ("trabaho", "trabajo"),
        ("enpleo", "empleo"),
        ("fisician", "physician"),
        ("embarasada", "embarazada"),
    ],
)
def test_words_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_the_distance_counts_letters_more_less_other_and_swapped() -> None:
    assert [distance("shelter", other, 2) for other in ("shelter", "sheltr", "shetler", "sxelxer", "xxxlter")] == [
        0, 1, 1, 2, 3,
    ]  # fmt: skip
