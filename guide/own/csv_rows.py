"""One own service as one row of a spreadsheet, and back: the columns people know, each text once a language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from guide.catalog.recurrence import DAYS
from guide.own.numbers import dialled
from guide.records import Channel, Schedule, Service
from guide.shelter.own import Values, schedule_values, values_of

TEXTS = {"name": "name", "discreet_name": "discreet_name", "description": "description", "hours": "hours",
         "organization": "organization", "who": "eligibility", "cost": "cost", "next_step": "application_process",
         "alert": "alert", "language_note": "language_note"}  # fmt: skip
_PLAIN = {"category": "category", "website": "url", "email": "email", "staff_note": "staff_note",
          "checked_by": "assurer", "checked_on": "assured_date", "status": "status"}  # fmt: skip
_LISTS = {"also_in": "also_in", "tags": "tags", "languages": "languages", "areas": "service_areas",
          "accessibility": "accessibility"}  # fmt: skip
_NUMBERS = {"youngest": "minimum_age", "oldest": "maximum_age"}
_ADDRESS = (
    "address_1",
    "address_2",
    "city",
    "state_province",
    "postal_code",
    "country",
    "transportation",
    "visibility",
)
_SPAN = re.compile(r"([A-Z,]+) (\d\d:\d\d)-(\d\d:\d\d)")
_LANGUAGE = re.compile(r"(.+)_([a-z]{2,3}(?:-[a-z]+)?)")
_FORMULA = ("=", "@", "\t")  # a spreadsheet program would run it
Row = dict[str, str]


# --- out ------------------------------------------------------------------------------------------------
def row_of(service: Service, *, confidential: bool) -> Row:
    """Return a service as one row; a closed address and the note for staff only where ``confidential`` (N7)."""
    values = values_of(service)
    row: Row = {"id": service.id}
    for column, field in TEXTS.items():
        _put_words(row, column, values[field])
    for column, field in (_PLAIN | _NUMBERS).items():
        if field == "staff_note" and not confidential:
            continue
        row[column] = "" if values[field] is None else str(values[field])
    for column, field in _LISTS.items():
        row[column] = ", ".join(values[field] or ())
    row["bring"] = " | ".join(pairs[0][1] for pairs in values["required_documents"] or ())
    for language in sorted({tag for pairs in values["required_documents"] or () for tag, _ in pairs[1:]}):
        row[f"bring_{language}"] = " | ".join(dict(pairs).get(language, "") for pairs in values["required_documents"])
    for n, phone in enumerate(service.shown_phones(), 1):
        row |= {f"phone_{n}": phone.published, f"phone_{n}_kind": phone.channel.value}
        row |= {f"phone_{n}_extension": phone.extension, f"phone_{n}_languages": ", ".join(phone.languages)}
        for part, words in (("keyword", phone.keyword), ("note", phone.note)):
            _put_words(
                row, f"phone_{n}_{part}", [[words.language, words.text], *map(list, words.others)] if words else None
            )
    row["schedules"] = _spans(service.schedules)
    place = (values["places"] or [{}])[0]
    if confidential or place.get("visibility") in ("public", "area"):
        row |= {column: str(place.get(column, "")) for column in _ADDRESS}
    row["audience"] = values["audience"] or "visitor"
    row["not_for_print"] = "yes" if service.not_for_print else ""
    return {column: _harmless(text) for column, text in row.items()}


def _put_words(row: Row, column: str, pairs: list[list[str]] | None) -> None:
    """Write the first language into the column itself, marked where it is not English; the others beside it."""
    for place, (tag, text) in enumerate(pairs or ()):
        row[column if not place and tag == "en" else f"{column}_{tag}"] = text
    row.setdefault(column, "")


def _spans(schedules: Iterable[Schedule]) -> str:
    said = []
    for one in schedules:
        values = schedule_values(one)
        if set(values) != {"byday", "opens_at", "closes_at"} or not set(one.byday) <= set(DAYS):
            return (
                "json:" + json.dumps([schedule_values(s) for s in schedules], ensure_ascii=False) if schedules else ""
            )
        said.append(f"{','.join(one.byday)} {values['opens_at']}-{values['closes_at']}")
    return "; ".join(said)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


# --- in -------------------------------------------------------------------------------------------------
def values_from(row: Mapping[str, str], before: Mapping[str, Any]) -> Values:
    """Return the fields a row speaks of as plain values; a column that is not there leaves its field as it was."""
    row = {name: _said(text) for name, text in row.items()}
    found: Values = {field: pairs[0] for column, field in TEXTS.items() if (pairs := _pairs(row, column))}
    found |= {field: row[column] or None for column, field in _PLAIN.items() if column in row}
    found |= {field: _listed(row[column]) for column, field in _LISTS.items() if column in row}
    found |= {field: _number(row[column]) for column, field in _NUMBERS.items() if column in row}
    if "bring" in row:
        found["required_documents"] = _bring(row)
    if "phone_1" in row:
        found["phones"] = [p for n in range(1, 21) if (p := _phone(row, n))] or None
    if "schedules" in row:
        found["schedules"] = _schedules(row["schedules"])
    if any(row.get(column) for column in _ADDRESS):
        found["places"] = _places(row, before)
    if "audience" in row:
        found["audience"] = "staff" if row["audience"].lower() == "staff" else None
    if "not_for_print" in row:
        found["not_for_print"] = True if row["not_for_print"].lower() in ("yes", "true", "1") else None
    return found


def _said(text: str) -> str:
    return text[1:].strip() if text.startswith("'") and text[1:].startswith(_FORMULA) else text.strip()


def _listed(text: str) -> list[str] | None:
    return [part for part in (p.strip() for p in re.split(r"[,;|]", text)) if part] or None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def known_column(name: str) -> bool:
    """Say whether a column of this name is read."""
    plain = {"id", "bring", "schedules", "audience", "not_for_print", *_PLAIN, *_LISTS, *_NUMBERS, *_ADDRESS, *TEXTS}
    if name in plain or re.fullmatch(r"phone_\d{1,2}(_(kind|extension|languages|keyword|note)(_[a-z]{2,3})?)?", name):
        return True
    match = _LANGUAGE.fullmatch(name)
    return match is not None and (match.group(1) in TEXTS or match.group(1) == "bring")


def _pairs(row: Mapping[str, str], column: str) -> list[list[list[str]] | None]:
    """Return [pairs], [None] where the columns are there and empty, [] where there is none of them."""
    named = {("en" if name == column else name[len(column) + 1 :]): text for name, text in row.items()
             if name == column or ((m := _LANGUAGE.fullmatch(name)) and m.group(1) == column)}  # fmt: skip
    if not named:
        return []
    pairs = [[tag, text.strip()] for tag, text in named.items() if text.strip()]
    return [sorted(pairs, key=lambda pair: (pair[0] != "en", pair[0])) or None]


def _bring(row: Mapping[str, str]) -> list[list[list[str]]] | None:
    columns = {"en": row["bring"]} | {m.group(2): text for name, text in row.items()
                                      if (m := _LANGUAGE.fullmatch(name)) and m.group(1) == "bring"}  # fmt: skip
    split = {tag: [part.strip() for part in text.split("|")] for tag, text in columns.items() if text.strip()}
    many = max(map(len, split.values()), default=0)
    found = [[[tag, parts[n]] for tag, parts in split.items() if n < len(parts) and parts[n]] for n in range(many)]
    return [one for one in found if one] or None


def _phone(row: Mapping[str, str], n: int) -> Values | None:
    text = row.get(f"phone_{n}", "").strip()
    if not text:
        return None
    kind = row.get(f"phone_{n}_kind", "").strip().lower() or "voice"
    channel = Channel(kind) if kind in {c.value for c in Channel} else Channel.VOICE
    said: Values = {"channel": channel.value, "published": text, "dial": dialled(text, channel),
            "extension": row.get(f"phone_{n}_extension", "").strip(),
            "languages": [p.strip() for p in row.get(f"phone_{n}_languages", "").split(",") if p.strip()]}  # fmt: skip
    for part in ("keyword", "note"):
        if pairs := _pairs(row, f"phone_{n}_{part}"):
            said[part] = pairs[0]
    return {name: value for name, value in said.items() if value not in ("", None, [])}


def _schedules(text: str) -> list[Values] | None:
    if text.startswith("json:"):
        try:
            found = json.loads(text[5:])
        except ValueError:
            return None
        return found if isinstance(found, list) and found else None
    spans = [m for part in text.split(";") if (m := _SPAN.fullmatch(part.strip()))]
    return [{"byday": m.group(1).split(","), "opens_at": m.group(2), "closes_at": m.group(3)} for m in spans] or None


def _places(row: Mapping[str, str], before: Mapping[str, Any]) -> list[Values]:
    """Return a row's place before the further ones there are: a row has room for one alone."""
    had: list[Values] = before.get("places") or []
    place = _place(row, before)
    first = had[0] if had else {}
    same = all(first.get(name) == place.get(name) for name in _ADDRESS)
    # A point, and further addresses, belong to the address they came with.
    kept = {
        k: v for k, v in first.items() if k not in _ADDRESS and (same or k not in ("latitude", "longitude", "more"))
    }
    return [kept | place, *had[1:]]


def _place(row: Mapping[str, str], before: Mapping[str, Any]) -> Values:
    """Return the address of a row. What is closed here stays closed, whatever a file says (L2)."""
    said = {column: row.get(column, "").strip() for column in _ADDRESS}
    had = (before.get("places") or [{}])[0]
    closed = bool(had) and had.get("visibility") not in ("public", "area")
    if closed or said["visibility"] not in ("public", "area"):
        said["visibility"] = "never"
    elif had.get("visibility") == "area":
        said["visibility"] = "area"
    said["country"] = said["country"] or "US"
    return {name: value for name, value in said.items() if value}
