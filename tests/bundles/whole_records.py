"""What an update changes, told the slow way from whole records: what the quick one is measured against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guide.catalog.reader import Catalog
from guide.records import Change, Location, Service

ORDER = {"phone": 0, "closed": 1, "removed": 2, "added": 3, "changed": 4}
CLOSED = ("inactive", "defunct", "temporarily closed")


def slowly(old: Path, new: Path) -> list[Change]:
    """Return each change, in the order a preview tells them."""
    with Catalog(old) as before, Catalog(new) as after:
        was, now = ({one.id: one for one in catalog.services()} for catalog in (before, after))
    found = [c for one, service in now.items() if one in was and was[one].digest != service.digest
             for c in _changes(was[one], service)]  # fmt: skip
    found += [_change(s, "added", "service", "", _number(s)) for one, s in now.items() if one not in was]
    found += [_change(s, "removed", "service", _number(s), "") for one, s in was.items() if one not in now]
    return sorted(found, key=lambda c: (ORDER[c.kind], c.name.casefold(), c.field))


def _number(service: Service) -> str:
    phone = service.main_phone()
    return phone.published if phone else ""


def _changes(old: Service, new: Service) -> Iterator[Change]:
    if old.status != new.status:
        kind = "closed" if new.status in CLOSED else "changed"
        yield _change(new, kind, "status", old.status, new.status)
    yield from _phones(old, new)
    found = False
    for field, before, after in _fields(old, new):
        if before != after:
            found = True
            yield _change(new, "changed", field, before, after)
    if not found and old.status == new.status and _numbers(old) == _numbers(new):
        yield _change(new, "changed", "details", "", "")


def _phones(old: Service, new: Service) -> Iterator[Change]:
    """Yield every number that is not the same as before, each beside the one it stands for."""
    before, after = _numbers(old), _numbers(new)
    gone = [one for one in before if one not in after]
    come = [one for one in after if one not in before]
    for place in range(max(len(gone), len(come))):
        was = " ".join(gone[place]) if place < len(gone) else ""
        now = " ".join(come[place]) if place < len(come) else ""
        yield _change(new, "phone", "phone", was, now)


def _numbers(service: Service) -> list[tuple[str, ...]]:
    """Return what a person would dial or send, by channel; a hidden number counts too."""
    return [
        tuple(
            part
            for part in (
                "" if p.channel.value == "voice" else f"{p.channel.value}:",
                p.published,
                f"({p.dial})" if p.dial not in ("", p.published, p.value) and not _same(p.dial, p.published) else "",
                p.keyword.text,
            )
            if part
        )
        for p in service.phones
    ]


def _same(dial: str, published: str) -> bool:
    digits = "".join(c for c in published if c.isdigit())
    return dial.removeprefix("+").removeprefix("1") == digits.removeprefix("1")


def _fields(old: Service, new: Service) -> Iterator[tuple[str, str, str]]:
    for field in ("name", "description", "hours", "eligibility", "cost", "application_process", "alert"):
        yield field, " / ".join(getattr(old, field).every()), " / ".join(getattr(new, field).every())
    yield "languages", ", ".join(old.languages), ", ".join(new.languages)
    yield "category", ", ".join((old.category, *old.also_in)), ", ".join((new.category, *new.also_in))
    yield "url", " ".join((old.url, *(u.url for u in old.urls))), " ".join((new.url, *(u.url for u in new.urls)))
    yield "address", _places(old.locations), _places(new.locations)
    yield "audience", old.audience.value, new.audience.value
    yield "assured_date", str(old.assured_date or old.source_date or ""), str(new.assured_date or new.source_date or "")


def _places(locations: tuple[Location, ...]) -> str:
    return "; ".join(", ".join(p for p in (a.address_1, a.city) if p) for one in locations for a in one.addresses)


def _change(service: Service, kind: str, field: str, before: str, after: str) -> Change:
    return Change(service.id, service.name.text, kind, field, before, after)
