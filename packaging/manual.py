"""Writes the man pages from the commands' own words, so that they never tell of an option that is not there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime

from guide.cli.parser import make_parser

_ABOUT = (
    "Everything the window of the Resource Guide does, for scripts and terminals. "
    "Each command says its options with \\-\\-help."
)


def pages(version: str, day: datetime) -> dict[str, str]:
    """Return the man pages of section 1 by name."""
    return {"guide": _guide(version, day), "resource-guide": _window(version, day)}


def _guide(version: str, day: datetime) -> str:
    parser = make_parser()
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    told = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    lines = [
        *_head("GUIDE", version, day), ".SH NAME", "guide \\- find help, print it, keep it up to date; no window",
        ".SH SYNOPSIS", ".B guide", "[\\-\\-data DIR] [\\-\\-json] [\\-\\-debug] COMMAND \\fI...\\fR", ".SH DESCRIPTION",
        _ABOUT, ".SH COMMANDS",
    ]  # fmt: skip
    for name, inner in commands.choices.items():
        lines += [".TP", f".B guide {_plain(name)}", _plain(told.get(name, "")).capitalize() + "."]
        for words, text in _options(inner):
            lines += [".RS", ".TP", f".B {words}", text or "\\&", ".RE"]
    lines += [
        ".SH EXIT STATUS",
        ".nf",
        *(_plain(line.strip()) for line in (parser.epilog or "").splitlines()[1:]),
        ".fi",
    ]
    lines += [".SH FILES", ".TP", ".I ~/.local/share/resource\\-guide", "What the shelter and the updates wrote."]
    lines += [".TP", ".I /etc/resource\\-guide/policy.toml", "What an administrator set for everybody here."]
    return "\n".join([*lines, ".SH SEE ALSO", ".BR resource\\-guide (1)", ""])


def _window(version: str, day: datetime) -> str:
    lines = [
        *_head("RESOURCE-GUIDE", version, day), ".SH NAME", "resource\\-guide \\- the window of the Resource Guide", ".SH SYNOPSIS",
        ".B resource\\-guide", "[\\-\\-data DIR] [\\-\\-language CODE] [\\-\\-self\\-test] [BUNDLE]", ".SH OPTIONS", ".TP", ".B BUNDLE",
        "An update (a .guide file) to look at in the staff area.", ".TP", ".B \\-\\-data DIR", "Where this guide keeps its data.",
        ".TP", ".B \\-\\-language CODE", "The language to start in.", ".TP", ".B \\-\\-self\\-test",
        "Check that every part is there and works, in a folder that is thrown away, and end: 0 when all is well.",
        ".SH SEE ALSO", ".BR guide (1)", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _head(name: str, version: str, day: datetime) -> list[str]:
    return [f'.TH {_plain(name)} 1 "{day:%Y-%m-%d}" "Resource Guide {version}" "User commands"']


def _options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        names = [name for name in action.option_strings if name.startswith("--")]
        if (
            action.help
            and action.help != argparse.SUPPRESS
            and not {"--help", "--data", "--json", "--debug"} & set(names)
        ):
            value = f" {action.metavar or ''}" if action.nargs != 0 else ""
            yield (
                _plain((names[0] if names else "") + str(value)).strip() or _plain(action.dest),
                _plain(action.help % vars(action) if "%(" in action.help else action.help),
            )


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("-", "\\-").lstrip(".")
