"""Lists of words find what plain patterns find, and the quick look before a safety pattern never hides a match."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from guide.publish.mapping import load_mapping
from guide.publish.readers import privacy
from guide.publish.word_rules import WordRules

LISTS = (
    (["home repair*", "pre-k", "rent*"], "housing"),
    (["988", "suicide*"], "crisis"),
    (["niño*", "food", "c++"], "food"),
)
PIECES = st.lists(st.sampled_from(["home", "Repairs", " ", "\n", "pre", "-", "K", "rental", "rents", "988", "9888", "suicidal",
                                   "Suicides", "niños", "FOOD", "foods", "c++", ",", "(", "x"]), max_size=8)  # fmt: skip


def plainly(text: str) -> list[str]:
    """Return what each list's own pattern says, one after another."""
    found = []
    for words, meaning in LISTS:
        parts = [re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in words]
        if re.search(rf"\b({'|'.join(parts)})\b", text, re.IGNORECASE):
            found.append(meaning)
    return found


@settings(max_examples=300, deadline=None)
@given(PIECES.map("".join))
def test_a_list_is_found_exactly_where_its_pattern_is(text: str) -> None:
    rules = WordRules(LISTS)
    assert rules.first(text) == next(iter(plainly(text)), "")
    assert list(rules.every([text])) == plainly(text)


def test_a_long_text_is_read_like_a_short_one() -> None:
    assert WordRules(LISTS).first("x " * 200 + "rental") == "housing"


def test_tags_do_not_join_words_of_two_names() -> None:
    tags = load_mapping(None).tags_of(["Mental", "health"])
    assert "mental-health" not in tags


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_the_quick_look_hides_no_shelter(data: st.DataObject) -> None:
    pattern, beginnings = data.draw(
        st.sampled_from(
            [(p, privacy._NAMING) for p in (privacy._NAMED, privacy._HOME)]
            + [(p, privacy._TELLING) for p in (privacy._TOLD, privacy._HIDING)]
        )
    )
    text = data.draw(st.from_regex(pattern, alphabet=st.characters(max_codepoint=127)))
    if pattern.search(text):
        assert privacy._found(pattern, beginnings, text)
