"""Services out of a stage that was settled: one after another, with a report of all that was inferred or mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import blake2b

from guide.errors import SourceDataError
from guide.publish.ids import stable_id
from guide.publish.mapping import OTHER, Mapping
from guide.publish.readers.batch import SIZE, Batch
from guide.publish.readers.cleaning import clean
from guide.publish.readers.languages import Tongues
from guide.publish.readers.naming import age_of, titled
from guide.publish.readers.needs import Needs
from guide.publish.readers.numbers import Numbers
from guide.publish.readers.places import Places
from guide.publish.readers.service_hours import ServiceHours
from guide.publish.readers.stage import Row, Stage
from guide.publish.readers.standing import Visibility
from guide.publish.readers.streets import Streets
from guide.publish.readers.texts import Texts
from guide.records import Organization, Progress, Service, Step, Url, UrlKind, Words, silent

_CUT = (255, 1000, 2000, 4000)  # lengths at which databases cut texts without a word


class Assembly:
    """Makes the services of one stage."""

    def __init__(self, stage: Stage, mapping: Mapping, today: date, visibility: Visibility) -> None:
        """Take the settled stage and what may not be shown of it."""
        self._stage, self._map, self._today, self._visible = stage, mapping, today, visibility
        self._report, files = stage.report, stage.files
        self._texts = Texts(stage, mapping.region, today)
        self._text = self._texts.text
        self._places = Places(mapping, self._report, files, self._text)
        self._numbers = Numbers(mapping, self._report, files)
        self._needs = Needs(mapping, self._report, files)
        self._hours = ServiceHours(mapping.timezone, self._report, files)
        self._tongues = Tongues(mapping.languages)
        self._nothing = Words("", mapping.language)
        self._batch: Batch
        self._other = 0

    def services(self, progress: Progress = silent) -> Iterator[Service]:
        """Yield every service that may be published, each once. Raises SourceDataError: there is none."""
        self._stage.db.execute("CREATE TEMP TABLE made(content BLOB PRIMARY KEY) WITHOUT ROWID")
        total = self._stage.one("SELECT count(*) FROM service")
        done = made = 0
        for rows in self._stage.batches("service", SIZE):
            self._batch = Batch(self._stage, rows)
            for row in rows:
                service = self._service(row)
                if service is not None and self._is_new(service, row):
                    made += 1
                    self._other += service.category == OTHER
                    yield service
            done += len(rows)
            progress(Step("read", done, total))
        if not made:
            raise SourceDataError("No service in this source may be published.")
        self._report.totals |= {
            "services": made,
            "services under Other": self._other,
            "numbers that can be dialled": self._numbers.dialled,
            "numbers kept as text only": self._numbers.kept,
        }

    def _is_new(self, service: Service, row: Row) -> bool:
        """Say whether no service with the same words, numbers and places came before: some sets are appended twice."""
        giver = service.organization.name.text if service.organization else ""
        content = (service.name.text, giver, service.description.text, service.hours.text, service.eligibility.text,
                   [p.published for p in service.phones], [(p.name.text, p.addresses) for p in service.locations],
                   service.application_process.text, service.url, service.service_areas)  # fmt: skip
        key = blake2b(repr(content).encode("utf-8", "replace"), digest_size=16).digest()
        if self._stage.db.execute("INSERT OR IGNORE INTO made VALUES(?)", (key,)).rowcount:
            return True
        self._report.add("the same service twice: first one kept", self._stage.files[row["file"]], row["line"])
        return False

    def _service(self, row: Row) -> Service | None:
        file, line, key = self._stage.files[row["file"]], row["line"], row["id"]
        batch = self._batch
        places = list(dict.fromkeys(link["location_id"] for link in batch.links.get(key, ()) if link["location_id"]))
        giver = self._giver(row, places)
        closed = (
            self._visible.streets,
            self._visible.of(giver["id"] if giver else ""),
            self._own_streets(key, places),
        )
        self._texts.closed = tuple(streets for streets in closed if streets)
        name = self._text(row, "name") or self._name_by_place(row, places, giver)
        if not key or not name:
            self._report.add("no name: left out", file, line)
            return None
        description = self._text(row, "description") or ("" if row["name"] else self._description_by_place(places))
        if len(description) in _CUT and description[-1].isalnum():
            self._report.add(f"description probably cut at {len(description)} letters", file, line)
        category, also_in, tags = self._needs.of(batch, row, name, description)
        language, nothing = self._map.language, self._nothing
        spoken, spoken_note = self._languages(row, places)
        hours, schedules = self._hours.of(batch, row, places)
        minimum, maximum, eligibility = self._eligibility(row)
        return Service(
            id=stable_id(self._map.publisher, "service", key),
            original_id=key,
            publisher=self._map.publisher,
            name=self._words("service", key, "name", titled(name)),
            category=category,
            description=self._words("service", key, "description", description),
            organization=self._organization(giver) if giver else None,
            alternate_name=self._text(row, "alternate_name"),
            also_in=also_in,
            tags=tags,
            phones=self._numbers.of(batch, row, places, giver["id"] if giver else "", self._texts.closed),
            urls=self._urls(key),
            url=self._texts.url(row, "url"),
            languages=spoken,
            language_note=Words(self._texts.open(spoken_note), language) if spoken_note else nothing,
            hours=self._words("service", key, "hours", self._texts.open(hours)),
            schedules=self._texts.quiet(schedules),
            eligibility=self._words("service", key, "eligibility_description", eligibility),
            minimum_age=minimum,
            maximum_age=maximum,
            cost=self._words("service", key, "fees_description", self._cost(row)),
            application_process=self._words(
                "service", key, "application_process", self._text(row, "application_process")
            ),
            required_documents=tuple(
                Words(t, language) for t in self._listed("required_document", row, "required_documents", "document")
            ),
            locations=self._places.of(batch, places, hidden=batch.hidden.get(key) is False),
            service_areas=tuple(self._areas(row)),
            accessibility=tuple(self._listed("accessibility", row, "", "description", "details")),
            status="temporarily closed"
            if row["status"].lower().replace("_", " ") == "temporarily closed"
            else "active",
            alert=self._words("service", key, "alert", self._text(row, "alert")),
            assured_date=self._texts.day(row, "assured_date"),
            last_modified=self._texts.day(row, "last_modified"),
            details=tuple(self._details(row)),
        )

    def _name_by_place(self, row: Row, places: Sequence[str], giver: Row | None) -> str:
        """Return the name of its place or its organization for a service that has none, as in older forms."""
        rows = [self._batch.places[place] for place in places if place in self._batch.places]
        found = next((text for one in (*rows, *([giver] if giver else ())) if (text := self._text(one, "name"))), "")
        if found:
            self._report.add(
                "no name: taken from its place or organization", self._stage.files[row["file"]], row["line"]
            )
        return found

    def _description_by_place(self, places: Sequence[str]) -> str:
        rows = [self._batch.places[place] for place in places if place in self._batch.places]
        return next((text for one in rows if not one["closed"] and (text := self._text(one, "description"))), "")

    def _own_streets(self, key: str, places: Sequence[str]) -> Streets:
        """Return the streets of a service whose address is closed: its own words must not tell it either."""
        streets = Streets()
        if key in self._batch.hidden:
            for place in places:
                for one in self._batch.of("address", "location_id", place):
                    streets.add(one["address_1"])
        return streets

    # --- parts --------------------------------------------------------------------------------------
    def _giver(self, row: Row, places: Sequence[str]) -> Row | None:
        batch = self._batch
        if row["organization_id"] in batch.organizations:
            return batch.organizations[row["organization_id"]]
        for place in places:
            key = batch.places[place]["organization_id"] if place in batch.places else ""
            if key in batch.organizations:
                self._report.add("organization taken from its place", self._stage.files[row["file"]], row["line"])
                return batch.organizations[key]
        return None

    def _organization(self, row: Row) -> Organization | None:
        name = self._text(row, "name")
        if not name:
            return None
        return Organization(
            id=stable_id(self._map.publisher, "organization", row["id"]),
            name=self._words("organization", row["id"], "name", titled(name)),
            alternate_name=self._text(row, "alternate_name"),
            url=self._texts.url(row, "url"),
        )

    def _urls(self, key: str) -> tuple[Url, ...]:
        found = {}
        for one in self._batch.of("url", "service_id", key):
            if page := self._texts.url(one, "url"):
                label = self._text(one, "label")
                found[page] = Url(stable_id(self._map.publisher, "url", f"{key}/{page}"), UrlKind.WEB, page, label)
        return tuple(found.values())

    def _languages(self, row: Row, places: Sequence[str]) -> tuple[tuple[str, ...], str]:
        rows = self._batch.of("language", "service_id", row["id"])
        texts = [row["languages"], *(one["code"] or one["name"] for one in rows)]
        notes = [one["note"] for one in rows]
        if not any(texts):
            found = [one for place in places for one in self._batch.of("language", "location_id", place)]
            texts = [one["code"] or one["name"] for one in found]
            texts += [self._batch.places[place]["languages"] for place in places if place in self._batch.places]
        file, line = self._stage.files[row["file"]], row["line"]
        codes, more = self._tongues.of(
            (clean(text)[0] for text in texts if text),
            lambda name: self._report.add("language not known: kept as words", file, line, name),
        )
        said = [clean(note)[0] for note in (row["interpretation_services"], *notes)]
        return codes, "; ".join(dict.fromkeys(part for part in (more, *said) if part))

    def _eligibility(self, row: Row) -> tuple[int | None, int | None, str]:
        rows = self._batch.of("eligibility", "service_id", row["id"])
        text = self._text(row, "eligibility_description") or "\n".join(
            dict.fromkeys(t for one in rows if (t := self._text(one, "eligibility")))
        )
        lowest = age_of(row["minimum_age"] or next((one["minimum_age"] for one in rows if one["minimum_age"]), ""))
        highest = age_of(row["maximum_age"] or next((one["maximum_age"] for one in rows if one["maximum_age"]), ""))
        if lowest is not None and highest is not None and lowest > highest > 0:
            self._report.add("ages turned around: left out", self._stage.files[row["file"]], row["line"])
            return None, None, text
        return lowest or None, highest if highest and highest < 120 else None, text

    def _cost(self, row: Row) -> str:
        lines = [self._text(row, "fees_description")]
        for one in self._batch.of("cost_option", "service_id", row["id"]):
            amount = " ".join(part for part in (one["amount"], one["currency"].upper()) if part)
            parts = (self._text(one, "option"), amount, self._text(one, "amount_description"))
            lines.append(" · ".join(part for part in parts if part))
        return "\n".join(dict.fromkeys(line for line in lines if line))

    def _listed(self, table: str, row: Row, own: str, *columns: str) -> list[str]:
        texts = [part.strip() for part in self._text(row, own).split(",")] if own else []
        for one in self._batch.of(table, "service_id", row["id"]):
            texts.append(next((text for column in columns if (text := self._text(one, column))), ""))
        return list(dict.fromkeys(text for text in texts if text))

    def _areas(self, row: Row) -> list[str]:
        found = self._listed("service_area", row, "service_areas", "name")
        for link in self._batch.links.get(row["id"], ()):
            found += [
                self._text(one, "name") for one in self._batch.of("service_area", "service_at_location_id", link["id"])
            ]
        return list(dict.fromkeys(text for text in found if text))

    def _words(self, table: str, key: str, field: str, text: str) -> Words:
        if not text:
            return self._nothing
        if not self._batch.texts:
            return Words(text, self._map.language)
        others = self._batch.texts.get((f"{table}/{key}", field), [])
        said = tuple((language, self._texts.open(clean(other)[0])) for language, other in others)
        return Words(text, self._map.language, said)

    def _details(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield facts that have no field of their own."""
        if name := clean(self._batch.programs.get(row["program_id"], ""))[0]:
            yield "program", self._texts.open(name)
        if text := self._text(row, "wait_time"):
            yield "wait_time", text
        paid = [
            row["payments"],
            *(one["payment"] for one in self._batch.of("payment_accepted", "service_id", row["id"])),
        ]
        if text := ", ".join(dict.fromkeys(clean(one)[0] for one in paid if one)):
            yield "payment_accepted", text
        for one in self._batch.of("service_capacity", "service_id", row["id"]):
            unit = self._batch.units.get(one["unit_id"], "")
            numbers = " / ".join(part for part in (one["available"], one["maximum"]) if part)
            text = " ".join(part for part in (numbers, unit, self._text(one, "description")) if part)
            if text:
                yield "capacity", text
