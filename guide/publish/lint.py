"""Looks for what must not be published: wrong numbers, missing Spanish, stale facts (CONTENT, "Data lint")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guide.records import Channel, DoNotPrint, Phone, Service, Words

_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_LETTERS = re.compile(r"\b(1-)?(8\d\d)-([A-Z0-9-]*[A-Z][A-Z0-9-]*)")
_LENGTHS = (3, 5, 6, 10, 11)
# What editors say to each other about their sources; it belongs in the note for staff, never before visitors.
EDITORS = re.compile(
    r"(?i)[;,.(] *(to be )?confirm(ed|e)?\.?$|public code|stored source|printed in the source|seen only (in|on)\b|secondary (source|page)|"
    r"fuente secundaria|unverified|\((a )?(page|report|página)( of| de)? \d{4}\)|\(\d{4} (page|report)\)|"
    r"\((\w+ ){0,3}statement\)|\bthe seed (cites|says|lists)\b|documento base\b|\((ages )?\d+[^()]* (in|en) 20\d\d\)"
)
_HARDEST = 9.0  # US school grade (SAFETY A1)


@dataclass(frozen=True)
class Finding:
    """One thing to look at. ``severity``: blocker (do not publish), warning or hint."""

    rule: str
    severity: str
    service: str
    name: str
    text: str


def lint_catalog(services: Iterable[Service], do_not_print: Sequence[DoNotPrint], today: date) -> tuple[Finding, ...]:
    """Return every finding, blockers first."""
    found: list[Finding] = []
    owners: dict[str, list[Service]] = defaultdict(list)
    listed = {"".join(c for c in entry.value if c.isdigit()): entry for entry in do_not_print}
    for service in services:
        found += [_finding(service, *one) for one in _service(service, today)]
        for phone in service.phones:
            found += [_finding(service, *one) for one in _phone(phone, listed)]
            if phone.dial and len(phone.dial) > 6 and phone.channel is Channel.VOICE:
                owners[phone.dial].append(service)
    for dial, sharing in owners.items():
        names = list(dict.fromkeys(s.name.text for s in sharing))
        if len(names) > 1:
            text = f"{dial} stands under {len(names)} names: {', '.join(names[:4])}"
            found.append(_finding(sharing[0], "one number under two names", "warning", text))
    order = {"blocker": 0, "warning": 1, "hint": 2}
    return tuple(sorted(found, key=lambda f: (order[f.severity], f.rule, f.name)))


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of English ``text``; 0 for less than ten words."""
    words = re.findall(r"[A-Za-z']+", text)
    if len(words) < 10:
        return 0.0
    sentences = max(1, len(re.findall(r"[.!?:;]+(?:\s|$)", text)))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _public_texts(service: Service) -> Iterator[Words]:
    """Yield every text that is shown to visitors or printed, save names."""
    yield from (service.description, service.hours, service.cost, service.eligibility, service.language_note)
    yield from (service.alert, service.application_process, *service.required_documents)
    for phone in service.phones:
        yield from (phone.keyword, phone.note, Words(phone.published))


def _syllables(word: str) -> int:
    plain = re.sub(r"e$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def _service(service: Service, today: date) -> Iterator[tuple[str, str, str]]:
    crisis = service.category == "crisis"
    if service.recheck_by and service.recheck_by < today:
        yield "check date has passed", "blocker", f"was to be checked by {service.recheck_by}"
    for words in _public_texts(service):
        if any(EDITORS.search(text) for text in words.every()):
            yield "an editor's note where visitors read", "blocker", f"move it to the note for staff: {words.text[:80]}"
    if crisis and not service.shown_phones():
        yield "crisis entry without a number", "blocker", "give it a phone or text number"
    if crisis and not service.description.has("es"):
        yield "crisis entry without Spanish", "blocker", "translate its description"
    elif not service.description.has("es"):
        yield "no Spanish", "hint", "translate its description"
    if not (service.assured_date or service.source_date):
        yield "no date", "warning", "nobody knows when this was true"
    # Round-the-clock hours are the same in every zone.
    if any(
        not s.timezone and s.closes_at and (s.closes_at.hour, s.closes_at.minute) != (23, 59) for s in service.schedules
    ):
        yield "hours without a time zone", "warning", "say which zone the hours are in"
    grade = reading_grade(service.description.text)
    if grade > _HARDEST:
        yield "hard to read", "hint", f"school grade {grade:.0f}; aim at 8 or less"


def _phone(phone: Phone, listed: dict[str, DoNotPrint]) -> Iterator[tuple[str, str, str]]:
    digits = "".join(c for c in phone.dial if c.isdigit())
    if phone.dial and len(digits) not in _LENGTHS:
        yield "odd number of digits", "warning", phone.published
    if not phone.dial:
        yield "cannot be dialled", "warning", phone.published
    wrong = listed.get(digits) or listed.get(digits.removeprefix("1"))
    if wrong and not phone.hidden:
        yield "on the do-not-print list", "blocker", f"{phone.published}: {wrong.was}; use {wrong.now}"
    if match := _LETTERS.search(phone.published):
        spelled = (match.group(2) + match.group(3)).replace("-", "").translate(_KEYPAD)[:10]
        if digits and spelled != digits.removeprefix("1")[: len(spelled)]:
            yield "letters and digits differ", "blocker", f"{phone.published} spells {spelled}, dials {digits}"
    if not (phone.evidence or phone.evidence_date):
        yield "number without evidence", "hint", phone.published


def _finding(service: Service, rule: str, severity: str, text: str) -> Finding:
    return Finding(rule, severity, service.id, service.name.text, text)
