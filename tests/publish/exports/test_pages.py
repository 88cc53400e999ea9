"""The website and the spreadsheet: nothing runs, nothing private is there, and it reads in three languages."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from guide.catalog.reader import Catalog
from guide.publish.exports.choice import Choice, Chosen
from guide.publish.exports.spreadsheet import COLUMNS, harmless, write_csv
from guide.publish.exports.website import A_PAGE, write_website
from guide.records import Address, Audience, Location, Service, Words
from guide.settings import STARTER_CATALOG
from tests.makers import TODAY, make_catalog, make_phone, make_service
from tests.publish.exports.everything import SERVICE

STREET = "4711 Hidden Lane"
ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def catalog_of(folder: Path, *services: Service) -> Path:
    return make_catalog(folder / "c.db", services, call_now=())


def website(catalog: Path, out: Path, language: str = "en", choice: Choice | None = None) -> dict[str, str]:
    with Catalog(catalog) as opened:
        write_website(Chosen(opened, choice or Choice()), out, language, TODAY)
    return {path.name: path.read_text("utf-8") for path in out.iterdir()}


def table(catalog: Path, out: Path) -> list[dict[str, str]]:
    with Catalog(catalog) as opened:
        write_csv(Chosen(opened, Choice()), out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Tags(HTMLParser):
    """Collects every tag with its attributes, and whether all are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


# --- the website --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "way", "words"), [("en", "ltr", "Hours"), ("es", "ltr", "Horario"), ("ar", "rtl", "الاتجاه")]
)
def test_the_site_reads_in_its_language_and_direction(language: str, way: str, words: str, tmp_path: Path) -> None:
    pages = website(STARTER_CATALOG, tmp_path / "site", language)
    assert all(f'lang="{language}" dir="{way}"' in page for page in pages.values())
    assert words in pages["need-crisis.html"] or language == "ar"
    assert "index.html" in pages and "1-800-799-7233" in "".join(pages.values())


def test_nothing_runs_and_nothing_is_fetched_from_elsewhere(tmp_path: Path) -> None:
    hostile = replace(
        SERVICE, name=Words(ATTACK), description=Words(ATTACK), alert=Words(ATTACK), url=f"javascript:{ATTACK}",
        service_areas=(ATTACK,), hours=Words(ATTACK), cost=Words(ATTACK, "es"),
        phones=(make_phone(ATTACK, dial="+1415'\"><b"),), status="active",
    )  # fmt: skip
    for name, page in website(catalog_of(tmp_path, hostile), tmp_path / "site").items():
        tags = Tags(page)
        assert tags.open == [], name
        assert {tag for tag, _ in tags.seen} <= {
            "html", "head", "meta", "title", "style", "body", "main", "nav", "ul", "li", "a", "b", "span", "h1", "h2", "p",
            "article", "dl", "dt", "dd", "bdi", "br", "strong", "footer",
        }  # fmt: skip
        for _, attributes in tags.seen:
            assert not any(one.startswith("on") for one in attributes)
            assert not re.match(r"(?i)\s*(javascript|data|vbscript):", attributes.get("href") or "")
        assert "script-src" not in page and "default-src 'none'" in page


def test_a_closed_street_is_in_no_byte_of_the_site_and_the_table(tmp_path: Path) -> None:
    place = Location("6a0f6bfe-3c1c-5c55-8f6c-2d8e0f0a0009", addresses=(
        Address(STREET, "Denver", "CO", visibility="never"), Address(STREET, "Denver", "CO", visibility="area"),
    ))  # fmt: skip
    catalog = catalog_of(tmp_path, make_service("Safe House", locations=(place,)))
    pages = website(catalog, tmp_path / "site")
    table(catalog, tmp_path / "t.csv")
    assert "Safe House" in pages["need-housing.html"]
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"Hidden" in p.read_bytes()]


def test_staff_entries_hidden_numbers_and_notes_stay_inside(tmp_path: Path) -> None:
    staff = make_service("Only For Staff", audience=Audience.STAFF)
    catalog = catalog_of(tmp_path, SERVICE, staff)
    written = "".join(website(catalog, tmp_path / "site").values()) + str(table(catalog, tmp_path / "t.csv"))
    for secret in ("Only For Staff", "273-8255", "for staff alone", "was elsewhere"):
        assert secret not in written


def test_a_large_need_is_cut_into_pages_that_lead_to_each_other(tmp_path: Path) -> None:
    many = [make_service(f"Place {n:03}") for n in range(A_PAGE * 2 + 1)]
    pages = website(catalog_of(tmp_path, *many), tmp_path / "site")
    assert sorted(pages) == ["index.html", "need-housing-2.html", "need-housing-3.html", "need-housing.html"]
    assert [page.count("<article") for _, page in sorted(pages.items())] == [0, A_PAGE, 1, A_PAGE]
    links = {href for page in pages.values() for href in re.findall(r'href="([^"#:]+)"', page)}
    assert links <= set(pages)
    assert 'href="need-housing-2.html"' in pages["need-housing.html"]


def test_an_old_entry_says_so(tmp_path: Path) -> None:
    assert "Not checked for a long time" in website(STARTER_CATALOG, tmp_path / "site")["need-crisis.html"]


# --- the table ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["=1+1", "+1 415 621 2929", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc", "%0A"])
def test_no_cell_is_taken_for_a_formula(text: str, tmp_path: Path) -> None:
    assert harmless(text) == f"'{text}"
    named = make_service(f"{text} x", "x", description=Words(text), phones=(make_phone(text, dial=""),), url=text)
    (row,) = table(catalog_of(tmp_path, named), tmp_path / "t.csv")
    assert all(not cell or cell[0] not in "=+-@\t\r|%" for cell in row.values())


def test_ordinary_cells_stay_as_they_are(tmp_path: Path) -> None:
    rows = table(STARTER_CATALOG, tmp_path / "t.csv")
    assert len(rows) == 70
    (line,) = (row for row in rows if row["id"] == "ndvh")
    assert line["phone"].startswith("1-800-799-7233")
    assert set(line) == set(COLUMNS)
    assert not any(cell.startswith("'") for row in rows for cell in row.values())
