"""Several publishers: each with its own root, editions and memory; none can take another's place."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root

from guide.app import Guide
from guide.bundles.fingerprint import fingerprint
from guide.bundles.roster import folder_of, keys
from guide.errors import (
    DamagedError,
    FirstPublisherError,
    KnownPublisherError,
    NotFoundError,
    NotGenuineError,
    NothingToGoBackToError,
    NotNewerError,
    UnknownPublisherError,
    WrongWordsError,
)
from guide.publish.keys import list_keys, load_key
from guide.records import Audience, Question
from guide.settings import Settings
from tests.bundles.storm import child
from tests.makers import make_phone, make_service
from tests.publisher import PASSPHRASE, Publisher, at, bent, members, tree

COUNTY = (
    make_service("Metro Food Bank", phones=(make_phone("(555) 010-7711"),)),
    make_service("Metro Legal Clinic", category="legal", phones=(make_phone("(555) 010-7722"),)),
)


@pytest.fixture
def state(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "state")


@pytest.fixture
def county(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "county", "Metro County")


@pytest.fixture
def guide(state: Publisher) -> Guide:
    return Guide(state.settings, at(1))


def words(publisher: Publisher, number: int = -1) -> str:
    """Return the six words that a publisher tells on the phone."""
    return " ".join(fingerprint(publisher.repository.roots()[number]))


def root_file(publisher: Publisher) -> Path:
    """Return the root file that a publisher hands out."""
    path = publisher.folder / "root.json"
    path.write_bytes(publisher.repository.roots()[-1])
    return path


def joined(guide: Guide, county: Publisher) -> str:
    """Add ``county`` with its first edition, and return its key."""
    key = guide.publishers.add(root_file(county), words(county)).key
    guide.apply_update(county.release(2, COUNTY))
    return key


def names(guide: Guide) -> list[str]:
    """Return every name a visitor finds."""
    return sorted(card.name.text for card in guide.search(Question(limit=100)).cards)


# --- adding -----------------------------------------------------------------------------------------
def test_a_publisher_is_added_by_its_root_file_and_the_six_words_that_staff_were_told(
    guide: Guide, county: Publisher
) -> None:
    added = guide.publishers.add(root_file(county), words(county).upper().replace(" ", ", "), "The county")
    assert (added.name, added.first, added.status) == ("The county", False, None)
    assert " ".join(added.fingerprint) == words(county)
    assert [one.name for one in guide.publishers.list()] == ["State Coalition", "The county"]
    assert guide.home(Audience.VISITOR).total == 3  # nothing of it is here yet
    done = guide.apply_update(county.release(2, COUNTY))
    assert (done.publisher, done.publisher_name, done.added) == (added.key, "Metro County", 2)
    assert guide.home(Audience.VISITOR).total == 5
    assert "Metro Food Bank" in names(guide) and "Night Shelter" in names(guide)
    assert [one.name for one in guide.publishers.list()] == ["State Coalition", "The county"]  # as staff named it
    assert guide.history()[1].kind == "publisher-added"
    guide.close()


def test_one_holder_alone_cannot_sign_a_root_with_the_publishers_six_words(guide: Guide, county: Publisher) -> None:
    """The same root keys, but one signature is enough, and who may publish is somebody else."""
    metadata: Metadata[Root] = Metadata.from_bytes(county.repository.roots()[-1])
    root = metadata.signed
    mine = next(name for name, key in list_keys(county.keys).items() if key.keyid in root.roles["root"].keyids)
    stranger = CryptoSigner.generate_ed25519()
    root.roles["root"].threshold = 1
    root.keys[stranger.public_key.keyid] = stranger.public_key
    for role in ("targets", "snapshot", "timestamp"):
        root.roles[role].keyids, root.roles[role].threshold = [stranger.public_key.keyid], 1
    metadata.sign(load_key(county.keys, mine, PASSPHRASE))
    forged = county.folder / "forged.json"
    forged.write_bytes(metadata.to_bytes())
    root.verify_delegate("root", metadata.signed_bytes, metadata.signatures)  # sound in itself
    with pytest.raises(WrongWordsError):
        guide.publishers.add(forged, words(county))
    guide.close()


def test_a_root_whose_six_words_nobody_can_say_is_not_added(guide: Guide, county: Publisher, state: Publisher) -> None:
    before = tree(state.settings.data) if state.settings.data.exists() else {}
    for told in ("", "yes", words(state), words(county).rsplit(" ", 1)[0]):
        with pytest.raises(WrongWordsError):
            guide.publishers.add(root_file(county), told)
    assert (tree(state.settings.data) if state.settings.data.exists() else {}) == before
    assert not guide.publishers.several


def test_an_update_of_somebody_unknown_is_named_as_such_and_never_taken(guide: Guide, county: Publisher) -> None:
    bundle = county.release(2, COUNTY)
    for act in (guide.verify, guide.preview, guide.apply_update):
        with pytest.raises(UnknownPublisherError) as caught:
            act(bundle)  # type: ignore[operator]
        assert caught.value.facts["publisher_name"] == "Metro County"
        assert " ".join(caught.value.facts["fingerprint"]) == words(county)
        assert caught.value.exit_code == 3
    assert len(guide.publishers.list()) == 1
    assert guide.home(Audience.VISITOR).total == 3


def test_a_publisher_can_be_added_from_its_update(guide: Guide, county: Publisher) -> None:
    bundle = county.release(2, COUNTY)
    seen = guide.publishers.look(bundle)
    assert (seen.name, seen.edition_name, " ".join(seen.fingerprint)) == ("Metro County", "2026.02", words(county))
    added = guide.publishers.add(bundle, words(county))
    assert added.name == "Metro County"
    guide.apply_update(bundle)
    assert guide.home(Audience.VISITOR).total == 5


def test_after_a_change_of_root_keys_the_old_words_and_the_new_ones_both_lead_to_the_publisher(
    guide: Guide, county: Publisher
) -> None:
    old = words(county)
    county.rotate("root-1")
    bundle = county.release(2, COUNTY)
    assert words(county) != old
    guide.publishers.add(bundle, old)
    guide.apply_update(bundle)
    with pytest.raises(KnownPublisherError):
        guide.publishers.add(bundle, words(county))


def test_nobody_is_added_twice_and_the_first_one_not_at_all(guide: Guide, state: Publisher, county: Publisher) -> None:
    with pytest.raises(KnownPublisherError):
        guide.publishers.add(root_file(state), words(state))
    guide.publishers.add(root_file(county), words(county))
    with pytest.raises(KnownPublisherError):
        guide.publishers.look(county.release(2, COUNTY))


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"signed": {}}', b"PK\x03\x04", b"x" * 70_000, b"\xff\xfe"])
def test_what_is_no_root_is_refused_with_a_sentence(guide: Guide, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "root.json"
    file.write_bytes(data)
    with pytest.raises(DamagedError):
        guide.publishers.add(file, "one two three four five six")


def test_a_root_that_its_own_keys_did_not_sign_is_refused(guide: Guide, county: Publisher) -> None:
    file = root_file(county)
    found = json.loads(file.read_bytes())
    for change in ({"signatures": []}, {"signed": found["signed"] | {"version": 7}}):
        file.write_text(json.dumps(found | change))
        with pytest.raises(DamagedError):
            guide.publishers.add(file, words(county))
    assert not guide.publishers.several


# --- each for itself --------------------------------------------------------------------------------
def test_a_second_publisher_never_replaces_or_rolls_back_the_first(
    guide: Guide, state: Publisher, county: Publisher
) -> None:
    older = state.release(3)
    guide.apply_update(state.release(5))
    joined(guide, county)
    theirs = county.release(4, COUNTY)
    held = guide.status()
    guide.apply_update(county.release(9, COUNTY[:1], day=1))
    assert guide.status() == held
    with pytest.raises(NotNewerError):  # the first one's own older edition is still refused
        guide.apply_update(older)
    with pytest.raises(NotNewerError):
        guide.apply_update(theirs)
    assert guide.status() == held


def test_one_publishers_signed_parts_with_anothers_data_are_refused(
    guide: Guide, state: Publisher, county: Publisher, tmp_path: Path
) -> None:
    joined(guide, county)
    ours, theirs = state.release(2), county.release(3, COUNTY, day=1)

    def mixed(part: str) -> Callable[[dict[str, bytes]], None]:
        def change(parts: dict[str, bytes]) -> None:
            for name in [n for n in parts if part in n]:
                del parts[name]
            parts.update({n: data for n, data in members(theirs).items() if part in n})

        return change

    before = [one.status for one in guide.publishers.list()]
    for part in ("targets/", "timestamp.json", "snapshot.json", "targets.json"):
        with pytest.raises((NotGenuineError, DamagedError)):
            guide.apply_update(bent(ours, tmp_path / "mixed.guide", mixed(part)))
    assert [one.status for one in guide.publishers.list()] == before


def test_each_publisher_goes_back_and_forward_alone(guide: Guide, state: Publisher, county: Publisher) -> None:
    key = joined(guide, county)
    guide.apply_update(county.release(3, COUNTY[:1], day=1))
    guide.apply_update(state.release(2, day=1))
    assert guide.rollback(publisher=key).edition == 2
    assert guide.status().edition.number == 2
    assert "Metro Legal Clinic" in names(guide)
    with pytest.raises(NothingToGoBackToError):  # before its first edition there was nothing
        guide.rollback(publisher=key)
    assert guide.forward(publisher=key).edition == 3
    assert guide.rollback().edition == 1
    assert {(e.kind, e.publisher, e.edition) for e in guide.history()[:3]} == {
        ("rollback", "", 1), ("forward", key, 3), ("rollback", key, 2),
    }  # fmt: skip
    guide.close()


def test_a_publisher_that_signed_a_date_far_ahead_does_not_turn_the_houses_clock(
    guide: Guide, county: Publisher
) -> None:
    guide.publishers.add(root_file(county), words(county))
    guide.apply_update(county.release(2, COUNTY, day=300))
    assert not guide.status().clock_behind
    assert guide.standing().age == "fresh"


def test_an_old_edition_of_any_publisher_makes_the_guide_old(state: Publisher, county: Publisher) -> None:
    joined(Guide(state.settings, at(1)), county)
    later = Guide(state.settings, at(50))
    later.apply_update(state.release(2, day=50))
    assert later.standing().age == "amber"  # the county's newer one was due
    later.apply_update(county.release(3, COUNTY, day=50))
    assert later.standing().age == "fresh"


def test_the_drop_folder_takes_each_bundle_for_whose_it_is_and_no_strangers(
    state: Publisher, county: Publisher, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    settings = Settings(state.settings.data, state.shipped, state.trust, drop_folder=str(share))
    guide = Guide(settings, at(1))
    stranger = Publisher(tmp_path / "stranger", "Nobody")
    key = guide.publishers.add(root_file(county), words(county)).key
    for name, bundle in (("s", state.release(2)), ("c", county.release(2, COUNTY)), ("x", stranger.release(7))):
        (share / f"{name}.guide").write_bytes(bundle.read_bytes())
    guide.sources.in_folder()
    found = guide.sources.in_folder()
    assert {(one.name, one.verdict, one.publisher) for one in found} == {
        ("s.guide", "newer", ""), ("c.guide", "newer", key), ("x.guide", "unknown", ""),
    }  # fmt: skip
    assert not next(one for one in found if one.name == "x.guide").wanted
    assert {guide.sources.take(one).publisher for one in found if one.wanted} == {"", key}
    assert {one.verdict for one in guide.sources.in_folder()} == {"same", "unknown"}


def test_each_publishers_edition_can_be_passed_on(guide: Guide, county: Publisher, tmp_path: Path) -> None:
    key = joined(guide, county)
    stick = tmp_path / "stick"
    stick.mkdir()
    done = guide.sources.pass_on(stick, publisher=key)
    other = Guide(Publisher(tmp_path / "other").settings, at(1))
    other.publishers.add(Path(done.path), words(county))
    assert other.apply_update(Path(done.path)).publisher_name == "Metro County"


# --- going ------------------------------------------------------------------------------------------
def test_a_removed_publisher_leaves_nothing_behind_and_its_bundle_is_unknown_again(
    guide: Guide, county: Publisher
) -> None:
    key = joined(guide, county)
    assert "Metro Food Bank" in names(guide)
    food = next(c.id for c in guide.search(Question("metro food")).cards)
    guide.paper.save("Intake", [food], guide.paper.begin(("en",)))
    gone = guide.publishers.remove(key)
    assert (gone.name, gone.services, gone.sheets) == ("Metro County", 2, ("Intake",))
    assert names(guide) == ["County Legal Aid", "Crisis Line", "Night Shelter"]
    assert not [p for p in folder_of(guide.settings).iterdir() if p.name.startswith((key, "."))]
    (sheet,) = guide.paper.saved()
    assert [(news.kind, news.name) for news in sheet.news] == [("gone", "Metro Food Bank")]
    with pytest.raises(UnknownPublisherError):
        guide.apply_update(county.release(3, COUNTY, day=1))
    assert guide.history()[0].kind == "publisher-removed"
    with pytest.raises(NotFoundError):
        guide.detail(food, Audience.STAFF)
    guide.close()


def test_the_publisher_that_came_with_the_program_stays(guide: Guide) -> None:
    with pytest.raises(FirstPublisherError):
        guide.publishers.remove("")


def test_staff_say_who_counts_first_and_the_order_stays(guide: Guide, county: Publisher) -> None:
    key = joined(guide, county)
    assert [one.key for one in guide.publishers.move(key, 0)] == [key, ""]
    assert keys(guide.settings) == (key, "")
    (folder_of(guide.settings) / "order.json").write_text("{")  # unreadable: the first one counts first again
    assert keys(guide.settings) == ("", key)


# --- pulled plugs -----------------------------------------------------------------------------------
def test_a_kill_at_any_call_leaves_a_publisher_added_or_not_and_removed_or_not(
    state: Publisher, county: Publisher
) -> None:
    file, told = root_file(county), words(county)
    seen: dict[str, set[bool]] = {"added": set(), "removed": set()}
    for act in ("added", "removed"):
        number = 0
        while True:
            number += 1
            data = state.folder / f"{act}{number}"
            settings = Settings(data, state.shipped, state.trust)
            guide = Guide(settings, at(1))
            if act == "removed":
                key = guide.publishers.add(file, told).key
                todo = partial(_remove, key)
            else:
                todo = partial(_add, file, told)
            if _killed_at(number, todo, settings):
                break
            here = Guide(settings, at(1))
            several = here.publishers.several
            seen[act].add(several)
            assert here.home(Audience.VISITOR).total == 3
            if not several:  # half a change is in nobody's way
                here.publishers.add(file, told)
            assert len(keys(settings)) == 2
            assert not list(folder_of(settings).glob(".p*"))
    assert seen == {"added": {False, True}, "removed": {False, True}}


def _add(file: Path, told: str, guide: Guide) -> object:
    return guide.publishers.add(file, told)


def _remove(key: str, guide: Guide) -> object:
    return guide.publishers.remove(key)


def _killed_at(number: int, act: Callable[[Guide], object], settings: Settings) -> bool:
    """Run ``act`` in a process that dies before its ``number``-th change of the disk; say whether it lived through."""

    def run() -> None:
        left = [number]

        def hook(event: str, given: tuple[object, ...]) -> None:
            writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if (writes or event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir")) and str(settings.data) in str(
                given[0]
            ):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        act(Guide(settings, at(1)))

    return os.waitstatus_to_exitcode(os.waitpid(child(run), 0)[1]) == 0


def test_a_name_before_a_member_that_is_no_text_is_damage_and_no_crash(
    guide: Guide, county: Publisher, tmp_path: Path
) -> None:
    joined(guide, county)
    data = bytearray(county.release(3, COUNTY, day=1).read_bytes())
    place = data.index(b"metadata/1.root.json") - 30  # its own header, before the directory at the end
    data[place + 7] |= 0x08  # "the name is UTF-8"
    data[place + 36] = 0x8B
    bad = tmp_path / "bad.guide"
    bad.write_bytes(data)
    with pytest.raises(DamagedError):
        guide.verify(bad)


def test_a_publisher_without_an_edition_yet_is_nothing_wrong(guide: Guide, county: Publisher) -> None:
    from guide.bundles.checkup import check_up
    from guide.bundles.roster import house_of

    key = guide.publishers.add(root_file(county), words(county)).key
    found = {one.name: (one.state, one.text) for one in check_up(house_of(guide.settings, key))}
    assert found["edition"] == ("good", "none taken in yet")
