"""What this guide holds now: its edition, who signed it, how old it is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from guide.bundles.editions import Editions, Pointer, several
from guide.bundles.offers import edition_of, effective, remembered, sha256_of, signed_dates
from guide.bundles.roster import FIRST, house_of, key_of, keys
from guide.catalog.home import read_edition
from guide.clock import Clock
from guide.errors import BrokenCatalogError
from guide.records import Standing, Status
from guide.settings import Settings

_AGES = ("fresh", "amber", "red")  # the worst last


def status(settings: Settings, clock: Clock) -> Status:
    """Return what is here, who signed it and how old it is by the later of this PC's and the publisher's dates."""
    from guide.bundles.fingerprint import fingerprint

    editions = Editions(settings)
    pointer = remembered(editions)
    catalog = editions.catalog(pointer.data)
    edition = edition_of(editions, pointer)
    now, behind = effective(pointer, clock)
    words: tuple[str, ...] = ()
    signed = (settings.trust / "root.json").is_file()
    if signed:
        words = fingerprint((settings.trust / "root.json").read_bytes())
    expires, expected = _dates(editions, pointer, edition.next_expected) if signed else (None, edition.next_expected)
    return Status(
        edition=edition,
        sha256=sha256_of(catalog),
        publisher_name=edition.publisher_name,
        fingerprint=words,
        signed=signed,
        expires=expires,
        age=_age(now, expires, expected),
        can_go_back_to=_name(editions, pointer.previous),
        can_go_forward_to=_name(editions, pointer.next),
        clock_behind=behind,
        data_folder=str(settings.data),
        next_expected=expected,
        newest_signed=pointer.newest_signed(),
    )


def standing(settings: Settings, clock: Clock) -> Standing:
    """Return what everybody sees of ``status``: nothing is hashed, no six words are reckoned (16 MB of memory)."""
    editions = Editions(settings)
    pointer = remembered(editions)
    now, behind = effective(pointer, clock)
    expected = edition_of(editions, pointer).next_expected
    signed = (settings.trust / "root.json").is_file()
    expires, expected = _dates(editions, pointer, expected) if signed else (None, expected)
    return Standing(signed, _age(now, expires, expected), behind)


def standing_of_all(settings: Settings, clock: Clock) -> Standing:
    """Return the standing of the guide with every publisher's: the oldest one's age is the guide's."""
    own = standing(settings, clock)
    if not several(settings):
        return own
    ages = [own.age]
    for key in keys(settings):
        house = house_of(settings, key)
        with suppress(BrokenCatalogError):
            if key and Editions(house).pointer().data:
                ages.append(standing(house, clock).age)
    return replace(own, age=max(ages, key=_AGES.index))


def age_now(settings: Settings, clock: Clock) -> tuple[datetime, str]:
    """Return the time to go by (never before the newest signed date) and the age: for paper, cheap (no hashing)."""
    editions = Editions(settings)
    pointer = remembered(editions)
    now, _ = effective(pointer, clock)
    signed = (settings.trust / "root.json").is_file()
    return now, _age(now, *_dates(editions, pointer, None)) if signed else "fresh"


def age_of(settings: Settings, clock: Clock, services: Iterable[str]) -> tuple[datetime, str]:
    """Return the time to go by, and the age of the oldest of the editions that ``services`` are of."""
    now, own = age_now(settings, clock)
    others = {key_of(one) for one in services}
    ages = [own] if FIRST in others or not others else []
    for key in others & set(keys(settings)) - {FIRST}:
        ages.append(age_now(house_of(settings, key), clock)[1])
    return now, max(ages or [own], key=_AGES.index)


def _name(editions: Editions, generation: str | None) -> str:
    """Return the name of the edition in a generation, "" where there is none."""
    if generation is None or (generation == "" and editions.begins_empty) or not editions.catalog(generation).is_file():
        return ""
    return read_edition(editions.catalog(generation)).name


def _dates(editions: Editions, pointer: Pointer, expected: date | None) -> tuple[datetime | None, date | None]:
    """Return when what is shown expires and when a newer one was promised, as signed."""
    expires, custom = signed_dates(editions.tuf(pointer.data))
    if custom.get("next_expected"):
        expected = date.fromisoformat(custom["next_expected"])
    return expires, expected


def _age(now: datetime, expires: datetime | None, expected: date | None) -> str:
    """Return red past the signed end, amber past the day a newer one was promised (DESIGN, section 6), else fresh."""
    if expires is not None and now > expires:
        return "red"
    return "amber" if expected is not None and now.date() > expected else "fresh"
