"""What a publisher accepts: each with a reason, each until a day, and then it counts again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from guide.errors import NotToBePublishedError, SourceDataError
from guide.publish.lint.baseline import read_baseline, write_draft
from guide.publish.lint.door import check_publishable, lint
from guide.publish.lint.page import page
from guide.records import Words
from tests.makers import TODAY, make_catalog, make_service

HELD = """
[[accept]]
code = "crisis-no-spanish"
record = "crisis-line"
reason = "The translator comes on Friday."
until = 2026-11-30
"""


def catalog(folder: Path, name: str = "Crisis Line") -> Path:
    line = make_service(name, category="crisis", phones=(), url="https://example.org")
    return make_catalog(folder / "c.db", [line], call_now=())


def written(folder: Path, text: str) -> Path:
    path = folder / "lint.toml"
    path.write_text(text, "utf-8")
    return path


def test_what_is_accepted_does_not_block_and_is_still_told(tmp_path: Path) -> None:
    text = HELD + HELD.replace("crisis-no-spanish", "crisis-no-number").replace('"crisis-line"', '"*"')
    found = check_publishable(catalog(tmp_path), TODAY, read_baseline(written(tmp_path, text), TODAY))
    assert found.errors == 0
    assert {one.finding.code: one.reason for one in found.accepted}["crisis-no-spanish"] == (
        "The translator comes on Friday."
    )


def test_one_that_is_not_accepted_blocks_and_says_which(tmp_path: Path) -> None:
    with pytest.raises(NotToBePublishedError) as caught:
        check_publishable(catalog(tmp_path), TODAY, read_baseline(written(tmp_path, HELD), TODAY))
    assert caught.value.facts["codes"] == {"crisis-no-number": 1}
    assert caught.value.exit_code == 7


def test_after_its_day_it_counts_again_and_that_is_said(tmp_path: Path) -> None:
    baseline = read_baseline(written(tmp_path, HELD), TODAY)
    assert "crisis-no-spanish" not in lint(catalog(tmp_path), date(2026, 11, 30), baseline).counts
    late = lint(catalog(tmp_path), date(2026, 12, 1), baseline)
    assert late.counts["crisis-no-spanish"] == 1
    assert late.notes == ["No longer accepted since 2026-11-30: crisis-no-spanish in crisis-line"]


def test_sixty_days_before_an_acceptance_ends_every_lint_says_so(tmp_path: Path) -> None:
    held = HELD.replace("2026-11-30", "2027-05-31")
    last = date(2027, 5, 31)
    for today, said in ((last - timedelta(days=61), []), (last - timedelta(days=60), [True]), (last, [True])):
        found = lint(catalog(tmp_path), today, read_baseline(written(tmp_path, held), TODAY))
        assert ["Accepted until 2027-05-31 only" in note for note in found.notes] == said


def test_what_was_mended_may_leave_the_list(tmp_path: Path) -> None:
    baseline = read_baseline(written(tmp_path, HELD.replace("crisis-no-spanish", "do-not-print")), TODAY)
    (note,) = lint(catalog(tmp_path), TODAY, baseline).notes
    assert note == "Accepted, but not found any more: do-not-print in crisis-line. Take it out of the list."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('reason = "The translator comes on Friday."', 'reason = ""'),
        ('reason = "The translator comes on Friday."', 'reason = "ok"'),
        ("until = 2026-11-30", ""),
        ("until = 2026-11-30", 'until = "soon"'),
        ("until = 2026-11-30", "until = 2028-11-30"),
        ("until = 2026-11-30", "until = 2026-11-30T10:00:00"),
        ('record = "crisis-line"', ""),
        ("crisis-no-spanish", "crisis-no-klingon"),
        ("[[accept]]", "[[acept]]"),
        ("until =", "untill ="),
        ("[[accept]]", "[[accept"),
    ],
)
def test_a_list_that_would_accept_without_reason_or_end_is_refused(old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(SourceDataError) as caught:
        read_baseline(written(tmp_path, HELD.replace(old, new)), TODAY)
    assert caught.value.facts["file"].endswith("lint.toml")


def test_a_draft_lists_the_errors_and_is_refused_until_reasons_are_written(tmp_path: Path) -> None:
    found = lint(catalog(tmp_path, 'Odd "Line"\u2028\\'), TODAY)
    text = write_draft([one for one in found.kept if one.severity == "error"], TODAY)
    with pytest.raises(SourceDataError):
        read_baseline(written(tmp_path, text), TODAY)
    filled = text.replace('reason = ""', 'reason = "Known; the new operator answers in December."')
    baseline = read_baseline(written(tmp_path, filled), TODAY)
    assert lint(catalog(tmp_path, 'Odd "Line"\u2028\\'), TODAY, baseline).errors == 0
    assert lint(catalog(tmp_path, 'Odd "Line"\u2028\\'), TODAY + timedelta(days=91), baseline).errors > 0


def test_the_page_shows_every_finding_escaped_and_runs_nothing(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>"
    line = make_service(name, "x", category="crisis", description=Words("<img src=x onerror=alert(1)> (2025 page)"))
    found = lint(make_catalog(tmp_path / "c.db", [line], call_now=()), TODAY)
    text = page(found, "c<b>.db", TODAY)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text and "<img" not in text and "<b>" not in text
    assert all(one.do.split("'")[0] in text for one in found.kept)
