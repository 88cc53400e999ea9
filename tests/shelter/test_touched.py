"""What an update changes on the sheets that staff keep is said before it is applied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guide.app import Guide
from guide.records import SheetOptions
from tests.makers import make_phone
from tests.publisher import SERVICES, Publisher, at


def test_saved_sheets_are_named_beside_the_services_that_change(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    guide = Guide(publisher.settings, at())
    shelter, legal, crisis = (one.id for one in SERVICES)
    guide.paper.save("Intake", [legal, crisis], SheetOptions())
    guide.paper.save("Youth", [legal], SheetOptions())
    changed = replace(SERVICES[1], phones=(make_phone("(555) 010-3399"),))
    seen = guide.preview(publisher.release(2, (changed, SERVICES[2])))
    assert {service: set(names) for service, names in seen.touched} == {legal: {"Intake", "Youth"}}
    assert [c.service for c in seen.changes] == [legal, shelter]
    text = guide.paper.changes(seen, "en")
    assert text.pages == 1


def test_a_damaged_file_of_the_house_does_not_stand_in_the_way_of_an_update(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    publisher.settings.data.mkdir()
    (publisher.settings.data / "shelter.db").write_bytes(b"not a database, but long enough to be taken for one" * 50)
    assert Guide(publisher.settings, at()).preview(publisher.release(2)).touched == ()
