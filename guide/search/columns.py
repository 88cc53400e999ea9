"""What of a service can be found: its words, by how telling their place is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from guide.records import Category, Service, Tag, Words
from guide.search.terms import number_terms, words
from guide.search.tongues import names

_JOINED = re.compile(r"[A-Z](?<=[a-z][A-Z])")  # the capital first: most letters are none
_SHAPE = bytes(ord("a") if chr(n).islower() else ord("A") if chr(n).isupper() else ord(" ") for n in range(128)).ljust(
    256
)


class Labels:
    """The words of categories and tags, in every language, by slug; and what was folded once for all services."""

    def __init__(self, categories: Iterable[Category], tags: Iterable[Tag]) -> None:
        """Take the catalog's categories and tags."""
        tags = tuple(tags)
        self._token = lru_cache(maxsize=50_000)(_token)
        self._categories = {c.slug: self.folded([*c.label.every(), *c.hint.every()]) for c in categories}
        self._tags = {t.slug: self.folded(t.label.every()) for t in tags}
        self.facets = {t.slug: t.facet for t in tags}
        self.giver = lru_cache(maxsize=5000)(self._giver)
        self.tongue = lru_cache(maxsize=500)(_tongue)

    def of(self, service: Service) -> list[str]:
        """Return the words of all labels that stand on ``service``."""
        found = self._categories.get(service.category, [])
        for slug in service.also_in:
            found = found + self._categories.get(slug, [])
        for slug in service.tags:
            found = found + self._tags.get(slug, [])
        return found

    def folded(self, texts: Iterable[str]) -> list[str]:
        """Return the words of ``texts``; those run together ("IdentityTheft") also apart."""
        listed = list(texts)
        text = "\n".join(listed)
        if text.isascii():
            return _apart(text)
        found = _apart("\n".join([text for text in listed if text.isascii()]))
        for text in listed:
            if not text.isascii():
                for token in text.split():  # no rule of folding looks past a space: each word is folded once for all
                    found += self._token(token)
        return found

    def _giver(self, name: Words, alternate: str) -> list[str]:
        return self.folded((*name.every(), alternate))


def columns(service: Service, labels: Labels) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the folded words of the name, of the organization, of what is told, and of labels and places."""
    giver = service.organization
    told = labels.folded([*_told(service), *_contacts(service)])
    for phone in service.phones:
        told += number_terms(phone.dial or phone.value)
    for tag in service.languages:
        told += labels.tongue(tag)
    return (
        labels.folded([*service.name.every(), service.alternate_name, *service.discreet_name.every()]),
        labels.giver(giver.name, giver.alternate_name) if giver else [],
        told,
        labels.of(service) + labels.folded(_places(service)),
    )


def _apart(text: str) -> list[str]:
    """Return the words of a text in ASCII, and those that run together apart; most texts have none (looked up in C)."""
    found = words(text)
    if b"aA" in text.encode().translate(_SHAPE):
        found += words(_JOINED.sub(r" \g<0>", text))
    return found


def _token(text: str) -> tuple[str, ...]:
    apart = _JOINED.sub(r" \g<0>", text)
    return tuple(words(text) if apart == text else words(f"{text} {apart}"))


def _tongue(tag: str) -> tuple[str, ...]:
    return tuple(words(" ".join(names(tag))))


def _told(service: Service) -> Iterator[str]:
    """Yield what is said of the service. Staff notes, history and evidence are never indexed."""
    told = (service.description, service.eligibility, service.cost, service.hours, service.language_note)
    for text in (*told, service.application_process, service.alert, *service.required_documents):
        yield text.text
        for _, other in text.others:
            yield other
    yield from service.accessibility
    for place in service.locations:
        yield from (*place.description.every(), place.transportation, *place.accessibility)


def _contacts(service: Service) -> Iterator[str]:
    """Yield numbers and addresses; hidden numbers too, as they lead to the right entry (no card shows them)."""
    yield from (_bare(service.url), service.email)
    for phone in service.phones:
        yield from (phone.published, *phone.keyword.every(), *phone.note.every())
    for url in service.urls:
        yield from (_bare(url.url), url.label, *url.note.every())


def _places(service: Service) -> Iterator[str]:
    """Yield the places that may be shown; a ``never`` address is in no catalog, and would stay unfindable (L2)."""
    yield from service.service_areas
    for place in service.locations:
        yield from place.name.every()
        for a in place.addresses:
            if a.visibility != "never":
                yield from (a.address_1, a.city, a.state_province, a.postal_code)


def _bare(url: str) -> str:
    return url.split("://")[-1].removeprefix("www.")
