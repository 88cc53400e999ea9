"""``guide policy check | schema``: the administrator's file looked at before it is rolled out, and its form."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path
from typing import Any

from guide import settings as house
from guide.cli.terminal import Desk
from guide.errors import NotFoundError, UsageError
from guide.policy import FUNCTIONS, Policy, read_policy
from guide.settings import CHOICES, RANGES, Settings, policy_file, why_not

_OWN = {
    "forbid": {
        "type": "array", "uniqueItems": True, "items": {"enum": list(FUNCTIONS)},
        "description": "functions this computer is not to have",
    },
    "kiosk": {"type": "boolean", "description": "the whole screen, closed with the staff passphrase alone"},
    "skip_welcome": {"type": "boolean", "description": "staff are not led through the first steps"},
    "publisher_root": {"type": "string", "description": "folder with the root.json of the publisher to trust"},
}  # fmt: skip
_TYPES = {bool: "boolean", int: "integer", str: "string"}


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add the command."""
    command = commands.add_parser(
        "policy", parents=[every], help="an administrator's policy file: check it, its schema"
    )
    parts = command.add_subparsers(title="what", metavar="check | schema", required=True)
    check = parts.add_parser("check", parents=[every], help="say what a policy file fixes, and what is wrong with it")
    check.add_argument("file", type=Path, nargs="?", metavar="FILE", help=f"else this computer's: {policy_file()}")
    check.set_defaults(run=run_check)
    form = parts.add_parser("schema", parents=[every], help="the JSON schema of the file, for editors and scripts")
    form.set_defaults(run=run_schema)


def run_check(args: argparse.Namespace, desk: Desk) -> None:
    """Print what the file fixes. Raises UsageError when anything in it is not understood, NotFoundError without one."""
    path = args.file or policy_file()
    if not path.is_file():
        raise NotFoundError(f"There is no policy file: {path}", path=str(path))
    policy = read_policy(path, why_not)
    wrong = [f"{fault.key or 'the file'}: {fault.reason}" for fault in policy.faults]
    if wrong:
        raise UsageError(f"{path.name} is not in order. {'; '.join(wrong)}.", faults=policy.faults, path=str(path))
    desk.terminal.give({"path": str(path), "policy": policy}, list(_told(policy, path)))


def run_schema(args: argparse.Namespace, desk: Desk) -> None:
    """Print the schema."""
    import json

    del args
    made = schema()
    desk.terminal.give(made, json.dumps(made, indent=2).splitlines())


def schema() -> dict[str, Any]:
    """Return the JSON schema of a policy file (draft 2020-12)."""
    known = {f.name: f.default for f in fields(Settings) if not why_not(f.name, f.default)}
    lines: dict[str, Any] = {}
    for name, default in known.items():
        lines[name] = {"type": _TYPES[type(default)], "default": default}
        if name in CHOICES:
            lines[name]["enum"] = list(CHOICES[name])
        if name in RANGES:
            lines[name] |= {"minimum": RANGES[name][0], "maximum": RANGES[name][1]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Policy of the Resource Guide",
        "description": "One table of a TOML file, read at " + house.policy_file().name + " of the system's own folder.",
        "type": "object", "additionalProperties": False, "properties": _OWN | lines,
    }  # fmt: skip


def _told(policy: Policy, path: Path) -> list[str]:
    lines = [f"{path}: in order."]
    lines += [f"fixed     {name} = {value!r}" for name, value in sorted(policy.values.items())]
    lines += [f"forbidden {name}: {FUNCTIONS[name]}" for name in sorted(policy.forbidden)]
    own = {"kiosk": policy.kiosk, "skip_welcome": policy.skip_welcome, "publisher_root": policy.publisher_root}
    return lines + [f"set       {name} = {value!r}" for name, value in own.items() if value]
