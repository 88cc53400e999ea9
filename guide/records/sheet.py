"""A sheet of paper before it is typeset: what stands on it and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How a sheet is to look. ``languages``: one or two BCP 47 tags; ``paper``: letter or a4.

    ``staff`` lets entries for staff stand on the sheet too.
    """

    title: str = ""
    languages: tuple[str, ...] = ("en",)
    layout: str = "list"
    paper: str = "letter"
    qr: bool = True
    discreet: bool = False
    shelter_name: str = ""
    staff: bool = False


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One number of an entry: what to call it in each language of the sheet, and the number as published, once."""

    labels: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One service on the sheet. Tuples run over the sheet's languages; ``texts`` holds the small print of each."""

    id: str
    names: tuple[str, ...]
    organization: str
    lines: tuple[SheetLine, ...]
    texts: tuple[tuple[str, ...], ...]
    checked: tuple[str, ...]
    overdue: bool = False
    qr: str = ""
    qr_alt: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All words of a sheet, in the order they stand. ``page`` is the text around x and y of "Page x of y"."""

    options: SheetOptions
    title: str
    entries: tuple[SheetEntry, ...]
    foot: tuple[str, ...]
    page: tuple[str, str, str]
    left_out: tuple[tuple[str, str], ...] = ()

    def every_text(self) -> tuple[str, ...]:
        """Return every text that will stand on the paper."""
        found = [self.title, self.options.shelter_name, *self.foot, *self.page]
        for entry in self.entries:
            found += [*entry.names, entry.organization, *entry.checked, entry.qr_alt]
            found += [text for texts in entry.texts for text in texts]
            found += [text for line in entry.lines for text in (*line.labels, line.number)]
        return tuple(found)


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
