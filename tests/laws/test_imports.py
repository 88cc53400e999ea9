"""The arrows of the house, by import-linter: the contracts hold, and each one is able to fail."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

# One line that breaks each contract on purpose, and the file it is written into.
BREAKS = {
    "window-on-guide": ("guide/catalog/hours.py", "import ui.start"),
    "no-qt-in-guide": ("guide/catalog/hours.py", "import PySide6"),
    "window-doors": ("ui/start.py", "import guide.catalog.reader"),
    "window-libraries": ("ui/start.py", "import sqlite3"),
    "floors": ("guide/records/words.py", "import guide.settings"),
    "tuf": ("guide/settings.py", "import tuf"),
    "sockets": ("guide/bundles/sources/mirror.py", "import urllib3"),
    "one-link": ("guide/bundles/sources/mirror.py", "import guide.bundles.sources.link"),
    "pages": ("ui/pages/home_page.py", "import ui.pages.sheet_page"),
    "paper-does-not-look": ("guide/sheets/compose.py", "import guide.bundles.editions"),
}


def contracts() -> list[str]:
    """Return the names of the contracts in .importlinter."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    return [s.rsplit(":", 1)[1] for s in config.sections() if s.startswith("importlinter:contract:")]


def lint(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the code in ``folder``."""
    script = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", script, "--no-cache", *more], cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_contract_is_broken_once_on_purpose() -> None:
    assert sorted(BREAKS) == sorted(contracts())


def test_the_arrows_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_contract_notices_when_it_is_broken(name: str, tmp_path: Path) -> None:
    ignore = shutil.ignore_patterns("__pycache__", "*.svg", "*.mo")
    for folder in ("guide", "ui"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignore)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    file, line = BREAKS[name]
    target = tmp_path / file
    target.write_text(f"{target.read_text('utf-8')}\n{line}\n", "utf-8")
    result = lint(tmp_path, "--contract", name)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout
