"""Saved sheets among what the house wrote: they travel to its other PCs, and a change of one can be taken back."""

from __future__ import annotations

from contextlib import suppress

from guide.clock import Clock
from guide.errors import NotFoundError, UsageError
from guide.records.house import Edit
from guide.shelter.facts import change, plain_json, things
from guide.shelter.saved import remove_sheet, save_sheet, saved_sheets, sheet_from, sheet_values
from guide.shelter.store import Store


def take_note(store: Store, clock: Clock) -> None:
    """Keep what became of the saved sheets since the last look, each as one change."""
    now = {sheet.name: sheet_values(sheet) for sheet in saved_sheets(store)}
    kept = {
        name: fields["content"].value for (_, name), fields in things(store, "sheet").items() if "content" in fields
    }
    for name in sorted({*now, *kept}):
        if plain_json(now.get(name)) != plain_json(kept.get(name)):
            change(store, clock, [Edit("sheet", name, "content", now.get(name))], "sheet", name)


def follow(store: Store) -> None:
    """Make the saved sheets what was taken in or taken back."""
    now = {sheet.name: sheet_values(sheet) for sheet in saved_sheets(store)}
    for (_, name), fields in things(store, "sheet").items():
        value = fields["content"].value if "content" in fields else None
        if plain_json(value) == plain_json(now.get(name)):
            continue
        with suppress(UsageError, NotFoundError):  # a name no sheet can have, from a file
            if value is None:
                remove_sheet(store, name)
            elif (sheet := sheet_from(name, value)) is not None:
                save_sheet(store, sheet)
