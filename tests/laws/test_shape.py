"""The shape of the code: small files, each saying its one job, no names that hide what they do."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(p for folder in ("guide", "ui") for p in (ROOT / folder).rglob("*.py"))
CEILING = 300
VAGUE = ("manager", "helper", "utils", "util", "common", "mixin", "misc")


def named(path: Path) -> str:
    """Return the path a person would say."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_is_small_and_says_its_job(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= CEILING, "what second job has this file begun to do?"
    first = (ast.get_docstring(ast.parse(text)) or "").splitlines()
    assert first and first[0].strip(), "a file opens with one line that says its single job"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_name_says_what_it_is(path: Path) -> None:
    names = [n.name for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ClassDef)]
    for name in [path.stem, *names]:
        assert not any(word in name.lower() for word in VAGUE), name


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_broad_except_hides_a_bug(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: a bare except"


def test_most_files_are_about_a_hundred_lines() -> None:
    sizes = sorted(p.read_text("utf-8").count("\n") for p in FILES)
    assert sizes[len(sizes) // 2] <= 130, "the median file has grown"
    assert sizes[int(len(sizes) * 0.9)] <= 260, "one file in ten has grown"
