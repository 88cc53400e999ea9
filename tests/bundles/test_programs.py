"""A newer version of the program: signed by its own publisher, verified before it is run, never an older one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from guide import __version__
from guide.app import Guide
from guide.bundles.programs import here, starting
from guide.errors import (
    BusyError,
    DamagedError,
    DiskFullError,
    ForbiddenError,
    GuideError,
    NotGenuineError,
    NotNewerError,
    UsageError,
)
from guide.records.program import (
    NoInstallerError,
    NoProgramPublisherError,
    NotStartedError,
    ProgramChangedError,
    ProgramOutOfDateError,
)
from tests.bundles.sources.drives import FakeDrives
from tests.programs import ProgramPublisher
from tests.publisher import Publisher, at, bent, members, named, packed, tree


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> ProgramPublisher:
    """One that nobody rotates: its versions rise from test to test."""
    return ProgramPublisher(tmp_path_factory.mktemp("maker"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Debian whose desktop opens packages; what it was handed is listed."""
    handed: list[str] = []
    monkeypatch.setattr(here, "way_here", lambda: "package")
    monkeypatch.setattr(starting, "_open_package", lambda path: handed.append(path.read_text("latin-1")) or True)
    return handed


def guide_of(maker: ProgramPublisher, folder: Path, day: float = 1) -> Guide:
    """Return a guide that trusts ``maker`` for programs and, as ever, nobody for catalogs here."""
    return Guide(replace(Publisher(folder).settings, program_trust=maker.trust), at(day))


# --- the ordinary way -----------------------------------------------------------------------------
def test_a_newer_version_is_verified_copied_and_handed_over(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str]
) -> None:
    guide = guide_of(maker, tmp_path)
    file = maker.release("90.1")
    offer = guide.programs.verify(file)
    assert (offer.verdict, offer.version, offer.here) == ("newer", "90.1", __version__)
    assert (offer.publisher_name, offer.signed, offer.keys) == ("Makers of the guide", 1, 2)
    assert len(offer.fingerprint) == 6
    assert not (tmp_path / "data" / "program").exists(), "looking changes nothing"
    done = guide.programs.install(file)
    assert opened == ["!<arch>\npackage of 90.1"]
    copy = Path(done.path)
    assert copy.is_relative_to(tmp_path / "data" / "program" / "ready")
    assert done.command == f"sudo apt install {copy}"
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o400, 0o700)
    (event,) = guide.history()
    assert (event.kind, event.edition_name, event.by) == ("program", "90.1", "staff")
    again = guide.programs.install(file)
    assert again.version == "90.1", "a setup that was broken off can be started again"


def test_on_windows_the_setup_is_started_as_it_was_put_in_before(
    maker: ProgramPublisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide, asked = guide_of(maker, tmp_path), list[tuple[str, str, str]]()
    monkeypatch.setattr(here, "system_here", lambda: "windows")
    monkeypatch.setattr(
        starting, "shell_execute", lambda verb, path, words: asked.append((verb, path.name, words)) or True
    )
    file = maker.release("90.2")
    for way, verb, words in (("setup", "open", "/CurrentUser"), ("setup-for-all", "runas", "/AllUsers")):
        monkeypatch.setattr(here, "way_here", lambda way=way: way)
        assert guide.programs.install(file).opened
        assert asked.pop() == (verb, "ResourceGuide-90.2-setup.exe", words)
    guide.programs.install(file, quiet=True)
    assert asked.pop()[2] == "/AllUsers /S"
    monkeypatch.setattr(starting, "shell_execute", lambda *_: False)
    with pytest.raises(NotStartedError):
        guide.programs.install(file)


def test_installers_that_lie_beside_are_judged_the_same(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str]
) -> None:
    guide = guide_of(maker, tmp_path)
    file = maker.release("90.3", apart=True)
    assert file.stat().st_size < 20_000
    package = file.with_name("resource-guide_90.3_amd64.deb")
    assert guide.programs.install(file).opened
    bad = package.read_bytes()[:-1] + b"!"
    for change in (lambda: package.write_bytes(bad), lambda: package.write_bytes(bad + b"more"), package.unlink,
                   lambda: package.symlink_to("/dev/zero"), lambda: (package.unlink(), os.mkfifo(package))):  # fmt: skip
        change()
        with pytest.raises(GuideError) as told:
            guide.programs.install(file)
        assert told.value.code in ("damaged", "stick-gone")
    assert len(opened) == 1


