"""How one table of a form of its own is read: which of its columns is what, in a few lines anybody can edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from guide.publish.readers.objects import plain_name

Record = Mapping[str, str]
Spec = tuple[str, ...]
FIELDS = frozenset({
    "id", "name", "alternate_name", "description", "url", "status", "application_process", "fees_description",
    "wait_time", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "last_modified", "alert",
    "interpretation_services", "languages", "required_documents", "service_areas", "payments", "hours", "terms",
    "codes", "program", "organization", "organization_id", "organization_url", "organization_alternate_name",
    "location_name", "location_id", "latitude", "longitude", "transportation", "accessibility", "address", "address_1",
    "address_2", "city", "state_province", "postal_code", "country", "phone", "fax", "tty", "text_number",
})  # fmt: skip
_LONG = frozenset({"description", "application_process", "eligibility_description", "fees_description", "alert"})
_LINE = frozenset({"address", "address_1", "address_2"})
_FIRST = frozenset({"latitude", "longitude", "url", "organization_url", "status", "assured_date", "last_modified", "country",
                    "postal_code", "city", "state_province"})  # fmt: skip
_SLOT = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class TableMap:
    """``columns`` names, for each of our fields, the table's own columns; several are joined, empty ones left out.

    "=voice" stands for itself, "{Days}, {Hours}" is filled where all its columns are, "8. *" is a column by its beginning.
    """

    columns: Mapping[str, Spec]
    phones: tuple[Mapping[str, Spec], ...] = ()
    addresses: tuple[Mapping[str, Spec], ...] = ()
    split: str = ";"
    signature: Spec = ()
    header_row: int = 0
    closed_by: Spec = ()
    leave_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    levels: Mapping[str, Any] = field(default_factory=dict)
    translations: Mapping[str, str] = field(default_factory=dict)

    def named(self) -> set[str]:
        """Return every column the map speaks of, by its plain name."""
        specs: list[Spec] = [*self.columns.values(), self.closed_by, tuple(self.leave_out)]
        specs += [spec for group in (*self.phones, *self.addresses) for spec in group.values()]
        specs += [(str(self.levels[name]),) for name in ("column", "parent", "site", "program") if name in self.levels]
        found = set()
        for part in (part for spec in specs for part in spec if not part.startswith("=")):
            found |= {plain_name(slot) for slot in _SLOT.findall(part)} or {plain_name(part)}
        return found

    def fits(self, header: Iterable[str]) -> bool:
        """Say whether this is the table the map was made for."""
        there = {plain_name(head) for head in header}
        return bool(self.signature) and all(plain_name(one) in there for one in self.signature)


def table_map(found: Any) -> TableMap:
    """Return the map in a mapping file's ``table`` part. Raises TypeError, ValueError: it is not one."""
    if not isinstance(found, dict):
        raise TypeError("table: is no list of names")
    columns = {str(name): _spec(spec) for name, spec in (found.get("columns") or {}).items()}
    odd = set(columns) - FIELDS
    if odd:
        raise ValueError(f"table: there is no field {min(odd)}")
    return TableMap(
        columns=columns,
        phones=tuple(_group(one) for one in found.get("phones") or ()),
        addresses=tuple(_group(one) for one in found.get("addresses") or ()),
        split=str(found.get("split") or ";"),
        signature=_spec(found.get("signature")),
        header_row=int(found.get("header_row") or 0),
        closed_by=_spec(found.get("closed_by")),
        leave_out={str(k): frozenset(str(v).lower() for v in _listed(vs)) for k, vs in (found.get("leave_out") or {}).items()},
        levels=found.get("levels") or {},
        translations={str(k): str(v) for k, v in (found.get("translations") or {}).items()},
    )  # fmt: skip


def value(record: Record, spec: Spec, name: str = "") -> str:
    """Return what a record has in the columns of ``spec``; for some fields the first, for others all joined."""
    parts = [text for part in spec if (text := _part(record, part))]
    if name in _FIRST:
        return parts[0] if parts else ""
    between = "\n" if name in _LONG else ", " if name in _LINE else "; "
    return between.join(dict.fromkeys(parts))


def _part(record: Record, part: str) -> str:
    if part.startswith("="):
        return part[1:]
    slots = _SLOT.findall(part)
    if not slots:
        return _cell(record, part)
    filled = part
    for slot in slots:
        text = _cell(record, slot)
        if not text:
            return ""
        filled = filled.replace(f"{{{slot}}}", text)
    return filled


def _cell(record: Record, name: str) -> str:
    """Return a cell by its column's name, or the first whose column begins as "8. *" does."""
    if name.endswith("*"):
        beginning = name[:-1]
        return next((text for head, text in record.items() if head.startswith(beginning) and text), "")
    return record.get(_plain(name), "") or record.get(name, "")


@lru_cache(maxsize=1 << 12)
def _plain(name: str) -> str:
    return plain_name(name)


def _group(found: Any) -> Mapping[str, Spec]:
    return {str(name): _spec(spec) for name, spec in dict(found).items()}


def _spec(found: Any) -> Spec:
    return tuple(str(one) for one in _listed(found))


def _listed(found: Any) -> list[Any]:
    if found is None:
        return []
    return list(found) if isinstance(found, (list, tuple)) else [found]
