"""Every promise of docs/safety.md is named by a test, or excused there with what stands in its place."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = dict(re.findall(r"^\| ([A-Z]\d) \|.*\| (.*) \|$", (ROOT / "docs/safety.md").read_text("utf-8"), re.MULTILINE))
HERE = Path(__file__).name


def named() -> set[str]:
    """Return the ids that stand beside the word SAFETY in a test."""
    lines = (
        line
        for path in (ROOT / "tests").rglob("*.py")
        if path.name != HERE
        for line in path.read_text("utf-8").splitlines()
        if "SAFETY" in line
    )
    return {found for line in lines for found in re.findall(r"\b[QNISCPAL]\d\b", line)}


def test_every_promise_is_held_by_a_test_or_excused() -> None:
    excused = {name for name, held in TABLE.items() if not held.startswith("tests")}
    assert set(TABLE) - named() - excused == set()
    assert all(len(TABLE[name]) > 20 for name in excused), "an excuse says what stands in its place"


def test_no_test_names_a_promise_that_is_not_in_the_table() -> None:
    assert named() - set(TABLE) == set()


def test_the_table_has_every_promise_there_is(shared: Path) -> None:
    """The team's own list of requirements, where it is at hand."""
    text = (shared / "docs/SAFETY.md").read_text("utf-8")
    assert set(re.findall(r"^- \*\*([A-Z]\d)\*\*", text, re.MULTILINE)) == set(TABLE)


def test_staff_are_told_in_plain_words_what_is_not_protected() -> None:
    """SAFETY Q6: no false sense of security."""
    text = (ROOT / "docs/safety.md").read_text("utf-8")
    for what in ("spy programs", "cameras", "phone bill", "paper", "administrator", "other programs"):
        assert what in text
