"""The starter catalog's YAML into a catalog source: every fact of it finds its place.

``python -m guide.publish.starter OUT`` builds the catalog; resources.db is made this way.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guide.catalog.hours_text import parse_hours
from guide.errors import SourceDataError
from guide.publish.build import CatalogSource, build_catalog
from guide.publish.ids import stable_id
from guide.records import (
    Audience,
    Category,
    Channel,
    DoNotPrint,
    Edition,
    Evidence,
    Phone,
    Service,
    Tag,
    Url,
    UrlKind,
    Words,
)

FOLDER = Path(__file__).resolve().parent.parent / "starter"
_URL_KINDS = {"chat": UrlKind.CHAT, "email": UrlKind.EMAIL, "web": UrlKind.WEB}
Fact = dict[str, Any]


def read_starter(folder: Path = FOLDER) -> CatalogSource:
    """Return the catalog whose YAML files lie in ``folder``. Raises SourceDataError with the file's name."""
    head = _load(folder / "edition.yaml")
    edition = _edition(head)
    services = []
    for path in sorted((folder / "services").glob("*.yaml")):
        try:
            services += [_service(fact, edition) for fact in _load(path)]
        except (KeyError, ValueError, TypeError) as error:
            raise SourceDataError(f"A service in {path.name} cannot be read: {error}", file=path.name) from error
    return CatalogSource(
        edition=edition,
        categories=tuple(_category(fact) for fact in _load(folder / "categories.yaml")),
        tags=tuple(_tag(fact) for fact in _load(folder / "tags.yaml")),
        services=tuple(services),
        do_not_print=tuple(_do_not_print(fact) for fact in _load(folder / "do-not-print.yaml")),
    )


def _load(path: Path) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise SourceDataError(f"{path.name} cannot be read.", file=path.name) from error


def _edition(head: Fact) -> Edition:
    meta = head["meta"]
    return Edition(
        publisher=head["publisher"],
        publisher_name=head["publisher_name"],
        number=head["number"],
        name=head["name"],
        title=_words(head, "title"),
        data_date=_day(head["data_date"]),
        next_expected=_day(head.get("next_expected")),
        languages=tuple(head["languages"]),
        timezone=head["timezone"],
        licence=head["licence"],
        attribution=meta["taxonomy"],
        note=_words(head, "note"),
        default_review_days=meta["default_review_days"],
        crisis_review_days=meta["crisis_review_days"],
        call_now=tuple(head["call_now"]),
        meta=tuple(_flat("", meta)),
    )


def _flat(prefix: str, value: Any) -> list[tuple[str, str]]:
    """Return a nested mapping as (dotted name, text) pairs."""
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in _flat(f"{prefix}.{key}".lstrip("."), inner)]
    return [(prefix, str(value))]


def _category(fact: Fact) -> Category:
    return Category(
        slug=fact["slug"],
        order=fact["order"],
        label=_both(fact, "label"),
        hint=_both(fact, "hint"),
        visitor=fact["visitor_view"],
        crosswalk=_crosswalk(fact["open_eligibility"]),
    )


def _tag(fact: Fact) -> Tag:
    crosswalk = fact["open_eligibility"]
    return Tag(
        slug=fact["slug"],
        label=_both(fact, "label"),
        facet=fact["facet"],
        visitor=fact["visitor_view"],
        crosswalk=_crosswalk([crosswalk] if crosswalk else []),
    )


def _crosswalk(pairs: list[Fact]) -> tuple[tuple[int, str], ...]:
    return tuple((pair["id"], pair["term"]) for pair in pairs)


def _do_not_print(fact: Fact) -> DoNotPrint:
    source = fact.get("source")
    return DoNotPrint(
        value=fact["value"],
        was=fact["was"],
        now=fact["now"],
        note=fact.get("note", ""),
        source=_evidence(source) if source else None,
    )


