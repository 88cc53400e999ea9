"""Several indexes asked as one: what is found, its order and its counts are those of one joint index."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.publish.build import CatalogSource, build_catalog
from guide.publish.starter import read_starter
from guide.records import Answer, Audience, Card, Question
from guide.search.ask import Search
from tests.makers import NOW

TYPED = (
    "", "s", "a", "shelter", "sheltr", "the", "de", "legal", "abogado", "place to sleep", "1-800", "988", "violencia dom",
    "text", "women", "zzzzqqq", "help line", "ayuda", "child", "trafficking hotline",
)  # fmt: skip
QUESTIONS = [
    *(Question(words, limit=limit) for words in TYPED for limit in (5, 100)),
    *(Question(words, audience=Audience.STAFF) for words in TYPED),
    Question("", needs=frozenset({"legal", "crisis"})),
    Question("l", access=frozenset({"spanish"})),
    Question("h", languages=frozenset({"", "es"}), open_now=True),
    Question("", people=frozenset({"", "women"}), sub_needs=frozenset({"homeless"})),
    *(Question("e", start=start, limit=7) for start in range(0, 90, 7)),
    *(Question("", start=start, limit=9) for start in range(0, 90, 9)),
]


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    search = _search(tmp_path_factory.mktemp("one"), 1)
    yield search
    search.close()


def _search(folder: Path, files: int) -> Search:
    """Return the starter catalog's entries, dealt out by chance over ``files`` catalogs."""
    whole = read_starter()
    dealt: list[list] = [[] for _ in range(files)]
    chance = random.Random(3)
    for service in whole.services:
        chance.choice(dealt).append(service)
    paths = []
    for number, services in enumerate(dealt):
        paths.append(folder / f"catalog-{number}.db")
        build_catalog(CatalogSource(whole.edition, whole.categories, whole.tags, tuple(services)), paths[-1])
    return Search.across(paths, folder / "index")


@pytest.mark.parametrize("files", [2, 8])
def test_many_files_answer_as_one_joint_file(joint: Search, files: int, tmp_path: Path) -> None:
    several = _search(tmp_path, files)
    for question in QUESTIONS:
        one, many = joint.ask(question, NOW), several.ask(question, NOW)
        assert _seen(many) == _seen(one), question
    several.close()


def _seen(answer: Answer) -> object:
    def told(card: Card) -> tuple[object, ...]:
        return card.id, card.marks, card.open, card.freshness

    facets = {(value.facet, value.slug): (value.label, value.count) for value in answer.facets}
    order = [value.facet for value in answer.facets]
    return [*map(told, answer.cards)], answer.total, facets, order, answer.corrected, {c.id for c in answer.crisis}


def test_a_rotten_file_among_several_is_healed_and_the_others_are_left_alone(tmp_path: Path) -> None:
    several = _search(tmp_path, 2)
    files = sorted((tmp_path / "index").glob("index-*.db"), key=lambda path: path.stat().st_mtime)
    before = several.ask(Question("legal"), NOW)
    kept = [path.stat().st_ino for path in files]
    with files[1].open("r+b") as file:
        file.seek(100)
        file.write(b"\x55" * (files[1].stat().st_size - 100))
    assert several.ask(Question("shelter"), NOW).total
    assert _seen(several.ask(Question("legal"), NOW)) == _seen(before)
    assert files[0].stat().st_ino == kept[0]
    several.close()


def test_a_page_of_the_list_is_what_stands_there_in_the_whole_list(joint: Search) -> None:
    whole = [card.id for card in joint.ask(Question("e", limit=500), NOW).cards]
    for start in (0, 7, len(whole) - 2, len(whole)):
        page = joint.ask(Question("e", start=start, limit=5), NOW)
        assert [card.id for card in page.cards] == whole[start : start + 5]
        assert page.total == len(whole)
