"""Small real records and catalogs for tests; every number here is fictional (555-01xx)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from guide.publish.build import CatalogSource, build_catalog
from guide.publish.ids import stable_id
from guide.records import Category, Channel, DoNotPrint, Edition, Phone, Schedule, Service, Tag, Words

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday, 10 am in New York
TODAY = NOW.date()
CATEGORIES = (
    Category("crisis", 1, Words("Get help now", "en", (("es", "Ayuda inmediata"),))),
    Category("safety", 2, Words("Safety and support", "en", (("es", "Seguridad y apoyo"),))),
    Category("housing", 3, Words("A place to stay", "en", (("es", "Un lugar donde vivir"),))),
    Category("legal", 4, Words("Legal help and rights", "en", (("es", "Ayuda legal y derechos"),))),
    Category("staff-training", 5, Words("For staff and allies", "en", (("es", "Para el personal"),)), visitor=False),
)
TAGS = (
    Tag("24-7", Words("Open 24 hours", "en", (("es", "Abierto 24 horas"),)), "access"),
    Tag("women", Words("Women", "en", (("es", "Mujeres"),)), "population"),
    Tag("spanish", Words("Spanish", "en", (("es", "En español"),)), "access"),
)
ALL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ALWAYS = (Schedule(ALL_DAYS, time(0), time(23, 59), "America/New_York"),)


def make_phone(number: str = "(555) 010-4410", **over: Any) -> Phone:
    """Return a voice line with ``number`` as published."""
    digits = "".join(c for c in number if c.isdigit())
    fields: dict[str, Any] = {
        "id": stable_id("test", "phone", number + str(over.get("channel", ""))),
        "channel": Channel.VOICE,
        "published": number,
        "value": digits,
        "dial": f"+1{digits}" if len(digits) == 10 else digits,
        "evidence": "official",
        "official_as_of": date(2026, 10, 1),
    }
    return Phone(**fields | over)


def make_service(name: str = "Night Shelter", original: str = "", **over: Any) -> Service:
    """Return a visible service in the housing category with one number, checked this month."""
    original = original or name.lower().replace(" ", "-")
    fields: dict[str, Any] = {
        "id": stable_id("test", "service", original),
        "original_id": original,
        "publisher": "test",
        "name": Words(name),
        "category": "housing",
        "description": Words(f"What {name} does."),
        "phones": (make_phone(),),
        "languages": ("en",),
        "assured_date": date(2026, 11, 1),
        "assurer": "State Coalition",
    }
    made = Service(**fields | over)
    own = tuple(replace(p, id=stable_id("test", "phone", f"{original}/{n}")) for n, p in enumerate(made.phones))
    return replace(made, phones=own)


def make_edition(**over: Any) -> Edition:
    """Return edition 1 of a test publisher."""
    fields: dict[str, Any] = {
        "publisher": "test",
        "publisher_name": "State Coalition",
        "number": 1,
        "name": "2026.11",
        "title": Words("Test catalog"),
        "data_date": date(2026, 11, 12),
        "languages": ("en", "es"),
        "timezone": "America/New_York",
    }
    return Edition(**fields | over)


def make_catalog(
    path: Path, services: Sequence[Service] | None = None, *, do_not_print: Sequence[DoNotPrint] = (), **edition: Any
) -> Path:
    """Build a real catalog at ``path`` and return it; without ``services``, three of them."""
    if services is None:
        services = (
            make_service("Crisis Line", category="crisis", schedules=ALWAYS, phones=(make_phone("988"),)),
            make_service("Night Shelter", also_in=("safety",), tags=("women",)),
            make_service("County Legal Aid", category="legal", phones=(make_phone("(555) 010-3300"),)),
        )
    edition.setdefault("call_now", ("crisis-line",))
    source = CatalogSource(make_edition(**edition), CATEGORIES, TAGS, tuple(services), tuple(do_not_print))
    build_catalog(source, path)
    return path
