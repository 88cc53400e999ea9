"""The team's source as our copy keeps it: what editors wrote to each other in a public text is for staff alone."""

from __future__ import annotations

from typing import Any

from guide.publish.lint.words import EDITORS

Fact = dict[str, Any]


def notes_apart(entry: Fact, ours: Fact) -> Fact:
    """Return the source's entry with ours in place of each public text that holds an editor's note."""
    public = {}
    for key, value in entry.items():
        if key == "contacts":
            value = [notes_apart(a, b) for a, b in zip(value, ours["contacts"], strict=True)]
        elif isinstance(value, str) and key != "staff_notes" and EDITORS.search(value):
            value = ours.get(key)
        if value is not None:
            public[key] = value
    return public


def without_notes(entry: Fact) -> Fact:
    """Return our entry without the notes for staff."""
    contacts = [{k: v for k, v in contact.items() if k != "staff_notes"} for contact in entry["contacts"]]
    return {k: v for k, v in entry.items() if k != "staff_notes"} | {"contacts": contacts}
