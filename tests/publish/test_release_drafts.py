"""An edition that needs two keys travels from holder to holder: each reads what it changes, and no one alone puts it out."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata

from guide.bundles.importer import apply, verify
from guide.clock import Clock
from guide.errors import DamagedError, KeyFileError, NotToBePublishedError, UsageError
from guide.publish.drafts import finish, first_draft, sign_draft
from guide.publish.keys import load_key, new_key
from guide.publish.release import draft_release, first_edition, publish
from guide.publish.release_draft import opened_release_draft, write_release_draft
from guide.publish.release_signing import Looked, finish_release, look, sign_release
from guide.publish.repository import Repository
from guide.settings import Settings
from tests.makers import NOW, make_catalog, make_phone, make_service
from tests.publisher import ACCEPTED, CHEAP, PASSPHRASE, SERVICES, ask, at, bent

HOLDERS = ("root-a", "root-b", "root-c", "editor", "deputy")


class House:
    """A publisher whose editions take two signatures, each key on a stick of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.keys = folder, folder / "publisher"
        public = {name: new_key(folder / name, name, PASSPHRASE, CHEAP) for name in HOLDERS}
        draft = first_draft("Valley", [public[n] for n in HOLDERS[:3]], [public[n] for n in HOLDERS[3:]],
                            at(-60)(), threshold=2)  # fmt: skip
        for name in HOLDERS[:2]:
            sign_draft(draft, load_key(folder / name, name, PASSPHRASE), at(-60)())
        finish(draft, self.keys, at(-60)())
        shipped, trust = make_catalog(folder / "1.db", SERVICES), folder / "trust"
        first_edition(
            shipped, self.keys, trust, ask, at(-30), baseline=ACCEPTED, sticks=self.sticks("editor", "deputy")
        )
        self.settings = Settings(folder / "data", shipped, trust)

    def sticks(self, *names: str) -> list[Path]:
        return [self.folder / name for name in names]

    def drafted(self, number: int = 2, services: object = SERVICES[1:], clock: Clock = at(), name: str = "") -> Path:
        catalog = make_catalog(self.folder / f"{number}.db", services, number=number, name=f"2026.{number}")  # type: ignore[arg-type]
        out = self.folder / (name or f"{number}.draft")
        draft_release(catalog, self.keys, out, clock, baseline=ACCEPTED)
        return out

    def signed(self, draft: Path, *names: str, now: datetime = NOW) -> Looked:
        for name in names:
            with opened_release_draft(draft) as opened:
                seen = look(opened, now)
                sign_release(opened, load_key(self.folder / name, name, PASSPHRASE), now)
                write_release_draft(opened, draft)
        return seen

    def finished(self, draft: Path, now: datetime = NOW) -> Path:
        out = draft.with_suffix(".guide")
        with opened_release_draft(draft) as opened:
            finish_release(opened, self.keys, out, now)
        return out


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One such house; each test works on a copy of its folder."""
    folder = tmp_path_factory.mktemp("house")
    House(folder)
    return folder


@pytest.fixture
def house(made: Path, tmp_path: Path) -> House:
    copied = House.__new__(House)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    copied.folder, copied.keys = tmp_path, tmp_path / "publisher"
    copied.settings = Settings(tmp_path / "data", tmp_path / "1.db", tmp_path / "trust")
    return copied


def test_two_holders_sign_in_turn_and_every_guide_takes_the_edition(house: House) -> None:
    draft = house.drafted()
    seen = house.signed(draft, "editor")
    assert seen.changes is not None
    assert (seen.edition.number, seen.changes.removed, seen.changes.before) == (2, 1, "2026.11 (1)")
    house.signed(draft, "deputy", now=NOW + timedelta(days=3))
    bundle = house.finished(draft, NOW + timedelta(days=3))
    assert apply(house.settings, bundle, at(3)).edition == 2
    assert Repository(house.keys).version("targets") == 2


def test_one_signature_puts_nothing_out(house: House) -> None:
    draft = house.drafted()
    house.signed(draft, "editor")
    with pytest.raises(KeyFileError, match="1 more signatures"):
        house.finished(draft)
    assert not draft.with_suffix(".guide").exists()
    assert Repository(house.keys).version("targets") == 1
    with pytest.raises(DamagedError):
        verify(house.settings, draft, at())


def test_a_key_signs_once_and_a_root_key_not_at_all(house: House) -> None:
    draft = house.drafted()
    house.signed(draft, "editor")
    with pytest.raises(UsageError, match="signed already"):
        house.signed(draft, "editor")
    with pytest.raises(UsageError, match="no publishing key"):
        house.signed(draft, "root-a")


def test_who_has_one_of_two_keys_is_told_how_editions_travel(house: House) -> None:
    catalog = make_catalog(house.folder / "2.db", SERVICES, number=2)
    with pytest.raises(KeyFileError, match="guide publish draft"):
        publish(
            catalog, house.keys, house.folder / "2.guide", ask, at(), baseline=ACCEPTED, sticks=house.sticks("editor")
        )


def test_each_holder_sees_every_changed_number_and_each_jump(house: House) -> None:
    many = [make_service(f"Pantry {n}") for n in range(8)]
    draft = house.drafted(services=(*SERVICES[:2], make_service("Crisis Line", category="crisis",
                                    phones=(make_phone("211"),)), *many))  # fmt: skip
    with opened_release_draft(draft) as opened:
        seen = look(opened, NOW).changes
    assert seen is not None
    assert (seen.added, seen.phones) == (8, 1)
    assert [(c.before, c.after) for c in seen.changes if c.kind == "phone"] == [("988", "211")]
    assert {jump.code for jump in seen.jumps} >= {"many-new"}


def test_what_the_lint_would_stop_each_holder_is_stopped_by(house: House) -> None:
    draft = house.drafted()
    with opened_release_draft(draft) as opened:
        opened.baseline.everything = ""
        write_release_draft(opened, draft)
    with opened_release_draft(draft) as opened, pytest.raises(NotToBePublishedError):
        look(opened, NOW)


def test_a_clock_behind_the_draft_or_after_its_end_signs_nothing(house: House) -> None:
    draft = house.drafted()
    with pytest.raises(UsageError, match="before the day the draft"):
        house.signed(draft, "editor", now=NOW - timedelta(days=2))
    with pytest.raises(UsageError, match="out of date"):
        house.signed(draft, "editor", now=NOW + timedelta(days=400))
    with pytest.raises(UsageError, match="before the last release"):
        house.drafted(3, clock=at(-31))


def test_of_two_drafts_of_one_edition_only_one_gets_out(house: House) -> None:
    first, second = house.drafted(), house.drafted(3, SERVICES[:2])
    for draft in (first, second):
        house.signed(draft, "editor", "deputy")
    house.finished(first)
    with pytest.raises(UsageError, match="Another edition was released"):
        house.finished(second)


def test_a_version_that_would_be_skipped_is_refused(house: House) -> None:
    draft = house.drafted()
    with opened_release_draft(draft) as opened:
        targets, snapshot = opened.roles["targets"].signed, opened.roles["snapshot"].signed
        targets.version = snapshot.meta["targets.json"].version = 5
        write_release_draft(opened, draft)
    with pytest.raises(UsageError, match="skipped"):
        house.signed(draft, "editor")


def test_a_root_with_one_key_under_two_ids_or_too_high_a_threshold_is_signed_by_nobody(house: House) -> None:
    draft = house.drafted()
    for spoil, said in ((two_ids, "two ids"), (too_many, "more signatures than")):
        with opened_release_draft(draft) as opened:
            opened.roots[-1] = rooted_anew(house, opened.roots[-1], spoil)
            with pytest.raises(UsageError, match=said):
                look(opened, NOW)


def two_ids(root: dict[str, object]) -> None:
    keys, roles = root["keys"], root["roles"]
    one = roles["targets"]["keyids"][0]  # type: ignore[index]
    keys["ab" * 32] = dict(keys[one])  # type: ignore[index]
    roles["targets"]["keyids"].append("ab" * 32)  # type: ignore[index]


def too_many(root: dict[str, object]) -> None:
    root["roles"]["targets"]["threshold"] = 7  # type: ignore[index]


def rooted_anew(house: House, data: bytes, spoil: Callable[[dict[str, object]], None]) -> bytes:
    """Return the root with a fault that only holders who mean it could sign."""
    body = json.loads(data)
    spoil(body["signed"])
    root: Metadata = Metadata.from_dict({"signatures": [], "signed": body["signed"]})
    for name in HOLDERS[:2]:
        root.sign(load_key(house.folder / name, name, PASSPHRASE), append=True)
    return root.to_bytes()


def bend(name: str, change: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
    def bent_part(parts: dict[str, bytes]) -> None:
        (found,) = [one for one in parts if one.endswith(name)] if name != "before/catalog.db.zst" else [name]
        parts[found] = change(parts[found])

    return bent_part


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("before/catalog.db.zst", lambda data: data[:-3]),
        ("before/targets.json", lambda data: data.replace(b'"edition":1', b'"edition":0')),
        ("2.targets.json", lambda data: data.replace(b'"services":2', b'"services":9')),
        ("2.targets.json", lambda data: data[:-40]),
        ("1.root.json", lambda data: data.replace(b'"threshold":2', b'"threshold":1')),
        ("draft.json", lambda _: b"[]"),
    ],
    ids=["list before", "release before", "other count", "cut off", "other root", "no draft"],
)
def test_whoever_changes_a_draft_on_the_way_gets_no_signature(
    house: House, name: str, change: Callable[[bytes], bytes]
) -> None:
    whole = house.drafted()
    draft = bent(whole, house.folder / "bent.draft", bend(name, change))
    assert draft.read_bytes() != whole.read_bytes()
    with pytest.raises(KeyFileError):
        house.signed(draft, "editor")


def test_other_data_than_is_signed_or_a_file_too_many_is_refused(house: House) -> None:
    whole = house.drafted()
    other = house.drafted(3, SERVICES[:2], name="other.draft")

    def swapped(parts: dict[str, bytes]) -> None:
        with zipfile.ZipFile(other) as archive:
            (mine,) = [n for n in parts if n.startswith("targets/")]
            (theirs,) = [n for n in archive.namelist() if n.startswith("targets/")]
            parts[mine] = archive.read(theirs)

    def more(parts: dict[str, bytes]) -> None:
        parts["targets/../../evil"] = b"x"

    for change in (swapped, more):
        with pytest.raises(KeyFileError):
            house.signed(bent(whole, house.folder / "bent.draft", change), "editor")
    assert not (house.folder.parent / "evil").exists()


def test_a_change_after_the_first_signature_makes_it_void(house: House) -> None:
    draft = house.drafted()
    house.signed(draft, "editor")
    with opened_release_draft(draft) as opened:
        opened.roles["targets"].signed.unrecognized_fields["note"] = "changed"
        assert opened.signed_by() == []
        assert opened.missing() == 2
