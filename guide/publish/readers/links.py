"""Keys between tables: which hold, which are mended, and whether a set is broken as a whole."""

from __future__ import annotations

from guide.errors import SourceDataError
from guide.publish.readers.stage import Stage

_PARENTS = {
    "service": (("organization_id", "organization"), ("program_id", "program"), ("location_id", "location")),
    "location": (("organization_id", "organization"),),
    "service_at_location": (("service_id", "service"), ("location_id", "location")),
    "address": (("location_id", "location"), ("organization_id", "organization")),
    "phone": (("service_id", "service"), ("location_id", "location"), ("organization_id", "organization"),
              ("service_at_location_id", "service_at_location"), ("contact_id", "contact")),
    "contact": (("service_id", "service"), ("location_id", "location"), ("organization_id", "organization"),
                ("service_at_location_id", "service_at_location")),
    "schedule": (("service_id", "service"), ("location_id", "location"),
                 ("service_at_location_id", "service_at_location")),
    "service_area": (("service_id", "service"), ("service_at_location_id", "service_at_location")),
    "language": (("service_id", "service"), ("location_id", "location"), ("phone_id", "phone")),
    "accessibility": (("location_id", "location"), ("service_id", "service")),
    "required_document": (("service_id", "service"),),
    "cost_option": (("service_id", "service"),),
    "eligibility": (("service_id", "service"),),
    "payment_accepted": (("service_id", "service"),),
    "attribute": (("link_id", "service"),),
    "url": (("service_id", "service"), ("organization_id", "organization")),
    "service_capacity": (("service_id", "service"), ("unit_id", "unit")),
}  # fmt: skip
_UNIQUE = ("organization", "service", "location", "program", "taxonomy", "taxonomy_term", "unit")
_BROKEN = 0.95  # share of keys that lead nowhere; no repair makes a set of it
_MIXED = 0.05  # share of links that fit only the wrong way round, with others that fit the right way


def settle_keys(stage: Stage, source: str) -> None:
    """Give ids, drop repeated rows, read swapped columns, and take out keys that lead nowhere; all of it is told.

    Raises:
        SourceDataError: the tables do not belong together.
    """
    for table in _UNIQUE:
        _name_the_unnamed(stage, table)
    stage.index()
    for table in _UNIQUE:
        _drop_repeated(stage, table)
    _unswap(stage, source)
    _judge(stage, source)
    _place_of_service(stage)
    _place_of_organization(stage)
    for table, parents in _PARENTS.items():
        if stage.counts.get(table):
            _take_out_orphans(stage, table, parents)


def _name_the_unnamed(stage: Stage, table: str) -> None:
    """Give rows without an id one made of their names: it stays the same however the rows are ordered."""
    if not stage.one(f"SELECT count(*) FROM {table} WHERE id = ''"):  # noqa: S608 - our own names
        return
    names = "organization_id || '/' || name" if table in ("service", "location", "program") else "name"
    nameless = "" if table == "location" else "AND name <> ''"
    stage.told("no id: made of its names", f"SELECT file, line, '' FROM {table} WHERE id = '' {nameless}")  # noqa: S608
    stage.db.execute(
        f"UPDATE {table} SET id = made.id FROM (SELECT n, 'made/' || {names} || CASE WHEN place > 1 THEN '/' || place"  # noqa: S608
        f" ELSE '' END AS id FROM (SELECT *, row_number() OVER (PARTITION BY {names} ORDER BY n) AS place FROM {table}"
        f" WHERE id = '')) AS made WHERE {table}.n = made.n {nameless}"
    )


def _drop_repeated(stage: Stage, table: str) -> None:
    later = f"FROM {table} WHERE id <> '' AND n NOT IN (SELECT min(n) FROM {table} WHERE id <> '' GROUP BY id)"  # noqa: S608
    if stage.one(f"SELECT count(*) - count(DISTINCT id) FROM {table} WHERE id <> ''"):  # noqa: S608
        stage.told("repeated id: first one kept", f"SELECT file, line, id {later}")
        stage.db.execute(f"DELETE {later}")


