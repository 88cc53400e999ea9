"""A published entry with what this house knows better: the new value first, the published one beside it, both dated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from guide.own.numbers import dialled
from guide.records import Phone, Schedule, Service, Words
from guide.records.house import Amendment
from guide.text import SHIPPED, Language

TEXTS = ("hours", "cost", "eligibility", "application_process")  # besides numbers
PHONE = "phone/"


def amended(service: Service, amendments: tuple[Amendment, ...]) -> Service:
    """Return ``service`` with the values of this house; one that still needs a second look is not shown, nor one that
    the publisher says by now. 911 and 988 stay as they are, wherever they stand.
    """
    shown = {
        one.field: one
        for one in amendments
        if not (one.needs_second and not one.second) and one.value != published(service, one.field)
    }
    made = service
    phones = tuple(
        _phone(p, shown[PHONE + p.id]) if PHONE + p.id in shown and not fixed(p) else p for p in service.phones
    )
    if phones != service.phones:
        made = replace(made, phones=phones)
    for field in TEXTS:
        if field in shown:
            changes: dict[str, Any] = {field: _text(shown[field], service, field)}
            made = replace(made, **changes)
            if field == "hours":
                made = replace(made, schedules=_schedules(shown[field].value, service))
    return made


def published(service: Service, field: str) -> str | None:
    """Return what the publisher says in a field, None where the entry has no such field (any more)."""
    if field.startswith(PHONE):
        return next((p.published for p in service.phones if PHONE + p.id == field), None)
    return getattr(service, field).text if field in TEXTS else None


def second_look(service: Service, field: str, call_now: bool) -> bool:
    """Say whether a second person has to look before a value is shown: a number of a crisis line (SAFETY L4)."""
    return field.startswith(PHONE) and (call_now or service.category == "crisis" or "crisis" in service.also_in)


def fixed(phone: Phone | None) -> bool:
    """Say whether a number is everybody's, so that no house can change or hide it: 911 and 988."""
    return phone is not None and phone.dial in ("911", "988")


def _phone(phone: Phone, better: Amendment) -> Phone:
    dial = dialled(better.value, phone.channel)
    said = _said(better, phone.published, phone.evidence_date)
    note = _joined(phone.note, said) if phone.note else said
    return replace(phone, published=better.value, value=better.value, dial=dial, extension="", note=note,
                   evidence="", official_as_of=None, secondary_as_of=None, sources=())  # fmt: skip


def _text(better: Amendment, service: Service, field: str) -> Words:
    said = _said(better, getattr(service, field).text, service.assured_date or service.source_date)
    return Words(
        f"{better.value} ({said.text})", said.language, tuple((t, f"{better.value} ({s})") for t, s in said.others)
    )


def _said(better: Amendment, before: str, day: date | None) -> Words:
    """Return "Corrected here on 25 Nov 2026. Published: 555-0100 (1 Nov 2026)" in the languages of the window."""
    told = []
    for code in SHIPPED:
        _ = Language(code)
        here = _.date(better.on.date())
        if not before:
            told.append((code, _("Added here on {date}", date=here)))
        elif day:
            told.append(
                (
                    code,
                    _("Corrected here on {date}. Published: {value} ({day})", date=here, value=before, day=_.date(day)),
                )
            )
        else:
            told.append((code, _("Corrected here on {date}. Published: {value}", date=here, value=before)))
    return Words(told[0][1], told[0][0], tuple(told[1:]))


def _joined(note: Words, said: Words) -> Words:
    tags = dict.fromkeys([note.language, *(tag for tag, _ in note.others), "en", *(tag for tag, _ in said.others)])
    pairs = [(tag, f"{note.best(tag)} · {said.best(tag)}") for tag in tags]
    return Words(pairs[0][1], pairs[0][0], tuple(pairs[1:]))


def _schedules(text: str, service: Service) -> tuple[Schedule, ...]:
    from guide.catalog.hours_text import parse_hours

    return parse_hours(text, service.schedules[0].timezone if service.schedules else "")
