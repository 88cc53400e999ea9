"""QR codes: as SVG for paper, as modules for the window. Nothing is kept of what was asked."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str) -> str:
    """Return an SVG of the code for ``text`` without its quiet zone: one stroked path (facts, print 5)."""
    code = _code(text)
    out = io.BytesIO()
    code.save(out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)
    return out.getvalue().decode()


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the code for ``text``, true for dark, without its quiet zone."""
    return tuple(tuple(bool(module) for module in row) for row in _code(text).matrix)


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, boost_error=False)
