"""A house with a guide of its own, for tests: real files in a folder, a clock that a test moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from guide.app import Guide
from guide.records import Address, Channel, Location, Organization, Phone, Schedule, Service, Words
from guide.settings import Settings
from tests.makers import NOW, make_catalog

SECRET = "12 Hidden Orchard Lane"


class Time:
    """A clock that a test moves."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def make_house(folder: Path, catalog: Path | None = None, clock: Time | None = None) -> Guide:
    """Return the guide of a house whose publisher's catalog is ``catalog``, by default one of three entries."""
    folder.mkdir(parents=True, exist_ok=True)
    return Guide(
        Settings(data=folder / "data", catalog=catalog or make_catalog(folder / "catalog.db")), clock or Time()
    )


def filled(house: Guide, name: str = "Harbor Night Beds", **over: Any) -> Service:
    """Return an own service as staff type it, with something in every field of the form; it is not kept yet."""
    blank = house.own.services.blank("en", "housing")
    fields: dict[str, Any] = {
        "name": Words(name, "en", (("es", f"{name} (es)"),)),
        "description": Words("Beds for the night.", "en", (("es", "Camas para la noche."),)),
        "organization": Organization("", Words("Harbor House")),
        "phones": (
            Phone("", Channel.VOICE, "(617) 555-2368", "(617) 555-2368", "+16175552368", note=Words("Front desk", "en", (("es", "Recepción"),))),
            Phone("", Channel.TEXT, "898211", "898211", "898211", keyword=Words("BEDS")),
        ),
        "languages": ("en", "es"),
        "hours": Words("Every day, 6 pm to 8 am"),
        "schedules": (Schedule(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), time(18), time(8)),),
        "eligibility": Words("Any adult"),
        "minimum_age": 18,
        "cost": Words("Free"),
        "application_process": Words("Come by 9 pm"),
        "required_documents": (Words("Nothing", "en", (("es", "Nada"),)),),
        "locations": (Location("", addresses=(Address(SECRET, "Boston", "MA", "02139", visibility="never"),)),),
        "staff_note": "ask for Jo",
    }  # fmt: skip
    return replace(blank, **fields | over)
