"""Where updates come from, in the window: a stick is offered to staff, a shared folder is followed, nobody is called."""

from __future__ import annotations

import ctypes
import shutil
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide.bundles.sources.linux_drives import LinuxDrives
from guide.errors import CaptivePortalError, GuideError
from guide.records import Found, Progress
from guide.settings import load
from tests.bundles.sources.drives import FakeDrives, real_stick
from tests.publisher import Publisher, members
from tests.ui.conftest import House
from tests.ui.test_staff_pages import staff
from tests.ui.test_visit import button, texts
from ui import drive_watch
from ui.drive_watch import DriveWatch, number_of


@pytest.fixture
def sticks(published: tuple[House, Publisher]) -> FakeDrives:
    made = FakeDrives()
    published[0].window.guide.sources.system = made
    return made


def put_in(house: House, sticks: FakeDrives, publisher: Publisher, folder: Path, number: int = 2) -> Path:
    """Put in a stick with an update on it; the system tells the window."""
    sticks.put_in(folder)
    shutil.copy(publisher.release(number), folder / f"state-{number}.guide")
    watch = house.window.rooms.sources._watch
    if watch is not None:
        watch.look()
    return folder


def test_a_stick_is_offered_and_two_clicks_later_the_guide_is_up_to_date(
    published: tuple[House, Publisher], sticks: FakeDrives, tmp_path: Path
) -> None:
    house, publisher = published
    page = staff(house).window.rooms.updates
    put_in(house, sticks, publisher, tmp_path / "stick")
    house.wait(lambda: "was found on “KINGSTON”" in texts(page))
    assert house.window.sidebar.buttons["updates"].accessibleName() == "Updates (1)"
    assert "state-2.guide" in texts(page)
    button(page, "Look at edition 2026.02").click()
    house.wait(lambda: page.preview is not None)
    button(page, "Apply update").click()
    house.wait(lambda: "Up to date" in texts(page))
    assert "You can take the stick out now." in texts(page)
    assert house.window.guide.status().edition.number == 2
    house.wait(lambda: "is not newer than what is here" in texts(page))
    assert house.window.sidebar.buttons["updates"].accessibleName() == "Updates"


def test_a_stick_that_is_in_already_is_found_when_staff_come(
    published: tuple[House, Publisher], sticks: FakeDrives, tmp_path: Path
) -> None:
    house, publisher = published
    put_in(house, sticks, publisher, tmp_path / "stick")
    page = staff(house).window.rooms.updates
    house.wait(lambda: "was found on “KINGSTON”" in texts(page))


def test_a_stick_that_is_pulled_is_offered_no_more(
    published: tuple[House, Publisher], sticks: FakeDrives, tmp_path: Path
) -> None:
    house, publisher = published
    page = staff(house).window.rooms.updates
    put_in(house, sticks, publisher, tmp_path / "stick")
    house.wait(lambda: "was found" in texts(page))
    sticks.here.clear()
    house.window.rooms.sources._watch.look()
    house.wait(lambda: "was found" not in texts(page))


def test_a_visitor_s_window_looks_at_no_drive_and_shows_nothing(
    published: tuple[House, Publisher], sticks: FakeDrives, tmp_path: Path
) -> None:
    house, publisher = published
    put_in(house, sticks, publisher, tmp_path / "stick")
    house.type("shelter")
    house.window.rooms.sources.look()
    house.wait()
    assert sticks.looked == 0
    assert house.window.rooms.sources._watch is None
    assert "KINGSTON" not in texts(house.window)
    staff(house)
    house.wait(lambda: house.window.rooms.sources.waiting == 1)
    house.window.lock()
    house.wait()
    looked = sticks.looked
    assert house.window.rooms.sources._watch is None
    assert house.window.rooms.sources.found == ()
    house.window.rooms.sources.look()
    house.wait()
    assert sticks.looked == looked


