"""What was found wrong in a source, counted by rule, with examples; nothing is hidden."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

_EXAMPLES = 5


@dataclass
class Report:
    """Counts by (rule, table) with the first examples ("services.csv:12"), and how many rows each table had."""

    rows: dict[str, int] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    totals: dict[str, int] = field(default_factory=dict)

    def add(self, rule: str, table: str, line: int = 0, what: str = "") -> None:
        """Count one finding of ``rule`` in ``table``."""
        self.counts[rule, table] += 1
        kept = self.examples[rule, table]
        if len(kept) < _EXAMPLES:
            kept.append(f"{table}:{line} {what[:80]}".strip() if line else what[:80])

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON: findings by count, largest first."""
        findings = [
            {"rule": rule, "table": table, "count": count, "examples": self.examples[rule, table]}
            for (rule, table), count in sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        return {"rows": self.rows, "findings": findings, "totals": self.totals}

    def as_text(self) -> str:
        """Return the same for a person."""
        lines = [f"{table}: {count:,} rows" for table, count in sorted(self.rows.items())]
        lines += [f"{name}: {count:,}" for name, count in self.totals.items()]
        for (rule, table), count in sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0])):
            lines.append(f"{count:>7,}  {rule} in {table}  (for example {'; '.join(self.examples[rule, table][:2])})")
        return "\n".join(lines)
