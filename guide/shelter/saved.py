"""Saved sheets in shelter.db: name, entries in order, options. Whoever reads them checks them anew."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from guide.errors import NotFoundError, UsageError
from guide.records import SavedEntry, SavedSheet, SheetOptions
from guide.shelter.store import Store
from guide.shelter.tables import saved_entry, saved_sheet

_MOST = 500  # entries of a sheet from another PC
LONGEST_NAME = 60
# What the house is, not what one sheet is: taken from the settings each time.
_OF_THE_HOUSE = ("shelter_name", "footer", "logo", "staff", "overdue")
_KEPT = {f.name: f for f in fields(SheetOptions) if f.name not in _OF_THE_HOUSE}


def saved_sheets(store: Store) -> tuple[SavedSheet, ...]:
    """Return every saved sheet by name."""
    with store.reading() as db:
        if db is None:
            return ()
        entries: dict[int, list[SavedEntry]] = {}
        for row in db.execute(select(saved_entry).order_by(saved_entry.c.sheet, saved_entry.c.place)).mappings():
            numbers = tuple(json.loads(row["numbers"]))
            entries.setdefault(row["sheet"], []).append(SavedEntry(row["service"], row["digest"], row["name"], numbers))
        found = [
            SavedSheet(
                row["name"], tuple(entries.get(row["id"], ())), _options(row["options"]),
                date.fromisoformat(row["saved_on"]),
            )
            for row in db.execute(select(saved_sheet)).mappings()
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda sheet: sheet.name.casefold()))


def save_sheet(store: Store, sheet: SavedSheet) -> None:
    """Keep ``sheet``; one of the same name is replaced whole. Raises UsageError: no name, or too long."""
    name = " ".join(sheet.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise UsageError(f"A saved sheet's name has 1 to {LONGEST_NAME} characters.", longest=LONGEST_NAME)
    options = json.dumps({key: getattr(sheet.options, key) for key in _KEPT}, ensure_ascii=False)
    with store.writing() as db:
        _drop(db, name)
        values = {"name": name, "options": options, "saved_on": sheet.saved_on.isoformat()}
        made = db.execute(insert(saved_sheet).values(values)).inserted_primary_key
        rows = [
            {
                "sheet": made[0] if made else 0,
                "place": place,
                "service": entry.service,
                "digest": entry.digest,
                "name": entry.name,
                "numbers": json.dumps(entry.numbers, ensure_ascii=False),
            }
            for place, entry in enumerate(sheet.entries)
        ]
        if rows:
            db.execute(insert(saved_entry), rows)


def remove_sheet(store: Store, name: str) -> None:
    """Drop a saved sheet. Raises NotFoundError."""
    with store.writing() as db:
        if not _drop(db, name):
            raise NotFoundError("There is no saved sheet of that name.", saved=name)


def rename_template(store: Store, before: str, after: str) -> None:
    """Let the saved sheets that stood on the template ``before`` stand on ``after``."""
    for sheet in saved_sheets(store):
        if sheet.options.template.casefold() == before.casefold():
            save_sheet(store, replace(sheet, options=replace(sheet.options, template=after)))


def _drop(db: Any, name: str) -> bool:
    found = db.execute(select(saved_sheet.c.id).where(saved_sheet.c.name == name)).scalar()
    if found is None:
        return False
    db.execute(delete(saved_entry).where(saved_entry.c.sheet == found))
    db.execute(delete(saved_sheet).where(saved_sheet.c.id == found))
    return True


def _options(text: str) -> SheetOptions:
    """Return options as far as they still mean something; what an older or newer program wrote falls back."""
    kept = json.loads(text)
    good: dict[str, Any] = {}
    for key, field in _KEPT.items():
        value = kept.get(key)
        if key == "languages" and isinstance(value, list) and 1 <= len(value) <= 2:
            good[key] = tuple(str(code) for code in value)
        elif type(value) is type(field.default) and key != "languages":
            good[key] = value
    return SheetOptions(**good)


# --- as plain values, for other PCs of the house ---------------------------------------------------------
def sheet_values(sheet: SavedSheet) -> dict[str, Any]:
    """Return a saved sheet as plain JSON values, without its name."""
    options = {key: getattr(sheet.options, key) for key in _KEPT}
    entries = [[one.service, one.digest, one.name, list(one.numbers)] for one in sheet.entries]
    found: dict[str, Any] = json.loads(
        json.dumps({"options": options, "saved_on": sheet.saved_on.isoformat(), "entries": entries})
    )
    return found


def sheet_from(name: str, values: Any) -> SavedSheet | None:
    """Return the saved sheet of plain values from anywhere, None where they make none."""
    try:
        entries = tuple(
            SavedEntry(str(service), str(digest), str(called), tuple(map(str, numbers)))
            for service, digest, called, numbers in values["entries"][:_MOST]
        )
        options = _options(json.dumps(values["options"]))
        return SavedSheet(name, entries, options, date.fromisoformat(values["saved_on"]))
    except (KeyError, TypeError, ValueError, AttributeError, UsageError):
        return None
