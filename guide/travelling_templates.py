"""A house's templates as they travel to its other PCs: noted as facts, and made what another PC's file says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from guide.clock import Clock
from guide.errors import LogoError, NoAccessError, UsageError
from guide.house_templates import FOLDER, HouseTemplates, file_of, sound, write
from guide.records import HouseTemplate
from guide.records.house import Edit, Fact
from guide.records.saved import MOST_TEMPLATES
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.shelter.store import Store

_FIELDS = ("name", "title", "footer", "logo")


class TravellingTemplates:
    """Templates as they travel to the house's other PCs (``guide.own.riders.Rider``): field by field, by their name.

    Where a policy keeps staff from the settings, none leave and none come.
    """

    kind, undone = "template", True

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Take what gives this house's settings."""
        self._settings = settings

    def take_note(self, store: Store, clock: Clock) -> None:
        """Keep what became of the templates since the last look, each as one change."""
        from guide.shelter.facts import change, things  # SQLAlchemy: when the house's own data is asked for

        if not self._settings().may("settings"):
            return
        now = {one.name.casefold(): _values(one) for one in HouseTemplates(self._settings()).all()}
        kept = {key: fields for (_, key), fields in things(store, "template").items()}
        for key in sorted({*now, *kept}):
            before = {field: fact.value for field, fact in kept.get(key, {}).items()}
            after = now.get(key, dict.fromkeys(_FIELDS))
            edits = [
                Edit("template", key, field, after[field]) for field in _FIELDS if after[field] != before.get(field)
            ]
            change(store, clock, edits, "template", str(after["name"] or before.get("name") or key))

    def follow(self, store: Store) -> None:
        """Make the templates what was taken in or taken back."""
        from guide.shelter.facts import things  # SQLAlchemy: when the house's own data is asked for

        if not self._settings().may("settings"):
            return
        folder = self._settings().data / FOLDER
        now = {one.name.casefold(): _values(one) for one in HouseTemplates(self._settings()).all()}
        for (_, key), fields in things(store, "template").items():
            wanted = {field: fields[field].value if field in fields else None for field in _FIELDS}
            if wanted == now.get(key, dict.fromkeys(_FIELDS)):
                continue
            made = _made(wanted)
            try:
                if made is None:
                    file_of(folder, key).unlink(missing_ok=True)
                else:
                    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                    write(file_of(folder, made.name), made)
            except OSError as error:
                raise NoAccessError(path=str(folder)) from error

    def admitted(self, store: Store, theirs: Sequence[Fact], today: date) -> tuple[list[Fact], int, list[str]]:
        """Return what makes a template, as far as there is room, and the names of those for which there is none."""
        from guide.shelter.facts import things  # SQLAlchemy: when the house's own data is asked for

        del today
        if not self._settings().may("settings"):
            return [], 0, []
        found: dict[str, dict[str, Fact]] = {}
        for fact in theirs:
            found.setdefault(fact.id, {})[fact.field] = fact
        here = {key: fields for (_, key), fields in things(store, "template").items()}
        there = {key for key, fields in here.items() if "name" in fields and fields["name"].value is not None}
        good: list[Fact] = []
        full: list[str] = []
        odd = 0
        for key, fields in sorted(found.items()):
            values = {field: fields[field].value if field in fields else None for field in _FIELDS}
            made = _made(values)
            named = made.name.casefold() == key if made is not None else values["name"] is None
            if not named or not set(fields) <= set(_FIELDS):
                odd += len(fields)
                continue
            if made is not None and key not in there:
                if len(there) >= MOST_TEMPLATES:
                    full.append(made.name)
                    continue
                there.add(key)
            good += fields.values()
        return good, odd, full


def _values(template: HouseTemplate) -> dict[str, str | None]:
    return {"name": template.name, "title": template.title or None, "footer": template.footer or None,
            "logo": template.logo.decode() or None}  # fmt: skip


def _made(values: Mapping[str, Any]) -> HouseTemplate | None:
    """Return the template of plain values from anywhere, None where they make none."""
    texts = {field: values[field] or "" for field in _FIELDS}
    if not all(isinstance(text, str) for text in texts.values()):
        return None
    with suppress(UsageError, LogoError):
        return sound(
            HouseTemplate(texts["name"], texts["title"], texts["footer"], texts["logo"].encode("utf-8", "ignore"))
        )
    return None
