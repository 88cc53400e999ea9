"""``guide search`` and ``guide show``: find an entry, see everything known of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from guide.cli.plain import plain
from guide.cli.terminal import Desk
from guide.errors import UsageError
from guide.records import Audience, Card, Detail, Phone, Place, Question, Service
from guide.text import Language

# Nobody called where only a page was seen: the two must not read alike (SAFETY L).
_AGES = {"checked": "checked by a person", "source": "seen on a page of", "none": "date"}
# Each option and the facet whose values it takes.
_FILTERS = {"need": "need", "sub_need": "sub-need", "people": "people", "access": "access", "speaks": "language"}


def add(commands: Any, every: argparse.ArgumentParser) -> None:
    """Add both commands."""
    search = commands.add_parser("search", parents=[every], help="find entries by words, need, language, access")
    search.add_argument(
        "words", nargs="*", metavar="WORDS", help="what to look for; none lists all that the filters leave"
    )
    search.add_argument(
        "--need", action="append", default=[], metavar="SLUG", help="only this category (may be repeated)"
    )
    search.add_argument("--sub-need", action="append", default=[], metavar="SLUG", help="only in this situation")
    search.add_argument("--people", action="append", default=[], metavar="SLUG", help="only for these people")
    search.add_argument("--access", action="append", default=[], metavar="SLUG", help="only with this way in, as 24-7")
    search.add_argument(
        "--speaks", action="append", default=[], metavar="CODE", help="only where this language is spoken"
    )
    search.add_argument("--near", default="", metavar="PLACE", help="the nearest first: a ZIP, or a town as Miami, FL")
    search.add_argument(
        "--radius",
        type=positive,
        default=0,
        metavar="MILES",
        help="with --near, only within so many miles (default any)",
    )
    search.add_argument("--open-now", "--open", action="store_true", help="leave out what is known to be closed now")
    search.add_argument("--limit", type=positive, default=20, metavar="N", help="how many to show (default 20)")
    reading(search)
    search.set_defaults(run=run_search)
    show = commands.add_parser("show", parents=[every], help="every fact of one entry")
    show.add_argument("id", metavar="ID", help="the entry's id, as search prints it")
    reading(show)
    show.set_defaults(run=run_show)


def reading(command: argparse.ArgumentParser) -> None:
    """Add the two options of whoever reads: language and audience."""
    command.add_argument("--language", default="en", metavar="CODE", help="show names and texts in this language")
    audience(command)


def audience(command: argparse.ArgumentParser) -> None:
    """Add ``--audience``."""
    choices = [one.value for one in Audience]
    command.add_argument("--audience", choices=choices, default="visitor", help="who reads (default visitor)")


def positive(text: str) -> int:
    """Return a whole number above zero. Raises ValueError."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def run_search(args: argparse.Namespace, desk: Desk) -> None:
    """Print what was found."""
    who = Audience(args.audience)
    question = Question(
        words=" ".join(args.words),
        language=args.language,
        audience=who,
        needs=frozenset(args.need),
        people=frozenset(args.people),
        access=frozenset(args.access),
        languages=frozenset(args.speaks),
        open_now=args.open_now,
        sub_needs=frozenset(args.sub_need),
        limit=args.limit,
        near=_place(args, desk),
        radius=args.radius,
    )
    _check_filters(args, desk, who)
    answer = desk.guide.search(question)
    lines = answer.crisis if answer.danger else ()
    services = {s.id: s for s in desk.guide.services([card.id for card in (*answer.cards, *lines)])}
    hits = [_hit(card, services[card.id], args.language, who) for card in answer.cards]
    facts: dict[str, Any] = {"count": answer.total, "hits": hits}
    if answer.corrected:
        facts["corrected"] = answer.corrected
    if answer.suggested:
        facts["suggested"] = answer.suggested
    if lines:
        facts["call"] = [_hit(card, services[card.id], args.language, who) for card in lines]
    if question.near is not None:
        facts["near"] = question.near.label
    desk.terminal.give(facts, [*_before(facts), *_found(answer.total, hits)])


def _place(args: argparse.Namespace, desk: Desk) -> Place | None:
    if not args.near:
        if args.radius:
            raise UsageError("--radius needs --near.")
        return None
    found = desk.guide.places(args.near)
    if len(found) != 1:
        reason = "There are several such places." if found else "There is no such place."
        raise UsageError(reason, near=args.near, known=[place.label for place in found])
    return found[0]


def _check_filters(args: argparse.Namespace, desk: Desk, who: Audience) -> None:
    """Raise UsageError for a value that no entry has: a script must not take a slip of the pen for "nothing found"."""
    given = {option: getattr(args, option) for option in _FILTERS if getattr(args, option)}
    if not given:
        return
    facets = desk.guide.search(Question(limit=1, audience=who)).facets
    for option, values in given.items():
        known = sorted({one.slug for one in facets if one.facet == _FILTERS[option] and one.slug})
        for value in values:
            if value and value not in known:
                name = option.replace("_", "-")
                raise UsageError(f"No entry has this --{name}.", **{option: value, "known": known})


