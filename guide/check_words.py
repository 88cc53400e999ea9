"""The words for checks and corrections, the same in the window and on paper."""

from __future__ import annotations

from guide.change_words import FIELDS as _CATALOG_FIELDS
from guide.records.checking import Correction, Reason, Result
from guide.text import Language, mark

_ = mark
RESULTS = {
    Result.REACHED: _("The number works"),
    Result.WRONG: _("Wrong number"),
    Result.CLOSED: _("They closed"),
    Result.LATER: _("No answer, later"),
}
SCRIPT = {  # CONTENT, "How to check a phone line"
    "answered": _("Who answers? Is it the right place?"),
    "menu": _("Which menu choices lead to a person?"),
    "hours": _("When can people call?"),
    "languages": _("Which languages do they speak?"),
    "served": _("Who do they help?"),
    "cost": _("Does it cost anything?"),
}
REASONS = {
    Reason.NUMBER: _("The number does not work"),
    Reason.CLOSED: _("They are closed for good"),
    Reason.HOURS: _("The hours are wrong"),
    Reason.LANGUAGE: _("They do not speak this language"),
    Reason.SERVED: _("They help other people than it says"),
    Reason.COST: _("The cost is wrong"),
    Reason.PLACE: _("The place is wrong"),
    Reason.OTHER: _("Something else is wrong"),
}
_KINDS = {"wrong": _("{what}: wrong"), "changed": _("{what}: changed")}
_FIELDS = {
    "phone": _("Phone number"),
    "status": _CATALOG_FIELDS["status"],
    "hours": _CATALOG_FIELDS["hours"],
    "languages": _CATALOG_FIELDS["languages"],
    "eligibility": _CATALOG_FIELDS["eligibility"],
    "fees": _CATALOG_FIELDS["cost"],
    "address": _CATALOG_FIELDS["address"],
    "other": _CATALOG_FIELDS["details"],
}


def what_is_wrong(correction: Correction, _: Language) -> str:
    """Return what a correction says, in words."""
    if correction.kind == "closed":
        return _("They closed")
    return _(_KINDS[correction.kind], what=_(_FIELDS[correction.field]))


def day_or_month(text: str, _: Language) -> str:
    """Return a day as a person reads it; of a visitor's report only its month is known."""
    from datetime import date

    return _.date(date.fromisoformat(text)) if len(text) == 10 else text
