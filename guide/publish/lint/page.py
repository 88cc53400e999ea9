"""The lint's findings as one page for people: plain HTML, no script, nothing from anywhere else, prints well."""

from __future__ import annotations

from datetime import date
from html import escape

from guide.publish.lint.findings import Finding, Findings
from guide.publish.lint.rules import RULES

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1c1c1c;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .2rem;border-top:2px solid #1c1c1c;padding-top:.8rem}
.error h2{border-color:#a4161a}.do{margin:.2rem 0 .6rem}.code{font:.85rem monospace;color:#444}
table{border-collapse:collapse;width:100%}td,th{text-align:start;vertical-align:top;padding:.3rem .6rem .3rem 0;
border-bottom:1px solid #bbb;overflow-wrap:anywhere}td:first-child{width:35%}
@media print{body{margin:0;max-width:none;font-size:11pt}tr,h2{break-inside:avoid}h2{break-after:avoid}}
"""
_SAID = {"error": "blocks a release", "warning": "to be looked at", "hint": "could be better"}


def page(found: Findings, title: str, today: date) -> str:
    """Return ``found`` as an HTML page; every text out of the catalog is escaped."""
    counts = found.by_severity()
    summary = ", ".join(f"{counts[s]:,} {s}{'s' if counts[s] > 1 else ''} ({_SAID[s]})" for s in counts)
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>What to check: {escape(title)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>What to check in {escape(title)}</h1>",
        f"<p>{found.services:,} entries, looked at on {today}: {escape(summary) or 'nothing found'}.</p>",
    ]
    for code in found.codes():
        parts += _rule(code, found.counts[code], found.of(code))
    if found.accepted:
        parts += ["<section><h2>Accepted, each until a day</h2>", _head("Entry", "What, and why it may stay")]
        for one in found.accepted:
            why = f"{RULES[one.finding.code].title}: {one.finding.reason}. {one.reason} (until {one.until})"
            parts.append(_row(_entry(one.finding), escape(why)))
        parts.append("</table></section>")
    if found.notes:
        parts += ["<section><h2>About what is accepted</h2><ul>", *(f"<li>{escape(n)}</li>" for n in found.notes)]
        parts.append("</ul></section>")
    return "\n".join([*parts, "</main></body></html>", ""])


def _rule(code: str, count: int, kept: list[Finding]) -> list[str]:
    rule = RULES[code]
    parts = [
        f'<section class="{rule.severity}"><h2>{escape(rule.title)}: {count:,}</h2>',
        f'<p class="do"><strong>{escape(rule.advice)}</strong> <span class="code">{rule.severity}: {code}</span></p>',
        _head("Entry", "Found"),
        *(_row(_entry(one), escape(one.reason)) for one in kept),
        "</table>",
    ]
    if count > len(kept):
        parts.append(f"<p>… and {count - len(kept):,} more of this kind.</p>")
    return [*parts, "</section>"]


def _head(*names: str) -> str:
    return "<table><tr>" + "".join(f'<th scope="col">{name}</th>' for name in names) + "</tr>"


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _entry(one: Finding) -> str:
    return f'<bdi>{escape(one.name)}</bdi><br><span class="code">{escape(one.record)}</span>'
