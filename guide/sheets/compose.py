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
)
from guide.sheets.discreet import tells
from guide.sheets.isolate import isolate
from guide.text import OWN_NAMES, Language, mark

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
    if options.discreet and tells(title):
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
    if options.discreet and not service.shown_phones():
        return "no number"
    return ""


def _entry(service: Service, options: SheetOptions, tongues: tuple[Language, ...], age: Freshness) -> SheetEntry:
    main = service.main_phone()
    scheme = _SCHEMES.get(main.channel) if main is not None and main.dial else None
    with_qr = options.qr and not options.discreet and scheme is not None
    return SheetEntry(
        id=service.id,
        names=_each(_name(service, _, options) for _ in tongues),
        organization="" if options.discreet or service.organization is None else service.organization.name.text,
        lines=tuple(_line(phone, options, tongues) for phone in service.shown_phones()),
        texts=tuple(_texts(service, _, options) for _ in tongues),
        checked=tuple(_checked(age, _) for _ in tongues),
        overdue=age.overdue,
        qr=f"{scheme}:{main.dial}" if with_qr and main else "",
        qr_alt=tongues[0]("QR code: {number}", number=main.published) if with_qr and main else "",
    )


def _name(service: Service, _: Language, options: SheetOptions) -> str:
    if not options.discreet:
        return service.name.best(_.code)
    neutral = service.discreet_name.best(_.code)
    name = service.name.best(_.code)
    return neutral if neutral and not tells(neutral) else _("Support line") if tells(name) or neutral else name


def _line(phone: Phone, options: SheetOptions, tongues: tuple[Language, ...]) -> SheetLine:
    number = phone.published
    if options.discreet and tells(number):
        number = phone.dial
    labels = []
    for _ in tongues:
        label = "" if phone.channel is Channel.VOICE else _(_CHANNELS[phone.channel])
        said = [label] if label.casefold() not in number.casefold() else []
        for words in (phone.keyword, phone.note):
            extra = words.best(_.code)
            if extra and extra.casefold() not in number.casefold() and not (options.discreet and tells(extra)):
                said.append(extra)
        labels.append(_right_way(", ".join(said), _))
    return SheetLine(_each(labels), number)


def _texts(service: Service, _: Language, options: SheetOptions) -> tuple[str, ...]:
    """Return the small print in one language: what it is, hours, cost, languages, where."""
    parts: list[str] = []
    hours = service.hours.best(_.code)
    if options.discreet:
        parts = [hours] if hours else []
        return tuple(_right_way(p, _) for p in parts if not tells(p))
    if service.status == "temporarily closed":
        parts.append(_("Closed for now. Call before you go."))
    parts += [service.alert.best(_.code), service.description.best(_.code)]
    facts = [hours, _("Free") if service.cost.text == "free" else service.cost.best(_.code), _languages(service, _)]
    parts.append(" · ".join(fact for fact in facts if fact))
    for place in service.locations:
        for address in place.addresses:
            if address.visibility == "public" and address.address_1:
                parts.append(", ".join(p for p in (address.address_1, address.address_2, address.city) if p))
    if not service.shown_phones():
        pages = [service.url, *(u.url for u in service.urls if u.kind is UrlKind.WEB)]
        parts += [_("On the web: {address}", address=page) for page in dict.fromkeys(pages) if page]
    return tuple(_right_way(part, _) for part in parts if part)


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


def _each(texts: object) -> tuple[str, ...]:
    """Return the texts, a text that repeats the one before it left empty: no name stands twice."""
    found: list[str] = []
    for text in texts:  # type: ignore[attr-defined]
        found.append("" if text in found else text)
    return tuple(found)
