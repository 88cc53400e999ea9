"""The values one service has in each facet, by the publisher's tags and by what the entry itself shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from functools import lru_cache

from guide.catalog.recurrence import is_plain
from guide.records import Channel, Edition, Schedule, Service, UrlKind, Words
from guide.search.terms import words
from guide.states import area_of, state_of

UNKNOWN = ""  # the slug of what the catalog does not say
FREE = "free"
WHEELCHAIR = "wheelchair"
_BY_CHANNEL = {Channel.TEXT: "text", Channel.TTY: "tty", Channel.WHATSAPP: "whatsapp", Channel.VIDEOPHONE: "asl"}
_BY_KIND = {"population": "people", "need": "sub-need", "access": "access"}  # what a tag is of, in the catalog's word
_FREE = ({"free"}, {"gratis"}, {"gratuito"}, {"gratuita"}, {"no", "cost"}, {"no", "charge"}, {"no", "fee"})
_CONDITIONS = {"or", "some", "may", "not", "if", "unless", "sliding", "except", "most", "low"}


def facets(service: Service, edition: Edition, tag_facets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the (facet, slug) pairs ``service`` counts in; UNKNOWN where something is not said."""
    yield "audience", service.audience.value
    if service.original_id in edition.call_now:
        yield "call-now", service.original_id
    for slug in (service.category, *service.also_in):
        yield "need", slug
    tags = [(_BY_KIND[tag_facets[tag]], tag) for tag in service.tags if tag_facets.get(tag) in _BY_KIND]
    found = [*tags, *(("access", slug) for slug in _access(service))]
    yield from found
    for facet in ("people", "access"):
        if not any(of == facet for of, _ in found):
            yield facet, UNKNOWN
    for language in spoken(service) or (UNKNOWN,):
        yield "language", language
    if not service.schedules:
        yield "open", UNKNOWN
    yield from (("area", area) for area in _areas(service))
    if _around_the_clock(service.schedules):
        yield "way", "any hour"
    if service.main_phone() is not None:
        yield "way", "phone"


def _areas(service: Service) -> Iterator[str]:
    """Yield "US" or the states it serves whole; UNKNOWN for areas smaller than a state."""
    if not service.service_areas:
        return
    states = (a.state_province for place in service.locations for a in place.addresses)
    home = next((code for state in states if (code := state_of(state))), "")
    for text in service.service_areas:
        yield _area(text, home)


_area = lru_cache(maxsize=1000)(area_of)  # the same few are said again and again


def spoken(service: Service) -> dict[str, None]:
    """Return the languages somebody of the service speaks: its own, and those of its shown numbers and places."""
    found = dict.fromkeys(service.languages)
    for phone in service.shown_phones():
        found |= dict.fromkeys(phone.languages)
    for place in service.locations:
        found |= dict.fromkeys(place.languages)
    return found


def _access(service: Service) -> Iterator[str]:
    yield from (_BY_CHANNEL[p.channel] for p in service.shown_phones() if p.channel in _BY_CHANNEL)
    if any(url.kind is UrlKind.CHAT for url in service.urls):
        yield "chat"
    if _around_the_clock(service.schedules):
        yield "24-7"
    if _costs_nothing(service.cost):
        yield FREE
    places = [text for place in service.locations for text in place.accessibility]
    if any("wheelchair" in text.lower() for text in (*service.accessibility, *places)):
        yield WHEELCHAIR


def _around_the_clock(schedules: Iterable[Schedule]) -> bool:
    full = [s for s in schedules if s.opens_at == time(0) and s.closes_at in (time(0), time(23, 59)) and is_plain(s)]
    return len({day for s in full for day in s.byday}) == 7


@lru_cache(maxsize=1000)
def _costs_nothing(cost: Words) -> bool:
    """True where the cost says plainly that it is free; what has a condition is not called free."""
    said = [set(words(text)) for text in cost.every()]
    return any(free <= told for told in said for free in _FREE) and not any(told & _CONDITIONS for told in said)
