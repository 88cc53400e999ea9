"""Taking an update in: all of it or nothing, in five steps, with a way back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles import importer
from guide.bundles.editions import Editions, current_catalog
from guide.bundles.importer import apply, preview, rollback, verify
from guide.bundles.standing import status
from guide.catalog.reader import Catalog
from guide.errors import (
    BrokenCatalogError,
    BusyError,
    GuideError,
    NoPublisherError,
    NothingToGoBackToError,
    NotNewerError,
    OutOfDateError,
)
from guide.records import Audience, Question, Step
from tests.makers import make_phone, make_service
from tests.publisher import EPOCH, SERVICES, Publisher, at, tree


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def names(publisher: Publisher) -> set[str]:
    with Catalog(current_catalog(publisher.settings)) as catalog:
        return {service.name.text for service in catalog.services()}


def test_a_fresh_guide_shows_the_shipped_edition_and_says_who_signed_it(publisher: Publisher) -> None:
    found = status(publisher.settings, at())
    assert (found.edition.number, found.signed, found.age) == (1, True, "fresh")
    assert len(found.fingerprint) == 6
    assert not (publisher.settings.data).exists()


def test_verify_says_who_signed_and_changes_nothing(publisher: Publisher) -> None:
    offer = verify(publisher.settings, publisher.release(), at())
    assert (offer.verdict, offer.edition, offer.current) == ("newer", 2, 1)
    assert (offer.signed, offer.threshold, offer.keys) == (1, 1, 2)
    assert offer.publisher_name == "State Coalition"
    assert offer.fingerprint == status(publisher.settings, at()).fingerprint
    assert not publisher.settings.data.exists()


def test_a_threshold_of_two_needs_and_names_two_signers(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, publishing_keys=3, threshold=2)
    offer = verify(publisher.settings, publisher.release(), at())
    assert (offer.signed, offer.threshold, offer.keys) == (2, 2, 3)


def test_an_update_is_applied_in_five_announced_steps(publisher: Publisher) -> None:
    steps: list[Step] = []
    seen: list[Path] = []
    done = apply(publisher.settings, publisher.release(), at(), progress=steps.append, prepare=seen.append)
    assert list(dict.fromkeys(step.name for step in steps)) == ["open", "verify", "check", "activate", "remember"]
    assert (done.before, done.edition, done.services) == (1, 2, 2)
    assert names(publisher) == {"County Legal Aid", "Crisis Line"}
    assert seen[0].name == "catalog.db"


def test_the_catalog_stays_byte_for_byte_what_was_signed(publisher: Publisher) -> None:
    bundle = publisher.release()
    apply(publisher.settings, bundle, at())
    assert current_catalog(publisher.settings).read_bytes() == (publisher.folder / "2.db").read_bytes()


def test_the_same_update_twice_is_not_newer(publisher: Publisher) -> None:
    bundle = publisher.release()
    apply(publisher.settings, bundle, at())
    before = tree(publisher.settings.data)
    assert verify(publisher.settings, bundle, at()).verdict == "same"
    with pytest.raises(NotNewerError):
        apply(publisher.settings, bundle, at())
    assert tree(publisher.settings.data) == before


def test_one_step_back_and_forward_again(publisher: Publisher) -> None:
    bundle = publisher.release()
    apply(publisher.settings, bundle, at())
    assert status(publisher.settings, at()).can_go_back_to == "2026.11"
    assert rollback(publisher.settings, at()).edition == 1
    assert "Night Shelter" in names(publisher)
    with pytest.raises(NothingToGoBackToError):
        rollback(publisher.settings, at())
    assert apply(publisher.settings, bundle, at()).edition == 2


def test_going_back_does_not_forget_what_was_learned(publisher: Publisher) -> None:
    older, newer = publisher.release(2), publisher.release(3, day=1)
    apply(publisher.settings, newer, at(1))
    rollback(publisher.settings, at(1))
    with pytest.raises(NotNewerError):
        apply(publisher.settings, older, at(1))


def test_only_the_current_and_the_one_before_are_kept(publisher: Publisher) -> None:
    for number in (2, 3, 4):
        apply(publisher.settings, publisher.release(number, day=number), at(number))
    assert len(Editions(publisher.settings).generations()) == 2


def test_an_update_whose_date_has_passed_is_staffs_decision(publisher: Publisher) -> None:
    bundle = publisher.release()
    late = at(500)
    assert verify(publisher.settings, bundle, late).verdict == "expired"
    with pytest.raises(OutOfDateError):
        apply(publisher.settings, bundle, late)
    assert apply(publisher.settings, bundle, late, expired_ok=True).edition == 2
    assert status(publisher.settings, late).age == "red"


def test_past_the_expected_date_the_guide_turns_amber_then_red(publisher: Publisher) -> None:
    apply(publisher.settings, publisher.release(), at())
    assert [status(publisher.settings, at(d)).age for d in (10, 60, 500)] == ["fresh", "amber", "red"]


def test_a_clock_years_behind_is_said_and_stops_nothing(publisher: Publisher) -> None:
    offer = verify(publisher.settings, publisher.release(), lambda: EPOCH)
    assert (offer.verdict, offer.clock_behind) == ("newer", True)


def test_a_clock_years_behind_cannot_hide_that_an_update_is_old(publisher: Publisher) -> None:
    fresh = publisher.release(2, day=0)
    stale = publisher.release(3, day=1, expires_days=2)
    newest = publisher.release(4, day=300)
    other = Publisher(publisher.folder / "other")
    apply(other.settings, other.release(2, day=300), at(300))
    apply(publisher.settings, fresh, at())
    # Having accepted day 300 elsewhere does not matter; here the newest signed date is day 0.
    assert verify(publisher.settings, stale, lambda: EPOCH).verdict == "newer"
    apply(publisher.settings, newest, at(300))
    with pytest.raises(NotNewerError):
        apply(publisher.settings, stale, lambda: EPOCH)


def test_a_clock_far_ahead_does_not_poison_the_memory_of_time(publisher: Publisher) -> None:
    far = lambda: datetime(2040, 1, 1, tzinfo=UTC)  # noqa: E731
    apply(publisher.settings, publisher.release(2), far, expired_ok=True)
    assert verify(publisher.settings, publisher.release(3, day=1), at(1)).verdict == "newer"


def test_the_preview_shows_every_changed_number_first(publisher: Publisher) -> None:
    services = (
        replace(SERVICES[1], phones=(make_phone("(555) 010-3399"),)),
        replace(SERVICES[2], status="temporarily closed"),
        make_service("A New Place"),
    )
    found = preview(publisher.settings, publisher.release(services=services), at())
    assert (found.added, found.changed, found.removed) == (1, 2, 1)
    assert [(c.kind, c.name) for c in found.changes] == [
        ("phone", "County Legal Aid"),
        ("closed", "Crisis Line"),
        ("removed", "Night Shelter"),
        ("added", "A New Place"),
    ]
    assert (found.changes[0].before, found.changes[0].after) == ("(555) 010-3300", "(555) 010-3399")
    assert status(publisher.settings, at()).edition.number == 1


def test_a_number_that_only_dials_elsewhere_is_a_changed_number(publisher: Publisher) -> None:
    """The text on the card may stay while the call goes to somebody else: that must stand in the preview."""
    twisted = replace(SERVICES[1].phones[0], dial="+15550100666")
    services = (SERVICES[0], replace(SERVICES[1], phones=(twisted,)), SERVICES[2])
    found = preview(publisher.settings, publisher.release(services=services), at())
    assert [(c.kind, c.name) for c in found.changes] == [("phone", "County Legal Aid")]
    assert "5550100666" in found.changes[0].after


@pytest.mark.parametrize("step", ["open", "verify", "check", "activate", "prepare"])
def test_a_failure_at_any_step_changes_nothing(publisher: Publisher, step: str) -> None:
    bundle = publisher.release()
    apply(publisher.settings, bundle, at())
    newer = publisher.release(3, day=1)
    before = tree(publisher.settings.data)

    def stop(here: Step) -> None:
        if here.name == step:
            raise KeyboardInterrupt

    def broken(_: Path) -> None:
        if step == "prepare":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(publisher.settings, newer, at(1), progress=stop, prepare=broken)
    assert tree(publisher.settings.data) == before
    assert apply(publisher.settings, newer, at(1)).edition == 3


def test_what_a_killed_import_left_is_swept_and_harmless(publisher: Publisher) -> None:
    bundle = publisher.release()
    apply(publisher.settings, bundle, at())
    editions = Editions(publisher.settings)
    (editions.folder / "stage").mkdir()
    (editions.folder / "g000099").mkdir()
    (editions.folder / "current.json.new").write_text("{")
    assert status(publisher.settings, at()).edition.number == 2
    apply(publisher.settings, publisher.release(3, day=1), at(1))
    assert sorted(editions.generations())[-1] == "g000100"
    assert "g000099" not in editions.generations()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"data": "g999999"}', '{"data": 5}', "\0\0\0"])
def test_a_broken_pointer_heals_to_the_newest_whole_edition(publisher: Publisher, damage: str) -> None:
    apply(publisher.settings, publisher.release(), at())
    (publisher.settings.data / "editions" / "current.json").write_text(damage)
    assert names(publisher) == {"County Legal Aid", "Crisis Line"}
    shutil.rmtree(publisher.settings.data / "editions" / "g000001")
    assert "Night Shelter" in names(publisher)


def test_two_windows_do_not_import_at_once(publisher: Publisher) -> None:
    bundle = publisher.release()

    def second(step: Step) -> None:
        if step.name == "verify":
            with pytest.raises(BusyError):
                preview(publisher.settings, bundle, at())

    apply(publisher.settings, bundle, at(), progress=second)


def test_a_program_without_a_publisher_says_so(publisher: Publisher) -> None:
    settings = replace(publisher.settings, trust=publisher.folder / "none")
    with pytest.raises(NoPublisherError):
        verify(settings, publisher.release(), at())
    assert status(settings, at()).signed is False


def test_a_shipped_catalog_that_was_tampered_with_is_noticed(publisher: Publisher) -> None:
    """SAFETY L4."""
    bundle = publisher.release()
    data = bytearray(publisher.shipped.read_bytes())
    data[-1] ^= 1
    publisher.shipped.write_bytes(data)
    with pytest.raises(BrokenCatalogError):
        verify(publisher.settings, bundle, at())


def test_a_full_disk_is_said_before_anything_is_written(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(publisher.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(GuideError) as caught:
        apply(publisher.settings, publisher.release(), at())
    assert caught.value.code == "disk-full"
    assert status(publisher.settings, at()).edition.number == 1


def test_through_the_front_door_search_follows_the_update_and_history_remembers(publisher: Publisher) -> None:
    guide = Guide(publisher.settings, at())
    assert guide.search(Question(words="night")).total == 1
    guide.apply_update(publisher.release())
    assert guide.search(Question(words="night")).total == 0
    assert guide.home(Audience.VISITOR).edition.number == 2
    guide.rollback()
    assert guide.search(Question(words="night")).total == 1
    assert [event.kind for event in guide.history()] == ["rollback", "import"]
    guide.close()
    assert importer.Prepare
