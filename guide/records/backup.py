"""What a backup of a house is and holds, for whoever decides to put it back."""

from __future__ import annotations

from datetime import datetime

from guide.errors import DamagedError
from guide.records.frozen import dataclass


class BackupDamagedError(DamagedError):
    """This file is damaged, or is not a backup of a guide."""

    code = "backup-damaged"


class BackupNewerError(DamagedError):
    """This backup was made by a newer version of the guide."""

    code = "backup-newer"


@dataclass(frozen=True, slots=True)
class Backup:
    """One file with everything the shelter wrote. ``why``: asked (by staff), update, upgrade or restore.

    ``confidential``: entries marked confidential are in it too. ``saved_sheets`` are their names; ``parts`` what lies
    beside shelter.db by name ("settings.json", "fonts/Own.ttf"). ``kept`` is the automatic backup a restore made first.
    """

    path: str
    size: int
    made_at: datetime
    why: str
    program: str
    shelter_name: str
    confidential: bool
    saved_sheets: tuple[str, ...]
    parts: tuple[str, ...]
    has_passphrase: bool
    kept: str = ""
