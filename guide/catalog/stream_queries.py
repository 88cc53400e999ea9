"""The queries that ``stream`` reads services by: each gives its rows in static order, from one rank on.

``CROSS JOIN`` keeps SQLite to the order written here, so that nothing is sorted as a whole and memory stays flat.
"""

from __future__ import annotations

SERVICE = """SELECT rank, s.id, original_id, publisher, s.name, category, s.description, audience, s.alternate_name,
    discreet_name, s.url, s.email, language_note, hours, eligibility_description, fees_description,
    application_process, alert, assured_date, assurer, source_date, recheck_by, s.language,
    o.id, o.name, o.alternate_name, o.language, o.url, o.email, last_seen, last_modified, s.status
    FROM service s LEFT JOIN organization o ON o.id = s.organization_id WHERE rank >= ? ORDER BY rank"""
_FROM = "FROM service s CROSS JOIN"
_PHONE = f"""SELECT s.rank, p.id, channel, number, value, dial, extension, keyword, note, languages, p.language, hidden,
    evidence, official_as_of, secondary_as_of, sources
    {_FROM} phone p ON p.service_id = s.id WHERE s.rank >= ? ORDER BY s.rank, p.position"""
_URL = f"""SELECT s.rank, u.id, kind, u.url, label, note, u.language
    {_FROM} url u ON u.service_id = s.id WHERE s.rank >= ? ORDER BY s.rank, u.position"""
_ATTRIBUTE = f"""SELECT s.rank, taxonomy, code
    {_FROM} attribute a ON a.link_id = s.id WHERE s.rank >= ? ORDER BY s.rank, a.position"""
_LISTED = f"""SELECT s.rank, l.id, kind, value, l.language
    {_FROM} service_list l ON l.service_id = s.id WHERE s.rank >= ? ORDER BY s.rank, l.position"""
HOURS_NAMES = (
    "byday", "opens_at", "closes_at", "timezone", "valid_from", "valid_to", "description", "freq", "interval",
    "bymonthday", "byyearday", "byweekno", "wkst", "dtstart", "kind", "holidays", "season",
)  # fmt: skip
_HOURS = f"""SELECT s.rank, {", ".join("h." + name for name in HOURS_NAMES)}
    {_FROM} schedule h ON h.link_id = s.id WHERE s.rank >= ? ORDER BY s.rank, h.position"""
_AT = "service_at_location at ON at.service_id = s.id"
_PLACE = f"""SELECT s.rank, l.id, l.name, l.description, transportation, latitude, longitude, accessibility, languages,
    l.language {_FROM} {_AT} LEFT JOIN location l ON l.id = at.location_id
    WHERE s.rank >= ? ORDER BY s.rank, at.position"""
_ADDRESS = f"""SELECT s.rank, a.location_id, address_1, city, state_province, postal_code, country, address_2,
    address_type, visibility {_FROM} {_AT} CROSS JOIN address a ON a.location_id = at.location_id
    WHERE s.rank >= ? ORDER BY s.rank, at.position, a.position"""
_OTHERS = f"""SELECT s.rank, t.row_id, t.field, t.language, t.text {_FROM} {{}} translation t ON t.row_id = {{}}
    WHERE s.rank >= ? ORDER BY s.rank, t.language"""
OTHERS_OF = {
    "service": _OTHERS.format("", "s.id"),
    "organization": _OTHERS.format("", "s.organization_id"),
    "phone": _OTHERS.format("phone p ON p.service_id = s.id CROSS JOIN", "p.id"),
    "url": _OTHERS.format("url u ON u.service_id = s.id CROSS JOIN", "u.id"),
    "service_list": _OTHERS.format("service_list l ON l.service_id = s.id CROSS JOIN", "l.id"),
    "location": _OTHERS.format(f"{_AT} CROSS JOIN", "at.location_id"),
}
# Hours of places: no index asks for them, the lint does.
PLACE_HOURS = f"""SELECT s.rank, h.link_id, {", ".join("h." + name for name in HOURS_NAMES)} {_FROM} {_AT}
    CROSS JOIN schedule h ON h.link_id = at.location_id WHERE s.rank >= ? ORDER BY s.rank, at.position, h.position"""
TRANSLATED = "SELECT 1 FROM translation t CROSS JOIN {0} ON {0}.id = t.row_id LIMIT 1"
PARTS = (_PHONE, _URL, _ATTRIBUTE, _LISTED, _HOURS, _PLACE, _ADDRESS)
