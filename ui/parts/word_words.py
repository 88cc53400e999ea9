"""The fields of an entry and the kinds of change, as staff read them."""

from __future__ import annotations

from guide.text import Language, mark

_ = mark
_FIELDS = {
    "hours": _("Hours"), "cost": _("Cost"), "eligibility": _("Who can go"), "application_process": _("Next step"),
}  # fmt: skip
_CHANGES = {
    "own": _("Own service saved"), "closed": _("Own service closed"), "opened": _("Own service opened again"),
    "removed": _("Own service removed"), "import": _("File taken in"), "note": _("Notes"), "amended": _("Better value"),
    "second": _("Second look"), "hidden": _("Hidden"), "shown": _("Shown again"), "settled": _("Kept after an update"),
    "dropped": _("Dropped after an update"), "welcome": _("Welcome"), "cards": _("Lines on top"), "decided": _("Decided"), "sheet": _("Saved sheet"),
}  # fmt: skip
_KINDS = {"gone": _("No longer in the guide"), "closed": _("Closed"), "changed": _("Changed")}


def field_words(field: str, _: Language) -> str:
    """Return what a field is called."""
    return _("Number") if field.startswith("phone/") else _(_FIELDS[field]) if field in _FIELDS else field


def change_words(what: str, _: Language) -> str:
    """Return what kind of change it was."""
    return _(_CHANGES[what]) if what in _CHANGES else what


def kind_words(kind: str, _: Language) -> str:
    """Return what became of an entry."""
    return _(_KINDS[kind]) if kind in _KINDS else kind
