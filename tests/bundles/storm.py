"""Bad weather over an import: killed, out of power, disk full, forbidden. A command, for it forks and hooks the process.

Usage: ``python -m tests.bundles.storm SCENE [COUNT]``; the last line printed is JSON. SCENE is one of SCENES. Each
round takes edition 3 into a fresh copy of a guide that holds edition 2, lets the weather strike, and asks ``sound``.
"""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from guide.app import Guide
from guide.bundles import payload
from guide.bundles.importer import apply
from guide.errors import BusyError, GuideError, NotNewerError
from guide.records import Audience, Question, Step
from guide.settings import Settings
from guide.text import Language
from tests.bundles.power import Recorder
from tests.publisher import Publisher, at
from ui.messages import sentence

NOBODY = 65534


class World:
    """A guide with edition 2, bundles of 2, 3 and 4, and the only two catalogs that may ever be seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.publisher = Publisher(folder / "world")
        self.old, self.new = self.publisher.release(2), self.publisher.release(3, day=1)
        self.newer = self.publisher.release(4, day=2)
        guide = Guide(self.publisher.settings, at(1))
        guide.apply_update(self.old)
        self.before = guide.status().sha256
        self.pristine = folder / "pristine"
        shutil.copytree(self.publisher.settings.data, self.pristine)
        guide.apply_update(self.new)
        self.after = guide.status().sha256
        guide.close()
        self.rounds = 0
        folder.chmod(0o755)

    def fresh(self, name: str = "") -> Settings:
        """Return the settings of a fresh copy."""
        self.rounds += 1
        data = self.folder / (name or f"round{self.rounds}")
        shutil.copytree(self.pristine, data, dirs_exist_ok=bool(name))
        own = self.publisher.settings
        return Settings(data=data, catalog=own.catalog, trust=own.trust)

    def sound(self, settings: Settings, *, again: bool = True) -> str:
        """Return "old" or "new": which guide is here, whole. Anything else is an AssertionError."""
        guide = Guide(settings, at(1))
        found = guide.status()
        assert found.sha256 in (self.before, self.after), f"neither the old nor the new guide: {found}"
        assert guide.home(Audience.VISITOR).total == guide.search(Question()).total
        is_new = found.sha256 == self.after
        assert found.edition.number == (3 if is_new else 2)
        if again:
            try:
                guide.apply_update(self.new)
                assert not is_new, "the same edition was taken in twice"
            except NotNewerError:
                assert is_new, "the new edition is refused"
            try:
                apply(settings, self.old, at(1))
                raise AssertionError("an older edition came in")
            except NotNewerError:
                pass
            guide.apply_update(self.newer)
            left = [p.name for p in (settings.data / "editions").iterdir()]
            assert len(left) == 4, left  # two generations, the pointer, the lock
            assert guide.history()[0].edition == 4
        guide.close()
        return "new" if is_new else "old"


# --- kill -9 ----------------------------------------------------------------------------------------
def child(act: Callable[[], object]) -> int:
    """Run ``act`` in a forked process and return its id."""
    made = os.fork()
    if made == 0:
        code = 0
        try:
            act()
        except GuideError as error:
            sys.stderr.write(f"{type(error).__name__}: {' '.join(sentence(error, Language('en')))}\n")
            code = 8
        except BaseException:  # noqa: BLE001 - the parent has to see it as a failure
            traceback.print_exc()
            code = 1
        os._exit(code)
    return made


def take(settings: Settings, bundle: Path, **more: Any) -> None:
    """Take ``bundle`` in as the window does: index and history with it."""
    guide = Guide(settings, at(1))
    guide.apply_update(bundle, **more)
    guide.close()


def kills(world: World, count: int) -> dict[str, Any]:
    """Kill an import at ``count`` random moments."""
    settings = world.fresh()
    began = time.monotonic()
    os.waitpid(child(partial(take, settings, world.new)), 0)
    took = (time.monotonic() - began) * 0.6
    chance, seen = random.Random(7), {"old": 0, "new": 0}
    for _ in range(count):
        settings = world.fresh()
        one = child(partial(take, settings, world.new))
        time.sleep(chance.random() * took * 1.05)
        os.kill(one, signal.SIGKILL)
        os.waitpid(one, 0)
        seen[world.sound(settings)] += 1
        shutil.rmtree(settings.data)
    return {"kills": count, **seen}


def die(name: str, step: Step) -> None:
    """Kill this process at the step ``name``."""
    if step.name == name:
        os.kill(os.getpid(), signal.SIGKILL)


def steps(world: World, count: int) -> dict[str, Any]:
    """Kill an import at each step it announces, and just before each of its calls that change the disk."""
    seen = {"old": 0, "new": 0}
    for name in ("open", "verify", "check", "index", "activate", "remember"):
        settings = world.fresh()
        os.waitpid(child(partial(take, settings, world.new, progress=partial(die, name))), 0)
        seen[world.sound(settings)] += 1
    number = 0
    while True:
        number += 1
        settings = world.fresh()
        one = child(partial(_struck, settings, world.new, number, lambda _: os.kill(os.getpid(), signal.SIGKILL)))
        code = os.waitpid(one, 0)[1]
        if code == 0:
            return {"calls": number - 1, **seen}
        if count == 0 or number % count == 0:
            seen[world.sound(settings)] += 1
        shutil.rmtree(settings.data)


def _struck(settings: Settings, bundle: Path, number: int, strike: Callable[[str], None]) -> None:
    """Take ``bundle`` in; just before its ``number``-th call that changes the disk, ``strike`` (with the call's name)."""
    left = [number]

    def called(name: str, path: object) -> None:
        if str(path).startswith(str(settings.data)) or name == "os.fsync":
            left[0] -= 1
            if left[0] == 0:
                strike(name)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"):
            called(event, os.fsdecode(given[0]) if isinstance(given[0], (str, bytes, os.PathLike)) else "")

    sync = os.fsync

    def fsync(handle: int) -> None:
        called("os.fsync", "")
        sync(handle)

    os.fsync = fsync
    sys.addaudithook(hook)
    Guide(settings, at(1)).apply_update(bundle)


# --- no power ---------------------------------------------------------------------------------------
def power(world: World, count: int) -> dict[str, Any]:
    """Cut the power at every moment between two syncs; what was not synced may be there, torn, or not at all."""
    settings = world.fresh("power")
    recorder = Recorder(settings.data / "editions")
    with recorder:
        apply(settings, world.new, at(1))
    seen = {"old": 0, "new": 0, "moments": len(recorder.moments)}
    chance = random.Random(11)
    for number in range(len(recorder.moments)):
        for nth in range(count):
            shutil.rmtree(settings.data / "editions")
            recorder.after_power_loss(number, chance, nth)
            seen[world.sound(settings, again=nth == 0 and number % 4 == 0)] += 1
            shutil.rmtree(settings.data)
            world.fresh("power")
    return seen


# --- no room ----------------------------------------------------------------------------------------
def refuse(code: int, name: str) -> None:
    """Refuse the call ``name`` with an error number."""
    raise OSError(code, f"{os.strerror(code)}: {name}")


def full(world: World, count: int) -> dict[str, Any]:
    """Let each call that changes the disk fail in turn, and (as root) let a real small disk fill up at every page."""
    seen: dict[str, int] = {"calls": 0, "sizes": 0}
    for code in (errno.ENOSPC, errno.EIO):
        number = 0
        while True:
            number += 1
            settings = world.fresh()

            one = child(partial(_struck, settings, world.new, number, partial(refuse, code)))
            done = os.waitstatus_to_exitcode(os.waitpid(one, 0)[1])
            assert done in (0, 8), f"call {number}: not a GuideError"
            here = world.sound(settings, again=number % (count or 1) == 0)
            assert done == 0 or here == "old", f"call {number}: an error has to mean as before"
            shutil.rmtree(settings.data)
            seen["calls"] += 1
            if done == 0 and number > 60:
                break
    usage = shutil.disk_usage(world.folder)
    shutil.disk_usage = lambda _: usage._replace(free=1 << 40)  # the check before would spoil the weather
    payload._SPARE = 0
    disk = world.folder / "disk"
    disk.mkdir()
    size = 0
    while os.geteuid() == 0:
        size += max(4, 4 * (count or 1))
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={_used(world.pristine) + size}k", "none", str(disk)]
        )
        if made.returncode:
            break
        try:
            settings = world.fresh("disk/data")
            done = os.waitstatus_to_exitcode(os.waitpid(child(partial(take, settings, world.new)), 0)[1])
            assert done in (0, 8), f"{size} kB free: not a GuideError"
            subprocess.run(["mount", "-o", "remount,size=1g", str(disk)], check=True)
            here = world.sound(settings)
            assert done == 0 or here == "old", f"{size} kB free: an error has to mean as before"
            seen["sizes"] += 1
        finally:
            subprocess.run(["umount", str(disk)], check=True)
        if done == 0:
            break
    return seen


