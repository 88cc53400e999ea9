"""Hostile bytes at the archive reader, the signed parts and the fitness check: an answer or a sentence, never a crash.

A small fixed budget here; ``make fuzz`` (GUIDE_FUZZ=20000) goes on for long.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.bundles.archive import Archive
from guide.bundles.importer import apply
from guide.bundles.standing import status
from guide.catalog.fitness import check_fitness
from guide.catalog.home import read_home
from guide.catalog.reader import Catalog
from guide.catalog.tables import metadata
from guide.errors import GuideError, UnfitCatalogError
from guide.records import Audience
from guide.settings import Settings
from tests.makers import NOW, make_catalog
from tests.publisher import Publisher, at, members, packed

TRIES = int(os.environ.get("GUIDE_FUZZ", "40"))
pytestmark = pytest.mark.slow
hostile = settings(
    max_examples=TRIES,
    deadline=None,
    derandomize="GUIDE_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
ODD = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.text(max_size=30), st.binary(max_size=9),
    st.sampled_from(["", "now", "[]", "{}", "[[]]", "null", "2026-02-30", "24:00", "never", "staff", "\0", "988;rm"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    publisher = Publisher(tmp_path_factory.mktemp("fuzz"))
    publisher.rotate("publish-2")
    publisher.release(2)
    return publisher


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_catalog(tmp_path_factory.mktemp("sound") / "c.db").read_bytes()


def taken(world: Publisher, bundle: Path) -> bool:
    """Take ``bundle`` into a fresh guide; what comes in is what was signed, or it is refused in our words."""
    scratch = Settings(data=world.folder / "scratch", catalog=world.shipped, trust=world.trust)
    shutil.rmtree(scratch.data, ignore_errors=True)
    try:
        apply(scratch, bundle, at(1))
    except GuideError:
        assert not list(scratch.data.glob("editions/[gsc]*"))
        return False
    assert (scratch.data / "editions/g000001/catalog.db").read_bytes() == (world.folder / "2.db").read_bytes()
    assert status(scratch, at(1)).edition.number == 2
    return True


@hostile
@given(data=st.data())
def test_a_bundle_with_bytes_changed_cut_doubled_or_swapped(world: Publisher, data: st.DataObject) -> None:
    content = bytearray((world.folder / "2.guide").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        if data.draw(st.booleans()):  # the directory is small and holds what zipfile believes
            start = max(0, len(content) - start % 1500)
        end = min(len(content), start + data.draw(st.integers(0, 60)))
        content[start:end] = data.draw(st.one_of(st.binary(max_size=60), st.just(bytes(content[start:end]) * 2)))
    bad = world.folder / "fuzzed.guide"
    bad.write_bytes(content)
    taken(world, bad)


@hostile
@given(data=st.data())
def test_signed_parts_changed_by_somebody_who_mends_the_checksums(world: Publisher, data: st.DataObject) -> None:
    """The CRC of a ZIP protects nothing: whoever changes a part writes a fitting one (facts, bit flips)."""
    parts = members(world.folder / "2.guide")
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    start = data.draw(st.integers(0, len(content)))
    end = min(len(content), start + data.draw(st.integers(0, 8)))
    content[start:end] = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"null", b"1e9", b"[" * 500, b"9" * 500, b'"', b"}"]))
    )
    parts[name] = bytes(content)
    taken(world, packed(world.folder / "fuzzed.guide", parts))


@hostile
@given(
    count=st.integers(0, 65_535), length=st.integers(0, 2**32 - 1), offset=st.integers(0, 2**32 - 1),
    body=st.binary(max_size=200), comment=st.integers(0, 65_535),
)  # fmt: skip
def test_an_end_record_that_lies(
    world: Publisher, count: int, length: int, offset: int, body: bytes, comment: int
) -> None:
    bad = world.folder / "fuzzed.guide"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, length, offset, comment)
    bad.write_bytes(b"PK\3\4" + body + end)
    with pytest.raises(GuideError):
        Archive(bad)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@hostile
@given(st.lists(st.tuples(st.text(max_size=40), st.integers(0, 2**32 - 1), st.integers(0, 99)), max_size=4))
def test_members_of_any_name_and_kind(world: Publisher, more: list[tuple[str, int, int]]) -> None:
    bad = world.folder / "fuzzed.guide"
    with zipfile.ZipFile(bad, "w") as archive:
        for name, content in members(world.folder / "2.guide").items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
        for name, kind, system in more:
            info = zipfile.ZipInfo(name or "x", (1980, 1, 1, 0, 0, 0))
            info.external_attr, info.create_system = kind, system
            archive.writestr(info, b"x")
    assert taken(world, bad) == (not more)


@hostile
@given(data=st.data())
def test_a_catalog_with_any_value_in_any_column_is_refused_or_can_be_read_whole(
    tmp_path: Path, sound: bytes, data: st.DataObject
) -> None:
    path = tmp_path / "odd.db"
    path.write_bytes(sound)
    table = data.draw(st.sampled_from(sorted(metadata.tables)))
    column = data.draw(st.sampled_from([c.name for c in metadata.tables[table].c]))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous=OFF")
        db.execute("PRAGMA journal_mode=MEMORY")
        db.execute("PRAGMA writable_schema=1")
        db.execute("PRAGMA ignore_check_constraints=1")
        schema = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        loose = (
            "UPDATE sqlite_schema SET sql = replace(replace(sql, ' STRICT', ''), ' NOT NULL', '') WHERE type = 'table'"
        )
        db.execute(loose)
        db.execute("PRAGMA writable_schema=RESET")
        try:
            db.execute(f'UPDATE {table} SET "{column}" = ?', (data.draw(ODD),))  # noqa: S608 - our own names
        except (sqlite3.IntegrityError, UnicodeEncodeError):
            return
        db.execute("PRAGMA writable_schema=1")
        db.executemany("UPDATE sqlite_schema SET sql = ?2 WHERE name = ?1", schema)
    readable(path)


@hostile
@given(data=st.data())
def test_a_catalog_with_any_bytes_anywhere_is_refused_or_can_be_read(
    tmp_path: Path, sound: bytes, data: st.DataObject
) -> None:
    path, content = tmp_path / "odd.db", bytearray(sound)
    for at_byte in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[at_byte] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    readable(path)


def readable(path: Path) -> None:
    """Check that a catalog is refused with a reason or read whole by everything that reads it."""
    try:
        edition = check_fitness(path)
    except UnfitCatalogError:
        return
    with Catalog(path) as catalog:
        assert len(list(catalog.services())) == edition.services
        catalog.categories(), catalog.tags(), catalog.do_not_print(), catalog.digests()
    read_home(path, Audience.STAFF, NOW)
