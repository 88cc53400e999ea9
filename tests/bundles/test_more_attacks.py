"""The rest of the attack table: changes of keys, clocks, dates, and signed parts that mean harm."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from backports.zstd import CompressionParameter, ZstdCompressor, compress
from tuf.api.metadata import Metadata, Root

from guide.bundles.importer import apply, verify
from guide.bundles.standing import status
from guide.clock import Clock
from guide.errors import DamagedError, GuideError, NotGenuineError, NotNewerError, OutOfDateError, UnfitCatalogError
from guide.publish.keys import load_key
from guide.publish.repository import sign
from guide.publish.signing import TARGET
from tests.bundles.test_attacks import Bend, hashed, refused, signed_badly, world
from tests.makers import NOW
from tests.publisher import EPOCH, PASSPHRASE, Publisher, at, bent, members, named, packed, tree

__all__ = ["world"]  # a fixture
FAR: Clock = lambda: datetime(2040, 1, 1, tzinfo=UTC)  # noqa: E731


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


# --- changes of keys -------------------------------------------------------------------------------
@pytest.mark.parametrize("keys", [("root-1",), ("root-4",), ("root-1", "root-1"), ()])
def test_a_new_root_needs_two_of_the_old_keys_and_two_of_the_new(publisher: Publisher, keys: tuple[str, ...]) -> None:
    publisher.rotate("root-2")  # now root-1, root-3 and root-4
    bundle = publisher.release()

    def poorly_signed(parts: dict[str, bytes]) -> None:
        root: Metadata[Root] = Metadata.from_bytes(parts["metadata/2.root.json"])
        signers = [load_key(publisher.keys, name, PASSPHRASE) for name in keys]
        parts["metadata/2.root.json"] = sign(root.signed, signers).to_bytes()

    with pytest.raises(NotGenuineError):
        apply(publisher.settings, bent(bundle, publisher.folder / "bad.guide", poorly_signed), at())
    assert apply(publisher.settings, bundle, at()).edition == 2


@pytest.mark.parametrize("content", [b"{}", b"\0" * 400, b"of another version"])
def test_a_change_of_keys_that_is_damaged_or_of_another_version_is_refused(
    publisher: Publisher, content: bytes
) -> None:
    for key in ("root-1", "publish-1", "publish-2"):
        publisher.rotate(key)

    def spoil(parts: dict[str, bytes]) -> None:
        parts["metadata/3.root.json"] = parts["metadata/2.root.json"] if content.startswith(b"of") else content

    with pytest.raises(GuideError):
        apply(publisher.settings, bent(publisher.release(), publisher.folder / "bad.guide", spoil), at())
    assert status(publisher.settings, at()).edition.number == 1


def test_more_changes_of_keys_at_once_than_anybody_makes_are_refused(publisher: Publisher) -> None:
    signers = [load_key(publisher.keys, f"root-{n}", PASSPHRASE) for n in (1, 2)]
    root = publisher.repository.root().signed
    parts = members(publisher.release())
    for version in range(2, 291):
        root.version = version
        parts[f"metadata/{version}.root.json"] = sign(root, signers).to_bytes()
    many = packed(publisher.folder / "many.guide", parts)
    # TUF stops at 256 (max_root_rotations); what it then has is still only what the keys signed.
    assert verify(publisher.settings, many, at()).verdict == "newer"
    for version in range(291, 320):
        parts[f"metadata/{version}.root.json"] = parts["metadata/290.root.json"]
    with pytest.raises(DamagedError):
        verify(publisher.settings, packed(publisher.folder / "more.guide", parts), at())


def test_a_stolen_key_can_sign_a_huge_number_and_loses_its_power_with_the_key(publisher: Publisher) -> None:
    """Accepted, for the key is valid; the way back is in test_attacks (a root without the key)."""
    assert apply(publisher.settings, publisher.release(100_000_000), at()).edition == 100_000_000


# --- again, and in another order -------------------------------------------------------------------
def test_after_a_damaged_newer_update_a_good_older_one_is_still_taken(publisher: Publisher) -> None:
    good, newer = publisher.release(2), publisher.release(3, day=1)

    def spoil(parts: dict[str, bytes]) -> None:
        parts[named(parts, TARGET)] = parts[named(parts, TARGET)][:-1] + b"x"

    with pytest.raises(DamagedError):
        apply(publisher.settings, bent(newer, publisher.folder / "bad.guide", spoil), at(1))
    assert apply(publisher.settings, good, at(1)).edition == 2


def test_an_edition_signed_again_with_other_content_is_not_newer(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    saved = {p.name: p.read_bytes() for p in publisher.repository.metadata.iterdir()}
    apply(publisher.settings, publisher.release(2), at())
    for name, data in saved.items():
        (publisher.repository.metadata / name).write_bytes(data)
    for role in ("targets", "snapshot", "timestamp"):
        if f"{role}.json" not in saved:
            (publisher.repository.metadata / f"{role}.json").unlink(missing_ok=True)
    again = publisher.published(publisher.folder / "2.db", "again.guide", day=1)
    before = tree(publisher.settings.data)
    with pytest.raises(GuideError):
        apply(publisher.settings, Path(again.path), at(1))
    assert tree(publisher.settings.data) == before


# --- clocks and dates ------------------------------------------------------------------------------
def test_a_clock_of_2009_cannot_bring_in_what_expired_before_the_newest_signed_date(publisher: Publisher) -> None:
    apply(publisher.settings, publisher.release(2, day=100), at(100))
    late = publisher.release(3, day=101, expires_days=2)
    floor = publisher.release(4, day=200)
    assert verify(publisher.settings, late, lambda: EPOCH).verdict == "newer"  # day 100 is the newest date known
    apply(publisher.settings, floor, at(200))
    with pytest.raises(NotNewerError):
        apply(publisher.settings, late, lambda: EPOCH)


def test_a_stale_update_is_stale_although_the_clock_says_2009(publisher: Publisher) -> None:
    """The shipped edition was signed later than the bundle was good for: the publisher's own date says so."""
    stale = publisher.release(2, expires_days=2)
    editions = publisher.settings.data / "editions"
    editions.mkdir(parents=True)
    floor = (NOW + timedelta(days=300)).isoformat()
    (editions / "current.json").write_text(json.dumps({"floor": floor}), "utf-8")
    offer = verify(publisher.settings, stale, lambda: EPOCH)
    assert (offer.verdict, offer.clock_behind) == ("expired", True)
    with pytest.raises(OutOfDateError):
        apply(publisher.settings, stale, lambda: EPOCH)


