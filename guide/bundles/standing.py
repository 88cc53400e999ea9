"""What this guide holds now: its edition, who signed it, how old it is."""

from __future__ import annotations

from datetime import date

from guide.bundles.editions import Editions
from guide.bundles.fingerprint import fingerprint
from guide.bundles.offers import edition_of, effective, sha256_of, signed_dates
from guide.catalog.home import read_edition
from guide.clock import Clock
from guide.records import Status
from guide.settings import Settings


def status(settings: Settings, clock: Clock) -> Status:
    """Return what is here, who signed it and how old it is by the later of this PC's and the publisher's dates."""
    editions = Editions(settings)
    pointer = editions.pointer()
    catalog = editions.catalog(pointer.data)
    edition = edition_of(editions, pointer)
    now, behind = effective(pointer, clock)
    words: tuple[str, ...] = ()
    expires, expected = None, edition.next_expected
    signed = (settings.trust / "root.json").is_file()
    if signed:
        words = fingerprint((settings.trust / "root.json").read_bytes())
        expires, custom = signed_dates(editions.tuf(pointer.data))
        if custom.get("next_expected"):
            expected = date.fromisoformat(custom["next_expected"])
    age = "red" if expires and now > expires else "amber" if expected and now.date() > expected else "fresh"
    back = ""
    if pointer.previous is not None and editions.catalog(pointer.previous).is_file():
        back = read_edition(editions.catalog(pointer.previous)).name
    return Status(
        edition=edition,
        sha256=sha256_of(catalog),
        publisher_name=edition.publisher_name,
        fingerprint=words,
        signed=signed,
        expires=expires,
        age=age,
        can_go_back_to=back,
        clock_behind=behind,
        data_folder=str(settings.data),
    )
