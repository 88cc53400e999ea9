"""Services and options into the words of a sheet: pure, nothing is looked up, each number once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from guide.catalog.freshness import freshness
from guide.records import (
    Audience,
    Channel,
    Edition,
    Freshness,
    Phone,
    Service,
    Sheet,
    SheetEntry,
    SheetLine,
    SheetOptions,
    UrlKind,
    Words,
)
from guide.sheets.discreet import ORDINARY, bare_number, names, tells
from guide.sheets.isolate import isolate
from guide.text import OWN_NAMES, Language, fold, mark

_ = mark
_CHANNELS = {
    Channel.VOICE: _("Call"),
    Channel.TEXT: _("Text"),
    Channel.TTY: _("TTY"),
    Channel.VIDEOPHONE: _("Videophone"),
    Channel.WHATSAPP: _("WhatsApp"),
    Channel.FAX: _("Fax"),
}
_SCHEMES = {Channel.VOICE: "tel", Channel.TEXT: "smsto"}
_REPRINT = timedelta(days=90)


def compose(services: Sequence[Service], options: SheetOptions, edition: Edition, today: date) -> Sheet:
    """Return the sheet for ``services`` in their order.

    Never on paper: hidden numbers, entries marked not for print, staff entries unless ``options.staff``, and
    any address that is not public (P7). Discreet sheets (P2) carry numbers, neutral names and hours alone.
    """
    tongues = tuple(Language(code) for code in options.languages)
    left_out, entries = [], []
    for service in services:
        reason = _reason(service, options)
        if reason:
            left_out.append((service.name.best(options.languages[0]), reason))
        else:
            entries.append(_entry(service, options, tongues, freshness(service, edition, today)))
    first = tongues[0]
    title = options.title or first("Helpful numbers")
    if options.discreet and (tells(title) or _holds(title, options.shelter_name)):
        title = first("Helpful numbers")
    around = first("Page {page} of {pages}", page="\0", pages="\0").split("\0")
    return Sheet(
        options=options,
        title=title,
        entries=tuple(entries),
        foot=tuple(_foot(edition, today, tongue) for tongue in tongues),
        page=(around[0], around[1], around[2]),
        left_out=tuple(left_out),
    )


def _reason(service: Service, options: SheetOptions) -> str:
    """Return why ``service`` may not stand on paper, "" when it may."""
    if service.not_for_print:
        return "not for print"
    if service.audience is Audience.STAFF and not options.staff:
        return "staff"
    if service.status in ("inactive", "defunct"):
        return "closed"
    if options.discreet and not any(bare_number(phone, service) for phone in service.shown_phones()):
        return "no number"
    return ""


def _entry(service: Service, options: SheetOptions, tongues: tuple[Language, ...], age: Freshness) -> SheetEntry:
    main = service.main_phone()
    scheme = _SCHEMES.get(main.channel) if main is not None and main.dial else None
    with_qr = options.qr and not options.discreet and scheme is not None
    org = service.organization
    lines = [_line(phone, service, options, tongues) for phone in service.shown_phones()]
    return SheetEntry(
        id=service.id,
        names=_once([[_name(service, _, options)] for _ in tongues], tongues),
        organization="" if options.discreet or org is None else _right_way(org.name.text, tongues[0]),
        lines=tuple(line for line in lines if line.number),
        texts=tuple(_texts(service, _, tongues[0], options) for _ in tongues),
        checked=tuple(_checked(age, _) for _ in tongues),
        overdue=age.overdue,
        qr=f"{scheme}:{main.dial}" if with_qr and main else "",
        qr_alt=tongues[0]("QR code: {number}", number=main.published) if with_qr and main else "",
    )


def _name(service: Service, _: Language, options: SheetOptions) -> str:
    name = service.name.best(_.code)
    if not options.discreet:
        return name
    neutral = service.discreet_name.best(_.code)
    if not neutral and service.category in ORDINARY:
        neutral = name
    return _("Support line") if not neutral or tells(neutral) else neutral


def _line(phone: Phone, service: Service, options: SheetOptions, tongues: tuple[Language, ...]) -> SheetLine:
    number = bare_number(phone, service) if options.discreet else phone.published
    labels = []
    for _ in tongues:
        label = "" if phone.channel is Channel.VOICE else _(_CHANNELS[phone.channel])
        said = [label] if label.casefold() not in number.casefold() else []
        for words in (phone.keyword, phone.note):
            extra = _new(words, _, tongues[0])
            if extra and extra.casefold() not in number.casefold() and not (options.discreet and names(extra, service)):
                said.append(extra)
        labels.append([part for part in said if part])
    return SheetLine(_once(labels, tongues), number)


def _texts(service: Service, _: Language, first: Language, options: SheetOptions) -> tuple[str, ...]:
    """Return the small print in one language: what it is, hours, cost, languages, where."""
    hours = _new(service.hours, _, first)
    if options.discreet:
        return (_right_way(hours, _),) if hours and not names(hours, service) else ()
    parts = [_("Closed for now. Call before you go.")] if service.status == "temporarily closed" else []
    parts += [_new(service.alert, _, first), _new(service.description, _, first)]
    parts = [_right_way(part, _) for part in parts]
    cost = _("Free") if service.cost.text == "free" else _new(service.cost, _, first)
    parts.append(" · ".join(_right_way(fact, _) for fact in (hours, cost, _languages(service, _)) if fact))
    for place in service.locations:
        for address in place.addresses:
            if address.visibility == "public" and address.address_1:
                where = ", ".join(p for p in (address.address_1, address.address_2, address.city) if p)
                parts.append(_right_way(where, _))
    if not service.shown_phones():
        pages = [service.url, *(u.url for u in service.urls if u.kind is UrlKind.WEB)]
        parts += [_right_way(_("On the web: {address}", address=page), _) for page in dict.fromkeys(pages) if page]
    return tuple(part for part in parts if part)


def _new(words: Words, _: Language, first: Language) -> str:
    """Return ``words`` in this language, "" when the sheet's first language has already said just that; no empty lines."""
    text = words.best(_.code)
    if _ is not first and text == words.best(first.code):
        return ""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _languages(service: Service, _: Language) -> str:
    known = [OWN_NAMES.get(code, "") for code in service.languages]
    return ", ".join(dict.fromkeys(name for name in known if name))


