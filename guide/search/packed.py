"""A card as it lies in the index, and back: so that a keystroke never opens the catalog."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from guide.catalog.cards import undated as card_without_day
from guide.records import NOTHING, Channel, Phone, Schedule, Service, Words

Dates = tuple[str | None, str, str | None, str | None]  # assured, by whom, source, recheck by: days as ISO 8601
Content = tuple[
    str, Words, Words, Words, str, Phone | None, Phone | None, tuple[str, ...], Words, tuple[str, ...], Words, str,
    bool, Words, Dates,
]  # fmt: skip
_CHANNELS = {one.value: one for one in Channel}
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_EVERY_WEEK: list[Any] = ["WEEKLY", 1, (), (), (), "MO", None, "", "", ""]  # a rule that is not written


def pack(service: Service) -> str:
    """Return the card of ``service`` as compact JSON, with the dates its freshness hangs on."""
    card = card_without_day(service)
    return _ENCODE(
        [
            card.id,
            _words(card.name),
            _words(card.discreet_name),
            _words(card.organization),
            card.category,
            _phone(card.phone),
            _phone(card.text),
            card.languages,
            _words(card.language_note),
            card.tags,
            _words(card.summary),
            card.url,
            card.staff_only,
            _words(card.cost),
            [_day(d) for d in (service.assured_date, service.source_date, service.recheck_by)],
            service.assurer,
        ]
    )


def unpack(texts: Sequence[str]) -> list[Content]:
    """Return of each packed card what depends on no day: read in one go, which halves what each costs.

    Raises ValueError, TypeError: that is no card of ours.
    """
    return [_content(*packed) for packed in json.loads(f"[{','.join(texts)}]")]


def _content(
    service: str, name: Any, discreet: Any, giver: Any, category: str, phone: Any, texting: Any, languages: list[str],
    language_note: Any, tags: list[str], summary: Any, url: str, staff_only: bool, cost: Any,
    days: list[str | None], assurer: str,
) -> Content:  # fmt: skip
    # A tuple, not yet a record: it becomes one when it is shown, once.
    assured, source, recheck = days
    return (
        service,
        _unwords(name) if name else NOTHING,
        _unwords(discreet) if discreet else NOTHING,
        _unwords(giver) if giver else NOTHING,
        category,
        _unphone(phone) if phone else None,
        _unphone(texting) if texting else None,
        tuple(languages),
        _unwords(language_note) if language_note else NOTHING,
        tuple(tags),
        _unwords(summary) if summary else NOTHING,
        url,
        staff_only,
        _unwords(cost) if cost else NOTHING,
        (assured, assurer, source, recheck),
    )


def pack_schedules(schedules: tuple[Schedule, ...]) -> str:
    """Return ``schedules`` as JSON: equal plans give equal text, so that each is judged once."""
    return json.dumps([_plan(s) for s in schedules], separators=(",", ":"))


def _plan(s: Schedule) -> list[Any]:
    plain = [
        ",".join(s.byday),
        _clock(s.opens_at),
        _clock(s.closes_at),
        s.timezone,
        _day(s.valid_from),
        _day(s.valid_to),
    ]
    rule = [s.freq, s.interval, s.bymonthday, s.byyearday, s.byweekno, s.wkst, _day(s.dtstart), s.kind, s.holidays,
            s.season]  # fmt: skip
    return plain + rule if rule != _EVERY_WEEK else plain


def unpack_schedules(text: str) -> tuple[Schedule, ...]:
    """Return the schedules of ``text``."""
    return tuple(_schedule(*plan[:6], *(plan[6:] or _EVERY_WEEK)) for plan in json.loads(text))


def _schedule(
    byday: str, opens: str | None, closes: str | None, zone: str, since: str | None, until: str | None, *rule: Any
) -> Schedule:
    freq, interval, bymonthday, byyearday, byweekno, wkst, dtstart, kind, holidays, season = rule
    return Schedule(
        tuple(byday.split(",")) if byday else (),
        time.fromisoformat(opens) if opens else None,
        time.fromisoformat(closes) if closes else None,
        zone, undated(since), undated(until), "", freq, interval, tuple(bymonthday), tuple(byyearday),
        tuple(byweekno), wkst, undated(dtstart), kind, holidays, season,
    )  # fmt: skip


def _words(words: Words) -> Any:
    return [words.text, words.language, words.others] if words or words.others else 0


def _unwords(packed: Any) -> Words:
    text, language, others = packed
    return Words(text, language, tuple([(tag, told) for tag, told in others]) if others else ())


def _phone(phone: Phone | None) -> Any:
    if phone is None:
        return 0
    return [phone.id, phone.channel.value, phone.published, phone.value, phone.dial, phone.extension,
            _words(phone.keyword), _words(phone.note), phone.languages, phone.evidence, _day(phone.official_as_of),
            _day(phone.secondary_as_of), phone.sources]  # fmt: skip


def _unphone(packed: Any) -> Phone:
    (
        row_id, channel, published, value, dial, extension, keyword, note, languages, evidence, official, secondary,
        sources,
    ) = packed  # fmt: skip
    return Phone(
        row_id, _CHANNELS[channel], published, value, dial, extension, _unwords(keyword) if keyword else NOTHING,
        _unwords(note) if note else NOTHING, tuple(languages), False, evidence, undated(official), undated(secondary),
        tuple(sources),
    )  # fmt: skip


def undated(text: str | None) -> date | None:
    """Return the day of a text in ISO 8601, None where there is none. Raises ValueError."""
    return date.fromisoformat(text) if text else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None