def _service(fact: Fact, edition: Edition) -> Service:
    original = fact["id"]
    hours = _words(fact, "hours")
    contacts = list(enumerate(fact["contacts"]))
    return Service(
        id=stable_id(edition.publisher, "service", original),
        original_id=original,
        publisher=edition.publisher,
        name=_words(fact, "name"),
        category=fact["category"],
        description=_words(fact, "description"),
        audience=Audience(fact["audience"]),
        discreet_name=_words(fact, "discreet_name"),
        also_in=tuple(fact.get("also_in", ())),
        tags=tuple(fact["tags"]),
        phones=tuple(_phone(c, f"{original}/{n}", edition) for n, c in contacts if c["type"] not in _URL_KINDS),
        urls=tuple(_url(c, f"{original}/{n}", edition) for n, c in contacts if c["type"] in _URL_KINDS),
        url=fact.get("url", ""),
        languages=tuple(fact["languages"]),
        language_note=_words(fact, "language_note"),
        hours=hours,
        schedules=parse_hours(hours.text, ""),
        eligibility=_words(fact, "eligibility"),
        cost=_words(fact, "cost"),
        source_date=_day(fact.get("last_verified")),
        last_seen=_day(fact.get("last_seen_any")),
        recheck_by=_day(fact.get("recheck_by")),
        verification=fact["verification"],
        staff_note=_editors_notes(fact),
        history=fact.get("changed_since_2021", ""),
        evidence=tuple(_evidence(page) for page in fact["sources"]),
        founding=fact["in_seed"],
    )


def _editors_notes(fact: Fact) -> str:
    """Return what editors wrote to each other, of the entry and of each of its numbers: for staff, never for paper."""
    notes = [fact.get("staff_notes", "")]
    notes += [f"{c['display']}: {c['staff_notes']}." for c in fact["contacts"] if c.get("staff_notes")]
    return " ".join(note for note in notes if note)


def _phone(fact: Fact, key: str, edition: Edition) -> Phone:
    return Phone(
        id=stable_id(edition.publisher, "phone", key),
        channel=Channel(fact["type"]),
        published=fact["display"],
        value=fact["value"],
        dial=fact.get("e164") or fact["value"],
        keyword=_words(fact, "keyword"),
        note=_words(fact, "note"),
        languages=(fact["lang"],) if "lang" in fact else (),
        hidden=fact.get("hidden", False),
        evidence=fact["evidence"],
        official_as_of=_day(fact.get("official_as_of")),
        secondary_as_of=_day(fact.get("secondary_as_of")),
        sources=tuple(fact["sources"]),
    )


def _url(fact: Fact, key: str, edition: Edition) -> Url:
    return Url(
        id=stable_id(edition.publisher, "url", key),
        kind=_URL_KINDS[fact["type"]],
        url=fact["value"],
        label=fact["display"],
        note=_words(fact, "note"),
        evidence=fact["evidence"],
        official_as_of=_day(fact.get("official_as_of")),
        secondary_as_of=_day(fact.get("secondary_as_of")),
        sources=tuple(fact["sources"]),
        language=fact.get("lang", ""),
    )


def _evidence(fact: Fact) -> Evidence:
    return Evidence(
        key=fact["key"],
        address=fact["address"],
        as_of=_day(fact.get("as_of")),
        kind=fact["kind"],
        about=fact.get("about", ""),
        estimated=fact.get("as_of_estimated", False),
    )


def _words(fact: Fact, name: str) -> Words:
    """Return ``name`` in English with the Spanish of ``name_es``."""
    spanish = fact.get(f"{name}_es", "")
    return Words(fact.get(name, ""), "en", (("es", spanish),) if spanish else ())


def _both(fact: Fact, name: str) -> Words:
    return Words(fact[f"{name}_en"], "en", (("es", fact[f"{name}_es"]),))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


if __name__ == "__main__":
    build_catalog(read_starter(), Path(sys.argv[1]))
