"""guide build, lint, keys, publish and doctor: the publisher's words, and this PC's health."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from guide.cli.passphrases import Passphrases
from guide.cli.terminal import Terminal
from guide.errors import KeyFileError, UsageError
from guide.publish.starter import FOLDER
from guide.records import DoNotPrint
from guide.settings import Settings
from tests.cli.asking import Shelter, accepting, person
from tests.makers import make_catalog, make_phone, make_service
from tests.publish.readers.sources import package
from tests.publisher import EPOCH, PASSPHRASE, SERVICES, Publisher, at, tree


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    return Publisher(tmp_path_factory.mktemp("world"))


@pytest.fixture
def desk(world: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shelter:
    return Shelter(Settings(tmp_path / "data", world.settings.catalog, world.settings.trust), capsys)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(f"{PASSPHRASE}\n", "utf-8")
    return file


# --- build and lint -------------------------------------------------------------------------------
def test_build_reports_the_dirt_to_people_and_to_programs(desk: Shelter, tmp_path: Path) -> None:
    source, out, report = package(tmp_path / "p"), tmp_path / "c.db", tmp_path / "r.json"
    said = desk.ask("build", "--from", source, "-o", out, "--report", report)
    assert said.code == 0
    kept = json.loads(report.read_text("utf-8"))
    assert kept["sources"] == said.facts["sources"]
    assert "no status: taken as active" in {found["rule"] for found in kept["sources"][0]["findings"]}
    assert "no status: taken as active" in desk.ask("build", "--from", source, "-o", out, json=False).out


def test_a_source_that_cannot_be_used_is_code_7_and_writes_nothing(desk: Shelter, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    for source in (tmp_path / "p", tmp_path / "gone"):
        said = desk.ask("build", "--from", source, "-o", tmp_path / "c.db", "--report", tmp_path / "r.json")
        assert (said.code, said.facts["error"]) == (7, "source-data")
    assert list(tree(tmp_path)) == []


def test_a_map_that_cannot_be_read_is_code_7(desk: Shelter, tmp_path: Path) -> None:
    source = package(tmp_path / "p")
    assert desk.ask("build", "--from", source, "--map", tmp_path / "no.yaml", "-o", tmp_path / "c.db").code == 7


def test_a_catalog_that_cannot_be_written_is_this_computers_fault(desk: Shelter, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert desk.ask("build", "--from", FOLDER, "-o", tmp_path / "file" / "c.db").code == 8


def test_lint_stops_a_release_that_holds_a_number_known_to_be_wrong(desk: Shelter, tmp_path: Path) -> None:
    wrong = DoNotPrint("5550104410", "an old line", "another")
    catalog = make_catalog(tmp_path / "c.db", [make_service("Night Shelter")], do_not_print=[wrong])
    said = desk.ask("lint", catalog)
    assert (said.code, said.facts["error"], said.facts["counts"]["error"]) == (7, "lint", 1)
    assert said.facts["findings"][0]["code"] == "do-not-print"
    text = desk.ask("lint", catalog, json=False)
    assert (text.code, "On the do-not-print list" in text.out) == (7, True)


def test_what_a_baseline_accepts_stops_nothing_and_a_draft_of_it_is_written(desk: Shelter, tmp_path: Path) -> None:
    wrong = DoNotPrint("5550104410", "an old line", "another")
    catalog = make_catalog(tmp_path / "c.db", [make_service("Night Shelter")], do_not_print=[wrong])
    draft, page = tmp_path / "draft.toml", tmp_path / "page.html"
    assert desk.ask("lint", catalog, "--draft-baseline", draft, "--page", page).code == 7
    assert "On the do-not-print list" in page.read_text("utf-8")
    assert desk.ask("lint", catalog, "--baseline", draft).facts["error"] == "source-data"  # no reason yet
    draft.write_text(draft.read_text("utf-8").replace('""', '"It rings here again since May."'), "utf-8")
    said = desk.ask("lint", catalog, "--baseline", draft)
    assert (said.code, said.facts["accepted"][0]["reason"]) == (0, "It rings here again since May.")


def test_lint_reads_catalogs_and_sources(desk: Shelter, tmp_path: Path) -> None:
    assert desk.ask("lint", make_catalog(tmp_path / "c.db", [make_service("Night Shelter")])).code == 0
    assert desk.ask("lint", package(tmp_path / "p")).facts["services"] == 4
    assert desk.ask("lint", FOLDER).facts["notes"] == []  # a folder of our own brings its baseline with it
    own = Publisher(tmp_path / "own")
    assert desk.ask("lint", own.release(2), "--baseline", accepting(tmp_path)).facts["services"] == 2
    export = tmp_path / "export.json"
    assert desk.ask("export", "--catalog", own.shipped, "--format", "hsds-json", "-o", export).code == 0
    assert desk.ask("lint", export, "--baseline", accepting(tmp_path)).facts["services"] == 3
    assert desk.ask("lint", "postgresql://u:secret@nowhere.invalid/x").code == 7
    junk = tmp_path / "junk"
    junk.write_bytes(b"nothing of use" * 999)
    for path in (junk, tmp_path / "gone"):
        assert desk.ask("lint", path).code == 7


# --- keys -----------------------------------------------------------------------------------------
def test_keys_are_listed_without_a_passphrase(desk: Shelter, world: Publisher) -> None:
    facts = desk.ask("keys", "list", world.keys).facts
    assert facts["publisher_name"] == "State Coalition"
    assert facts["needed"]["root"] == 2
    assert {key["name"]: key["roles"] for key in facts["keys"]}["root-1"] == ["root"]


def test_a_key_that_is_kept_elsewhere_is_listed_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Publisher(tmp_path / "own")
    (own.keys / "root-3.key.json").unlink()
    keys = {
        key["name"]: key["here"] for key in Shelter(own.settings, capsys).ask("keys", "list", own.keys).facts["keys"]
    }
    assert (keys["root-3"], keys["root-1"], len(keys)) == (False, True, 5)


def test_a_key_is_replaced_and_the_next_edition_carries_it(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Publisher(tmp_path / "own")
    desk = Shelter(own.settings, capsys)
    said = desk.ask("keys", "rotate", own.keys, "publish-1", "--passphrase-file", secret)
    assert (said.code, said.facts["root"]) == (0, 2)
    assert "publish-1" not in {key["name"] for key in said.facts["keys"]}
    catalog = make_catalog(tmp_path / "2.db", number=2, name="2026.12")
    signed = ("--keys", own.keys, "--passphrase-file", secret, "--baseline", accepting(tmp_path))
    assert desk.ask("publish", "--catalog", catalog, "-o", tmp_path / "2.guide", *signed).code == 0
    assert desk.ask("import", tmp_path / "2.guide", "--yes").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["keys", "list", "{gone}"], 2),
        (["keys", "rotate", "{keys}", "no-such-key", "--passphrase-file", "{secret}"], 2),
        (["keys", "new", "{keys}", "--name", "X", "--passphrase-file", "{secret}"], 2),
        (["keys", "new", "{gone}", "--passphrase-file", "{secret}"], 2),
        (["keys", "new", "{gone}", "--name", "X"], 2),
        (["keys", "new", "{gone}", "--name", "X", "--threshold", "3", "--passphrase-file", "{secret}"], 2),
        (["keys", "new", "{gone}", "--name", "X", "--passphrase-file", "{gone}"], 2),
        (["keys", "new", "{gone}", "--name", "X", "--passphrase-file", "{short}"], 2),
        (["publish"], 2),
        (["publish", "--catalog", "{gone}", "--keys", "{keys}", "-o", "{out}"], 2),
        (["publish", "--catalog", "{catalog}", "--keys", "{gone}", "-o", "{out}", "--passphrase-file", "{secret}"], 2),
        (["publish", "--catalog", "{catalog}", "--keys", "{keys}", "-o", "{out}", "--baseline", "{held}"], 2),
        (
            [
                "publish",
                "--catalog",
                "{catalog}",
                "--keys",
                "{keys}",
                "-o",
                "{out}",
                "--passphrase-file",
                "{wrong}",
                "--baseline",
                "{held}",
            ],
            2,
        ),
        (["publish", "--catalog", "{catalog}", "--keys", "{keys}", "-o", "{out}", "--passphrase-file", "{secret}"], 7),
        (
            [
                "publish",
                "--catalog",
                "{other}",
                "--keys",
                "{keys}",
                "-o",
                "{out}",
                "--passphrase-file",
                "{secret}",
                "--baseline",
                "{held}",
            ],
            2,
        ),
        (["publish", "--catalog", "{junk}", "--keys", "{keys}", "-o", "{out}", "--passphrase-file", "{secret}"], 7),
        (["publish", "--catalog", "{old}", "--keys", "{keys}", "-o", "{out}", "--passphrase-file", "{secret}"], 2),
    ],
)
def test_a_publishers_mistake_is_said_and_changes_nothing(
    words: list[str], code: int, desk: Shelter, world: Publisher, secret: Path, tmp_path: Path
) -> None:
    (tmp_path / "wrong").write_text("not the passphrase\n", "utf-8")
    (tmp_path / "junk").write_bytes(b"nothing of use" * 999)
    lines = [f"{key}: long enough, this one" for key in ("root-1", "root-2", "root-3", "publish-1")]
    (tmp_path / "short").write_text("\n".join([*lines, "publish-2: short"]), "utf-8")
    named = {name: tmp_path / name for name in ("gone", "out", "wrong", "junk", "short")} | {
        "keys": world.keys,
        "secret": secret,
        "catalog": make_catalog(tmp_path / "2.db", SERVICES, number=2),
        "other": make_catalog(tmp_path / "3.db", [make_service("Another")], number=3),
        "held": accepting(tmp_path),
        "old": make_catalog(tmp_path / "1.db", [make_service("Another")], number=1),
    }
    before = tree(world.keys), tree(tmp_path)
    said = desk.ask(*(word.format(**named) for word in words))
    assert said.code == code, said
    assert said.facts["message"]
    assert (tree(world.keys), tree(tmp_path)) == before


def test_the_first_edition_replaces_the_publisher_that_was_there(
    world: Publisher, secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "program"
    program.mkdir()
    home = Settings(tmp_path / "data", program / "resources.db", program / "guide" / "starter" / "trust")
    desk = Shelter(home, capsys)
    rotated = Publisher(tmp_path / "first", "Somebody Before")
    rotated.rotate("publish-1")
    for publisher in (rotated, Publisher(tmp_path / "second")):
        words = ("--catalog", publisher.shipped, "--keys", publisher.keys, "--passphrase-file", secret)
        words += ("--baseline", accepting(tmp_path))
        assert desk.ask("publish", "--first-edition", "--program", program, *words).code == 0
    assert desk.ask("verify", publisher.release(2)).facts["verdict"] == "newer"
    assert desk.ask("verify", rotated.release(2)).code == 3
    assert not [name for name in tree(program) if "key" in name or name.endswith(".new")]


def test_what_changes_is_shown_before_signing_and_a_jump_takes_the_number_typed(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Publisher(tmp_path / "own")
    desk = Shelter(own.settings, capsys)
    catalog = make_catalog(tmp_path / "2.db", SERVICES[2:], number=2, call_now=())
    words = ("publish", "--catalog", catalog, "--keys", own.keys, "-o", tmp_path / "2.guide")
    words += ("--passphrase-file", secret, "--baseline", accepting(tmp_path))
    stopped = desk.ask(*words)
    assert (stopped.code, stopped.facts["jump"], stopped.facts["count"]) == (2, "many-gone", 2)
    assert "Night Shelter" in stopped.err
    assert desk.ask(*words, "--yes-i-mean", 3).code == 2
    assert not (tmp_path / "2.guide").exists()
    assert desk.ask(*words, "--yes-i-mean", 2, "--yes-i-mean", 1).code == 0


def test_a_person_types_the_number_of_a_jump(tmp_path: Path, desk: Shelter, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (
        make_catalog(tmp_path / "1.db", SERVICES, call_now=()),
        make_catalog(tmp_path / "2.db", SERVICES[2:], call_now=()),
    )
    for typed, code in (("yes", 2), ("2", 0)):
        person(monkeypatch, typed)
        assert desk.ask("publish", "diff", old, new, json=False).code == code


def test_a_bundle_becomes_a_folder_for_a_web_server_and_never_an_older_one(desk: Shelter, tmp_path: Path) -> None:
    own = Publisher(tmp_path / "own")
    older, newer = own.release(2), own.release(3, day=1)
    mirror = tmp_path / "mirror"
    assert desk.ask("publish", "mirror", mirror, newer).facts["files"] == 5
    before = tree(mirror)
    assert desk.ask("publish", "mirror", mirror, older).code == 4
    (tmp_path / "junk").write_bytes(b"nothing of use" * 999)
    for bad in (tmp_path / "junk", tmp_path / "gone", own.folder / "2.db"):
        assert desk.ask("publish", "mirror", mirror, bad).code == 7
    assert tree(mirror) == before


def test_the_same_release_is_the_same_bytes_on_another_day(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Publisher(tmp_path / "own")
    catalog = make_catalog(tmp_path / "2.db", SERVICES, number=2)
    shutil.copytree(own.keys, tmp_path / "copy")
    signed = ("--passphrase-file", secret, "--baseline", accepting(tmp_path), "--published-at", "2026-11-24T12:00:00Z")
    for keys, day in ((own.keys, 0), (tmp_path / "copy", 33)):
        desk = Shelter(own.settings, capsys, at(day))
        out = ("-o", tmp_path / f"{day}.guide", "--mirror", tmp_path / f"mirror-{day}", "--with-index")
        assert desk.ask("publish", "--catalog", catalog, "--keys", keys, *out, *signed).code == 0
    assert (tmp_path / "0.guide").read_bytes() == (tmp_path / "33.guide").read_bytes()
    assert tree(tmp_path / "mirror-0") == tree(tmp_path / "mirror-33")
    desk = Shelter(own.settings, capsys, at(0))
    for late in ("2027-01-01T00:00:00Z", "2026-10-01T00:00:00Z"):  # not come yet; before the last release
        words = ("publish", "--catalog", catalog, "--keys", own.keys, "-o", tmp_path / "x.guide", *signed[:-1], late)
        assert desk.ask(*words).code == 2


# --- passphrases ----------------------------------------------------------------------------------
def test_a_passphrase_file_holds_one_line_for_all_or_lines_by_key(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    terminal = Terminal(as_json=False)
    file.write_text("\ufeffone for all: of them\n", "utf-8")
    assert Passphrases(terminal, file)("root-1") == "one for all: of them"
    file.write_text("root-1: first of all\npublish-1: second one\n", "utf-8")
    ask = Passphrases(terminal, file)
    assert (ask("root-1"), ask("publish-1")) == ("first of all", "second one")
    with pytest.raises(KeyFileError):
        ask("publish-2")
    assert Passphrases(terminal, file, known=["publish-2"])("publish-2") == ""  # another key may sign


@pytest.mark.parametrize("text", ["", "\n \n", "two lines\nfor no key\n", b"\xff\xfe\x00"])
def test_a_passphrase_file_that_makes_no_sense_is_refused(text: str | bytes, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(UsageError):
        Passphrases(Terminal(as_json=False), file)


def test_passphrases_come_from_stdin_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("amber basin cedar delta\n"))
    assert Passphrases(Terminal(as_json=False), Path("-"))("root-1") == "amber basin cedar delta"


def test_a_person_types_a_new_passphrase_twice_and_an_old_one_once(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["amber basin cedar", "amber  basin cedar", "amber basin cedar", "something else", "old one"])
    monkeypatch.setattr("getpass.getpass", lambda *_: next(typed))
    person(monkeypatch)
    ask = Passphrases(Terminal(as_json=False), None, known=["root-1"])
    assert ask("publish-1") == "amber basin cedar"
    with pytest.raises(UsageError):
        ask("publish-2")
    assert ask("root-1") == ask("root-1") == "old one"  # asked for once


def test_a_passphrase_is_made_for_who_presses_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = person(monkeypatch)

    def typed(prompt: str, _: object) -> str:
        shown = screen.getvalue().splitlines()
        return shown[0].strip() if "once more" in prompt else ""

    monkeypatch.setattr("getpass.getpass", typed)
    made = Passphrases(Terminal(as_json=False), None)("publish-1")
    assert len(made.split()) == 6


# --- doctor ---------------------------------------------------------------------------------------
def states(desk: Shelter) -> dict[str, str]:
    """Each check's state."""
    return {check["name"]: check["state"] for check in desk.ask("doctor").facts["checks"]}


