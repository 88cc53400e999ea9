"""The catalog's tables, in HSDS's names, with what HSDS lacks (docs/architecture.md).

A text that may be translated stands in its own column; its translations stand in ``translation`` under the
row's id and the column's name. Address rows that may not be shown do not exist (SAFETY L1, L2).
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
)

APPLICATION_ID = 0x52474431  # "RGD1"
SCHEMA = 1

metadata = MetaData()


def _id() -> Column[str]:
    return Column("id", String, primary_key=True)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, String, nullable=False, server_default=default)


def _parent(name: str, table: str) -> Column[str]:
    return Column(name, String, ForeignKey(f"{table}.id"), nullable=False, index=True)


edition = Table(
    "edition",
    metadata,
    Column("publisher", String, primary_key=True),
    _text("publisher_name"),
    Column("number", Integer, nullable=False),
    _text("name"),
    _text("title"),
    _text("language", "en"),
    Column("data_date", String),
    Column("published_at", String),
    Column("next_expected", String),
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

organization = Table(
    "organization", metadata, _id(), _text("name"), _text("alternate_name"), _text("description"),
    _text("url"), _text("email"), _text("language", "en"),
)  # fmt: skip

taxonomy_term = Table(
    "taxonomy_term",
    metadata,
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

service = Table(
    "service",
    metadata,
    Column("rank", Integer, primary_key=True),  # rowid: the static order of results
    Column("id", String, nullable=False, unique=True),
    _text("digest"),
    _text("original_id"),
    _text("publisher"),
    Column("organization_id", String, ForeignKey("organization.id"), index=True),
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
    Column("assured_date", String),
    _text("assurer"),
    Column("source_date", String),
    Column("last_seen", String),
    Column("last_modified", String),
    Column("recheck_by", String),
    _text("verification"),
    _text("staff_note"),
    _text("history"),
    Column("founding", Integer, nullable=False),
    Column("not_for_print", Integer, nullable=False),
    _text("details", "[]"),
    CheckConstraint("audience IN ('visitor', 'staff')"),
)
Index("service_digest", service.c.id, service.c.digest)

attribute = Table(  # links a service to a category (beyond its own) or a tag, by code
    "attribute",
    metadata,
    Column("link_id", String, ForeignKey("service.id"), primary_key=True),
    Column("taxonomy", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("position", Integer, nullable=False),
)

phone = Table(
    "phone",
    metadata,
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
    Column("official_as_of", String),
    Column("secondary_as_of", String),
    _text("sources", "[]"),
)

url = Table(
    "url",
    metadata,
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
    Column("official_as_of", String),
    Column("secondary_as_of", String),
    _text("sources", "[]"),
)

location = Table(
    "location",
    metadata,
    _id(),
    _text("name"),
    _text("description"),
    _text("transportation"),
    Column("latitude", Float),
    Column("longitude", Float),
    _text("accessibility", "[]"),
    _text("languages"),
    _text("language", "en"),
)

service_at_location = Table(
    "service_at_location",
    metadata,
    Column("service_id", String, ForeignKey("service.id"), primary_key=True),
    Column("location_id", String, ForeignKey("location.id"), primary_key=True),
    Column("position", Integer, nullable=False),
)

address = Table(
    "address",
    metadata,
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

schedule = Table(
    "schedule",
    metadata,
    _id(),
    Column("link_id", String, nullable=False, index=True),  # a service or a location
    Column("position", Integer, nullable=False),
    _text("byday"),
    Column("opens_at", String),
    Column("closes_at", String),
    _text("timezone"),
    Column("valid_from", String),
    Column("valid_to", String),
    _text("description"),
)

# Plain lists of a service: language, service_area, accessibility, required_document.
service_list = Table(
    "service_list",
    metadata,
    _id(),
    _parent("service_id", "service"),
    _text("kind"),
    Column("position", Integer, nullable=False),
    _text("value"),
    _text("language", "en"),
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    _parent("link_id", "service"),
    Column("position", Integer, nullable=False),
    _text("key"),
    _text("address"),
    Column("as_of", String),
    _text("kind"),
    _text("about"),
    Column("estimated", Integer, nullable=False),
)

do_not_print = Table(
    "do_not_print",
    metadata,
    Column("position", Integer, primary_key=True),
    _text("value"),
    _text("was"),
    _text("now"),
    _text("note"),
    _text("source", "null"),
)

translation = Table(
    "translation",
    metadata,
    Column("row_id", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("language", String, primary_key=True),
    _text("text"),
)
