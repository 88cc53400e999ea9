"""What a bundle says of itself, in words a person can act on."""

from __future__ import annotations

from collections.abc import Iterator

from guide.records import Explained


def said(found: Explained) -> Iterator[str]:
    """Yield the lines of ``guide verify`` before its verdict."""
    yield "What this file says of itself (anyone can write such a file; the verdict below says whether it counts here):"
    yield f"  Publisher    {found.publisher_name}"
    yield f"  Six words    {' '.join(found.fingerprint)}   <- compare them with what the publisher tells you"
    yield f"  Edition      {found.edition_name} (number {found.edition}), {found.services:,} entries"
    yield f"  Signed on    {found.published_at.date()} with {found.signed} of {found.keys} keys ({found.threshold} needed)"
    if found.next_expected:
        yield f"  Next one     expected by {found.next_expected}; this one is out of date after {found.expires.date()}"
    holders = f"{found.root_threshold} of {found.root_keys} holders"
    yield f"  Its keys     can be changed by {holders} together, and are good until {found.root_expires.date()}"
    times = found.changes_of_keys
    changed = "never" if not times else "once" if times == 1 else f"{times} times"
    yield f"  Changed      {changed} since the publisher began; every change is in the file, and older guides follow it"
    yield f"  Size         {found.size:,} bytes, {found.data_length:,} unpacked" + (
        ", search made ready" if found.with_index else ""
    )
    if found.steps_from:
        steps = ", ".join(map(str, found.steps_from))
        yield f"  On a mirror  guides that hold edition {steps} fetch a small step instead of all of it"
    if not found.whole:
        yield "  THE DATA ITSELF IS MISSING: copy the file again"
