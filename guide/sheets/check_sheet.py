"""A round of checks on paper for a volunteer with a phone, and the slip of corrections for the publisher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guide.change_words import STATES
from guide.check_words import RESULTS, SCRIPT, day_or_month, what_is_wrong
from guide.records import Paper, Service
from guide.records.checking import CheckRound, Correction, CorrectionFile
from guide.sheets.plain_page import plain_page
from guide.text import OWN_NAMES, Language, right_way

_LONGEST = 200


def check_sheet(found: CheckRound, services: Mapping[str, Service], language: str, paper: str = "letter") -> Paper:
    """Return what is still to be called in ``found`` as a PDF/UA-1, numbered as on the screen.

    ``services``: the entries as they are now; one that left the guide is left out, and so are hidden numbers.
    Raises TypesetError.
    """
    _ = Language(language)

    def turn(text: str) -> str:
        return right_way(text, _)

    rows = []
    for entry in found.entries:
        service = services.get(entry.service)
        if service is None or entry.done:
            continue
        giver = service.organization.name.text if service.organization else ""
        spoken = ", ".join(OWN_NAMES.get(code, code) for code in service.languages)
        about = [_cut(text) for text in (giver, service.hours.best(_.code), spoken) if text]
        main = service.main_phone()
        rows.append({
            "place": str(entry.place),
            "name": turn(_cut(service.name.best(_.code))),
            "number": turn(main.published if main else ""),
            "about": turn(" · ".join(about)),
        })  # fmt: skip
    return plain_page("round", {
        "title": _("Numbers to call"),
        "about": turn(_.count("{n} number. Begun {date}.", "{n} numbers. Begun {date}.", len(rows),
                              date=_.date(found.begun))),
        "ask": [_("Ask each time:"), *(_(text) for text in SCRIPT.values())],
        "boxes": [_(text) for text in RESULTS.values()],
        "right": _("Right number, or what is different"),
        "who": [_("Your role or initials"), _("Date")],
        "rows": rows,
    }, _, paper)  # fmt: skip


def correction_slip(files: Sequence[CorrectionFile], language: str, paper: str = "letter") -> Paper:
    """Return the corrections of this house on paper, to hand or mail to the publisher. Raises TypesetError."""
    _ = Language(language)

    def turn(text: str) -> str:
        return right_way(_cut(text), _)

    def line(one: Correction) -> list[str]:
        day = day_or_month(one.checked_on, _)
        about = _("somebody called, {date}", date=day) if one.basis == "check" else _("reported, {date}", date=day)
        return [turn(one.name), turn(about), turn(what_is_wrong(one, _)),
                turn(_(STATES.get(one.old, one.old)) if one.field == "status" else one.old),
                turn(" · ".join(filter(None, (one.proposed, one.note))))]  # fmt: skip

    data: dict[str, Any] = {
        "title": _("Corrections for the publisher"),
        "about": [
            *(turn(_("Edition {name}", name=one.edition_name)) for one in files),
            *(turn(_.date(one.made_on)) for one in files[:1]),
        ],
        "counts": [],
        "heads": [_("Service"), _("What is wrong"), _("In the guide"), _("May be")],
        "rows": [line(one) for file in files for one in file.corrections],
        "left": "",
    }
    return plain_page("changes", data, _, paper)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
