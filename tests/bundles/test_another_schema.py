"""An edition made for another version of the program: the guide opens with one it can read, and forgets no trust."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.editions import Editions
from guide.catalog.kind import SCHEMA
from guide.records import Audience, Question
from tests.publisher import Publisher, at


def older(catalog: Path, schema: int = 1) -> None:
    """Make ``catalog`` one of another schema: other columns, another number."""
    with closing(sqlite3.connect(catalog)) as db:
        db.execute("ALTER TABLE service DROP COLUMN staff_note")
        db.execute(f"PRAGMA user_version={schema}")
        db.commit()


@pytest.mark.parametrize("schema", [1, SCHEMA + 1])
def test_the_edition_that_came_with_the_program_is_shown_instead(tmp_path: Path, schema: int) -> None:
    publisher = Publisher(tmp_path)
    guide = Guide(publisher.settings, at(1))
    guide.apply_update(publisher.release(2))
    editions = Editions(publisher.settings)
    before = editions.pointer()
    older(editions.catalog(before.data), schema)

    later = Guide(publisher.settings, at(1))
    home = later.home(Audience.VISITOR)
    assert home.edition.number == 1
    assert home.call_now or home.tiles
    assert later.search(Question("shelter")).cards
    assert later.status().edition.number == 1
    after = editions.pointer()
    assert after == replace(before, data=""), "what was trusted is remembered: no edition older than 2 gets in"
    # The next edition, made for this program, comes in as ever.
    later.apply_update(publisher.release(3))
    assert later.home(Audience.VISITOR).edition.number == 3
    for one in (guide, later):
        one.close()


def test_the_edition_before_is_shown_where_this_program_reads_it(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    guide = Guide(publisher.settings, at(1))
    guide.apply_update(publisher.release(2))
    guide.apply_update(publisher.release(3))
    editions = Editions(publisher.settings)
    older(editions.catalog(editions.pointer().data))
    assert Guide(publisher.settings, at(1)).home(Audience.VISITOR).edition.number == 2
    guide.close()


def test_a_lost_pointer_leads_to_no_edition_of_another_schema(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    guide = Guide(publisher.settings, at(1))
    guide.apply_update(publisher.release(2))
    guide.close()
    editions = Editions(publisher.settings)
    generation = editions.pointer().data
    older(editions.catalog(generation))
    (editions.folder / "current.json").unlink()
    found = editions.pointer()
    assert (found.data, found.trust) == ("", generation)
    shutil.rmtree(editions.folder)
