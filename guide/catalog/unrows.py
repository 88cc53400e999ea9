"""Rows into records: what the reader makes of one service's rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, time
from functools import lru_cache, partial
from typing import Any

from guide.records import (
    Address,
    Audience,
    Category,
    Channel,
    DoNotPrint,
    Edition,
    Evidence,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Tag,
    Url,
    UrlKind,
    Words,
)

Row = Mapping[str, Any]
_ADDRESS = tuple(field.name for field in fields(Address))
Texts = dict[tuple[str, str], list[tuple[str, str]]]

lenient = partial(str, encoding="utf-8", errors="replace")
"""For ``text_factory``: one wrong byte in a text spoils a letter, not the whole guide."""


def service_of(
    row: Row, own: Mapping[str, Sequence[Row]], texts: Texts, places: Mapping[str, Location], giver: Organization | None
) -> Service:
    """Return the service of ``row``; ``own`` holds its child rows by table, in the publisher's order."""
    lists, attributes = own["service_list"], own["attribute"]

    def listed(kind: str) -> tuple[Words, ...]:
        return tuple([words(one, "value", texts) for one in lists if one["kind"] == kind]) if lists else ()

    def codes(taxonomy: str) -> tuple[str, ...]:
        return tuple([one["code"] for one in attributes if one["taxonomy"] == taxonomy]) if attributes else ()

    return Service(
        id=row["id"],
        original_id=row["original_id"],
        publisher=row["publisher"],
        name=words(row, "name", texts),
        category=row["category"],
        description=words(row, "description", texts),
        audience=Audience(row["audience"]),
        organization=giver,
        alternate_name=row["alternate_name"],
        discreet_name=words(row, "discreet_name", texts),
        also_in=codes("category"),
        tags=codes("tag"),
        phones=tuple(phone_of(one, texts) for one in own["phone"]),
        urls=tuple(url_of(one, texts) for one in own["url"]),
        url=row["url"],
        email=row["email"],
        languages=tuple(one.text for one in listed("language")),
        language_note=words(row, "language_note", texts),
        hours=words(row, "hours", texts),
        schedules=tuple(schedule_of(one) for one in own["schedule"]),
        eligibility=words(row, "eligibility_description", texts),
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
        cost=words(row, "fees_description", texts),
        application_process=words(row, "application_process", texts),
        required_documents=listed("required_document"),
        locations=tuple(places[one["location_id"]] for one in own["service_at_location"]),
        service_areas=tuple(one.text for one in listed("service_area")),
        accessibility=tuple(one.text for one in listed("accessibility")),
        status=row["status"],
        alert=words(row, "alert", texts),
        assured_date=day_of(row["assured_date"]),
        assurer=row["assurer"],
        source_date=day_of(row["source_date"]),
        last_seen=day_of(row["last_seen"]),
        last_modified=day_of(row["last_modified"]),
        recheck_by=day_of(row["recheck_by"]),
        verification=row["verification"],
        staff_note=row["staff_note"],
        history=row["history"],
        evidence=tuple(evidence_of(one) for one in own["evidence"]),
        founding=bool(row["founding"]),
        not_for_print=bool(row["not_for_print"]),
        details=tuple((name, text) for name, text in items(row["details"])),
        digest=row["digest"],
    )


def phone_of(row: Row, texts: Texts) -> Phone:
    """Return one number."""
    return Phone(
        id=row["id"],
        channel=Channel(row["channel"]),
        published=row["number"],
        value=row["value"],
        dial=row["dial"],
        extension=row["extension"],
        keyword=words(row, "keyword", texts),
        note=words(row, "note", texts),
        languages=split(row["languages"]),
        hidden=bool(row["hidden"]),
        evidence=row["evidence"],
        official_as_of=day_of(row["official_as_of"]),
        secondary_as_of=day_of(row["secondary_as_of"]),
        sources=tuple(items(row["sources"])),
    )


def url_of(row: Row, texts: Texts) -> Url:
    """Return one chat, web or mail address."""
    return Url(
        id=row["id"],
        kind=UrlKind(row["kind"]),
        url=row["url"],
        label=row["label"],
        note=words(row, "note", texts),
        evidence=row["evidence"],
        official_as_of=day_of(row["official_as_of"]),
        secondary_as_of=day_of(row["secondary_as_of"]),
        sources=tuple(items(row["sources"])),
        language=row["page_language"],
    )


