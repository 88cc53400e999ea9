"""The words of the command line: every command with its options and help."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from guide import __version__
from guide.cli import (
    carrying,
    corrections,
    doctor,
    exporting,
    finding,
    keeping,
    keys,
    lint,
    own,
    paper,
    policy,
    programs,
    publishers,
    releases,
    sources,
    updates,
)
from guide.errors import UsageError

_GROUPS = (
    finding, paper, updates, programs, publishers, carrying, own, corrections, keeping, doctor, policy, sources, lint, exporting, keys, releases,
)  # fmt: skip
_CODES = """exit codes:
  0 done                       5 genuine, but out of date: staff must decide
  1 our bug                    6 damaged, or not an update
  2 wrong usage                7 source data cannot be used
  3 not genuine                8 this computer (disk, permission, lock, printer)
  4 not newer than what is here
"""


class Parser(argparse.ArgumentParser):
    """A parser that raises, so that a wrong word becomes JSON too."""

    def __init__(self, **options: Any) -> None:
        """Allow no abbreviations: a script must not break when an option is added."""
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError in place of leaving the program."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the command in ``words``; its ``run`` takes the arguments and the desk. Raises UsageError."""
    return make_parser().parse_args(words)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = Parser(prog="guide", description="Find help, print it, keep it up to date; no window.", epilog=_CODES)
    parser.add_argument("--version", action="version", version=f"guide {__version__}")
    _for_all(parser)
    # After the command they may stand as well; left out there, what stood before it counts.
    every = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    _for_all(every, argparse.SUPPRESS)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for group in _GROUPS:
        group.add(commands, every)
    return parser


def _for_all(parser: argparse.ArgumentParser, off: Any = False) -> None:
    group = parser.add_argument_group("for every command")
    group.add_argument("--data", type=Path, metavar="DIR", default=off or None, help="where this guide keeps its data")
    group.add_argument("--json", action="store_true", default=off, help="one JSON object on stdout, also on failure")
    group.add_argument("--debug", action="store_true", default=off, help="show the trace of a bug of ours")
