"""The administrator's policy: what it fixes, what it forbids, and that a bad one is told and never taken by halves."""

from __future__ import annotations

import json
import os
import re
from dataclasses import fields
from pathlib import Path

import pytest

from guide import settings as house
from guide.app import Guide
from guide.cli import main
from guide.cli.policy import schema
from guide.errors import ForbiddenError
from guide.policy import FUNCTIONS, SAFE
from guide.records import PrintOrder
from guide.settings import Settings, load, policy_file, save, why_not

ROOT = Path(__file__).resolve().parent.parent


def written(folder: Path, text: str) -> Path:
    """Return a policy file as an administrator would leave it."""
    path = folder / "policy.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o644)
    return path


def ruled(folder: Path, text: str) -> Settings:
    """Return the settings of a house under a policy."""
    return load(folder / "data", written(folder, text))


def test_what_a_policy_fixes_stands_over_what_the_house_chose(tmp_path: Path) -> None:
    save(Settings(data=tmp_path / "data", language="ar", product_name="Harbor"))
    settings = ruled(tmp_path, 'language = "es"\nidle_minutes = 1\nkiosk = true\n')
    assert (settings.language, settings.idle_minutes, settings.product_name) == ("es", 1, "Harbor")
    assert settings.kiosk
    assert not settings.may("call"), "a calling program would open beside the kiosk"
    assert settings.fixed == {"language", "idle_minutes"}
    assert settings.faults == ()


def test_the_house_gets_its_own_back_when_the_policy_goes(tmp_path: Path) -> None:
    save(Settings(data=tmp_path / "data", language="ar"))
    guide = Guide(ruled(tmp_path, 'language = "es"\n'))
    changed = guide.change_settings(language="en", product_name="Harbor")
    assert (changed.language, changed.product_name) == ("es", "Harbor")
    assert "kiosk" not in json.loads(changed.file.read_text())
    without = load(tmp_path / "data", tmp_path / "none.toml")
    assert (without.language, without.product_name) == ("ar", "Harbor")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("idle_minutes = 99", "idle_minutes"), ('idle_minutes = "3"', "idle_minutes"), ("idle_minutes = true", "idle_minutes"),
        ('language = "tlh"', "language"), ("colour = 1", "colour"), ('forbid = ["fly"]', "forbid"), ("forbid = 3", "forbid"),
        ("forbid = [1]", "forbid"), ("data = 1", "data"), ('catalog = "/x"', "catalog"), ("[kiosk]\nyes = true", "kiosk"),
        ('welcomed = "no"', "welcomed"), ("forbidden = []", "forbidden"), ("publisher_root = 1", "publisher_root"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_understood_is_left_out_and_told(tmp_path: Path, text: str, key: str) -> None:
    settings = ruled(tmp_path, f'theme = "dark"\n{text}\n')
    assert settings.theme == "dark", "the others count"
    assert [fault.key for fault in settings.faults] == [key]
    assert key not in settings.fixed


def test_a_kiosk_line_of_the_wrong_kind_still_locks_the_window_up(tmp_path: Path) -> None:
    assert ruled(tmp_path, 'kiosk = "yes"').kiosk


@pytest.mark.parametrize("content", [b"language = ", b"\xff\xfe\x00", b"a = 1\n" * 20_000, b"[[[", b"x = 1e99999\x00"])
def test_a_file_that_cannot_be_read_turns_off_what_reaches_out(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, "")
    path.write_bytes(content)
    settings = load(tmp_path / "data", path)
    assert settings.forbidden == SAFE
    assert len(settings.faults) == 1
    assert settings.may("print") and settings.may("copy"), "a visitor still gets help"


@pytest.mark.skipif(os.name == "nt", reason="on Windows the folder's own rights keep others out")
def test_a_policy_that_anybody_may_change_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, 'theme = "dark"')
    path.chmod(0o666)
    settings = load(tmp_path / "data", path)
    assert settings.theme == "dark"
    assert "could lift what it forbids" in settings.faults[0].reason


def test_no_variable_of_a_session_names_another_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """SAFETY I3: a visitor may set variables."""
    before = policy_file()
    for name in ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "HOME", "ProgramData", "ALLUSERSPROFILE"):
        monkeypatch.setenv(name, "/elsewhere")
    assert policy_file() == before


def test_what_is_forbidden_is_refused_by_the_core(tmp_path: Path) -> None:
    guide = Guide(ruled(tmp_path, f"forbid = {sorted(FUNCTIONS)!r}"))
    guide.sources.online = True
    tries = {
        "import": lambda: guide.apply_update(tmp_path / "x.guide"), "rollback": guide.rollback,
        "settings": lambda: guide.change_settings(language="es"), "mirror": guide.sources.ask_mirrors,
        "pass_on": lambda: guide.sources.pass_on(tmp_path), "backup": lambda: guide.safekeeping.write(tmp_path / "b"),
        "publishers": lambda: guide.publishers.remove("x"), "print": lambda: guide.press.send(b"", PrintOrder("desk")),
    }  # fmt: skip
    for function, act in tries.items():
        with pytest.raises(ForbiddenError) as refused:
            act()
        assert refused.value.facts["function"] == function
    assert not list(tmp_path.glob("b*"))


def test_the_example_is_in_order_and_names_every_line_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "docs/policy.example.toml").read_text("utf-8")
    path = written(tmp_path, text)
    assert main(["policy", "check", str(path)]) == 0
    assert "in order" in capsys.readouterr().out
    lines = set(re.findall(r"^# ([a-z_]+) = ", text, re.MULTILINE))
    assert lines == set(schema()["properties"]) - {"welcomed"}
    path.write_text(re.sub(r"^# ([a-z_]+ = )", r"\1", text, flags=re.MULTILINE), "utf-8")
    assert main(["policy", "check", str(path)]) == 0, "with the comments taken off, every value is a good one"
    for function in FUNCTIONS:
        assert function in text


def test_the_schema_in_the_documentation_is_the_one_that_is_checked() -> None:
    """Run ``guide policy schema > docs/policy.schema.json`` after a setting has come or gone."""
    assert json.loads((ROOT / "docs/policy.schema.json").read_text("utf-8")) == json.loads(json.dumps(schema()))
    assert all(not why_not(name, line["default"]) for name, line in schema()["properties"].items() if "default" in line)


def test_check_says_each_wrong_line_and_ends_with_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, 'language = "tlh"\nx = 1\n')
    assert main(["policy", "check", str(path)]) == 2
    said = capsys.readouterr().err
    assert "language: it has to be one of: en, es" in said
    assert "x: there is no such line" in said
    assert main(["policy", "check", str(tmp_path / "none.toml")]) == 2


def test_every_setting_is_either_kept_by_the_house_or_the_policy_s_own() -> None:
    own = {"data", "catalog", "trust", "program_trust", "kiosk", "forbidden", "fixed", "faults"}
    assert {f.name for f in fields(Settings)} - own == set(house._KEPT)
