"""The lint's look at words: editors' notes, reading grade, Spanish, and whether there is a next step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.records import Service, Words

Reasons = Iterator[tuple[str, str]]
# What editors say to each other about their sources; it belongs in the note for staff, never before visitors.
EDITORS = re.compile(
    r"(?i)[;,.(] *(to be )?confirm(ed|e)?\.?$|public code|stored source|printed in the source|seen only (in|on)\b|secondary (source|page)|"
    r"fuente secundaria|unverified|\((a )?(page|report|página)( of| de)? \d{4}\)|\(\d{4} (page|report)\)|"
    r"\((\w+ ){0,3}statement\)|\bthe seed (cites|says|lists)\b|documento base\b|\((ages )?\d+[^()]* (in|en) 20\d\d\)"
)
# Without one of these there is no such note: most texts are passed by without the long search.
_OF_EDITORS = ("confirm", "code", "source", "seen", "secund", "second", "unverif", "page", "report", "pági", "statem", "seed", "docum",
               "in 20", "en 20")  # fmt: skip
_HARDEST = 9.0  # US school grade (SAFETY A1)
_ALL_DAY = (23, 59)
_WORD, _SENTENCE = re.compile(r"[A-Za-z']+"), re.compile(r"[.!?:;]+(?:\s|$)")
# A syllable for each run of vowels but a single "e" at a word's end; a word without any has one ("the", "Mr").
_SOUNDED = re.compile(r"(?!e(?![a-z']))[aeiouy]+")
_UNSOUNDED = re.compile(r"(?<![a-z'])[b-df-hj-np-tv-xz']*e?(?<=[a-z'])(?![a-z'])")


def public_texts(service: Service) -> Iterator[Words]:
    """Yield every text that is shown to visitors or printed, save names."""
    yield from (service.description, service.hours, service.cost, service.eligibility, service.language_note)
    yield from (service.alert, service.application_process, *service.required_documents)
    for phone in service.shown_phones():
        yield from (phone.keyword, phone.note, Words(phone.published))


def words(service: Service) -> Reasons:
    """Yield what is wrong with the words of ``service``."""
    for text in public_texts(service):
        if (text.text or text.others) and any(is_editors_note(one) for one in text.every()):
            yield "editors-note", text.text[:80]
    if not service.description.has("es"):
        yield "crisis-no-spanish" if service.category == "crisis" else "no-spanish", "its description is not in Spanish"
    grade = reading_grade(service.description.text) if service.description.language == "en" else 0.0
    if grade > _HARDEST:
        yield "hard-to-read", f"school grade {grade:.0f}"
    # Round-the-clock hours are the same in every zone.
    if any(not s.timezone and s.closes_at and (s.closes_at.hour, s.closes_at.minute) != _ALL_DAY
           for s in service.schedules):  # fmt: skip
        yield "hours-no-zone", service.hours.text[:80] or "its opening hours"


def steps(service: Service) -> Reasons:
    """Yield an entry that leads nowhere, and a crisis entry without a number."""
    numbered = bool(service.shown_phones())
    if service.category == "crisis" and not numbered:
        yield "crisis-no-number", "no number to call or text is shown"
    placed = any(address.address_1 for place in service.locations for address in place.addresses)
    if not (numbered or placed or service.urls or service.url or service.email or service.application_process):
        giver = service.organization
        if not (giver and (giver.url or giver.email)):
            yield "no-next-step", "no number, no web or mail address, no place, no way to apply"


def is_editors_note(text: str) -> bool:
    """Say whether ``text`` speaks to other editors, and not to who looks for help."""
    if not text:
        return False
    folded = text.casefold()
    return any(word in folded for word in _OF_EDITORS) and bool(EDITORS.search(text))


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of English ``text``; 0 for less than ten words."""
    found = _WORD.findall(text)
    if len(found) < 10:
        return 0.0
    sentences = max(1, len(_SENTENCE.findall(text)))
    plain = text.lower()
    syllables = len(_SOUNDED.findall(plain)) + len(_UNSOUNDED.findall(plain))
    return 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59
