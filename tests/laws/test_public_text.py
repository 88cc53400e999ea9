"""What strangers read: no path of one machine, no registry's host, no private key, no words that expose a person."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".yaml", ".yml", ".typ", ".po", ".sh", ".cfg", ".json", ".svg", ""}
HOSTS = re.compile(r"(pypi\.|pythonhosted|npmjs\.|deb\.debian\.org|--(extra-)?index-url|--find-links)")
PATHS = re.compile(r"(/work/|/root/|/opt/(pypi|wheels)|/home/[a-z]+/|C:\\\\Users\\\\)")
KEYS = re.compile(r"BEGIN [A-Z ]*PRIVATE KEY")
SELF = Path(__file__).resolve()
# uv is told by this option to name no host; the words of the option are not a host.
ALLOWED = ("--no-emit-index-url",)


def tracked() -> list[Path]:
    """Return the text files of the repository (or, in an unpacked archive, all of them)."""
    try:
        names = subprocess.run(
            ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    return [ROOT / n for n in names if Path(n).suffix in TEXT and (ROOT / n).is_file() and (ROOT / n) != SELF]


@pytest.mark.parametrize(("what", "pattern"), [("a host", HOSTS), ("a machine's path", PATHS), ("a key", KEYS)])
def test_no_tracked_file_names(what: str, pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line) and not any(word in line for word in ALLOWED):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, f"{what}: {found[:10]}"


def test_names_a_stranger_sees_on_the_screen_are_neutral() -> None:
    """SAFETY S1: no word in product name, package or command tells why somebody sits here."""
    project = (ROOT / "pyproject.toml").read_text("utf-8").split("[tool.")[0].lower()
    for word in ("abuse", "traffick", "victim", "crisis", "violence", "survivor"):
        assert word not in project
