"""Which entries of a catalog are due to be called: crisis lines every 90 days, the rest once a year, none ever first."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from guide.catalog import tables as t
from guide.catalog.books import Layer
from guide.catalog.reader import Catalog
from guide.records.checking import Due, DueCount

CRISIS = "crisis"
_S, _P = t.service.c, t.phone.c
_GONE = ("inactive", "defunct")  # nobody calls what is closed for good
# A line for the deaf or a fax cannot be called by whoever checks; a text line is tried by sending a text.
_CALLABLE = ("voice", "text", "whatsapp")
_NEVER = ("911", "112", "999")  # a call to check would keep somebody else waiting, and is an offence in most states
Lately = Mapping[str, date]


def due_counts(catalog: Catalog, today: date, lately: Lately) -> tuple[DueCount, ...]:
    """Return how many entries of each category are due on ``today``, in the catalog's order of categories.

    ``lately``: when this house itself last called an entry.
    """
    found: dict[str, list[int]] = {}
    for layer in catalog.layers():
        never = func.sum(case((_S.assured_date.is_(None), 1), else_=0))
        ask = select(_S.category.label("slug"), func.count().label("due"), never.label("never"))
        has_number = exists().where(_P.service_id == _S.id, _may_be_called())
        late = _late(layer, today, lately)
        for row in layer.catalog.ask(ask.where(late, has_number).group_by(_S.category)):
            counts = found.setdefault(row["slug"], [0, 0])
            counts[:] = counts[0] + row["due"], counts[1] + row["never"]
    return tuple(DueCount(one.slug, *found[one.slug]) for one in catalog.categories() if one.slug in found)


def due_entries(
    catalog: Catalog, today: date, lately: Lately, *, category: str = "", limit: int = 0, first: Sequence[str] = ()
) -> tuple[Due, ...]:
    """Return what is due on ``today``, the most pressing first: crisis lines, then what nobody ever called, then the
    categories of ``first`` (most printed first), then the longest ago.

    ``category`` narrows to one; ``limit`` 0 is all of them.
    """
    layers = catalog.layers()
    found = [one for layer in layers for one in _entries(layer, today, lately, category, limit, first)]
    order = {slug: place for place, slug in enumerate(first)}
    if len(layers) > 1:  # each came in this order already
        found.sort(key=lambda one: (one.category != CRISIS, one.checked is not None,
                                    order.get(one.category, len(order)), one.checked or today))  # fmt: skip
    return tuple(found[:limit] if limit else found)


def _entries(layer: Layer, today: date, lately: Lately, category: str, limit: int, first: Sequence[str]) -> list[Due]:
    """Return the first ``limit`` that have a number. Numbers are looked up for those alone: looking for all of them
    takes longer than everything else.
    """
    ask = select(_S.id).where(_late(layer, today, lately), *([_S.category == category] if category else []))
    printed = [case({slug: place for place, slug in enumerate(first)}, value=_S.category, else_=len(first))]
    ask = ask.order_by(
        case((_S.category == CRISIS, 0), else_=1), case((_S.assured_date.is_(None), 0), else_=1),
        *(printed if first else []), _S.assured_date, _S.rank,
    )  # fmt: skip
    page = 2 * limit + 10 if limit else -1
    found: list[Due] = []
    start = 0
    while True:
        ids = [row["id"] for row in layer.catalog.ask(ask.limit(page).offset(start))]
        found += _with_numbers(layer, ids)
        if not limit or len(found) >= limit or len(ids) < page:
            return found[:limit] if limit else found
        start += page


def _with_numbers(layer: Layer, ids: Sequence[str]) -> list[Due]:
    """Return those of ``ids`` that have a number to call, in that order."""
    number = (
        select(_P.number).where(_P.service_id == _S.id, _may_be_called())
        .order_by(case((_P.channel == "voice", 0), else_=1), _P.position).limit(1).scalar_subquery()
    )  # fmt: skip
    giver = t.organization.c
    columns = (_S.id, _S.name, giver.name.label("giver"), _S.category, number.label("number"), _S.assured_date)
    ask = select(*columns).select_from(t.service.outerjoin(t.organization, giver.id == _S.organization_id))
    rows = {row["id"]: row for row in layer.catalog.ask(ask.where(_S.id.in_(_listed(ids)))) if row["number"]}
    return [
        Due(
            one + layer.mark, row["name"], row["giver"] or "", row["category"], row["number"], _day(row["assured_date"])
        )
        for one in ids
        if (row := rows.get(one)) is not None
    ]


def numbers_of(catalog: Catalog, services: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the numbers each of ``services`` has now, as they are shown, hidden ones left out."""
    found: dict[str, tuple[str, ...]] = {}
    for layer in catalog.layers():
        ask = select(_P.service_id, _P.number).where(_P.hidden == 0, _P.service_id.in_(_listed(layer.named(services))))
        for row in layer.catalog.ask(ask.order_by(_P.service_id, _P.position)):
            one = row["service_id"] + layer.mark
            found[one] = (*found.get(one, ()), row["number"])
    return found


def _late(layer: Layer, today: date, lately: Lately) -> ColumnElement[bool]:
    edition = layer.catalog.edition()
    crisis, others = (
        today - timedelta(days=days) for days in (edition.crisis_review_days, edition.default_review_days)
    )
    late = or_(
        _S.assured_date.is_(None),
        and_(_S.category == CRISIS, _S.assured_date < crisis.isoformat()),
        _S.assured_date < others.isoformat(),
        _S.recheck_by < today.isoformat(),
    )
    fresh = layer.named(one for one, on in lately.items() if on >= crisis)
    fresh_enough = layer.named(one for one, on in lately.items() if crisis > on >= others)
    called = or_(_S.id.in_(_listed(fresh)), and_(_S.category != CRISIS, _S.id.in_(_listed(fresh_enough))))
    shown = [_S.id.not_in(_listed(layer.masked))] if layer.masked else []
    return and_(late, _S.status.not_in(_GONE), *shown, *([~called] if lately else []))


def _may_be_called() -> ColumnElement[bool]:
    return and_(_P.hidden == 0, _P.channel.in_(_CALLABLE), _P.dial.not_in(_NEVER))


def _listed(values: Collection[str]) -> Select[Any]:
    # One JSON value, however many: SQLite limits how many values a question may carry.
    each = func.json_each(json.dumps(sorted(values))).table_valued("value")
    return select(each.c.value)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
