"""The lint finds what once went wrong in the field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from guide.publish.lint import lint_catalog, reading_grade
from guide.publish.starter import read_starter
from guide.records import DoNotPrint, Words
from tests.makers import TODAY, make_phone, make_service


def found(*services: object, **more: object) -> set[str]:
    listed = (DoNotPrint("1-800-321-6472", "misprint", "1-800-321-6742"),)
    return {f.rule for f in lint_catalog(services, listed, TODAY)}  # type: ignore[arg-type]


def test_letters_that_spell_another_number_block_a_release() -> None:
    wrong = make_phone("1-800-662-HELP", dial="+18006624358")
    right = make_phone("1-800-662-HELP", dial="+18006624357")
    assert "letters and digits differ" in found(make_service(phones=(wrong,)))
    assert "letters and digits differ" not in found(make_service(phones=(right,)))


def test_a_number_on_the_do_not_print_list_is_a_blocker() -> None:
    assert "on the do-not-print list" in found(
        make_service(phones=(make_phone("1-800-321-6472", dial="+18003216472"),))
    )


def test_one_number_under_two_names_is_said() -> None:
    assert "one number under two names" in found(make_service("A"), make_service("B"))


def test_a_crisis_entry_needs_a_number_and_spanish() -> None:
    rules = found(make_service("Line", category="crisis", phones=()))
    assert {"crisis entry without a number", "crisis entry without Spanish"} <= rules


def test_a_passed_check_date_blocks() -> None:
    assert "check date has passed" in found(replace(make_service(), recheck_by=date(2026, 1, 1)))


def test_hard_words_are_noticed() -> None:
    hard = "We do provide comprehensive multidisciplinary psychotherapeutic interventions"
    hard += " facilitating rehabilitation, notwithstanding eligibility."
    assert reading_grade("We help you find a safe place to stay. You can call us any time. It is free.") < 6
    assert "hard to read" in found(replace(make_service(), description=Words(hard)))


def test_the_starter_catalog_has_no_blocker() -> None:
    source = read_starter()
    findings = lint_catalog(source.services, source.do_not_print, date(2026, 11, 24))
    assert [f for f in findings if f.severity == "blocker"] == []
