"""Reads an HSDS tabular package (1.x, 2.0, 3.x) into services, with a report of every fault in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guide.errors import SourceDataError
from guide.publish.ids import stable_id
from guide.publish.mapping import OTHER, Mapping
from guide.publish.readers import privacy
from guide.publish.readers.cleaning import clean, with_scheme
from guide.publish.readers.hours import day_of
from guide.publish.readers.links import at_locations, check_keys, grouped
from guide.publish.readers.naming import age_of, titled
from guide.publish.readers.package import Package, Row, open_package
from guide.publish.readers.phones import read_phones
from guide.publish.readers.places import Places
from guide.publish.readers.service_hours import TABLES, ServiceHours
from guide.publish.report import Report
from guide.records import Organization, Phone, Service, Words

Rows = list[tuple[int, Row]]
_MOST_ALSO_IN = 3
_FEWEST_PHONES = 0.5


@dataclass(frozen=True)
class ReadResult:
    """The services, ready to be built, and what was found wrong on the way."""

    services: tuple[Service, ...]
    report: Report


def read_hsds(source: Path, mapping: Mapping, today: date) -> ReadResult:
    """Read the package at ``source`` (a folder or a zip).

    Only columns named here are read (an allow-list): notes, staff names and their mail are never taken in.

    Raises:
        SourceDataError: the package cannot be used; one message says why.
    """
    report = Report()
    package = open_package(source, report)
    check_keys(package, report, source.name)
    return ReadResult(tuple(_Reader(package, mapping, today, report).services()), report)


class _Reader:
    """One package while it is read."""

    def __init__(self, package: Package, mapping: Mapping, today: date, report: Report) -> None:
        self._package, self._map, self._today, self._report = package, mapping, today, report
        self._at = at_locations(package, report)
        self._organizations = {row.get("id", ""): (line, row) for line, row in package.rows("organizations")}
        self._places = Places(package, mapping, report, self._text)
        self._child = {
            (table, column): grouped(package, table, column, report)
            for table, column in (
                ("phones", "service_id"), ("phones", "location_id"), ("phones", "organization_id"),
                ("languages", "service_id"), ("languages", "location_id"), ("services_taxonomy", "service_id"), ("eligibility", "service_id"),
                ("required_documents", "service_id"), ("service_areas", "service_id"), ("cost_options", "service_id"),
                ("attributes", "link_id"), *((table, link) for table in TABLES for link in ("service_id", "location_id")),
            )
        }  # fmt: skip
        self._hours = ServiceHours(self._child, mapping.timezone, report)
        self._terms = {row.get("id", ""): row for _, row in package.rows("taxonomy_terms")}
        self._dialled = self._kept = 0

    def services(self) -> list[Service]:
        """Return every service that may be published, each once."""
        found: dict[str, Service] = {}
        for line, row in self._package.rows("services"):
            if privacy.is_gone(row.get("status", "")):
                self._report.add("closed or not to be referred to: left out", "services", line, row["status"])
                continue
            if not row.get("status", "").strip():
                self._report.add("no status: taken as active", "services", line)
            service = self._service(line, row)
            if service is None:
                continue
            if service.id in found:
                self._report.add("repeated id: first one kept", "services", line, row.get("id", ""))
                continue
            found[service.id] = service
        if not found:
            raise SourceDataError("No service in the package may be published.")
        phones = self._dialled + self._kept
        if phones >= 20 and self._dialled / phones < _FEWEST_PHONES:
            reason = f"Only {self._dialled:,} of {phones:,} phone numbers look like phone numbers. Is the column right?"
            raise SourceDataError(reason, table="phones")
        self._report.totals |= {
            "services": len(found),
            "services under Other": sum(s.category == OTHER for s in found.values()),
            "numbers that can be dialled": self._dialled,
            "numbers kept as text only": self._kept,
        }
        return list(found.values())

    def _service(self, line: int, row: Row) -> Service | None:
        key, name = row.get("id", "").strip(), self._text(row, "name", "services", line)
        if not key or not name:
            self._report.add("no id or no name: left out", "services", line)
            return None
        places = [place for place in self._at.get(key, []) if place]
        giver_line, giver = self._giver(row, places)
        organization = self._organization(giver_line, giver) if giver else None
        description = self._text(row, "description", "services", line)
        if len(description) == 255:
            self._report.add("description cut at 255 letters", "services", line)
        about = " ".join((name, description, organization.name.text if organization else ""))
        hidden = privacy.is_shelter(about)
        locations = self._places.of(places, hidden=hidden)
        if hidden:
            description = privacy.without(description, self._places.streets(places), "(address kept private)")
        category, also_in, tags = self._needs(key, name, description, line)
        language = self._map.language
        fees = self._text(row, "fees_description", "services", line) or self._text(row, "fees", "services", line)
        return Service(
            id=stable_id(self._map.publisher, "service", key),
            original_id=key,
            publisher=self._map.publisher,
            name=Words(titled(name), language),
            category=category,
            description=Words(description, language),
            organization=organization,
            alternate_name=self._text(row, "alternate_name", "services", line),
            also_in=also_in,
            tags=tags,
            phones=self._phones(key, places, giver.get("id", "") if giver else ""),
            url=self._url(row, line, "url") or self._url(row, line, "website"),
            languages=self._languages(key, places),
            hours=Words(self._hours.text(key, places), language),
            schedules=self._hours.of(key, places),
            eligibility=Words(self._eligibility(key, row, line), language),
            minimum_age=age_of(row.get("minimum_age", "")),
            maximum_age=age_of(row.get("maximum_age", "")),
            cost=Words(fees, language),
            application_process=Words(self._text(row, "application_process", "services", line), language),
            required_documents=tuple(Words(t, language) for t in self._listed("required_documents", key, "document")),
            locations=locations,
            service_areas=tuple(self._listed("service_areas", key, "service_area", "name")),
            status="temporarily closed" if row.get("status", "").lower() == "temporarily closed" else "active",
            alert=Words(self._text(row, "alert", "services", line), language),
            assured_date=day_of(row.get("assured_date", "")),
            last_modified=day_of(row.get("last_modified", "")),
        )

    # --- parts --------------------------------------------------------------------------------------
    def _giver(self, row: Row, places: list[str]) -> tuple[int, Row | None]:
        for key in (row.get("organization_id", ""), *(self._places.organization_of(place) for place in places)):
            if key in self._organizations:
                line, found = self._organizations[key]
                return line, found
        return 0, None

    def _organization(self, line: int, row: Row) -> Organization:
        name = self._text(row, "name", "organizations", line)
        return Organization(
            id=stable_id(self._map.publisher, "organization", row["id"]),
            name=Words(titled(name), self._map.language),
            alternate_name=self._text(row, "alternate_name", "organizations", line),
            url=with_scheme(row.get("url", "") or row.get("website", "")),
        )

    def _needs(self, key: str, name: str, description: str, line: int) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """Return the need, further needs and tags: by code, then by the words of name, terms and description."""
        codes, terms = self._terms_of(key)
        by_code = [slug for code in codes if (slug := self._map.by_code(code)) not in ("", OTHER)]
        by_term = [slug for term in terms if (slug := self._map.by_words(term))]
        by_name = self._map.by_words(name)
        counted = sorted(set(by_code or by_term), key=lambda s: -(by_code or by_term).count(s))
        ordered = list(dict.fromkeys(s for s in (by_name, *counted) if s)) or [self._map.by_words(description)]
        category = ordered[0] or OTHER
        if category == OTHER:
            self._report.add("no need known: put under Other", "services", line, name)
        tags = self._map.tags_of(" ".join((name, *terms)))
        return category, tuple(s for s in ordered[1:] if s)[:_MOST_ALSO_IN], tags

    def _terms_of(self, key: str) -> tuple[list[str], list[str]]:
        codes, terms = [], []
        linked = [row.get("taxonomy_id") or row.get("taxonomy_term_id", "")
                  for _, row in self._child["services_taxonomy", "service_id"].get(key, [])]  # fmt: skip
        linked += [row.get("taxonomy_term_id", "") for _, row in self._child["attributes", "link_id"].get(key, [])]
        for code in dict.fromkeys(linked):
            term = self._terms.get(code, {})
            own = term.get("code") or code
            if any(own.upper().startswith(p) for p in self._map.population_codes):
                self._report.add("code says for whom, not what", "services_taxonomy")
                continue
            codes.append(own)
            terms.append(clean(term.get("name") or term.get("term", ""))[0])
        return codes, [term for term in terms if term]

    def _phones(self, key: str, places: list[str], giver: str) -> tuple[Phone, ...]:
        """Return the service's own numbers, else those of its places, else its organization's."""
        rows: Rows = self._child["phones", "service_id"].get(key, [])
        rows = rows or [one for place in places for one in self._child["phones", "location_id"].get(place, [])]
        rows = rows or self._child["phones", "organization_id"].get(giver, [])
        found: list[Phone] = []
        for line, row in rows:
            note = " · ".join(
                p for p in (clean(row.get("description", ""))[0], clean(row.get("department", ""))[0]) if p
            )
            cell = clean(row.get("number", ""))[0]
            kind = row.get("type", "") or row.get("number_type", "")
            phones = read_phones(
                cell, kind, f"{key}/{row.get('id', '')}/{line}", self._map.publisher, note=note,
                extension=row.get("extension", "").strip(), region=self._map.region, language=self._map.language,
            )  # fmt: skip
            for phone in phones:
                if phone.published in {p.published for p in found}:
                    continue
                if phone.dial:
                    self._dialled += 1
                else:
                    self._kept += 1
                    self._report.add("number kept as text, it cannot be dialled", "phones", line, cell)
                found.append(phone)
        return tuple(found)

    def _languages(self, key: str, places: list[str]) -> tuple[str, ...]:
        rows = self._child["languages", "service_id"].get(key, [])
        rows = rows or [one for place in places for one in self._child["languages", "location_id"].get(place, [])]
        found = []
        for line, row in rows:
            cell = (row.get("code") or row.get("language") or row.get("name", "")).strip()
            for name in cell.replace("/", ",").split(","):
                plain = name.split("(")[0].strip().lower()
                if not plain:
                    continue
                code = self._map.languages.get(plain, plain if len(plain) == 2 else "")
                if code:
                    found.append(code)
                else:
                    self._report.add("language not known", "languages", line, name.strip())
        return tuple(dict.fromkeys(found))

    def _eligibility(self, key: str, row: Row, line: int) -> str:
        own = self._text(row, "eligibility_description", "services", line) or self._text(
            row, "eligibility", "services", line
        )
        return own or "\n".join(self._listed("eligibility", key, "eligibility"))

    def _listed(self, table: str, key: str, *columns: str) -> list[str]:
        texts = []
        for _, row in self._child[table, "service_id"].get(key, []):
            texts.append(next((clean(row[c])[0] for c in columns if row.get(c, "").strip()), ""))
        return list(dict.fromkeys(text for text in texts if text))

    def _url(self, row: Row, line: int, column: str) -> str:
        given = row.get(column, "").strip()
        shown = with_scheme(given)
        if shown != given:
            self._report.add("web address without https://", "services", line, given)
        return shown

    def _text(self, row: Row, column: str, table: str, line: int) -> str:
        text, mended = clean(row.get(column, ""))
        for what in mended:
            self._report.add(what, table, line)
        return text
