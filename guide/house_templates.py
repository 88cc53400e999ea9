"""The templates a house keeps for its sheets: each a name, a title, a line at the foot and a logo, one file each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.errors import NoAccessError, NotFoundError, UsageError
from guide.records import HouseTemplate
from guide.records.saved import MOST_TEMPLATES, TooManyTemplatesError
from guide.settings import Settings

FOLDER = "templates"
LONGEST_NAME, LONGEST_TITLE, LONGEST_FOOTER = 60, 120, 160
_LARGEST = 8 << 20  # bytes of a file; more is not even read


class HouseTemplates:
    """Every method reads the folder anew; a file that is none of ours is passed over."""

    def __init__(self, settings: Settings) -> None:
        """Take this house's settings."""
        self._settings, self._folder = settings, settings.data / FOLDER

    def all(self) -> tuple[HouseTemplate, ...]:
        """Return every template by name; the standing one of the settings is none of them."""
        found = {template.name.casefold(): template for _path, template in _read(self._folder) if template is not None}
        return tuple(found[name] for name in sorted(found))

    def find(self, name: str) -> HouseTemplate | None:
        """Return the template ``name``, None where there is none (any more)."""
        wanted = _one_line(name).casefold()
        return next((one for one in self.all() if one.name.casefold() == wanted), None) if wanted else None

    def named(self, name: str) -> HouseTemplate:
        """Return the template ``name``. Raises NotFoundError."""
        found = self.find(name)
        if found is None:
            raise NotFoundError("There is no template of that name.", template=name)
        return found

    def keep(self, template: HouseTemplate, before: str = "") -> HouseTemplate:
        """Keep a template, its logo cleaned, in the place of the one called ``before`` and of one of its name.

        Raises UsageError (no name or too long), TooManyTemplatesError, LogoError, NoAccessError, ForbiddenError.
        """
        self._settings.must("settings")
        made = sound(template)
        others = {one.name.casefold() for one in self.all()} - {made.name.casefold(), _one_line(before).casefold()}
        if len(others) >= MOST_TEMPLATES:
            raise TooManyTemplatesError(f"A house keeps at most {MOST_TEMPLATES} templates.", most=MOST_TEMPLATES)
        file = file_of(self._folder, made.name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write(file, made)
            if before and (old := file_of(self._folder, before)) != file:
                old.unlink(missing_ok=True)
        except OSError as error:
            raise NoAccessError(path=str(file)) from error
        return made

    def remove(self, name: str) -> None:
        """Drop a template. Raises NotFoundError, NoAccessError, ForbiddenError."""
        self._settings.must("settings")
        file = file_of(self._folder, self.named(name).name)
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise NoAccessError(path=str(file)) from error


def make_anew(data: Path) -> None:
    """Make the templates below ``data``, of which nothing is believed, anew: what is none goes. Raises OSError."""
    for path, template in list(_read(data / FOLDER)):
        path.unlink()
        for one in (template, template and replace(template, logo=b"")):  # one without a logo is whole
            with suppress(UsageError):
                if one is not None:
                    write(file_of(data / FOLDER, one.name), sound(one))
                    break


def _read(folder: Path) -> Iterator[tuple[Path, HouseTemplate | None]]:
    """Return every template file, with what it holds as far as it is one."""
    try:
        paths = sorted(folder.glob("*.json"))
    except OSError:
        return
    for path in paths:
        yield path, _template(path)


def _template(path: Path) -> HouseTemplate | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        said = json.loads(path.read_text("utf-8"))
        texts = [said[key] for key in ("name", "title", "footer", "logo")]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(isinstance(text, str) for text in texts) or not _one_line(texts[0]):
        return None
    name, title, footer, logo = texts
    return HouseTemplate(name, title, footer, logo.encode("utf-8", "ignore"))


def sound(template: HouseTemplate) -> HouseTemplate:
    """Return ``template`` with its texts on one line each and a harmless logo. Raises UsageError, LogoError."""
    from guide.sheets.logo import clean_logo

    name = _one_line(template.name)
    if not name or len(name) > LONGEST_NAME:
        raise UsageError(f"A template's name has 1 to {LONGEST_NAME} characters.", longest=LONGEST_NAME)
    title, footer = _one_line(template.title)[:LONGEST_TITLE], _one_line(template.footer)[:LONGEST_FOOTER]
    return HouseTemplate(name, title, footer, clean_logo(template.logo) if template.logo else b"")


def _one_line(text: str) -> str:
    from guide.sheets.clean import clean

    return " ".join(clean(text).split())


def file_of(folder: Path, name: str) -> Path:
    """Return where the template ``name`` lies: any script makes a name that every file system can hold."""
    from hashlib import sha256  # OpenSSL: not at rest

    return folder / f"{sha256(_one_line(name).casefold().encode()).hexdigest()[:16]}.json"


def write(file: Path, template: HouseTemplate) -> None:
    """Write a template whole or not at all. Raises OSError."""
    said: dict[str, Any] = {"name": template.name, "title": template.title, "footer": template.footer}
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(said | {"logo": template.logo.decode()}, ensure_ascii=False, indent=1), "utf-8")
    fresh.replace(file)
