"""``guide program`` and ``guide publish program``: made by its publisher, verified and put in by a house, by their words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guide.bundles.programs import here, starting
from guide.records.program import NoInstallerError
from tests.cli.asking import Shelter
from tests.programs import ProgramPublisher
from tests.publisher import PASSPHRASE, Publisher, at


def test_made_signed_verified_and_put_in_by_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = ProgramPublisher(tmp_path / "maker")
    shelter = Shelter(replace(Publisher(tmp_path).settings, program_trust=maker.trust), capsys)
    setup, package = maker.installers("70.1")
    (tmp_path / "pass.txt").write_text(PASSPHRASE)
    out = tmp_path / "stick" / "resource-guide-70.1.guide-program"
    sign = ["publish", "program", setup, package, "--keys", maker.keys, "--passphrase-file", tmp_path / "pass.txt"]
    made = shelter.ask(*sign, "-o", out).facts
    assert made["version"] == "70.1" and dict(made["installers"]).keys() == {"windows", "linux"}
    assert shelter.ask(*sign, "-o", out.with_suffix(".guide")).code == 2
    beside = shelter.ask(*sign, "--apart", "-o", tmp_path / "apart" / "p.guide-program", json=False)
    assert "Beside it, and never without it: ResourceGuide-70.1-setup.exe" in beside.out
    assert (tmp_path / "apart" / package.name).read_bytes() == package.read_bytes()

    seen = shelter.ask("program", "verify", out).facts
    assert (seen["verdict"], seen["version"], seen["way"]) == ("newer", "70.1", "other")
    assert "put together by hand" in shelter.ask("program", "verify", out, json=False).out
    assert shelter.ask("program", "verify", tmp_path / "none").code == 2
    assert shelter.ask("program", "install", out).code == 2, "nobody is here to say yes"
    assert shelter.ask("program", "install", out, "--yes").facts["error"] == NoInstallerError.code
    monkeypatch.setattr(here, "way_here", lambda: "package")
    done = shelter.ask("program", "install", out, "--yes", json=False)
    assert done.code == 0 and "sudo apt install" in done.out
    assert "70.1" in shelter.ask("history", json=False).out

    monkeypatch.setattr(here, "way_here", lambda: "setup")
    monkeypatch.setattr(here, "system_here", lambda: "windows")
    started: list[str] = []
    monkeypatch.setattr(starting, "shell_execute", lambda verb, path, words: started.append(words) or True)
    assert shelter.ask("program", "install", out, "--yes", "--silent").facts["opened"]
    assert started == ["/CurrentUser /S"]
    assert shelter.ask("program", "verify", out.rename(tmp_path / "x.guide")).code == 0, "the name is not believed"
    broken = tmp_path / "broken.guide-program"
    broken.write_bytes(b"PK\x03\x04 and nothing more")
    assert shelter.ask("program", "verify", broken).code == 6
    late = Shelter(shelter.settings, capsys, at(800))
    assert late.ask("program", "verify", tmp_path / "x.guide").facts["error"] == "program-out-of-date"
