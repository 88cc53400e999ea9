"""Where this guide keeps its things and how this house set it up; a bad file gives safe defaults.

``Settings`` is read once at start and handed on; only ``save`` writes it. It holds nothing about
visitors (SAFETY N1).
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from guide.records.frozen import dataclass

PROGRAM = Path(__file__).resolve().parent.parent
STARTER_CATALOG = PROGRAM / "resources.db"
STARTER_TRUST = Path(__file__).resolve().parent / "starter" / "trust"
OWN_WORDS = "everyday.txt"  # in the data folder: what people say here, beside the shipped sets
_FOLDER = "resource-guide"


def default_data_folder() -> Path:
    """Return the user's own folder for the guide's data (never roaming, never a share)."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / _FOLDER


@dataclass(frozen=True, slots=True)
class Settings:
    """How this house set the guide up. Sizes in percent, times in hours, minutes or seconds as named.

    Where updates come from: ``notice_drives`` looks for them on drives that are put in; ``drop_folder`` is a shared
    folder whose updates are offered, or with ``drop_folder_takes`` taken without asking; ``mirror`` an https address,
    asked by a button and, with ``mirror_hours`` above 0, when staff come in and that time has passed. ``mirror_proxy``
    is "" for the system's, "none" or an address; ``mirror_certificates`` a file of certificates to trust besides.
    """

    data: Path
    catalog: Path = STARTER_CATALOG
    trust: Path = STARTER_TRUST
    language: str = "en"
    text_percent: int = 100
    theme: str = "system"
    product_name: str = "Resource Guide"
    shelter_name: str = ""
    idle_minutes: int = 3
    clipboard_seconds: int = 60
    discreet_names: bool = False
    paper: str = "letter"
    printer: str = ""
    sheet_title: str = ""
    sheet_footer: str = ""
    sheet_overdue: str = "stamp"
    visitors_open_saved: bool = False
    timezone: str = ""
    near: str = ""  # this house's ZIP or town: what is near is measured from there
    notice_drives: bool = True
    drop_folder: str = ""
    drop_folder_takes: bool = False
    mirror: str = ""
    mirror_hours: int = 0
    mirror_proxy: str = ""
    mirror_certificates: str = ""

    @property
    def file(self) -> Path:
        """Return the file these settings are kept in."""
        return self.data / "settings.json"


_KEPT = tuple(f.name for f in fields(Settings) if f.name not in ("data", "catalog", "trust"))
_CHOICES = {
    "paper": ("letter", "a4"),
    "sheet_overdue": ("stamp", "leave out"),
    "theme": ("system", "light", "dark", "contrast"),
}
_RANGES = {
    "text_percent": (100, 200),
    "idle_minutes": (1, 15),
    "clipboard_seconds": (10, 600),
    "mirror_hours": (0, 720),
}


def load(data: Path | None = None) -> Settings:
    """Return the settings kept in ``data``; a value that is missing or wrong is the default."""
    settings = Settings(data=data or default_data_folder())
    try:
        text = settings.file.read_text("utf-8")
    except (OSError, ValueError):
        return settings
    import json

    try:
        kept = json.loads(text)
    except ValueError:
        return settings
    good = {name: kept[name] for name in _KEPT if _fits(name, kept.get(name) if isinstance(kept, dict) else None)}
    return replace(settings, **good)


def save(settings: Settings) -> None:
    """Keep ``settings``, whole or not at all. Raises OSError when the folder cannot be written."""
    import json

    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps({k: v for k, v in asdict(settings).items() if k in _KEPT}, indent=1)
    fresh = settings.file.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(settings.file)


def _fits(name: str, value: Any) -> bool:
    default = next(f.default for f in fields(Settings) if f.name == name)
    if type(value) is not type(default):
        return False
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name not in _RANGES:
        return True
    low, high = _RANGES[name]
    return isinstance(value, int) and low <= value <= high
