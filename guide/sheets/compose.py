"""Services and options into the words of a sheet: pure, nothing is looked up, each number once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from guide.catalog.freshness import freshness
from guide.errors import TypesetError, UsageError
from guide.records import LAYOUTS, Audience, Category, Edition, Freshness, Service, Sheet, SheetEntry, SheetOptions
from guide.records.checking import NumberCheck
from guide.sheets.clean import clean
from guide.sheets.discreet import bare_number, tells
from guide.sheets.entry import compose_entry
from guide.sheets.found_here import told_here
from guide.sheets.tongues import Tongue, tongue
from guide.text import SHIPPED, fold, mark, right_way

_ = mark
_REPRINT = timedelta(days=90)
_TITLES = {"referral": _("Next steps")}
_TITLE = _("Helpful numbers")
_WORDS = {
    "contents": _("Contents"),
    "notes": _("Notes"),
    "ask": _("What to ask"),
    "bring": _("What to bring"),
    "questions": _("How long is the wait? What does it cost? What should I bring? Is there an interpreter?"),
    "bring_ask": _("Ask on the phone what to bring."),
    "spoke": _("Who I spoke with"),
    "when": _("Day and time"),
    "take": _("Take one with you."),
    "overdue": _("Not checked for a long time"),
}
# What each layout says of its own. "overdue" explains the mark where entries say only briefly when they were checked.
_USED = {
    "columns": ("overdue",),
    "pocket": ("overdue",),
    "cards": ("overdue",),
    "trifold": ("overdue",),
    "booklet": ("contents", "overdue"),
    "referral": ("ask", "bring", "questions", "bring_ask", "spoke", "when"),
    "poster": ("take",),
}


def compose(
    services: Sequence[Service],
    options: SheetOptions,
    edition: Edition,
    today: date,
    categories: Iterable[Category] = (),
    more_languages: Path | None = None,
    *,
    age: str = "fresh",
    editions: Mapping[str, Edition] = MappingProxyType({}),
    here: Mapping[str, NumberCheck] = MappingProxyType({}),
) -> Sheet:
    """Return the sheet for ``services`` in their order, or by need where the options or the layout group them.

    Never on paper: hidden numbers, entries marked not for print, staff entries unless ``options.staff``, and
    any address that is not public (P7). Discreet sheets (P2) carry numbers, neutral names and hours alone.
    ``categories`` name the groups; ``more_languages`` is the folder of the house's own languages. ``editions``: by id,
    those of entries that are not of ``edition``: the foot names each whose entries stand there. ``here`` are this
    house's own newest calls, told beside the publisher's date.

    Raises:
        TypesetError: "too many" entries for the layout (``most``).
        UsageError: there is no such layout or paper.
    """
    tongues = tuple(tongue(code, more_languages) for code in options.languages)
    ages = []
    for service in services:
        its = editions.get(service.id, edition)
        ages.append((service, told_here(freshness(service, its, today), here.get(service.id), service, its, today)))
    reasons = [_reason(service, options, age) for service, age in ages]
    _check_room(options, reasons.count(""))
    left_out = [(tongues[0].given(s.name)[0], why) for (s, _age), why in zip(ages, reasons, strict=True) if why]
    kept = [
        (service, compose_entry(service, options, tongues, age, here.get(service.id)))
        for (service, age), why in zip(ages, reasons, strict=True)
        if not why
    ]
    groups, entries = _grouped(kept, options, tongues, categories)
    unnamed = options.discreet or options.nameless
    used = tuple(dict.fromkeys(editions.get(s.id, edition) for s, _entry in kept)) or (edition,)
    return Sheet(
        options=options,
        titles=_titles(options, tongues),
        entries=entries,
        foot=tuple(_foot(used, today, age, one, named=bool(editions) and not options.discreet) for one in tongues),
        pages=tuple(_page(one) for one in tongues),
        groups=groups,
        words=tuple(_words(options, one) for one in tongues),
        ways=tuple("rtl" if one.right_to_left else "ltr" for one in tongues),
        house="" if unnamed else right_way(clean(options.shelter_name), tongues[0]),
        footer="" if unnamed else right_way(clean(options.footer), tongues[0]),
        left_out=tuple(left_out),
    )


def _check_room(options: SheetOptions, entries: int) -> None:
    layout = {one.slug: one for one in LAYOUTS}.get(options.layout)
    if layout is None or options.paper not in ("letter", "a4"):
        raise UsageError("There is no such layout or paper.", layout=options.layout, paper=options.paper)
    if entries > layout.most:
        raise TypesetError("Too many entries for this layout.", reason="too many", most=layout.most)


def _reason(service: Service, options: SheetOptions, age: Freshness) -> str:
    """Return why ``service`` may not stand on paper, "" when it may."""
    if service.not_for_print:
        return "not for print"
    if service.audience is Audience.STAFF and not options.staff:
        return "staff"
    if service.status in ("inactive", "defunct"):
        return "closed"
    if options.discreet and not any(bare_number(phone, service) for phone in service.shown_phones()):
        return "no number"
    # A crisis line that works is worth more than its date (CONTENT, "Verification practice"): it stays, stamped.
    if options.overdue == "leave out" and age.overdue and service.category != "crisis":
        return "overdue"
    return ""


def _grouped(
    kept: Sequence[tuple[Service, SheetEntry]],
    options: SheetOptions,
    tongues: tuple[Tongue, ...],
    categories: Iterable[Category],
) -> tuple[tuple[tuple[str, ...], ...], tuple[SheetEntry, ...]]:
    """Return the headings and the entries under them; a heading that tells is no heading on a discreet sheet."""
    if not (options.by_category or options.layout == "booklet"):
        return (), tuple(entry for _service, entry in kept)
    used = {service.category for service, _entry in kept}
    known = [c for c in sorted(categories, key=lambda c: c.order) if c.slug in used]
    place = {category.slug: n for n, category in enumerate(known)}
    groups = [*(_heading(category, tongues, options) for category in known), ("",) * len(tongues)]
    grouped = [replace(entry, group=place.get(service.category, len(known))) for service, entry in kept]
    # What stands under no heading comes before all that does: else it would seem to belong to another need.
    entries = tuple(sorted(grouped, key=lambda entry: (any(groups[entry.group]), entry.group)))
    return tuple(groups), entries


def _heading(category: Category, tongues: tuple[Tongue, ...], options: SheetOptions) -> tuple[str, ...]:
    """Return a need in each language; the original, labelled, where the first has no words for it; nothing twice."""
    found = []
    for n, one in enumerate(tongues):
        text, code = one.given(category.label)
        if (options.discreet and tells(text)) or (n and text == tongues[0].given(category.label)[0]):
            text = ""
        found.append(right_way(text if not text or one.speaks(code) else f"{text} ({one.called(code)})", one))
    return tuple(found)


def _titles(options: SheetOptions, tongues: tuple[Tongue, ...]) -> tuple[str, ...]:
    """Return the title in each language; a house's own title once; one that tells is replaced (P2)."""
    neutral = _TITLES.get(options.layout, _TITLE)
    title = " ".join(clean(options.title).split())
    ours = {one(text) for one in (*tongues, *map(Tongue, SHIPPED)) for text in (neutral, _TITLE)}
    given_away = options.discreet and (tells(title) or _holds(title, options.shelter_name))
    if not title or title in ours or given_away:
        texts = [right_way(one(neutral), one) for one in tongues]
        return tuple("" if n and text == texts[0] else text for n, text in enumerate(texts))
    return (right_way(title, tongues[0]), *("" for _one in tongues[1:]))