def _used(folder: Path) -> int:
    """Return the kilobytes of pages that a copy of ``folder`` takes."""
    return sum(4 * (1 + -(-p.stat().st_size // 4096)) for p in (folder, *folder.rglob("*")))


# --- forbidden, and two at once ---------------------------------------------------------------------
def as_nobody(settings: Settings, bundle: Path) -> None:
    """Read the guide and try to take ``bundle`` in, as an account that owns nothing."""
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    assert Guide(settings, at(1)).home(Audience.VISITOR).total > 0
    Guide(settings, at(1)).status()
    take(settings, bundle)


def denied(world: World, count: int) -> dict[str, Any]:
    """Let an account that may not write try; and a second program while the first is at work."""
    del count
    settings, seen = world.fresh(), 0
    if os.geteuid() == 0:
        for mode in (0o755, 0o700):  # readable, and another user's own
            settings = world.fresh()
            for path in (settings.data, *settings.data.rglob("*")):
                path.chmod(mode if path.is_dir() else mode & 0o666)

            assert os.waitstatus_to_exitcode(os.waitpid(child(partial(as_nobody, settings, world.new)), 0)[1]) == 8
            assert world.sound(settings) == "old"
            seen += 1
    read, write = os.pipe()

    def wait(step: Step) -> None:
        if step.name == "check":
            os.write(write, b"x")
            signal.pause()

    settings = world.fresh()
    one = child(lambda: apply(settings, world.new, at(1), progress=wait))
    os.read(read, 1)
    try:
        apply(settings, world.new, at(1))
        raise AssertionError("two at once")
    except BusyError:
        pass
    os.kill(one, signal.SIGKILL)
    os.waitpid(one, 0)
    assert world.sound(settings) == "old"
    return {"denied": seen, "busy": 1}


SCENES = {"kills": kills, "steps": steps, "power": power, "full": full, "denied": denied}


def main(scene: str, count: str = "20") -> None:
    """Let one scene play."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        sys.stdout.write(json.dumps(SCENES[scene](World(Path(name)), int(count))) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
