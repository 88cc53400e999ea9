"""The report of a build as one page for people: plain HTML, no script, nothing from anywhere else, prints well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from guide.publish.report import KINDS

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1c1c1c;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.3rem;margin:2rem 0 .3rem;border-top:2px solid #1c1c1c;padding-top:.8rem}
h3{font-size:1.05rem;margin:1.4rem 0 .2rem}.rows{font:.85rem/1.6 monospace;color:#333;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}td,th{text-align:start;vertical-align:top;padding:.3rem .8rem .3rem 0;
border-bottom:1px solid #bbb;overflow-wrap:anywhere}td:last-child,th:last-child{text-align:end;white-space:nowrap}
@media print{body{margin:0;max-width:none;font-size:11pt}tr,h2,h3{break-inside:avoid}h2,h3{break-after:avoid}}
"""
_SAID = {
    "left out": "What was left out",
    "to look at": "What somebody should look at",
    "inferred": "What was inferred: the source did not say it in so many words",
    "mended": "What was mended",
}
_MOST_ROWS = 400  # ranges of rows on paper; the JSON report has all


def report_page(report: dict[str, Any], title: str, today: date) -> str:
    """Return a build's report as an HTML page; every text out of a source is escaped."""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>How {escape(title)} was read</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>How {escape(title)} was read</h1>",
        (
            f"<p>Built on {today}: {report['services']:,} entries. No private street, name of staff or note is in this "
            "report. Rows are numbered as they stand in the file, its header being row 1.</p>"
        ),
    ]
    for source in report["sources"]:
        parts += _source(source)
    if report["call_now_added"]:
        added = ", ".join(escape(name) for name in report["call_now_added"])
        parts.append(f"<h2>Added, to be called at once</h2><p>{added}</p>")
    return "\n".join([*parts, "</main></body></html>", ""])


def _source(source: dict[str, Any]) -> Iterator[str]:
    yield f"<h2><bdi>{escape(source['source'])}</bdi>: {source['services']:,} entries</h2>"
    counts = [(f"rows of {name}", count) for name, count in source.get("rows", {}).items()]
    counts += list(source.get("totals", {}).items())
    if counts:
        yield '<table><tr><th scope="col">Counted</th><th scope="col">How many</th></tr>'
        yield from (f"<tr><td><bdi>{escape(name)}</bdi></td><td>{count:,}</td></tr>" for name, count in counts)
        yield "</table>"
    for kind in KINDS:
        those = [found for found in source.get("findings", ()) if found["kind"] == kind]
        if those:
            yield f"<h2>{_SAID[kind]}</h2>"
            for found in those:
                yield from _finding(found)
    if not source.get("findings"):
        yield "<p>Nothing was inferred, mended or left out.</p>"


def _finding(found: dict[str, Any]) -> Iterator[str]:
    yield f"<h3>{escape(found['rule'])}: {found['count']:,} in <bdi>{escape(found['table'])}</bdi></h3>"
    rows = found["rows"]
    if rows:
        more = f" … and {len(rows) - _MOST_ROWS:,} more; the JSON report has all" if len(rows) > _MOST_ROWS else ""
        yield f'<p class="rows">rows {", ".join(rows[:_MOST_ROWS])}{more}</p>'
    if found["examples"]:
        yield "<ul>"
        yield from (f"<li><bdi>{escape(example)}</bdi></li>" for example in found["examples"])
        yield "</ul>"
