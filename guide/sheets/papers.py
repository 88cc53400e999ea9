"""From services to finished paper: composed, typeset, folded for the printer, and what staff should know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from guide.records import Category, Edition, Paper, Service, SheetOptions, layout_of
from guide.records.checking import NumberCheck
from guide.sheets.compose import compose
from guide.sheets.fold import two_on_a_side
from guide.sheets.preview import page_count
from guide.sheets.typeset import typeset_told


def make_paper(
    services: Sequence[Service],
    options: SheetOptions,
    edition: Edition,
    today: date,
    categories: Iterable[Category] = (),
    house: Path | None = None,
    *,
    age: str = "fresh",
    editions: Mapping[str, Edition] = MappingProxyType({}),
    here: Mapping[str, NumberCheck] = MappingProxyType({}),
) -> Paper:
    """Return the paper for ``services``; ``house`` is the data folder with the house's fonts and languages.

    ``age`` is the guide's (Status): paper says so too. ``editions``: by id, those of entries not of ``edition``.
    ``here``: this house's own newest call of each entry.

    Raises:
        TypesetError: characters no font has, too many entries for the layout.
        UsageError: there is no such layout or paper.
    """
    languages, fonts = (house / "languages", house / "fonts") if house else (None, None)
    sheet = compose(services, options, edition, today, categories, languages, age=age, editions=editions, here=here)
    made = typeset_told(sheet, fonts)
    layout = layout_of(options.layout)
    called = {service.id: service.name.best(options.languages[0]) for service in services}
    names = [called[entry.id] for entry in sheet.entries]  # staff are told the real one, also of a discreet sheet
    return Paper(
        made.pdf,
        page_count(made.pdf),
        (*sheet.left_out, *((names[n], "too long") for n in made.no_room)),
        tuple(names[n] for n in made.shortened),
        two_on_a_side(made.pdf, options.paper, right_to_left=sheet.ways[0] == "rtl") if layout.folds else b"",
        layout.sides,
    )
