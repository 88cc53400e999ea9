"""Installers of one version of the program into one signed ``.guide-program`` file: the program's own publisher's side."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tuf.api.metadata import TargetFile, Targets

from guide.clock import Clock
from guide.errors import KeyFileError, UsageError
from guide.publish.bundle_file import Members, write_bundle
from guide.publish.keys import Ask
from guide.publish.read_back import read_back
from guide.publish.repository import Repository
from guide.publish.signing import Signed, sign_roles
from guide.records import Progress, Step, silent
from guide.versions import numbers

ENDING = ".guide-program"
HEAD = b'{"format":"guide-program","format_version":1}\n'
EXPIRES_DAYS = 730
_LARGEST = 1 << 30  # bytes; no guide takes a larger one
# The names that make windows and make package give them; the version in the name is the one that is signed.
_KINDS = {
    "windows": re.compile(r"[A-Za-z0-9][A-Za-z0-9.]{0,40}-([0-9.]{1,23})-setup\.exe"),
    "linux": re.compile(r"[a-z0-9][a-z0-9.-]{0,40}_([0-9.]{1,23})_amd64\.deb"),
}
_CATALOG = "catalog.db.zst"


@dataclass(frozen=True)
class ProgramRelease:
    """What was signed: the file, the version, its dates, and the installers by system."""

    path: str
    size: int
    version: str
    published_at: datetime
    expires: datetime
    installers: tuple[tuple[str, str], ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Installer:
    path: Path
    system: str
    version: str
    target: TargetFile


def publish_program(
    installers: Sequence[Path],
    keys: Path,
    out: Path,
    ask: Ask,
    clock: Clock,
    *,
    expires_days: int = EXPIRES_DAYS,
    apart: bool = False,
    sticks: Sequence[Path] = (),
    progress: Progress = silent,
) -> ProgramRelease:
    """Sign ``installers``, one a system, with the keys in ``keys`` into the file ``out``.

    ``apart`` leaves them out of it and copies them beside: the same stick then also sets up a computer that has no
    guide yet. The version stands in their names, and has to be higher than the last one signed, or the same.

    Raises:
        UsageError: names, versions or ending are wrong, or these keys sign catalogs.
        KeyFileError: not enough keys could be opened.
    """
    if not out.name.endswith(ENDING):
        raise UsageError(f"The file's name has to end with {ENDING}.", file=out.name)
    if expires_days < 1:
        raise UsageError("A release has to be good for a day at least.", expires=expires_days)
    repository = Repository(keys, sticks)
    now = clock().astimezone(UTC).replace(microsecond=0)
    expires = now + timedelta(days=expires_days)
    progress(Step("read"))
    found = [_installer(path, repository.publisher_name(), now) for path in installers]
    version = _one_version(found)
    _must_follow(repository, version, now)
    listed = {one.path.name: one.target for one in found}
    progress(Step("sign"))
    signed = sign_roles(repository, listed, expires, repository.signers(Targets.type, ask))
    members: dict[str, bytes | Path] = {"program.json": HEAD}
    members.update({f"metadata/{n}.root.json": root for n, root in enumerate(repository.roots(), 1)})
    members.update(signed.members())
    files = {f"targets/{one.target.hashes['sha256']}.{one.path.name}": one.path for one in found}
    whole: Members = members | files
    progress(Step("reread"))
    read_back(whole, now)
    progress(Step("write"))
    beside = _lay_beside(found, out.parent) if apart else ()
    write_bundle(out, members if apart else whole, lambda: _remember(repository, signed))
    return ProgramRelease(
        path=str(out),
        size=out.stat().st_size,
        version=version,
        published_at=now,
        expires=expires,
        installers=tuple((one.system, one.path.name) for one in found),
        beside=beside,
    )


def _installer(path: Path, publisher: str, now: datetime) -> _Installer:
    """Return what an installer is: by its name for which system and version, by its bytes which one exactly."""
    system, named = next(
        ((kind, found) for kind, one in _KINDS.items() if (found := one.fullmatch(path.name))), ("", None)
    )
    if named is None:
        raise UsageError("An installer is called ResourceGuide-1.2.0-setup.exe or resource-guide_1.2.0_amd64.deb.",
                         file=path.name)  # fmt: skip
    try:
        numbers(named[1])
        with path.open("rb") as file:
            begins = file.read(8)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except ValueError as error:
        raise UsageError("A version is numbers and dots, such as 1.2.0.", file=path.name) from error
    except OSError as error:
        raise UsageError("This installer cannot be read.", file=str(path)) from error
    if not begins.startswith({"windows": b"MZ", "linux": b"!<arch>\n"}[system]):
        raise UsageError("This file is not the installer its name says it is.", file=path.name)
    length = path.stat().st_size
    if length > _LARGEST:
        raise UsageError("This installer is larger than any guide takes (1 GB).", file=path.name)
    custom = {
        "version": named[1],
        "system": system,
        "machine": "amd64",
        "publisher_name": publisher,
        "published_at": now.isoformat(),
    }
    return _Installer(path, system, named[1], TargetFile(length, {"sha256": digest}, path.name, {"custom": custom}))


def _one_version(found: Sequence[_Installer]) -> str:
    if not found:
        raise UsageError("There is no installer to sign.")
    if len({one.version for one in found}) > 1:
        raise UsageError("The installers are of different versions.", versions=sorted({one.version for one in found}))
    if len({one.system for one in found}) < len(found):
        raise UsageError("There are two installers for one system.")
    return found[0].version


def _must_follow(repository: Repository, version: str, now: datetime) -> None:
    """Refuse keys that sign catalogs, an older version than the last one, and a clock that was set back."""
    data = repository.role("targets")
    if data is None:
        return
    try:
        listed: dict[str, Any] = json.loads(data)["signed"]["targets"]
        if _CATALOG in listed:
            raise UsageError("These keys sign catalogs. Make others for the program: guide keys new.")
        custom = next(iter(listed.values()))["custom"]
        if numbers(version) < numbers(custom["version"]):
            raise UsageError("A newer version was signed already.", version=version, last=custom["version"])
        if now < datetime.fromisoformat(custom["published_at"]):
            raise UsageError("This computer's date is before the last release.", last=custom["published_at"])
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise KeyFileError(name="repository/targets.json", reason="damaged") from error


def _lay_beside(found: Sequence[_Installer], folder: Path) -> tuple[str, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    for one in found:
        if one.path.absolute().parent != folder.absolute():
            shutil.copyfile(one.path, folder / one.path.name)
    return tuple(one.path.name for one in found)


def _remember(repository: Repository, signed: Signed) -> None:
    signed.keep(repository)
