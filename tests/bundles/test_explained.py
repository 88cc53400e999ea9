"""Any bundle is explained to a person, whoever signed it; what is not one whole signed thing is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.bundles.explained import explained
from guide.bundles.fingerprint import fingerprint
from guide.errors import DamagedError, NotGenuineError
from tests.publisher import Publisher, at, bent, members, named, packed


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    publisher = Publisher(tmp_path_factory.mktemp("world"))
    publisher.rotate("root-1")
    publisher.rotate("publish-1")
    return publisher.release(2)


def test_a_stranger_s_bundle_says_who_when_and_how_many(bundle: Path) -> None:
    found = explained(bundle, at())
    assert (found.publisher_name, found.edition, found.services) == ("State Coalition", 2, 2)
    assert (found.signed, found.keys, found.threshold) == (1, 2, 1)
    assert (found.root_version, found.root_keys, found.root_threshold, found.changes_of_keys) == (3, 3, 2, 2)
    parts = members(bundle)
    assert found.fingerprint == fingerprint(parts[named(parts, ".root.json")])
    assert found.whole and not found.with_index and found.steps_from == ()


def test_an_old_one_is_explained_too(bundle: Path) -> None:
    assert explained(bundle, at(2000)).edition == 2


def test_one_without_its_data_says_so(bundle: Path, tmp_path: Path) -> None:
    hollow = bent(bundle, tmp_path / "x.guide", lambda parts: parts.pop(named(parts, "catalog.db.zst")) and None)
    assert not explained(hollow, at()).whole


def test_six_words_of_a_root_that_nobody_signed_are_never_shown(bundle: Path, tmp_path: Path) -> None:
    other = members(Publisher(tmp_path / "other").release(2))

    def forge(parts: dict[str, bytes]) -> None:
        parts["metadata/4.root.json"] = other["metadata/1.root.json"]

    with pytest.raises((DamagedError, NotGenuineError)):
        explained(bent(bundle, tmp_path / "x.guide", forge), at())


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_bundle_that_was_bent_anywhere_is_refused_or_says_the_same(
    data: st.DataObject, bundle: Path, tmp_path: Path
) -> None:
    parts = members(bundle)
    name = data.draw(st.sampled_from(sorted(n for n in parts if n.startswith("metadata/"))))
    place = data.draw(st.integers(0, len(parts[name]) - 1))
    flipped = bytearray(parts[name])
    flipped[place] ^= data.draw(st.integers(1, 255))
    out = packed(tmp_path / "x.guide", parts | {name: bytes(flipped)})
    try:
        found = explained(out, at())
    except (DamagedError, NotGenuineError):
        return
    true = explained(bundle, at())
    assert (found.publisher_name, found.edition, found.fingerprint) == (
        true.publisher_name,
        true.edition,
        true.fingerprint,
    )
