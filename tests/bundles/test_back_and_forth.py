"""One step back and forward again, and a history that says who signed, what changed and by which role."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.checkup import check_up
from guide.bundles.editions import Editions
from guide.bundles.importer import apply, forward, rollback
from guide.bundles.standing import status
from guide.errors import BrokenCatalogError, NothingToGoBackToError, NothingToGoForwardToError, NotNewerError
from guide.records import Audience
from tests.publisher import Publisher, at


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def test_back_and_forward_and_back_again_without_the_stick(publisher: Publisher) -> None:
    apply(publisher.settings, publisher.release(), at())
    assert rollback(publisher.settings, at()).edition == 1
    found = status(publisher.settings, at())
    assert (found.can_go_back_to, found.can_go_forward_to) == ("", "2026.02")
    with pytest.raises(NothingToGoBackToError):
        rollback(publisher.settings, at())
    assert forward(publisher.settings, at()).edition == 2
    found = status(publisher.settings, at())
    assert (found.can_go_back_to, found.can_go_forward_to) == ("2026.11", "")
    with pytest.raises(NothingToGoForwardToError):
        forward(publisher.settings, at())
    assert rollback(publisher.settings, at()).edition == 1


def test_after_going_back_an_older_update_is_still_refused_and_a_newer_one_ends_the_way_forward(
    publisher: Publisher,
) -> None:
    older, newer = publisher.release(2), publisher.release(3, day=1)
    apply(publisher.settings, newer, at(1))
    rollback(publisher.settings, at(1))
    with pytest.raises(NotNewerError):
        apply(publisher.settings, older, at(1))
    apply(publisher.settings, publisher.release(4, day=2), at(2))
    with pytest.raises(NothingToGoForwardToError):
        forward(publisher.settings, at(2))
    assert len(Editions(publisher.settings).generations()) == 1  # the one gone back to came with the program


def test_an_edition_that_was_damaged_meanwhile_is_not_gone_forward_to(publisher: Publisher) -> None:
    apply(publisher.settings, publisher.release(), at())
    rollback(publisher.settings, at())
    catalog = Editions(publisher.settings).catalog("g000001")
    content = bytearray(catalog.read_bytes())
    content[-1] ^= 1
    catalog.write_bytes(content)
    with pytest.raises(BrokenCatalogError):
        forward(publisher.settings, at())
    assert status(publisher.settings, at()).edition.number == 1


def test_the_history_says_who_signed_what_changed_and_by_which_role(publisher: Publisher) -> None:
    guide = Guide(publisher.settings, at(500))
    guide.apply_update(publisher.release(), expired_ok=True, by="folder")
    guide.rollback()
    guide.forward(by="command line")
    forth, back, taken = guide.history()
    assert (taken.kind, taken.by, taken.edition_name, taken.expired) == ("import", "folder", "2026.02", True)
    assert (taken.publisher_name, taken.signed, taken.keys) == ("State Coalition", 1, 2)
    assert taken.added + taken.changed + taken.removed > 0
    assert (back.kind, back.by, back.added, back.removed) == ("rollback", "staff", taken.removed, taken.added)
    assert (forth.kind, forth.by, forth.edition) == ("forward", "command line", 2)
    guide.close()


def test_an_update_whose_line_could_not_be_written_is_told_all_the_same(publisher: Publisher) -> None:
    apply(publisher.settings, publisher.release(), at())  # as if the power had gone before the line was written
    guide = Guide(publisher.settings, at())
    (event,) = guide.history()
    assert (event.kind, event.edition, event.by) == ("import", 2, "unknown")
    assert guide.home(Audience.VISITOR).edition.number == 2


def test_a_bare_word_of_an_older_program_is_still_read(publisher: Publisher) -> None:
    guide = Guide(publisher.settings, at())
    guide.apply_update(publisher.release())
    with guide._store() as store, store.writing() as db:
        db.exec_driver_sql("UPDATE event SET note = 'expired'")
    (event,) = guide.history()
    assert (event.note, event.expired) == ("expired", True)
    assert json.dumps(event.by) == '""'


# --- the doctor ------------------------------------------------------------------------------------
def found_by(publisher: Publisher) -> dict[str, str]:
    return {finding.name: finding.state for finding in check_up(publisher.settings)}


def test_a_sound_guide_has_nothing_to_mend(publisher: Publisher) -> None:
    assert set(found_by(publisher).values()) == {"good"}
    assert not publisher.settings.data.exists()
    apply(publisher.settings, publisher.release(), at())
    assert found_by(publisher) == dict.fromkeys(("pointer", "leftovers", "edition", "edition before"), "good")


def test_a_broken_pointer_and_leftovers_are_put_in_order(publisher: Publisher) -> None:
    apply(publisher.settings, publisher.release(), at())
    folder = Editions(publisher.settings).folder
    (folder / "current.json").write_text("{", "utf-8")
    (folder / "stage").mkdir()
    assert (found_by(publisher)["pointer"], found_by(publisher)["leftovers"]) == ("mended", "good")
    (folder / "g000099").mkdir()
    assert found_by(publisher)["leftovers"] == "mended"
    found = status(publisher.settings, at())
    assert (found.edition.number, found.newest_signed) == (2, at()())


def test_an_edition_that_is_no_longer_the_signed_one_is_left_for_the_last_good_one(publisher: Publisher) -> None:
    apply(publisher.settings, publisher.release(), at())
    catalog = Editions(publisher.settings).catalog("g000001")
    content = catalog.read_bytes()[:-1] + b"x"
    catalog.write_bytes(content)
    found = found_by(publisher)
    assert (found["edition"], found["gone back"]) == ("bad", "mended")
    assert catalog.read_bytes() == content  # what was trusted stays beside it
    assert status(publisher.settings, at()).edition.number == 1
    assert found_by(publisher)["edition"] == "good"
