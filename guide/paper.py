"""This house's own paper: how a sheet begins here, its logo, and the sheets that staff keep under a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from guide.clock import Clock
from guide.errors import NoAccessError, NotFoundError, ThisComputerError
from guide.house_templates import HouseTemplates
from guide.records import (
    Audience,
    HouseTemplate,
    Paper,
    Preview,
    SavedEntry,
    SavedNews,
    SavedSheet,
    Service,
    SheetOptions,
)
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.catalog.reader import Catalog
    from guide.shelter.store import Store

_CLOSED = ("inactive", "defunct", "temporarily closed")
_LOGO = "logo.svg"


class HousePaper:
    """Every method opens what it needs and lets it go."""

    def __init__(
        self, settings: Settings, clock: Clock,
        catalog: Callable[[], AbstractContextManager[Catalog]], store: Callable[[], AbstractContextManager[Store]],
    ) -> None:  # fmt: skip
        """Take this house's settings, the clock, and what opens catalog and shelter.db."""
        self._settings, self._clock, self._catalog, self._store = settings, clock, catalog, store

    # --- how a sheet begins -------------------------------------------------------------------------
    def begin(self, languages: Sequence[str], template: str = "") -> SheetOptions:
        """Return the options of a new sheet: this house's name and paper, and the title, footer and logo of a template.

        Raises NotFoundError: there is no such template.
        """
        house, own = self._settings, self.templates.named(template) if template else self.standing()
        return SheetOptions(
            title=own.title,
            languages=tuple(languages),
            paper=house.paper,
            shelter_name=house.shelter_name,
            footer=own.footer,
            logo=own.logo,
            overdue=house.sheet_overdue,
            discreet=house.discreet_names,
            template=own.name,
        )

    def dressed(self, options: SheetOptions) -> SheetOptions:
        """Return ``options`` with what is the house's own put in anew; a template that is gone gives way to the standing one."""
        own, house = self.templates.find(options.template) or self.standing(), self._settings
        return replace(
            options, shelter_name=house.shelter_name, footer=own.footer, logo=own.logo, overdue=house.sheet_overdue,
            template=own.name,
        )  # fmt: skip

    def untitled(self, options: SheetOptions) -> SheetOptions:
        """Return ``options``; a discreet sheet's without a title that is a template's: it tells the house (P2)."""
        if not options.discreet or not options.title:
            return options
        titles = {" ".join(one.title.split()).casefold() for one in (self.standing(), *self.templates.all())}
        return replace(options, title="") if " ".join(options.title.split()).casefold() in titles else options

    @property
    def templates(self) -> HouseTemplates:
        """Return the door to this house's templates."""
        return HouseTemplates(self._settings)

    def standing(self) -> HouseTemplate:
        """Return the template without a name, which is in the settings: visitors' sheets begin with it."""
        return HouseTemplate("", self._settings.sheet_title, self._settings.sheet_footer, self.logo())

    def keep_template(self, template: HouseTemplate, before: str = "") -> HouseTemplate:
        """Keep a template as ``HouseTemplates.keep`` does; saved sheets that stood on ``before`` stand on it."""
        made = self.templates.keep(template, before)
        if before and before != made.name:
            from guide.shelter.saved import rename_template

            with self._store() as store:
                rename_template(store, before, made.name)
        return made

    def logo(self) -> bytes:
        """Return this house's logo as a harmless SVG, b"" when it has none."""
        with suppress(OSError):
            return self._logo_file.read_bytes()
        return b""

    def cleaned(self, data: bytes) -> bytes:
        """Return a logo (SVG or PNG) made harmless, b"" for b"". Raises LogoError."""
        from guide.sheets.logo import clean_logo

        return clean_logo(data) if data else b""

    def keep_logo(self, data: bytes) -> bytes:
        """Clean a logo (SVG or PNG), keep and return it; b"" takes it away. Raises LogoError, NoAccessError."""
        clean = self.cleaned(data)
        try:
            if clean:
                self._logo_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                fresh = self._logo_file.with_suffix(".new")
                fresh.write_bytes(clean)
                fresh.replace(self._logo_file)
            else:
                self._logo_file.unlink(missing_ok=True)
        except OSError as error:
            raise NoAccessError(path=str(self._logo_file)) from error
        return clean

    # --- saved sheets -------------------------------------------------------------------------------
    def saved(self, audience: Audience = Audience.STAFF) -> tuple[SavedSheet, ...]:
        """Return every saved sheet, each with what became of its entries since.

        Visitors have them only where this house says so, without news and without entries for staff.
        """
        from guide.shelter.saved import saved_sheets

        if audience is not Audience.STAFF and not self._settings.visitors_open_saved:
            return ()
        with self._store() as store:
            found = saved_sheets(store)
        ids = {entry.service for sheet in found for entry in sheet.entries}
        now: dict[str, Service] = {}
        if ids:
            with self._catalog() as catalog:
                now = {service.id: service for service in catalog.services(sorted(ids))}
        if audience is not Audience.STAFF:
            seen = {one.id for one in now.values() if one.audience is not Audience.STAFF}
            return tuple(
                replace(
                    sheet,
                    options=self.dressed(sheet.options),
                    entries=tuple(entry for entry in sheet.entries if entry.service in seen),
                )
                for sheet in found
            )
        return tuple(
            replace(
                sheet,
                options=self.dressed(sheet.options),
                news=(
                    *(news for entry in sheet.entries if (news := _news(entry, now.get(entry.service)))),
                    *self._lost(sheet.options.template),
                ),
            )
            for sheet in found
        )

    def saved_as(self, name: str) -> SavedSheet:
        """Return the saved sheet ``name``. Raises NotFoundError."""
        wanted = " ".join(name.split()).casefold()
        for sheet in self.saved():
            if sheet.name.casefold() == wanted:
                return sheet
        raise NotFoundError("There is no saved sheet of that name.", saved=name)

    def save(self, name: str, services: Sequence[str], options: SheetOptions) -> None:
        """Keep a sheet as ``name``; one of that name is replaced. Raises UsageError, NoAccessError."""
        from guide.shelter.saved import save_sheet

        with self._catalog() as catalog:
            now = {service.id: service for service in catalog.services(list(services))}
        entries = tuple(_entry(now[one]) for one in services if one in now)
        with self._store() as store:
            save_sheet(store, SavedSheet(name, entries, options, self._clock().date()))

    def remove(self, name: str) -> None:
        """Drop a saved sheet. Raises NotFoundError."""
        from guide.shelter.saved import remove_sheet

        with self._store() as store:
            remove_sheet(store, name)

    # --- what an update changes ---------------------------------------------------------------------
    def touched(self, preview: Preview) -> Preview:
        """Return ``preview`` with the saved sheets that each changed service stands on."""
        from guide.shelter.saved import saved_sheets

        sheets: tuple[SavedSheet, ...] = ()
        with suppress(ThisComputerError), self._store() as store:  # an update is not refused for our own file's sake
            sheets = saved_sheets(store)
        changed = {change.service for change in preview.changes}
        on: dict[str, list[str]] = {}
        for sheet in sheets:
            for entry in sheet.entries:
                if entry.service in changed:
                    on.setdefault(entry.service, []).append(sheet.name)
        return replace(preview, touched=tuple((service, tuple(names)) for service, names in on.items()))

    def changes(self, preview: Preview, language: str) -> Paper:
        """Return the changes of an update on paper, for the team. Raises TypesetError."""
        from guide.sheets.change_sheet import change_sheet

        return change_sheet(preview, language, self._settings.paper)

    def setup_sheet(self, language: str) -> Paper:
        """Return the page to tick off while a PC is set up for visitors (SAFETY I4). Raises TypesetError."""
        from guide.sheets.setup_sheet import setup_sheet

        return setup_sheet(language, self._settings.paper)

    def recovery_sheet(self, code: str, language: str) -> Paper:
        """Return the recovery code on paper; it is kept nowhere else. Raises TypesetError."""
        from guide.sheets.setup_sheet import recovery_sheet

        return recovery_sheet(code, language, self._settings.paper)

    def _lost(self, template: str) -> tuple[SavedNews, ...]:
        there = not template or self.templates.find(template) is not None
        return () if there else (SavedNews("", template, "template"),)

    @property
    def _logo_file(self) -> Path:
        return self._settings.data / _LOGO


def _entry(service: Service) -> SavedEntry:
    return SavedEntry(service.id, service.digest, service.name.text, _numbers(service))


def _numbers(service: Service) -> tuple[str, ...]:
    return tuple(phone.published for phone in service.shown_phones())


def _news(entry: SavedEntry, now: Service | None) -> SavedNews | None:
    """Return what became of ``entry``: the thing that matters most for who holds an old sheet."""
    if now is None:
        return SavedNews(entry.service, entry.name, "gone")
    name = now.name.text
    if now.digest == entry.digest:
        return None
    if now.status in _CLOSED:
        return SavedNews(now.id, name, "closed")
    numbers = _numbers(now)
    if numbers != entry.numbers:
        before = [one for one in entry.numbers if one not in numbers]
        after = [one for one in numbers if one not in entry.numbers]
        return SavedNews(now.id, name, "number", ", ".join(before), ", ".join(after))
    return SavedNews(now.id, name, "changed")
