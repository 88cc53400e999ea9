"""Folding and splitting: every script and every way of writing a number comes down to the same terms."""

from __future__ import annotations

import pytest

from guide.search.endings import singulars
from guide.search.terms import asked, asked_apart, marks, number_terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Violencia DOMÉSTICA", ["violencia", "domestica"]),
        ("Đà Nẵng, Straße", ["da", "nang", "strasse"]),
        ("住房援助", ["住", "房", "援", "助"]),
        ("children's women’s", ["childrens", "womens"]),
        ("T- and U-visa", ["t", "and", "u", "visa"]),
        ("a_b", ["a", "b"]),
        ("هاتف ٩٨٨", ["هاتف", "988"]),
        ("\"'*:^(){}-- ;", []),
        ("\x00\ud800\u202e", []),
    ],
)
def test_a_text_becomes_folded_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_indic_vowel_signs_do_not_tear_a_word_apart() -> None:
    assert len(words("हिन्दी")) == 1


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("1-800 799", ["1800799"]),
        ("(888)373", ["888373"]),
        ("+1 800.799.7233", ["18007997233"]),
        ("I need a lawyer", ["lawyer"]),
        ("necesito un abogado", ["abogado"]),
        ("the", ["the"]),
        ("where can i", ["where", "can", "i"]),
        ("٩٨٨", ["988"]),
    ],
)
def test_what_is_typed_becomes_the_terms_that_matter(typed: str, terms: list[str]) -> None:
    assert asked(typed) == terms


def test_a_number_has_other_readings() -> None:
    assert asked_apart("988 211", asked("988 211")) == [["988", "211"]]
    assert ["18006564673"] in asked_apart("1-800-656-HOPE", asked("1-800-656-HOPE"))


def test_a_number_is_indexed_with_and_without_its_leading_one_and_without_area_code() -> None:
    assert number_terms("+18007997233") == ["8007997233", "18007997233", "7997233"]
    assert number_terms("8007997233") == number_terms("18007997233")
    assert number_terms("988") == ["988"]
    assert number_terms("") == []


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("shelters", "shelter"), ("abogados", "abogado"), ("mujeres", "mujer"), ("families", "family")],
)
def test_a_plural_is_also_looked_for_by_its_singular(plural: str, singular: str) -> None:
    assert singular in singulars(plural)


def test_a_word_that_only_ends_like_a_plural_stays() -> None:
    assert singulars("stress") == singulars("wis") == singulars("988s") == ()


def test_marks_count_the_characters_of_the_name_as_it_is_written() -> None:
    for name, typed, found in (
        ("Clínica del Niño", "nino", "Niño"),
        ("Clinica Nin\u0303o", "nino", "Nin\u0303o"),
        ("Große Straße 5", "strasse", "Straße"),
        ("The Women’s Center", "womens", "Women’s"),
        ("住房援助", "援", "援"),
    ):
        assert [name[a:b] for a, b in marks(name, [typed])] == [found], name