def test_a_stick_is_looked_at_by_its_signed_description_alone(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str]
) -> None:
    guide, system = guide_of(maker, tmp_path), FakeDrives()
    guide.sources.system = system
    stick = tmp_path / "stick"
    system.put_in(stick)
    assert guide.programs.on_drives() == ()
    newest = maker.release("90.5")
    (stick / "a.guide-program").write_bytes(newest.read_bytes())
    (stick / "broken.guide-program").write_bytes(newest.read_bytes()[:200])
    (stick / "90.guide").write_bytes(newest.read_bytes())
    first, second = guide.programs.on_drives()
    assert (first.verdict, first.version, first.place) == ("newer", "90.5", "KINGSTON")
    assert (second.verdict, second.reason) == ("refused", "damaged")
    assert [one.verdict for one in guide.sources.on_drives()] == ["refused"], "it is no bundle by another name"


def test_what_was_put_in_is_taken_away_by_the_version_that_came(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str]
) -> None:
    guide = guide_of(maker, tmp_path)
    copy = Path(guide.programs.install(maker.release("90.6")).path)
    guide.programs.tidy()
    assert copy.is_file()
    replace(guide.programs, here="90.6").tidy()
    assert not copy.exists()


# --- never -----------------------------------------------------------------------------------------
def test_another_s_program_is_refused_and_a_catalog_s_publisher_signs_none(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str]
) -> None:
    guide = guide_of(maker, tmp_path)
    stranger = ProgramPublisher(tmp_path / "stranger").release("99.9")
    for act in (guide.programs.verify, guide.programs.install):
        with pytest.raises(NotGenuineError):
            act(stranger)
    # A catalog's publisher who signs an installer is nobody for programs.
    trusted = replace(guide.settings, program_trust=guide.settings.trust)
    with pytest.raises(NotGenuineError):
        Guide(trusted, at(1)).programs.verify(maker.release("90.7"))
    assert opened == []


def test_older_same_and_held_back_versions_are_refused(tmp_path: Path, opened: list[str]) -> None:
    maker = ProgramPublisher(tmp_path / "maker")
    guide = guide_of(maker, tmp_path)
    old = maker.release("99.1")
    kept = old.read_bytes()
    guide.programs.install(maker.release("99.2"))
    old.write_bytes(kept)
    with pytest.raises(NotNewerError):  # TUF remembers
        guide.programs.install(old)
    replaced = replace(guide.programs, here="99.2")
    assert replaced.verify(maker.release("99.2", out="same.guide-program")).verdict == "same"
    with pytest.raises(NotNewerError):
        replaced.install(maker.release("99.2", out="same.guide-program"))
    assert replace(guide.programs, here="100").verify(maker.release("99.3")).verdict == "older"
    assert len(opened) == 1


def test_our_own_memory_holds_where_tuf_s_files_were_emptied(tmp_path: Path, opened: list[str]) -> None:
    maker = ProgramPublisher(tmp_path / "maker")
    guide = guide_of(maker, tmp_path)
    old = maker.release("99.1")
    guide.programs.install(maker.release("99.2"))
    (state,) = (tmp_path / "data" / "program").glob("trust-*")
    for name in ("timestamp", "snapshot", "targets"):
        (state / f"{name}.json").write_bytes(b"")
    assert guide.programs.verify(old).verdict == "older"
    with pytest.raises(NotNewerError):
        guide.programs.install(old)


def test_a_lost_memory_falls_back_on_tuf_s(tmp_path: Path, opened: list[str]) -> None:
    maker = ProgramPublisher(tmp_path / "maker")
    guide = guide_of(maker, tmp_path)
    old = maker.release("99.1")
    guide.programs.install(maker.release("99.2"))
    for damage in (b"{", b'{"trust": "../../x", "highest": "", "floor": "", "keyids": []}'):
        (tmp_path / "data" / "program" / "memory.json").write_bytes(damage)
        with pytest.raises(NotNewerError):
            guide.programs.install(old)


