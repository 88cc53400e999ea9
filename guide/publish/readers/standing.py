"""What of a source may be published at all: closed records go, closed addresses close, and their streets are known."""

from __future__ import annotations

from guide.publish.readers.privacy import is_home, is_shelter, says_secret, standing
from guide.publish.readers.stage import Stage
from guide.publish.readers.streets import Streets


class Visibility:
    """Which services hide their place, and the streets that no text may tell: everybody's, or one organization's."""

    def __init__(self) -> None:
        """Begin with nothing hidden."""
        self.streets = Streets()
        self._own: dict[str, Streets] = {}

    def of(self, organization: str) -> Streets:
        """Return the streets that records of ``organization`` must not show, beyond ``streets``."""
        return self._own.get(organization) or Streets()

    def hide(self, street: str, organization: str, *, everywhere: bool) -> None:
        """Remember a street of a closed address."""
        if everywhere:
            self.streets.add(street)
        elif organization:
            self._own.setdefault(organization, Streets()).add(street)


def settle_visibility(stage: Stage, open_shelters: frozenset[str]) -> Visibility:
    """Take out what may not be published and close what may not be shown; all of it is told, never the street.

    ``open_shelters`` are the original ids of services whose publisher says that their address is public.
    """
    stage.db.executescript("CREATE TEMP TABLE hidden(id TEXT PRIMARY KEY, home INT); BEGIN")
    _take_out(stage)
    _phones_of_contacts(stage)
    _find_shelters(stage, open_shelters)
    return _close_addresses(stage)


def _take_out(stage: Stage) -> None:
    for table in ("organization", "location"):
        # A closed flag at a place closes its address; at an organization it takes out everything.
        said = stage.db.execute(f"SELECT id, status, closed FROM {table} WHERE status <> '' OR closed <> ''")  # noqa: S608
        gone = [key for key, status, closed in said
                if standing(status) == "gone" or (closed and table == "organization")]  # fmt: skip
        for key in gone:
            stage.told(f"{table} is closed or excluded: left out with what belongs to it",
                       f"SELECT file, line, id FROM {table} WHERE id = ?", key)  # noqa: S608  # fmt: skip
            if table == "organization":
                stage.db.execute("UPDATE service SET closed = 'yes' WHERE organization_id = ?", (key,))
            else:
                stage.db.execute("DELETE FROM service_at_location WHERE location_id = ?", (key,))
            stage.db.execute(f"DELETE FROM {table} WHERE id = ?", (key,))  # noqa: S608
    stage.told("no status: taken as active", "SELECT file, line, '' FROM service WHERE status = '' AND closed = ''")
    left_out = []
    for n, file, line, status, closed in stage.db.execute(
        "SELECT n, file, line, status, closed FROM service WHERE status <> '' OR closed <> '' ORDER BY n"
    ):
        state = "closed" if closed else standing(status)
        if state == "present":
            continue
        rule = {
            "closed": "excluded by its source: left out",
            "gone": "closed or not to be referred to: left out",
            "unknown": "unknown status: left out, to be looked at",
        }[state]
        stage.report.add(rule, stage.files[file], line, status)
        left_out.append((n,))
    stage.db.executemany("DELETE FROM service WHERE n = ?", left_out)
    for table, rule in (("phone", "private number: left out"), ("contact", "private contact: left out"),
                        ("service_at_location", "excluded link: left out")):  # fmt: skip
        stage.told(rule, f"SELECT file, line, '' FROM {table} WHERE closed <> ''")  # noqa: S608
        stage.db.execute(f"DELETE FROM {table} WHERE closed <> ''")  # noqa: S608


def _phones_of_contacts(stage: Stage) -> None:
    """Give the numbers of contacts the parents of their contact: a person's name stays out, the number may serve."""
    if not stage.counts.get("phone") or not stage.counts.get("contact"):
        return
    stage.db.execute(
        "UPDATE phone SET contact_id = '' WHERE contact_id <> '' AND (service_id <> '' OR location_id <> '' OR"
        " organization_id <> '' OR service_at_location_id <> '')"
    )
    stage.db.execute(
        "UPDATE phone SET service_id = c.service_id, location_id = c.location_id, organization_id = c.organization_id,"
        " service_at_location_id = c.service_at_location_id FROM contact AS c WHERE c.id = phone.contact_id AND"
        " phone.contact_id <> '' AND phone.service_id = '' AND phone.location_id = '' AND phone.organization_id = ''"
        " AND phone.service_at_location_id = ''"
    )