def _words(options: SheetOptions, one: Tongue) -> Mapping[str, str]:
    wanted = [*_USED.get(options.layout, ()), *(["notes"] if options.notes_lines else [])]
    return {name: right_way(one(_WORDS[name]), one) for name in wanted}


def _page(one: Tongue) -> tuple[str, str, str]:
    before, between, after = one("Page {page} of {pages}", page="\0", pages="\0").split("\0")
    return before, between, after


_AGES = {"amber": _("A newer guide was due."), "red": _("This guide is out of date: call before you go.")}


def _foot(editions: Sequence[Edition], today: date, age: str, _: Tongue, *, named: bool) -> str:
    """Return which guide this is, by whom where it may be another's, and until when it can be believed."""
    text = " ".join(_edition(one, _, named=named) for one in editions)
    if age in _AGES:  # no promise of ninety days then
        return right_way(f"{text} {_(_AGES[age])}", _)
    return right_way(text + " " + _("Ask for a new sheet after {date}.", date=_.date(today + _REPRINT)), _)


def _edition(edition: Edition, _: Tongue, *, named: bool) -> str:
    day, name = edition.data_date, clean(edition.publisher_name)
    if named and name:
        return (
            _("Guide by {name} of {date}, edition {edition}.", name=name, date=_.date(day), edition=edition.name)
            if day
            else _("Guide by {name}, edition {edition}.", name=name, edition=edition.name)
        )
    if day:
        return _("Guide of {date}, edition {edition}.", date=_.date(day), edition=edition.name)
    return _("Guide, edition {edition}.", edition=edition.name)


def _holds(text: str, name: str) -> bool:
    return bool(name) and fold(name) in fold(text)
