"""Checking numbers in the window: a round by keys, results from paper, what anybody may report, and what travels."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from guide.app import Guide
from guide.records.checking import NumberCheck, Reason, Result
from guide.settings import Settings
from guide.text import Language
from tests.makers import make_catalog, make_phone, make_service
from ui.mailer import mail_link
from ui.main_window import MainWindow
from ui.pages.checks_page import ChecksPage
from ui.parts.report_dialog import ReportDialog

LINES = tuple(
    make_service(f"Line {n}", category="crisis", assured_date=None, phones=(make_phone(f"(555) 010-000{n}"),))
    for n in (1, 2, 3)
)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path):  # type: ignore[no-untyped-def]
    guide = Guide(Settings(data=tmp_path / "data", catalog=make_catalog(tmp_path / "c.db", LINES)))
    made = MainWindow(guide, "en")
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    yield made
    made.finish()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy)
    QApplication.processEvents()


def checks(qtbot: QtBot, window: MainWindow) -> ChecksPage:
    window.unlocked()
    window.go("checks")
    settle(qtbot, window)
    page = window.rooms.page("checks")
    assert isinstance(page, ChecksPage)
    return page


def press(page: object, words: str) -> None:
    found = [one for one in page.findChildren(QPushButton) if one.text().strip("\u00a0") == words]  # type: ignore[attr-defined]
    assert found, words
    found[-1].click()


def said(page: object) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))  # type: ignore[attr-defined, arg-type]


def test_a_round_is_called_by_keys_one_number_at_a_time_and_goes_on_later(qtbot: QtBot, window: MainWindow) -> None:
    page = checks(qtbot, window)
    assert "3 due" in said(page)
    press(page, "Begin with the crisis lines")
    settle(qtbot, window)
    assert page.entry is not None
    assert page.entry.big.text() == "(555) 010-0001"
    page.who = "night desk"
    page.entry.script["hours"].setChecked(True)
    qtbot.keyClick(page.entry, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, window)
    assert page.entry.big.text() == "(555) 010-0002"
    page.entry.proposed.setText("(555) 010-0099")
    page.entry.results[Result.WRONG].click()
    settle(qtbot, window)
    window.go("home")
    window.go("checks")
    settle(qtbot, window)
    assert "2 of 3 done" in said(page)
    page.entry.results[Result.LATER].click()
    settle(qtbot, window)
    assert page.entry.big.text() == "(555) 010-0003", "who did not answer is called again"
    here = window.guide.checks.here([one.id for one in LINES])
    assert [(here[one.id].result, here[one.id].by) for one in LINES[:2]] == [
        (Result.REACHED, "night desk"), (Result.WRONG, "night desk"),
    ]  # fmt: skip


def test_a_wrong_key_is_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    page = checks(qtbot, window)
    press(page, "Begin with the crisis lines")
    settle(qtbot, window)
    assert page.entry is not None
    page.entry.results[Result.CLOSED].click()
    settle(qtbot, window)
    press(page, "Take the last result back")
    settle(qtbot, window)
    assert page.entry.big.text() == "(555) 010-0001"
    assert window.guide.checks.here([LINES[0].id]) == {}


def test_results_from_paper_are_typed_in_at_once_and_end_the_round(qtbot: QtBot, window: MainWindow) -> None:
    page = checks(qtbot, window)
    press(page, "Begin with the crisis lines")
    settle(qtbot, window)
    press(page, "Type the results in")
    assert page.list is not None
    for (entry, result, proposed), value in zip(page.list.lines, ("reached", "wrong", "closed"), strict=True):
        result.setCurrentIndex(result.findData(value))
        if value == "wrong":
            proposed.setText("(555) 010-0042")
        assert str(entry.place)
    press(page, "Keep these results")
    settle(qtbot, window)
    assert "This round is done" in said(page)
    press(page, "End this round")
    settle(qtbot, window)
    assert "2 corrections wait" in said(page)
    assert window.guide.checks.round() is None


def test_corrections_are_written_to_a_folder_without_names(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    guide = window.guide
    call = NumberCheck(
        "", LINES[0].id, "", Result.WRONG, guide.checks.today(), "AB", (), "(555) 010-0042", "Maria said"
    )
    guide.checks.record([call])
    page = checks(qtbot, window)
    page._write(guide.checks.corrections(), tmp_path)
    settle(qtbot, window)
    (written,) = tmp_path.glob("*.corrections")
    (one,) = json.loads(written.read_text("utf-8"))["corrections"]
    assert (one["field"], one["old"], one["proposed"]) == ("phone", "(555) 010-0001", "(555) 010-0042")
    assert "Maria" not in written.read_text("utf-8") and "AB" not in written.read_text("utf-8")
    notes = page.findChild(QCheckBox)
    assert notes is not None and not notes.isChecked()


def test_a_mail_holds_what_fits_and_says_when_more_is_left(window: MainWindow) -> None:
    guide = window.guide
    guide.checks.record([NumberCheck("", one.id, "", Result.WRONG, guide.checks.today()) for one in LINES])
    (file,) = guide.checks.corrections()
    link = mail_link([file], Language("en"))
    assert link.startswith("mailto:?subject=") and link.count("-%20Line") == 3
    many = mail_link([replace(file, corrections=file.corrections * 40)], Language("en"))
    assert len(many) <= 1800 and "More%20corrections" in many


def test_anybody_may_tick_what_is_wrong_and_staff_are_told_on_the_page_and_the_entry(
    qtbot: QtBot, window: MainWindow
) -> None:
    """SAFETY N2: reasons to tick, no free text."""
    window.finding.find("Line 1")
    settle(qtbot, window)
    window.open_entry(LINES[0].id)
    settle(qtbot, window)
    press(window.rooms.results.pane, "Something wrong?")
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, ReportDialog) and one.isVisible()]
    assert not dialog.send.isEnabled()
    dialog.ticks[Reason.NUMBER].setChecked(True)
    dialog.send.click()
    settle(qtbot, window)
    assert [(one.service, one.reasons) for one in window.guide.checks.reports()] == [(LINES[0].id, (Reason.NUMBER,))]
    page = checks(qtbot, window)
    assert "The number does not work" in said(page)
    press(page, "Done")
    settle(qtbot, window)
    assert window.guide.checks.reports() == ()


def test_what_this_house_found_stands_on_the_entry(qtbot: QtBot, window: MainWindow) -> None:
    guide = window.guide
    guide.checks.record([NumberCheck("", LINES[0].id, "", Result.WRONG, guide.checks.today())])
    window.finding.find("Line 1")
    settle(qtbot, window)
    window.open_entry(LINES[0].id)
    settle(qtbot, window)
    assert "it did not work" in said(window.rooms.results.pane)
