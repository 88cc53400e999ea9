"""A house's logo made harmless for paper: of an SVG only shapes and colours are kept, of a PNG only the picture."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from xml.etree import ElementTree
from xml.parsers import expat

from guide.errors import LogoError

_MOST_BYTES = 1_000_000
_MOST_PARTS = 20_000
_DEEPEST = 60
_LARGEST = 1e6
_MOST_PIXELS = 16_000_000
_SVG = "http://www.w3.org/2000/svg"
_PNG = b"\x89PNG\r\n\x1a\n"
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
# Drawing and nothing else: no script, no style sheet, no link, no foreign content, no picture, no reuse that multiplies.
_ELEMENTS = frozenset((*_SHAPES, "svg", "g", "defs", "linearGradient", "radialGradient", "stop", "clipPath"))
_ATTRIBUTES = frozenset((
    "id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height",
    "viewBox", "points", "transform", "preserveAspectRatio", "fill", "fill-rule", "fill-opacity", "stroke",
    "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
    "stroke-dashoffset", "stroke-opacity", "opacity", "clip-path", "clip-rule", "offset", "stop-color",
    "stop-opacity", "gradientUnits", "gradientTransform", "spreadMethod", "clipPathUnits", "color", "display",
    "visibility",
))  # fmt: skip
_SIDE = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2}(?!\d))?)")
# A PNG as this module itself wraps it.
_KEPT = re.compile(
    rb'<svg [^<>]{20,200}><image [^<>]{15,50} href="data:image/png;base64,([A-Za-z0-9+/]+={0,2})"/></svg>'
)
_ASIDE = re.compile(r"(?i)url\(\s*['\"]?(?!#)|javascript:|data:|https?:|file:|@import|&|<")


def clean_logo(data: bytes) -> bytes:
    """Return ``data`` as a harmless SVG (a PNG becomes an SVG that holds it); what was made harmless stays the same.

    Raises:
        LogoError: with ``reason``: size, kind, damaged, unsafe (a DTD or entity), nothing drawn.
    """
    if wrapped := _KEPT.fullmatch(data):  # cleaned before: it stays what it is
        data = base64.b64decode(wrapped[1] + b"==")
    if len(data) > _MOST_BYTES:
        raise LogoError(reason="size", most=_MOST_BYTES)
    if data.startswith(_PNG):
        return _wrapped(data)
    if b"<" not in data[:200]:
        raise LogoError(reason="kind")
    return _svg(data)


def _svg(data: bytes) -> bytes:
    root = _parsed(data)
    if root.tag != f"{{{_SVG}}}svg":
        raise LogoError(reason="kind")
    drawn = _keep(root)
    if not drawn or not _has_room(root):
        raise LogoError(reason="nothing drawn")
    ElementTree.register_namespace("", _SVG)
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _has_room(root: ElementTree.Element) -> bool:
    """Say whether the picture has a width and a height; one without, or larger than any paper, cannot be typeset."""
    sides = [root.get("width", "1"), root.get("height", "1")]
    sides += root.get("viewBox", "0 0 1 1").replace(",", " ").split()[2:4]
    sizes = [float(number[1]) for side in sides if (number := _SIDE.match(side))]  # a word ("auto") is no size
    return all(0 < size < _LARGEST for size in sizes)


def _parsed(data: bytes) -> ElementTree.Element:
    """Return the tree, built part by part with bounds; a document type (entities, other files) is refused."""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = parts = 0

    def name(text: str) -> str:
        return "{" + text if "}" in text else text

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, parts
        depth, parts = depth + 1, parts + 1
        if depth > _DEEPEST or parts > _MOST_PARTS:
            raise LogoError(reason="size", most=_MOST_PARTS)
        builder.start(name(tag), {name(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name(tag))

    def refuse(*_: object) -> int:
        raise LogoError(reason="unsafe")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        raise LogoError(reason="damaged") from error


def _keep(element: ElementTree.Element) -> int:
    """Take away everything that is not allowed, in place; return how many shapes are left."""
    element.text = element.tail = None
    for declaration in element.attrib.pop("style", "").split(";"):  # what Inkscape writes in place of attributes
        key, colon, value = declaration.partition(":")
        if colon:
            element.set(key.strip(), value.strip())
    for key in list(element.attrib):
        if key not in _ATTRIBUTES or _ASIDE.search(element.attrib[key]):
            del element.attrib[key]
    drawn = int(element.tag.removeprefix(f"{{{_SVG}}}") in _SHAPES)
    for child in list(element):
        if child.tag.startswith(f"{{{_SVG}}}") and child.tag.removeprefix(f"{{{_SVG}}}") in _ELEMENTS:
            drawn += _keep(child)
        else:
            element.remove(child)
    return drawn


def _wrapped(data: bytes) -> bytes:
    """Return a PNG, proven whole, inside an SVG of its size; only the chunks that make the picture are kept."""
    kept, at, width, height, rows = [_PNG], len(_PNG), 0, 0, b""
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        crc = data[at + 8 + length : at + 12 + length]
        if len(crc) != 4 or struct.unpack(">I", crc)[0] != zlib.crc32(kind + body):
            raise LogoError(reason="damaged")
        if kind == b"IHDR" and length == 13:
            width, height = struct.unpack(">II", body[:8])
            if not 0 < width * height <= _MOST_PIXELS:
                raise LogoError(reason="size", most=_MOST_PIXELS)
        if kind == b"IDAT":
            rows += body
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            kept.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            break
    try:
        unpacked = zlib.decompressobj().decompress(rows, _MOST_PIXELS * 8 + height)
    except zlib.error as error:
        raise LogoError(reason="damaged") from error
    if not width or len(unpacked) < height or kept[-1][4:8] != b"IEND":
        raise LogoError(reason="damaged")
    picture = base64.b64encode(b"".join(kept)).decode()
    return (
        f'<svg xmlns="{_SVG}" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{picture}"/></svg>'
    ).encode()