def test_an_update_that_is_looked_at_stays_when_another_stick_comes(
    published: tuple[House, Publisher], sticks: FakeDrives, tmp_path: Path
) -> None:
    house, publisher = published
    page = staff(house).window.rooms.updates
    page.look_at(publisher.release(2))
    house.wait(lambda: page.preview is not None)
    put_in(house, sticks, publisher, tmp_path / "stick", 3)
    house.wait(lambda: house.window.rooms.sources.waiting == 1)
    assert page.preview is not None
    assert button(page, "Apply update").isVisible()


def test_bad_files_on_a_stick_are_one_small_line(
    published: tuple[House, Publisher], sticks: FakeDrives, tmp_path: Path
) -> None:
    house, _ = published
    stick = sticks.put_in(tmp_path / "stick")
    for number in range(5):
        (stick / f"{number}.guide").write_text("not an update")
    page = staff(house).window.rooms.updates
    house.wait(lambda: "5 files are damaged or not from your publisher: 0.guide, 1.guide, 2.guide…" in texts(page))
    assert house.window.rooms.sources.waiting == 0


# --- how a drive is noticed -------------------------------------------------------------------------
def test_where_the_system_says_nothing_the_drives_are_glanced_at(qtbot: QtBot, tmp_path: Path) -> None:
    marks = [1, 1, 2]
    watch = DriveWatch(lambda: marks[0], mounts=str(tmp_path / "none"))
    assert watch._poll.isActive()
    heard: list[int] = []
    watch.changed.connect(lambda: heard.append(1))
    watch.look()
    assert heard == []
    marks[0] = 2
    watch.look()
    watch.look()
    assert heard == [1]
    watch.end()
    assert not watch._poll.isActive()


def test_a_windows_message_is_read_where_it_lies() -> None:
    class Message(ctypes.Structure):
        _fields_ = (("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("w", ctypes.c_size_t))

    message = Message(1, 0x219, 0x8000)
    assert number_of(ctypes.addressof(message)) == 0x219
    heard: list[int] = []
    listener = drive_watch._Messages(lambda: heard.append(1))
    assert listener.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message)) == (False, 0)
    message.message = 0x100
    listener.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    listener.nativeEventFilter(b"xcb_generic_event_t", 0)
    assert heard == [1]


@pytest.mark.slow
def test_a_real_mount_is_offered_within_two_seconds(published: tuple[House, Publisher], tmp_path: Path) -> None:
    house, publisher = published
    house.window.guide.sources.system = LinuxDrives()
    bundle = publisher.release(2)
    page = staff(house).window.rooms.updates
    house.wait()
    with real_stick(tmp_path, ready=bundle) as stick:
        house.bot.waitUntil(lambda: stick.name in texts(page), timeout=2_000)
    house.bot.waitUntil(lambda: stick.name not in texts(page), timeout=2_000)


# --- the shared folder ------------------------------------------------------------------------------
def shared_folder(house: House, tmp_path: Path, *, takes: bool) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    house.window.guide.change_settings(drop_folder=str(folder), drop_folder_takes=takes)
    return folder


def looked_twice(house: House) -> None:
    for _ in range(2):
        house.window.rooms.sources.look_in_folder()
        house.wait()


def test_a_pc_at_rest_takes_what_appears_in_the_shared_folder(
    published: tuple[House, Publisher], tmp_path: Path
) -> None:
    house, publisher = published
    folder = shared_folder(house, tmp_path, takes=True)
    shutil.copy(publisher.release(2), folder / "2.guide")
    looked_twice(house)
    house.wait(lambda: house.window.guide.status().edition.number == 2)
    house.wait(lambda: [event.by for event in house.window.guide.history()] == ["folder"])
    assert house.window.rooms.sources.found == (), "a visitor is told nothing"
    house.wait(lambda: "2026.02" in texts(house.window.sidebar))


def test_nothing_changes_under_the_eyes_of_somebody_who_looks_for_help(
    published: tuple[House, Publisher], tmp_path: Path
) -> None:
    house, publisher = published
    folder = shared_folder(house, tmp_path, takes=True)
    shutil.copy(publisher.release(2), folder / "2.guide")
    house.type("shelter")
    looked_twice(house)
    assert house.window.guide.status().edition.number == 1
    house.window.reset()
    house.window.rooms.sources.look_in_folder()
    house.wait(lambda: house.window.guide.status().edition.number == 2)