def test_a_stolen_key_s_version_holds_no_honest_one_back_once_keys_changed(tmp_path: Path, opened: list[str]) -> None:
    maker = ProgramPublisher(tmp_path / "maker")
    guide = guide_of(maker, tmp_path)
    # The thief signs on a copy of the publisher's folder.
    thief = maker.folder / "thief"
    subprocess.run(["cp", "-a", str(maker.keys), str(thief)], check=True)
    honest, maker.keys = maker.keys, thief
    stolen = maker.release("9999.0", out="stolen.guide-program")
    guide.programs.install(stolen)
    maker.keys = honest
    maker.rotate("publish-1")
    maker.rotate("publish-2")
    done = guide.programs.install(maker.release("99.3", day=0.5))
    assert done.version == "99.3"
    with pytest.raises(NotGenuineError):
        guide.programs.install(stolen)


@pytest.mark.parametrize("days", [800, 4000])
def test_one_whose_own_date_has_passed_is_never_put_in(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str], days: int
) -> None:
    file = maker.release("90.8")
    guide = guide_of(maker, tmp_path, days)
    assert guide.programs.verify(file).verdict == "expired"
    with pytest.raises(ProgramOutOfDateError):
        guide.programs.install(file)
    assert opened == []


def test_a_clock_that_was_set_back_makes_no_old_program_new(tmp_path: Path, opened: list[str]) -> None:
    maker = ProgramPublisher(tmp_path / "maker")
    short = maker.release("99.1", expires_days=10)
    newer = maker.release("99.2", day=100)
    guide = guide_of(maker, tmp_path, 101)
    guide.programs.install(newer)
    back = Guide(guide.settings, at(1))
    with pytest.raises(NotNewerError):
        back.programs.install(short)
    # A publisher's signed date of a catalog moves the clock as well: it is this computer's.
    fresh = ProgramPublisher(tmp_path / "fresh")
    file = fresh.release("99.3", expires_days=10)
    house = Publisher(tmp_path / "house")
    late = Guide(replace(house.settings, program_trust=fresh.trust), at(200))
    late.apply_update(house.release(2, day=199))
    assert Guide(late.settings, at(1)).programs.verify(file).verdict == "expired"


def swapped(parts: dict[str, bytes]) -> None:
    """Put another package in the place of the signed one, under its name."""
    name = next(n for n in parts if n.endswith(".deb"))
    parts[name] = b"!<arch>\nworse" + b"." * (len(parts[name]) - 13)


def longer(parts: dict[str, bytes]) -> None:
    """Let the package go on after its signed end."""
    name = next(n for n in parts if n.endswith(".deb"))
    parts[name] += b"and more"


def cut(parts: dict[str, bytes]) -> None:
    """Cut the package short."""
    name = next(n for n in parts if n.endswith(".deb"))
    parts[name] = parts[name][:-1]


def gone(parts: dict[str, bytes]) -> None:
    """Leave the package out: then it would have to lie beside."""
    del parts[next(n for n in parts if n.endswith(".deb"))]


def renamed(parts: dict[str, bytes]) -> None:
    """Give another version in the signed words."""
    name = named(parts, ".targets.json")
    parts[name] = parts[name].replace(b'"90.9"', b'"95.9"')


def with_script(parts: dict[str, bytes]) -> None:
    """Lay something beside that no publisher signs."""
    parts["targets/run-me.sh"] = b"rm -rf /"


def a_way_out(parts: dict[str, bytes]) -> None:
    """Name a part that climbs out of the folder."""
    parts["../../setup.exe"] = b"MZ"


def as_bundle(parts: dict[str, bytes]) -> None:
    """Say that it is a bundle."""
    parts["bundle.json"] = parts.pop("program.json")


BENT: list[Callable[[dict[str, bytes]], None]] = [
    swapped, longer, cut, gone, renamed, with_script, a_way_out, as_bundle,
]  # fmt: skip


@pytest.mark.parametrize("change", BENT, ids=lambda one: one.__name__)
def test_a_bent_file_is_refused_before_anything_is_run(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str], change: Callable[[dict[str, bytes]], None]
) -> None:
    guide = guide_of(maker, tmp_path)
    file = bent(maker.release("90.9"), tmp_path / "bent.guide-program", change)
    for act in (guide.programs.verify, guide.programs.install):
        with pytest.raises((DamagedError, NotGenuineError)):
            act(file)
    assert opened == []
    left = tmp_path / "data" / "program"
    assert not (left / "ready").exists() and not list(left.glob("trust-*")) and not (left / "stage").exists()


