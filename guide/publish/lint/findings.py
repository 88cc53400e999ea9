"""What the lint found: each thing with its code, record, reason and advice; many of one kind are counted, not kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from guide.publish.lint.rules import ERROR, ORDER, RULES

KEPT = 1_000  # of each code: a million entries without a date are one fact, not a million lines


@dataclass(frozen=True)
class Finding:
    """One thing to look at, in the entry ``record`` (its own id, as the publisher wrote it). ``do``: what to do."""

    code: str
    severity: str
    record: str
    name: str
    reason: str
    do: str


@dataclass(frozen=True)
class Accepted:
    """A finding that the baseline accepts, with the reason given there and the day it ends (ISO 8601)."""

    finding: Finding
    reason: str
    until: str


@dataclass
class Findings:
    """All findings of one run. ``counts`` is by code and true, however many are kept."""

    services: int = 0
    kept: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    accepted: list[Accepted] = field(default_factory=list)
    accepted_counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)  # of the baseline: ended, or not needed any more

    def add(self, finding: Finding) -> None:
        """Count ``finding``, and keep it while there are few of its kind."""
        self.counts[finding.code] += 1
        if self.counts[finding.code] <= KEPT:
            self.kept.append(finding)

    def accept(self, finding: Finding, reason: str, until: str) -> None:
        """Count ``finding`` as accepted."""
        self.accepted_counts[finding.code] += 1
        if self.accepted_counts[finding.code] <= KEPT:
            self.accepted.append(Accepted(finding, reason, until))

    @property
    def errors(self) -> int:
        """How many findings block a release."""
        return sum(count for code, count in self.counts.items() if RULES[code].severity == ERROR)

    def by_severity(self) -> dict[str, int]:
        """Return how many there are of each severity."""
        found: Counter[str] = Counter()
        for code, count in self.counts.items():
            found[RULES[code].severity] += count
        return {name: found[name] for name in ORDER if found[name]}

    def codes(self) -> list[str]:
        """Return the codes that were found, the gravest and the most frequent first."""
        return sorted(self.counts, key=lambda c: (ORDER[RULES[c].severity], -self.counts[c], c))

    def of(self, code: str) -> list[Finding]:
        """Return what is kept of ``code``."""
        return [one for one in self.kept if one.code == code]


def finding(code: str, record: str, name: str, reason: str) -> Finding:
    """Return a finding of ``code`` with its severity and advice."""
    rule = RULES[code]
    return Finding(code, rule.severity, record, name, reason, rule.advice)
