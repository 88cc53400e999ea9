"""One entry on a web page, in a reader's language; every text out of the catalog is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from guide.records import Address, Channel, Freshness, Phone, Service, UrlKind, Words
from guide.text import OWN_NAMES, Language

_CHANNELS = {
    Channel.TEXT: "Text",
    Channel.TTY: "TTY",
    Channel.VIDEOPHONE: "Videophone",
    Channel.WHATSAPP: "WhatsApp",
    Channel.FAX: "Fax",
}
_CLOSED = ("inactive", "defunct", "temporarily closed")


def entry(service: Service, age: Freshness, _: Language) -> str:
    """Return ``service`` as an article: name, numbers, what it is, the facts, and how old they are."""
    parts = [f'<article id="s-{escape(service.id)}"><h2>{_told(service.name, _)}</h2>']
    if service.organization and service.organization.name.text != service.name.text:
        parts.append(f"<p>{_told(service.organization.name, _)}</p>")
    if service.status in _CLOSED:
        parts.append(f'<p class="alert"><strong>{escape(_("Closed for now"))}</strong></p>')
    if service.alert:
        parts.append(f'<p class="alert">{_told(service.alert, _)}</p>')
    parts += [f"<p>{_number(phone, _)}</p>" for phone in service.shown_phones()]
    if service.description:
        parts.append(f"<p>{_told(service.description, _)}</p>")
    if service.application_process:
        parts.append(f"<p>{_told(service.application_process, _)}</p>")
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{said}</dd>" for name, said in _facts(service, _) if said)
    parts.append(f"<dl>{facts}</dl>" if facts else "")
    parts.append(f'<p class="age{" old" if age.overdue else ""}">{escape(_age(age, _))}</p></article>\n')
    return "".join(parts)


def _facts(service: Service, _: Language) -> Iterator[tuple[str, str]]:
    yield _("Hours"), _told(service.hours, _)
    yield _("Cost"), _told(service.cost, _)
    yield _("Who can go"), _told(service.eligibility, _)
    yield _("What to bring"), "; ".join(_told(words, _) for words in service.required_documents)
    yield _("Languages"), escape(", ".join(OWN_NAMES.get(code, code) for code in service.languages))
    streets = dict.fromkeys(_street(a) for place in service.locations for a in place.addresses)
    yield _("Address"), "<br>".join(f"<bdi>{escape(one)}</bdi>" for one in streets if one)
    pages = [service.url, *(url.url for url in service.urls if url.kind is UrlKind.WEB)]
    yield _("Web page"), "<br>".join(_link(one) for one in dict.fromkeys(pages) if one)
    yield _("Chat"), "<br>".join(_link(url.url) for url in service.urls if url.kind is UrlKind.CHAT)
    mails = [service.email, *(url.url for url in service.urls if url.kind is UrlKind.EMAIL)]
    yield _("E-mail"), "<br>".join(f"<bdi>{escape(one)}</bdi>" for one in dict.fromkeys(mails) if one)


def _told(words: Words, _: Language) -> str:
    """Return a text in the reader's language; where it has another one, marked as such."""
    if words.given(_.code) or not words.text:
        return escape(words.given(_.code))
    return f'<span lang="{escape(words.language)}" dir="auto">{escape(words.text)}</span>'


def _number(phone: Phone, _: Language) -> str:
    digits = "".join(c for c in phone.dial if c.isdigit() or c == "+")
    shown = f'<span class="number">{escape(phone.published)}</span>'
    if digits:
        scheme = "sms" if phone.channel is Channel.TEXT else "tel"
        shown = f'<a href="{scheme}:{digits}">{shown}</a>'
    label = _CHANNELS.get(phone.channel)
    in_words = any(c.isalpha() for c in phone.published)  # "Text HOME to 741741" says it all
    before = f"{escape(_(label))}: " if label and not in_words else ""
    keyword = phone.keyword.best(_.code)
    word = f"<strong><bdi>{escape(keyword)}</bdi></strong> → " if keyword and not in_words else ""
    note = f" <span>{_told(phone.note, _)}</span>" if phone.note else ""
    extension = f" <bdi>x{escape(phone.extension)}</bdi>" if phone.extension else ""
    return f"{before}{word}{shown}{extension}{note}"


def _link(address: str) -> str:
    """Return a link where the address is one a browser opens as a page, else its text alone."""
    if address.startswith(("https://", "http://")):
        return f'<a href="{escape(address)}" rel="noreferrer"><bdi>{escape(address)}</bdi></a>'
    return f"<bdi>{escape(address)}</bdi>"


def _street(address: Address) -> str:
    line = ", ".join(
        part for part in (address.address_1, address.address_2, address.city, address.state_province) if part
    )
    return f"{line} {address.postal_code}".strip()


def _age(age: Freshness, _: Language) -> str:
    if age.on is None:
        return _("Not checked for a long time")
    checked = age.basis == "checked"
    said = _("Checked on {date}", date=_.date(age.on)) if checked else _("Data of {date}", date=_.date(age.on))
    return f"{_('Not checked for a long time')} · {said}" if age.overdue else said
