"""Stopped at any moment, with a full disk or a file that cannot be read: nothing half made is left, and it is said."""

from __future__ import annotations

import errno
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guide.bundles.importer import apply
from guide.catalog.reader import Catalog
from guide.errors import DiskFullError, NoAccessError, SourceDataError, ThisComputerError
from guide.publish.exports.choice import Choice, Chosen
from guide.publish.exports.tabular import write_tabular
from guide.publish.exports.website import write_website
from guide.publish.from_sources import build_from_sources
from guide.publish.release import publish
from guide.publish.starter import FOLDER
from guide.records import Progress, Step, silent
from guide.settings import STARTER_CATALOG
from tests.makers import TODAY, make_catalog
from tests.publish.readers.sources import package
from tests.publisher import ACCEPTED, SERVICES, Publisher, ask, at, tree


class Stop:
    """Ctrl+C at the moment number ``moment``; counts the moments there are."""

    def __init__(self, moment: int = -1) -> None:
        self.seen, self._moment = 0, moment

    def __call__(self, _: Step) -> None:
        if self.seen == self._moment:
            raise KeyboardInterrupt
        self.seen += 1


def every_moment(act: Callable[[Progress], object]) -> Iterator[int]:
    """Do ``act`` once to the end, then yield each moment at which it was stopped."""
    counted = Stop()
    act(counted)
    assert counted.seen > 1
    for moment in range(counted.seen):
        with pytest.raises(KeyboardInterrupt):
            act(Stop(moment))
        yield moment


def test_a_release_that_is_stopped_leaves_no_half_bundle_and_can_be_made_again(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    catalog = make_catalog(tmp_path / "2.db", SERVICES, number=2)
    mirror, out = tmp_path / "mirror", tmp_path / "2.guide"
    number = [0]

    def act(progress: Progress) -> None:
        number[0] += 1
        publish(
            catalog, publisher.keys, tmp_path / f"{number[0]}.guide", ask, at(), baseline=ACCEPTED, progress=progress
        )

    for _ in every_moment(act):
        assert not (tmp_path / f"{number[0]}.guide").exists()
        assert not [p for p in tmp_path.rglob("*") if p.name.startswith(".guide-") or p.suffix == ".new"]
    publish(catalog, publisher.keys, out, ask, at(), baseline=ACCEPTED, mirror=mirror)
    assert apply(publisher.settings, out, at()).edition == 2


def test_a_build_that_is_stopped_leaves_the_old_catalog(tmp_path: Path) -> None:
    source, out = package(tmp_path / "p"), tmp_path / "out" / "c.db"
    build_from_sources([source], out, TODAY)
    before = tree(tmp_path)
    for _ in every_moment(
        lambda progress: build_from_sources([source, FOLDER], out.with_name("d.db"), TODAY, progress=progress)
    ):
        assert not [p for p in out.parent.iterdir() if p.name not in ("c.db", "d.db")]
    (out.parent / "d.db").unlink()
    assert tree(tmp_path) == before


# --- a full disk --------------------------------------------------------------------------------------
@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size`` bytes: what a full disk does, told by the system itself."""
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, kept[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("room", [0, 4096, 6_000])
def test_without_room_a_release_is_not_half_there_and_not_used_up(room: int, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    catalog = make_catalog(tmp_path / "2.db", number=2)
    before = tree(publisher.keys)
    with room_for(room), pytest.raises(OSError, match=r".+") as caught:
        publish(catalog, publisher.keys, tmp_path / "2.guide", ask, at(), baseline=ACCEPTED)
    assert caught.value.errno in (errno.EFBIG, errno.ENOSPC)
    assert tree(publisher.keys) == before
    assert not [p for p in tmp_path.iterdir() if p.suffix in (".guide", ".new") or p.name.startswith(".")]


@pytest.mark.parametrize("room", [0, 50_000])
def test_without_room_a_catalog_is_not_half_there(room: int, tmp_path: Path) -> None:
    with room_for(room), pytest.raises((DiskFullError, NoAccessError, ThisComputerError)):
        build_from_sources([FOLDER], tmp_path / "c.db", TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("room", [0, 10_000])
def test_without_room_an_export_is_not_half_there(room: int, tmp_path: Path) -> None:
    with Catalog(STARTER_CATALOG) as catalog:
        chosen = Chosen(catalog, Choice())
        for act in (
            lambda: write_tabular(chosen, tmp_path / "t"),
            lambda: write_tabular(chosen, tmp_path / "t.zip"),
            lambda: write_website(chosen, tmp_path / "w", "en", datetime.now(UTC).date(), silent),
        ):
            with room_for(room), pytest.raises(OSError, match=r".+"):
                act()
    assert list(tmp_path.iterdir()) == []


# --- what cannot be read ------------------------------------------------------------------------------
@pytest.mark.parametrize("content", [b"\x00" * 5000, b"PK\x03\x04" + b"\x99" * 200, b"\xff\xfe\x00junk"])
def test_what_cannot_be_read_is_said_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    for name in ("x.zip", "x.csv", "x.json"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(SourceDataError) as caught:
            build_from_sources([path], tmp_path / "c.db", TODAY)
        assert caught.value.message
        path.unlink()
    assert list(tmp_path.iterdir()) == []
