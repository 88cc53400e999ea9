"""What a ``.guide-program`` file says, signed by the program's own publisher: a version, and an installer a system.

TUF judges it as it judges a bundle (``trust``), with another root: who may sign numbers may not sign programs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tuf.api.metadata import TargetFile, Targets

from guide.bundles.archive import Archive
from guide.bundles.trust import PAUSED, before_its_end, refreshed, signers_of, text_of
from guide.errors import DamagedError, OutOfDateError
from guide.versions import numbers

SYSTEMS = {".exe": "windows", ".deb": "linux"}
LARGEST = 1 << 30  # bytes of one installer
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:exe|deb)")
# Another hint than a bundle's, so that neither kind of file can be taken for the other by its name.
MEMBERS = re.compile(
    r"program\.json|metadata/(timestamp|\d{1,10}\.(root|snapshot|targets))\.json"
    r"|targets/[0-9a-f]{64}\.[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
)
_MOST = 16  # installers in one file


@dataclass(frozen=True)
class Installer:
    """One installer: its file's name, the system and machine it is for, and what its bytes are."""

    name: str
    system: str
    machine: str
    length: int
    sha256: str

    @property
    def member(self) -> str:
        """Return its name in the archive."""
        return f"targets/{self.sha256}.{self.name}"


@dataclass(frozen=True)
class SignedProgram:
    """A version of this program as its publisher signed it. ``expired`` says that its own date has passed."""

    version: str
    publisher_name: str
    published_at: datetime
    expires: datetime
    expired: bool
    signed: int
    keys: int
    threshold: int
    keyids: tuple[str, ...]
    installers: tuple[Installer, ...]


def judge_program(archive: Archive, root: bytes, state: Path, stage: Path, now: datetime) -> SignedProgram:
    """Return what ``archive`` holds when its signatures lead back to ``root``; leave the new state in ``stage``.

    ``state`` is the folder of what was trusted so far (never written); ``now`` the effective time.

    Raises:
        NotGenuineError, NotNewerError, DamagedError: with ``reason``.
    """
    expired = False
    try:
        updater = refreshed(archive, root, state, stage, now)
    except OutOfDateError:
        expired = True  # genuine in every other way? Then it is told so, and refused all the same
        updater = refreshed(archive, root, state, stage, PAUSED)
    trusted = updater._trusted_set
    role = trusted.root.roles[Targets.type]
    try:
        found = [_installer(name, target) for name, target in sorted(trusted.targets.targets.items())]
        if not 0 < len(found) <= _MOST:
            raise ValueError("no installers, or too many")
        customs = [target.unrecognized_fields["custom"] for target in trusted.targets.targets.values()]
        told = {(text_of(c["version"]), text_of(c["publisher_name"]), text_of(c["published_at"])) for c in customs}
        ((version, publisher, published),) = told  # one release says one thing
        numbers(version)
        return SignedProgram(
            version=version,
            publisher_name=publisher,
            published_at=before_its_end(datetime.fromisoformat(published).astimezone(UTC), trusted.targets.expires),
            expires=min(one.expires for one in (trusted.root, trusted.timestamp, trusted.snapshot, trusted.targets)),
            expired=expired,
            signed=signers_of(trusted.root, (stage / "targets.json").read_bytes()),
            keys=len(role.keyids),
            threshold=role.threshold,
            keyids=tuple(sorted(role.keyids)),
            installers=tuple(found),
        )
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise DamagedError(reason="its description cannot be read", file=archive.path.name) from error


def _installer(name: str, target: TargetFile) -> Installer:
    """Return one installer. Raises KeyError, TypeError, ValueError for what no publisher signs."""
    custom: Any = target.unrecognized_fields["custom"]
    system, machine = text_of(custom["system"]), text_of(custom["machine"])
    if not NAME.fullmatch(name) or SYSTEMS[Path(name).suffix] != system:
        raise ValueError("not an installer's name")
    if not 0 < target.length <= LARGEST:
        raise ValueError("larger than any installer")
    return Installer(name, system, machine, target.length, target.hashes["sha256"])
