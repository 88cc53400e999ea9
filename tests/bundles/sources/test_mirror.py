"""The mirror brings home what is newer; whatever it answers, only what was signed gets in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.sources import deltas
from guide.bundles.sources.mirror import ask_mirror, due
from guide.errors import GuideError, MirrorCutError, MirrorStoppedError, MirrorWrongError, UsageError
from guide.records import Found, Service, silent
from tests.makers import NOW, make_catalog, make_service
from tests.publisher import Publisher, at, members, tree

MANY = tuple(make_service(f"Service number {n} of this county") for n in range(120))


@dataclass
class Folder:
    """A line that reads a folder: a server at the border, which a test can make lie."""

    folder: Path
    asked: list[str] = field(default_factory=list)
    bend: Callable[[str, bytes], bytes] = lambda name, data: data
    cut_at: int | None = None

    def get(self, name: str, most: int) -> bytes | None:
        self.asked.append(name)
        path = self.folder / name
        data = self.bend(name, path.read_bytes()) if path.is_file() else None
        if data is not None and len(data) > most:
            raise MirrorWrongError(reason="too large")
        return data

    def fetch(self, name: str, out: Path, length: int, tell: Callable[[int], None]) -> None:
        self.asked.append(name)
        path = self.folder / name
        if not path.is_file():
            raise MirrorWrongError(reason="missing")
        data = self.bend(name, path.read_bytes())[:length]
        have = out.stat().st_size if out.exists() else 0
        end = length if self.cut_at is None else min(length, have + self.cut_at)
        with out.open("ab") as file:
            file.write(data[have:end])
        tell(end)
        if end < length:
            raise MirrorCutError(have=end)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path)
    made.mirror = tmp_path / "mirror"
    return made


@pytest.fixture
def line(publisher: Publisher) -> Folder:
    assert publisher.mirror is not None
    return Folder(publisher.mirror)


@pytest.fixture
def guide(publisher: Publisher) -> Guide:
    return Guide(publisher.settings, at())


def ask(publisher: Publisher, line: Folder) -> Found:
    return ask_mirror(publisher.settings, at(), line, silent)


def changed(services: Sequence[Service]) -> tuple[Service, ...]:
    return (replace(services[0], name=make_service("Another name").name), *services[1:])


def test_a_newer_edition_comes_home_as_an_ordinary_bundle(publisher: Publisher, line: Folder, guide: Guide) -> None:
    signed = publisher.release(2)
    found = ask(publisher, line)
    assert (found.verdict, found.edition, found.kind) == ("newer", 2, "mirror")
    mine, theirs = members(Path(found.path)), members(signed)
    assert {n: d for n, d in theirs.items() if not n.endswith("1.root.json")} == mine
    assert guide.preview(Path(found.path)).offer.edition == 2
    assert guide.apply_update(Path(found.path)).edition == 2
    assert guide.sources.pass_on(publisher.folder).edition == 2, "and it can be passed on"


def test_a_search_index_that_lies_on_the_mirror_is_not_fetched(
    publisher: Publisher, line: Folder, guide: Guide
) -> None:
    catalog = make_catalog(publisher.folder / "2.db", MANY, number=2, name="2026.02")
    publisher.published(catalog, "2.guide", with_index=True)
    assert guide.apply_update(Path(ask(publisher, line).path)).edition == 2
    assert not any("index.db" in name for name in line.asked)


def test_nothing_newer_costs_a_few_small_questions(publisher: Publisher, line: Folder, guide: Guide) -> None:
    guide.apply_update(publisher.release(2))
    assert ask(publisher, line).verdict == "same"
    assert not any(name.startswith("targets/") for name in line.asked)
    assert len(line.asked) <= 5
    assert [p.name for p in (publisher.settings.data / "inbox").iterdir() if p.suffix == ".guide"] == []


def test_a_mirror_that_is_behind_is_nothing_newer(publisher: Publisher, line: Folder, guide: Guide) -> None:
    publisher.release(2)
    behind = shutil.copytree(line.folder, publisher.folder / "behind")
    guide.apply_update(publisher.release(3))
    line.folder = behind
    assert not ask(publisher, line).wanted


def test_changed_keys_are_followed(publisher: Publisher, line: Folder, guide: Guide) -> None:
    for number, key in ((2, "root-1"), (3, "publish-1"), (4, "publish-2")):
        publisher.rotate(key)
        publisher.release(number)
    found = ask(publisher, line)
    assert guide.apply_update(Path(found.path)).edition == 4


def test_what_came_before_a_cut_is_kept_and_gone_on_with(publisher: Publisher, line: Folder) -> None:
    publisher.release(2)
    line.cut_at = 3000
    inbox = publisher.settings.data / "inbox"
    sizes = []
    for _ in range(200):
        try:
            found = ask(publisher, line)
            break
        except MirrorCutError:
            sizes.append(next(inbox.glob("*.part")).stat().st_size)
    assert found.wanted
    assert sizes == [3000 * n for n in range(1, len(sizes) + 1)]
    assert not list(inbox.glob("*.part"))


def test_a_part_that_was_spoiled_is_fetched_once_more_from_its_beginning(publisher: Publisher, line: Folder) -> None:
    publisher.release(2)
    line.cut_at = 3000
    with pytest.raises(MirrorCutError):
        ask(publisher, line)
    (part,) = (publisher.settings.data / "inbox").glob("*.part")
    part.write_bytes(b"\0" * 3000)
    line.cut_at = None
    assert ask(publisher, line).wanted


@pytest.mark.parametrize("which", ["timestamp", "snapshot", "targets.json", "catalog.db.zst"])
def test_a_lying_server_gets_nothing_in(publisher: Publisher, line: Folder, guide: Guide, which: str) -> None:
    publisher.release(2)

    def lie(name: str, data: bytes) -> bytes:
        return data[:-10] + bytes([data[-10] ^ 1]) + data[-9:] if which in name else data

    line.bend = lie
    before = tree(publisher.settings.data) if publisher.settings.data.exists() else {}
    with pytest.raises(MirrorWrongError):
        ask(publisher, line)
    inbox = publisher.settings.data / "inbox"
    assert {p.name for p in inbox.iterdir()} <= {"lock", "asked.json"}
    assert not before
    assert guide.status().edition.number == 1


def test_another_publisher_s_mirror_is_refused(publisher: Publisher, line: Folder) -> None:
    publisher.release(2)
    stranger = Publisher(publisher.folder / "stranger")
    stranger.mirror = publisher.folder / "strange"
    stranger.release(9)
    line.folder = stranger.mirror
    with pytest.raises(MirrorWrongError):
        ask(publisher, line)
    assert not any(name.startswith("targets/") for name in line.asked), "no data was asked for"


def test_what_was_brought_is_not_brought_again(publisher: Publisher, line: Folder) -> None:
    publisher.release(2)
    ask(publisher, line)
    line.asked.clear()
    assert ask(publisher, line).wanted
    assert not any(name.startswith("targets/") for name in line.asked)


# --- deltas ---------------------------------------------------------------------------------------
def two_editions(publisher: Publisher, guide: Guide) -> Path:
    guide.apply_update(publisher.release(2, MANY))
    return publisher.release(3, changed(MANY))


def deltas_of(line: Folder) -> list[str]:
    return [name for name in line.asked if name.startswith("targets/delta/")]


def test_a_delta_brings_the_very_bytes_that_were_signed(publisher: Publisher, line: Folder, guide: Guide) -> None:
    signed = two_editions(publisher, guide)
    found = ask(publisher, line)
    (delta,) = deltas_of(line)
    name = next(n for n in members(signed) if n.endswith("catalog.db.zst"))
    assert name not in line.asked, "the whole catalog was not fetched"
    assert (line.folder / delta).stat().st_size < (line.folder / name).stat().st_size * 0.6
    assert members(Path(found.path))[name] == members(signed)[name]
    assert guide.apply_update(Path(found.path)).edition == 3


def test_deltas_lead_from_the_last_three_editions(publisher: Publisher, line: Folder) -> None:
    services: tuple[Service, ...] = MANY
    for number in range(2, 7):
        publisher.release(number, services)
        services = (*changed(services)[:-1], make_service(f"New in {number}"))
    newest = max((line.folder / "metadata").glob("*.targets.json"), key=lambda p: int(p.name.split(".")[0]))
    named = json.loads(newest.read_text())["signed"]["targets"]
    assert sorted(n for n in named if n.startswith("delta/")) == ["delta/3-6.zst", "delta/4-6.zst", "delta/5-6.zst"]


@pytest.mark.parametrize("why", ["lies", "is missing", "needs another zstd", "does not give what was signed"])
def test_a_delta_that_does_not_fit_is_answered_by_the_whole_catalog(
    publisher: Publisher, line: Folder, guide: Guide, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    two_editions(publisher, guide)
    if why == "lies":
        line.bend = lambda name, data: data[::-1] if "/delta/" in name else data
    elif why == "is missing":
        shutil.rmtree(line.folder / "targets/delta")
    elif why == "needs another zstd":
        monkeypatch.setattr(deltas, "zstd_version", lambda: "9.9.9")
    else:
        monkeypatch.setattr(deltas, "compressed", lambda data: b"other bytes")
    found = ask(publisher, line)
    assert guide.apply_update(Path(found.path)).edition == 3
    assert any(name.endswith("catalog.db.zst") for name in line.asked)


def test_a_delta_from_another_edition_is_not_asked_for(publisher: Publisher, line: Folder, guide: Guide) -> None:
    two_editions(publisher, guide)
    guide.rollback()
    assert guide.status().edition.number == 1
    guide.close()
    fresh = Publisher.__new__(Publisher)
    fresh.settings = replace(publisher.settings, data=publisher.folder / "fresh")
    assert ask(fresh, line).wanted
    assert not deltas_of(line)


# --- when -----------------------------------------------------------------------------------------
def test_off_by_default_and_never_while_no_staff_are_there(guide: Guide) -> None:
    assert guide.settings.mirror == ""
    assert guide.sources.online is False
    with pytest.raises(MirrorStoppedError):
        guide.sources.ask_mirrors()
    guide.change_settings(mirror="https://updates.example.org/", mirror_hours=1)
    assert guide.sources.ask_mirrors_when_due() == ()
    with pytest.raises(MirrorStoppedError):
        guide.sources.ask_mirrors()


def test_it_is_asked_by_itself_when_its_hours_have_passed(publisher: Publisher, line: Folder) -> None:
    settings = replace(publisher.settings, mirror="https://updates.example.org/", mirror_hours=24)
    assert due(settings, at())
    publisher.release(2)
    ask(publisher, line)
    assert not due(settings, lambda: NOW + timedelta(hours=23))
    assert due(settings, lambda: NOW + timedelta(hours=24))
    assert due(settings, lambda: NOW - timedelta(hours=1)), "a clock that was set back does not silence it for years"
    assert not due(replace(settings, mirror_hours=0), at(days=300))
    assert not due(replace(settings, mirror=""), at(days=300))


@pytest.mark.parametrize(
    "address", ["http://updates.example.org", "ftp://x", "updates.example.org", "https://", "file:///etc"]
)
def test_only_https_is_an_address(guide: Guide, address: str) -> None:
    guide.change_settings(mirror=address)
    guide.sources.online = True
    with pytest.raises(UsageError):
        guide.sources.ask_mirrors()


def test_every_failure_of_the_mirror_is_one_of_our_errors(publisher: Publisher, line: Folder) -> None:
    publisher.release(2)
    for path in sorted(line.folder.rglob("*.json")):
        data = path.read_bytes()
        for bad in (b"", b"{", b"[" * 5000, b"null", data[: len(data) // 2], b"\xff" * 100):
            path.write_bytes(bad)
            try:
                ask(publisher, line)
            except GuideError:
                continue
        path.write_bytes(data)
    assert ask(publisher, line).wanted
