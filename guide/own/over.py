"""What the house's words make of the publishers' entries: which are shown better, which not at all, which stand on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from guide.bundles.roster import key_of, mark_of
from guide.catalog.home_joined import CALL_NOW
from guide.own.amend import PHONE, amended, fixed, second_look
from guide.own.words import SEEN
from guide.records import Service
from guide.records.house import Word
from guide.shelter.facts import Things

CARDS = 6  # lines on top of the first screen that a house can choose


def laid_over(
    words: Mapping[str, Word], found: Mapping[str, Service], first: Iterable[str], with_them: Iterable[str] = ()
) -> tuple[tuple[Service, ...], set[str]]:
    """Return the corrected entries, and the ids of all that are not shown as published. 911 and 988 stay as they are.

    ``found``: the entries there are, by id; ``first``: what the publishers want called first; ``with_them``: entries
    that are hidden because one that is the same line of help is.
    """
    called_first = set(first)
    shown, masked = [], {one for one in with_them if one in found and not fixed(found[one].main_phone())}
    for service, word in words.items():
        entry = found.get(service)
        if entry is None or fixed(entry.main_phone()):
            continue
        if word.hidden:
            masked.add(service)
            continue
        values = tuple(
            replace(one, needs_second=second_look(entry, one.field, service in called_first)) for one in word.amended
        )
        better = amended(entry, values)
        if better != entry:
            shown.append(_apart(better))
            masked.add(service)
    return tuple(shown), masked


def same_lines(shown_as: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the other entries of each one's line; ``shown_as`` says which are left out, and what is shown for them."""
    lines: dict[str, list[str]] = {}
    for one, other in shown_as.items():
        lines.setdefault(other, [other]).append(one)
    return {one: tuple(o for o in line if o != one) for line in lines.values() for one in line}


def hidden_with(things: Things, lines: Mapping[str, Iterable[str]], found: Mapping[str, Service]) -> Iterator[str]:
    """Yield what is hidden because another publisher's entry is: the same line, by a number that one had when staff
    spoke of it. So it does not come back when publishers change places, and a better number of it is not lost.
    """
    for (kind, service), fields in things.items():
        hidden, seen = fields.get("hidden"), fields.get(SEEN)
        if kind != "word" or hidden is None or not hidden.value or seen is None or not isinstance(seen.value, dict):
            continue
        before = seen.value.get("fields")
        numbers = {str(v) for k, v in before.items() if k.startswith(PHONE)} if isinstance(before, dict) else set()
        for other in lines.get(service, ()):
            if other in found and numbers & {phone.published for phone in found[other].phones}:
                yield other


def on_top(
    first: Sequence[Service], shown: Mapping[str, Service], masked: set[str], chosen: Sequence[str], shown_as: Mapping[str, str]
) -> list[str] | None:  # fmt: skip
    """Return the entries on top of the first screen, None for the publishers' own choice.

    ``first`` are those the publishers want there, who counts most first; ``shown`` the house's own and corrected ones.
    911 and 988 stand there whatever a house chooses (S6).
    """
    theirs = [one for one in first if one.id in shown or (one.id not in masked and one.id not in shown_as)]
    if not chosen and not any(one.id in masked for one in first):
        return None
    kept = [one.id for one in _once(first) if fixed(one.main_phone())]
    wanted = [one if one in shown else shown_as.get(one, one) for one in chosen] or _publishers(first, theirs)
    gone = {one for one in masked if one not in shown}
    return list(dict.fromkeys(one for one in (*kept, *wanted) if one not in gone))


def _publishers(first: Sequence[Service], theirs: Sequence[Service]) -> list[str]:
    """Return what the publishers want on top: of who counts most, then others while there is room, each number once."""
    by_key: dict[str, list[Service]] = {}
    for one in theirs:
        by_key.setdefault(key_of(one.id), []).append(one)
    found: list[Service] = []
    for some in by_key.values():
        found = _once([*found, *some])
        if len(found) >= CALL_NOW:
            break
    most = sum(key_of(one.id) == key_of(first[0].id) for one in first) if first else 0
    return [one.id for one in found[: max(CALL_NOW, most)]]


def _once(services: Iterable[Service]) -> list[Service]:
    found: dict[str, Service] = {}
    for one in services:
        phone = one.main_phone()
        found.setdefault(phone.copy_text.removeprefix("1") if phone is not None else one.id, one)
    return list(found.values())


def _apart(service: Service) -> Service:
    """Return an entry of an added publisher with ids of its own for its parts: two publishers' may have the same ones."""
    mark = mark_of(key_of(service.id))
    if not mark:
        return service
    giver = service.organization
    return replace(
        service,
        phones=tuple(replace(one, id=one.id + mark) for one in service.phones),
        urls=tuple(replace(one, id=one.id + mark) for one in service.urls),
        locations=tuple(replace(one, id=one.id + mark) for one in service.locations),
        organization=replace(giver, id=giver.id + mark) if giver is not None else None,
    )
