"""A stick is noticed, and what is on it is looked at in bounds; nothing of it is believed."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path
from typing import Any, ClassVar

import pytest

from guide.app import Guide
from guide.bundles.sources.linux_drives import LinuxDrives
from guide.bundles.sources.look import bundles_in, shown
from guide.bundles.sources.windows_drives import WindowsDrives
from guide.records import Drive
from tests.bundles.sources.drives import FakeDrives, real_stick
from tests.publisher import Publisher, at, tree


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture
def guide(publisher: Publisher) -> Guide:
    made = Guide(publisher.settings, at())
    made.sources.system = FakeDrives()
    return made


def drives(guide: Guide) -> FakeDrives:
    assert isinstance(guide.sources.system, FakeDrives)
    return guide.sources.system


def test_a_bundle_in_the_root_or_one_folder_down_is_offered(guide: Guide, publisher: Publisher, tmp_path: Path) -> None:
    stick = drives(guide).put_in(tmp_path / "stick")
    deep = stick / "updates" / "old"
    deep.mkdir(parents=True)
    shutil.copy(publisher.release(2), deep.parent / "state.GUIDE")
    shutil.copy(publisher.release(3), deep / "too-deep.guide")
    (found,) = guide.sources.on_drives()
    assert (found.name, found.place, found.kind) == ("state.GUIDE", "KINGSTON", "drive")
    assert (found.verdict, found.edition, found.publisher_name) == ("newer", 2, "State Coalition")
    assert found.wanted
    assert not publisher.settings.data.exists(), "looking writes nothing"


def test_the_newest_genuine_one_comes_first(guide: Guide, publisher: Publisher, tmp_path: Path) -> None:
    stick = drives(guide).put_in(tmp_path / "stick")
    for number in (2, 3):
        shutil.copy(publisher.release(number), stick / f"{number}.guide")
    shutil.copy(Publisher(tmp_path / "other", "Somebody Else").release(9), stick / "stranger.guide")
    (stick / "letter.guide").write_text("hello")
    found = guide.sources.on_drives()
    assert [(f.name, f.verdict, f.reason) for f in found] == [
        ("3.guide", "newer", ""),
        ("2.guide", "newer", ""),
        ("stranger.guide", "unknown", ""),
        ("letter.guide", "refused", "damaged"),
    ]


def test_what_is_here_already_is_not_wanted(guide: Guide, publisher: Publisher, tmp_path: Path) -> None:
    stick = drives(guide).put_in(tmp_path / "stick")
    shutil.copy(publisher.release(2), stick / "2.guide")
    guide.apply_update(publisher.release(3))
    (found,) = guide.sources.on_drives()
    assert (found.verdict, found.wanted) == ("older", False)


def test_the_data_of_a_bundle_stays_unread_until_staff_ask(
    guide: Guide, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guide.bundles.archive import Archive

    stick = drives(guide).put_in(tmp_path / "stick")
    shutil.copy(publisher.release(2), stick / "2.guide")
    read: list[str] = []
    pieces = Archive.pieces
    monkeypatch.setattr(Archive, "pieces", lambda self, name: (read.append(name), pieces(self, name))[1])
    assert guide.sources.on_drives()[0].wanted
    assert read
    assert all(name.startswith("metadata/") for name in read), read


def test_links_pipes_folders_and_hidden_files_are_passed_by(tmp_path: Path) -> None:
    (tmp_path / "outside.guide").write_bytes(b"x")
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "link.guide").symlink_to(tmp_path / "outside.guide")
    (stick / "zero.guide").symlink_to("/dev/zero")
    (stick / "folder-link").symlink_to(tmp_path)
    (stick / "folder.guide").mkdir()
    (stick / "._mac.guide").write_bytes(b"x")
    os.mkfifo(stick / "pipe.guide")
    assert bundles_in(stick) == []


def test_a_huge_folder_is_looked_at_in_bounds(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.guide").write_bytes(b"x")
        os.utime(tmp_path / f"{number}.guide", (number, number))
    found = bundles_in(tmp_path)
    assert len(found) == 24
    assert found[0].path.name == "59.guide"


def test_a_huge_folder_ends_the_look_not_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = 0

    class Endless:
        def __enter__(self) -> Endless:
            return self

        def __exit__(self, *_: object) -> None: ...

        def __iter__(self) -> Endless:
            return self

        def __next__(self) -> os.DirEntry[str]:
            nonlocal seen
            seen += 1
            return entry

    (tmp_path / "a.txt").write_bytes(b"")
    with os.scandir(tmp_path) as entries:
        entry = next(entries)
    monkeypatch.setattr("guide.bundles.sources.look.os.scandir", lambda _: Endless())
    assert bundles_in(tmp_path) == []
    assert seen <= 2_001


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("evil\u202eediug.exe.guide", "evil\ufffdediug.exe.guide"),
        ("two\nlines.guide", "two\ufffdlines.guide"),
        ("<b>bold</b>.guide", "<b>bold</b>.guide"),
        ("bad\udc80.guide", "bad\ufffd.guide"),
    ],
)
def test_a_hostile_name_cannot_turn_the_screen_around(name: str, safe: str) -> None:
    assert shown(name) == safe


def test_a_long_name_keeps_its_ends() -> None:
    short = shown("x" * 300 + ".guide")
    assert len(short) == 80
    assert short.endswith(".guide")


# --- Linux ----------------------------------------------------------------------------------------
TABLE = r"""22 1 8:2 / / rw shared:1 - ext4 /dev/sda2 rw
30 22 8:17 / /run/media/staff/MY\040STICK rw shared:2 - vfat /dev/sdb1 rw
31 22 8:18 / /odd/place rw - exfat /dev/sdb2 rw
32 22 8:33 / /srv/data rw - ext4 /dev/sdc1 rw
33 22 8:33 / /backup rw - ext4 /dev/sdc1 rw
34 22 0:50 / /media/share rw - cifs //server/share rw
35 22 8:17 / /mnt/again rw - vfat /dev/sdb1 rw
36 22 8:17 /sub /mnt/part rw - vfat /dev/sdb1 rw
broken line
"""


def test_removable_drives_are_told_from_disks_shares_and_the_system(tmp_path: Path) -> None:
    table, sys = tmp_path / "mountinfo", tmp_path / "sys"
    table.write_text(TABLE)
    for number, place, removable in (
        ("8:17", "devices/pci0/usb1/1-1/block/sdb/sdb1", ""),
        ("8:18", "devices/pci0/ata/block/sdb/sdb2", "1"),
        ("8:33", "devices/pci0/ata/block/sdc/sdc1", "0"),
    ):
        (sys / place).mkdir(parents=True)
        (sys / "dev/block").mkdir(parents=True, exist_ok=True)
        (sys / "dev/block" / number).symlink_to(sys / place)
        if removable:
            (sys / place).parent.joinpath("removable").write_text(removable + "\n")
    found = LinuxDrives(table, sys).list()
    assert found == (Drive("/run/media/staff/MY STICK", "MY STICK"), Drive("/odd/place", "place"))


def test_a_system_without_a_mount_table_has_no_drives(tmp_path: Path) -> None:
    assert LinuxDrives(tmp_path / "none").list() == ()
    assert LinuxDrives(tmp_path / "none").mark() == b""


@pytest.mark.slow
def test_a_real_fat_stick_is_noticed_read_and_pulled(guide: Guide, publisher: Publisher, tmp_path: Path) -> None:
    guide.sources.system = LinuxDrives()
    before = guide.sources.mark()
    with real_stick(tmp_path) as stick:
        assert guide.sources.mark() != before
        shutil.copy(publisher.release(2), stick / "STATE.guide")
        (found,) = [f for f in guide.sources.on_drives() if f.place == stick.name]
        assert found.wanted
        content = tree(stick)
        assert guide.preview(Path(found.path)).offer.edition == 2
        assert guide.apply_update(Path(found.path)).edition == 2
        assert tree(stick) == content, "nothing is written to a stick"
    assert guide.sources.mark() == before
    assert not guide.sources.on_drives()


# --- Windows --------------------------------------------------------------------------------------
class Kernel:
    """kernel32 as its documentation describes it: A: an empty card reader, C: a disk, E: a stick, F: without a name."""

    kinds: ClassVar = {"A:\\": 2, "C:\\": 3, "E:\\": 2, "F:\\": 2, "Z:\\": 4}
    labels: ClassVar = {"E:\\": "KINGSTON", "F:\\": ""}

    def __init__(self) -> None:
        self.mode = 0
        self.asked: list[str] = []

    def GetLogicalDrives(self) -> int:  # noqa: N802
        return sum(1 << (ord(root[0]) - 65) for root in self.kinds)

    def GetDriveTypeW(self, root: str) -> int:  # noqa: N802
        return self.kinds[root]

    def SetErrorMode(self, mode: int) -> int:  # noqa: N802
        before, self.mode = self.mode, mode
        return before

    def GetVolumeInformationW(self, root: str, label: Any, size: int, *_: Any) -> int:  # noqa: N802
        assert self.mode == 1, "Windows would show a box"
        self.asked.append(root)
        if root not in self.labels:
            return 0
        assert size == ctypes.sizeof(label) // ctypes.sizeof(ctypes.c_wchar)
        label.value = self.labels[root]
        return 1


def test_on_windows_only_removable_drives_with_something_in_them_are_asked() -> None:
    kernel = Kernel()
    windows = WindowsDrives(kernel)
    assert windows.list() == (Drive("E:\\", "KINGSTON"), Drive("F:\\", "F:"))
    assert kernel.asked == ["A:\\", "E:\\", "F:\\"], "no share and no disk is touched"
    assert kernel.mode == 0
    assert windows.mark() == kernel.GetLogicalDrives()
