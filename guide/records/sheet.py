"""A sheet of paper before it is typeset: what stands on it and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How a sheet is to look. ``languages``: one or two BCP 47 tags; ``paper``: letter or a4."""

    title: str = ""
    languages: tuple[str, ...] = ("en",)
    layout: str = "list"
    paper: str = "letter"
    qr: bool = True
    discreet: bool = False
    shelter_name: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One number or address of an entry. ``label`` and ``detail`` are given per language of the sheet."""

    kind: str
    number: str
    labels: tuple[str, ...]
    qr: str = ""
    qr_alts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One service on the sheet. Tuples run over the sheet's languages; numbers stand once."""

    id: str
    names: tuple[str, ...]
    organization: str
    lines: tuple[SheetLine, ...]
    texts: tuple[tuple[str, ...], ...]
    checked: tuple[str, ...]
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All words of a sheet, in the order they stand, ready for typesetting. Nothing is looked up later."""

    options: SheetOptions
    title: str
    heading: tuple[str, ...]
    entries: tuple[SheetEntry, ...]
    foot: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as pixels: 8-bit grey (``channels`` 1) or RGB (3), rows of ``stride`` bytes."""

    width: int
    height: int
    stride: int
    channels: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """A typeset sheet: the PDF's bytes, its pages, and the entries left out as (name, reason slug) pairs."""

    pdf: bytes
    pages: int
    left_out: tuple[tuple[str, str], ...] = ()
