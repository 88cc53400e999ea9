"""A publisher's keys on disk: closed to whoever finds the stick, replaced when one is lost."""

from __future__ import annotations

import base64
import json
import os
import shutil
import stat
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from securesystemslib.signer import SSlibKey
from tuf.api.metadata import Metadata, Root

from guide.errors import KeyFileError, UsageError
from guide.publish.keys import Cost, list_keys, load_key, new_key
from guide.publish.repository import Repository, check_root, new_repository, rotate
from guide.publish.six_words import long_list, suggest_passphrase
from tests.makers import NOW
from tests.publisher import CHEAP, PASSPHRASE, ask


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_key(tmp_path, "publish-1", PASSPHRASE, CHEAP)
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "keys"
    new_repository(folder, "State Coalition", ask, NOW, cost=CHEAP)
    return folder


@pytest.fixture
def keys(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "keys"))


# --- one key ----------------------------------------------------------------------------------------
def test_a_key_opens_with_its_passphrase_and_signs(folder: Path) -> None:
    signer = load_key(folder, "publish-1", PASSPHRASE)
    signature = signer.sign(b"said")
    list_keys(folder)["publish-1"].verify_signature(signature, b"said")


def test_the_file_holds_no_private_key_in_the_clear(folder: Path) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = load_key(folder, "publish-1", PASSPHRASE)._private_key
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    text = (folder / "publish-1.key.json").read_bytes()
    assert not any(form in text for form in (raw, raw.hex().encode(), base64.b64encode(raw)))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission bits")
def test_only_its_owner_may_read_the_file(folder: Path) -> None:
    assert stat.S_IMODE((folder / "publish-1.key.json").stat().st_mode) == 0o600


def test_a_found_stick_costs_64_mib_and_three_passes_a_guess() -> None:
    assert Cost() == Cost(memory=65_536, passes=3)


@pytest.mark.parametrize("wrong", ["", "a passphrase for test", "A passphrase for tests", "x" * 500])
def test_a_wrong_passphrase_is_said(folder: Path, wrong: str) -> None:
    with pytest.raises(KeyFileError) as caught:
        load_key(folder, "publish-1", wrong)
    assert caught.value.facts["reason"] == "wrong passphrase"


@pytest.mark.parametrize("same", ["  a passphrase\tfor  tests ", "a passphrase for tests\n"])
def test_spaces_between_words_do_not_matter(folder: Path, same: str) -> None:
    assert load_key(folder, "publish-1", same)


def test_an_accent_typed_on_another_keyboard_is_the_same_accent(tmp_path: Path) -> None:
    new_key(tmp_path, "publish-1", "contrase\u00f1a muy larga", CHEAP)
    assert load_key(tmp_path, "publish-1", "contrasen\u0303a muy larga")


@pytest.mark.parametrize("short", ["", "too short", " " * 40, "a" + " " * 40])
def test_a_passphrase_too_short_to_protect_is_refused(tmp_path: Path, short: str) -> None:
    with pytest.raises(UsageError):
        new_key(tmp_path, "publish-1", short, CHEAP)
    assert list_keys(tmp_path) == {}


def test_a_key_is_never_written_over(folder: Path) -> None:
    before = (folder / "publish-1.key.json").read_bytes()
    with pytest.raises(UsageError):
        new_key(folder, "publish-1", PASSPHRASE, CHEAP)
    assert (folder / "publish-1.key.json").read_bytes() == before


def test_a_suggested_passphrase_is_six_words_and_never_the_same() -> None:
    made = {suggest_passphrase() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one.split()) == 6 for one in made)


def test_the_words_of_passphrases_are_many_and_tell_apart_by_four_letters() -> None:
    words = long_list()
    assert len(words) > 1900  # nearly 11 bits a word, nearly 66 in all
    assert len({word[:4] for word in words}) == len(words)
    assert not {"victim", "gun", "abuse"} & set(words)


