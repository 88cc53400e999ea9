"""Runs commands in this process against a publisher's program, and reads what they say."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from guide.cli import main
from guide.clock import Clock
from guide.settings import Settings
from tests.publisher import Publisher, at


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        """The one object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def accepting(folder: Path) -> Path:
    """Write a baseline that accepts what made-up entries lack, and return it."""
    from guide.publish.lint.rules import ERROR, RULES

    entry = '[[accept]]\ncode = "{}"\nrecord = "*"\nreason = "made-up entries for tests"\nuntil = 2027-11-01\n'
    file = folder / "lint.toml"
    file.write_text("".join(entry.format(code) for code in RULES if RULES[code].severity == ERROR), "utf-8")
    return file


class Shelter:
    """One PC with a program put together by ``publisher``; ``ask`` runs a command on it."""

    def __init__(self, settings: Settings, capsys: pytest.CaptureFixture[str], clock: Clock | None = None) -> None:
        self.settings, self.capsys, self.clock = settings, capsys, clock or at()

    def ask(self, *words: object, json: bool = True) -> Said:
        """Run one command."""
        self.capsys.readouterr()
        every = [str(word) for word in words] + (["--json"] if json else [])
        code = main(every, house=self._house, clock=self.clock)
        said = self.capsys.readouterr()
        return Said(code, said.out, said.err)

    def _house(self, data: Path | None) -> Settings:
        return self.settings if data is None else Settings(data, self.settings.catalog, self.settings.trust)


class Person(io.StringIO):
    """A terminal with a person at it who types what was given."""

    def isatty(self) -> bool:
        """Say that this is a terminal."""
        return True


def person(monkeypatch: pytest.MonkeyPatch, *lines: str) -> Person:
    """Put a person at the terminal; what is said to them is in the returned stream."""
    screen = Person()
    monkeypatch.setattr("sys.stdin", Person("".join(f"{line}\n" for line in lines)))
    monkeypatch.setattr("sys.stderr", screen)
    return screen


__all__ = ["Person", "Publisher", "Said", "Shelter", "accepting", "person"]
