"""What an update changes: the very services that differ, however they do, and every changed number first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.bundles.differences import changed_ids, differences
from guide.errors import BrokenCatalogError
from guide.records import Words
from tests.makers import make_catalog, make_phone, make_service

VERSIONS = st.dictionaries(st.integers(0, 8), st.integers(0, 2), min_size=1)


def catalog(path: Path, texts: dict[int, int]) -> Path:
    return make_catalog(path, [make_service(f"S{n}", description=Words(str(text))) for n, text in texts.items()])


@given(old=VERSIONS, new=VERSIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_differs_is_exactly_what_is_told(tmp_path: Path, old: dict[int, int], new: dict[int, int]) -> None:
    before, after = catalog(tmp_path / "old.db", old), catalog(tmp_path / "new.db", new)
    ids = {n: make_service(f"S{n}").id for n in range(9)}
    added, changed, removed = map(set, changed_ids(before, after))
    assert added == {ids[n] for n in new if n not in old}
    assert removed == {ids[n] for n in old if n not in new}
    assert changed == {ids[n] for n in new if n in old and old[n] != new[n]}


def test_numbers_come_first_then_what_goes_and_comes(tmp_path: Path) -> None:
    stays = make_service("Alpha")
    old = [stays, make_service("Beta"), make_service("Gone")]
    new = [stays, replace(make_service("Beta"), phones=(make_phone("(555) 010-9999"),)), make_service("Come")]
    counts = differences(make_catalog(tmp_path / "a.db", old), make_catalog(tmp_path / "b.db", new))
    assert counts[:3] == (1, 1, 1)
    assert [(c.kind, c.name) for c in counts[3]] == [("phone", "Beta"), ("removed", "Gone"), ("added", "Come")]


def test_a_catalog_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    whole = make_catalog(tmp_path / "a.db")
    (tmp_path / "b.db").write_bytes(b"no database" * 999)
    for other in (tmp_path / "b.db", tmp_path / "none.db"):
        with pytest.raises(BrokenCatalogError):
            differences(whole, other)
        with pytest.raises(BrokenCatalogError):
            differences(other, whole)
