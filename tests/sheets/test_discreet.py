"""A paper somebody may have to hide: what stands on it in place of names, and what may stay (SAFETY P2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guide.publish.starter import read_starter
from guide.records import Channel, Organization, SheetOptions, Words
from guide.sheets.compose import compose
from guide.sheets.discreet import bare_number, tells
from tests.makers import TODAY, make_edition, make_phone, make_service

OPTIONS = SheetOptions(discreet=True, shelter_name="Harbor House")


def entry(**over: object):  # type: ignore[no-untyped-def]
    """Return the one discreet entry of a service with these fields."""
    (made,) = compose([replace(make_service("Blue Door"), **over)], OPTIONS, make_edition(), TODAY).entries
    return made


def test_a_name_without_a_discreet_one_becomes_a_support_line() -> None:
    """A name can tell a story without one blocked word."""
    assert entry(category="safety").names == ("Support line",)
    starter = {s.name.text: s for s in read_starter().services}
    sheet = compose([starter["Stop It Now!"], starter["Medicare"]], OPTIONS, make_edition(), TODAY)
    assert [e.names for e in sheet.entries] == [("Support line",), ("Medicare",)]


def test_a_discreet_name_that_tells_is_not_used() -> None:
    assert entry(discreet_name=Words("Safe house")).names == ("Support line",)
    assert entry(discreet_name=Words("Room list")).names == ("Room list",)


def test_an_everyday_name_stays_unless_it_tells() -> None:
    assert entry(category="food").names == ("Blue Door",)
    assert entry(category="food", name=Words("Victims' pantry")).names == ("Support line",)


def test_notes_and_hours_that_name_the_place_are_left_out() -> None:
    org = Organization("o", Words("Casa Luz"))
    phone = make_phone(note=Words("Ask for Casa Luz"), keyword=Words("HOPE"))
    made = entry(organization=org, phones=(phone,), hours=Words("Blue Door is open 9-5"))
    assert made.lines[0].labels == ("HOPE",)
    assert made.texts == ((),)
    assert made.organization == ""


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("1-855-555-0101 (The Deaf Hotline)", "1-855-555-0101"),
        ("(855) 555-0101, victim line", "(855) 555-0101"),
        ("1-855-555-SAFE, Blue Door", "+18555550101"),
        ("1-855-555-0101", "1-855-555-0101"),
        ("Text BLUE to 1-855-555-0101", "Text BLUE to 1-855-555-0101"),
    ],
)
def test_a_number_stays_as_published_without_words_that_tell(published: str, shown: str) -> None:
    phone = make_phone(published, dial="+18555550101", channel=Channel.VOICE)
    assert bare_number(phone, make_service("Blue Door")) == shown


def test_a_number_that_only_words_could_give_is_left_out_with_its_entry() -> None:
    phone = replace(make_phone(), published="the shelter's bell", dial="")
    sheet = compose([make_service(phones=(phone,))], OPTIONS, make_edition(), TODAY)
    assert sheet.entries == ()
    assert dict(sheet.left_out) == {"Night Shelter": "no number"}


@pytest.mark.parametrize("title", ["Numbers from Harbor house", "For survivors", "Números de crisis"])
def test_a_title_that_tells_or_names_the_house_is_replaced(title: str) -> None:
    sheet = compose([make_service()], replace(OPTIONS, title=title), make_edition(), TODAY)
    assert sheet.title == "Helpful numbers"


@pytest.mark.parametrize("text", ["Víctimas", "988lifeline.org", "SAFE", "tráfico de personas", "anti-trafficking"])
def test_blocked_words_are_found_in_any_dress(text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize("text", ["Therapeutic riding", "Contratar", "Landscape work", "1-800-422-4453"])
def test_harmless_words_are_not_blocked(text: str) -> None:
    assert not tells(text)