def test_the_doctor_looks_at_everything_and_writes_nothing(desk: Shelter) -> None:
    found = states(desk)
    assert set(found) == {
        "python", "search", "window", "display", "printer", "fonts", "write", "room", "catalog", "clock",
        "publisher", "program", "index", "shelter", "edition", "leftovers", "pointer",
    }  # fmt: skip
    assert found["publisher"] == found["write"] == found["fonts"] == "good"
    assert tree(desk.settings.data) == {}
    assert not desk.settings.data.exists()


def test_the_doctor_reads_the_shelters_own_words_line_by_line(desk: Shelter) -> None:
    desk.settings.data.mkdir(parents=True)
    own = desk.settings.data / "everyday.txt"
    own.write_text("la casita > shelter\n", "utf-8")
    assert states(desk)["words"] == "good"
    own.write_text("la casita > shelter\nla casita\n", "utf-8")
    assert states(desk)["words"] == "lacks"
    assert "line 2" in desk.ask("doctor", json=False).out


def test_the_doctor_says_when_the_guide_cannot_work(desk: Shelter, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"nothing of use" * 999)
    desk.settings = Settings(tmp_path / "file" / "data", broken, tmp_path / "no-trust")
    said = desk.ask("doctor")
    assert said.code == 8
    assert {c["name"] for c in said.facts["checks"] if c["state"] == "bad"} == {"write", "catalog", "edition"}
    text = desk.ask("doctor", json=False)
    assert (text.code, "bad    catalog" in text.out) == (8, True)


def test_the_doctor_says_when_no_publisher_is_trusted_and_the_clock_is_behind(
    desk: Shelter, world: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lonely = Shelter(Settings(tmp_path / "data", world.shipped, tmp_path / "no-trust"), capsys)
    assert states(lonely)["publisher"] == "lacks"
    behind = Shelter(desk.settings, capsys, lambda: EPOCH)
    assert states(behind)["clock"] == "lacks"


def test_a_number_that_no_phone_can_dial_stops_a_release(desk: Shelter, tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "c.db", [make_service("A Line", phones=(make_phone("12345678"),))])
    said = desk.ask("lint", catalog)
    assert (said.code, said.facts["codes"]["number-shape"]) == (7, 1)
