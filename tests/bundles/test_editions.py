"""What this PC remembers: an error means "as before", and no damage makes the guide trust or forget more."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from guide.bundles import editions as module
from guide.bundles.editions import BUILT, Editions, Pointer, current_catalog
from guide.bundles.importer import apply, rollback, verify
from guide.bundles.offers import trusting
from guide.bundles.standing import status
from guide.errors import DamagedError, DiskFullError, GuideError, NotNewerError
from guide.publish import preparing
from tests.publisher import EPOCH, Publisher, at, tree


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def pointer_file(publisher: Publisher) -> Path:
    return publisher.settings.data / "editions" / "current.json"


@pytest.mark.parametrize("first", [True, False])
def test_a_pointer_that_cannot_be_written_leaves_everything_as_it_was(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    """Without a pointer the guide heals to the newest generation: a failed import must not be that one."""
    if not first:
        apply(publisher.settings, publisher.release(2), at())
    bundle = publisher.release(3, day=1)
    before = (tree(publisher.settings.data), current_catalog(publisher.settings))

    def full(_: Path, __: str) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_whole", full)
        with pytest.raises(DiskFullError):
            apply(publisher.settings, bundle, at(1))
    assert (tree(publisher.settings.data), current_catalog(publisher.settings)) == before
    assert apply(publisher.settings, bundle, at(1)).edition == 3


def test_every_file_of_a_generation_is_on_the_disk_before_it_is_current(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    sync = os.fsync

    def noting(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        sync(handle)

    monkeypatch.setattr(os, "fsync", noting)
    apply(publisher.settings, publisher.release(), at())
    files = [p for p in (publisher.settings.data / "editions").rglob("*") if p.is_file() and p.name != "lock"]
    assert {p.name for p in files} >= {"catalog.db", "timestamp.json", "targets.json", "1.root.json", "current.json"}
    assert [p.name for p in files if p.stat().st_ino not in synced] == []


WRONG: tuple[dict[str, object], ...] = (
    {"highest": None}, {"highest": "9"}, {"highest": True}, {"floor": 5}, {"keyids": [1]}, {"keyids": None},
    {"previous": 5}, {"previous": "../../.."}, {"data": "/etc"}, {"data": "g000001/../g000001"}, {"trust": "stage"},
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_pointer_with_a_field_of_the_wrong_kind_heals_and_still_refuses_what_is_older(
    publisher: Publisher, wrong: dict[str, object]
) -> None:
    older, newer = publisher.release(2), publisher.release(3, day=1)
    apply(publisher.settings, newer, at(1))
    body = json.loads(pointer_file(publisher).read_text("utf-8"))
    pointer_file(publisher).write_text(json.dumps(body | wrong), "utf-8")
    assert status(publisher.settings, at(1)).edition.number == 3
    with pytest.raises(NotNewerError):
        apply(publisher.settings, older, at(1))
    assert apply(publisher.settings, publisher.release(4, day=2), at(2)).edition == 4


@pytest.mark.parametrize("damage", ["", "{", "gone"])
def test_a_healed_pointer_remembers_the_highest_edition_and_the_newest_date(publisher: Publisher, damage: str) -> None:
    apply(publisher.settings, publisher.release(3, day=200), at(200))
    if damage == "gone":
        pointer_file(publisher).unlink()
    else:
        pointer_file(publisher).write_text(damage, "utf-8")
    _, pointer = trusting(publisher.settings)
    assert (pointer.highest, pointer.newest_signed()) == (3, at(200)())
    assert verify(publisher.settings, publisher.release(4, day=201), lambda: EPOCH).clock_behind


METADATA = ("timestamp.json", "snapshot.json", "targets.json", "root_history/1.root.json", "root_history/2.root.json")


@pytest.mark.parametrize("content", [b"", b"{}", b"\0" * 500])
@pytest.mark.parametrize("name", METADATA)
def test_damaged_trust_on_this_pc_stops_no_newer_update_and_lets_no_older_one_in(
    publisher: Publisher, name: str, content: bytes
) -> None:
    publisher.rotate("publish-2")
    older, newer = publisher.release(2), publisher.release(3, day=1)
    apply(publisher.settings, newer, at(1))
    tuf = Editions(publisher.settings).tuf("g000001")
    assert (tuf / name).is_file()
    (tuf / name).write_bytes(content)
    with pytest.raises(GuideError):
        apply(publisher.settings, older, at(1))
    assert apply(publisher.settings, publisher.release(4, day=2), at(2)).edition == 4


def test_a_date_that_stolen_keys_signed_is_forgotten_with_them(publisher: Publisher) -> None:
    """Else one lie about the year would make every honest update look expired for good."""
    honest = {p.name: p.read_bytes() for p in publisher.repository.metadata.iterdir()}
    apply(publisher.settings, publisher.release(9, day=1700), at())
    for name, data in honest.items():
        (publisher.repository.metadata / name).write_bytes(data)
    for key in ("publish-1", "publish-2"):
        publisher.rotate(key)
    back = publisher.release(2, day=1)
    assert verify(publisher.settings, back, at(1)).verdict == "expired"
    assert apply(publisher.settings, back, at(1), expired_ok=True).edition == 2
    again = verify(publisher.settings, publisher.release(3, day=2), at(2))
    assert (again.verdict, again.clock_behind) == ("newer", False)


def test_the_age_shown_after_going_back_is_that_of_what_is_shown(publisher: Publisher) -> None:
    apply(publisher.settings, publisher.release(2, day=100), at(100))
    assert status(publisher.settings, at(101)).age == "fresh"
    rollback(publisher.settings, at(101))
    assert status(publisher.settings, at(101)).age == "amber"


def test_a_clock_before_the_program_was_made_is_not_believed() -> None:
    assert Pointer().newest_signed() == BUILT
    assert Pointer(floor="2001-01-01T00:00:00+00:00").newest_signed() == BUILT
    assert Pointer(floor="no date").newest_signed() == BUILT


def test_what_was_published_after_its_own_end_is_no_update(publisher: Publisher) -> None:
    catalog = publisher.folder / "2.db"
    apply(publisher.settings, publisher.release(2), at())
    sound = preparing.TargetFile

    def bent(*given: object, **named: object) -> object:
        target = sound(*given, **named)  # type: ignore[arg-type]
        target.unrecognized_fields["custom"]["published_at"] = "9999-01-01T00:00:00+00:00"
        return target

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preparing, "TargetFile", bent)
        bad = Path(publisher.published(catalog, "bad.guide", day=1).path)
    before = tree(publisher.settings.data)
    with pytest.raises(DamagedError):
        apply(publisher.settings, bad, at(1))
    assert tree(publisher.settings.data) == before
