"""A card as it lies in the index, and back: so that a keystroke never opens the catalog."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

from guide.catalog.cards import undated
from guide.records import NOTHING, Card, Channel, Phone, Schedule, Service, Words

Dates = tuple[date | None, str, date | None, date | None]  # assured, by whom, source, recheck by
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_EVERY_WEEK: list[Any] = ["WEEKLY", 1, (), (), (), "MO", None, "", "", ""]  # a rule that is not written


def pack(service: Service) -> str:
    """Return the card of ``service`` as compact JSON, with the dates its freshness hangs on."""
    card = undated(service)
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


def unpack(text: str) -> tuple[Card, Dates]:
    """Return the card without what depends on the day, and the dates its freshness hangs on."""
    (
        service, name, discreet, giver, category, phone, texting, languages, language_note, tags, summary, url,
        staff_only, cost, days, assurer,
    ) = json.loads(text)  # fmt: skip
    assured, source, recheck = (_undated(d) for d in days)
    card = Card(
        id=service,
        name=_unwords(name),
        discreet_name=_unwords(discreet),
        organization=_unwords(giver),
        category=category,
        phone=_unphone(phone),
        text=_unphone(texting),
        languages=tuple(languages),
        language_note=_unwords(language_note),
        tags=tuple(tags),
        summary=_unwords(summary),
        url=url,
        staff_only=staff_only,
        cost=_unwords(cost),
    )
    return card, (assured, assurer, source, recheck)


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
        zone, _undated(since), _undated(until), "", freq, interval, tuple(bymonthday), tuple(byyearday),
        tuple(byweekno), wkst, _undated(dtstart), kind, holidays, season,
    )  # fmt: skip


def _words(words: Words) -> Any:
    return [words.text, words.language, words.others] if words or words.others else 0


def _unwords(packed: Any) -> Words:
    return Words(packed[0], packed[1], tuple([(tag, text) for tag, text in packed[2]])) if packed else NOTHING


def _phone(phone: Phone | None) -> Any:
    if phone is None:
        return 0
    return [phone.id, phone.channel.value, phone.published, phone.value, phone.dial, phone.extension,
            _words(phone.keyword), _words(phone.note), phone.languages, phone.evidence, _day(phone.official_as_of),
            _day(phone.secondary_as_of), phone.sources]  # fmt: skip


def _unphone(packed: Any) -> Phone | None:
    if not packed:
        return None
    (
        row_id, channel, published, value, dial, extension, keyword, note, languages, evidence, official, secondary,
        sources,
    ) = packed  # fmt: skip
    return Phone(
        row_id, Channel(channel), published, value, dial, extension, _unwords(keyword), _unwords(note),
        tuple(languages), evidence=evidence, official_as_of=_undated(official), secondary_as_of=_undated(secondary),
        sources=tuple(sources),
    )  # fmt: skip


def _undated(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None
