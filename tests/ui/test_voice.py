"""An entry read aloud: on a press, in its language, silent at once; nothing of it in a command or a file (N1, S3)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.ui.conftest import House
from ui import voice as voices
from ui.parts.read_aloud import ReadButton, by_digits
from ui.voice import Command, Voice

# Stands for the voice program: writes what it was asked and what it read, then "speaks" until it is stopped.
PROGRAM = """
import pathlib, sys, time
said = sys.stdin.buffer.read().decode()
with pathlib.Path(sys.argv[1]).open("a", encoding="utf-8") as file:
    file.write(f"{sys.argv[2:]}\\n{said}\\n")
time.sleep(float(sys.argv[3]))
"""


def speaker(heard: Path, seconds: float = 30) -> Command:
    """Return a voice that keeps in ``heard`` what it was given."""
    return lambda tag: [sys.executable, "-c", PROGRAM, str(heard), tag, str(seconds)]


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "heard"
    monkeypatch.setattr(Voice.__init__, "__defaults__", (lambda: speaker(file),))
    return file


def reading(house: House, heard: Path) -> ReadButton:
    """Open an entry, press the button, and wait until the voice has its text."""
    cards = house.type("abogado")
    pane = house.window.rooms.results.pane
    house.wait(lambda: pane.service == cards[0].id)
    made = pane.findChild(ReadButton)
    assert isinstance(made, ReadButton)
    assert pane.voice is not None and not pane.voice.speaks, "no sound before somebody asks (SAFETY S3)"
    made.click()
    house.bot.waitUntil(lambda: heard.exists() and heard.read_text("utf-8").count("\n") > 1, timeout=10_000)
    return made


def test_an_entry_is_read_and_its_text_stands_in_no_command(heard: Path, house: House) -> None:
    made = reading(house, heard)
    command, said = heard.read_text("utf-8").split("\n", 1)
    name = house.window.rooms.results.list.cards.cards[0].name.best("en")
    assert name in said
    assert name not in command
    assert command.startswith("['en'")
    assert made.accessibleName() == "Stop reading"
    made.click()
    assert made.accessibleName() == "Read aloud"


@pytest.mark.parametrize("leave", ["hide", "reset", "another page", "another entry", "close"])
def test_it_is_silent_at_once_when_one_leaves(heard: Path, house: House, leave: str) -> None:
    """SAFETY Q4: hiding hides the voice too."""
    reading(house, heard)
    window = house.window
    voice = window.rooms.results.pane.voice
    assert voice is not None and voice.speaks
    acts = {
        "hide": window.hide_now, "reset": window.reset, "another page": lambda: window.go("home"),
        "another entry": lambda: window.open_entry(window.rooms.results.list.cards.cards[1].id), "close": window.finish,
    }  # fmt: skip
    acts[leave]()
    house.bot.waitUntil(lambda: not voice.speaks, timeout=5000)
    if leave == "hide":
        window.cover.uncover()


def test_each_language_is_read_by_its_own_voice(heard: Path, house: House) -> None:
    voice = Voice(lambda: speaker(heard, 0))
    voice.say([("en", "Legal help"), ("es-MX", "Ayuda legal"), ("en", "")])
    house.bot.waitUntil(lambda: not voice.speaks, timeout=10_000)
    assert [line for line in heard.read_text("utf-8").splitlines() if "egal" in line] == ["Legal help", "Ayuda legal"]


def test_without_a_voice_there_is_no_button(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Voice.__init__, "__defaults__", (lambda: None,))
    house.window.choose_language("es")
    house.type("shelter")
    house.wait(lambda: bool(house.window.rooms.results.pane.service))
    assert house.window.rooms.results.pane.findChild(ReadButton) is None


def test_a_voice_that_does_not_start_leaves_the_button_as_it_was(house: House) -> None:
    voice = Voice(lambda: lambda _tag: ["/nowhere/voice"])
    voice.say([("en", "Hello")])
    house.bot.waitUntil(lambda: not voice.speaks, timeout=5000)


def test_a_language_cannot_slip_into_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices.shutil, "which", lambda name: f"/bin/{name}")
    for system in ("linux", "win32", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        command = voices.this_pcs_voice()
        assert command is not None
        said = " ".join(command("es'; rm -rf /"))
        assert "es'" not in said
        assert "-rf" not in said


def test_a_number_is_read_digit_by_digit() -> None:
    assert by_digits("1-800-799-7233") == "1, 8 0 0, 7 9 9, 7 2 3 3"
    assert by_digits("988") == "9 8 8"