def test_a_public_key_put_in_the_place_of_ours_is_noticed(folder: Path, tmp_path: Path) -> None:
    other = new_key(tmp_path / "other", "publish-1", PASSPHRASE, CHEAP)
    path = folder / "publish-1.key.json"
    body = json.loads(path.read_text("utf-8"))
    body["public"] = other.to_dict()
    path.write_text(json.dumps(body), "utf-8")
    with pytest.raises(KeyFileError):
        load_key(folder, "publish-1", PASSPHRASE)


BAD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
FIELDS = ("format", "name", "keyid", "public", "argon2id", "nonce", "private")


@given(field=st.sampled_from(FIELDS), value=BAD)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_key_file_is_said_and_nothing_else_happens(made: Path, field: str, value: object) -> None:
    body = json.loads((made / "publish-1.key.json").read_text("utf-8")) | {field: value}
    scratch = made.with_name("scratch")
    scratch.mkdir(exist_ok=True)
    (scratch / "publish-1.key.json").write_text(json.dumps(body), "utf-8")
    for act in (lambda: load_key(scratch, "publish-1", PASSPHRASE), lambda: list_keys(scratch)):
        try:
            act()
        except KeyFileError:
            continue
        # A name is only shown, and only what opening needs is judged when keys are listed.


@pytest.mark.parametrize("junk", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": "guide-key-2"}'])
def test_a_file_that_is_no_key_is_said(folder: Path, junk: bytes) -> None:
    (folder / "publish-1.key.json").write_bytes(junk)
    for act in (lambda: load_key(folder, "publish-1", PASSPHRASE), lambda: list_keys(folder)):
        with pytest.raises(KeyFileError):
            act()


@pytest.mark.parametrize("cost", [{"memory": 1 << 40}, {"memory": 0}, {"passes": 10**9}, {"passes": 0}])
def test_a_key_file_cannot_ask_for_more_memory_or_time_than_is_sane(folder: Path, cost: dict[str, int]) -> None:
    path = folder / "publish-1.key.json"
    body = json.loads(path.read_text("utf-8"))
    body["argon2id"] |= cost
    path.write_text(json.dumps(body), "utf-8")
    with pytest.raises(KeyFileError):
        load_key(folder, "publish-1", PASSPHRASE)


# --- a publisher's set of keys ----------------------------------------------------------------------
def test_root_needs_two_of_three_and_a_release_one_of_two(keys: Path) -> None:
    root = Repository(keys).root().signed
    assert {name: (role.threshold, len(role.keyids)) for name, role in root.roles.items()} == {
        "root": (2, 3), "targets": (1, 2), "snapshot": (1, 2), "timestamp": (1, 2),
    }  # fmt: skip
    assert not set(root.roles["root"].keyids) & set(root.roles["targets"].keyids)


def test_a_threshold_above_the_number_of_keys_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        new_repository(tmp_path / "keys", "x", ask, NOW, publishing_keys=2, threshold=3, cost=CHEAP)
    assert not (tmp_path / "keys").exists()


def test_a_second_publisher_is_not_made_over_the_first(keys: Path) -> None:
    with pytest.raises(UsageError):
        new_repository(keys, "x", ask, NOW, cost=CHEAP)


def test_a_root_with_one_key_under_two_ids_is_refused(keys: Path) -> None:
    root = Repository(keys).root().signed
    first, second = root.roles["targets"].keyids
    root.keys[second] = SSlibKey.from_dict(second, root.keys[first].to_dict())
    with pytest.raises(UsageError):
        check_root(root)


def test_a_folder_without_keys_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="guide keys new"):
        Repository(tmp_path).root()


# --- changes of keys --------------------------------------------------------------------------------
def chain(keys: Path) -> None:
    """Check each root by the one before it, as a client does."""
    roots: list[Metadata[Root]] = [Metadata.from_bytes(one) for one in Repository(keys).roots()]
    for old, new in pairwise(roots):
        assert new.signed.version == old.signed.version + 1
        for judge in (old.signed, new.signed):
            judge.verify_delegate("root", new.signed_bytes, new.signatures)


