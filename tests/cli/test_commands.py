"""The contract of the command line: its commands, its codes, one object on failure, any terminal."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide import errors
from guide.cli import main
from guide.cli.parser import make_parser
from guide.cli.terminal import Terminal
from guide.errors import GuideError, NotGenuineError
from guide.settings import Settings
from tests.cli.asking import Shelter
from tests.makers import make_catalog

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "commands.md").read_text("utf-8")


def commands(parser: argparse.ArgumentParser, prefix: str = "guide") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser, "guide keys new" among them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                below = list(commands(inner, f"{prefix} {name}"))
                if inner.get_default("run") or not below:
                    yield f"{prefix} {name}", inner
                yield from below


ALL = dict(commands(make_parser()))


@pytest.fixture
def shelter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shelter:
    return Shelter(Settings(tmp_path / "data", make_catalog(tmp_path / "c.db"), tmp_path / "no-trust"), capsys)


def test_the_documentation_lists_exactly_the_commands_there_are() -> None:
    assert re.findall(r"^### `(guide [a-z][a-z -]*?)(?: [A-Z-].*)?`$", DOCS, re.MULTILINE) == list(ALL)


@pytest.mark.parametrize("name", ALL)
def test_every_option_of_a_command_is_documented_and_takes_data_json_and_debug(name: str) -> None:
    section = re.split(rf"### `{name}(?![a-z])", DOCS, maxsplit=1)[1].split("\n### ", 1)[0]
    options = {option for action in ALL[name]._actions for option in action.option_strings if option.startswith("--")}
    assert {"--data", "--json", "--debug"} <= options
    for option in options - {"--data", "--json", "--debug", "--help"}:
        assert re.search(rf"(?<![\w-]){option}(?![\w-])", section), f"{name} {option}"


@pytest.mark.parametrize("name", ALL)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*name.split()[1:], "--help"]) == 0
    assert name in capsys.readouterr().out


def test_the_exit_codes_of_the_errors_are_the_documented_ones() -> None:
    table = {int(code): text for code, text in re.findall(r"^\| (\d+) \| (.+?) \|$", DOCS, re.MULTILINE)}
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, GuideError)]
    assert {kind.exit_code for kind in kinds} | {0, 1, 130} == set(table)
    for kind in kinds:
        if kind is not GuideError:
            assert f"`{kind.code}`" in table[kind.exit_code], kind


@pytest.mark.parametrize("words", [["bogus"], [], ["search", "--limit", "0"], ["verify"], ["search", "--lim", "3"]])
def test_wrong_usage_is_code_2_and_one_object(words: list[str], shelter: Shelter) -> None:
    said = shelter.ask(*words)
    assert (said.code, said.facts["error"]) == (2, "usage")
    assert said.err == ""


def test_a_bug_of_ours_is_code_1_with_one_short_line(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_: Path | None) -> Settings:
        raise RuntimeError("12 Hidden Street")

    assert main(["status"], house=broken) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "12 Hidden Street" not in said.err  # what was being read stays out of logs
    assert main(["status", "--debug"], house=broken) == 1
    assert "Traceback" in capsys.readouterr().err
    assert main(["status", "--json"], house=broken) == 1
    assert '"error": "bug"' in capsys.readouterr().out


def test_data_says_where_this_guide_keeps_its_data(shelter: Shelter, tmp_path: Path) -> None:
    assert shelter.ask("status", "--data", tmp_path / "elsewhere").facts["data_folder"] == str(tmp_path / "elsewhere")


def test_a_damaged_catalog_is_this_computers_fault(shelter: Shelter) -> None:
    shelter.settings.catalog.write_bytes(b"nothing of use")
    for words in (["search", "x"], ["status"], ["show", "x"]):
        said = shelter.ask(*words)
        assert (said.code, said.facts["error"]) == (8, "broken-catalog"), words


def test_a_name_from_a_file_cannot_move_the_cursor_or_turn_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal(as_json=False).refuse(NotGenuineError(file="a\x1b[2J\u202egpj\r.guide"))
    said = capsys.readouterr().err
    assert not re.search("[\x1b\u202e\r]", said)
    assert "gpj" in said


# --- a real process -------------------------------------------------------------------------------
def process(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start the command line as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "guide", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )


def test_an_old_terminal_without_accents_gets_question_marks_not_a_crash() -> None:
    out, err = process("search", "abogado", "--language", "es", PYTHONIOENCODING="ascii").communicate(timeout=60)
    assert b"Guide" not in err
    out.decode("ascii")
    out, _ = process("search", "abogado", "--language", "es", "--json", PYTHONIOENCODING="ascii").communicate(
        timeout=60
    )
    assert "\\u00" in out.decode("ascii")


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    running = process("search", "--limit", "500", "--json")
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()  # as head does
    assert running.wait(timeout=60) == 0
    assert running.stderr.read() == b""
    running.stderr.close()
