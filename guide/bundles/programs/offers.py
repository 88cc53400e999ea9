"""What a file with a version of this program is to this computer: judged, and not one byte of it run."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from guide import __version__
from guide.bundles.archive import Archive
from guide.bundles.disk import writing
from guide.bundles.editions import Editions
from guide.bundles.programs import here as computer
from guide.bundles.programs.copying import check_through
from guide.bundles.programs.memory import Memory, folder_of, recall, state_of
from guide.bundles.programs.signed import MEMBERS, SignedProgram, judge_program
from guide.bundles.sources.look import Candidate, shown
from guide.clock import Clock
from guide.errors import GuideError, NotNewerError
from guide.records import ProgramOffer
from guide.records.program import NoProgramPublisherError
from guide.settings import Settings
from guide.versions import numbers

_ORDER = ("newer", "expired", "no-installer", "same", "older", "refused")


def root_of(settings: Settings) -> bytes:
    """Return the root this program's own publisher is known by. Raises NoProgramPublisherError."""
    with suppress(OSError):
        return (settings.program_trust / "root.json").read_bytes()
    raise NoProgramPublisherError(trust=str(settings.program_trust))


def now_for(settings: Settings, memory: Memory, clock: Clock) -> datetime:
    """Return the time to judge by: no date ever signed for this computer lies after it."""
    catalogs = Editions(settings).pointer().newest_signed()
    return max(clock().astimezone(UTC), catalogs, memory.newest_signed())


def look(settings: Settings, path: Path, clock: Clock, here: str = __version__) -> ProgramOffer:
    """Return what the file at ``path`` is; what would be put in is read to its last byte. Changes nothing.

    Raises:
        NotGenuineError, NotNewerError, DamagedError, NoProgramPublisherError, StickGoneError.
    """
    return _judged(settings, path, "", clock, here, whole=True)


def glance(
    settings: Settings, candidates: Sequence[tuple[Candidate, str]], clock: Clock, here: str = __version__
) -> tuple[ProgramOffer, ...]:
    """Return what the ``candidates``, each with its drive's name, are by their metadata alone, the newest first."""
    found = []
    for one, place in candidates:
        try:
            found.append(_judged(settings, one.path, shown(place), clock, here, whole=False))
        except NoProgramPublisherError:
            return ()
        except NotNewerError:
            found.append(ProgramOffer(str(one.path), shown(one.path.name), shown(place), "older", here=here))
        except GuideError as error:
            found.append(
                ProgramOffer(str(one.path), shown(one.path.name), shown(place), "refused", here=here, reason=error.code)
            )
    newest = sorted(found, key=lambda o: numbers(o.version or "0"), reverse=True)
    return tuple(sorted(newest, key=lambda o: _ORDER.index(o.verdict)))


def verdict_of(program: SignedProgram, memory: Memory, here: str) -> str:
    """Return newer, same, older, expired or no-installer. ``highest`` is our own memory beside TUF's."""
    version = numbers(program.version)
    if version == numbers(here):
        return "same"
    rotated = bool(memory.keyids) and memory.keyids != program.keyids
    if version < numbers(here) or (memory.highest and not rotated and version < numbers(memory.highest)):
        return "older"
    if program.expired:
        return "expired"
    return "newer" if computer.fitting(program) is not None else "no-installer"


def _judged(settings: Settings, path: Path, place: str, clock: Clock, here: str, *, whole: bool) -> ProgramOffer:
    from guide.bundles.fingerprint import fingerprint

    root, folder, temporary = root_of(settings), folder_of(settings), Path(tempfile.gettempdir())
    memory = recall(folder)
    with writing(temporary), tempfile.TemporaryDirectory() as scratch, Archive(path, MEMBERS) as archive:
        now = now_for(settings, memory, clock)
        program = judge_program(archive, root, state_of(folder, memory), Path(scratch) / "tuf", now)
        verdict, installer = verdict_of(program, memory, here), computer.fitting(program)
        if whole and verdict == "newer" and installer is not None:
            check_through(archive, installer)
    return ProgramOffer(
        path=str(path),
        name=shown(path.name),
        place=place,
        verdict=verdict,
        version=program.version,
        here=here,
        publisher_name=program.publisher_name,
        fingerprint=fingerprint(root) if whole else (),
        signed=program.signed,
        keys=program.keys,
        threshold=program.threshold,
        published_at=program.published_at,
        expires=program.expires,
        installer=installer.name if installer else "",
        size=installer.length if installer else 0,
        way=computer.way_here(),
    )
