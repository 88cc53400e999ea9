"""A catalog is packed the same way each time, and a large one a piece at a time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from backports.zstd import decompress, get_frame_size

from guide.bundles.sources.packed import compressed
from guide.publish import packing
from guide.records import Step
from tests.makers import make_catalog


def test_a_small_one_is_packed_to_the_bytes_that_a_guide_makes_again_of_a_delta(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "c.db")
    packed = packing.pack(catalog, tmp_path / "c.zst")
    assert packed.path.read_bytes() == compressed(catalog.read_bytes())


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 5000, 5120])
@pytest.mark.parametrize("at_once", [0, 1 << 20])
def test_large_or_small_it_unpacks_to_what_it_was(
    size: int, at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "IN_ONE_GO", at_once)
    monkeypatch.setattr(packing, "_PIECE", 512)
    source, steps = tmp_path / "s", list[Step]()
    source.write_bytes(bytes(n * n % 251 for n in range(size)))
    packed = packing.pack(source, tmp_path / "p", progress=steps.append)
    data = packed.path.read_bytes()
    if size:
        assert decompress(data) == source.read_bytes()
        assert get_frame_size(data) == len(data)
    assert (packed.length, packed.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (packed.plain_length, packed.plain_sha256) == (size, hashlib.sha256(source.read_bytes()).hexdigest())
    assert steps[0].done == 0 and steps[-1].done == steps[-1].total == size
