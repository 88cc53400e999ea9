"""Draws the program's icon from its one SVG in every size and form: PNG, ICO for Windows, ICNS for macOS."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SIZES = (16, 24, 32, 48, 64, 128, 256)
_APPLE = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08"}


def draw(out: Path) -> None:
    """Write every form of the icons into ``out``."""
    from PySide6.QtGui import QGuiApplication, QIcon

    app = QGuiApplication.instance() or QGuiApplication(["icons"])
    out.mkdir(parents=True, exist_ok=True)
    for svg in sorted((Path(__file__).parent / "icons").glob("*.svg")):
        made: dict[int, bytes] = {}
        for size in SIZES:
            path = out / f"{svg.stem}-{size}.png"
            if not QIcon(str(svg)).pixmap(size, size).save(str(path)):
                raise SystemExit(f"Qt could not draw {svg.name}")
            made[size] = path.read_bytes()
        (out / f"{svg.stem}.ico").write_bytes(_ico(made))
        (out / f"{svg.stem}.icns").write_bytes(_icns(made))
    del app


def _ico(pictures: dict[int, bytes]) -> bytes:
    """Return an ICO of PNG pictures (Windows Vista and later read them)."""
    head, body = struct.pack("<3H", 0, 1, len(pictures)), b""
    at = len(head) + 16 * len(pictures)
    for size, data in pictures.items():
        head += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(data), at + len(body))
        body += data
    return head + body


def _icns(pictures: dict[int, bytes]) -> bytes:
    body = b"".join(kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for size, kind in _APPLE.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
