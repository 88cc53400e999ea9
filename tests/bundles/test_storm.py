"""Bad weather over an import: whatever strikes, the old or the new guide is here, whole, and a sentence says why.

The weather plays in a process of its own (``tests/bundles/storm.py``): it forks, kills and hooks itself. Here the short
way; ``make storm`` plays all of it.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guide.bundles import disk
from guide.bundles.disk import patiently, write_whole, writing
from guide.bundles.editions import Editions, current_catalog
from guide.bundles.importer import apply
from guide.bundles.standing import status
from guide.errors import GuideError, HeldError, StickGoneError
from guide.text import Language
from tests.publisher import Publisher, at, tree
from ui.messages import sentence

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


def storm(scene: str, count: int) -> dict[str, int]:
    """Let one scene play and return what was counted; the scene fails when anything else than old or new is left."""
    command = [sys.executable, "-m", "tests.bundles.storm", scene, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2])
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


@forks
@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_guide() -> None:
    assert storm("kills", 20)["kills"] == 20


@forks
@pytest.mark.slow
def test_a_kill_at_any_named_step_or_call_leaves_the_old_or_the_new_guide() -> None:
    seen = storm("steps", 12)
    assert seen["old"] >= 4 and seen["new"] >= 1 and seen["calls"] > 40


@forks
@pytest.mark.slow
def test_a_power_cut_between_any_two_syncs_leaves_the_old_or_the_new_guide() -> None:
    seen = storm("power", 2)
    assert seen["old"] and seen["new"] and seen["moments"] > 20


@forks
@pytest.mark.slow
def test_a_disk_that_is_full_at_any_call_or_page_leaves_the_old_guide_and_says_so() -> None:
    assert storm("full", 40)["calls"] > 100


@forks
def test_an_account_that_may_not_write_reads_on_and_two_programs_do_not_import_at_once() -> None:
    assert storm("denied", 0)["busy"] == 1


# --- a stick that is pulled ------------------------------------------------------------------------
class Pulled(io.FileIO):
    """A file on a stick that goes away at its ``left``-th read."""

    left = 0

    def _gone(self) -> None:
        type(self).left -= 1
        if type(self).left < 0:
            raise OSError(5, "Input/output error")

    def read(self, size: int | None = -1) -> bytes:  # type: ignore[override]
        self._gone()
        return super().read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._gone()
        return super().seek(offset, whence)


def test_a_stick_pulled_at_any_read_changes_nothing_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = Publisher(tmp_path)
    apply(publisher.settings, publisher.release(2), at())
    bundle = publisher.release(3, day=1)
    before, whole = tree(publisher.settings.data), io.open

    def opened(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        if Path(str(path)) == bundle:
            return Pulled(str(path), mode.replace("b", ""))
        return whole(path, mode, *more, **named)

    monkeypatch.setattr(io, "open", opened)
    reads, said = 0, set()
    while True:
        Pulled.left = reads
        try:
            apply(publisher.settings, bundle, at(1))
            break
        except StickGoneError as error:
            said.add(sentence(error, Language("en"))[0])
        assert tree(publisher.settings.data) == before
        reads += 1
    assert reads > 20
    assert said == {"The file could not be read to its end. Nothing was changed."}
    assert status(publisher.settings, at(1)).edition.number == 3


# --- a virus scanner that holds a file ---------------------------------------------------------------
def held(code: int = 32) -> PermissionError:
    """Return what Windows says of a file that somebody else has open."""
    error = PermissionError(13, "The process cannot access the file because it is being used by another process")
    error.winerror = code  # type: ignore[attr-defined,unused-ignore]
    return error


def refusing(times: int, act: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``act`` that is refused so many times first."""
    left = [times]

    def tried(*given: Any) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            raise held()
        return act(*given)

    return tried


@pytest.mark.parametrize("name", ["rename", "replace"])
def test_a_scanner_that_lets_go_in_time_is_not_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    publisher = Publisher(tmp_path)
    bundle = publisher.release(2)
    waits: list[float] = []
    monkeypatch.setattr(disk, "pause", waits.append)
    monkeypatch.setattr(Path, name, refusing(4, getattr(Path, name)))
    assert apply(publisher.settings, bundle, at()).edition == 2
    assert waits


@pytest.mark.parametrize("name", ["rename", "replace"])
def test_a_scanner_that_does_not_let_go_is_said_and_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    publisher = Publisher(tmp_path)
    apply(publisher.settings, publisher.release(2), at())
    bundle, before = publisher.release(3, day=1), tree(publisher.settings.data)
    kept = current_catalog(publisher.settings)
    monkeypatch.setattr(disk, "pause", lambda _: None)
    with monkeypatch.context() as patch:
        patch.setattr(Path, name, refusing(1000, getattr(Path, name)))
        with pytest.raises(HeldError) as caught:
            apply(publisher.settings, bundle, at(1))
    assert "virus scanner" in sentence(caught.value, Language("en"))[0]
    left = {name: digest for name, digest in tree(publisher.settings.data).items() if not name.endswith(".new")}
    assert (left, current_catalog(publisher.settings)) == (before, kept)
    assert apply(publisher.settings, bundle, at(1)).edition == 3


def test_a_refusal_that_is_not_a_held_file_is_not_tried_again(tmp_path: Path) -> None:
    def refused() -> None:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(GuideError), writing(tmp_path):
        patiently(refused)


def test_a_stage_that_cannot_be_removed_is_left_and_another_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = Publisher(tmp_path)
    editions = Editions(publisher.settings)
    left = editions.new_stage()
    write_whole(left / "held", "")
    with monkeypatch.context() as patch:
        patch.setattr("guide.bundles.editions.shutil.rmtree", lambda *_, **__: None)
        assert editions.new_stage() != left
    apply(publisher.settings, publisher.release(2), at())
    assert not list(editions.folder.glob("stage*"))
