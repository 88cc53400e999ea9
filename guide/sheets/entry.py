"""One service into the words it has on paper: names, numbers once each, small print by language, when it was checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from guide.records import Channel, Freshness, Phone, Service, SheetEntry, SheetLine, SheetOptions, SheetText, Words
from guide.records.checking import NumberCheck
from guide.sheets.clean import clean
from guide.sheets.discreet import ORDINARY, bare_number, names, tells
from guide.sheets.found_here import found_here
from guide.sheets.small_print import small_print
from guide.sheets.tongues import Tongue
from guide.text import mark, right_way

_ = mark
_CHANNELS = {
    Channel.VOICE: "",  # a number without a word is one to call
    Channel.TEXT: _("Text"),
    Channel.TTY: _("TTY"),
    Channel.VIDEOPHONE: _("Videophone"),
    Channel.WHATSAPP: _("WhatsApp"),
    Channel.FAX: _("Fax"),
}
# Schemes a code to scan may hold: RFC 3966 and RFC 5724, never the web.
_SCHEMES = {Channel.VOICE: ("tel", _("QR code: call {number}")), Channel.TEXT: ("sms", _("QR code: text {number}"))}


def compose_entry(
    service: Service,
    options: SheetOptions,
    tongues: tuple[Tongue, ...],
    age: Freshness,
    here: NumberCheck | None = None,
) -> SheetEntry:
    """Return what stands on the sheet of ``service``; ``age`` says how old what is known of it is, ``here`` what this
    house found when it called.
    """
    main, first = service.main_phone(), tongues[0]
    scheme, alt = _SCHEMES.get(main.channel, ("", "")) if main is not None and main.dial else ("", "")
    with_qr = bool(scheme) and options.qr and not options.discreet
    org = service.organization
    lines: list[SheetLine] = []
    at = 0
    for phone in service.shown_phones():
        line = _line(phone, service, options, tongues)
        if line.number:
            at = len(lines) if phone is main else at
            lines.append(line)
    called = [_name(service, one, options) for one in tongues]
    texts = small_print(service, options, tongues)
    return SheetEntry(
        id=service.id,
        names=_once([[name] for name, _code in called], tongues),
        spoken=tuple(code for _name, code in called),
        organization="" if options.discreet or org is None else right_way(first.given(org.name)[0], first),
        lines=tuple(lines),
        main=at,
        texts=_with_name_label(texts, called, tongues),
        checked=tuple(_checked(age, here, one) for one in tongues),
        brief=tuple(_brief(age, here, one) for one in tongues),
        overdue=age.overdue,
        neutral=_once([[_name(service, one, replace(options, discreet=True))[0]] for one in tongues], tongues),
        bare=clean(bare_number(main, service)) if main else "",
        qr=f"{scheme}:{main.dial}" if with_qr and main else "",
        qr_alt=right_way(first(alt, number=clean(main.published)), first) if with_qr and main else "",
    )


def _name(service: Service, _: Tongue, options: SheetOptions) -> tuple[str, str]:
    """Return the name and the tag of its language; on a discreet sheet one that tells nothing (P2)."""
    name = _.given(service.name)
    if not options.discreet:
        return name
    neutral = _.given(service.discreet_name)
    if not neutral[0] and service.category in ORDINARY:
        neutral = name
    return (_("Support line"), _.code) if not neutral[0] or tells(neutral[0]) else neutral


def _with_name_label(
    texts: tuple[tuple[SheetText, ...], ...], called: Sequence[tuple[str, str]], tongues: tuple[Tongue, ...]
) -> tuple[tuple[SheetText, ...], ...]:
    """Return ``texts``; where only the name is in another language, that is said."""
    (_name, code), first = called[0], tongues[0]
    if first.speaks(code) or any(text.label or text.kind == "label" for text in texts[0]):
        return texts
    label = SheetText(right_way(f"({first.called(code)})", first), first.code, "label")
    return ((*texts[0], label), *texts[1:])


def _line(phone: Phone, service: Service, options: SheetOptions, tongues: tuple[Tongue, ...]) -> SheetLine:
    number = clean(bare_number(phone, service) if options.discreet else phone.published)
    labels = []
    for n, one in enumerate(tongues):
        channel = _CHANNELS[phone.channel]
        label = one(channel) if channel else ""
        said = [label] if label.casefold() not in number.casefold() else []
        for words in (phone.keyword, phone.note):
            extra = _extra(words, one, tongues[0] if n else None)
            if extra and extra.casefold() not in number.casefold() and not (options.discreet and names(extra, service)):
                said.append(extra)
        labels.append([part for part in said if part])
    return SheetLine(_once(labels, tongues), number)


def _extra(words: Words, one: Tongue, first: Tongue | None) -> str:
    """Return a word to send or a hint, named where it is a sentence in another language; "" when just said."""
    text, code = one.given(words)
    if not text or (first is not None and text == first.given(words)[0]):
        return ""
    text = " ".join(text.split())
    sentence = any(character.islower() for character in text)
    return f"{text} ({one.called(code)})" if sentence and not one.speaks(code) else text


def _checked(age: Freshness, here: NumberCheck | None, _: Tongue) -> str:
    """Return the date in words; overdue is said in words too (P3), and so is what this house found."""
    told = _publishers(age, _)
    if here is not None:
        told = f"{told.rstrip('.')}. {found_here(here, _)}"
    return right_way(told, _)


def _publishers(age: Freshness, _: Tongue) -> str:
    if age.on is None:
        return _("No date known. Nobody has called to check.")
    day = _.date(age.on)
    if age.basis == "checked":
        text = _("Checked on {date}", date=day)
    else:
        text = _("From a page of {date}; nobody has called to check", date=day)
    if age.overdue:
        text += ". " + _("Not checked for a long time")
    return text


def _brief(age: Freshness, here: NumberCheck | None, _: Tongue) -> str:
    if here is not None:  # the last word: what this house found by itself
        return right_way(found_here(here, _), _)
    if age.on is None:
        return right_way(_("No date; not called"), _)
    day = _.date(age.on)
    text = _("Checked {date}", date=day) if age.basis == "checked" else _("Page of {date}; not called", date=day)
    return right_way(text, _)


def _once(said: Sequence[Sequence[str]], tongues: tuple[Tongue, ...]) -> tuple[str, ...]:
    """Return each language's parts as one text; what an earlier language has said just so is left empty."""
    texts = [
        "" if parts in said[:n] else ("، " if one.right_to_left else ", ").join(right_way(part, one) for part in parts)
        for n, (parts, one) in enumerate(zip(said, tongues, strict=True))
    ]
    return tuple(texts)