def test_where_staff_are_to_be_asked_it_waits_for_them(published: tuple[House, Publisher], tmp_path: Path) -> None:
    house, publisher = published
    folder = shared_folder(house, tmp_path, takes=False)
    shutil.copy(publisher.release(2), folder / "2.guide")
    looked_twice(house)
    assert house.window.guide.status().edition.number == 1
    page = staff(house).window.rooms.updates
    house.wait(lambda: "was found in the shared folder “share”" in texts(page))
    button(page, "Look at edition 2026.02").click()
    house.wait(lambda: page.preview is not None)
    button(page, "Apply update").click()
    house.wait(lambda: "Up to date" in texts(page))
    assert "stick" not in next(t for t in texts(page).splitlines() if "Up to date" in t)


def test_a_refused_file_in_the_shared_folder_is_not_tried_for_ever(
    published: tuple[House, Publisher], tmp_path: Path
) -> None:
    house, publisher = published
    folder = shared_folder(house, tmp_path, takes=True)
    from tests.bundles.sources.test_folder import spoiled

    spoiled(publisher.release(2), folder / "2.guide")
    looked_twice(house)
    house.wait()
    looked_twice(house)
    assert house.window.guide.status().edition.number == 1
    assert [f.verdict for f in house.window.rooms.sources._folder] == ["refused"]


# --- passing on -------------------------------------------------------------------------------------
def test_the_guide_is_passed_on_to_a_stick(
    published: tuple[House, Publisher], sticks: FakeDrives, tmp_path: Path
) -> None:
    house, publisher = published
    signed = publisher.release(2)
    house.window.guide.apply_update(signed)
    stick = sticks.put_in(tmp_path / "stick")
    page = staff(house).window.rooms.updates
    house.wait(lambda: "Pass it on" in texts(page))
    button(page, "Pass it on").click()
    house.wait(lambda: "Nothing of this house is in it." in texts(page))
    button(page, "Write it to “KINGSTON”").click()
    house.wait(lambda: "read back and checked" in texts(page))
    assert "You can take the stick out now." in texts(page)
    assert members(stick / "update-2026.02.guide") == members(signed)


# --- the update server ------------------------------------------------------------------------------
def with_mirror(house: House, answer: Callable[[Progress], tuple[Found, ...]]) -> None:
    house.window.guide.change_settings(mirror="https://updates.example.org/")
    house.window.guide.sources.ask_mirrors = answer  # type: ignore[method-assign, assignment]


def test_the_update_server_is_asked_by_a_button_and_what_is_newer_is_looked_at(
    published: tuple[House, Publisher],
) -> None:
    house, publisher = published
    bundle = publisher.release(2)
    found = Found(str(bundle), "mirror.guide", "mirror", "mirror", 1, "newer", 2, "2026.02", "State Coalition")
    with_mirror(house, lambda _p: (found,))
    page = staff(house).window.rooms.updates
    house.wait(lambda: "Ask the update server" in texts(page))
    button(page, "Ask the update server").click()
    house.wait(lambda: page.preview is not None)
    assert "2026.11 → 2026.02" in texts(page)


def test_what_several_update_servers_have_is_offered_side_by_side(published: tuple[House, Publisher]) -> None:
    house, publisher = published
    bundle = str(publisher.release(2))
    one = Found(bundle, "mirror.guide", "mirror", "mirror", 1, "newer", 2, "2026.02", "State Coalition")
    other = replace(one, path=bundle + "2", edition_name="2026.09", publisher_name="Metro County", publisher="p1")
    with_mirror(house, lambda _p: (one, other))
    page = staff(house).window.rooms.updates
    house.wait(lambda: "Ask the update server" in texts(page))
    button(page, "Ask the update server").click()
    house.wait(lambda: "Edition 2026.09 is here from the update server" in texts(page))
    assert "Signed by State Coalition" in texts(page) and "Signed by Metro County" in texts(page)
    assert page.preview is None


