"""Everyday words: the shipped file is sound, an own file adds to it, and what is found so stands behind own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.records import Question, Words
from guide.search.ask import Search
from guide.search.everyday import Everyday
from guide.search.everyday_file import FILE, load, read
from guide.search.terms import words
from guide.settings import STARTER_CATALOG
from tests.makers import NOW, make_catalog, make_service


@pytest.fixture(scope="module")
def everyday() -> Everyday:
    return load()[0]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    search = Search.open(STARTER_CATALOG, tmp_path_factory.mktemp("index"))
    yield search
    search.close()


def heard(everyday: Everyday, text: str) -> list[str]:
    return [" ".join(one.saying.said) for one in everyday.hear(words(text))]


def problems(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.reason) for problem in read(text, Everyday())]


def test_the_shipped_file_has_no_mistake_and_at_least_250_sets() -> None:
    text = FILE.read_text("utf-8")
    assert problems(text) == []
    assert sum(bool(line.strip()) and line[0] not in "# " for line in text.splitlines()) >= 250


def test_every_mistake_in_a_file_is_told_with_its_line_and_the_rest_is_kept() -> None:
    everyday = Everyday()
    text = (
        "# note\nbread\n= one\nroll,,bun > bakery\na > b > c\n= x, y > z\n!! help > crisis\nsoup,\n  stew > kitchen\n"
    )
    assert [problem.line for problem in read(text, everyday)] == [2, 3, 4, 5, 6, 7]
    assert set(everyday.sayings) == {("roll",), ("bun",), ("soup",), ("stew",)}


def test_the_longest_saying_wins_little_words_and_endings_do_not_matter(everyday: Everyday) -> None:
    assert heard(everyday, "revenge porn help") == ["revenge porn"]
    assert heard(everyday, "he is always hitting me") == ["he hit me"]
    assert heard(everyday, "lost id") == heard(everyday, "lost my id") == ["lost my id"]
    assert heard(everyday, "kill mys") == ["kill myself"]
    assert heard(everyday, "ki") == heard(everyday, "") == []


def test_a_word_of_a_set_finds_the_others_and_both_languages(tmp_path: Path) -> None:
    services = [make_service("Albergue Esperanza"), make_service("Night Shelter"), make_service("Kitchen")]
    search = Search.open(make_catalog(tmp_path / "catalog.db", services), tmp_path / "index")
    for typed in ("shelter", "albergue", "refugios", "place to sleep", "donde dormir"):
        found = {card.name.text for card in search.ask(Question(typed), NOW).cards}
        assert found == {"Albergue Esperanza", "Night Shelter"}, typed
    search.close()


def test_own_words_come_before_what_they_mean_in_each_place(tmp_path: Path) -> None:
    services = [
        make_service("Attorney Line", "1"),
        make_service("Lawyer Line", "2"),
        make_service("House of Justice", "3", description=Words("Ask an attorney.")),
        make_service("House of Law and More", "4", description=Words("Ask a lawyer.")),
    ]
    search = Search.open(make_catalog(tmp_path / "catalog.db", services), tmp_path / "index")
    names = [card.name.text for card in search.ask(Question("lawyer"), NOW).cards]
    assert names == ["Lawyer Line", "Attorney Line", "House of Law and More", "House of Justice"]
    search.close()


def test_what_is_found_in_plenty_is_not_widened(tmp_path: Path) -> None:
    services = [*(make_service(f"Lawyer {n}") for n in range(25)), make_service("Attorney")]
    search = Search.open(make_catalog(tmp_path / "catalog.db", services), tmp_path / "index")
    assert search.ask(Question("lawyer"), NOW).total == 25
    search.close()


def test_an_own_file_adds_sayings_and_dangers(tmp_path: Path) -> None:
    own = tmp_path / "everyday.txt"
    own.write_text(
        "la casita, the yellow house > night shelter\n! code red > crisis line\n~ code red alert\nwrong\n", "utf-8"
    )
    catalog = make_catalog(tmp_path / "catalog.db")
    search = Search.open(catalog, tmp_path / "index", own)
    assert [card.name.text for card in search.ask(Question("yellow house"), NOW).cards] == ["Night Shelter"]
    answer = search.ask(Question("code red"), NOW)
    assert answer.danger
    assert answer.crisis[0].name.text == "Crisis Line"
    assert not search.ask(Question("the code red alert"), NOW).danger
    assert search.ask(Question("code red alert code red"), NOW).danger
    search.close()
    assert [problem.line for problem in load(own)[1]] == [4]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00broken", b"a" * 2_100_000])
def test_an_own_file_that_is_no_list_of_words_changes_nothing(tmp_path: Path, content: bytes) -> None:
    own = tmp_path / "everyday.txt"
    own.write_bytes(content)
    everyday, found = load(own)
    assert len(found) == 1
    assert everyday.sayings.keys() == load()[0].sayings.keys()


def test_what_people_say_leads_somewhere_in_the_starter_catalog(starter: Search, everyday: Everyday) -> None:
    """All words of danger do; of the rest, nearly all: the starter catalog has no furniture and no sports."""
    lost = [said for said in everyday.sayings if not starter.ask(Question(" ".join(said), limit=1), NOW).total]
    assert not [said for said in lost if everyday.sayings[said].danger]
    assert len(lost) < len(everyday.sayings) / 10, lost