def _hit(card: Card, service: Service, language: str, who: Audience) -> dict[str, Any]:
    phones = service.phones if who is Audience.STAFF else service.shown_phones()
    return {
        "id": card.id,
        "name": card.name.best(language),
        "organization": card.organization.best(language),
        "category": card.category,
        "phones": [{"channel": p.channel.value, "number": p.published, "dial": p.dial} for p in phones],
        "url": card.url,
        **_away(card),
    }


def _away(card: Card) -> dict[str, Any]:
    """Return how far the entry is, where a place was named; miles are null for what is reached by phone."""
    if card.distance is None:
        return {}
    miles = None if card.distance.miles is None else round(card.distance.miles, 1)
    return {"miles": miles, "about": card.distance.about}


def _before(facts: dict[str, Any]) -> Iterator[str]:
    for line in facts.get("call", ()):
        number = next((phone["number"] for phone in line["phones"]), line["url"])
        yield f"Call now: {line['name']}  {number}"
    if corrected := facts.get("corrected"):
        yield f"Nothing matched as typed. Showing: {corrected}"
    if suggested := facts.get("suggested"):
        yield f"Did you mean: {suggested}"


def _found(count: int, hits: list[dict[str, Any]]) -> Iterator[str]:
    for hit in hits:
        by = f" ({hit['organization']})" if hit["organization"] and hit["organization"] != hit["name"] else ""
        yield f"{hit['name']}{by}"
        for phone in hit["phones"]:
            yield f"    {phone['channel']:<10} {phone['number']}"
        if hit["url"] and not hit["phones"]:
            yield f"    {'web':<10} {hit['url']}"
        if "miles" in hit:
            far = (
                "by phone, any place"
                if hit["miles"] is None
                else f"{'about ' if hit['about'] else ''}{hit['miles']} mi"
            )
            yield f"    {'distance':<10} {far}"
        yield f"    {hit['category']}   {hit['id']}"
    yield f"{len(hits)} of {count}" if len(hits) < count else f"{count} found"


def run_show(args: argparse.Namespace, desk: Desk) -> None:
    """Print everything the catalog knows of one entry that ``--audience`` may see."""
    who = Audience(args.audience)
    detail = desk.guide.detail(args.id, who)
    if who is not Audience.STAFF:
        shown = replace(detail.service, phones=detail.service.shown_phones(), staff_note="")
        detail = replace(detail, service=shown)
    desk.terminal.give(_facts(detail, args.language), _lines(detail, Language(args.language)))


def _facts(detail: Detail, language: str) -> dict[str, Any]:
    said: dict[str, Any] = plain(detail, language)
    facts: dict[str, Any] = said.pop("service")
    facts["phones"] = [phone | {"number": phone["published"]} for phone in facts["phones"]]
    labels = {"category_label": said["category"]["label"], "tag_labels": {t["slug"]: t["label"] for t in said["tags"]}}
    edition = {name: said["edition"][name] for name in ("publisher", "publisher_name", "number", "name", "data_date")}
    return facts | labels | {"open": said["open"], "freshness": said["freshness"], "edition": edition}


def _lines(detail: Detail, say: Language) -> Iterator[str]:
    service, code = detail.service, say.code
    yield service.name.best(code)
    if service.organization is not None and service.organization.name.text != service.name.text:
        yield f"  by {service.organization.name.best(code)}"
    yield from (f"  {phone.channel.value}: {_number(phone, code)}" for phone in service.phones)
    yield from (f"  {url.kind.value}: {url.url}" for url in service.urls)
    facts = {
        "need": detail.category.label.best(code),
        "what": service.description.best(code),
        "status": "" if service.status == "active" else service.status,
        "alert": service.alert.best(code),
        "web": service.url,
        "mail": service.email,
        "open": detail.open.state,
        "hours": service.hours.best(code),
        "who": service.eligibility.best(code),
        "cost": service.cost.best(code),
        "how": service.application_process.best(code),
        "bring": ", ".join(words.best(code) for words in service.required_documents),
        "languages": ", ".join(service.languages),
        "tags": ", ".join(tag.label.best(code) for tag in detail.tags),
        "staff note": service.staff_note,
        _AGES[detail.freshness.basis]: say.date(detail.freshness.on) if detail.freshness.on else "unknown",
        "review": detail.freshness.state,
        "id": service.id,
    }
    yield from (f"  {name}: {text}" for name, text in facts.items() if text)
    for place in service.locations:
        for a in place.addresses:
            whole = ", ".join(p for p in (a.address_1, a.address_2, a.city, a.state_province, a.postal_code) if p)
            yield f"  where: {whole}"


def _number(phone: Phone, code: str) -> str:
    extra = [phone.keyword.best(code), phone.note.best(code), "hidden" if phone.hidden else ""]
    said = "; ".join(text for text in extra if text)
    return f"{phone.published} ({said})" if said else phone.published
