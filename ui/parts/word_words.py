"""The fields of an entry, their values and the kinds of change, as staff read them."""

from __future__ import annotations

from guide.text import Language, mark

_ = mark
_FIELDS = {
    "hours": _("Hours"), "cost": _("Cost"), "eligibility": _("Who can go"), "application_process": _("Next step"),
    "name": _("Name of the service"), "organization": _("Who gives it"), "category": _("Need"), "also_in": _("Also under"),
    "description": _("What it is, in a sentence or two"), "phones": _("How to reach it"), "url": _("Web page"),
    "urls": _("Web page"), "email": _("E-mail"), "schedules": _("When it is open"), "tags": _("Who it is for"),
    "languages": _("Languages spoken there"), "required_documents": _("What to bring"), "places": _("Address"),
    "discreet_name": _("Neutral name"), "audience": _("For staff alone"), "not_for_print": _("Never on paper"),
    "staff_note": _("Note for staff"), "sheet_note": _("Note for the sheet"), "hidden": _("Hidden"), "removed": _("Removed"),
    "status": _("Closed or open"), "assured_date": _("Checked on"), "minimum_age": _("Youngest age"),
    "maximum_age": _("Oldest age"), "language_note": _("About languages"), "alert": _("Important"),
    "service_areas": _("Area"), "accessibility": _("Access"), "alternate_name": _("Other name"), "assurer": _("Checked by"),
    "welcome": _("Welcome"), "call_now": _("Lines on top"), "content": _("Saved sheet"), "title": _("Title"),
    "footer": _("Line at the foot"), "logo": _("Logo"),
}  # fmt: skip
_CHANGES = {
    "own": _("Own service saved"), "closed": _("Own service closed"), "opened": _("Own service opened again"),
    "removed": _("Own service removed"), "import": _("File taken in"), "note": _("Notes"), "amended": _("Better value"),
    "template": _("Template"), "second": _("Second look"), "hidden": _("Hidden"), "shown": _("Shown again"), "settled": _("Kept after an update"),
    "dropped": _("Dropped after an update"), "welcome": _("Welcome"), "cards": _("Lines on top"), "decided": _("Decided"), "sheet": _("Saved sheet"),
}  # fmt: skip
_KINDS = {"gone": _("No longer in the guide"), "closed": _("Closed"), "changed": _("Changed")}


def field_words(field: str, _: Language) -> str:
    """Return what a field is called."""
    return _("Number") if field.startswith("phone/") else _(_FIELDS[field]) if field in _FIELDS else field


def value_words(field: str, value: object, _: Language) -> str:
    """Return a value as it is kept, in a person's words: what two PCs wrote is compared by it."""
    if value is None or value == []:
        return _("nothing")
    if value is True:
        return _("yes")
    if field in ("logo", "content"):
        return _("another one")
    if isinstance(value, dict):
        told = [value.get(name) for name in ("value", "published", "url", "opens_at", *_PLACE)]
        days = ", ".join(str(day) for day in value.get("byday") or ())
        span = " - ".join(str(value[name]) for name in ("opens_at", "closes_at") if value.get(name))
        if days or span:
            return " ".join(filter(None, (days, span)))
        return ", ".join(str(one) for one in told if one)
    if isinstance(value, list):
        if all(isinstance(one, list) and len(one) == 2 and isinstance(one[1], str) for one in value):
            return " / ".join(one[1] for one in value)
        return "; ".join(value_words(field, one, _) for one in value)
    return str(value)


_PLACE = ("address_1", "address_2", "city", "state_province", "postal_code")


def change_words(what: str, _: Language) -> str:
    """Return what kind of change it was."""
    return _(_CHANGES[what]) if what in _CHANGES else what


def kind_words(kind: str, _: Language) -> str:
    """Return what became of an entry."""
    return _(_KINDS[kind]) if kind in _KINDS else kind