def _find_shelters(stage: Stage, open_shelters: frozenset[str]) -> None:
    """Note the services whose words say that their address could be somebody's safety."""
    query = (
        "SELECT s.id, s.description, s.name, s.alternate_name, s.terms, coalesce(o.name, ''), coalesce(o.alternate_name, '')"
        " FROM service AS s LEFT JOIN organization AS o ON o.id = s.organization_id AND s.organization_id <> ''"
    )
    terms = (
        "SELECT t.name FROM attribute AS a JOIN taxonomy_term AS t ON t.id = a.taxonomy_term_id WHERE a.link_id = ?"
        if stage.counts.get("attribute") and stage.counts.get("taxonomy_term")
        else ""
    )
    found = []
    for key, description, *texts in stage.db.execute(query):
        if terms:
            texts += [name for (name,) in stage.db.execute(terms, (key,))]
        about = " \n".join(text for text in texts if text)
        if key not in open_shelters and is_shelter(about, description):
            found.append((key, int(is_home(about, description))))
    stage.db.executemany("INSERT OR IGNORE INTO hidden VALUES(?,?)", found)


def _close_addresses(stage: Stage) -> Visibility:
    """Close addresses by flag, by their words, for shelters, and wherever a street is closed elsewhere."""
    seen = Visibility()
    stage.db.execute(
        "UPDATE address SET closed = 'yes' WHERE closed = '' AND location_id IN"
        " (SELECT id FROM location WHERE closed <> '')"
    )
    words = stage.db.execute(
        "SELECT n, attention, address_1, address_2, city, address_type FROM address WHERE closed = ''"
    )
    secret = [(n,) for n, *texts in words if says_secret(*texts)]
    stage.db.executemany("UPDATE address SET closed = 'yes' WHERE n = ?", secret)
    _learn(stage, seen, "a.closed <> ''", "1")
    at_shelters = (
        "SELECT l.location_id FROM service_at_location AS l JOIN hidden AS h ON h.id = l.service_id WHERE h.home"
    )
    _learn(stage, seen, f"a.location_id IN ({at_shelters})", "0")
    stage.told(
        "shelter: address closed unless its publisher opens it",
        f"SELECT file, line, '' FROM address WHERE closed = '' AND location_id IN ({at_shelters})",  # noqa: S608
    )
    stage.db.execute(f"UPDATE address SET closed = 'shelter' WHERE closed = '' AND location_id IN ({at_shelters})")  # noqa: S608
    stage.db.execute(f"UPDATE location SET closed = 'shelter' WHERE closed = '' AND id IN ({at_shelters})")  # noqa: S608
    _close_the_same(stage, seen)
    stage.told("address kept private", "SELECT file, line, '' FROM address WHERE closed = 'yes'")
    return seen


_OWNERS = (
    "coalesce(nullif(a.organization_id, ''), (SELECT organization_id FROM location WHERE id = a.location_id AND"
    " organization_id <> ''), (SELECT s.organization_id FROM service_at_location AS l JOIN service AS s ON"
    " s.id = l.service_id WHERE l.location_id = a.location_id LIMIT 1), '')"
)


def _learn(stage: Stage, seen: Visibility, which: str, everywhere: str) -> None:
    query = f"SELECT a.address_1, a.address_2, {_OWNERS}, {everywhere} FROM address AS a WHERE {which}"  # noqa: S608
    for first, second, owner, whole in stage.db.execute(query):
        for street in (first, second):
            if street:
                seen.hide(street, owner, everywhere=bool(whole))


def _close_the_same(stage: Stage, seen: Visibility) -> None:
    """Close an address whose street another record keeps private: where they disagree the stricter holds."""
    same = []
    for n, street, owner in stage.db.execute(
        f"SELECT n, address_1, {_OWNERS} FROM address AS a WHERE closed = '' AND address_1 <> ''"  # noqa: S608
    ):
        if seen.streets.holds(street) or seen.of(owner).holds(street):
            same.append((n,))
    stage.db.executemany("UPDATE address SET closed = 'same' WHERE n = ?", same)
    stage.told(
        "another record keeps this address private: closed here, too",
        "SELECT file, line, '' FROM address WHERE closed = 'same'",
    )
