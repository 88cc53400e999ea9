"""One of this house's own services: its facts into a whole service, and a service into plain values, field by field.

A value that is not of its kind (a newer program, another PC's file) counts as not said: nothing here can crash on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any

from guide.records import (
    NOTHING,
    Address,
    Audience,
    Channel,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Url,
    UrlKind,
    Words,
)
from guide.records.laid import OURS, own_id

_LONGEST, _MOST = 4_000, 60  # characters of a text, parts of a list
_SPACE = uuid.UUID("0b6c1b0e-5a43-5d0c-9f0b-1d2f6a7c9e11")
Values = dict[str, Any]


def new_id(source: str = "") -> str:
    """Return the id of a new own service: random, or always the same for one ``source`` (a row of a file)."""
    return own_id((uuid.uuid5(_SPACE, source) if source else uuid.uuid4()).hex)


# --- a whole service ------------------------------------------------------------------------------------
def service_from(service_id: str, values: Mapping[str, Any]) -> Service | None:
    """Return the service these values make, None for one that was removed or has no name or need."""
    if values.get("removed") is True:
        return None
    name, category = _words(values.get("name")), _text(values.get("category"))
    if not name or not category:
        return None
    texts: Values = {field: _words(values.get(field)) for field in _TEXTS if field != "name"}
    plain: Values = {field: _text(values.get(field)) for field in _PLAIN if field != "category"}
    lists: Values = {field: _texts(values.get(field)) for field in _LISTS}
    numbers: Values = {field: _age(values.get(field)) for field in _NUMBERS}
    giver = _words(values.get("organization"))
    return Service(
        id=service_id,
        original_id=service_id,
        publisher=OURS,
        name=name,
        category=category,
        audience=Audience.STAFF if values.get("audience") == "staff" else Audience.VISITOR,
        organization=_giver(giver, values.get("giver")),
        details=tuple((p[0], p[1]) for p in _parts(values.get("details"), list) if list(map(type, p)) == [str, str]),
        phones=tuple(_phones(service_id, values.get("phones"))),
        urls=tuple(_urls(service_id, values.get("urls"))),
        schedules=tuple(one for part in _parts(values.get("schedules")) if (one := schedule_from(part))),
        required_documents=tuple(w for part in _parts(values.get("required_documents"), list) if (w := _words(part))),
        locations=tuple(_place(service_id, n, part) for n, part in enumerate(_parts(values.get("places")))),
        not_for_print=values.get("not_for_print") is True,
        status=_text(values.get("status")) or "active",
        assured_date=_day(values.get("assured_date")),
        **texts, **plain, **lists, **numbers,
    )  # fmt: skip


def values_of(service: Service) -> Values:
    """Return a service field by field as plain JSON values; what is empty is None."""
    found: Values = {field: _pairs(getattr(service, field)) for field in _TEXTS}
    found |= {field: getattr(service, field) or None for field in _PLAIN}
    found |= {field: list(getattr(service, field)) or None for field in _LISTS}
    found |= {field: getattr(service, field) for field in _NUMBERS}
    return found | {
        "audience": "staff" if service.audience is Audience.STAFF else None,
        "organization": _pairs(service.organization.name) if service.organization else None,
        "giver": _giver_values(service.organization),
        "details": [list(pair) for pair in service.details] or None,
        "phones": [_phone_values(one) for one in service.phones] or None,
        "urls": [{"kind": u.kind.value, "url": u.url, "label": u.label, "note": _pairs(u.note)} for u in service.urls] or None,
        "schedules": [schedule_values(one) for one in service.schedules] or None,
        "required_documents": [_pairs(one) for one in service.required_documents] or None,
        "places": [_place_values(place) for place in service.locations] or None,
        "not_for_print": True if service.not_for_print else None,
        "status": None if service.status == "active" else service.status,
        "assured_date": service.assured_date.isoformat() if service.assured_date else None,
    }  # fmt: skip


_TEXTS = ("name", "discreet_name", "description", "language_note", "hours", "eligibility", "cost",
          "application_process", "alert")  # fmt: skip
_PLAIN = ("category", "alternate_name", "url", "email", "assurer", "staff_note")
_LISTS = ("also_in", "tags", "languages", "service_areas", "accessibility")
_NUMBERS = ("minimum_age", "maximum_age")
FIELDS = (*_TEXTS, *_PLAIN, *_LISTS, *_NUMBERS, "audience", "organization", "giver", "details", "phones", "urls", "schedules",
          "required_documents", "places", "not_for_print", "status", "assured_date")  # fmt: skip


# --- parts ----------------------------------------------------------------------------------------------
def schedule_values(one: Schedule) -> Values:
    """Return a span of hours as plain values; what is as always is left out."""
    found: Values = {}
    for field in fields(Schedule):
        value = getattr(one, field.name)
        if isinstance(value, time):
            value = value.isoformat("minutes")
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        if value not in (None, "", []) and value != field.default:
            found[field.name] = value
    return found


def schedule_from(part: Mapping[str, Any]) -> Schedule | None:
    """Return the span of hours in plain values, None where they make none."""
    freq, kind = part.get("freq", "WEEKLY"), part.get("kind", "")
    if freq not in ("WEEKLY", "MONTHLY") or kind not in ("", "holiday", "appointment"):
        return None
    holidays, interval = part.get("holidays", ""), part.get("interval", 1)
    if holidays not in ("", "open", "closed") or type(interval) is not int or interval < 1:
        return None
    days = tuple(day for day in _texts(part.get("byday")) if day.lstrip("-12345") in _DAYS)
    numbers: Values = {n: tuple(v for v in _parts(part.get(n), int)) for n in ("bymonthday", "byyearday", "byweekno")}
    wkst = part.get("wkst", "MO")
    return Schedule(
        days, _clock(part.get("opens_at")), _clock(part.get("closes_at")), _text(part.get("timezone")),
        _day(part.get("valid_from")), _day(part.get("valid_to")), _text(part.get("description")), freq, interval,
        wkst=wkst if wkst in _DAYS else "MO", dtstart=_day(part.get("dtstart")), kind=kind, holidays=holidays,
        **numbers,
    )  # fmt: skip


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _phones(owner: str, value: object) -> list[Phone]:
    found = []
    for place, part in enumerate(_parts(value)):
        published = _text(part.get("published"))
        if not published:
            continue
        found.append(Phone(
            id=f"{owner}/phone/{place}", channel=_one_of(Channel, part.get("channel"), Channel.VOICE),
            published=published, value=published, dial="".join(c for c in _text(part.get("dial")) if c in "+0123456789"),
            extension=_text(part.get("extension")), keyword=_words(part.get("keyword")), note=_words(part.get("note")),
            languages=_texts(part.get("languages")), hidden=part.get("hidden") is True,
        ))  # fmt: skip
    return found


def _phone_values(one: Phone) -> Values:
    found = {"channel": one.channel.value, "published": one.published, "dial": one.dial, "extension": one.extension,
             "keyword": _pairs(one.keyword), "note": _pairs(one.note), "languages": list(one.languages), "hidden": one.hidden}  # fmt: skip
    return {name: value for name, value in found.items() if value not in ("", None, [], False)}


def _giver(name: Words, more: object) -> Organization | None:
    """Return who gives it; what else is known of them is kept of a copied entry, and belongs to that name."""
    if not name:
        return None
    said = more if isinstance(more, dict) and _text(more.get("of")) == name.text else {}
    return Organization(
        str(uuid.uuid5(_SPACE, f"organization\n{name.text}")), name, _text(said.get("alternate_name")),
        _words(said.get("description")), _text(said.get("url")), _text(said.get("email")),
    )  # fmt: skip


def _giver_values(giver: Organization | None) -> Values | None:
    if giver is None:
        return None
    found = {"alternate_name": giver.alternate_name, "description": _pairs(giver.description), "url": giver.url,
             "email": giver.email}  # fmt: skip
    found = {name: value for name, value in found.items() if value}
    return found | {"of": giver.name.text} if found else None


def _urls(owner: str, value: object) -> list[Url]:
    return [
        Url(f"{owner}/url/{n}", _one_of(UrlKind, part.get("kind"), UrlKind.WEB), _text(part.get("url")),
            _text(part.get("label")), _words(part.get("note")))
        for n, part in enumerate(_parts(value)) if _text(part.get("url"))
    ]  # fmt: skip


_ADDRESS = ("address_1", "address_2", "city", "state_province", "postal_code", "country")


def _place(owner: str, number: int, part: Mapping[str, Any]) -> Location:
    """Return a place. Its first address is its own fields, further ones are ``more``; its point is kept only where the
    address is open.
    """
    addresses = [one for p in (part, *_parts(part.get("more"))) if (one := _address(p)) is not None]
    open_to_all = bool(addresses) and all(one.visibility == "public" for one in addresses)
    latitude, longitude = (_degrees(part.get(name)) if open_to_all else None for name in ("latitude", "longitude"))
    return Location(
        id=f"{owner}/place/{number}", name=_words(part.get("name")), description=_words(part.get("description")),
        transportation=_text(part.get("transportation")), latitude=latitude, longitude=longitude,
        addresses=tuple(addresses), accessibility=_texts(part.get("accessibility")), languages=_texts(part.get("languages")),
        schedules=tuple(s for p in _parts(part.get("schedules")) if (s := schedule_from(p))),
    )  # fmt: skip


def _address(part: Mapping[str, Any]) -> Address | None:
    said = {field: _text(part.get(field)) for field in _ADDRESS}
    seen = part.get("visibility")
    if not any(said.values()):
        return None
    # What is not surely open is closed (L1).
    kind = _text(part.get("address_type")) or "physical"
    return Address(**said, address_type=kind, visibility=seen if seen in ("public", "area") else "never")


def _place_values(place: Location) -> Values:
    found: Values = {"visibility": "public"} | (_address_values(place.addresses[0]) if place.addresses else {})
    found |= {
        "name": _pairs(place.name), "description": _pairs(place.description), "transportation": place.transportation,
        "accessibility": list(place.accessibility), "languages": list(place.languages),
        "schedules": [schedule_values(one) for one in place.schedules],
        "more": [_address_values(one) for one in place.addresses[1:]],
    }  # fmt: skip
    if place.addresses and all(one.visibility == "public" for one in place.addresses):
        found |= {"latitude": place.latitude, "longitude": place.longitude}
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def _address_values(address: Address) -> Values:
    found = {field: getattr(address, field) for field in _ADDRESS} | {"visibility": address.visibility}
    found |= {} if address.address_type == "physical" else {"address_type": address.address_type}
    return {name: value for name, value in found.items() if value}


def _degrees(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and -180 <= value <= 180 else None


# --- values ---------------------------------------------------------------------------------------------
def _words(value: object) -> Words:
    """Return [["en", "a text"], ["es", "un texto"]]: the first is how it was written."""
    pairs = [(str(p[0]), p[1].strip()[:_LONGEST]) for p in _parts(value, list)
             if len(p) == 2 and isinstance(p[0], str) and isinstance(p[1], str)]  # fmt: skip
    pairs = [(tag[:20], text) for tag, text in pairs if text]
    return Words(pairs[0][1], pairs[0][0], tuple(pairs[1:])) if pairs else NOTHING


def _pairs(words: Words) -> list[list[str]] | None:
    return [[words.language, words.text], *([tag, text] for tag, text in words.others)] if words else None


def _text(value: object) -> str:
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for part in _parts(value, str) if (text := _text(part))))


def _parts(value: object, kind: type = dict) -> list[Any]:
    return [part for part in value[:_MOST] if type(part) is kind] if isinstance(value, list) else []


def _age(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= 130 else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _clock(value: object) -> time | None:
    try:
        return time.fromisoformat(value) if isinstance(value, str) and len(value) == 5 else None
    except ValueError:
        return None


def _one_of(kind: Callable[[Any], Any], value: object, default: Any) -> Any:
    try:
        return kind(value)
    except ValueError:
        return default
