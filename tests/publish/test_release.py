"""A catalog becomes one signed file: checked before it leaves the house, by the same client a guide uses."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from backports.zstd import decompress
from tuf.api.metadata import Metadata, Root

from guide.bundles.importer import apply, verify
from guide.bundles.standing import status
from guide.catalog.reader import Catalog
from guide.errors import BrokenCatalogError, KeyFileError, UnfitCatalogError, UsageError
from guide.publish.development import demo_update, make_development_publisher
from guide.publish.keys import list_keys
from guide.publish.release import EXPECTED_DAYS, EXPIRES_DAYS, first_edition, publish
from guide.publish.signing import TARGET
from guide.settings import STARTER_CATALOG, Settings
from tests.makers import NOW, make_catalog
from tests.publisher import ACCEPTED, PASSPHRASE, SERVICES, Publisher, ask, at, members, named, tree


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture
def catalog(publisher: Publisher) -> Path:
    return make_catalog(publisher.folder / "2.db", SERVICES[1:], number=2, name="2026.12")


def signed(bundle: Path, part: str) -> dict[str, object]:
    parts = members(bundle)
    body: dict[str, object] = json.loads(parts[named(parts, part)])["signed"]
    return body


# --- the file ---------------------------------------------------------------------------------------
def test_a_bundle_is_a_plain_archive_of_a_whole_tuf_repository(publisher: Publisher) -> None:
    with zipfile.ZipFile(publisher.release()) as archive:
        infos = archive.infolist()
    names = [info.filename for info in infos]
    assert names[:2] == ["bundle.json", "metadata/1.root.json"]
    assert names[2:5] == ["metadata/timestamp.json", "metadata/2.snapshot.json", "metadata/2.targets.json"]
    assert names[5].startswith("targets/") and names[5].endswith(f".{TARGET}")
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}


def test_the_data_inside_is_the_catalog_byte_for_byte(publisher: Publisher, catalog: Path) -> None:
    bundle = Path(publisher.published(catalog, "2.guide").path)
    parts = members(bundle)
    assert decompress(parts[named(parts, TARGET)]) == catalog.read_bytes()


def test_what_is_signed_says_edition_dates_and_the_data_s_own_hash(publisher: Publisher, catalog: Path) -> None:
    done = publisher.published(catalog, "2.guide")
    custom = signed(Path(done.path), ".targets.json")["targets"][TARGET]["custom"]  # type: ignore[index]
    assert (custom["edition"], custom["edition_name"], custom["publisher_name"]) == (2, "2026.12", "State Coalition")
    assert (custom["db_length"], custom["db_sha256"]) == (catalog.stat().st_size, done.sha256)
    assert custom["next_expected"] == (NOW + timedelta(EXPECTED_DAYS)).date().isoformat()
    assert done.expires == NOW + timedelta(EXPIRES_DAYS)


def test_every_change_of_keys_travels_in_the_bundle(publisher: Publisher) -> None:
    for key in ("publish-1", "root-1"):
        publisher.rotate(key)
    roots = [name for name in members(publisher.release()) if name.endswith(".root.json")]
    assert roots == [f"metadata/{n}.root.json" for n in (1, 2, 3)]


def test_no_private_key_is_in_a_bundle_or_beside_its_metadata(publisher: Publisher) -> None:
    private = [json.loads(p.read_text("utf-8"))["private"].encode() for p in publisher.keys.glob("*.key.json")]
    assert len(private) == 5
    files = [publisher.release(), *publisher.repository.metadata.iterdir(), *publisher.trust.rglob("*.json")]
    assert not [path for path in files for one in private if one in path.read_bytes()]


def test_versions_rise_by_one_with_each_release(publisher: Publisher) -> None:
    for number in (2, 3, 4):
        bundle = publisher.release(number, day=number)
        assert [signed(bundle, f"{role}.json")["version"] for role in ("timestamp", "snapshot", "targets")] == [
            number, number, number,
        ]  # fmt: skip


# --- what is refused ----------------------------------------------------------------------------------
def unchanged(publisher: Publisher, catalog: Path, kind: type[Exception], *, day: float = 0, **dates: int) -> None:
    """Expect ``publish`` to raise ``kind``, with no bundle written and nothing remembered."""
    before = tree(publisher.keys)
    with pytest.raises(kind):
        publisher.published(catalog, "bad.guide", day=day, **dates)
    assert tree(publisher.keys) == before
    assert not list(publisher.folder.glob("bad.guide*"))


@pytest.mark.parametrize("number", [1, 2])
def test_a_number_that_was_released_is_not_given_to_other_content(publisher: Publisher, number: int) -> None:
    publisher.release(2)
    other = make_catalog(publisher.folder / "other.db", SERVICES[:1], number=number, call_now=())
    unchanged(publisher, other, UsageError, day=1)


def test_the_same_edition_may_be_signed_again_with_new_dates(publisher: Publisher, catalog: Path) -> None:
    publisher.published(catalog, "2.guide")
    again = Path(publisher.published(catalog, "again.guide", day=40).path)
    assert apply(publisher.settings, again, at(40)).edition == 2


def test_a_clock_before_the_last_release_signs_nothing(publisher: Publisher, catalog: Path) -> None:
    unchanged(publisher, catalog, UsageError, day=-31)


@pytest.mark.parametrize("dates", [{"expires_days": 0}, {"expires_days": -5}, {"expected_days": 0}])
def test_a_release_that_would_be_old_at_once_is_refused(
    publisher: Publisher, catalog: Path, dates: dict[str, int]
) -> None:
    unchanged(publisher, catalog, UsageError, **dates)


@pytest.mark.parametrize("content", [b"", b"x" * 9000, b"SQLite format 3\0" + b"\0" * 9000])
def test_what_no_guide_could_use_is_not_signed(publisher: Publisher, content: bytes) -> None:
    bad = publisher.folder / "bad.db"
    bad.write_bytes(content)
    unchanged(publisher, bad, UnfitCatalogError)


def test_a_wrong_passphrase_signs_nothing(publisher: Publisher, catalog: Path) -> None:
    before = tree(publisher.keys)
    with pytest.raises(KeyFileError):
        publish(
            catalog,
            publisher.keys,
            publisher.folder / "bad.guide",
            lambda _: "not the passphrase",
            at(),
            baseline=ACCEPTED,
        )
    assert tree(publisher.keys) == before


def test_the_deputy_signs_when_the_editor_is_away(publisher: Publisher, catalog: Path) -> None:
    out = publisher.folder / "2.guide"
    publish(
        catalog, publisher.keys, out, lambda name: "" if name == "publish-1" else PASSPHRASE, at(), baseline=ACCEPTED
    )
    assert verify(publisher.settings, out, at()).verdict == "newer"
    (publisher.keys / "publish-1.key.json").unlink()
    assert verify(publisher.settings, publisher.release(3, day=1), at(1)).verdict == "newer"


def test_a_threshold_of_two_is_not_met_by_one_holder(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, publishing_keys=3, threshold=2)
    for name in ("publish-1", "publish-2"):
        (publisher.keys / f"{name}.key.json").unlink()
    unchanged(publisher, make_catalog(tmp_path / "2.db", number=2), KeyFileError)


def test_a_root_lost_from_the_history_is_noticed_before_a_guide_does(publisher: Publisher, catalog: Path) -> None:
    publisher.rotate("publish-1")
    publisher.rotate("publish-2")
    (publisher.repository.metadata / "2.root.json").unlink()
    unchanged(publisher, catalog, KeyFileError)


def test_a_root_changed_by_hand_is_noticed_before_a_guide_does(publisher: Publisher, catalog: Path) -> None:
    publisher.rotate("publish-1")
    path = publisher.repository.metadata / "2.root.json"
    root: Metadata[Root] = Metadata.from_bytes(path.read_bytes())
    root.signed.roles["targets"].threshold = 2
    path.write_bytes(root.to_bytes())
    unchanged(publisher, catalog, KeyFileError)


def test_an_expired_root_signs_nothing(publisher: Publisher, catalog: Path) -> None:
    unchanged(publisher, catalog, KeyFileError, day=6 * 365)


def test_a_stick_that_cannot_be_written_does_not_use_the_edition_up(publisher: Publisher, catalog: Path) -> None:
    taken = publisher.folder / "folder.guide"
    (taken / "x").mkdir(parents=True)
    with pytest.raises(OSError, match=r".+"):
        publish(catalog, publisher.keys, taken, ask, at(), baseline=ACCEPTED)
    assert not list(publisher.folder.glob("*.new"))
    assert apply(publisher.settings, Path(publisher.published(catalog, "2.guide").path), at()).edition == 2


@pytest.mark.parametrize("renames", range(4))
def test_after_a_power_cut_the_same_edition_is_signed_under_versions_never_seen(
    publisher: Publisher, catalog: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    """Each rename on the way is a moment to die: of the three roles, then of the bundle itself."""
    left, rename = [renames], Path.replace

    def power_cut(here: Path, there: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return rename(here, there)

    monkeypatch.setattr(Path, "replace", power_cut)
    with pytest.raises(KeyboardInterrupt):
        publisher.published(catalog, "2.guide")
    monkeypatch.undo()
    assert not (publisher.folder / "2.guide").exists()
    remembered = publisher.repository.version("timestamp")
    bundle = Path(publisher.published(catalog, "2.guide").path)
    assert signed(bundle, "timestamp.json")["version"] == remembered + 1
    assert apply(publisher.settings, bundle, at()).edition == 2


# --- the first edition and the development publisher ------------------------------------------------
def test_the_first_edition_is_what_a_fresh_guide_trusts(publisher: Publisher) -> None:
    assert {p.name for p in publisher.trust.iterdir()} == {
        "root.json", "root_history", "timestamp.json", "snapshot.json", "targets.json",
    }  # fmt: skip
    found = status(publisher.settings, at())
    assert (found.signed, found.edition.number) == (True, 1)


def test_the_roots_of_the_publisher_before_do_not_stay(publisher: Publisher, tmp_path: Path) -> None:
    publisher.rotate("root-1")
    first_edition(publisher.shipped, publisher.keys, publisher.trust, ask, at(), baseline=ACCEPTED)
    other = Publisher(tmp_path / "other")
    first_edition(publisher.shipped, other.keys, publisher.trust, ask, at(), baseline=ACCEPTED)
    assert [p.name for p in (publisher.trust / "root_history").iterdir()] == ["1.root.json"]
    assert verify(publisher.settings, other.release(2, day=1), at(1)).verdict == "newer"


def test_a_program_shipped_with_another_catalog_than_was_signed_takes_no_update(publisher: Publisher) -> None:
    bundle = publisher.release()
    make_catalog(publisher.shipped, SERVICES[:2], call_now=())
    with pytest.raises(BrokenCatalogError):
        verify(publisher.settings, bundle, at())


def test_the_development_publisher_is_made_once_and_anew_when_the_catalog_changes(tmp_path: Path) -> None:
    catalog, trust = make_catalog(tmp_path / "resources.db"), tmp_path / "trust"
    assert make_development_publisher(tmp_path / "build", catalog, trust, at())
    before = tree(tmp_path)
    assert not make_development_publisher(tmp_path / "build", catalog, trust, at())
    assert tree(tmp_path) == before
    make_catalog(catalog, SERVICES, number=1)
    assert make_development_publisher(tmp_path / "build", catalog, trust, at(1))
    settings = Settings(data=tmp_path / "data", catalog=catalog, trust=trust)
    assert status(settings, at(1)).signed


def test_the_demo_update_is_a_genuine_second_edition_of_the_starter_catalog(tmp_path: Path) -> None:
    trust = tmp_path / "trust"
    make_development_publisher(tmp_path / "build", STARTER_CATALOG, trust, at())
    done = demo_update(tmp_path / "build", tmp_path / "demo.guide", at(1))
    settings = Settings(data=tmp_path / "data", catalog=STARTER_CATALOG, trust=trust)
    assert apply(settings, Path(done.path), at(1)).before == 1
    with Catalog(settings.data / "editions" / "g000001" / "catalog.db") as catalog:
        assert "Example Legal Line (demo)" in {service.name.text for service in catalog.services()}


def test_the_development_keys_are_named_for_what_they_are(tmp_path: Path) -> None:
    make_development_publisher(tmp_path / "build", make_catalog(tmp_path / "r.db"), tmp_path / "trust", at())
    assert json.loads((tmp_path / "build/keys/publisher.json").read_text("utf-8")) == {"name": "Development publisher"}
    assert len(list_keys(tmp_path / "build/keys")) == 5
