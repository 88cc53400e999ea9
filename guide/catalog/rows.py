"""Records into rows: what the build writes for one service, table by table."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, time
from functools import lru_cache
from operator import attrgetter
from typing import Any

from guide.catalog.visibility import shown_place
from guide.records import Category, DoNotPrint, Edition, Evidence, Location, Phone, Schedule, Service, Tag, Url, Words

Rows = dict[str, list[dict[str, Any]]]
_FIELDS: dict[type, tuple[list[str], Callable[[Any], Any]]] = {}  # names in the order JSON has them


def json_text(value: Any) -> str:
    """Return ``value`` as canonical JSON: the same bytes for the same content, on every machine."""
    return "[]" if value == () else _write(value)


def digest(service: Service) -> str:
    """Return a 16-byte blake2b of the service's content, so that "what changes" is a set difference."""
    content = _fields(service)
    del content["digest"]
    return hashlib.blake2b(json_text(content).encode(), digest_size=16).hexdigest()


def service_rows(service: Service, rank: int) -> Rows:
    """Return every row of ``service`` but its organization and its locations, which services share."""
    rows: Rows = defaultdict(list)
    own = Translations(rows, service.id)
    rows["service"].append(
        {
            "rank": rank,
            "id": service.id,
            "digest": digest(service),
            "original_id": service.original_id,
            "publisher": service.publisher,
            "organization_id": service.organization.id if service.organization else None,
            "language": service.name.language,
            "name": own.keep("name", service.name),
            "alternate_name": service.alternate_name,
            "discreet_name": own.keep("discreet_name", service.discreet_name),
            "description": own.keep("description", service.description),
            "category": service.category,
            "audience": service.audience.value,
            "url": service.url,
            "email": service.email,
            "language_note": own.keep("language_note", service.language_note),
            "hours": own.keep("hours", service.hours),
            "eligibility_description": own.keep("eligibility_description", service.eligibility),
            "minimum_age": service.minimum_age,
            "maximum_age": service.maximum_age,
            "fees_description": own.keep("fees_description", service.cost),
            "application_process": own.keep("application_process", service.application_process),
            "status": service.status,
            "alert": own.keep("alert", service.alert),
            "assured_date": _day(service.assured_date),
            "assurer": service.assurer,
            "source_date": _day(service.source_date),
            "last_seen": _day(service.last_seen),
            "last_modified": _day(service.last_modified),
            "recheck_by": _day(service.recheck_by),
            "verification": service.verification,
            "staff_note": service.staff_note,
            "history": service.history,
            "founding": int(service.founding),
            "not_for_print": int(service.not_for_print),
            "details": json_text(service.details),
        }
    )
    for taxonomy, codes in (("category", service.also_in), ("tag", service.tags)):
        for position, code in enumerate(dict.fromkeys(codes)):
            rows["attribute"].append({"link_id": service.id, "taxonomy": taxonomy, "code": code, "position": position})
    for position, phone in enumerate(service.phones):
        rows["phone"].append(_phone(phone, service.id, position, rows))
    for position, url in enumerate(service.urls):
        rows["url"].append(_url(url, service.id, position, rows))
    for position, one in enumerate(service.schedules):
        rows["schedule"].append(_schedule(one, service.id, position))
    for position, place in enumerate(service.locations):
        rows["service_at_location"].append({"service_id": service.id, "location_id": place.id, "position": position})
    for position, page in enumerate(service.evidence):
        rows["evidence"].append({"id": f"{service.id}/{position}", "link_id": service.id, "position": position}
                                | _evidence(page))  # fmt: skip
    lists: dict[str, tuple[Words, ...]] = {
        "language": tuple(map(Words, service.languages)),
        "service_area": tuple(map(Words, service.service_areas)),
        "accessibility": tuple(map(Words, service.accessibility)),
        "required_document": service.required_documents,
    }
    for kind, values in lists.items():
        for position, words in enumerate(values):
            row_id = f"{service.id}/{kind}/{position}"
            rows["service_list"].append({
                "id": row_id, "service_id": service.id, "kind": kind, "position": position,
                "value": Translations(rows, row_id).keep("value", words), "language": words.language,
            })  # fmt: skip
    return rows


def location_rows(place: Location) -> Rows:
    """Return the rows of one location, only what may be shown of it (L1)."""
    rows: Rows = defaultdict(list)
    place = shown_place(place)
    own = Translations(rows, place.id)
    rows["location"].append({
        "id": place.id, "name": own.keep("name", place.name), "description": own.keep("description", place.description),
        "transportation": place.transportation,
        "latitude": place.latitude, "longitude": place.longitude,
        "accessibility": json_text(place.accessibility), "languages": ",".join(place.languages),
        "language": place.name.language,
    })  # fmt: skip
    for position, address in enumerate(place.addresses):
        rows["address"].append({
            "id": f"{place.id}/{position}", "location_id": place.id, "position": position,
            "address_1": address.address_1, "address_2": address.address_2,
            "city": address.city, "state_province": address.state_province,
            "postal_code": address.postal_code, "country": address.country,
            "address_type": address.address_type, "visibility": address.visibility,
        })  # fmt: skip
    for position, one in enumerate(place.schedules):
        rows["schedule"].append(_schedule(one, place.id, position))
    return rows


def organization_rows(service: Service) -> Rows:
    """Return the rows of the service's organization, none where it has none."""
    rows: Rows = defaultdict(list)
    if (found := service.organization) is not None:
        own = Translations(rows, found.id)
        rows["organization"].append({
            "id": found.id, "name": own.keep("name", found.name), "alternate_name": found.alternate_name,
            "description": own.keep("description", found.description), "url": found.url, "email": found.email,
            "language": found.name.language,
        })  # fmt: skip
    return rows


