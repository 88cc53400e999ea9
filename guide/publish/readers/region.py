"""The country a source speaks of, where its mapping names none: from its addresses, and told as an inference."""

from __future__ import annotations

import re
from dataclasses import replace

from guide.publish.mapping import Mapping
from guide.publish.readers.stage import Stage

_NAMES = {"united kingdom": "GB", "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
          "united states": "US", "united states of america": "US", "usa": "US", "canada": "CA", "ireland": "IE",
          "france": "FR", "deutschland": "DE", "germany": "DE", "jordan": "JO", "australia": "AU", "mexico": "MX",
          "philippines": "PH", "new zealand": "NZ"}  # fmt: skip
_ZONES = {"GB": "Europe/London", "IE": "Europe/Dublin", "FR": "Europe/Paris", "DE": "Europe/Berlin", "JO": "Asia/Amman",
          "PH": "Asia/Manila", "NZ": "Pacific/Auckland"}  # fmt: skip
_CODES = (("GB", re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)),
          ("CA", re.compile(r"[A-Z]\d[A-Z] ?\d[A-Z]\d", re.IGNORECASE)),
          ("US", re.compile(r"\d{5}(-\d{4})?")))  # fmt: skip
_MOST = 0.6


def with_region(mapping: Mapping, stage: Stage) -> Mapping:
    """Return ``mapping`` with the country most addresses lie in, unless it names one; with its zone, if it has one."""
    if mapping.said("region"):
        return mapping
    counts: dict[str, int] = {}
    total = 0
    for country, code, count in stage.db.execute(
        "SELECT country, CASE WHEN country = '' THEN postal_code ELSE '' END, count(*) FROM address GROUP BY 1, 2"
    ):
        found = _NAMES.get(country.strip().lower(), country.strip().upper())
        if not found and code:
            found = next((region for region, form in _CODES if form.fullmatch(code.strip())), "")
        if len(found) == 2 and found.isalpha():
            counts[found] = counts.get(found, 0) + count
            total += count
    best = max(counts, key=lambda region: counts[region], default="")
    if not best or best == mapping.region or counts[best] < _MOST * total:
        return mapping
    stage.report.add("country taken from the addresses", "address", what=f"{best}: {counts[best]:,} of {total:,}")
    zone = mapping.timezone
    if best in _ZONES and not mapping.said("timezone"):
        zone = _ZONES[best]
        stage.report.add("time zone taken from the country", "address", what=zone)
    return replace(mapping, region=best, timezone=zone)
