"""The words for what an update changes, the same in the window and on paper."""

from __future__ import annotations

from guide.records import Change
from guide.text import OWN_NAMES, Language, mark

_ = mark
KINDS = {
    "phone": _("Phone number"),
    "closed": _("Closed"),
    "removed": _("Removed"),
    "added": _("New"),
    "changed": _("Changed"),
}
FIELDS = {
    "name": _("Name"),
    "description": _("Description"),
    "hours": _("Hours"),
    "eligibility": _("Who can go"),
    "cost": _("Cost"),
    "application_process": _("Next step"),
    "alert": _("Notice"),
    "languages": _("Languages"),
    "category": _("Need"),
    "url": _("Web page"),
    "address": _("Address"),
    "audience": _("Who sees it"),
    "assured_date": _("Date checked"),
    "status": _("Open or closed"),
    "details": _("Other details"),
}
STATES = {
    "active": _("Open as usual"),
    "inactive": _("Closed"),
    "defunct": _("Closed for good"),
    "temporarily closed": _("Closed for now"),
}


def what_changes(change: Change, _: Language) -> str:
    """Return what of a service changes, in words."""
    if change.kind == "changed" and change.field in FIELDS:
        return _(FIELDS[change.field])
    return _(KINDS[change.kind])


def now_and_after(change: Change, _: Language) -> tuple[str, str]:
    """Return what is here now and what will be after the update, as a person reads it."""
    if change.field == "status":
        return _(STATES.get(change.before, change.before)), _(STATES.get(change.after, change.after))
    before, after = change.before, change.after
    if change.field == "languages":
        before, after = _own_names(before), _own_names(after)
    if change.kind == "removed":
        return before or _("In the guide"), _("Removed")
    if change.kind == "added":
        return _("Not in the guide"), after or _("New")
    if change.field == "details":
        return "", _("Changed")
    return before or _("None"), after or _("None")


def _own_names(codes: str) -> str:
    return ", ".join(OWN_NAMES.get(code, code) for code in codes.split(", "))
