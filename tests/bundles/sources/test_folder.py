"""The drop folder: what lies in it whole is offered or taken, by every PC of a house."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.errors import DamagedError, GuideError
from tests.publisher import Publisher, at, bent, named


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def guide(publisher: Publisher, folder: Path) -> Guide:
    return Guide(replace(publisher.settings, drop_folder=str(folder)), at())


def test_a_file_counts_when_two_looks_saw_it_the_same(guide: Guide, publisher: Publisher, folder: Path) -> None:
    whole = publisher.release(2).read_bytes()
    arriving = folder / "2.guide"
    for part in (whole[:1000], whole[:5000], whole):
        arriving.write_bytes(part)
        assert guide.sources.in_folder() == ()
    (found,) = guide.sources.in_folder()
    assert (found.verdict, found.edition, found.kind, found.place) == ("newer", 2, "folder", "share")


def test_a_copy_under_way_that_paused_is_refused_and_judged_again_when_it_goes_on(
    guide: Guide, publisher: Publisher, folder: Path
) -> None:
    whole = publisher.release(2).read_bytes()
    (folder / "2.guide").write_bytes(whole[:5000])
    guide.sources.in_folder()
    assert [f.verdict for f in guide.sources.in_folder()] == ["refused"]
    (folder / "2.guide").write_bytes(whole)
    guide.sources.in_folder()
    assert [f.verdict for f in guide.sources.in_folder()] == ["newer"]


def test_a_synchroniser_s_own_files_are_left_alone(guide: Guide, publisher: Publisher, folder: Path) -> None:
    shutil.copy(publisher.release(2), folder / ".syncthing.2.guide.tmp")
    shutil.copy(publisher.release(3), folder / ".3.guide.x4Tz1q")
    guide.sources.in_folder()
    assert guide.sources.in_folder() == ()


def test_what_was_judged_is_not_read_again(
    guide: Guide, publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guide.bundles.sources import folder as module

    shutil.copy(publisher.release(2), folder / "2.guide")
    judged: list[int] = []
    real = module.glance
    monkeypatch.setattr(module, "glance", lambda *a: (judged.append(len(a[1])), real(*a))[1])
    for _ in range(4):
        found = guide.sources.in_folder()
    assert judged == [0, 1, 0, 0]
    guide.sources.take(found[0])
    assert [f.verdict for f in guide.sources.in_folder()] == ["same"], "judged anew for another edition"


def spoiled(bundle: Path, out: Path) -> None:
    """Write a bundle whose signatures hold and whose data does not."""

    def spoil(parts: dict[str, bytes]) -> None:
        name = named(parts, ".catalog.db.zst")
        parts[name] = b"\0" * len(parts[name])

    bent(bundle, out, spoil)


def test_what_was_refused_on_the_way_in_is_not_tried_again(guide: Guide, publisher: Publisher, folder: Path) -> None:
    spoiled(publisher.release(2), folder / "2.guide")
    guide.sources.in_folder()
    (found,) = guide.sources.in_folder()
    assert found.wanted, "its signatures hold; only its data does not"
    with pytest.raises(DamagedError):
        guide.sources.take(found)
    (found,) = guide.sources.in_folder()
    assert (found.verdict, found.reason) == ("refused", "damaged")


def test_a_folder_that_is_gone_holds_nothing(guide: Guide, folder: Path) -> None:
    folder.rmdir()
    assert guide.sources.in_folder() == ()
    assert guide.sources.in_folder() == ()


def test_a_folder_taken_away_mid_way_is_a_sentence(guide: Guide, publisher: Publisher, folder: Path) -> None:
    shutil.copy(publisher.release(2), folder / "2.guide")
    guide.sources.in_folder()
    (found,) = guide.sources.in_folder()
    shutil.rmtree(folder)
    with pytest.raises(GuideError):
        guide.sources.take(found)
    assert guide.status().edition.number == 1


PC = """
import sys
from datetime import timedelta
from pathlib import Path
from guide.app import Guide
from guide.settings import Settings
from tests.publisher import at
data, catalog, trust, folder = map(Path, sys.argv[1:])
guide = Guide(Settings(data=data, catalog=catalog, trust=trust, drop_folder=str(folder)), at())
guide.sources.in_folder()
print("looked", flush=True)
sys.stdin.readline()
found = guide.sources.in_folder()
done = guide.sources.take(found[0])
print(done.edition, len(found), flush=True)
"""


@pytest.mark.slow
def test_several_pcs_take_it_from_one_folder_at_once(publisher: Publisher, folder: Path, tmp_path: Path) -> None:
    """Four real processes, each a PC with a data folder of its own."""
    for number in (2, 3):
        shutil.copy(publisher.release(number), folder / f"{number}.guide")
    root = Path(__file__).resolve().parents[3]
    data = [tmp_path / f"pc{n}" for n in range(4)]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PC, str(one), str(publisher.shipped), str(publisher.trust), str(folder)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for one in data
    ]
    for pc in running:
        assert pc.stdout is not None
        assert pc.stdout.readline() == "looked\n"
    answers = [pc.communicate("go\n", timeout=120)[0].strip() for pc in running]
    assert answers == ["3 2"] * 4
    for one in data:
        assert Guide(replace(publisher.settings, data=one), at()).status().edition.number == 3
    assert sorted(p.name for p in folder.iterdir()) == ["2.guide", "3.guide"], "nobody writes into the folder"