def test_every_byte_that_is_flipped_is_refused_or_changes_nothing(maker: ProgramPublisher, tmp_path: Path) -> None:
    guide = guide_of(maker, tmp_path)
    whole = maker.release("90.10").read_bytes()
    file = tmp_path / "flipped.guide-program"
    wrong = []
    for place in range(0, len(whole), 97):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            offer = guide.programs.verify(file)
        except (DamagedError, NotGenuineError):
            continue
        if (offer.verdict, offer.version) != ("newer", "90.10"):
            wrong.append(place)
    assert not wrong


def test_a_copy_that_was_changed_after_it_was_verified_is_not_started(
    maker: ProgramPublisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    guide = guide_of(maker, tmp_path)
    real, worse = starting.start, b"!<arch>\npackage of 90.1!"

    def rewritten(path: Path) -> None:
        path.chmod(0o600)
        path.write_bytes(worse)
        path.chmod(0o400)

    def linked(path: Path) -> None:
        path.unlink()
        (tmp_path / "worse.deb").write_bytes(worse)
        path.symlink_to(tmp_path / "worse.deb")

    def open_to_all(path: Path) -> None:
        path.chmod(0o666)

    def twice(path: Path) -> None:
        os.link(path, tmp_path / "second-name.deb")

    file = maker.release("90.11")
    for act in (rewritten, linked, open_to_all, twice, Path.unlink):
        monkeypatch.setattr(
            starting, "start", lambda path, *rest, act=act, **more: (act(path), real(path, *rest, **more))[1]
        )
        with pytest.raises(ProgramChangedError):
            guide.programs.install(file)
    assert opened == [] and guide.history() == ()


def test_a_policy_can_forbid_it_and_no_root_means_none(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str]
) -> None:
    guide, system = guide_of(maker, tmp_path), FakeDrives()
    guide.sources.system = system
    system.put_in(tmp_path / "stick")
    file = maker.release("90.12")
    (tmp_path / "stick" / "p.guide-program").write_bytes(file.read_bytes())
    allowed = guide.settings
    guide.settings = replace(allowed, forbidden=frozenset({"program"}))
    assert guide.programs.on_drives() == ()
    with pytest.raises(ForbiddenError):
        guide.programs.install(file)
    guide.settings = replace(allowed, program_trust=tmp_path / "none")
    assert guide.programs.on_drives() == ()
    with pytest.raises(NoProgramPublisherError):
        guide.programs.install(file)
    assert opened == []


