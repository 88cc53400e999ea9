"""Which of our fields stand in which field of HSDS 3.x; whatever does not come back from there goes beside it.

The standard's field is written for everybody. Where reading it again would not give our value (a translation, an
evidence date, a zone's name, which the standard has no field for), our value stands in ``guide_facts`` as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, time
from typing import Any, NamedTuple, TypeVar

from guide.publish.exports.codec import decode, encode, hints_of
from guide.records import Address, Channel, Location, Organization, Phone, Schedule, Service, Url, UrlKind, Words

T = TypeVar("T")
OURS = "guide_facts"
Object = dict[str, Any]


class Way(NamedTuple):
    """How one field goes out and comes back. ``hsds`` is the standard's name for it."""

    hsds: str
    out: Callable[[Any], Any]
    back: Callable[[Any], Any]


def _text(hsds: str) -> Way:
    return Way(hsds, lambda words: words.text, lambda text: Words(text or ""))


def _same(hsds: str) -> Way:
    return Way(hsds, lambda value: value, lambda value: value or "")


def _whole(hsds: str) -> Way:
    return Way(hsds, lambda value: value, lambda value: int(value) if value not in (None, "") else None)


def _number(hsds: str) -> Way:
    return Way(hsds, lambda value: value, lambda value: float(value) if value not in (None, "") else None)


def _day(hsds: str) -> Way:
    return Way(
        hsds, lambda d: d.isoformat() if d else None, lambda text: date.fromisoformat(text[:10]) if text else None
    )


def _numbers(hsds: str) -> Way:
    return Way(
        hsds, lambda n: ",".join(map(str, n)), lambda text: tuple(int(one) for one in text.split(",")) if text else ()
    )


def _clock(hsds: str) -> Way:
    return Way(
        hsds, lambda t: t.isoformat("minutes") if t else None, lambda text: time.fromisoformat(text) if text else None
    )


_CHANNELS = {
    Channel.VOICE: "voice", Channel.TEXT: "text", Channel.TTY: "textphone", Channel.VIDEOPHONE: "video",
    Channel.WHATSAPP: "text", Channel.FAX: "fax",
}  # fmt: skip
_BACK = {
    "voice": Channel.VOICE,
    "text": Channel.TEXT,
    "textphone": Channel.TTY,
    "video": Channel.VIDEOPHONE,
    "fax": Channel.FAX,
}
_STAMP = Way(
    "last_modified",
    lambda d: f"{d.isoformat()}T00:00:00Z" if d else None,
    lambda text: date.fromisoformat(text[:10]) if text else None,
)
_ID = _same("id")
WAYS: dict[type, dict[str, Way]] = {
    Service: {
        "id": _ID, "name": _text("name"), "alternate_name": _same("alternate_name"), "description": _text("description"),
        "url": _same("url"), "email": _same("email"), "status": _same("status"), "minimum_age": _whole("minimum_age"),
        "maximum_age": _whole("maximum_age"), "eligibility": _text("eligibility_description"), "cost": _text("fees_description"),
        "application_process": _text("application_process"), "alert": _text("alert"), "assured_date": _day("assured_date"),
        "last_modified": _STAMP,
    },
    Organization: {
        "id": _ID, "name": _text("name"), "alternate_name": _same("alternate_name"), "description": _text("description"),
        "url": _same("website"), "email": _same("email"),
    },
    Phone: {
        "id": _ID, "published": _same("number"), "note": _text("description"),
        "channel": Way("type", lambda c: _CHANNELS[c], lambda text: _BACK.get(text or "", Channel.VOICE)),
        "extension": Way("extension", lambda e: int(e) if e.isdecimal() else None,
                         lambda n: str(int(n)) if n not in (None, "") else ""),
    },
    Url: {
        "id": _ID, "label": _same("label"),
        "url": Way("url", lambda u: f"mailto:{u}" if "@" in u and "/" not in u else u,
                   lambda u: str(u or "").removeprefix("mailto:")),
        "kind": Way("", lambda _: None, lambda _: UrlKind.WEB),
    },
    Location: {
        "id": _ID, "name": _text("name"), "description": _text("description"), "transportation": _same("transportation"),
        "latitude": _number("latitude"), "longitude": _number("longitude"),
    },
    Address: {
        "address_1": _same("address_1"), "address_2": _same("address_2"), "city": _same("city"),
        "state_province": _same("state_province"), "postal_code": _same("postal_code"), "country": _same("country"),
        "address_type": _same("address_type"),
    },
    Schedule: {
        "byday": Way("byday", ",".join, lambda text: tuple(text.split(",")) if text else ()),
        "opens_at": _clock("opens_at"), "closes_at": _clock("closes_at"), "valid_from": _day("valid_from"),
        "valid_to": _day("valid_to"), "description": _same("description"), "freq": _same("freq"),
        "interval": Way("interval", lambda n: n, lambda n: int(n) if n not in (None, "") else 1),
        "bymonthday": _numbers("bymonthday"), "byyearday": _numbers("byyearday"), "byweekno": _numbers("byweekno"),
        "wkst": Way("wkst", lambda day: day, lambda text: text or "MO"), "dtstart": _day("dtstart"),
        "timezone": _same("notes"),
    },
}  # fmt: skip


def out(record: Any, apart: frozenset[str] = frozenset()) -> Object:
    """Return ``record`` as the standard's object, with our own facts beside; fields ``apart`` are others' business."""
    kind = type(record)
    ways, found, ours = WAYS[kind], {}, {}
    for field in fields(kind):
        if field.name in apart:
            continue
        value = getattr(record, field.name)
        way = ways.get(field.name)
        if way is None:
            if field.default is MISSING or value != field.default:
                ours[field.name] = encode(value)
            continue
        said = way.out(value)
        if way.hsds and said not in (None, ""):
            found[way.hsds] = said
        if _safely(way, said) != value:
            ours[field.name] = encode(value)
    return found | ({OURS: ours} if ours else {})


def back(kind: type[T], given: Object, **others: Any) -> T:
    """Return the record of ``given``, as ``out`` or somebody with an editor wrote it.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it cannot be read.
    """
    ours, hints = given.get(OURS) or {}, hints_of(kind)
    values = {name: way.back(given.get(way.hsds)) for name, way in WAYS[kind].items()}
    values |= {name: decode(hints[name], value) for name, value in ours.items() if name in hints}
    return kind(**values | others)


def _safely(way: Way, said: Any) -> Any:
    try:
        return way.back(said)
    except ValueError:
        return MISSING
