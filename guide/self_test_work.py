"""What staff and publishers do, done once inside a finished package: whatever is loaded only then must be there too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from guide.app import Guide
from guide.records import Audience, Channel, Phone, Question, Words
from guide.records.checking import NumberCheck, Reason, Result
from guide.settings import STARTER_CATALOG

Check = Callable[[], object]


def house_checks(guide: Guide, folder: Path) -> Iterator[tuple[str, Check]]:
    """Yield what a house writes, on a guide that nobody uses; ``folder`` takes the files."""
    yield "own services: write, find, out and in again", lambda: _own(guide, folder)
    yield "numbers: a round, on paper, to the publisher", lambda: _numbers(guide, folder)
    yield "house's paper: template, setup and recovery sheet", lambda: _paper(guide)
    yield "another computer of this house", lambda: _shared(guide, folder / "house.house")


def publisher_checks(folder: Path) -> Iterator[tuple[str, Check]]:
    """Yield what a publisher does with data and paper; keys and signing are tried elsewhere."""
    yield "publisher: out as HSDS, JSON, CSV and web pages", lambda: _exports(folder)
    yield "publisher: in again, from a workbook too", lambda: _builds(folder)
    yield "publisher: lint, compare, recovery sheet of keys", lambda: _looks(folder)


def _own(guide: Guide, folder: Path) -> bool:
    own = guide.own.services
    made = replace(own.blank("en", "housing"), name=Words("Selftest kitchen", "en"),
                   phones=(Phone("", Channel.VOICE, "1-202-555-0143", "12025550143", "+12025550143"),))  # fmt: skip
    own.save(made)
    found = [card.name.text for card in guide.search(Question("selftest kitchen")).cards]
    gone = [guide.own.files.write(folder / name)[0] for name in ("own.csv", "own.zip")]
    guide.own.files.take_in(folder / "own.csv")
    own.remove(made.id)
    return "Selftest kitchen" in found and gone == [1, 1] and not own.all()


def _numbers(guide: Guide, folder: Path) -> bool:
    begun = guide.checks.begin(limit=3)
    first = begun.entries[0]
    guide.checks.record([NumberCheck("", first.service, "", Result.WRONG, guide.checks.today(), "desk")])
    guide.checks.report(first.service, [Reason(next(iter(Reason)))], Audience.STAFF)
    paper = guide.checks.round_paper("en", "letter")
    files = guide.checks.corrections()
    written = [guide.checks.write_corrections(one, folder) for one in files]
    slip = guide.checks.slip(files, "es", "a4")
    guide.checks.end()
    return bool(written) and paper.pages > 0 and slip.pages > 0 and guide.counts.table() == ()


def _paper(guide: Guide) -> bool:
    sheets = [guide.paper.setup_sheet("en"), guide.paper.recovery_sheet("0000-0000-0000", "ar")]
    return all(sheet.pages == 1 for sheet in sheets) and bool(guide.paper.templates)


def _shared(guide: Guide, file: Path) -> bool:
    guide.own.sharing.export(file)
    guide.own.sharing.merge(file)
    return guide.own.sharing.conflicts() == () and bool(guide.publishers.list())


def _exports(folder: Path) -> bool:
    from guide.catalog.reader import Catalog
    from guide.clock import system_clock
    from guide.publish.exports.choice import Choice, Chosen
    from guide.publish.exports.json_page import write_json
    from guide.publish.exports.spreadsheet import write_csv
    from guide.publish.exports.tabular import write_tabular
    from guide.publish.exports.website import write_website

    folder.mkdir()
    with Catalog(STARTER_CATALOG) as catalog:
        chosen = Chosen(catalog, Choice((), (), Audience.STAFF))
        counts = {
            write_tabular(chosen, folder / "hsds.zip"),
            write_json(chosen, folder / "hsds.json"),
            write_csv(chosen, folder / "table.csv"),
            write_website(chosen, folder / "pages.zip", "es", system_clock().date()),
        }
        return counts == {catalog.edition().services}


def _builds(folder: Path) -> bool:
    from openpyxl import Workbook

    from guide.clock import system_clock
    from guide.publish.from_sources import EditionWishes, build_from_sources
    from guide.publish.propose import propose

    book = Workbook()
    sheet = book.active
    for row in (("name", "phone", "category"), ("Selftest kitchen", "202-555-0143", "food")):
        sheet.append(row)
    book.save(folder / "table.xlsx")
    text, _taken = propose(folder / "table.xlsx")
    (folder / "map.yaml").write_text(text, "utf-8")
    today, services = system_clock().date(), []
    for name in ("hsds.zip", "hsds.json", "table.xlsx"):
        wishes = EditionWishes(1, "test", "Test", "test", "Test", "America/New_York")
        mapping = folder / "map.yaml" if name.endswith(".xlsx") else None
        built = build_from_sources([folder / name], folder / f"{name}.db", today, mapping=mapping, wishes=wishes)
        services.append(built.edition.services)
    return services[0] == services[1] > services[2] > 0


def _looks(folder: Path) -> bool:
    from guide.clock import system_clock
    from guide.publish.comparing import compare
    from guide.publish.lint.door import lint
    from guide.sheets.recovery_sheet import recovery_sheet

    found = lint(folder / "hsds.zip.db", system_clock().date())
    compare(STARTER_CATALOG, folder / "hsds.zip.db")
    return recovery_sheet("Keys", ["Two of three are needed."], []).startswith(b"%PDF") and found is not None
