"""Folding and splitting: every script and every way of writing a number comes down to the same terms."""

from __future__ import annotations

import pytest

from guide.search.endings import forms, root, singulars
from guide.search.numbers import number_readings, spelled_alone
from guide.search.terms import asked, marks, number_terms, words


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


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("988 211", ["988", "211"]),
        ("1-800-656-HOPE", ["18006564673"]),
        ("799 SAFE", ["7997233"]),
        ("1-800-4-A-CHILD", ["8004224453"]),
        ("1-866-4-USWAGE", ["8664879243"]),
        ("nine eight eight", ["988"]),
        ("nueve ocho ocho", ["988"]),
    ],
)
def test_a_number_has_other_readings(text: str, reading: list[str]) -> None:
    assert reading in list(number_readings(text, asked(text)))


def test_a_number_may_be_spelled_alone() -> None:
    assert spelled_alone(["befree"]) == "233733"
    assert spelled_alone(["help4u"]) == "435748"
    assert spelled_alone(["food"]) == spelled_alone(["741741"]) == ""


def test_a_number_is_indexed_with_and_without_its_leading_one_and_without_area_code_and_by_its_end() -> None:
    assert number_terms("+18007997233") == ["8007997233", "18007997233", "7997233", "7233"]
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
        ("ABUSE Hotline", "abus", "ABUSE"),
        ("Children's Home", "childrens", "Children's"),
    ):
        assert [name[a:b] for a, b in marks(name, [typed])] == [found], name


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("housing", "house"),
        ("house", "housing"),
        ("renting", "rent"),
        ("counselor", "counseling"),
        ("counseling", "counselor"),
        ("counselling", "counseling"),
        ("pregnancy", "pregnant"),
        ("therapist", "therapy"),
        ("disabled", "disability"),
        ("trafficked", "trafficking"),
        ("evicted", "eviction"),
        ("addiction", "addict"),
        ("inmigrante", "inmigracion"),
        ("inmigracion", "inmigrante"),
        ("ayudar", "ayuda"),
        ("abogadas", "abogado"),
        ("desalojar", "desalojo"),
        ("violento", "violencia"),
        ("psicologa", "psicologo"),
        ("trabajadores", "trabajadora"),
    ],
)
def test_other_forms_of_a_word_are_looked_for(word: str, other: str) -> None:
    assert other in forms(word)


@pytest.mark.parametrize(
    ("word", "stranger"),
    [
        ("organ", "organization"),
        ("organization", "organ"),
        ("university", "universe"),
        ("news", "new"),
        ("tratamiento", "trata"),
        ("trata", "tratamiento"),
        ("casa", "caso"),
        ("puerto", "puerta"),
        ("general", "generous"),
        ("police", "policy"),
        ("paper", "paid"),
        ("bill", "kill"),
        ("grape", "rape"),
        ("pagar", "pegar"),
        ("traffic", "trafficking"),
    ],
)
def test_words_that_merely_look_alike_stay_apart(word: str, stranger: str) -> None:
    assert stranger not in forms(word)


def test_the_words_of_a_saying_are_compared_without_their_endings() -> None:
    assert root("hits") == root("hitting") == root("hit")
    assert root("pega") == root("pegan") == root("pegaba")
    assert root("pega") != root("paga")
    assert root("die") != root("diet")