def _unswap(stage: Stage, source: str) -> None:
    """Read service_at_location the other way round where the ids prove that its columns were swapped."""
    fits = ("SELECT count(*) FROM service_at_location WHERE {} IN (SELECT id FROM service)"
            " AND {} IN (SELECT id FROM location)")  # fmt: skip
    straight = stage.one(fits.format("service_id", "location_id"))
    swapped = stage.one(fits.format("location_id", "service_id"))
    if swapped <= straight:
        return
    if straight > _MIXED * swapped:
        raise SourceDataError(
            f"In {source}, {swapped:,} links between services and places fit only when the two columns are swapped, and "
            f"{straight:,} only as they are: nobody can say which place belongs to which service. Ask for a new export.",
            source=source,
        )
    stage.told(
        "columns were swapped, read the right way",
        "SELECT file, 0, 'service_id and location_id' FROM service_at_location GROUP BY file",
    )
    stage.db.execute("UPDATE service_at_location SET service_id = location_id, location_id = service_id")


def _judge(stage: Stage, source: str) -> None:
    """Refuse a set in which nearly no key leads anywhere."""
    filled = orphans = 0
    for table, parents in _PARENTS.items():
        for column, parent in parents:
            if not stage.counts.get(table) or not stage.counts.get(parent) or table in ("attribute", "url"):
                continue
            filled += stage.one(f"SELECT count(*) FROM {table} WHERE {column} <> ''")  # noqa: S608
            orphans += stage.one(
                f"SELECT count(*) FROM {table} WHERE {column} <> '' AND {column} NOT IN (SELECT id FROM {parent})"  # noqa: S608
            )
    if filled and orphans / filled >= _BROKEN:
        raise SourceDataError(
            f"The tables of {source} do not belong together: {orphans:,} of {filled:,} keys lead to no row. "
            "The ids were probably renumbered when it was exported; ask for a new export.",
            source=source,
            keys=filled,
            orphans=orphans,
        )


def _place_of_service(stage: Stage) -> None:
    """Make links of the places that services name in their own row."""
    missing = (
        "FROM service AS s WHERE s.location_id IN (SELECT id FROM location) AND NOT EXISTS (SELECT 1 FROM"
        " service_at_location AS l WHERE l.service_id = s.id AND l.location_id = s.location_id)"
    )
    stage.told("location taken from the service's row", f"SELECT s.file, s.line, '' {missing}")
    made = stage.db.execute(
        "INSERT INTO service_at_location(file, line, id, service_id, location_id)"
        f" SELECT s.file, s.line, 's/' || s.id, s.id, s.location_id {missing}"
    ).rowcount
    stage.counts["service_at_location"] = stage.counts.get("service_at_location", 0) + made


def _place_of_organization(stage: Stage) -> None:
    """Give services the one place of their organization, where a set links no service to any place."""
    if stage.counts.get("service_at_location"):
        return
    lone = (
        "FROM service AS s JOIN location AS l ON l.organization_id = s.organization_id WHERE s.organization_id <> '' AND"
        " (SELECT count(*) FROM location AS m WHERE m.organization_id = s.organization_id) = 1"
    )
    stage.told("place taken from its organization, which has one", f"SELECT s.file, s.line, '' {lone}")
    stage.counts["service_at_location"] = stage.db.execute(
        "INSERT INTO service_at_location(file, line, id, service_id, location_id)"
        f" SELECT s.file, s.line, 'o/' || s.id, s.id, l.id {lone}"
    ).rowcount


def _take_out_orphans(stage: Stage, table: str, parents: tuple[tuple[str, str], ...]) -> None:
    for column, parent in parents:
        if table == "attribute":
            continue  # classifies anything; only those of services are read
        if not stage.counts.get(parent):
            filled = stage.one(f"SELECT count(*) FROM {table} WHERE {column} <> ''")  # noqa: S608
            if filled and parent != "program":
                stage.report.add(f"{column} leads nowhere: there is no {parent}", table, what=f"{filled:,} rows")
            stage.db.execute(f"UPDATE {table} SET {column} = ''")  # noqa: S608
            continue
        lost = f"FROM {table} WHERE {column} <> '' AND {column} NOT IN (SELECT id FROM {parent})"  # noqa: S608
        if stage.one(f"SELECT count(*) {lost}"):
            stage.told(f"{column} leads nowhere", f"SELECT file, line, {column} {lost}")
            stage.db.execute(f"UPDATE {table} SET {column} = '' {lost.removeprefix(f'FROM {table}')}")  # noqa: S608
    if table in ("service", "location"):
        return
    every = [column for column, parent in parents if parent != "unit"]
    if table == "service_at_location":
        alone = f"FROM {table} WHERE service_id = '' OR location_id = ''"
    else:
        alone = f"FROM {table} WHERE " + " AND ".join(f"{column} = ''" for column in every)
    if stage.one(f"SELECT count(*) {alone}"):
        stage.told("belongs to no record: dropped", f"SELECT file, line, '' {alone}")
        stage.db.execute(f"DELETE {alone}")
