"""The values one service has in each facet, by the publisher's tags and by what the entry itself shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from functools import lru_cache

from guide.catalog.recurrence import is_plain
from guide.records import Channel, Edition, Phone, Schedule, Service, UrlKind, Words
from guide.search.terms import words
from guide.states import area_of, state_of

UNKNOWN = ""  # the slug of what the catalog does not say
FREE = "free"
WHEELCHAIR = "wheelchair"
_BY_CHANNEL = {Channel.TEXT: "text", Channel.TTY: "tty", Channel.WHATSAPP: "whatsapp", Channel.VIDEOPHONE: "asl"}
_BY_KIND = {"population": "people", "need": "sub-need", "access": "access"}  # what a tag is of, in the catalog's word
_FREE = ({"free"}, {"gratis"}, {"gratuito"}, {"gratuita"}, {"no", "cost"}, {"no", "charge"}, {"no", "fee"})
_CONDITIONS = {"or", "some", "may", "not", "if", "unless", "sliding", "except", "most", "low"}


def facets(service: Service, edition: Edition, tag_facets: Mapping[str, str]) -> dict[tuple[str, str], None]:
    """Return the (facet, slug) pairs ``service`` counts in, in order; UNKNOWN where something is not said."""
    found = [("audience", service.audience.value), ("need", service.category)]
    if service.original_id in edition.call_now:
        found.append(("call-now", service.original_id))
    found += [("need", slug) for slug in service.also_in]
    tags = [(_BY_KIND[tag_facets[tag]], tag) for tag in service.tags if tag_facets.get(tag) in _BY_KIND]
    shown = service.shown_phones()
    full = _around_the_clock(service.schedules)
    access = _access(service, shown, full=full)
    found += tags
    found += [("access", slug) for slug in access]
    kinds = {of for of, _ in tags}
    if "people" not in kinds:
        found.append(("people", UNKNOWN))
    if not access and "access" not in kinds:
        found.append(("access", UNKNOWN))
    found += [("language", language) for language in _spoken(service, shown) or (UNKNOWN,)]
    if not service.schedules:
        found.append(("open", UNKNOWN))
    found += [("area", area) for area in _areas(service)]
    if full:
        found.append(("way", "any hour"))
    if shown:
        found.append(("way", "phone"))
    return dict.fromkeys(found)


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
    return _spoken(service, service.shown_phones())


def _spoken(service: Service, shown: Iterable[Phone]) -> dict[str, None]:
    found = dict.fromkeys(service.languages)
    for phone in shown:
        if phone.languages:
            found |= dict.fromkeys(phone.languages)
    for place in service.locations:
        if place.languages:
            found |= dict.fromkeys(place.languages)
    return found


def _access(service: Service, shown: Iterable[Phone], *, full: bool) -> list[str]:
    found = [_BY_CHANNEL[phone.channel] for phone in shown if phone.channel in _BY_CHANNEL]
    if service.urls and any(url.kind is UrlKind.CHAT for url in service.urls):
        found.append("chat")
    if full:
        found.append("24-7")
    if service.cost and _costs_nothing(service.cost):
        found.append(FREE)
    said = [*service.accessibility, *(text for place in service.locations for text in place.accessibility)]
    if said and any("wheelchair" in text.lower() for text in said):
        found.append(WHEELCHAIR)
    return found


def _around_the_clock(schedules: Sequence[Schedule]) -> bool:
    if not schedules:
        return False
    full = [s for s in schedules if s.opens_at == time(0) and s.closes_at in (time(0), time(23, 59)) and is_plain(s)]
    return len({day for s in full for day in s.byday}) == 7


@lru_cache(maxsize=1000)
def _costs_nothing(cost: Words) -> bool:
    """True where the cost says plainly that it is free; what has a condition is not called free."""
    said = [set(words(text)) for text in cost.every()]
    return any(free <= told for told in said for free in _FREE) and not any(told & _CONDITIONS for told in said)
