"""All a face of the guide can ask of newer versions of this program itself. Staff alone ask."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guide import __version__
from guide.clock import Clock
from guide.records import Drive, ProgramOffer, ProgramStarted, Progress, Step, silent
from guide.settings import Settings
from guide.versions import numbers

if TYPE_CHECKING:
    from guide.bundles.programs.signed import Installer, SignedProgram

ENDING = ".guide-program"
READY = "ready"  # the one folder an installer is started from


@dataclass
class Programs:
    """Offers, and puts in, what the program's own publisher signed; ``before`` is done when all of it was found good.

    ``told`` writes the line of the history, with the role or way it came by.
    """

    settings: Callable[[], Settings]
    clock: Clock
    drives: Callable[[], tuple[Drive, ...]]
    before: Callable[[], object] = lambda: None
    told: Callable[[ProgramStarted, str], object] = lambda _done, _by: None
    here: str = __version__

    def on_drives(self) -> tuple[ProgramOffer, ...]:
        """Return the versions on all drives by their metadata alone, the newest first; none where it is forbidden."""
        from guide.bundles.sources.look import bundles_in

        settings = self.settings()
        if not settings.notice_drives or not settings.may("program"):
            return ()
        self.tidy()
        found = [(one, drive.name) for drive in self.drives() for one in bundles_in(Path(drive.path), ENDING)]
        if not found:
            return ()  # as every morning: TUF is not loaded for nothing (100 ms)
        from guide.bundles.programs.offers import glance

        return glance(settings, found, self.clock, self.here)

    def verify(self, path: Path) -> ProgramOffer:
        """Say who signed the version in the file at ``path``, and what it is to this computer; change nothing.

        Raises:
            NotGenuineError, NotNewerError, DamagedError, NoProgramPublisherError, StickGoneError.
        """
        from guide.bundles.programs.offers import look

        return look(self.settings(), path, self.clock, self.here)

    def install(
        self, path: Path, progress: Progress = silent, *, quiet: bool = False, by: str = "staff"
    ) -> ProgramStarted:
        """Verify, copy into our own folder, verify the copy and hand it over: the setup runs when this returns.

        ``quiet`` lets a setup ask nothing, and opens no window of the system's installer.

        Raises:
            NotNewerError, ProgramOutOfDateError, NoInstallerError: it is not for this computer now.
            ProgramChangedError, NotStartedError, ForbiddenError, BusyError, DiskFullError and all that ``verify`` raises.
        """
        from guide.bundles.disk import alone, writing
        from guide.bundles.programs import here as computer
        from guide.bundles.programs import starting
        from guide.bundles.programs.memory import folder_of

        settings = self.settings()
        settings.must("program")
        folder, way = folder_of(settings), computer.way_here()
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with writing(folder), alone(folder / "lock"):
            program, installer, copy = self._copied(settings, path, folder, way, progress)
            self.before()
            progress(Step("activate"))
            opened, command = starting.start(copy, installer, way, silent=quiet)
        done = ProgramStarted(program.version, way, str(copy), opened, command)
        self.told(done, by)
        return done

    def tidy(self) -> None:
        """Take away an installer whose version is here by now."""
        from guide.bundles.programs.memory import folder_of

        folder = folder_of(self.settings())
        with suppress(OSError, ValueError, KeyError, TypeError):
            version = json.loads((folder / "ready.json").read_text("utf-8"))["version"]
            if numbers(version) <= numbers(self.here):
                shutil.rmtree(folder / READY, ignore_errors=True)
                (folder / "ready.json").unlink()

    def _copied(
        self, settings: Settings, path: Path, folder: Path, way: str, progress: Progress
    ) -> tuple[SignedProgram, Installer, Path]:
        """Return the version, its installer for this computer, and our verified copy; what was learned is kept."""
        from guide.bundles.archive import Archive
        from guide.bundles.disk import write_whole
        from guide.bundles.programs import offers
        from guide.bundles.programs.copying import copy_out
        from guide.bundles.programs.here import fitting
        from guide.bundles.programs.memory import Memory, recall, remember, state_of
        from guide.bundles.programs.signed import MEMBERS, judge_program
        from guide.errors import NotNewerError
        from guide.records.program import NoInstallerError, ProgramOutOfDateError

        root, memory, stage = offers.root_of(settings), recall(folder), folder / "stage"
        try:
            with Archive(path, MEMBERS) as archive:
                progress(Step("verify"))
                now = offers.now_for(settings, memory, self.clock)
                program = judge_program(archive, root, state_of(folder, memory), stage, now)
                verdict, installer = offers.verdict_of(program, memory, self.here), fitting(program)
                if verdict in ("same", "older"):
                    raise NotNewerError(reason=verdict, offered=program.version, here=self.here)
                if verdict == "expired":
                    raise ProgramOutOfDateError(version=program.version, expires=program.expires.date().isoformat())
                if installer is None or way not in ("setup", "setup-for-all", "package"):
                    raise NoInstallerError(way=way, version=program.version)
                copy = copy_out(archive, installer, folder / READY, progress)
                write_whole(folder / "ready.json", json.dumps({"version": program.version}))
            floor = max(memory.newest_signed(), program.published_at).isoformat()
            remember(folder, stage, replace(Memory(), highest=program.version, floor=floor, keyids=program.keyids))
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        return program, installer, copy
