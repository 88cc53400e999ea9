"""What of a service can be found: its words, by how telling their place is."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
        listed = [text for text in texts if text]
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
    told = labels.folded(_told(service) + _contacts(service))
    for phone in service.phones:
        told += number_terms(phone.dial or phone.value)
    for tag in service.languages:
        told += labels.tongue(tag)
    called = [service.alternate_name]
    _every((service.name, service.discreet_name), called)
    return (
        labels.folded(called),
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


# Lists that grow, and no generators: a million services go through here.
def _every(texts: Iterable[Words], found: list[str]) -> None:
    """Add every text of ``texts``, in all its languages, to ``found``."""
    for text in texts:
        found.append(text.text)
        if text.others:
            found += [other for _, other in text.others]


def _told(service: Service) -> list[str]:
    """Return what is said of the service. Staff notes, history and evidence are never indexed."""
    found = [*service.accessibility]
    told = (service.description, service.eligibility, service.cost, service.hours, service.language_note)
    _every((*told, service.application_process, service.alert, *service.required_documents), found)
    for place in service.locations:
        _every((place.description,), found)
        found.append(place.transportation)
        found += place.accessibility
    return found


def _contacts(service: Service) -> list[str]:
    """Return numbers and addresses; hidden numbers too, as they lead to the right entry (no card shows them)."""
    found = [_bare(service.url), service.email]
    for phone in service.phones:
        found.append(phone.published)
        _every((phone.keyword, phone.note), found)
    for url in service.urls:
        found += (_bare(url.url), url.label)
        _every((url.note,), found)
    return found


def _places(service: Service) -> list[str]:
    """Return the places that may be shown; a ``never`` address is in no catalog, and would stay unfindable (L2)."""
    found = [*service.service_areas]
    for place in service.locations:
        _every((place.name,), found)
        for a in place.addresses:
            if a.visibility != "never":
                found += (a.address_1, a.city, a.state_province, a.postal_code)
    return found


def _bare(url: str) -> str:
    return url.split("://")[-1].removeprefix("www.") if url else ""
