"""An index that comes ready made: used when it is signed, whole and for this version; in every other case made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.importer import verify
from guide.errors import DamagedError
from guide.records import Question, Step
from tests.makers import make_catalog
from tests.publisher import SERVICES, Publisher, at, bent, members, named, tree


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def bundle_with_index(publisher: Publisher) -> Path:
    catalog = make_catalog(publisher.folder / "2.db", SERVICES[1:], number=2, name="2026.02")
    return Path(publisher.published(catalog, "2.guide", with_index=True).path)


def test_a_ready_index_is_used_as_it_came(publisher: Publisher) -> None:
    bundle = bundle_with_index(publisher)
    guide = Guide(publisher.settings, at())
    steps: list[Step] = []
    guide.apply_update(bundle, progress=steps.append)
    assert "index" not in {step.name for step in steps}
    assert guide.index_state().state == "ready"
    assert guide.search(Question("legal")).total == 1
    guide.close()
    assert not list((publisher.settings.data / "editions").rglob("index.db"))


def test_one_of_another_version_is_left_and_made_here(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr("guide.publish.ready_index.VERSION", "0/other")
        bundle = bundle_with_index(publisher)
    guide = Guide(publisher.settings, at())
    guide.apply_update(bundle)
    assert guide.index_state().state == "ready"
    assert guide.search(Question("legal")).total == 1
    guide.close()


def test_one_that_says_it_fits_and_does_not_is_made_here(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr("guide.search.index.VERSION", "0/other")  # what is written into it, not what is signed
        bundle = bundle_with_index(publisher)
    guide = Guide(publisher.settings, at())
    guide.apply_update(bundle)
    assert guide.index_state().state == "ready"
    guide.close()


def test_one_for_another_catalog_is_left(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    import guide.publish.preparing as preparing

    real = preparing.ready_index
    monkeypatch.setattr(preparing, "ready_index", lambda catalog, _, folder: real(catalog, "0" * 64, folder))
    bundle = bundle_with_index(publisher)
    guide = Guide(publisher.settings, at())
    guide.apply_update(bundle)
    assert guide.index_state().state == "ready"
    assert not list((publisher.settings.data / "editions").rglob("index.db"))
    guide.close()


def test_an_index_that_is_not_the_signed_one_changes_nothing(publisher: Publisher) -> None:
    bundle = bundle_with_index(publisher)
    before = tree(publisher.settings.data)

    def swap(parts: dict[str, bytes]) -> None:
        name = named(parts, ".index.db.zst")
        parts[name] = parts[name][:-1] + bytes([parts[name][-1] ^ 1])

    swapped = bent(bundle, publisher.folder / "swapped.guide", swap)
    with pytest.raises(DamagedError):
        verify(publisher.settings, swapped, at())
    with pytest.raises(DamagedError):
        Guide(publisher.settings, at()).apply_update(swapped)
    after = {path: sha for path, sha in tree(publisher.settings.data).items() if "shelter.db" not in path}
    assert after == before


def test_one_that_was_left_out_on_the_way_is_made_here(publisher: Publisher) -> None:
    """A mirror and a house that passes its guide on leave it out: it can be made, the catalog cannot."""
    bundle = bundle_with_index(publisher)
    without = bent(bundle, publisher.folder / "without.guide", lambda parts: parts.pop(named(parts, ".index.db.zst")))
    guide = Guide(publisher.settings, at())
    assert guide.apply_update(without).edition == 2
    assert guide.index_state().state == "ready"
    guide.close()


def test_without_the_option_there_is_no_index_inside(publisher: Publisher) -> None:
    assert not [name for name in members(publisher.release()) if "index" in name]
