"""One command from its words to its exit code: every failure said once, on paper for people or as JSON."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from guide import settings
from guide.cli.parser import parse
from guide.cli.terminal import Desk, Terminal
from guide.clock import Clock, system_clock
from guide.errors import GuideError
from guide.settings import Settings

DONE, OUR_BUG, INTERRUPTED = 0, 1, 130
House = Callable[[Path | None], Settings]


def main(argv: Sequence[str] | None = None, *, house: House = settings.load, clock: Clock = system_clock) -> int:
    """Run one command and return its exit code (docs/commands.md).

    ``house`` gives the settings for a data folder, None meaning the user's own.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    terminal = Terminal(as_json="--json" in words, debug="--debug" in words)
    try:
        code = _run(words, terminal, house, clock)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader (head, less) has seen enough
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(words: list[str], terminal: Terminal, house: House, clock: Clock) -> int:
    try:
        args = parse(words)
        desk = Desk(house(args.data.expanduser().resolve() if args.data else None), clock, terminal)
        try:
            args.run(args, desk)
        finally:
            desk.close()
    except SystemExit as end:  # --help and --version
        return int(end.code or 0)
    except GuideError as error:
        terminal.refuse(error)
        return error.exit_code
    except KeyboardInterrupt:
        terminal.note("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as bug:  # noqa: BLE001 - the last line of defence: one short line, never a trace unasked
        if terminal.debug:
            traceback.print_exc()
        terminal.bug(bug)
        return OUR_BUG
    return DONE
