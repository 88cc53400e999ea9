"""What of a service can be found: its words, by how telling their place is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from guide.records import Category, Service, Tag
from guide.search.terms import number_terms, words
from guide.search.tongues import names

_JOINED = re.compile(r"[A-Z](?<=[a-z][A-Z])")  # the capital first: most letters are none


class Labels:
    """The words of categories and tags, in every language, by slug."""

    def __init__(self, categories: Iterable[Category], tags: Iterable[Tag]) -> None:
        """Take the catalog's categories and tags."""
        self._categories = {c.slug: " ".join((*c.label.every(), *c.hint.every())) for c in categories}
        self._tags = {t.slug: " ".join(t.label.every()) for t in tags}
        self.facets = {t.slug: t.facet for t in tags}

    def of(self, service: Service) -> str:
        """Return all labels that stand on ``service``."""
        slugs = (service.category, *service.also_in)
        return " ".join([*(self._categories.get(s, "") for s in slugs), *(self._tags.get(s, "") for s in service.tags)])


def columns(service: Service, labels: Labels) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the folded words of the name, of the organization, of what is told, and of labels and places."""
    giver = service.organization
    return (
        _folded([*service.name.every(), service.alternate_name, *service.discreet_name.every()]),
        _folded([*giver.name.every(), giver.alternate_name] if giver else []),
        [
            *_folded([*_told(service), *_contacts(service)]),
            *(word for tag in service.languages for word in _named(tag)),
        ],
        _folded([labels.of(service), *_places(service)]),
    )


@lru_cache(maxsize=500)
def _named(tongue: str) -> tuple[str, ...]:
    return tuple(words(" ".join(names(tongue))))


def _told(service: Service) -> Iterator[str]:
    """Yield what is said of the service. Staff notes, history and evidence are never indexed."""
    told = (service.description, service.eligibility, service.cost, service.hours, service.language_note)
    for text in (*told, service.application_process, service.alert, *service.required_documents):
        yield from text.every()
    yield from service.accessibility
    for place in service.locations:
        yield from (*place.description.every(), place.transportation, *place.accessibility)


def _contacts(service: Service) -> Iterator[str]:
    """Yield numbers and addresses; hidden numbers too, as they lead to the right entry (no card shows them)."""
    yield from (_bare(service.url), service.email)
    for phone in service.phones:
        yield from (phone.published, *phone.keyword.every(), *phone.note.every())
        yield from number_terms(phone.dial or phone.value)
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


def _folded(texts: Iterable[str]) -> list[str]:
    """Return the words of ``texts``; those run together ("IdentityTheft") also apart."""
    text = "\n".join(filter(None, texts))
    apart = _JOINED.sub(r" \g<0>", text)
    return words(text) if apart == text else words(f"{text}\n{apart}")
