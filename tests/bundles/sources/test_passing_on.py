"""A house passes its guide on: the next one verifies the very same signatures, with nothing in between."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.sources import packed, passing_on
from guide.errors import (
    BadCopyError,
    NoPublisherError,
    NothingToPassOnError,
    StickFullError,
    StickGoneError,
    StickLockedError,
)
from guide.records import Question
from tests.makers import make_catalog
from tests.publisher import SERVICES, Publisher, at, members


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture
def guide(publisher: Publisher) -> Guide:
    return Guide(publisher.settings, at())


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def another_house(publisher: Publisher, name: str = "next") -> Guide:
    return Guide(replace(publisher.settings, data=publisher.folder / name), at())


def test_the_next_house_gets_the_very_same_signatures(guide: Guide, publisher: Publisher, stick: Path) -> None:
    signed = publisher.release(2)
    guide.apply_update(signed)
    written = guide.sources.pass_on(stick)
    assert (written.edition, written.edition_name) == (2, "2026.02")
    assert [p.name for p in stick.iterdir()] == ["update-2026.02.guide"]
    assert members(Path(written.path)) == members(signed), "every byte the publisher signed, and nothing else"
    house = another_house(publisher)
    assert house.verify(Path(written.path)).verdict == "newer"
    house.apply_update(Path(written.path))
    assert house.status().sha256 == guide.status().sha256


def test_a_search_index_that_came_ready_made_is_left_out_and_made_by_the_next_house(
    guide: Guide, publisher: Publisher, stick: Path
) -> None:
    catalog = make_catalog(publisher.folder / "2.db", SERVICES, number=2, name="2026.02")
    guide.apply_update(Path(publisher.published(catalog, "2.guide", with_index=True).path))
    house = another_house(publisher)
    assert house.apply_update(Path(guide.sources.pass_on(stick).path)).edition == 2
    assert house.search(Question("shelter")).cards


def test_from_stick_to_stick_with_nothing_in_between(guide: Guide, publisher: Publisher, tmp_path: Path) -> None:
    guide.apply_update(publisher.release(2))
    here = guide
    for number in range(3):
        stick = tmp_path / f"stick{number}"
        stick.mkdir()
        file = Path(here.sources.pass_on(stick).path)
        here = another_house(publisher, f"house{number}")
        here.apply_update(file)
        shutil.rmtree(stick)
    assert here.status().edition.number == 2


def test_a_house_far_behind_gets_every_change_of_keys(guide: Guide, publisher: Publisher, stick: Path) -> None:
    for number, key in ((2, "publish-1"), (3, "root-1"), (4, "publish-2")):
        publisher.rotate(key)
        guide.apply_update(publisher.release(number))
    written = Path(guide.sources.pass_on(stick).path)
    assert sum(name.endswith(".root.json") for name in members(written)) == 4
    house = another_house(publisher)
    house.apply_update(written)
    assert house.status().edition.number == 4


def test_the_edition_that_came_with_the_program_can_be_passed_on(
    guide: Guide, publisher: Publisher, stick: Path
) -> None:
    written = guide.sources.pass_on(stick)
    assert written.edition == 1
    assert another_house(publisher).verify(Path(written.path)).verdict == "same"


def test_after_going_back_the_edition_that_is_shown_is_passed_on(
    guide: Guide, publisher: Publisher, stick: Path
) -> None:
    for number in (2, 3):
        guide.apply_update(publisher.release(number))
    guide.rollback()
    assert guide.sources.pass_on(stick).edition == 2


def test_an_edition_whose_signed_file_was_not_kept_is_said_plainly(
    guide: Guide, publisher: Publisher, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.apply_update(publisher.release(2))
    (kept,) = publisher.settings.data.rglob(packed.TARGET)
    kept.unlink()
    assert guide.sources.pass_on(stick).edition == 2, "made again: this zstd compresses as the publisher's"
    monkeypatch.setattr(packed, "compressed", lambda catalog: b"another zstd")
    kept.write_bytes(b"bit rot")
    with pytest.raises(NothingToPassOnError):
        guide.sources.pass_on(stick)


def test_without_room_an_update_is_taken_in_all_the_same(
    guide: Guide, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "_SPARE", 1 << 60)
    assert guide.apply_update(publisher.release(2)).edition == 2
    assert not list(publisher.settings.data.rglob(packed.TARGET))


def test_a_guide_without_a_publisher_has_nothing_to_pass_on(tmp_path: Path, stick: Path) -> None:
    from guide.settings import Settings

    with pytest.raises(NoPublisherError):
        Guide(Settings(data=tmp_path / "data", trust=tmp_path / "none"), at()).sources.pass_on(stick)


# --- the stick ------------------------------------------------------------------------------------
def test_a_link_on_the_stick_is_not_written_through(guide: Guide, stick: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("not for a stick to overwrite")
    (stick / ".update-2026.11.guide.part").symlink_to(mine)
    (stick / "update-2026.11.guide").symlink_to(mine)
    guide.sources.pass_on(stick)
    assert mine.read_text() == "not for a stick to overwrite"
    assert not (stick / "update-2026.11.guide").is_symlink()


def test_a_stick_that_keeps_other_bytes_than_were_written_is_found_out(
    guide: Guide, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rot(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    monkeypatch.setattr(passing_on, "_forget_cached", rot)
    with pytest.raises(BadCopyError):
        guide.sources.pass_on(stick)
    assert not list(stick.iterdir())


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, StickFullError), (errno.EROFS, StickLockedError), (errno.EIO, StickGoneError)],
)
def test_what_a_stick_refuses_is_a_sentence_and_leaves_nothing_half(
    guide: Guide, stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(passing_on.os, "fsync", refuse)
    with pytest.raises(error):
        guide.sources.pass_on(stick)
    assert not list(stick.iterdir())


def test_a_stick_without_room_is_known_before_anything_is_written(
    guide: Guide, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(stick)
    monkeypatch.setattr(passing_on.shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(StickFullError):
        guide.sources.pass_on(stick)


def test_a_stick_that_is_gone_is_a_sentence(guide: Guide, stick: Path) -> None:
    stick.rmdir()
    with pytest.raises(StickGoneError):
        guide.sources.pass_on(stick)


def test_a_kept_file_is_never_part_of_what_is_current(guide: Guide, publisher: Publisher) -> None:
    guide.apply_update(publisher.release(2))
    (kept,) = publisher.settings.data.rglob(packed.TARGET)
    kept.write_bytes(b"damaged")
    assert guide.status().edition.number == 2
    assert guide.apply_update(publisher.release(3)).edition == 3
