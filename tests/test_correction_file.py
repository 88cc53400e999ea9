"""A file of corrections is hearsay: read in bounds, never trusted, never a crash."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.correction_file import LARGEST, MOST, from_bytes, to_bytes
from guide.errors import DamagedError
from guide.records.checking import Correction, CorrectionFile

ONE = Correction("c1", "s1", "Night Shelter", "phone", "wrong", "555-0101", "555-0102", "check", "2026-11-24")
FILE = CorrectionFile("coalition", 7, "2026.11", "f" * 32, date(2026, 11, 24), (ONE,))


def written(**over: object) -> bytes:
    return json.dumps(json.loads(to_bytes(FILE)) | over).encode()


def test_what_is_written_is_read_again() -> None:
    assert from_bytes(to_bytes(FILE)) == FILE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not JSON"), (b"\xff\xfe", "not JSON"), (b"[" * 100_000, "not JSON"), (b"9" * 5000, "not JSON"),
        (b"[]", "not corrections"), (b"null", "not corrections"), (b'{"format": 1}', "not corrections"),
        (written(schema=2), "newer"), (written(schema=True), "no schema"), (written(schema="1"), "no schema"),
        (written(corrections={}), "no list"), (written(corrections=[1] * (MOST + 1)), "no list"),
        (written(made_on="yesterday"), "no date"), (b" " * (LARGEST + 1), "too large"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(DamagedError) as said:
        from_bytes(data, "x.corrections")
    assert said.value.facts["reason"] == reason


def test_a_line_that_makes_no_sense_is_left_out_and_the_others_stay() -> None:
    good = asdict(ONE)
    bad = [1, None, [], {}, good | {"field": "passphrase"}, good | {"kind": "x"}, good | {"service": ""},
           good | {"checked_on": "soon"}, good | {"basis": "god"}]  # fmt: skip
    assert from_bytes(written(corrections=[*bad, good])).corrections == (ONE,)


def test_texts_are_cut_and_cannot_turn_a_line_around_or_move_a_cursor() -> None:
    nasty = asdict(ONE) | {"name": "a\x1b[2J\u202eb\nc\u2066", "old": "9" * 10_000, "proposed": ["555"]}
    (one,) = from_bytes(written(corrections=[nasty])).corrections
    assert (one.name, len(one.old), one.proposed) == ("a [2J b c", 500, "")


@given(st.binary(max_size=400) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner)
    | st.dictionaries(st.sampled_from(["format", "schema", "corrections", "made_on", "field", "service"]), inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_no_bytes_do_anything_but_give_data_or_say_no(data: bytes) -> None:
    try:
        found = from_bytes(data)
    except DamagedError:
        return
    assert found.made_on


@given(
    st.dictionaries(st.sampled_from([*asdict(ONE), "x"]), st.none() | st.text() | st.integers() | st.lists(st.text()))
)
def test_no_correction_does_either(over: dict[str, object]) -> None:
    for one in from_bytes(written(corrections=[asdict(ONE) | over])).corrections:
        assert one.service and all(isinstance(value, str) and len(value) <= 500 for value in asdict(one).values())
