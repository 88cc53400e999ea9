"""What an entry says besides name and numbers, in each language of the sheet; the original where words are missing."""

from __future__ import annotations

from collections.abc import Iterator

from guide.records import Service, SheetOptions, SheetText, UrlKind, Words
from guide.sheets.clean import clean
from guide.sheets.discreet import names
from guide.sheets.tongues import Tongue
from guide.text import OWN_NAMES, right_way

_TRANSLATED = ("alert", "about", "hours", "cost", "ask", "bring")


def small_print(
    service: Service, options: SheetOptions, tongues: tuple[Tongue, ...]
) -> tuple[tuple[SheetText, ...], ...]:
    """Return the small print by language. A text in another language is labelled ("in English").

    A second language leaves out what the first has just said in the same words, and says in which language it is.
    """
    first = {text.text for text in _texts(service, options, tongues[0])}
    columns = [_labelled(_texts(service, options, tongues[0]), tongues[0])]
    for one in tongues[1:]:
        every = list(_texts(service, options, one))
        fresh = [text for text in every if text.text not in first]
        same = [text.language for text in every if text.text in first and _foreign(text, one)]
        labels = dict.fromkeys(right_way(f"({one.called(code)})", one) for code in same)
        columns.append((*_labelled(iter(fresh), one), *(SheetText(label, one.code, "label") for label in labels)))
    return tuple(columns)


def _texts(service: Service, options: SheetOptions, _: Tongue) -> Iterator[SheetText]:
    """Yield the small print in one language: what it is, hours, cost, languages, where, what to ask and bring."""
    if options.discreet:
        yield from (text for text in _given(service.hours, "hours", _) if not names(text.text, service))
        return
    if service.status == "temporarily closed":
        yield _own(_("Closed for now. Call before you go."), "alert", _)
    yield from _given(service.alert, "alert", _)
    yield from _given(service.description, "about", _)
    yield from _given(service.hours, "hours", _)
    if service.cost.text in ("free", "free call"):
        yield _own(_("Free"), "cost", _)
    else:
        yield from _given(service.cost, "cost", _)
    spoken = ", ".join(dict.fromkeys(OWN_NAMES[code] for code in service.languages if code in OWN_NAMES))
    if spoken:
        yield _own(spoken, "tongues", _)
    yield from _places(service, _)
    if options.layout == "referral":
        yield from _given(service.application_process, "ask", _)
        for paper in service.required_documents:
            yield from _given(paper, "bring", _)


def _places(service: Service, _: Tongue) -> Iterator[SheetText]:
    """Yield the public addresses (P7), and the web page of an entry that has no number at all."""
    for place in service.locations:
        for address in place.addresses:
            if address.visibility == "public" and address.address_1:
                where = ", ".join(p for p in (address.address_1, address.address_2, address.city) if p)
                yield _own(where, "place", _)
    if not service.shown_phones():
        pages = [service.url, *(u.url for u in service.urls if u.kind is UrlKind.WEB)]
        for page in dict.fromkeys(pages):
            if page:
                yield _own(_("On the web: {address}", address=page), "web", _)


def _given(words: Words, kind: str, _: Tongue) -> Iterator[SheetText]:
    text, code = _.given(words)
    text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if text:
        yield SheetText(text, code, kind)


def _own(text: str, kind: str, _: Tongue) -> SheetText:
    return SheetText(clean(text), _.code, kind)


def _foreign(text: SheetText, _: Tongue) -> bool:
    return text.kind in _TRANSLATED and not _.speaks(text.language)


def _labelled(texts: Iterator[SheetText], _: Tongue) -> tuple[SheetText, ...]:
    """Return ``texts``, the first of each run in another language with its label."""
    found, last = [], ""
    for text in texts:
        foreign = text.language if _foreign(text, _) else ""
        label = right_way(f"({_.called(foreign)})", _) if foreign and foreign != last else ""
        found.append(SheetText(right_way(text.text, _), text.language, text.kind, label))
        last = foreign
    return tuple(found)
