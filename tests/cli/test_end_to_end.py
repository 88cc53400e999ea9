"""From keys to a rolled-back update by the command line alone; and every refusal leaves every byte as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guide.publish.starter import FOLDER
from guide.settings import Settings
from tests.cli.asking import Shelter, person
from tests.makers import make_phone, make_service
from tests.publisher import SERVICES, Publisher, at, bent, named, tree


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    return Publisher(tmp_path_factory.mktemp("world"))


@pytest.fixture
def shelter(world: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shelter:
    """A PC with the world's program and data of its own."""
    return Shelter(Settings(tmp_path / "data", world.settings.catalog, world.settings.trust), capsys)


def own_catalog(folder: Path) -> Path:
    """A publisher's own folder of YAML: the starter's with a few of its entries."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("trust", "__pycache__"))
    for path in sorted((folder / "services").glob("*.yaml"))[1:]:
        path.unlink()
    return folder


def test_publisher_and_shelter_need_nothing_but_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys, program, secret = tmp_path / "keys", tmp_path / "program", tmp_path / "secret"
    secret.write_text("amber basin cedar delta\n", "utf-8")
    program.mkdir()
    home = Settings(tmp_path / "data", program / "resources.db", program / "guide" / "starter" / "trust")
    publisher = Shelter(home, capsys, at(-10))
    source = own_catalog(tmp_path / "source")

    made = publisher.ask("keys", "new", keys, "--name", "Valley Coalition", "--passphrase-file", secret)
    assert made.code == 0
    assert [key["name"] for key in made.facts["keys"]] == ["publish-1", "publish-2", "root-1", "root-2", "root-3"]
    first, second, bundle = tmp_path / "1.db", tmp_path / "2.db", tmp_path / "valley.guide"
    assert publisher.ask("build", "--from", source, "-o", first).facts["edition"] == 1
    signed = ("--keys", keys, "--passphrase-file", secret, "--baseline", source / "lint.toml")
    assert publisher.ask("publish", "--first-edition", "--catalog", first, "--program", program, *signed).code == 0
    built = publisher.ask("build", "--from", source, "-o", second, "--number", 2, "--edition-name", "2026.12")
    assert (built.code, built.facts["edition_name"]) == (0, "2026.12")
    assert publisher.ask("publish", "--catalog", second, "-o", bundle, *signed).facts["edition"] == 2

    shelter = Shelter(home, capsys)
    assert shelter.ask("status").facts["edition"] == 1
    offer = shelter.ask("verify", bundle)
    assert (offer.code, offer.facts["verdict"], offer.facts["publisher_name"]) == (0, "newer", "Valley Coalition")
    done = shelter.ask("import", bundle, "--yes")
    assert (done.code, done.facts["edition"], done.facts["before"]) == (0, 2, 1)
    here = shelter.ask("status").facts
    assert (here["edition"], here["age"], here["can_go_back_to"]) == (2, "fresh", "2026.11")
    assert shelter.ask("import", bundle, "--yes").code == 4
    assert shelter.ask("rollback").facts["edition"] == 1
    assert shelter.ask("status").facts["edition"] == 1
    nothing = shelter.ask("rollback")
    assert (nothing.code, nothing.facts["error"]) == (8, "nothing-to-go-back-to")


def damaged(world: Publisher, out: Path) -> Path:
    def flip(parts: dict[str, bytes]) -> None:
        name = named(parts, ".zst")
        parts[name] = parts[name][:-9] + bytes([parts[name][-9] ^ 1]) + parts[name][-8:]

    return bent(world.release(5, day=2), out / "bent.guide", flip)


def cut(world: Publisher, out: Path) -> Path:
    short = out / "cut.guide"
    short.write_bytes(world.release(6, day=2).read_bytes()[:-100])
    return short


def junk(world: Publisher, out: Path) -> Path:
    del world
    other = out / "holiday.guide"
    other.write_bytes(b"\x89PNG not an update" * 400)
    return other


def anothers(world: Publisher, out: Path) -> Path:
    del world
    return Publisher(out / "other", "Somebody Else").release(9)


def older(world: Publisher, out: Path) -> Path:
    shutil.copy(world.release(2), out / "older.guide")
    return out / "older.guide"


def expired(world: Publisher, out: Path) -> Path:
    shutil.copy(world.release(30, day=2, expected_days=1, expires_days=1), out / "expired.guide")
    return out / "expired.guide"


@pytest.mark.parametrize(
    ("make", "code", "error"),
    [
        (damaged, 6, "damaged"),
        (cut, 6, "damaged"),
        (junk, 6, "damaged"),
        (anothers, 3, "unknown-publisher"),
        (older, 4, "not-newer"),
        (expired, 5, "out-of-date"),
    ],
)
def test_what_is_refused_says_so_once_and_changes_no_byte(
    make: object, code: int, error: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Publisher(tmp_path / "own")
    out = tmp_path / "stick"
    out.mkdir()
    early = older(own, out) if make is older else None
    shelter = Shelter(own.settings, capsys, at(5))
    assert shelter.ask("import", own.release(4, day=1), "--yes").code == 0
    bundle = early or make(own, out)  # type: ignore[operator]
    before = tree(own.settings.data)
    for words in (("verify", bundle), ("import", bundle, "--yes")):
        said = shelter.ask(*words)
        assert (said.code, said.facts["error"]) == (code, error), said
        assert said.facts["message"]
        assert tree(own.settings.data) == before
    plain = shelter.ask("import", bundle, "--yes", json=False)
    assert plain.code == code
    assert plain.err.count("guide: ") == 1
    assert "Traceback" not in plain.err
    assert tree(own.settings.data) == before


def test_a_file_that_is_not_there_is_said_and_changes_nothing(shelter: Shelter, tmp_path: Path) -> None:
    for command in ("verify", "import"):
        said = shelter.ask(command, tmp_path / "gone.guide", *(["--yes"] if command == "import" else []))
        assert (said.code, said.facts["error"]) == (2, "usage"), said
    assert tree(tmp_path) == {}


def test_staffs_word_takes_a_genuine_update_whose_date_has_passed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Publisher(tmp_path / "own")
    bundle = own.release(2, expected_days=1, expires_days=1)
    shelter = Shelter(own.settings, capsys, at(9))
    refused = shelter.ask("verify", bundle)
    assert (refused.code, refused.facts["verdict"], refused.facts["edition"]) == (5, "expired", 2)
    assert shelter.ask("import", bundle, "--yes").code == 5
    assert shelter.ask("import", bundle, "--yes", "--accept-expired").code == 0
    assert shelter.ask("status").facts["age"] == "red"


def test_a_program_without_a_publisher_takes_nothing(
    world: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lonely = Shelter(Settings(tmp_path / "data", world.shipped, tmp_path / "no-trust"), capsys)
    said = lonely.ask("import", world.release(7), "--yes")
    assert (said.code, said.facts["error"]) == (8, "no-publisher")


# --- asking ---------------------------------------------------------------------------------------
def test_without_a_person_and_without_yes_nothing_is_taken(shelter: Shelter, world: Publisher) -> None:
    said = shelter.ask("import", world.release(11))
    assert (said.code, said.facts["error"]) == (2, "usage")
    assert tree(shelter.settings.data) == {}


def test_a_person_sees_every_changed_number_before_saying_yes(
    shelter: Shelter, world: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = (make_service("Night Shelter", phones=(make_phone("(555) 010-9999"),)), *SERVICES[1:])
    bundle = world.release(12, services)
    screen = person(monkeypatch, "n")
    said = shelter.ask("import", bundle, json=False)
    assert said.code == 2
    assert "(555) 010-4410 -> (555) 010-9999" in said.out
    assert "Nothing was changed" in screen.getvalue()
    assert not (shelter.settings.data / "editions" / "current.json").exists()
    person(monkeypatch, "yes")
    assert shelter.ask("import", bundle, json=False).code == 0
    assert shelter.ask("status").facts["edition"] == 12


def test_with_json_the_preview_stays_off_stdout(
    shelter: Shelter, world: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = world.release(14, (make_service("Night Shelter", phones=(make_phone("(555) 010-7777"),)), *SERVICES[1:]))
    screen = person(monkeypatch, "y")
    said = shelter.ask("import", bundle)
    assert said.facts["edition"] == 14
    assert [c["after"] for c in said.facts["changes"] if c["kind"] == "phone"] == ["(555) 010-7777"]
    assert "(555) 010-7777" in screen.getvalue()
