"""The chosen services as one CSV file for a spreadsheet: a row an entry, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from guide.errors import UsageError
from guide.publish.exports.choice import Chosen
from guide.records import Channel, Progress, Service, Step, UrlKind, Words, silent

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")  # a spreadsheet takes what begins so for a formula
COLUMNS = (
    "id", "name", "name_es", "organization", "category", "also_in", "tags", "audience", "description", "description_es",
    "phone", "text", "other_numbers", "web", "chat", "email", "hours", "languages", "cost", "eligibility",
    "how_to_apply", "what_to_bring", "address", "city", "state", "postal_code", "areas", "status", "alert",
    "checked_on", "checked_by", "source_date",
)  # fmt: skip


def write_csv(chosen: Chosen, out: Path, progress: Progress = silent) -> int:
    """Write the file, whole or not at all, and return how many services are in it. Raises NotFoundError, OSError.

    UTF-8 with a mark at its front, without which Excel misreads accents. A cell that begins like a formula gets an
    apostrophe, which spreadsheets do not show.
    """
    if out.is_dir():
        raise UsageError("This has to be a file.", out=str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=".new", dir=out.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for service in chosen.services():
                cells = _row(service)
                writer.writerow([harmless(cells[column]) for column in COLUMNS])
                count += 1
                if count % 500 == 0:
                    progress(Step("export", count, chosen.edition.services))
        fresh.chmod(0o644)
        fresh.replace(out)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()
    return count


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula (OWASP, "CSV Injection")."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_RUNS) or text.startswith(_RUNS) else text


def _row(service: Service) -> dict[str, str]:
    shown = service.shown_phones()
    first = next((a for place in service.locations for a in place.addresses), None)
    numbers = {channel: [p.published + (f" x{p.extension}" if p.extension else "") for p in shown if p.channel is channel]
               for channel in Channel}  # fmt: skip
    others = [f"{channel.value}: {one}" for channel in Channel for one in numbers[channel]
              if channel not in (Channel.VOICE, Channel.TEXT)]  # fmt: skip

    def urls(kind: UrlKind) -> str:
        return _joined(url.url for url in service.urls if url.kind is kind)

    return {
        "id": service.original_id or service.id,
        "name": service.name.text,
        "name_es": _spanish(service.name),
        "organization": service.organization.name.text if service.organization else "",
        "category": service.category,
        "also_in": _joined(service.also_in),
        "tags": _joined(service.tags),
        "audience": service.audience.value,
        "description": service.description.text,
        "description_es": _spanish(service.description),
        "phone": _joined(numbers[Channel.VOICE]),
        "text": _joined(
            " ".join(part for part in (p.keyword.text, p.published) if part) for p in shown if p.channel is Channel.TEXT
        ),
        "other_numbers": _joined(others),
        "web": _joined(dict.fromkeys(one for one in (service.url, urls(UrlKind.WEB)) if one)),
        "chat": urls(UrlKind.CHAT),
        "email": _joined(one for one in (service.email, urls(UrlKind.EMAIL)) if one),
        "hours": service.hours.text,
        "languages": _joined(service.languages),
        "cost": service.cost.text,
        "eligibility": service.eligibility.text,
        "how_to_apply": service.application_process.text,
        "what_to_bring": _joined(words.text for words in service.required_documents),
        "address": " ".join(part for part in (first.address_1, first.address_2) if part) if first else "",
        "city": first.city if first else "",
        "state": first.state_province if first else "",
        "postal_code": first.postal_code if first else "",
        "areas": _joined(service.service_areas),
        "status": service.status,
        "alert": service.alert.text,
        "checked_on": service.assured_date.isoformat() if service.assured_date else "",
        "checked_by": service.assurer,
        "source_date": service.source_date.isoformat() if service.source_date else "",
    }


def _spanish(words: Words) -> str:
    return words.given("es") if words.language != "es" else ""


def _joined(parts: object) -> str:
    return "; ".join(str(part) for part in parts if part)  # type: ignore[attr-defined]
