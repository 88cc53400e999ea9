"""Proposes how a table of its own form is read: by its headers, and by what stands in its columns. A person decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from guide.errors import SourceDataError
from guide.publish.mapping import shipped_tables
from guide.publish.readers.csv_text import read_csv
from guide.publish.readers.files import Member, members
from guide.publish.readers.flat import Record, of_object, of_table
from guide.publish.readers.json_text import read_json
from guide.publish.readers.objects import plain_name
from guide.publish.readers.plausible import looks_like_phone
from guide.publish.readers.privacy import closes, leaves_out
from guide.publish.readers.workbook import is_workbook, sheets
from guide.publish.report import Report

_LOOKED_AT = 500  # rows
# Our fields by what their columns are usually called (plain names); the first that fits takes the column.
_HEADERS: tuple[tuple[str, str], ...] = (
    ("id", r"(resource|service|program|record|listing|provider|site|entity|content)?_?(id|uuid|guid|num|number|key|code)|objectid|unique_id"),
    ("organization_id", r"(organi[sz]ation|agency|parent_agency|provider|partner)_?(id|uuid|num|key)"),
    ("organization", r"(parent_)?(organi[sz]ation|agency|provider|partner|operated_by|company|charity|institution|facility|sponsor|lead_agency)(_?name)?|name_of_(organi[sz]ation|agency)|operatedby"),
    ("program", r"(program|programme|project)(_?name)?"),
    ("alternate_name", r"(alternate|alternative|alt|other|short)_?names?|aka|also_known_as|acronym"),
    ("location_name", r"(site|location|branch|office|building|venue)_?name|site|school"),
    ("name", r"(service|resource|listing|public|content|official|entity|point|activity)?_?(name|title)|name_of_(service|program|resource).*|service|resource|activity"),
    ("description", r"(service|program|agency|resource|long|short|full)?_?(description|desc|summary|details?|about|overview|info|information)|services?_(provided|offered)|what_we_do|services|notes_public|description_.*"),
    ("eligibility_description", r".*eligib.*|who_(can|is|we).*|requirements?|audience|population.*|target.*|demographic.*|age_groups?|serves|restrictions?|gender|ages?(_served)?"),
    ("fees_description", r".*(fee|fees|cost|costs|price|pricing|charge).*|free|payment_terms"),
    ("payments", r".*(payment|insurance).*"),
    ("required_documents", r".*(document|id_required|what_to_bring|bring).*"),
    ("application_process", r".*(application|apply|how_to|intake|referral|procedure|access_process|join|next_step|enrol).*"),
    ("wait_time", r".*wait.*"),
    ("languages", r".*(language|langs?\b).*"),
    ("hours", r".*(hours|schedule|opening|open_at|days?_open|availability|when|times?)($|_.*)"),
    ("accessibility", r".*(accessib|wheelchair|disab|ada\b).*"),
    ("transportation", r".*(transport|transit|(?<![a-z])bus(?![a-z])|parking|getting_there|directions).*"),
    ("service_areas", r".*(service_area|coverage|area_served|areas_served|catchment|counties_served|region_served|neighborhoods?_served|geograph).*|county|region|neighborhood|district"),
    ("codes", r"taxonomy_?(codes?|ids?)|codes?|airs_codes?|hsis_codes?"),
    ("terms", r".*(categor|taxonom|keyword|tags?\b|topic|need|service_type|type_of|subcategory|cause|sector|strategy).*|type|types"),
    ("fax", r".*fax.*"),
    ("tty", r".*(tty|tdd|textphone).*"),
    ("text_number", r".*(text|sms)_?(line|number|to)?"),
    ("phone", r"(?!.*ext).*(phone|telephone|tel\b|hotline|helpline|toll_free|cell|mobile|call|contact_number|crisis_line).*"),
    ("url", r".*(website|web_?site|url|web\b|homepage|webpage|link|internet).*"),
    ("address_2", r".*(address|addr|street)_?(line)?_?(2|two)|suite|unit|apt|floor"),
    ("postal_code", r".*(zip|postal|postcode|post_code).*"),
    ("state_province", r".*(state|province)(_?(province|name|code|abbr))?"),
    ("city", r".*(city|town|municipality|suburb|locality).*"),
    ("country", r"(physical_?)?country(_?(name|code))?"),
    ("latitude", r".*(latitude|lat)$|y_coord.*|point_y|y"),
    ("longitude", r".*(longitude|long|lng|lon)$|x_coord.*|point_x|x"),
    ("address_1", r".*(address|addr|street)(_?(line)?_?(1|one))?|full_address|physical_address|location"),
    ("status", r"(service|record|agency|resource|program)?_?status|active"),
    ("assured_date", r".*(verified|assured|checked|confirmed|reviewed).*"),
    ("last_modified", r".*(modified|updated|last_update|edited|changed|update_date).*"),
    ("alert", r".*(alert|temporary_message|notice|warning).*"),
    ("minimum_age", r"(min|minimum|lowest|from)_?age.*"),
    ("maximum_age", r"(max|maximum|highest|to)_?age.*"),
)  # fmt: skip
_PEOPLE = re.compile(r"(contact|director|staff|worker|manager|person|ceo|president|coordinator|email|e_mail|internal|comment|"
                     r"private_note|note|verified_by|by_name|owner|entered|created|budget|tax|fein|ein|irs|funding|source_of|"
                     r"mail(ing)?_|postal_address|attention|password|ssn)")  # fmt: skip
_MANY = frozenset({"terms", "languages", "service_areas", "phone", "description", "eligibility_description", "hours",
                   "application_process", "transportation"})  # fmt: skip


def propose(source: Path) -> tuple[str, dict[str, str]]:
    """Return a mapping file for ``source`` as text, and what each of its columns was taken for ("" for none).

    Raises SourceDataError: there is no table in it.
    """
    name, header, records = _look(source)
    known = next((shipped for shipped, table in shipped_tables() if table.fits(header)), "")
    taken = _by_headers(header, records)
    _by_content(taken, header, records)
    if "name" not in taken.values():
        best = next((field for field in ("program", "organization", "location_name") if field in taken.values()), "")
        if best:
            taken |= {next(head for head, field in taken.items() if field == best): "name"}
    return _text(name, header, taken, known), {head: taken.get(head, "") for head in header}


def _look(source: Path) -> tuple[str, list[str], list[Record]]:
    """Return the name, the headers and the first records of the first table in ``source``."""
    report = Report()
    for file in sorted(members(source), key=lambda one: (one.suffix not in (".csv", ".tsv"), -one.size)):
        found = _first(file, report)
        if found and found[0]:
            return file.base, *found
    raise SourceDataError(f"There is no table in {source.name}.", source=source.name)


def _first(file: Member, report: Report) -> tuple[list[str], list[Record]] | None:
    if file.suffix in (".csv", ".tsv", ".txt"):
        with read_csv(file.base, file.opened, report) as table:
            return table.header, [record for _, record in islice(of_table(table), _LOOKED_AT)]
    if is_workbook(file):
        for _, table in sheets(file, report):
            return table.header, [record for _, record in islice(of_table(table), _LOOKED_AT)]
    if file.suffix in (".json", ".ndjson", ".jsonl", ".geojson"):
        records = [of_object(record) for record, _ in islice(read_json(file), _LOOKED_AT)]
        return [
            h for h in dict.fromkeys(h for r in records for h in r) if plain_name(h) == h or not h.isascii()
        ], records
    return None


def _by_headers(header: Sequence[str], records: Iterable[Record]) -> dict[str, str]:
    """Return what each column is by its name; a column of people or notes is nothing, whatever else it says."""
    taken: dict[str, str] = {}
    forms = [(field, re.compile(form)) for field, form in _HEADERS]
    counts: Counter[str] = Counter()
    for head in header:
        plain = plain_name(head)
        if not plain or closes(plain):
            continue
        for field, form in forms:
            if form.fullmatch(plain) and (field not in counts or field in _MANY):
                if (
                    _PEOPLE.search(plain)
                    and not (field == "phone" and "contact_number" in plain)
                    and field != "assured_date"
                ):
                    break
                taken[head] = field
                counts[field] += 1
                break
    return taken


def _by_content(taken: dict[str, str], header: Sequence[str], records: Sequence[Record]) -> None:
    """Find by what stands in them the columns whose names say nothing: numbers, pages, points."""
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("phone", lambda t: looks_like_phone(t) and sum(c.isdigit() for c in t) in range(10, 16) and len(t) < 25),
        ("url", lambda t: bool(re.match(r"(https?://|www\.)\S+$", t))),
        ("postal_code", lambda t: bool(re.fullmatch(r"\d{5}(-\d{4})?", t))),
    )
    for field, fits in tests:
        if field in taken.values():
            continue
        for head in header:
            if head in taken or _PEOPLE.search(plain_name(head)):
                continue
            cells = [text for record in records if (text := record.get(plain_name(head), ""))]
            if len(cells) >= 3 and sum(map(fits, cells)) > 0.8 * len(cells):
                taken[head] = field
                break


def _text(name: str, header: Sequence[str], taken: dict[str, str], known: str) -> str:
    """Return the mapping file: what was found, and as remarks what was not."""
    lines = [f"# How {_remark(name)} is read. Left: the guide's field. Right: the column, or several in [ ], as its header says.",
             "# Look it over: what is wrong here will be wrong on paper. Columns that are not named are never read.",
             "publisher: local               # a short id that never changes: the ids of entries hang on it",
             "publisher_name: Local directory",
             "# timezone: America/New_York   # of hours that name no zone",
             "# region: US                   # the country of numbers without +",
             "# open_shelters: []            # ids of shelters whose address may be shown",
             "table:"]  # fmt: skip
    if known:
        lines.insert(
            0, f"# This table is known: without a mapping it is read by the one that comes with the program ({known})."
        )
    lines.append("  columns:")
    fields: dict[str, list[str]] = {}
    for head, field in taken.items():
        fields.setdefault(field, []).append(head)
    order = [field for field, _ in _HEADERS]
    for field in sorted(fields, key=lambda one: (one != "id", one != "name", order.index(one))):
        # Without a town of its own a column holds the whole address in one line.
        field_name = "address" if field == "address_1" and "city" not in fields else field
        heads = [_quoted(head) for head in fields[field]]
        lines.append(f"    {field_name}: {heads[0] if len(heads) == 1 else '[' + ', '.join(heads) + ']'}")
    if "name" not in fields:
        lines.append("    # name: ?                    # no column looks like the name of a service: say which")
    flags = [head for head in header if leaves_out(plain_name(head))]
    if flags:
        lines.append(f"  closed_by: [{', '.join(map(_quoted, flags))}]   # a row with a yes here is left out")
    shut = [head for head in header if closes(plain_name(head)) and head not in flags]
    lines += [f"  # {_remark(head)}: a yes here keeps the address private" for head in shut]
    rest = [head for head in header if head and head not in taken and head not in flags and head not in shut]
    people = [head for head in rest if _PEOPLE.search(plain_name(head))]
    lines += (
        ["# Not read, as it may hold people, notes or post:", *(f"#   {_remark(head)}" for head in people)]
        if people
        else []
    )
    others = [head for head in rest if head not in people]
    lines += ["# Not read, as nothing is known of it:", *(f"#   {_remark(head)}" for head in others)] if others else []
    return "\n".join(lines) + "\n"


def _remark(text: str) -> str:
    return " ".join(text.split())[:120]


def _quoted(text: str) -> str:
    """Return a header as YAML text, quoted, so that no sign in it means anything."""
    plain = " ".join(text.split()) if "\n" in text else text
    return "'" + plain.replace("'", "''") + "'"
