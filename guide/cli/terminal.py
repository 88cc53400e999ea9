"""Where a command's words go: results to stdout (text, or one JSON object), all else to stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import Any, TextIO

from guide.app import Guide
from guide.cli.bar import Bar
from guide.cli.plain import plain
from guide.clock import Clock
from guide.errors import GuideError
from guide.records import Step
from guide.settings import Settings

_STEPS = {
    "open": "Opening the file",
    "verify": "Checking who signed it",
    "check": "Checking that this guide can use it",
    "compare": "Comparing with what is here",
    "index": "Preparing the search",
    "activate": "Putting it in place",
    "remember": "Remembering",
    "read": "Reading",
    "ask": "Asking the mirror",
    "fetch": "Fetching what is new",
    "join": "Putting it together",
    "write": "Writing",
    "build": "Building",
    "lint": "Looking for what must not be published",
    "pack": "Packing",
    "delta": "Making small steps from earlier editions",
    "sign": "Signing",
    "export": "Exporting",
    "reread": "Reading it back as a guide would",
}
_ADVICE = {
    "not-genuine": "Do not use this file. Ask your publisher for a new one.",
    "unknown-publisher": "If this house works with that publisher: guide publishers add FILE. If not, do not use it.",
    "wrong-words": "Check each word. If they are right, do not use this file: call the publisher.",
    "damaged": "Copy the file again, or ask for a new one.",
    "backup-damaged": "Take an older backup: guide backup lists those kept here.",
    "backup-newer": "Install the newest version of the guide here, then restore.",
    "program-too-old": "Install the newer program, then take the update again. What is here stays good.",
    "program-changed": "Start again with the stick in. If it comes again, this computer may not be safe: ask for help.",
    "program-out-of-date": "Check this computer's date. If it is right, ask for a newer file.",
    "no-installer": "Ask whoever looks after this computer, or take the installer that fits it.",
    "not-started": "An administrator of this computer has to say yes.",
    "no-program-publisher": "Whoever packages the program puts its own publisher's root in: docs/release.md.",
    "unfit-catalog": "The program may need an update first.",
    "out-of-date": "Ask for a newer one. If there is none, staff can take it with --accept-expired.",
    "captive-portal": "Sign in to the network in a web browser, then try again.",
    "mirror-cut": "Run it again: it goes on where it was cut.",
    "mirror-slow": "Run it again later: it goes on where it stopped.",
    "mirror-certificate": "Check this computer's date, then the certificate: --certificates FILE.",
    "mirror-proxy": "Give the proxy with --proxy URL, or none with --proxy none.",
    "mirror-wrong": "Tell your publisher. The guide that is here is still good.",
    "nothing-to-pass-on": "Take in the newest update first; then it can be passed on.",
    "no-publisher": "Whoever packages the program puts a publisher in: docs/publishing.md.",
    "busy": "Close the other window, or wait a moment.",
}
# A name out of a file must not move the cursor, colour the screen or turn the line around.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Terminal:
    """Writes for people or, with ``--json``, one object for programs."""

    def __init__(self, *, as_json: bool, debug: bool = False) -> None:
        """Make both streams take any text, whatever the terminal's encoding."""
        self.as_json, self.debug = as_json, debug
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        self._bar: Bar | None = None

    # --- results ----------------------------------------------------------------------------------
    def give(self, facts: dict[str, Any], lines: Iterable[str]) -> None:
        """Write a command's result: ``facts`` as one JSON object, or ``lines`` for people."""
        self.settle()
        if self.as_json:
            self._object(facts)
        else:
            self.show(lines)

    def show(self, lines: Iterable[str]) -> None:
        """Write lines for people to stdout; with ``--json`` to stderr, because stdout holds the object alone."""
        self.settle()
        _write(sys.stderr if self.as_json else sys.stdout, lines)

    def refuse(self, error: GuideError) -> None:
        """Say what stood in the way, with its facts."""
        self.settle()
        if self.as_json:
            self._object({"error": error.code, "message": error.message, **_free(error.facts)})
            return
        facts = [f"  {name.replace('_', ' ')}: {said(value)}" for name, value in error.facts.items() if short(value)]
        advice = [_ADVICE[error.code]] if error.code in _ADVICE else []
        _write(sys.stderr, [f"guide: {error.message}", *facts, *advice])

    def bug(self, error: Exception) -> None:
        """Say in one line that the program failed, not the world."""
        self.settle()
        message = f"The guide itself failed ({type(error).__name__}). Please report it; --debug shows where."
        if self.as_json:
            self._object({"error": "bug", "message": message})
        else:
            _write(sys.stderr, [f"guide: {message}"])

    # --- on the side ------------------------------------------------------------------------------
    def note(self, line: str) -> None:
        """Write one line to stderr."""
        self.settle()
        _write(sys.stderr, [line])

    def progress(self, step: Step) -> None:
        """Show how far long work has come: a bar on a terminal, else each step once; on stderr."""
        if self._bar is None:
            live = bool(sys.stderr and sys.stderr.isatty()) and not self.as_json
            self._bar = Bar(sys.stderr, live=live)
        self._bar.show(step, _STEPS.get(step.name, step.name.capitalize()))

    def settle(self) -> None:
        """End the line of a bar, before something else is written to the terminal."""
        if self._bar is not None:
            self._bar.end()

    def can_ask(self) -> bool:
        """Say whether a person sits at both ends of this terminal."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: str) -> str:
        """Ask on stderr and return the answer, "" when there is none."""
        self.settle()
        sys.stdout.flush()
        sys.stderr.write(question)
        sys.stderr.flush()
        return sys.stdin.readline().strip()

    def _object(self, facts: dict[str, Any]) -> None:
        utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        sys.stdout.write(json.dumps(plain(facts), ensure_ascii=not utf8, indent=1) + "\n")


class Desk:
    """What every command stands at: this house's settings, the clock, the terminal, the guide."""

    def __init__(self, settings: Settings, clock: Clock, terminal: Terminal) -> None:
        """Take them; open nothing."""
        self.settings, self.clock, self.terminal = settings, clock, terminal
        self.guide = Guide(settings, clock)

    def close(self) -> None:
        """Let go of every file."""
        self.guide.close()


def said(value: Any) -> str:
    """Return a fact as a person reads it."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(said(one) for one in value)
    return "yes" if value is True else "no" if value is False else str(value)


def short(value: Any) -> bool:
    """Say whether a fact fits on one line."""
    return value not in ("", None, (), [], {}) and not isinstance(value, dict) and len(said(value)) <= 300


def _free(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in ("error", "message")}


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    for line in lines:
        stream.write(_UNSEEN.sub("\ufffd", line) + "\n")
    stream.flush()
