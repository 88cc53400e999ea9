"""What was inferred, mended and left out while a source was read: counted by rule, each with its file and rows."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

KINDS = ("left out", "to look at", "inferred", "mended")
_EXAMPLES = 20
_LEFT_OUT = re.compile(
    r"left out|dropped|not read|not carried|left off|first one kept|first is read|first kept|: cut|private"
)
_TO_LOOK_AT = re.compile(r"leads nowhere|not understood|not known|kept as|no need known|schema says|own total|not there|"
                         r"left as it is|probably cut|spoiled|under two")  # fmt: skip
_INFERRED = re.compile(r"taken|read as|read by|read the right way|made of|not UTF-8|separated|old line ends|inferred|"
                       r"no status|joined|closed|with what|schema that")  # fmt: skip
_SHOWN = 80  # letters of an example


@dataclass
class Report:
    """Findings by (rule, file): how often, in which rows (all of them), and the first examples.

    Nothing that is private may be given to ``add``: the report is read by others than the data.
    """

    rows: dict[str, int] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: dict[tuple[str, str], array[int]] = field(default_factory=dict)
    examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)

    def add(self, rule: str, table: str, line: int = 0, what: str = "", *, count: bool = True) -> None:
        """Count one finding of ``rule`` in the file ``table``, at row ``line`` (0: of the file as a whole)."""
        key = (rule, table)
        if count:
            self.counts[key] += 1
        if line:
            if key not in self.lines:
                self.lines[key] = array("Q")
            self.lines[key].append(line)
        kept = self.examples.setdefault(key, [])
        if len(kept) < _EXAMPLES and (line or what):
            kept.append(f"{table}:{line} {what[:_SHOWN]}".strip() if line else what[:_SHOWN])

    def findings(self) -> list[dict[str, Any]]:
        """Return every finding as plain values, the most frequent first."""
        return [
            {
                "kind": kind_of(rule),
                "rule": rule,
                "table": table,
                "count": count,
                "rows": list(ranges(self.lines.get((rule, table), array("Q")))),
                "examples": self.examples.get((rule, table), []),
            }
            for (rule, table), count in sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON. ``rows`` of a finding are numbers and ranges ("2-40") of rows in its file."""
        return {"rows": self.rows, "findings": self.findings(), "totals": self.totals}


def kind_of(rule: str) -> str:
    """Return what a rule did: left something out, left it to be looked at, inferred it, or mended it."""
    for kind, words in (("left out", _LEFT_OUT), ("to look at", _TO_LOOK_AT), ("inferred", _INFERRED)):
        if words.search(rule):
            return kind
    return "mended"


def ranges(lines: array[int]) -> Iterator[str]:
    """Yield sorted line numbers, each once, runs of them as "2-40"."""
    first = last = 0
    for line in sorted(set(lines)):
        if line == last + 1 and first:
            last = line
            continue
        if first:
            yield f"{first}-{last}" if last > first else str(first)
        first = last = line
    if first:
        yield f"{first}-{last}" if last > first else str(first)
