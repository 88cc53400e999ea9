"""Backup in the window's settings: one press out, two presses in, and nothing is changed by looking."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from guide.app import Guide
from guide.settings import Settings
from guide.text import Language
from tests.makers import NOW
from ui.jobs import Jobs
from ui.parts.backup_form import BackupAsks, BackupForm
from ui.visit_jobs import VisitJobs


def form_of(qtbot: QtBot, guide: Guide, told: list[str]) -> tuple[BackupForm, Jobs]:
    """Return the form over a real guide."""
    safe, jobs = guide.safekeeping, Jobs()
    asks = BackupAsks(
        lambda path, too: safe.write(path, confidential=too), safe.look, safe.restore, lambda: told.append("restored")
    )
    form = BackupForm(Language("en"), VisitJobs(jobs), asks)
    qtbot.addWidget(form)
    return form, jobs


def texts(form: BackupForm) -> str:
    """Return all that stands on the form."""
    return "\n".join(one.text() for one in form.findChildren(QLabel))


def test_a_backup_is_saved_looked_at_and_put_back(qtbot: QtBot, tmp_path: Path) -> None:
    guide = Guide(Settings(data=tmp_path / "data"), lambda: NOW)
    guide.change_settings(shelter_name="Harbor House")
    told: list[str] = []
    form, jobs = form_of(qtbot, guide, told)
    assert not form.confidential.isChecked(), "SAFETY N7: asked, and no by itself"
    file = tmp_path / "house.guide-backup"
    form.write(file)
    qtbot.waitUntil(lambda: "house.guide-backup" in texts(form))
    guide.change_settings(shelter_name="Another name")
    form.look_at(file)
    qtbot.waitUntil(lambda: "Backup of Harbor House" in texts(form))
    assert guide.settings.shelter_name == "Another name", "looking changes nothing"
    form.yes.click()
    qtbot.waitUntil(lambda: told == ["restored"])
    assert guide.settings.shelter_name == "Harbor House"
    jobs.stop()


def test_a_file_that_is_no_backup_is_told_calmly(qtbot: QtBot, tmp_path: Path) -> None:
    form, jobs = form_of(qtbot, Guide(Settings(data=tmp_path / "data"), lambda: NOW), [])
    (tmp_path / "letter").write_text("Dear all")
    form.look_at(tmp_path / "letter")
    qtbot.waitUntil(lambda: "not a backup" in texts(form))
    jobs.stop()