def test_a_file_without_an_installer_for_this_computer_says_so(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = guide_of(maker, tmp_path)
    file = maker.release("90.13", only=(".exe",))
    assert guide.programs.verify(file).verdict == "no-installer"
    with pytest.raises(NoInstallerError):
        guide.programs.install(file)
    monkeypatch.setattr(here, "way_here", lambda: "portable")
    with pytest.raises(NoInstallerError):
        guide.programs.install(maker.release("90.14"))
    assert not (tmp_path / "data" / "program" / "ready").exists()


def test_a_full_disk_and_a_second_window_leave_all_as_it_was(
    maker: ProgramPublisher, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from guide.bundles.disk import alone

    guide = guide_of(maker, tmp_path)
    file = maker.release("90.15")
    folder = tmp_path / "data" / "program"
    folder.mkdir(parents=True)
    with alone(folder / "lock"), pytest.raises(BusyError):
        guide.programs.install(file)
    before = tree(folder)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Room", (), {"free": 1000})())
    with pytest.raises(DiskFullError):
        guide.programs.install(file)
    assert tree(folder) == before and not (folder / "ready").exists() and opened == []


def test_a_stop_at_any_step_leaves_the_old_memory_or_the_new_one(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from guide.bundles.programs import memory

    maker = ProgramPublisher(tmp_path / "maker")
    guide = guide_of(maker, tmp_path)
    guide.programs.install(maker.release("99.1"))
    file = maker.release("99.2")
    for name in ("sync_tree", "sync_folder", "write_whole"):
        with monkeypatch.context() as patched:

            def stopped(*_: object) -> None:
                raise SystemExit

            patched.setattr(memory, name, stopped)
            with pytest.raises(SystemExit):
                guide.programs.install(file)
        found = memory.recall(tmp_path / "data" / "program")
        assert found.highest == "99.1" and memory.state_of(tmp_path / "data" / "program", found).is_dir()
    assert guide.programs.install(file).version == "99.2"
    assert len(list((tmp_path / "data" / "program").glob("trust-*"))) == 1


# --- the publisher's side ---------------------------------------------------------------------------
def test_a_publisher_s_slips_are_told_before_a_key_is_opened(tmp_path: Path) -> None:
    from guide.publish.programs import publish_program
    from guide.publish.release import publish
    from tests.publisher import ACCEPTED, ask

    maker, house = ProgramPublisher(tmp_path / "maker"), Publisher(tmp_path / "house")
    setup, package = maker.installers("1.5")
    out = tmp_path / "x.guide-program"

    def never(_: str) -> str:
        raise AssertionError("a key was opened")

    odd = tmp_path / "setup.exe"
    odd.write_bytes(b"MZ")
    text = tmp_path / "ResourceGuide-1.5-setup.exe"
    text.write_text("no setup at all")
    other = maker.installers("1.6")[1]
    for files, target in (([], out), ([odd], out), ([text], out), ([setup, other], out), ([setup, setup], out),
                          ([tmp_path / "ResourceGuide-1.9-setup.exe"], out), ([setup], tmp_path / "x.guide")):  # fmt: skip
        with pytest.raises(UsageError):
            publish_program(files, maker.keys, target, never, at())
    with pytest.raises(UsageError, match="sign catalogs"):
        publish_program([setup], house.keys, out, never, at())
    maker.release("1.5")
    with pytest.raises(UsageError, match="newer version"):
        publish_program(maker.installers("1.4"), maker.keys, out, never, at())
    with pytest.raises(UsageError, match="before the last release"):
        publish_program([setup, package], maker.keys, out, never, at(-1))
    with pytest.raises(UsageError, match="versions of the program"):
        publish(house.shipped, maker.keys, tmp_path / "y.guide", ask, at(), baseline=ACCEPTED)
    assert not out.exists()


def test_signed_words_that_no_publisher_writes_are_damage(tmp_path: Path) -> None:
    """A publisher whose tool was changed signs what ours never would; a guide still runs none of it."""
    from guide.publish import programs

    maker = ProgramPublisher(tmp_path / "maker")
    guide = guide_of(maker, tmp_path)
    real = programs._installer

    def signed(change: Callable[[programs._Installer], programs._Installer]) -> Path:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(programs, "_installer", lambda *given: change(real(*given)))
            patched.setattr(programs, "_must_follow", lambda *_: None)
            return maker.release("99.1")

    def other(**custom: object) -> Callable[[programs._Installer], programs._Installer]:
        def change(one: programs._Installer) -> programs._Installer:
            one.target.unrecognized_fields["custom"] |= custom
            return one

        return change

    for words in ({"version": "1.0-beta"}, {"version": 7}, {"system": "linux"}, {"machine": None},
                  {"published_at": "2099-01-01T00:00:00+00:00"}, {"publisher_name": "x" * 500}):  # fmt: skip
        with pytest.raises(DamagedError):
            guide.programs.verify(signed(other(**words)))


def test_an_archive_is_read_in_bounds(maker: ProgramPublisher, tmp_path: Path) -> None:
    parts = members(maker.release("90.16"))
    deflated = packed(tmp_path / "deflated.guide-program", parts, compress_type=8)
    guide = guide_of(maker, tmp_path)
    with pytest.raises(DamagedError):
        guide.programs.verify(deflated)
    many = packed(tmp_path / "many.guide-program", parts | {f"metadata/{n}.root.json": b"{}" for n in range(2, 400)})
    with pytest.raises(DamagedError):
        guide.programs.verify(many)


def test_looking_at_drives_with_no_program_on_them_loads_no_trust_library(tmp_path: Path) -> None:
    asked = ("import sys; from pathlib import Path; from guide.app import Guide; from guide.settings import Settings; "
             "found = Guide(Settings(data=Path(sys.argv[1]))).programs.on_drives(); "
             "print(found, sorted({'tuf', 'cryptography', 'sqlalchemy'} & set(sys.modules)))")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", asked, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "() []\n"
