"""Facts of an entry in a person's words: open now, languages, when it was checked, what to call a number."""

from __future__ import annotations

from datetime import time
from functools import lru_cache

from PySide6.QtGui import QTextLayout

from guide.records import Card, Channel, Freshness, OpenState, Phone, UrlKind, Words
from guide.text import OWN_NAMES, Language, mark

_ = mark
CHANNELS = {
    Channel.VOICE: _("Phone"),
    Channel.TEXT: _("Text"),
    Channel.TTY: _("TTY"),
    Channel.VIDEOPHONE: _("Videophone"),
    Channel.WHATSAPP: _("WhatsApp"),
    Channel.FAX: _("Fax"),
}
URLS = {UrlKind.WEB: _("Web page"), UrlKind.CHAT: _("Chat"), UrlKind.EMAIL: _("E-mail")}
_DAYS = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}
_LANGUAGES = OWN_NAMES | {"ase": "ASL", "ht": "Kreyòl ayisyen", "vi": "Tiếng Việt", "fr": "Français", "ru": "Русский",
                          "pt": "Português", "zh": "中文", "ko": "한국어", "tl": "Tagalog", "de": "Deutsch",
                          "it": "Italiano", "he": "עברית"}  # fmt: skip
_SPOKEN = ("en", "es", "ar", "ht", "vi", "fr", "ru", "pt", "zh", "ko", "tl", "ase")
_CALLED = {  # where a computer has no font for the name itself
    "ar": _("Arabic"), "zh": _("Chinese"), "ko": _("Korean"), "ru": _("Russian"), "he": _("Hebrew"), "vi": _("Vietnamese"),
}  # fmt: skip


_ZONES = {
    "America/New_York": _("Eastern time"),
    "America/Chicago": _("Central time"),
    "America/Denver": _("Mountain time"),
    "America/Phoenix": _("Arizona time"),
    "America/Los_Angeles": _("Pacific time"),
    "America/Anchorage": _("Alaska time"),
    "Pacific/Honolulu": _("Hawaii time"),
}


def opening(state: OpenState, _: Language, *, phone: bool = False) -> tuple[str, str]:
    """Return the words for open or closed and the colour of their badge.

    Where nobody knows: to call first where there is a number, ("", "") where not, or where the clock is wrong.
    """
    if state.state == "open":
        return _open(state, _)
    if state.state == "closed":
        return _closed(state, _), "warn"
    if state.why == "appointment":
        return _("By appointment: call first"), "plain"
    return (_("Hours: call first"), "plain") if phone and not state.why else ("", "")


def _open(state: OpenState, _: Language) -> tuple[str, str]:
    if state.all_day:
        return _("Open 24 hours"), "go"
    until = _clock(state.until, state, _) if state.until else ""
    if state.why == "appointment":
        return _("Call first, until {time}", time=until) if until else _("Call first"), "plain"
    if state.why == "holiday":
        return _("May be closed today: holiday"), "warn"
    if state.closes_in:
        return _.count("Closes in {n} minute", "Closes in {n} minutes", state.closes_in), "warn"
    return _("Open until {time}", time=until) if until else _("Open now"), "go"


def _closed(state: OpenState, _: Language) -> str:
    if state.why in ("gone", "paused"):
        return _("Closed") if state.why == "gone" else _("Closed for now")
    if state.why == "holiday":
        return _("Closed today (holiday)")
    if state.opens is None:
        return _("Closed now")
    at = _clock(state.opens, state, _)
    if state.opens_on:
        return _("Opens {date}, {time}", date=_.date(state.opens_on), time=at)
    if state.opens_day:
        return _("Opens {day} at {time}", day=_(_DAYS[state.opens_day]), time=at)
    return _("Opens at {time}", time=at)


def _clock(at: time, state: OpenState, _: Language) -> str:
    """Return a clock time of the service, with its zone's name where the reader's clock shows another time."""
    if not state.zone:
        return apart(_.time(at), _)
    zone = _(_ZONES[state.zone]) if state.zone in _ZONES else state.zone.split("/")[-1].replace("_", " ")
    return f"{apart(_.time(at), _)} ({zone})"


def languages(codes: tuple[str, ...], _: Language, most: int = 99) -> str:
    """Return the languages by their own names, or how many there are."""
    if len(codes) > most:
        return _.count("{n} language", "{n} languages", len(codes))
    return ", ".join(language(code, _) for code in codes)


def language(code: str, _: Language) -> str:
    """Return a language's own name, where this computer's fonts have its letters, else what it is called here; its code
    where we do not know it.
    """
    own = _LANGUAGES.get(code, code)
    return own if code not in _CALLED or _drawable(own) else _(_CALLED[code])


def language_choices(_: Language, more: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return the languages that are picked from, each with its name: those spoken most here, then ``more``."""
    return [(code, language(code, _)) for code in dict.fromkeys((*_SPOKEN, *more))]


@lru_cache(maxsize=64)
def _drawable(text: str) -> bool:
    """Say whether some font here draws every letter: a row of boxes tells nobody anything."""
    layout = QTextLayout(text)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return not any(0 in run.glyphIndexes() for run in layout.glyphRuns())


def checked(age: Freshness, _: Language, *, numbered: bool = True) -> tuple[str, str]:
    """Return when it was checked and by whom, and a warning in words when that is too long ago; ``numbered`` where
    there is a number that may be wrong.
    """
    if age.on is None:
        return _("Nobody knows when this was checked."), _("Ask before you rely on it.")
    day = _.date(age.on)
    if age.basis == "checked":
        said = _("Checked on {date} by {who}", date=day, who=age.by) if age.by else _("Checked on {date}", date=day)
    else:
        said = _("From a page of {date}. Nobody has called to check yet.", date=day)
    if age.state == "overdue":
        if not numbered:
            return said, _("Overdue: not checked for a long time. It may have changed.")
        return said, _("Overdue: not checked for a long time. The number may have changed.")
    return said, _("A new check is due soon.") if age.state == "due" else ""


def number_kind(phone: Phone, _: Language) -> str:
    """Return what a number is: its channel, what to send or press, its language."""
    said = [_(CHANNELS[phone.channel])]
    said += [words.best(_.code) for words in (phone.keyword, phone.note) if words]
    said += [language(code, _) for code in phone.languages]
    return " · ".join(said)


def apart(text: str, _: Language) -> str:
    """Return ``text`` to be put into a sentence of another direction: its own order is kept, whatever surrounds it."""
    return f"\u2068{text}\u2069" if _.right_to_left else text


def led(text: str, _: Language) -> str:
    """Return a line that begins with somebody's name but runs as the window does."""
    return f"\u200f{text}" if _.right_to_left else text


def cost(words: Words, _: Language) -> str:
    """Return what it costs; the commonest answer is said in every language of the window."""
    return _("Free") if words.text.strip().lower() == "free" else words.best(_.code)


def shown_name(card: Card, _: Language, *, discreet: bool) -> str:
    """Return the name to show: the neutral one where this house chose that and there is one (S2)."""
    return (card.discreet_name.best(_.code) if discreet else "") or card.name.best(_.code)