def term_rows(term: Category | Tag, position: int) -> Rows:
    """Return the rows of one category or tag."""
    rows: Rows = defaultdict(list)
    category = isinstance(term, Category)
    row_id = f"{'category' if category else 'tag'}/{term.slug}"
    own = Translations(rows, row_id)
    rows["taxonomy_term"].append({
        "id": row_id, "taxonomy": "category" if category else "tag", "code": term.slug,
        "name": own.keep("name", term.label),
        "description": own.keep("description", term.hint) if isinstance(term, Category) else "",
        "facet": term.facet if isinstance(term, Tag) else "need",
        "position": term.order if isinstance(term, Category) else position,
        "visitor": int(term.visitor), "crosswalk": json_text(term.crosswalk), "language": term.label.language,
    })  # fmt: skip
    return rows


def edition_rows(found: Edition, services: int) -> Rows:
    """Return the edition's row with the number of services that were written."""
    rows: Rows = defaultdict(list)
    own = Translations(rows, "edition")
    rows["edition"].append({
        "publisher": found.publisher, "publisher_name": found.publisher_name, "number": found.number,
        "name": found.name, "title": own.keep("title", found.title), "language": found.title.language,
        "data_date": _day(found.data_date),
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "next_expected": _day(found.next_expected), "languages": ",".join(found.languages),
        "timezone": found.timezone, "licence": found.licence, "attribution": found.attribution,
        "note": own.keep("note", found.note), "services": services,
        "default_review_days": found.default_review_days, "crisis_review_days": found.crisis_review_days,
        "call_now": ",".join(found.call_now), "meta": json_text(found.meta),
    })  # fmt: skip
    return rows


def do_not_print_row(entry: DoNotPrint, position: int) -> dict[str, Any]:
    """Return the row of one wrong or outdated number."""
    return {"position": position, "value": entry.value, "was": entry.was, "now": entry.now, "note": entry.note,
            "source": json_text(_evidence(entry.source) if entry.source else None)}  # fmt: skip


class Translations:
    """Puts the translations of one row's texts into ``rows`` while its own columns are written."""

    def __init__(self, rows: Rows, row_id: str) -> None:
        """Take the rows to add to and the id they hang on."""
        self._rows, self._row_id = rows, row_id

    def keep(self, field: str, words: Words) -> str:
        """Return the original text for the column; its translations become rows."""
        for language, text in words.others:
            self._rows["translation"].append(
                {"row_id": self._row_id, "field": field, "language": language, "text": text}
            )
        return words.text


def _phone(phone: Phone, service: str, position: int, rows: Rows) -> dict[str, Any]:
    own = Translations(rows, phone.id)
    return {
        "id": phone.id, "service_id": service, "position": position, "channel": phone.channel.value,
        "number": phone.published, "value": phone.value, "dial": phone.dial, "extension": phone.extension,
        "keyword": own.keep("keyword", phone.keyword), "note": own.keep("note", phone.note),
        "languages": ",".join(phone.languages), "language": (phone.keyword or phone.note).language,
        "hidden": int(phone.hidden), "evidence": phone.evidence, "official_as_of": _day(phone.official_as_of),
        "secondary_as_of": _day(phone.secondary_as_of), "sources": json_text(phone.sources),
    }  # fmt: skip


def _url(url: Url, service: str, position: int, rows: Rows) -> dict[str, Any]:
    return {
        "id": url.id, "service_id": service, "position": position, "kind": url.kind.value, "url": url.url,
        "label": url.label, "note": Translations(rows, url.id).keep("note", url.note), "language": url.note.language,
        "page_language": url.language, "evidence": url.evidence, "official_as_of": _day(url.official_as_of),
        "secondary_as_of": _day(url.secondary_as_of), "sources": json_text(url.sources),
    }  # fmt: skip


def _schedule(one: Schedule, link: str, position: int) -> dict[str, Any]:
    return {
        "id": f"{link}/{position}", "link_id": link, "position": position, "byday": ",".join(one.byday),
        "opens_at": one.opens_at.isoformat("minutes") if one.opens_at else None,
        "closes_at": one.closes_at.isoformat("minutes") if one.closes_at else None,
        "timezone": one.timezone, "valid_from": _day(one.valid_from), "valid_to": _day(one.valid_to),
        "description": one.description, "freq": one.freq, "interval": one.interval,
        "bymonthday": _numbers(one.bymonthday), "byyearday": _numbers(one.byyearday),
        "byweekno": _numbers(one.byweekno), "wkst": one.wkst, "dtstart": _day(one.dtstart),
        "kind": one.kind, "holidays": one.holidays, "season": one.season,
    }  # fmt: skip


def _numbers(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _evidence(page: Evidence) -> dict[str, Any]:
    return {"key": page.key, "address": page.address, "as_of": _day(page.as_of), "kind": page.kind,
            "about": page.about, "estimated": int(page.estimated)}  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    """Return what JSON can write for a record (its fields by name), a day or a time."""
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if type(value) is Words and not value.text and not value.others:
        return _nothing_in(value.language)  # half of all records of a service
    return _fields(value)


@lru_cache(maxsize=64)
def _nothing_in(language: str) -> dict[str, Any]:
    return _fields(Words("", language))


def _fields(record: Any) -> dict[str, Any]:
    known = _FIELDS.get(type(record))
    if known is None:
        names = sorted(field.name for field in fields(record))
        known = _FIELDS[type(record)] = (names, attrgetter(*names))
    names, content = known
    return dict(zip(names, content(record) if len(names) > 1 else (content(record),), strict=True))


_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode
