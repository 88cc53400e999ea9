"""What this house says of entries of the catalogs, between facts and records: notes, better values, hiding."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guide.records import Service
from guide.records.house import Amendment, Fact, Word
from guide.shelter.facts import Things

LONGEST_NOTE = 300
SEEN = "entry"  # the field that keeps what the entry was when staff last had a word on it


def words_from(things: Things) -> dict[str, Word]:
    """Return what is said of each entry, by its id; an entry of which nothing is said any more is not there."""
    found = {}
    for (kind, service), fields in things.items():
        if kind != "word":
            continue
        word = word_from(service, fields)
        if word.staff_note or word.sheet_note or word.amended or word.hidden:
            found[service] = word
    return found


def word_from(service: str, fields: Mapping[str, Fact]) -> Word:
    """Return what the facts of one entry say. What is not of its kind counts as not said."""
    amended = []
    for field, fact in sorted(fields.items()):
        if not field.startswith("value/") or not isinstance(fact.value, dict):
            continue
        said: dict[str, Any] = fact.value
        value = said.get("value")
        if not isinstance(value, str) or not value.strip():
            continue
        second = fields.get(f"second/{field[6:]}")
        looked = second.value if second is not None and isinstance(second.value, dict) else {}
        # A second look holds for the very value it was given to.
        by = str(looked.get("by") or "") if looked.get("value") == value else ""
        amended.append(Amendment(
            service, field[6:], str(said.get("published") or ""), value, fact.on, str(said.get("by") or "")[:20],
            bool(said.get("needs_second", False)), by[:20],
        ))  # fmt: skip
    hidden = fields.get("hidden")
    reason = hidden.value if hidden is not None and isinstance(hidden.value, str) else ""
    seen = fields.get(SEEN)
    name = seen.value.get("name") if seen is not None and isinstance(seen.value, dict) else ""
    return Word(
        service, name if isinstance(name, str) else "", _text(fields.get("staff_note")), _text(fields.get("sheet_note")),
        tuple(amended), bool(reason), reason,
    )  # fmt: skip


def seen_of(service: Service) -> dict[str, Any]:
    """Return what an entry is now, to tell later what an update changed under a word of this house."""
    phones = {f"phone/{phone.id}": phone.published for phone in service.phones}
    texts = {field: getattr(service, field).text for field in ("hours", "cost", "eligibility", "application_process")}
    return {"name": service.name.text, "status": service.status, "digest": service.digest,
            "fields": {key: value for key, value in (phones | texts).items() if value}}  # fmt: skip


def _text(fact: Fact | None) -> str:
    return fact.value.strip()[:LONGEST_NOTE] if fact is not None and isinstance(fact.value, str) else ""


def as_json(value: object) -> Any:
    """Return a value as it comes back from JSON, so that what is kept equals what is compared."""
    return json.loads(json.dumps(value))
