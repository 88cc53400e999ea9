"""Where this guide keeps its things and how this house set it up; a bad file gives safe defaults.

``Settings`` is read once at start and handed on; only ``save`` writes it. It holds nothing about
visitors (SAFETY N1).
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.errors import ForbiddenError
from guide.records.frozen import dataclass
from guide.text import SHIPPED

if TYPE_CHECKING:
    from guide.policy import Fault

PROGRAM = Path(__file__).resolve().parent.parent
STARTER_CATALOG = PROGRAM / "resources.db"
STARTER_TRUST = Path(__file__).resolve().parent / "starter" / "trust"
STARTER_PROGRAM = STARTER_TRUST.parent / "program"  # the root of whoever signs this program itself
OWN_WORDS = "everyday.txt"  # in the data folder: what people say here, beside the shipped sets
_FOLDER = "resource-guide"
_COMMON_APPDATA = 0x23


def portable_folder() -> Path | None:
    """Return the folder of a program that was put together to be carried, data beside it: a file ``portable`` says so."""
    if PROGRAM.name in ("lib", "_internal") and (PROGRAM.parent / "portable").is_file():
        return PROGRAM.parent
    return None


def default_data_folder() -> Path:
    """Return the folder for the guide's data: beside a program that is carried, else the user's own."""
    carried = portable_folder()
    return local_folder() if carried is None else carried / "data"


def local_folder() -> Path:
    """Return the user's own folder on this PC (never roaming, never a share)."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / _FOLDER