def test_in_2040_everything_is_staffs_decision_and_nothing_is_lost(publisher: Publisher) -> None:
    bundle = publisher.release()
    assert verify(publisher.settings, bundle, FAR).verdict == "expired"
    with pytest.raises(OutOfDateError):
        apply(publisher.settings, bundle, FAR)
    assert apply(publisher.settings, bundle, FAR, expired_ok=True).edition == 2
    assert status(publisher.settings, FAR).age == "red"
    assert status(publisher.settings, at(1)).age == "fresh"


def test_a_root_past_its_date_is_staffs_decision(publisher: Publisher) -> None:
    late = at(365 * 5 + 1)
    bundle = publisher.release(2, expires_days=3000)
    assert verify(publisher.settings, bundle, late).verdict == "expired"
    assert apply(publisher.settings, bundle, late, expired_ok=True).edition == 2


@pytest.mark.parametrize("part", [TARGET, "timestamp.json", ".targets.json", ".snapshot.json"])
def test_staffs_word_on_the_date_is_no_word_on_anything_else(publisher: Publisher, part: str) -> None:
    bundle, late = publisher.release(), at(500)

    def spoil(parts: dict[str, bytes]) -> None:
        name = named(parts, part)
        parts[name] = parts[name].replace(b"2027", b"2099") if part != TARGET else parts[name][:-1] + b"x"

    with pytest.raises(GuideError) as caught:
        apply(publisher.settings, bent(bundle, publisher.folder / "bad.guide", spoil), late, expired_ok=True)
    assert not isinstance(caught.value, OutOfDateError)


