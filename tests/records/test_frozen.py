"""Records are the standard library's frozen dataclasses with slots, only written later."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle

import pytest

import guide.records
from guide.records import Card, FacetValue, Phone, Words
from guide.records.frozen import dataclass

WORDS = Words("Shelter", "en", (("es", "Refugio"),))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things."""

    left: int
    right: str = "r"


class Plain:
    """The same, by the standard library."""

    left: int
    right: str = "r"


@pytest.mark.parametrize("name", guide.records.__all__)
def test_each_record_is_there_by_its_name(name: str) -> None:
    assert getattr(guide.records, name) is not None


def test_there_is_no_other_record() -> None:
    with pytest.raises(AttributeError):
        guide.records.Nothing  # noqa: B018


def test_two_with_the_same_content_are_one_and_the_same_key() -> None:
    assert Pair(1) == Pair(1, "r") != Pair(2)
    assert len({Pair(1), Pair(1, "r"), Pair(2)}) == 2
    assert Pair(1) != (1, "r")
    assert FacetValue("need", "food", WORDS, 3) != Words("need")


def test_it_cannot_be_changed() -> None:
    pair = Pair(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        pair.left = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del pair.left
    with pytest.raises(dataclasses.FrozenInstanceError):
        pair.other = 2  # type: ignore[attr-defined]
    assert pair == Pair(1)


def test_it_says_itself_as_it_is_written() -> None:
    assert repr(Pair(1)) == "Pair(left=1, right='r')"


def test_the_standard_library_knows_it() -> None:
    assert dataclasses.is_dataclass(Pair)
    assert dataclasses.replace(Pair(1), left=3) == Pair(3)
    assert dataclasses.asdict(WORDS) == {"text": "Shelter", "language": "en", "others": (("es", "Refugio"),)}
    assert [f.name for f in dataclasses.fields(Pair)] == ["left", "right"]
    match Pair(1):
        case Pair(left, right):
            assert (left, right) == (1, "r")


def test_a_copy_and_a_pickle_are_equal() -> None:
    phone = Phone("1", guide.records.Channel.TEXT, "988", "988", keyword=WORDS)
    assert copy.copy(phone) == copy.deepcopy(phone) == pickle.loads(pickle.dumps(phone)) == phone  # noqa: S301


def test_it_is_made_as_the_standard_library_would() -> None:
    """The same parameters in the same order, with the same defaults; wrong ones are refused."""
    plain = type("Plain", (), {"__annotations__": Card.__annotations__, "__doc__": "", **{
        f.name: f.default for f in dataclasses.fields(Card) if f.default is not dataclasses.MISSING}})  # fmt: skip
    expected = inspect.signature(dataclasses.dataclass(frozen=True)(plain)).parameters
    assert inspect.signature(Card).parameters == expected
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Pair(1, "r", 3)  # type: ignore[call-arg]


def test_no_other_kind_is_made() -> None:
    with pytest.raises(TypeError):
        dataclass(frozen=False, slots=True)(Plain)
    made = type("Counted", (), {"__annotations__": {"rows": dict}, "rows": dataclasses.field(default_factory=dict)})
    with pytest.raises(TypeError):
        dataclass(frozen=True, slots=True)(made)