def schedule_of(row: Row) -> Schedule:
    """Return one span of opening hours."""
    return Schedule(
        byday=split(row["byday"]),
        opens_at=_clock(row["opens_at"]),
        closes_at=_clock(row["closes_at"]),
        timezone=row["timezone"],
        valid_from=day_of(row["valid_from"]),
        valid_to=day_of(row["valid_to"]),
        description=row["description"],
        freq=row["freq"],
        interval=row["interval"],
        bymonthday=_numbers(row["bymonthday"]),
        byyearday=_numbers(row["byyearday"]),
        byweekno=_numbers(row["byweekno"]),
        wkst=row["wkst"],
        dtstart=day_of(row["dtstart"]),
        kind=row["kind"],
        holidays=row["holidays"],
        season=row["season"],
    )


def location_of(row: Row, addresses: Sequence[Row], hours: Sequence[Row], texts: Texts) -> Location:
    """Return one place with what may be shown of its address."""
    return Location(
        id=row["id"],
        name=words(row, "name", texts),
        description=words(row, "description", texts),
        transportation=row["transportation"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        addresses=tuple([Address(*[one[name] for name in _ADDRESS]) for one in addresses]),
        accessibility=tuple(items(row["accessibility"])),
        languages=split(row["languages"]),
        schedules=tuple(schedule_of(one) for one in hours),
    )


def organization_of(row: Row, texts: Texts) -> Organization:
    """Return who gives a service."""
    return Organization(
        id=row["id"],
        name=words(row, "name", texts),
        alternate_name=row["alternate_name"],
        description=words(row, "description", texts),
        url=row["url"],
        email=row["email"],
    )


def evidence_of(row: Row) -> Evidence:
    """Return one page a fact was seen on."""
    return Evidence(
        row["key"], row["address"], day_of(row["as_of"]), row["kind"], row["about"], estimated=bool(row["estimated"])
    )


def category_of(row: Row, texts: Texts) -> Category:
    """Return one category."""
    return Category(
        slug=row["code"],
        order=row["position"],
        label=words(row, "name", texts),
        hint=words(row, "description", texts),
        visitor=bool(row["visitor"]),
        crosswalk=tuple((number, term) for number, term in json.loads(row["crosswalk"])),
    )


def tag_of(row: Row, texts: Texts) -> Tag:
    """Return one tag."""
    return Tag(
        slug=row["code"],
        label=words(row, "name", texts),
        facet=row["facet"],
        visitor=bool(row["visitor"]),
        crosswalk=tuple((number, term) for number, term in json.loads(row["crosswalk"])),
    )


def do_not_print_of(row: Row) -> DoNotPrint:
    """Return one number or phrase that must never be published."""
    source = json.loads(row["source"])
    return DoNotPrint(row["value"], row["was"], row["now"], row["note"], evidence_of(source) if source else None)


def edition_of(row: Row, texts: Texts) -> Edition:
    """Return the edition."""
    return Edition(
        publisher=row["publisher"],
        publisher_name=row["publisher_name"],
        number=row["number"],
        name=row["name"],
        title=words(row, "title", texts, "edition"),
        data_date=day_of(row["data_date"]),
        published_at=datetime.fromisoformat(row["published_at"]) if row["published_at"] else None,
        next_expected=day_of(row["next_expected"]),
        languages=split(row["languages"]),
        timezone=row["timezone"],
        licence=row["licence"],
        attribution=row["attribution"],
        note=words(row, "note", texts, "edition"),
        services=row["services"],
        default_review_days=row["default_review_days"],
        crisis_review_days=row["crisis_review_days"],
        call_now=split(row["call_now"]),
        meta=tuple((name, text) for name, text in json.loads(row["meta"])),
    )


def words(row: Row, field: str, texts: Texts, row_id: str = "") -> Words:
    """Return the text in column ``field`` with its translations."""
    text, language = row[field], row["language"]
    others = texts.get((row_id or row["id"], field)) if texts else None
    if others:
        return Words(text, language, tuple(others))
    return Words(text, language) if text else nothing_in(language)


@lru_cache(maxsize=64)
def nothing_in(language: str) -> Words:
    """Return the empty text of a language: most fields of most entries are empty, and one is enough for all."""
    return Words("", language)


def items(text: str) -> list[Any]:
    """Return the list that is written as JSON in ``text``."""
    return json.loads(text) if text != "[]" else []


def split(text: str) -> tuple[str, ...]:
    """Return the codes that stand in ``text`` with commas between."""
    return tuple(text.split(",")) if text else ()


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in split(text) if one.removeprefix("-").isdecimal())


def day_of(text: str | None) -> date | None:
    """Return the day written as ISO 8601. Raises ValueError."""
    return date.fromisoformat(text) if text else None