def test_staffs_word_on_the_date_brings_nothing_older_in(publisher: Publisher) -> None:
    older, newer = publisher.release(2), publisher.release(3, day=1)
    apply(publisher.settings, newer, at(1))
    with pytest.raises(NotNewerError):
        apply(publisher.settings, older, at(500), expired_ok=True)


# --- parts of a size or form that means harm -----------------------------------------------------------
HARM = {
    "60 MB": b" " * (60 << 20),
    "deep": b"[" * 400_000,
    "digits": b'{"signed":{"version":' + b"9" * 60_000 + b"}}",
    "not a number": b'{"signed": NaN}',
    "not UTF-8": b"\xff\xfe{}",
    "empty": b"",
    "a web page": b"<html><title>Log in</title></html>",
}


@pytest.mark.parametrize("part", ["timestamp.json", "2.snapshot.json", "2.targets.json"])
@pytest.mark.parametrize("harm", HARM)
def test_metadata_of_a_harmful_form_is_refused(publisher: Publisher, harm: str, part: str) -> None:
    def spoil(parts: dict[str, bytes]) -> None:
        parts[named(parts, part.removeprefix("2"))] = HARM[harm]

    with pytest.raises(DamagedError):
        apply(publisher.settings, bent(publisher.release(), publisher.folder / "bad.guide", spoil), at())


def test_a_pipe_and_a_link_to_a_device_are_not_opened(publisher: Publisher) -> None:
    os.mkfifo(publisher.folder / "pipe.guide")
    (publisher.folder / "zero.guide").symlink_to("/dev/zero")
    for name in ("pipe.guide", "zero.guide"):
        with pytest.raises(DamagedError):
            apply(publisher.settings, publisher.folder / name, at())


def wide(data: bytes) -> bytes:
    """Return a frame that wants a window of 1 GiB to be read."""
    packer = ZstdCompressor(options={CompressionParameter.window_log: 30})
    return packer.compress(data) + packer.flush()


def other_database(_: bytes) -> bytes:
    """Return a sound SQLite file of somebody else's."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE bookmarks(url)")
        db.execute("INSERT INTO bookmarks VALUES ('x')")
        db.execute("CREATE TABLE more(y)")
        return db.serialize()


SIGNED: dict[str, tuple[Bend, type[GuideError]]] = {
    "a window of 1 GiB": (lambda d, c: (wide(d), c, None), DamagedError),
    "two frames": (lambda d, c: (compress(d[:9000]) + compress(d[9000:]), c, None), DamagedError),
    "another frame after it": (lambda d, c: (compress(d) + compress(b""), c, None), DamagedError),
    "an empty frame": (lambda d, c: (compress(b""), c, None), DamagedError),
    "somebody else's database": (
        lambda d, c: (compress(other_database(d)), hashed(other_database(d), c), None),
        UnfitCatalogError,
    ),
    "a date nobody can read": (lambda d, c: (compress(d), c | {"published_at": "soon"}, None), DamagedError),
    "a number below none": (lambda d, c: (compress(d), c | {"edition": -1}, None), DamagedError),
    "a name without end": (lambda d, c: (compress(d), c | {"publisher_name": "x" * 9999}, None), DamagedError),
}


@pytest.mark.parametrize("name", SIGNED)
def test_signed_and_still_harmful_data_is_refused(world: Publisher, tmp_path: Path, name: str) -> None:
    bend, kind = SIGNED[name]
    refused(world, signed_badly(world, tmp_path / "bad.guide", bend), kind)


def test_a_signed_target_that_points_outside_is_never_reached(world: Publisher, tmp_path: Path) -> None:
    bad = signed_badly(world, tmp_path / "bad.guide", lambda d, c: (compress(d), c, None), "../../../../x/pwn")
    refused(world, bad, DamagedError)
    assert not (tmp_path.parent / "x").exists()


# --- a temporary folder without room -------------------------------------------------------------------
def test_a_full_temporary_folder_stops_no_import(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """TUF's client would put its downloads there (facts, trap 3)."""
    bundle = publisher.release()

    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", no_room)
    assert apply(publisher.settings, bundle, at()).edition == 2
    shutil.rmtree(publisher.settings.data)
