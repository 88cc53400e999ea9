"""The numbers of a service out of phone rows: its own, else its places', its organization's, its contacts'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guide.publish.mapping import Mapping
from guide.publish.readers.batch import Batch
from guide.publish.readers.cleaning import clean
from guide.publish.readers.phones import read_phones
from guide.publish.readers.stage import Row
from guide.publish.readers.streets import Streets
from guide.publish.report import Report
from guide.records import Phone


class Numbers:
    """Reads phone rows, and counts what could be dialled and what could not."""

    def __init__(self, mapping: Mapping, report: Report, files: Sequence[str]) -> None:
        """Take the mapping for region and language."""
        self._map, self._report, self._files = mapping, report, files
        self.dialled = self.kept = 0

    def of(
        self, batch: Batch, service: Row, places: Sequence[str], giver: str, closed: Sequence[Streets]
    ) -> tuple[Phone, ...]:
        """Return the numbers of a service; ``closed`` are the streets that no note may tell."""
        key = service["id"]
        own = batch.of("phone", "service_id", key)
        own = own + [
            one for link in batch.links.get(key, ()) for one in batch.of("phone", "service_at_location_id", link["id"])
        ]
        tiers = [own, [one for place in places for one in batch.of("phone", "location_id", place)],
                 batch.of("phone", "organization_id", giver)]  # fmt: skip
        direct = next((rows for tier in tiers if (rows := [one for one in tier if not one["contact_id"]])), [])
        if not direct:
            direct = next((tier for tier in tiers if tier), [])
            for one in direct:
                self._report.add("number of a contact, as there is no other", self._files[one["file"]], one["line"])
        found: list[Phone] = []
        for row in direct:
            found += [one for one in self._read(key, row, closed) if not _is_there(one, found)]
        return tuple(found)

    def _read(self, key: str, row: Row, closed: Sequence[Streets]) -> tuple[Phone, ...]:
        file, line = self._files[row["file"]], row["line"]
        cell, mended = clean(row["number"])
        for what in mended:
            self._report.add(what, file, line)
        note = " · ".join(dict.fromkeys(p for p in (clean(row["description"])[0], clean(row["department"])[0]) if p))
        for streets in closed:
            note, cell = streets.without(note)[0], streets.without(cell)[0]
        kind = row["type"]
        if (
            not kind
            and re.search(r"\bfax\b", note, re.IGNORECASE)
            and not re.search(r"\b(phone|tel|voice)", note, re.I)
        ):
            kind = "fax"
            self._report.add("number taken for a fax by its note", file, line)
        made = f"{key}/{row['id']}/{'' if row['id'] and not row['id'].startswith('#') else cell}"
        phones = read_phones(
            cell, kind, made, self._map.publisher, note=note, extension=row["extension"].lstrip("#xX. "),
            region=self._map.region, language=self._map.language,
        )  # fmt: skip
        for phone in phones:
            if phone.dial:
                self.dialled += 1
            else:
                self.kept += 1
                self._report.add("number kept as text, it cannot be dialled", file, line, cell)
        return phones


def _is_there(phone: Phone, found: Sequence[Phone]) -> bool:
    """Say whether a number is there already, for the same use; ids are, too, where rows repeat."""
    return any(
        phone.id == other.id
        or (phone.channel is other.channel and (phone.dial, phone.extension) == (other.dial, other.extension)
            and (phone.dial or phone.published == other.published) and phone.keyword == other.keyword)
        for other in found
    )  # fmt: skip
