"""Ids that a shelter's own notes hang on: the same at every build, apart for apart things."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from guide.publish.ids import stable_id

SOME = "6b1d5a52-1c3e-4a1f-9c43-0d7b2f3b9c11"


def test_ids_do_not_change_between_versions_of_the_program() -> None:
    assert stable_id("starter", "service", "988-lifeline") == "744b2797-8fe9-5f7b-af13-0c7b387e4d13"


def test_a_publishers_own_uuid_is_kept_in_its_plain_form() -> None:
    assert stable_id("a", "service", SOME) == SOME
    assert stable_id("a", "service", SOME.upper()) == SOME
    assert stable_id("a", "service", f"{{{SOME}}}") == SOME


def test_publisher_and_table_keep_equal_numbers_apart() -> None:
    ids = {stable_id(p, t, "17") for p in ("a", "b") for t in ("service", "phone")}
    assert len(ids) == 4


def test_blanks_around_an_id_are_not_part_of_it() -> None:
    assert stable_id("a", "service", " 17 ") == stable_id("a", "service", "17")


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
def test_any_original_gives_a_uuid_and_the_same_one_again(original: str) -> None:
    made = stable_id("a", "service", original)
    assert str(uuid.UUID(made)) == made == stable_id("a", "service", original)
