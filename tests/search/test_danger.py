"""Words of danger, misspelled or not, bring the lines to call that fit; harmless words never do, nor are they lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.records import Answer, Audience, Question
from guide.search.ask import Search
from guide.settings import STARTER_CATALOG
from tests.makers import NOW, make_catalog, make_phone, make_service

SUICIDE = "988 Suicide & Crisis Lifeline"
VIOLENCE = "National Domestic Violence Hotline"
ASSAULT = "National Sexual Assault Hotline (RAINN)"
TRAFFICKING = "National Human Trafficking Hotline"
CHILD = "Childhelp National Child Abuse Hotline"
POISON = "Poison Help line"
RUNAWAY = "National Runaway Safeline"
EMERGENCY = "911 emergency services"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    search = Search.open(STARTER_CATALOG, tmp_path_factory.mktemp("index"))
    yield search
    search.close()


def asked(search: Search, words: str) -> Answer:
    return search.ask(Question(words), NOW)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("kill myself", SUICIDE),
        ("kil myself", SUICIDE),
        ("kill myslef", SUICIDE),
        ("sucidal", SUICIDE),
        ("i want to dei", SUICIDE),
        ("me quiero morir", SUICIDE),
        ("me kiero matar", SUICIDE),
        ("no quiero bibir", SUICIDE),
        ("he hit me", VIOLENCE),
        ("he hti me", VIOLENCE),
        ("my husband is always hitting me", VIOLENCE),
        ("my boyfreind hits me", VIOLENCE),
        ("me pega", VIOLENCE),
        ("me pgea", VIOLENCE),
        ("mi esposo me golpeó anoche", VIOLENCE),
        ("being followed", VIOLENCE),
        ("stalkd", VIOLENCE),
        ("i was raped", ASSAULT),
        ("abusaron de mí", ASSAULT),
        ("forced to wrk", TRAFFICKING),
        ("me quitaron el pasaporte", TRAFFICKING),
        ("hurting my chlid", CHILD),
        ("maltrato infantil", CHILD),
        ("my kid drank bleech", POISON),
        ("overdose", EMERGENCY),
        ("overdoes", EMERGENCY),
        ("sobredosis", EMERGENCY),
        ("ran awya", RUNAWAY),
        ("police", EMERGENCY),
    ],
)
def test_words_of_danger_bring_the_line_that_fits(starter: Search, words: str, line: str) -> None:
    answer = asked(starter, words)
    assert answer.danger
    assert answer.crisis[0].name.text == line
    assert answer.cards[0].name.text == line
    assert len(answer.crisis) >= 3


@pytest.mark.parametrize(
    "words",
    [
        "bill", "kill", "skill", "grapes", "rapid rehousing", "me paga bien", "pills", "diet", "death certificate",
        "follow up", "emergency food", "emergency housing", "police report", "fire", "flu shots", "cut my hair",
        "beat the heat", "family leave", "sexual health", "breast pump", "traffic ticket", "viola", "violín", "golf",
        "mata", "child care", "tratamiento", "buen trato", "suitcase", "prison", "running shoes", "my feet hurt",
        "hit by a car", "crisis pregnancy", "abused", "cape", "pagar", "legal", "comida", "", "33125",
    ],
)  # fmt: skip
def test_harmless_words_are_no_words_of_danger(starter: Search, words: str) -> None:
    answer = asked(starter, words)
    assert not answer.danger
    assert [card.name.text for card in answer.crisis] == [SUICIDE, TRAFFICKING, VIOLENCE]


@pytest.mark.parametrize(
    "words",
    [
        "follow me on facebook", "car hit me", "dog bit me", "the dog bit me", "hit me up", "parking violation",
        "violations", "violación de derechos", "violacion de contrato", "pimples", "me toca pagar la renta",
        "cuando me toca", "me sigue doliendo la cabeza", "me lastime la espalda", "my landlord wont let me out of my lease",
        "tired of living with my mom", "no puedo seguir pagando la renta", "molestia", "my back is killing me",
    ],
)  # fmt: skip
def test_what_only_sounds_of_danger_is_none(starter: Search, words: str) -> None:
    """A line for rape above a parking ticket is a fright, and an embarrassment on a screen that others see."""
    assert not asked(starter, words).danger


@pytest.mark.parametrize(
    "words",
    [
        "he follows me on facebook", "he hit me with a belt", "follow me", "he wont let me out of the house",
        "mi tío me toca", "me sigue mi ex", "me toca cuando duermo", "violación", "tired of living",
        "no puedo seguir viviendo", "car hit me and then he hit me", "my pimp", "él me lastimó", "me violaron",
    ],
)  # fmt: skip
def test_the_same_words_said_of_danger_are_heard(starter: Search, words: str) -> None:
    assert asked(starter, words).danger


@pytest.mark.parametrize("words", ["bill", "kill", "grape", "rape", "grapes", "pagar", "pegar", "hill", "cape", "beet"])
def test_no_harmless_word_becomes_one_of_danger_nor_the_reverse(starter: Search, words: str) -> None:
    answer = asked(starter, words)
    assert answer.corrected == answer.suggested == ""


def test_filters_leave_the_lines_to_call_in_place(starter: Search) -> None:
    answer = starter.ask(Question("he hit me", needs=frozenset({"food"})), NOW)
    assert answer.danger
    assert answer.crisis[0].name.text == VIOLENCE
    assert all(card.category == "food" for card in answer.cards)


def test_the_lines_are_chosen_by_their_names_whatever_the_catalog(tmp_path: Path) -> None:
    services = [
        make_service("Crisis Line", category="crisis", phones=(make_phone("988"),)),
        make_service("Valley Suicide Helpline", category="crisis"),
        make_service("County Suicide Research"),
        make_service("Staff Suicide Desk", category="crisis", audience=Audience.STAFF),
    ]
    search = Search.open(make_catalog(tmp_path / "catalog.db", services), tmp_path / "index")
    answer = asked(search, "kill myself")
    assert [card.name.text for card in answer.crisis] == ["Valley Suicide Helpline", "Crisis Line"]
    assert not any(card.staff_only for card in answer.cards)
    search.close()


def test_every_danger_has_its_line_before_one_has_its_second(starter: Search) -> None:
    answer = asked(starter, "my pimp beats me and i want to die")
    assert {card.name.text for card in answer.crisis} == {SUICIDE, TRAFFICKING, VIOLENCE}