def _checked(age: Freshness, _: Language) -> str:
    """Return the date in words; overdue is said in words too (P3)."""
    if age.on is None:
        return _("No date known. Nobody has called to check.")
    day = _.date(age.on)
    if age.basis == "checked":
        text = _("Checked on {date}", date=day)
    else:
        text = _("From a page of {date}; nobody has called to check", date=day)
    if age.overdue:
        text += ". " + _("Not checked for a long time")
    return _right_way(text, _)


def _foot(edition: Edition, today: date, _: Language) -> str:
    day = edition.data_date
    if day:
        text = _("Guide of {date}, edition {edition}.", date=_.date(day), edition=edition.name)
    else:
        text = _("Guide, edition {edition}.", edition=edition.name)
    return _right_way(text + " " + _("Ask for a new sheet after {date}.", date=_.date(today + _REPRINT)), _)


def _right_way(text: str, _: Language) -> str:
    return isolate(text) if _.right_to_left else text


def _once(said: Sequence[Sequence[str]], tongues: tuple[Language, ...]) -> tuple[str, ...]:
    """Return each language's parts as one text; what an earlier language has said just so is left empty."""
    texts = [
        "" if parts in said[:n] else ", ".join(_right_way(part, _) for part in parts)
        for n, (parts, _) in enumerate(zip(said, tongues, strict=True))
    ]
    return tuple(texts)


def _holds(text: str, name: str) -> bool:
    return bool(name) and fold(name) in fold(text)
