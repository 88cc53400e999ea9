"""The front door: one method for each thing a person can ask of the guide.

Every method takes plain values and returns records. Heavy libraries are imported inside the method that
needs them, so that the first screen costs only the standard library (docs/architecture.md, start-up).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guide import settings as house
from guide.bundles.editions import current_catalog
from guide.catalog.home import read_home
from guide.errors import NoAccessError, ThisComputerError
from guide.house import House, healing
from guide.records import Answer, Audience, Detail, Home, Question, Service, Tag
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.bundles.programs.door import Programs
    from guide.records import (
        IndexState,
        PagePicture,
        Paper,
        PaperLanguage,
        Place,
        SheetOptions,
    )
    from guide.search.door import Door
    from guide.sheets.printer import Press
    from guide.staff import StaffDoor


class Guide(House):
    """All a face of the guide can ask, updates (``House``) among it. Methods may be called from any thread, one search
    at a time.
    """

    # --- finding --------------------------------------------------------------------------------
    @healing
    def home(self, audience: Audience) -> Home:
        """Return the home screen for ``audience``, read by the standard library alone (milliseconds)."""
        now, here = self._now(), self._here()
        if self._several():
            from guide.catalog.home_joined import read_homes

            home = read_homes(self._books(), self._joined, audience, now, here)
        else:
            home = read_home(current_catalog(self.settings), audience, now, here)
        data = self.settings.data
        # By os.path: no error where it may not look.
        if not (os.path.isfile(data / "own" / "laid.json") or os.path.isfile(data / "shelter.db")):  # noqa: PTH113
            return home  # this house has nothing of its own
        self.own.laid()  # it may be lost, or of other catalogs: what is hidden must not stand on the first screen for that
        from guide.own.first import laid_home

        return laid_home(home, self.settings.data, self._books(), audience, now, here)

    @healing
    def search(self, question: Question) -> Answer:
        """Return what ``question`` finds. Raises BrokenCatalogError."""
        books = self._books()
        laid = self.own.laid([book.catalog for book in books])
        return self._door.ask(books, question, self._now(), self._here(), laid)

    def forget(self) -> None:
        """Forget what was asked; a search that is running does so at its end. What is open stays open (SAFETY Q4, N1)."""
        if "_door" in self.__dict__:  # else nothing was asked, and nothing is opened to find that out
            self._door.forget()

    def places(self, text: str) -> tuple[Place, ...]:
        """Return what ``text`` can mean, the likeliest first: a ZIP, or towns."""
        from guide.places import find_places

        return find_places(text)

    def index_state(self) -> IndexState:
        """Look through the search index to its last byte; change nothing. Raises BrokenCatalogError."""
        from guide.search.store import index_state

        return index_state(current_catalog(self.settings), self.settings.data / "index")

    def interrupt(self) -> None:
        """Stop a search that is running in another thread; it then returns early or raises Interrupted."""
        if "_door" in self.__dict__:
            self._door.interrupt()

    @healing
    def detail(self, service: str, audience: Audience) -> Detail:
        """Return everything the catalog knows of ``service``. Raises NotFoundError, also for staff entries."""
        with self._catalog() as catalog:
            found = catalog.detail(service, audience, self._now(), self._here())
        with suppress(ThisComputerError):  # what the house says of it cannot be read: the entry can
            note = self.own.words.of(service).staff_note if audience is Audience.STAFF else ""
            return replace(found, here=self.checks.here([service]).get(service), house_note=note)
        return found

    @healing
    def services(self, ids: Iterable[str] | None = None) -> tuple[Service, ...]:
        """Return whole services, those of ``ids`` in that order, or all in the catalog's order."""
        wanted = None if ids is None else list(ids)
        with self._catalog() as catalog:
            found = tuple(catalog.services(wanted))
        if wanted is None:
            return found
        by_id = {service.id: service for service in found}
        return tuple(by_id[one] for one in wanted if one in by_id)

    @healing
    def tags(self) -> tuple[Tag, ...]:
        """Return the words entries are marked with, in the publisher's order."""
        with self._catalog() as catalog:
            return catalog.tags()

    # --- paper ----------------------------------------------------------------------------------
    def paper_languages(self) -> tuple[PaperLanguage, ...]:
        """Return the languages a sheet can be in, whatever the window speaks; a house can add its own as a file."""
        from guide.sheets.tongues import paper_languages

        return paper_languages(self.settings.data / "languages")

    def service_ids(self, audience: Audience, category: str = "") -> tuple[str, ...]:
        """Return the entries of one need, or of the whole guide, in its order: what "print all of it" means."""
        seen = [one for one in self.services() if audience is Audience.STAFF or one.audience is not Audience.STAFF]
        return tuple(one.id for one in seen if not category or category in (one.category, *one.also_in))

    @healing
    def sheet(self, ids: Sequence[str], options: SheetOptions, audience: Audience) -> Paper:
        """Return the sheet for the chosen services as a PDF/UA-1, in memory (SAFETY P1 to P7).

        Staff entries are left out unless ``audience`` is staff. Raises TypesetError, UsageError.
        """
        from guide.bundles.standing import age_of
        from guide.sheets.papers import make_paper

        services = self.services(ids)
        with suppress(ThisComputerError):
            services = self.own.words.with_notes(services)
        missing = sorted(set(ids) - {service.id for service in services})
        with self._catalog() as catalog:
            edition, categories = catalog.edition(), tuple(catalog.categories())
            editions = catalog.editions_of(service.id for service in services)
        options = replace(self.paper.untitled(options), staff=audience is Audience.STAFF)
        now, age = age_of(self.settings, self.clock, [service.id for service in services])
        paper = make_paper(
            services, options, edition, now.date(), categories, self.settings.data, age=age, editions=editions,
            here=self.checks.here(ids),
        )  # fmt: skip
        return replace(paper, left_out=(*paper.left_out, *((one, "gone") for one in missing)))

    def page_picture(self, pdf: bytes, page: int, width: int) -> PagePicture:
        """Return page ``page`` (from 0) of ``pdf`` as a picture ``width`` pixels wide."""
        from guide.sheets.preview import page_picture

        return page_picture(pdf, page, width)

    @property
    def press(self) -> Press:
        """Return the door to this PC's printers."""
        from guide.sheets.printer import Press

        return Press(allowed=self.settings.may("print"))

    def qr_rows(self, text: str) -> tuple[tuple[bool, ...], ...]:
        """Return the dark and light modules of a QR code for ``text``, without its quiet zone."""
        from guide.sheets.qr import qr_rows

        return qr_rows(text)

    # --- this house -----------------------------------------------------------------------------
    @property
    def staff(self) -> StaffDoor:
        """Return the door to the staff lock: passphrase, recovery code."""
        from guide.staff import StaffDoor

        return StaffDoor(self._store)

    @property
    def programs(self) -> Programs:
        """Return the door to newer versions of this program itself, which staff put in."""
        from guide.bundles.programs.door import Programs
        from guide.history import remember_program

        return Programs(
            lambda: self.settings, self.clock, self.sources.drives, self.safekeeping.before_update,
            lambda done, by: remember_program(self._store, done, by),
        )  # fmt: skip

    def change_settings(self, **changes: Any) -> Settings:
        """Keep changed settings and return them; what a policy fixes stays. Raises NoAccessError, ForbiddenError."""
        self.settings.must("settings")
        ours = {name: value for name, value in changes.items() if name not in self.settings.fixed}
        changed = replace(self.settings, **ours)
        try:
            house.save(changed)
        except OSError as error:
            raise NoAccessError(path=str(changed.file)) from error
        self.settings = changed
        return changed

    def close(self) -> None:
        """Let go of every file."""
        if "_door" in self.__dict__:
            self._door.close()

    # --- inside ---------------------------------------------------------------------------------
    @cached_property
    def _door(self) -> Door:
        from guide.search.door import Door

        return Door(self.settings.data / house.OWN_WORDS, self._joined)
