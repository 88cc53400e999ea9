"""Keys that lie with several people, from the terminal: make, draft, sign in turn, finish, and the sheet for the safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.publish import keys as key_files
from guide.settings import Settings
from guide.sheets.preview import page_count
from tests.cli.asking import Shelter, accepting, person
from tests.makers import make_catalog
from tests.publisher import PASSPHRASE, SERVICES

HOLDERS = ("director", "volunteer", "envelope", "editor", "deputy")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shelter:
    real = key_files.Cost
    monkeypatch.setattr(key_files, "Cost", lambda memory=8, passes=1: real(memory, passes))
    (tmp_path / "secret").write_text(PASSPHRASE, "utf-8")
    program = tmp_path / "program"
    program.mkdir()
    return Shelter(Settings(tmp_path / "data", program / "resources.db", program / "guide/starter/trust"), capsys)


def made(desk: Shelter, folder: Path, name: str) -> Path:
    said = desk.ask("keys", "make", folder / name, name, "--passphrase-file", folder / "secret")
    assert (said.code, len(said.facts["words"])) == (0, 6)
    return Path(said.facts["public"])


def sign(desk: Shelter, folder: Path, draft: Path, name: str) -> int:
    words = ("--keys", folder / name, "--passphrase-file", folder / "secret", "--yes")
    return desk.ask("keys", "sign", draft, *words).code


def begun(desk: Shelter, folder: Path) -> Path:
    public = [made(desk, folder, name) for name in HOLDERS]
    draft, keys = folder / "first.draft", folder / "publisher"
    asked = desk.ask("keys", "draft", draft, "--name", "Valley", "--root", *public[:3], "--publish", *public[3:])
    assert (asked.code, asked.facts["missing"]) == (0, 2)
    assert [sign(desk, folder, draft, name) for name in ("director", "volunteer")] == [0, 0]
    assert desk.ask("keys", "finish", draft, keys).facts["missing"] == 0
    return keys


def test_five_people_make_a_publisher_and_its_first_stick(desk: Shelter, tmp_path: Path) -> None:
    keys = begun(desk, tmp_path)
    signed = ("--keys", keys, "--stick", tmp_path / "editor", "--passphrase-file", tmp_path / "secret")
    signed += ("--baseline", accepting(tmp_path))
    first = make_catalog(tmp_path / "1.db", SERVICES)
    assert (
        desk.ask("publish", "--first-edition", "--catalog", first, "--program", tmp_path / "program", *signed).code == 0
    )
    second = make_catalog(tmp_path / "2.db", SERVICES, number=2)
    assert desk.ask("publish", "--catalog", second, "-o", tmp_path / "2.guide", *signed).code == 0
    assert desk.ask("verify", tmp_path / "2.guide").facts["verdict"] == "newer"


def test_a_key_is_replaced_by_two_holders_one_after_the_other(desk: Shelter, tmp_path: Path) -> None:
    keys = begun(desk, tmp_path)
    fresh = made(desk, tmp_path, "editor-2")
    draft = tmp_path / "change.draft"
    said = desk.ask("keys", "draft", draft, "--keys", keys, "--replace", "editor", fresh, json=False)
    assert "goes       editor" in said.out
    assert sign(desk, tmp_path, draft, "director") == 0
    assert desk.ask("keys", "finish", draft, keys).facts["error"] == "key-file"  # one is not enough
    assert sign(desk, tmp_path, draft, "director") == 2  # nor is one twice
    assert sign(desk, tmp_path, draft, "deputy") == 2  # who signs editions has no say
    assert sign(desk, tmp_path, draft, "envelope") == 0
    assert desk.ask("keys", "finish", draft, keys).code == 0
    assert {key["name"] for key in desk.ask("keys", "list", keys).facts["keys"]} == {
        "director", "volunteer", "envelope", "deputy", "editor-2",
    }  # fmt: skip


def test_a_person_reads_before_signing_and_may_say_no(
    desk: Shelter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = [made(desk, tmp_path, name) for name in HOLDERS[:4]]
    draft = tmp_path / "first.draft"
    desk.ask("keys", "draft", draft, "--name", "Valley", "--root", *public[:3], "--publish", public[3])
    before = draft.read_bytes()
    person(monkeypatch, "n")
    said = desk.ask("keys", "sign", draft, "--keys", tmp_path / "director", json=False)
    assert (said.code, "This makes a new publisher: Valley." in said.out) == (2, True)
    assert draft.read_bytes() == before
    assert "its words:" in desk.ask("keys", "sign", draft, json=False).out  # without a key it is only explained


@pytest.mark.parametrize(
    "words",
    [
        ["keys", "draft", "{new}"],
        ["keys", "draft", "{new}", "--name", "Valley", "--keys", "{keys}"],
        ["keys", "draft", "{new}", "--name", "Valley", "--root", "{gone}"],
        ["keys", "draft", "{new}", "--name", "Valley", "--replace", "a", "{gone}"],
        ["keys", "draft", "{new}", "--keys", "{gone}", "--remove", "x"],
        ["keys", "make", "{new}", "../out", "--passphrase-file", "{secret}"],
        ["keys", "make", "{new}", "director", "--pkcs11", "{gone}"],
        ["keys", "sign", "{gone}"],
        ["keys", "finish", "{secret}", "{new}"],
        ["keys", "sheet", "{gone}", "-o", "{new}"],
    ],
)
def test_a_slip_is_said_and_writes_nothing(words: list[str], desk: Shelter, tmp_path: Path) -> None:
    named = {name: tmp_path / name for name in ("new", "gone", "keys", "secret")}
    said = desk.ask(*(word.format(**named) for word in words))
    assert said.code == 2 and said.facts["message"]
    assert not (tmp_path / "new").exists() and not (tmp_path.parent / "out.key.json").exists()


def test_the_recovery_sheet_is_one_page_and_names_every_key(desk: Shelter, tmp_path: Path) -> None:
    keys = begun(desk, tmp_path)
    said = desk.ask("keys", "sheet", keys, "-o", tmp_path / "sheet.pdf")
    assert {key["name"] for key in said.facts["keys"]} == set(HOLDERS)
    assert page_count((tmp_path / "sheet.pdf").read_bytes()) == 1


def test_an_edition_for_two_keys_goes_from_stick_to_stick(
    desk: Shelter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = begun(desk, tmp_path)
    two, secret = tmp_path / "two.draft", ("--passphrase-file", tmp_path / "secret")
    assert desk.ask("keys", "draft", two, "--keys", keys, "--threshold", "2").code == 0
    assert [sign(desk, tmp_path, two, name) for name in ("director", "envelope")] == [0, 0]
    assert desk.ask("keys", "finish", two, keys).code == 0
    draft, bundle = tmp_path / "1.draft", tmp_path / "1.guide"
    written = (
        "--catalog",
        make_catalog(tmp_path / "1.db", SERVICES),
        "--keys",
        keys,
        "--baseline",
        accepting(tmp_path),
    )
    assert desk.ask("publish", "draft", draft, *written).facts["missing"] == 2
    assert desk.ask("publish", "draft", draft, *written).code == 2  # a draft that others may have signed stays
    shown = desk.ask("publish", "sign", draft, json=False).out
    assert "edition 2026.11 (number 1) of Valley: 3 entries" in shown
    assert "made-up entries for tests" in shown
    assert desk.ask("publish", "sign", draft, "--keys", tmp_path / "director", *secret, "--yes").code == 2
    person(monkeypatch, "n")
    assert desk.ask("publish", "sign", draft, "--keys", tmp_path / "editor", *secret).code == 2
    assert desk.ask("publish", "finish", draft, "--keys", keys, "-o", bundle).facts["error"] == "key-file"
    for name, wanting in (("editor", 1), ("deputy", 0)):
        said = desk.ask("publish", "sign", draft, "--keys", tmp_path / name, *secret, "--yes")
        assert (said.code, said.facts["missing"]) == (0, wanting)
    assert desk.ask("publish", "sign", draft, "--keys", tmp_path / "editor", *secret, "--yes").code == 2
    done = desk.ask("publish", "finish", draft, "--keys", keys, "-o", bundle)
    assert (done.code, done.facts["signed_by"]) == (0, ["editor", "deputy"])
    assert bundle.is_file()