def test_what_stands_in_the_way_of_the_update_server_is_a_sentence(published: tuple[House, Publisher]) -> None:
    def portal(_: Progress) -> tuple[Found, ...]:
        raise CaptivePortalError

    house, _ = published
    with_mirror(house, portal)
    page = staff(house).window.rooms.updates
    house.wait(lambda: "Ask the update server" in texts(page))
    button(page, "Ask the update server").click()
    house.wait(lambda: "Sign in to the network in a web browser" in texts(page))


def test_without_a_server_set_up_there_is_no_such_button(published: tuple[House, Publisher]) -> None:
    page = staff(published[0]).window.rooms.updates
    published[0].wait()
    assert "Ask the update server" not in texts(page)


def test_connections_are_allowed_while_staff_are_there_and_end_with_them(published: tuple[House, Publisher]) -> None:
    house, _ = published
    sources = house.window.guide.sources
    assert sources.online is False
    staff(house)
    assert sources.online
    house.window.choose_language("es")
    assert sources.online
    house.window.hide_now()
    house.wait(lambda: not sources.online)


def test_a_whole_visit_opens_no_socket(
    published: tuple[House, Publisher], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SAFETY N3. A mirror is set up and due: even so nobody is called while a visitor is there."""
    house, _ = published
    house.window.guide.change_settings(mirror="https://updates.example.org/", mirror_hours=1)
    opened: list[object] = []

    class Forbidden(socket.socket):
        def __init__(self, *words: object, **more: object) -> None:
            opened.append(words)
            raise OSError("no connection in a visit")

    monkeypatch.setattr(socket, "socket", Forbidden)
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: opened.append("connection"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: opened.append("name"))
    window = house.window
    for card in house.type("shelter"):
        window.open_entry(card.id)
        window.basket.toggle(card.id)
        if card.phone is not None:
            window.phones.call(card.phone, card.name.text)
            window.copy(card.phone.copy_text, card.phone.published)
    window.finding.browse("housing")
    house.wait()
    window.go("sheet")
    house.wait(lambda: window.rooms.sheet.paper is not None)
    window.choose_language("es")
    window.choose_size(125)
    window.rooms.sources.again()
    window.hide_now()
    window.cover.uncover()
    window.reset()
    house.wait()
    with pytest.raises(GuideError):
        window.guide.sources.ask_mirrors()
    assert opened == []


# --- settings ---------------------------------------------------------------------------------------
def test_where_updates_come_from_is_set_in_the_settings(house: House, tmp_path: Path) -> None:
    staff(house)
    house.window.go("settings")
    fields = house.window.rooms.settings.sources
    fields.drives.setChecked(False)
    fields.folder.setText(str(tmp_path))
    fields.takes.setChecked(True)
    fields.mirror.setText("http://updates.example.org")
    button(house.window.rooms.settings, "Save settings").click()
    assert "has to begin with https://" in texts(fields)
    assert load(house.window.guide.settings.data).mirror == ""
    fields.mirror.setText("https://updates.example.org http://b.example.org")
    assert fields.changes() is None
    fields.mirror.setText(" https://updates.example.org  https://b.example.org ")
    fields.hours.setCurrentIndex(2)
    fields.proxy.setText("none")
    button(house.window.rooms.settings, "Save settings").click()
    kept = load(house.window.guide.settings.data)
    assert (kept.notice_drives, kept.drop_folder, kept.drop_folder_takes) == (False, str(tmp_path), True)
    assert kept.mirrors == ("https://updates.example.org", "https://b.example.org")
    assert (kept.mirror_hours, kept.mirror_proxy) == (168, "none")


def test_hours_an_administrator_set_are_kept(house: House) -> None:
    house.window.guide.settings = replace(house.window.guide.settings, mirror_hours=6)
    staff(house)
    house.window.go("settings")
    changes = house.window.rooms.settings.sources.changes()
    assert changes is not None
    assert changes["mirror_hours"] == 6
