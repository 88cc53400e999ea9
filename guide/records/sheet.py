"""A sheet of paper before it is typeset: what stands on it and how."""

from __future__ import annotations

from collections.abc import Mapping

from guide.records.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How a sheet is to look. ``languages``: one or two BCP 47 tags (``Guide.paper_languages``); ``paper``: letter or a4.

    ``layout``: a slug of ``LAYOUTS``. ``title``: "" gives a neutral one in every language of the sheet. ``footer``:
    this house's own line at the foot. ``logo``: an SVG or PNG as ``HousePaper.keep_logo`` returned it. ``by_category``
    groups the entries under their needs. ``notes_lines``: blank lines to write on, at the end (referral: under each
    entry). ``overdue``: "stamp" or "leave out"; crisis lines stay, stamped. ``discreet`` takes the house's name, logo
    and footer off, and so does ``nameless``, which leaves the words of the entries as they are. ``staff`` lets
    entries for staff stand on the sheet too. ``template``: the house's template that title, footer and logo are from, "" for the standing one.
    """

    title: str = ""
    languages: tuple[str, ...] = ("en",)
    layout: str = "list"
    paper: str = "letter"
    qr: bool = True
    discreet: bool = False
    shelter_name: str = ""
    staff: bool = False
    footer: str = ""
    logo: bytes = b""
    by_category: bool = False
    notes_lines: int = 0
    overdue: str = "stamp"
    nameless: bool = False
    template: str = ""


@dataclass(frozen=True, slots=True)
class SheetText:
    """One piece of small print, the tag of the language its words are in, and what it is.

    ``kind``: alert, about, hours, cost, tongues, place, web, ask, bring, or label. ``label`` stands before a text
    that has no words in the sheet's language ("in English").
    """

    text: str
    language: str
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One number of an entry: what to call it in each language of the sheet, and the number as published, once."""

    labels: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One service on the sheet. Tuples run over the sheet's languages; ``texts`` holds the small print of each.

    ``spoken``: the tag of the language each name is in. ``main``: which line to show where there is room for one.
    ``neutral`` and ``bare``: name and number for strips that are torn off and carried (SAFETY P2). ``group``: which
    of the sheet's groups it belongs to. ``brief``: when it was checked, in few words.
    """

    id: str
    names: tuple[str, ...]
    organization: str
    lines: tuple[SheetLine, ...]
    texts: tuple[tuple[SheetText, ...], ...]
    checked: tuple[str, ...]
    brief: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    main: int = 0
    neutral: tuple[str, ...] = ()
    bare: str = ""
    group: int = 0
    overdue: bool = False
    qr: str = ""
    qr_alt: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All words of a sheet, in the order they stand. Tuples run over its languages.

    ``pages``: the text before x, between x and y, and after y of "Page x of y". ``groups``: the headings over the
    entries, each in every language; none when the entries are not grouped. ``words``: the layout's own words by name. ``ways``: ltr or rtl.
    """

    options: SheetOptions
    titles: tuple[str, ...]
    entries: tuple[SheetEntry, ...]
    foot: tuple[str, ...]
    pages: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[str, ...], ...] = ()
    words: tuple[Mapping[str, str], ...] = ()
    ways: tuple[str, ...] = ("ltr",)
    house: str = ""
    footer: str = ""
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """Return the title in the sheet's first language, for the document's own name."""
        return self.titles[0]

    def every_text(self) -> tuple[str, ...]:
        """Return every text that can stand on the paper."""
        found = [*self.titles, self.house, self.footer, *self.foot]
        found += [part for around in self.pages for part in around]
        found += [name for names in self.groups for name in names]
        found += [word for words in self.words for word in words.values()]
        for entry in self.entries:
            found += [*entry.names, entry.organization, *entry.checked, *entry.brief, entry.qr_alt]
            found += [*entry.neutral, entry.bare]
            found += [part for texts in entry.texts for text in texts for part in (text.text, text.label)]
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
    """A typeset sheet: the PDF as it is read, its pages, and what staff should know of it.

    ``left_out``: (name, reason slug) pairs; reasons: not for print, staff, closed, no number, overdue, gone, too long.
    ``shortened``: names of entries that stand with name, number and hours alone, because the layout has no room
    for more. ``printed``: the pages as they go to the printer, where that differs (booklet); ``sides`` as in ``Layout``.
    """

    pdf: bytes
    pages: int
    left_out: tuple[tuple[str, str], ...] = ()
    shortened: tuple[str, ...] = ()
    printed: bytes = b""
    sides: str = "one-sided"

    @property
    def to_print(self) -> bytes:
        """Return what goes to the printer."""
        return self.printed or self.pdf
