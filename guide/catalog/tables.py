"""The catalog's tables, in HSDS's names, with what HSDS lacks (docs/architecture.md).

A text that may be translated stands in its own column; its translations stand in ``translation`` under the
row's id and the column's name. Address rows that may not be shown do not exist (SAFETY L1, L2).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

from guide.catalog.kind import APPLICATION_ID, SCHEMA

__all__ = ["APPLICATION_ID", "SCHEMA"]

metadata = MetaData()


def _table(name: str, *parts: Any) -> Table:
    """Return a STRICT table: no value of another kind gets in, and ``quick_check`` finds one that did (fitness)."""
    return Table(name, metadata, *parts, sqlite_strict=True)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _parent(name: str, table: str) -> Column[str]:
    return Column(name, Text, ForeignKey(f"{table}.id"), nullable=False, index=True)


edition = _table(
    "edition",
    Column("publisher", Text, primary_key=True),
    _text("publisher_name"),
    Column("number", Integer, nullable=False),
    _text("name"),
    _text("title"),
    _text("language", "en"),
    Column("data_date", Text),
    Column("published_at", Text),
    Column("next_expected", Text),
    _text("languages"),
    _text("timezone"),
    _text("licence"),
    _text("attribution"),
    _text("note"),
    Column("services", Integer, nullable=False),
    Column("default_review_days", Integer, nullable=False),
    Column("crisis_review_days", Integer, nullable=False),
    _text("call_now"),
    _text("meta", "[]"),
)

organization = _table(
    "organization", _id(), _text("name"), _text("alternate_name"), _text("description"),
    _text("url"), _text("email"), _text("language", "en"),
)  # fmt: skip

taxonomy_term = _table(
    "taxonomy_term",
    _id(),
    _text("taxonomy"),  # category or tag
    _text("code"),  # the slug
    _text("name"),
    _text("description"),
    _text("facet"),
    Column("position", Integer, nullable=False),
    Column("visitor", Integer, nullable=False),
    _text("crosswalk", "[]"),
    _text("language", "en"),
)

service = _table(
    "service",
    Column("rank", Integer, primary_key=True),  # rowid: the static order of results
    Column("id", Text, nullable=False, unique=True),
    _text("digest"),
    _text("original_id"),
    _text("publisher"),
    Column("organization_id", Text, ForeignKey("organization.id"), index=True),
    _text("language", "en"),
    _text("name"),
    _text("alternate_name"),
    _text("discreet_name"),
    _text("description"),
    _text("category"),
    _text("audience", "visitor"),
    _text("url"),
    _text("email"),
    _text("language_note"),
    _text("hours"),
    _text("eligibility_description"),
    Column("minimum_age", Integer),
    Column("maximum_age", Integer),
    _text("fees_description"),
    _text("application_process"),
    _text("status", "active"),
    _text("alert"),
    Column("assured_date", Text),
    _text("assurer"),
    Column("source_date", Text),
    Column("last_seen", Text),
    Column("last_modified", Text),
    Column("recheck_by", Text),
    _text("verification"),
    _text("staff_note"),
    _text("history"),
    Column("founding", Integer, nullable=False),
    Column("not_for_print", Integer, nullable=False),
    _text("details", "[]"),
    CheckConstraint("audience IN ('visitor', 'staff')"),
)
Index("service_digest", service.c.id, service.c.digest)

attribute = _table(  # links a service to a category (beyond its own) or a tag, by code
    "attribute",
    Column("link_id", Text, ForeignKey("service.id"), primary_key=True),
    Column("taxonomy", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("position", Integer, nullable=False),
)

phone = _table(
    "phone",
    _id(),
    _parent("service_id", "service"),
    Column("position", Integer, nullable=False),
    _text("channel"),
    _text("number"),  # as published
    _text("value"),
    _text("dial"),
    _text("extension"),
    _text("keyword"),
    _text("note"),
    _text("languages"),
    _text("language", "en"),
    Column("hidden", Integer, nullable=False),
    _text("evidence"),
    Column("official_as_of", Text),
    Column("secondary_as_of", Text),
    _text("sources", "[]"),
)

url = _table(
    "url",
    _id(),
    _parent("service_id", "service"),
    Column("position", Integer, nullable=False),
    _text("kind"),
    _text("url"),
    _text("label"),
    _text("note"),
    _text("language", "en"),
    _text("page_language"),
    _text("evidence"),
    Column("official_as_of", Text),
    Column("secondary_as_of", Text),
    _text("sources", "[]"),
)

location = _table(
    "location",
    _id(),
    _text("name"),
    _text("description"),
    _text("transportation"),
    Column("latitude", REAL),
    Column("longitude", REAL),
    _text("accessibility", "[]"),
    _text("languages"),
    _text("language", "en"),
)

service_at_location = _table(
    "service_at_location",
    Column("service_id", Text, ForeignKey("service.id"), primary_key=True),
    Column("location_id", Text, ForeignKey("location.id"), primary_key=True),
    Column("position", Integer, nullable=False),
)

address = _table(
    "address",
    _id(),
    _parent("location_id", "location"),
    Column("position", Integer, nullable=False),
    _text("address_1"),
    _text("address_2"),
    _text("city"),
    _text("state_province"),
    _text("postal_code"),
    _text("country"),
    _text("address_type", "physical"),
    _text("visibility", "public"),
    CheckConstraint("visibility = 'public' OR (visibility = 'area' AND address_1 = '' AND address_2 = '')"),
)

schedule = _table(
    "schedule",
    _id(),
    Column("link_id", Text, nullable=False, index=True),  # a service or a location
    Column("position", Integer, nullable=False),
    _text("byday"),
    Column("opens_at", Text),
    Column("closes_at", Text),
    _text("timezone"),
    Column("valid_from", Text),
    Column("valid_to", Text),
    _text("description"),
    _text("freq", "WEEKLY"),
    Column("interval", Integer, nullable=False, server_default="1"),
    _text("bymonthday"),
    _text("byyearday"),
    _text("byweekno"),
    _text("wkst", "MO"),
    Column("dtstart", Text),
    _text("kind"),  # regular "", holiday, appointment
    _text("holidays"),
    _text("season"),
)

# Plain lists of a service: language, service_area, accessibility, required_document.
service_list = _table(
    "service_list",
    _id(),
    _parent("service_id", "service"),
    _text("kind"),
    Column("position", Integer, nullable=False),
    _text("value"),
    _text("language", "en"),
)

evidence = _table(
    "evidence",
    _id(),
    _parent("link_id", "service"),
    Column("position", Integer, nullable=False),
    _text("key"),
    _text("address"),
    Column("as_of", Text),
    _text("kind"),
    _text("about"),
    Column("estimated", Integer, nullable=False),
)

do_not_print = _table(
    "do_not_print",
    Column("position", Integer, primary_key=True),
    _text("value"),
    _text("was"),
    _text("now"),
    _text("note"),
    _text("source", "null"),
)

translation = _table(
    "translation",
    Column("row_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    _text("text"),
)
