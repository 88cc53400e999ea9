"""Passphrases of keys: from a prompt or a file, never from the command line, each asked for once."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from collections.abc import Collection
from pathlib import Path

from guide.cli.terminal import Terminal
from guide.errors import KeyFileError, UsageError

_FOR_ONE_KEY = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*):\s+(\S.*)")


def add_option(command: argparse.ArgumentParser) -> None:
    """Add ``--passphrase-file``."""
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="read passphrases from FILE (- for stdin): one line for all keys, or lines 'KEY: passphrase'",
    )


class Passphrases:
    """Answers a key's name with its passphrase; ``guide.publish`` calls it."""

    def __init__(self, terminal: Terminal, file: Path | None, known: Collection[str] = ()) -> None:
        """Take where to ask; ``known`` are the keys that exist, any other one is being made."""
        self._terminal, self._known = terminal, frozenset(known)
        self._kept: dict[str, str] = {}
        self._for_all = ""
        self._from_file = file is not None
        if file is not None:
            self._read(file)

    def __call__(self, key: str) -> str:
        """Return the passphrase of ``key``, "" where another key may sign in its place.

        Raises:
            KeyFileError: the file has none for a key that is being made.
            UsageError: nobody is here to ask.
        """
        if key not in self._kept:
            if self._from_file and not self._for_all and key not in self._known:
                raise KeyFileError("The passphrase file has no line for this key.", name=key)
            self._kept[key] = self._for_all if self._from_file else self._prompt(key)
        return self._kept[key]

    def _read(self, file: Path) -> None:
        try:
            text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("The passphrase file cannot be read.", file=str(file)) from error
        for line in text.splitlines():
            if found := _FOR_ONE_KEY.fullmatch(line.strip()):
                self._kept[found[1]] = found[2]
            elif line.strip():
                if self._for_all:
                    raise UsageError("The passphrase file has two lines that name no key.", file=str(file))
                self._for_all = line.strip()
        if not (self._for_all or self._kept):
            raise UsageError("The passphrase file is empty.", file=str(file))

    def _prompt(self, key: str) -> str:
        if not self._terminal.can_ask():
            raise UsageError("Nobody is here to type a passphrase. Use --passphrase-file.", key=key)
        self._terminal.settle()
        if key in self._known:
            return getpass.getpass(
                f"Passphrase of {key}, or its token's PIN (Enter alone: use another key): ", sys.stderr
            )
        return self._chosen(key)

    def _chosen(self, key: str) -> str:
        """Return a new passphrase, typed twice; Enter alone has one made."""
        from guide.publish.six_words import suggest_passphrase

        new = getpass.getpass(f"New passphrase of {key} (Enter alone: have one made): ", sys.stderr)
        if not new:
            new = suggest_passphrase()
            self._terminal.note(f"  {new}\nWrite it down, on paper, now; it is not shown again.")
        if " ".join(getpass.getpass(f"Passphrase of {key} once more: ", sys.stderr).split()) != " ".join(new.split()):
            raise UsageError("The two are not the same. Nothing was made.", key=key)
        return new
