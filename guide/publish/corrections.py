"""Many houses' corrections into one work list: what they agree on, against what the catalog says now. All is hearsay."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guide.corrections import value_of
from guide.records import Service
from guide.records.checking import Correction, CorrectionFile

OPEN, DONE, UNKNOWN, OTHERS = "open", "changed since", "unknown entry", "another publisher"
_URGENT = {"phone": 0, "status": 1}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run these (CSV injection)


@dataclass(frozen=True)
class WorkItem:
    """One thing to look at: a field of an entry, with what houses say of it.

    ``proposed`` holds (value, houses that say so), the most first; ``houses`` counts those who say anything of it,
    ``called`` those of them who called. ``agree``: two or more houses say the same and none says otherwise. ``state``:
    open, "changed since" (the catalog says something else than they saw), "unknown entry" or "another publisher".
    ``source_id`` is the entry's id in the publisher's own source data. ``accounts`` name the corrections behind it.
    """

    service: str
    source_id: str
    name: str
    category: str
    field: str
    kind: str
    old: str
    now: str
    proposed: tuple[tuple[str, int], ...]
    houses: int
    called: int
    agree: bool
    first: str
    last: str
    state: str
    notes: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


def work_list(
    files: Iterable[CorrectionFile], services: Mapping[str, Service] | None = None, publisher: str = ""
) -> tuple[WorkItem, ...]:
    """Return what ``files`` say, grouped by entry and field, the most pressing first: crisis lines, numbers, agreement.

    The same correction sent twice counts once, and so do two files of one house. ``services``: the catalog as it is,
    by id; None where there is none to compare with. ``publisher``: files meant for another one are marked.
    """
    said: dict[tuple[str, str, str], dict[str, tuple[CorrectionFile, Correction]]] = defaultdict(dict)
    for file in sorted(files, key=lambda one: one.made_on):
        for one in file.corrections:
            # Of one house the newest word on a thing counts; a report beside a call says less, so the call stays.
            group = said[one.service, one.field, one.kind]
            before = group.get(file.house)
            if before is None or _counts_more(one, before[1]):
                group[file.house] = (file, one)
    items = [_item(list(group.values()), services, publisher) for group in said.values()]
    return tuple(sorted(items, key=_order))


def _counts_more(one: Correction, other: Correction) -> bool:
    return (one.basis == "check", one.checked_on) >= (other.basis == "check", other.checked_on)


def _item(
    told: Sequence[tuple[CorrectionFile, Correction]], services: Mapping[str, Service] | None, publisher: str
) -> WorkItem:
    first = told[0][1]
    service = services.get(first.service) if services is not None else None
    values: dict[str, int] = defaultdict(int)
    for _file, one in told:
        if one.proposed:
            values[one.proposed] += 1
    proposed = tuple(sorted(values.items(), key=lambda pair: (-pair[1], pair[0])))
    olds = sorted({one.old for _file, one in told if one.old})
    now = value_of(service, first.field) if service is not None else ""
    state = OPEN
    if publisher and all(file.publisher not in ("", publisher) for file, _one in told):
        state = OTHERS
    elif services is not None and service is None:
        state = UNKNOWN
    elif service is not None and _changed_since(first.field, olds, now):
        state = DONE
    days = sorted(one.checked_on for _file, one in told if one.checked_on)
    return WorkItem(
        first.service, service.original_id if service else "", service.name.text if service else first.name,
        service.category if service else "", first.field, first.kind, " | ".join(olds), now, proposed, len(told),
        sum(one.basis == "check" for _file, one in told), len(told) > 1 and len(values) <= 1,
        days[0] if days else "", days[-1] if days else "", state,
        tuple(dict.fromkeys(one.note for _file, one in told if one.note)), tuple(one.id for _file, one in told),
    )  # fmt: skip


def _changed_since(field: str, olds: Sequence[str], now: str) -> bool:
    """Say whether nothing of what the houses saw is in the catalog any more."""
    if not olds:
        return False
    if field == "phone":
        return not any(_digits(part) and _digits(part) in _digits(now) for old in olds for part in old.split(","))
    return now not in olds


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).casefold()


def _order(item: WorkItem) -> tuple[object, ...]:
    settled = item.state != OPEN
    return (
        settled, item.category != "crisis", _URGENT.get(item.field, 2), -item.houses, -item.called,
        item.name.casefold(), item.service,
    )  # fmt: skip


def as_csv(items: Sequence[WorkItem]) -> str:
    """Return the work list for a spreadsheet; no text in it can act as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = ("state", "service", "id", "source id", "field", "what", "in the guide", "now", "may be", "houses", "called",
             "agree", "first", "last", "notes")  # fmt: skip
    writer.writerow(heads)
    for one in items:
        may_be = "; ".join(f"{value} ({n})" for value, n in one.proposed)
        row = (one.state, one.name, one.service, one.source_id, one.field, one.kind, one.old, one.now, may_be, one.houses,
               one.called, "yes" if one.agree else "", one.first, one.last, "; ".join(one.notes))  # fmt: skip
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_DANGEROUS) else value
