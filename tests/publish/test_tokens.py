"""Keys on a token, tried on SoftHSM2: the key never leaves it, and a guide takes what it signed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.bundles.importer import apply
from guide.errors import KeyFileError
from guide.publish.drafts import finish, first_draft, sign_draft
from guide.publish.keys import list_keys, load_key, new_key
from guide.publish.public_keys import read_public, write_public
from guide.publish.release import first_edition, publish
from guide.settings import Settings
from tests.makers import NOW, make_catalog
from tests.publisher import ACCEPTED, CHEAP, PASSPHRASE, SERVICES, at

pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed (requirements/hsm.txt)")
LIBRARY = next(
    (p for p in map(Path, ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                           "/opt/homebrew/lib/softhsm/libsofthsm2.so")) if p.is_file()), None,
)  # fmt: skip
pytestmark = pytest.mark.skipif(
    LIBRARY is None or shutil.which("softhsm2-util") is None or shutil.which("pkcs11-tool") is None,
    reason="SoftHSM2 and OpenSC are not installed (apt install softhsm2 opensc)",
)
PIN = "648219"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A token in software, with a P-256 key in the place a YubiKey has its signature key."""
    assert LIBRARY is not None
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    before = {name: os.environ.get(name) for name in ("SOFTHSM2_CONF", "PYKCS11LIB")}
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")

    def run(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True)

    run("softhsm2-util", "--init-token", "--free", "--label", "Director", "--so-pin", "12345678", "--pin", PIN)
    run("pkcs11-tool", "--module", str(LIBRARY), "--token-label", "Director", "--login", "--pin", PIN,
        "--keypairgen", "--key-type", "EC:prime256v1", "--id", "02", "--label", "sign")  # fmt: skip
    yield LIBRARY
    for name, value in before.items():
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def adopt(folder: Path, library: Path, **over: object) -> None:
    from guide.publish.tokens import adopt_token_key

    key = adopt_token_key(folder, "director", library, token="Director", **over)  # type: ignore[arg-type]
    write_public(folder, "director", key)


def test_a_token_makes_a_publisher_with_a_stick_and_signs_editions(library: Path, tmp_path: Path) -> None:
    adopt(tmp_path / "token", library)
    public = read_public(tmp_path / "token" / "director.public.json")
    others = [new_key(tmp_path / name, name, PASSPHRASE, CHEAP) for name in ("volunteer", "editor")]
    draft = first_draft("Valley", [public, others[0]], [others[1]], NOW)
    sign_draft(draft, load_key(tmp_path / "token", "director", PIN), NOW)
    sign_draft(draft, load_key(tmp_path / "volunteer", "volunteer", PASSPHRASE), NOW)
    keys, trust = tmp_path / "keys", tmp_path / "trust"
    finish(draft, keys, NOW)
    catalog = make_catalog(tmp_path / "1.db", SERVICES)
    sticks = [tmp_path / "editor"]
    first_edition(catalog, keys, trust, lambda _: PASSPHRASE, at(), baseline=ACCEPTED, sticks=sticks)
    second = make_catalog(tmp_path / "2.db", SERVICES, number=2)
    bundle = tmp_path / "2.guide"
    publish(second, keys, bundle, lambda _: PASSPHRASE, at(1), baseline=ACCEPTED, sticks=sticks)
    settings = Settings(data=tmp_path / "data", catalog=catalog, trust=trust)
    assert apply(settings, bundle, at(1)).edition == 2


def test_a_token_may_sign_editions_too(library: Path, tmp_path: Path) -> None:
    adopt(tmp_path / "token", library)
    public = read_public(tmp_path / "token" / "director.public.json")
    rooted = [new_key(tmp_path / name, name, PASSPHRASE, CHEAP) for name in ("one", "two")]
    draft = first_draft("Valley", rooted, [public], NOW)
    for name in ("one", "two"):
        sign_draft(draft, load_key(tmp_path / name, name, PASSPHRASE), NOW)
    keys, trust = tmp_path / "keys", tmp_path / "trust"
    finish(draft, keys, NOW)
    catalog = make_catalog(tmp_path / "1.db", SERVICES)
    sticks = [tmp_path / "token"]
    first_edition(catalog, keys, trust, lambda _: PIN, at(), baseline=ACCEPTED, sticks=sticks)
    bundle = tmp_path / "2.guide"
    publish(
        make_catalog(tmp_path / "2.db", SERVICES, number=2),
        keys,
        bundle,
        lambda _: PIN,
        at(1),
        baseline=ACCEPTED,
        sticks=sticks,
    )
    assert apply(Settings(data=tmp_path / "data", catalog=catalog, trust=trust), bundle, at(1)).edition == 2


def test_the_key_file_of_a_token_holds_nothing_secret(library: Path, tmp_path: Path) -> None:
    adopt(tmp_path, library)
    text = (tmp_path / "director.key.json").read_text("utf-8")
    assert PIN not in text and '"private"' not in text
    assert list(list_keys(tmp_path)) == ["director"]


def test_a_wrong_pin_is_said(library: Path, tmp_path: Path) -> None:
    adopt(tmp_path, library)
    with pytest.raises(KeyFileError) as caught:
        load_key(tmp_path, "director", "000000").sign(b"said")
    assert caught.value.facts["reason"] == "wrong passphrase"


@pytest.mark.parametrize("wrong", [{"slot": 9}, {"slot": 3}])
def test_a_key_that_is_not_on_the_token_is_said(wrong: dict[str, int], library: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyFileError):
        adopt(tmp_path, library, **wrong)
    assert list_keys(tmp_path) == {}


def test_a_token_that_is_not_in_is_said(library: Path, tmp_path: Path) -> None:
    from guide.publish.tokens import adopt_token_key

    with pytest.raises(KeyFileError):
        adopt_token_key(tmp_path, "director", library, token="Somebody else")
    with pytest.raises(KeyFileError):
        adopt_token_key(tmp_path, "director", tmp_path / "no.so")
