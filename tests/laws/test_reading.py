"""The program's own words can be read by somebody in a hurry or in fear (SAFETY A1, Q8; WCAG 3.1.5)."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest

from tests.laws.test_words import gather, read

HARDEST, SPANISH_EASIEST = 9.0, 50.0  # grade for a text; INFLESZ: 55 to 65 is "normal", below 40 is "very hard"
AVERAGE = 7.0
_LONG = 8  # words: shorter texts are labels, for which no grade means anything
# What no text says to the person who reads it: orders, blame, labels, promises nobody can keep.
UNKIND = (
    "you must", "you have to", "you need to", "you failed", "you forgot", "your fault", "invalid", "illegal", "forbidden",
    "victim", "abused", "offender", "suffer", "guaranteed", "we promise", "denied", "fatal", "abort", "error",
    "obviously", "simply", "just click",
)  # fmt: skip


@lru_cache(maxsize=1)
def english() -> tuple[str, ...]:
    """Return every text of window and paper, placeholders as a plain word."""
    ids = [message.id if isinstance(message.id, tuple) else (message.id,) for message in gather() if message.id]
    return tuple(re.sub(r"\{[^}]*\}", "name", one) for each in ids for one in each)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    word = re.sub(r"(?<![aeiouy])e$|(?<=[^aeiouytd])ed$|es$", "", word.lower()) or word
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def parts(text: str) -> tuple[int, list[str]]:
    """Return how many sentences ``text`` has, and its words."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)
    ends = len(re.findall(r"[.!?:;](?=\s|$)", text.strip())) + (text.strip()[-1:] not in ".!?:;")
    return max(1, ends), words


def grade(texts: list[str]) -> float:
    """Return the Flesch-Kincaid grade of ``texts`` together."""
    counted = [parts(text) for text in texts]
    words = [word for _, found in counted for word in found]
    sentences = sum(count for count, _ in counted)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def ease_in_spanish(text: str) -> float:
    """Return the Fernández-Huerta / Szigriszt (INFLESZ) score of a Spanish text."""
    sentences, words = parts(text)
    count = sum(max(1, len(re.findall(r"[aeiouáéíóúü]+", word.lower()))) for word in words)
    return 206.835 - 62.3 * count / len(words) - len(words) / sentences


def test_the_whole_of_it_is_at_grade_seven_or_below() -> None:
    """SAFETY A1: US grade 6 to 8."""
    assert grade([text for text in english() if len(parts(text)[1]) >= _LONG]) <= AVERAGE


def test_no_sentence_is_long() -> None:
    """A long sentence is hard in any language."""
    long = [t for t in english() if len(parts(t)[1]) / parts(t)[0] > 22]
    assert long == []


def test_no_text_is_harder_than_grade_nine() -> None:
    """SAFETY A1: the build fails above 9. Texts of fewer than twenty words are too short for a grade."""
    hard = {text: round(grade([text]), 1) for text in english() if len(parts(text)[1]) >= 20}
    assert {text: found for text, found in hard.items() if found > HARDEST} == {}


def test_the_spanish_is_as_easy() -> None:
    texts = [m.string for m in read("es") if m.id and isinstance(m.string, str)]
    plain = [re.sub(r"\{[^}]*\}", "algo", text) for text in texts]
    hard = {text: round(ease_in_spanish(text)) for text in plain if len(parts(text)[1]) >= 20}
    assert {text: found for text, found in hard.items() if found < SPANISH_EASIEST} == {}


@pytest.mark.parametrize("unkind", UNKIND)
def test_no_text_orders_blames_or_labels(unkind: str) -> None:
    """SAFETY Q8: whoever reads this has been ordered about and blamed before."""
    assert [text for text in english() if re.search(rf"\b{unkind}\b", text.lower())] == []
