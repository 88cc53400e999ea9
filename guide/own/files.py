"""Own services from files and into files: a spreadsheet (CSV) or an HSDS package; tried first, then taken in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from guide.errors import DiskFullError, NoAccessError, SourceDataError
from guide.own.csv_rows import known_column, row_of, values_from
from guide.own.desk import OwnDesk
from guide.own.hsds_file import write_package
from guide.records import Audience
from guide.records.house import Edit, TakenIn, TakenRow
from guide.records.laid import is_ours
from guide.shelter.facts import Things, things
from guide.shelter.own import FIELDS, Values, new_id, service_from, values_of

LARGEST, MOST = 32 << 20, 20_000  # bytes, rows
# What an HSDS package has no word for stays as it is here.
_NOT_HSDS = ("discreet_name", "also_in", "tags", "audience", "not_for_print", "staff_note", "language_note", "assurer",
             "urls", "accessibility", "giver", "details")  # fmt: skip
_TEXTS = ("name", "description", "hours", "eligibility", "cost", "application_process", "alert", "organization")


class OwnFiles:
    """What goes out and comes in. What came in is one change, and can be taken back."""

    def __init__(self, desk: OwnDesk) -> None:
        """Take what is stood at."""
        self._desk = desk

    def write(self, path: Path, *, confidential: bool = False) -> tuple[int, int]:
        """Write own services to ``path``: a .csv, else an HSDS package (.zip). Return how many went and how many stayed.

        What is for staff alone and closed addresses stay here unless ``confidential`` (N7); an HSDS package never holds
        a closed address. Raises NoAccessError, DiskFullError.
        """
        from guide.own.derive import own_services

        with self._desk.store() as store:
            every = own_services(things(store, "own"), closed=True)
        gone = [s for s in every if confidential or s.audience is not Audience.STAFF]
        try:
            if path.suffix.lower() == ".csv":
                rows = [row_of(service, confidential=confidential) for service in gone]
                columns = list(dict.fromkeys(column for row in rows for column in row)) or ["id", "name"]
                text = io.StringIO(newline="")
                writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
                writer.writeheader()
                writer.writerows(rows)
                fresh = path.with_name(path.name + ".new")
                fresh.write_bytes(text.getvalue().encode("utf-8-sig"))
                fresh.replace(path)
            else:
                write_package(gone, path)
        except OSError as error:
            raise (DiskFullError if error.errno == 28 else NoAccessError)(path=str(path)) from error
        return len(gone), len(every) - len(gone)

    def take_in(self, path: Path, *, dry: bool = False) -> TakenIn:
        """Take own services in from a .csv or an HSDS package; those that are here already are changed in place, by
        their id. ``dry``: only say what would change. The same file again changes nothing.

        Raises SourceDataError, NoAccessError.
        """
        with self._desk.store() as store:
            here = things(store, "own")
        notes: list[str] = []
        found = list(self._csv(path, here, notes) if path.suffix.lower() == ".csv" else self._hsds(path, here, notes))
        edits: list[Edit] = []
        told: list[TakenRow] = []
        for key, values in found:
            before = _values(here, key)
            after = before | json.loads(json.dumps(values))
            made = service_from(key, after)
            if made is None:
                told.append(TakenRow(key, str(_first(values.get("name")) or ""), "left out", ("no name or no need",)))
                continue
            # What is kept is what was understood, in the form in which the program itself writes it.
            clean = json.loads(json.dumps(values_of(made)))
            different = tuple(field for field in FIELDS if before.get(field) != clean[field])
            edits += [Edit("own", key, field, clean[field]) for field in different]
            kind = "new" if not before else "changed" if different else "same"
            told.append(TakenRow(key, made.name.text, kind, different if kind == "changed" else ()))
        if not dry:
            self._desk.change(edits, "import", path.name)
        return TakenIn(path.name, tuple(told), tuple(dict.fromkeys(notes)))

    # --- reading ------------------------------------------------------------------------------------
    def _csv(self, path: Path, here: Things, notes: list[str]) -> Iterator[tuple[str, Values]]:
        needs = self._needs()
        seen: set[str] = set()
        for line, row in _rows(path, notes):
            given, name = row.get("id", "").strip(), row.get("name", "").strip()
            key = (
                given
                if is_ours(given)
                else new_id(f"csv\n{given or name + chr(10) + row.get('organization', '').strip()}")
            )
            if key in seen:
                notes.append(f"line {line}: a second row for the same service; the first one counts")
                continue
            seen.add(key)
            values = values_from(row, _values(here, key))
            slug = str(values.get("category") or "")
            if "category" in values and slug not in needs.values():
                values["category"] = needs.get(slug.casefold())
                if slug and values["category"] is None:
                    notes.append(f"line {line}: the guide has no need “{slug[:60]}”")
                if values["category"] is None:
                    del values["category"]
            yield key, values

    def _hsds(self, path: Path, here: Things, notes: list[str]) -> Iterator[tuple[str, Values]]:
        from guide.publish.mapping import load_mapping
        from guide.publish.readers.source import read_source
        from guide.publish.report import Report

        if not path.exists():
            raise SourceDataError(f"There is no {path.name}.", source=path.name)
        needs = set(self._needs().values())
        report, today = Report(), self._desk.clock().date()
        with TemporaryDirectory() as folder:
            services = tuple(read_source(path, load_mapping(), today, report, Path(folder)))
        notes += [f"{one['rule']} ({one['count']})" for one in report.findings()]
        for service in services:
            key = service.id if is_ours(service.id) else new_id(f"hsds\n{service.original_id}")
            values = {field: value for field, value in values_of(service).items() if field not in _NOT_HSDS}
            before = _values(here, key)
            if before:  # an HSDS package speaks one language and has no need of ours
                values = _with_kept(values, before)
                values.pop("category")
            elif values["category"] not in needs:
                values["category"] = "other"
            yield key, values

    def _needs(self) -> dict[str, str]:
        """Return the slug of each need by everything it is called."""
        with self._desk.published() as catalog:
            needs = catalog.categories()
        return {text.casefold(): need.slug for need in needs for text in (*need.label.every(), need.slug)}


def _rows(path: Path, notes: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise NoAccessError(path=str(path)) from error
    if len(data) > LARGEST:
        raise SourceDataError("This file is too large for a list of own services.", source=path.name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        notes.append("not UTF-8, read as Windows text")
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=mark)
    try:
        header = [cell.strip().lower().replace(" ", "_") for cell in next(reader, [])]
        if "name" not in header:
            raise SourceDataError("The first line has to name the columns, one of them “name”.", source=path.name)
        notes += [f"column “{name[:60]}” is not known: left out" for name in header if name and not known_column(name)]
        for number, cells in enumerate(reader):
            if number >= MOST:
                raise SourceDataError(f"More than {MOST:,} rows.", source=path.name)
            if len(cells) > len(header):
                raise SourceDataError(
                    f"Line {reader.line_num} has more cells than the first line names.", source=path.name
                )
            row = {name: cell for name, cell in zip(header, cells, strict=False) if known_column(name)}
            if any(cell.strip() for cell in row.values()):
                yield reader.line_num, row
    except csv.Error as error:
        raise SourceDataError(f"Line {reader.line_num}: {error}.", source=path.name) from error


def _values(here: Things, key: str) -> dict[str, Any]:
    fields = here.get(("own", key), {})
    if not fields or ((gone := fields.get("removed")) is not None and gone.value is True):
        return {}
    return {field: fact.value for field, fact in fields.items() if field in FIELDS}


def _with_kept(values: Values, before: Mapping[str, Any]) -> Values:
    """Return what a package says with what it has no room for kept: translations, keywords, closed addresses."""
    kept = dict(values)
    for field in _TEXTS:
        if _first(values.get(field)) == _first(before.get(field)):
            kept[field] = before.get(field)
    had = {phone.get("dial") or phone.get("published"): phone for phone in before.get("phones") or ()}
    kept["phones"] = [had.get(p.get("dial") or p.get("published"), p) for p in values.get("phones") or ()] or None
    texts = {_first(pairs): pairs for pairs in before.get("required_documents") or ()}
    kept["required_documents"] = [texts.get(_first(p), p) for p in values.get("required_documents") or ()] or None
    closed = [p for p in before.get("places") or () if p.get("visibility") != "public"]
    if closed or not values.get("places"):
        kept["places"] = before.get("places")
    elif before.get("places"):
        old = before["places"][0]
        kept["places"] = [old if _street(old) == _street(values["places"][0]) else values["places"][0]]
    if before.get("schedules") and _times(before["schedules"]) == _times(values.get("schedules") or []):
        kept["schedules"] = before["schedules"]
        kept["hours"] = before.get("hours")
    return kept


def _street(place: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(place.get(name) for name in ("address_1", "address_2", "city", "state_province", "postal_code"))


def _times(schedules: list[Mapping[str, Any]]) -> set[tuple[Any, ...]]:
    return {(tuple(s.get("byday") or ()), s.get("opens_at"), s.get("closes_at"), s.get("freq")) for s in schedules}


def _first(pairs: Any) -> str | None:
    return (
        pairs[0][1] if isinstance(pairs, list) and pairs and isinstance(pairs[0], list) and len(pairs[0]) > 1 else None
    )
