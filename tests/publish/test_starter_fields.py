"""Each key of the starter's YAML is found in the field it belongs to, read from the shipped catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from guide.catalog.reader import Catalog
from guide.errors import SourceDataError
from guide.publish.ids import stable_id
from guide.publish.lint import words as lint_words
from guide.publish.starter import FOLDER, read_starter
from guide.records import Service, UrlKind, Words
from guide.settings import STARTER_CATALOG
from tests.publish.editors import notes_apart

Fact = dict[str, Any]
Look = Callable[[Any], Any]
URLS = ("chat", "email", "web")


def load(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


ENTRIES: list[Fact] = [
    e for path in sorted((FOLDER / "services").glob("*.yaml")) for e in load(f"services/{path.name}")
]


def words(field: str) -> dict[str, Look]:
    """Return where a text and its Spanish stand."""
    return {field: lambda x: getattr(x, field).text, f"{field}_es": lambda x: getattr(x, field).given("es")}


def text(day: date | None) -> str | None:
    return day.isoformat() if day else None


SERVICE: dict[str, Look] = {
    **words("name"), **words("description"), **words("discreet_name"), **words("hours"), **words("eligibility"),
    "id": lambda s: s.original_id,
    "category": lambda s: s.category,
    "also_in": lambda s: list(s.also_in),
    "audience": lambda s: s.audience.value,
    "in_seed": lambda s: s.founding,
    "tags": lambda s: list(s.tags),
    "languages": lambda s: list(s.languages),
    "language_note": lambda s: s.language_note.text,
    "url": lambda s: s.url,
    "cost": lambda s: s.cost.text,
    "verification": lambda s: s.verification,
    "last_verified": lambda s: text(s.source_date),
    "last_seen_any": lambda s: text(s.last_seen),
    "recheck_by": lambda s: text(s.recheck_by),
    "changed_since_2021": lambda s: s.history,
}  # fmt: skip
CONTACT: dict[str, Look] = {
    **words("note"),
    "evidence": lambda c: c.evidence,
    "sources": lambda c: list(c.sources),
    "official_as_of": lambda c: text(c.official_as_of),
    "secondary_as_of": lambda c: text(c.secondary_as_of),
}
PHONE: dict[str, Look] = CONTACT | {
    **words("keyword"),
    "type": lambda p: p.channel.value,
    "value": lambda p: p.value,
    "display": lambda p: p.published,
    "e164": lambda p: p.dial,
    "hidden": lambda p: p.hidden,
    "lang": lambda p: p.languages[0],
}
URL: dict[str, Look] = CONTACT | {
    "type": lambda u: u.kind.value,
    "value": lambda u: u.url,
    "display": lambda u: u.label,
    "lang": lambda u: u.language,
}
PAGE: dict[str, Look] = {
    "key": lambda e: e.key,
    "address": lambda e: e.address,
    "as_of": lambda e: text(e.as_of),
    "kind": lambda e: e.kind,
    "about": lambda e: e.about,
    "as_of_estimated": lambda e: e.estimated,
}
CATEGORY: dict[str, Look] = {
    "slug": lambda c: c.slug,
    "order": lambda c: c.order,
    "label_en": lambda c: c.label.text,
    "label_es": lambda c: c.label.given("es"),
    "hint_en": lambda c: c.hint.text,
    "hint_es": lambda c: c.hint.given("es"),
    "visitor_view": lambda c: c.visitor,
    "open_eligibility": lambda c: [{"id": number, "term": term} for number, term in c.crosswalk],
}
TAG: dict[str, Look] = {
    "slug": lambda t: t.slug,
    "label_en": lambda t: t.label.text,
    "label_es": lambda t: t.label.given("es"),
    "facet": lambda t: t.facet,
    "visitor_view": lambda t: t.visitor,
    "open_eligibility": lambda t: {"id": t.crosswalk[0][0], "term": t.crosswalk[0][1]} if t.crosswalk else None,
}
WRONG: dict[str, Look] = {
    "value": lambda d: d.value,
    "was": lambda d: d.was,
    "now": lambda d: d.now,
    "note": lambda d: d.note,
}


def agree(fact: Fact, record: Any, looks: dict[str, Look], *, apart: tuple[str, ...] = ()) -> None:
    """Compare every key of ``fact`` with its field; a key without a place in ``looks`` is a lost fact."""
    assert set(fact) - set(apart) <= set(looks), "a key of the source has no field"
    assert {k: v for k, v in fact.items() if k not in apart} == {k: looks[k](record) for k in fact if k not in apart}


@pytest.fixture(scope="module")
def catalog() -> Iterator[Catalog]:
    with Catalog(STARTER_CATALOG) as found:
        yield found


@pytest.fixture(scope="module")
def services(catalog: Catalog) -> dict[str, Service]:
    return {service.original_id: service for service in catalog.services()}


def check_entry(entry: Fact, service: Service) -> None:
    agree(entry, service, SERVICE, apart=("contacts", "sources", "staff_notes"))
    assert service.staff_note.startswith(entry.get("staff_notes", "").rstrip("."))
    for contact in entry["contacts"]:
        assert contact.get("staff_notes", "") in service.staff_note
    phones = [c for c in entry["contacts"] if c["type"] not in URLS]
    urls = [c for c in entry["contacts"] if c["type"] in URLS]
    for contacts, found, looks in ((phones, service.phones, PHONE), (urls, service.urls, URL)):
        for contact, record in zip(contacts, found, strict=True):
            agree(contact, record, looks, apart=("staff_notes",))
    for page, evidence in zip(entry["sources"], service.evidence, strict=True):
        agree(page, evidence, PAGE)


def test_what_editors_wrote_to_each_other_stands_in_no_public_text() -> None:
    source = read_starter()
    assert not [code for service in source.services for code, _ in lint_words.words(service) if code == "editors-note"]
    notes = {service.original_id: service.staff_note for service in source.services}
    assert notes["988-lifeline"].endswith("711, then 988: Relay route seen only in public code; confirm.")


@pytest.mark.parametrize("entry", ENTRIES, ids=[e["id"] for e in ENTRIES])
def test_every_key_of_an_entry_stands_in_its_field(entry: Fact, services: dict[str, Service]) -> None:
    check_entry(entry, services[entry["id"]])


def test_every_key_of_the_teams_source_stands_in_its_field(
    shared: Path, catalog: Catalog, services: dict[str, Service]
) -> None:
    original = yaml.safe_load((shared / "data/starter-catalog.yaml").read_text("utf-8"))
    assert set(original) == {"meta", "categories", "tags", "do_not_print", "resources"}
    assert {entry["id"] for entry in original["resources"]} == set(services)
    ours = {entry["id"]: entry for entry in ENTRIES}
    for entry in original["resources"]:
        check_entry(notes_apart(entry, ours[entry["id"]]), services[entry["id"]])
    check_terms(original["categories"], original["tags"], original["do_not_print"], catalog)


def check_terms(categories: list[Fact], tags: list[Fact], wrong: list[Fact], catalog: Catalog) -> None:
    for fact, category in zip(categories, catalog.categories(), strict=True):
        agree(fact, category, CATEGORY)
    for fact, tag in zip(tags, catalog.tags(), strict=True):
        agree(fact, tag, TAG)
    for fact, entry in zip(wrong, catalog.do_not_print(), strict=True):
        agree(fact, entry, WRONG, apart=("source",))
        assert entry.source is not None
        agree(fact["source"], entry.source, PAGE)


def test_every_key_of_the_lists_stands_in_its_field(catalog: Catalog) -> None:
    check_terms(load("categories.yaml"), load("tags.yaml"), load("do-not-print.yaml"), catalog)


def test_the_edition_keeps_its_head_and_every_line_of_its_meta(catalog: Catalog) -> None:
    head, edition = load("edition.yaml"), catalog.edition()
    assert (edition.publisher, edition.publisher_name, edition.number, edition.name) == (
        "starter", "Starter publisher", 1, "2026.11",
    )  # fmt: skip
    assert (edition.data_date, edition.timezone) == (date(2026, 11, 23), "America/New_York")
    assert edition.call_now == ("988-lifeline", "human-trafficking-hotline", "ndvh")
    assert (edition.title, edition.note) == (
        Words(head["title"], "en", (("es", head["title_es"]),)),
        Words(head["note"], "en", (("es", head["note_es"]),)),
    )
    assert (edition.licence, list(edition.languages), edition.services) == (head["licence"], head["languages"], 89)
    assert (edition.default_review_days, edition.crisis_review_days) == (365, 90)
    assert dict(edition.meta) == flat(head["meta"])
    known = {"publisher", "publisher_name", "number", "name", "title", "title_es", "data_date", "languages", "timezone",
             "licence", "note", "note_es", "call_now", "meta"}  # fmt: skip
    assert set(head) == known


def flat(value: Fact, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, inner in value.items():
        found |= flat(inner, f"{prefix}{key}.") if isinstance(inner, dict) else {prefix + key: str(inner)}
    return found


def test_nobody_called_so_nothing_says_it_was_checked(services: dict[str, Service]) -> None:
    for service in services.values():
        assert service.assured_date is None
        assert service.assurer == ""
        assert service.organization is None


def test_every_number_dials_what_it_shows(services: dict[str, Service]) -> None:
    for phone in (p for s in services.values() for p in s.phones):
        digits = "".join(c for c in phone.dial if c.isdigit())
        assert digits, phone
        assert phone.dial.startswith("+1") is (len(digits) == 11), "short codes are dialled as they are"
        shown = "".join(c for c in phone.published if c.isdigit())
        assert (
            not shown or digits.endswith(shown) or shown.endswith(digits) or any(c.isalpha() for c in phone.published)
        )


def test_ids_hang_on_the_sources_ids_alone(services: dict[str, Service]) -> None:
    for original, service in services.items():
        assert service.id == stable_id("starter", "service", original)


def test_what_points_at_another_entry_finds_it(catalog: Catalog, services: dict[str, Service]) -> None:
    slugs, tags = {c.slug for c in catalog.categories()}, {t.slug for t in catalog.tags()}
    for service in services.values():
        assert {service.category, *service.also_in} <= slugs
        assert set(service.tags) <= tags
        pages = {page.key for page in service.evidence}
        for contact in (*service.phones, *service.urls):
            assert set(contact.sources) <= pages, service.original_id
    assert set(catalog.edition().call_now) <= set(services)


@pytest.mark.parametrize("spoil", ["not: [yaml", "- id: x\n", "- 7\n", "- id: x\n  contacts: 5\n"])
def test_a_spoiled_file_is_named(tmp_path: Path, spoil: str) -> None:
    for path in FOLDER.rglob("*.yaml"):
        other = tmp_path / path.relative_to(FOLDER)
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(path.read_bytes())
    (tmp_path / "services/07-food.yaml").write_text(spoil, "utf-8")
    with pytest.raises(SourceDataError) as caught:
        read_starter(tmp_path)
    assert caught.value.facts["file"] == "07-food.yaml"


def test_every_kind_of_web_address_is_known_to_this_test() -> None:
    assert set(URLS) == {kind.value for kind in UrlKind}
