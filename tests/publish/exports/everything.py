"""One service with a value in every field, and any services Hypothesis can think of, made from the records' own types."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from guide.records import (
    Address,
    Audience,
    Channel,
    Evidence,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Url,
    UrlKind,
    Words,
)

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of ``kind``, a record's field or a record."""
    if isinstance(kind, UnionType):
        return st.one_of(*(st.none() if one is NoneType else any_of(one) for one in get_args(kind)))
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return st.lists(any_of(inner[0]), max_size=2).map(tuple)
        return st.tuples(*map(any_of, inner))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        own = {field.name: any_of(hints[field.name]) for field in fields(kind)}
        if kind is Words:
            own["others"] = st.dictionaries(st.sampled_from(["es", "ar", "fr"]), TEXT, max_size=2).map(
                lambda found: tuple(sorted(found.items()))
            )
        if kind is Service:
            own |= {"digest": st.just(""), "category": st.sampled_from(["crisis", "legal"])}
        return st.builds(kind, **own)
    if kind is time:
        return st.times().map(lambda t: t.replace(second=0, microsecond=0))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    return {
        str: TEXT, int: st.integers(-(2**31), 2**31), bool: st.booleans(), date: st.dates(), datetime: st.datetimes(),
        float: st.floats(allow_nan=False, allow_infinity=False),
    }[kind]  # fmt: skip


def _words(text: str) -> Words:
    return Words(text, "en", (("ar", f"{text} بالعربية"), ("es", f"{text} en español")))


DAY = date(2026, 11, 1)
PAGE = Evidence("key", "https://example.org/page", DAY, "official", "about", True)
HOURS = Schedule(
    ("1FR", "-1MO"), time(9), time(17, 30), "America/New_York", DAY, DAY, "1st Friday", "MONTHLY", 2, (1, 15), (200,),
    (12,), "SU", DAY, "holiday", "closed", "06-01/08-31",
)  # fmt: skip
PLACE = Location(
    "6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0001", _words("Office"), _words("Second door"), "Bus 5", 39.7, -104.9,
    (Address("12 Elm St", "Denver", "CO", "80203", "US", "Suite 4", "postal"),
     Address("", "Denver", "CO", "", "US", "", "physical", "area")),
    ("ramp", "lift"), ("en", "es"), (HOURS,),
)  # fmt: skip
PHONES = (
    Phone("6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0002", Channel.WHATSAPP, "(415) 621-2929", "4156212929", "+14156212929",
          "0042", _words("HOME"), _words("ask for Ana"), ("en",), False, "official", DAY, DAY, ("key",)),
    Phone("6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0003", Channel.VOICE, "1-800-273-8255", "18002738255", "+18002738255", hidden=True),
    Phone("6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0004", Channel.TTY, "711", "711", "711", "42"),
)  # fmt: skip
SERVICE = Service(
    id="6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0005", original_id="everything", publisher="test", name=_words("Everything"),
    category="crisis", description=_words("All of it"), audience=Audience.VISITOR,
    organization=Organization("6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0006", _words("Giver"), "G", _words("Gives"), "https://g.org", "g@example.org"),
    alternate_name="All", discreet_name=_words("Line"), also_in=("legal",), tags=("women", "24-7"), phones=PHONES,
    urls=(Url("6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0007", UrlKind.EMAIL, "a@example.org", "mail", _words("slow"), "official", DAY, DAY, ("key",), "es"),
          Url("6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0008", UrlKind.CHAT, "https://example.org/chat")),
    url="https://example.org", email="b@example.org", languages=("en", "es"), language_note=_words("by phone"),
    hours=_words("9 to 5"), schedules=(HOURS,), eligibility=_words("Anyone"), minimum_age=18, maximum_age=99,
    cost=_words("free"), application_process=_words("Walk in"), required_documents=(_words("ID"), Words("Bill")),
    locations=(PLACE,), service_areas=("Denver",), accessibility=("ramp",), status="temporarily closed",
    alert=_words("Moved"), assured_date=DAY, assurer="Ana", source_date=DAY, last_seen=DAY, last_modified=DAY,
    recheck_by=DAY, verification="confirmed", staff_note="for staff alone", history="was elsewhere", evidence=(PAGE,),
    founding=True, not_for_print=True, details=(("wait", "two days"),),
)  # fmt: skip