def policy_file() -> Path:
    """Return where an administrator's policy lies; no variable of a visitor's session can name another place."""
    if sys.platform == "win32":
        import ctypes

        found = ctypes.create_unicode_buffer(260)
        ctypes.windll.shell32.SHGetFolderPathW(None, _COMMON_APPDATA, None, 0, found)
        return Path(found.value or "C:\\ProgramData") / "ResourceGuide" / "policy.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/ResourceGuide/policy.toml")
    return Path("/etc/resource-guide/policy.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """How this house set the guide up. Sizes in percent, times in hours, minutes or seconds as named.

    Where updates come from: ``notice_drives`` looks for them on drives that are put in; ``drop_folder`` is a shared
    folder whose updates are offered, or with ``drop_folder_takes`` taken without asking; ``mirror`` an https address, or
    several with blanks between, asked by a button and, with ``mirror_hours`` above 0, when staff come in and that time
    has passed. ``mirror_proxy``
    is "" for the system's, "none" or an address; ``mirror_certificates`` a file of certificates to trust besides.
    """

    data: Path
    catalog: Path = STARTER_CATALOG
    trust: Path = STARTER_TRUST
    program_trust: Path = STARTER_PROGRAM
    language: str = "en"
    text_percent: int = 100
    theme: str = "system"
    product_name: str = "Resource Guide"
    product_icon: str = "leaf"
    shelter_name: str = ""
    idle_minutes: int = 3
    clipboard_seconds: int = 60
    discreet_names: bool = False
    count_sheets: bool = False  # by month and need, never by person or entry (SAFETY N6)
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
    welcomed: bool = False  # staff have seen the first steps, or put them off
    # What the administrator's policy says; never kept in the house's own file.
    kiosk: bool = False
    forbidden: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()

    def may(self, function: str) -> bool:
        """Say whether this PC has a function (guide/policy.py), or its administrator forbade it."""
        return function not in self.forbidden

    def must(self, function: str) -> None:
        """Return quietly where this PC has ``function``. Raises ForbiddenError where its administrator forbade it."""
        if function in self.forbidden:
            raise ForbiddenError(function=function)

    @property
    def trusted(self) -> Path:
        """Return where editions, and what was learned of keys, lie: on this PC, even where all else is on a stick.

        A stick's FAT holds no links, and an older copy of a stick would bring back what had been unlearned since.
        """
        carried = portable_folder()
        return local_folder() if carried is not None and self.data == carried / "data" else self.data

    @property
    def mirrors(self) -> tuple[str, ...]:
        """Return the addresses of update servers: one holds one publisher's updates."""
        return tuple(self.mirror.split())

    @property
    def file(self) -> Path:
        """Return the file these settings are kept in."""
        return self.data / "settings.json"


_NOT_KEPT = {"data", "catalog", "trust", "program_trust", "kiosk", "forbidden", "fixed", "faults"}
_KEPT = tuple(f.name for f in fields(Settings) if f.name not in _NOT_KEPT)
_DEFAULTS: dict[str, Any] = {f.name: f.default for f in fields(Settings) if f.name in _KEPT}
CHOICES: dict[str, tuple[str, ...]] = {
    "language": SHIPPED,
    "paper": ("letter", "a4"),
    "product_icon": ("leaf", "house", "globe", "file-text", "info", "clock"),
    "sheet_overdue": ("stamp", "leave out"),
    "theme": ("system", "light", "dark", "contrast"),
}
RANGES = {
    "text_percent": (100, 200),
    "idle_minutes": (1, 15),
    "clipboard_seconds": (10, 600),
    "mirror_hours": (0, 720),
}


def load(data: Path | None = None, policy: Path | None = None) -> Settings:
    """Return the settings kept in ``data``, a value that is missing or wrong being the default, under the policy of this
    PC: that of ``policy``, else the administrator's.
    """
    settings = Settings(data=data or default_data_folder())
    settings = replace(settings, **_kept(settings.file))
    file = policy or policy_file()
    return _under(settings, file) if file.exists() else settings


def save(settings: Settings) -> None:
    """Keep ``settings``, whole or not at all; where a policy stands, what the house itself had said there stays.

    Raises OSError when the folder cannot be written.
    """
    import json

    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = _kept(settings.file) if settings.fixed else {}
    ours = {k: v for k, v in asdict(settings).items() if k in _KEPT and k not in settings.fixed}
    text = json.dumps({k: (before | ours)[k] for k in _KEPT if k in before or k in ours}, indent=1)
    fresh = settings.file.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())  # else a power cut may leave an empty file, and with it this house's choices lost
    fresh.replace(settings.file)
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(settings.data, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def in_kiosk(settings: Settings) -> Settings:
    """Return ``settings`` for a PC that shows nothing but the guide: no calling program opens beside it (SAFETY I3)."""
    return replace(settings, kiosk=True, forbidden=settings.forbidden | {"call"})


def why_not(name: str, value: Any) -> str:
    """Return why ``value`` cannot stand for a setting: "" where it can, "unknown" where there is no such setting."""
    if name not in _DEFAULTS:
        return "unknown"
    if type(value) is not type(_DEFAULTS[name]):
        from guide.policy import kind_of

        return kind_of(_DEFAULTS[name])
    if name in CHOICES and value not in CHOICES[name]:
        return f"it has to be one of: {', '.join(CHOICES[name])}"
    if name in RANGES and not RANGES[name][0] <= value <= RANGES[name][1]:
        return f"it has to be from {RANGES[name][0]} to {RANGES[name][1]}"
    return ""


def _kept(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError):
        return {}
    import json

    try:
        kept = json.loads(text)
    except ValueError:
        return {}
    known = kept.items() if isinstance(kept, dict) else ()
    return {name: value for name, value in known if name in _DEFAULTS and not why_not(name, value)}


def _under(settings: Settings, file: Path) -> Settings:
    from guide.policy import read_policy

    policy = read_policy(file, why_not)
    fixed: dict[str, Any] = {"welcomed": True} if policy.skip_welcome else {}
    if policy.publisher_root:
        fixed["trust"] = Path(policy.publisher_root)
    ruled = replace(
        settings, **{**policy.values, **fixed}, forbidden=policy.forbidden, fixed=frozenset(policy.values),
        faults=policy.faults,
    )  # fmt: skip
    return in_kiosk(ruled) if policy.kiosk else ruled