@pytest.mark.parametrize("name", ["root-1", "root-3", "publish-1", "publish-2"])
def test_a_replaced_key_has_no_place_in_the_next_root(keys: Path, name: str) -> None:
    gone = list_keys(keys)[name].keyid
    root = rotate(keys, name, ask, NOW, cost=CHEAP).signed
    assert root.version == 2
    assert gone not in root.keys
    assert name not in list_keys(keys)
    assert (keys / f"{name}.revoked.json").is_file()
    chain(keys)


def test_every_key_can_be_replaced_one_after_the_other(keys: Path) -> None:
    first = set(list_keys(keys))
    for name in sorted(first):
        rotate(keys, name, ask, NOW, cost=CHEAP)
    assert not first & set(list_keys(keys))
    chain(keys)


@pytest.mark.parametrize("name", ["root-1", "root-2", "publish-1"])
def test_a_key_whose_file_is_lost_can_be_replaced(keys: Path, name: str) -> None:
    (keys / f"{name}.key.json").unlink()
    assert rotate(keys, name, ask, NOW, cost=CHEAP).signed.version == 2
    chain(keys)


def test_a_root_key_whose_passphrase_is_forgotten_can_be_replaced(keys: Path) -> None:
    asked: list[str] = []

    def remember(name: str) -> str:
        asked.append(name)
        return PASSPHRASE

    rotate(keys, "root-1", remember, NOW, cost=CHEAP)
    assert "root-1" not in asked
    chain(keys)


def test_with_two_root_keys_lost_nothing_can_be_signed_and_nothing_changes(keys: Path) -> None:
    for name in ("root-1", "root-2"):
        (keys / f"{name}.key.json").unlink()
    before = sorted(p.name for p in keys.rglob("*"))
    with pytest.raises(KeyFileError):
        rotate(keys, "root-1", ask, NOW, cost=CHEAP)
    assert sorted(p.name for p in keys.rglob("*")) == before


def test_a_wrong_passphrase_in_the_middle_of_a_change_leaves_nothing_behind(keys: Path) -> None:
    before = sorted(p.name for p in keys.rglob("*"))
    with pytest.raises(KeyFileError):
        rotate(keys, "publish-1", lambda n: "not the passphrase" if n == "root-2" else PASSPHRASE, NOW, cost=CHEAP)
    assert sorted(p.name for p in keys.rglob("*")) == before


def test_a_holder_who_is_not_there_is_passed_by(keys: Path) -> None:
    rotate(keys, "publish-1", lambda name: "" if name == "root-1" else PASSPHRASE, NOW, cost=CHEAP)
    chain(keys)


def test_two_holders_who_are_not_there_are_too_many(keys: Path) -> None:
    with pytest.raises(KeyFileError, match="1 were opened"):
        rotate(keys, "publish-1", lambda n: "" if n in ("root-1", "root-2") else PASSPHRASE, NOW, cost=CHEAP)


def test_a_new_key_may_have_any_name(keys: Path) -> None:
    rotate(keys, "publish-2", ask, NOW, new="publisher", cost=CHEAP)
    rotate(keys, "publisher", ask, NOW, cost=CHEAP)
    assert set(list_keys(keys)) >= {"publish-1", "publish-2"}
    chain(keys)


@pytest.mark.parametrize("name", ["", "nobody", "publish-9"])
def test_a_key_that_never_was_cannot_be_replaced(keys: Path, name: str) -> None:
    with pytest.raises(UsageError):
        rotate(keys, name, ask, NOW, cost=CHEAP)


def test_a_new_root_key_does_not_count_as_one_of_the_old_ones(keys: Path) -> None:
    """With two of the three old keys gone, the third and the new one are not two of the old root's holders."""
    for name in ("root-1", "root-2"):
        (keys / f"{name}.key.json").unlink()
    before = sorted(p.name for p in keys.rglob("*"))
    with pytest.raises(KeyFileError):
        rotate(keys, "root-2", ask, NOW, cost=CHEAP)
    assert sorted(p.name for p in keys.rglob("*")) == before
