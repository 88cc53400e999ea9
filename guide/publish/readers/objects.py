"""What the standard's tables are called in every version of it, and the columns we take in: all others stay out.

This is the allow-list (SAFETY L1): a column that is not named here is never read into anything.
"""

from __future__ import annotations

import re

# Each table of ours with its columns; "id" and the keys of its parents come first. HSDS 3.x names, singular.
COLUMNS: dict[str, tuple[str, ...]] = {
    "organization": ("id", "name", "alternate_name", "description", "url", "email", "status", "closed"),
    "program": ("id", "organization_id", "name"),
    "service": (
        "id", "organization_id", "program_id", "location_id", "name", "alternate_name", "description", "url", "email",
        "status", "interpretation_services", "application_process", "fees_description", "wait_time",
        "eligibility_description", "minimum_age", "maximum_age", "assured_date", "alert", "last_modified", "languages",
        "required_documents", "service_areas", "payments", "terms", "hours", "closed",
    ),
    "location": (
        "id", "organization_id", "location_type", "name", "description", "transportation", "latitude", "longitude",
        "languages", "accessibility", "status", "closed",
    ),
    "service_at_location": ("id", "service_id", "location_id", "closed"),
    "address": (
        "id", "location_id", "organization_id", "attention", "address_1", "address_2", "city", "state_province",
        "postal_code", "country", "address_type", "closed",
    ),
    "phone": (
        "id", "service_id", "location_id", "organization_id", "service_at_location_id", "contact_id", "number",
        "extension", "type", "description", "department", "language", "closed",
    ),
    "contact": ("id", "service_id", "location_id", "organization_id", "service_at_location_id", "closed"),
    "schedule": (
        "id", "service_id", "location_id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "until",
        "count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "description", "opens_at",
        "closes_at", "notes", "weekday", "original_text", "start_date", "end_date", "shut", "form",
    ),
    "service_area": ("id", "service_id", "service_at_location_id", "name"),
    "language": ("id", "service_id", "location_id", "phone_id", "name", "code", "note"),
    "accessibility": ("id", "location_id", "service_id", "description", "details"),
    "required_document": ("id", "service_id", "document"),
    "cost_option": ("id", "service_id", "option", "currency", "amount", "amount_description"),
    "eligibility": ("id", "service_id", "eligibility", "minimum_age", "maximum_age"),
    "payment_accepted": ("id", "service_id", "payment"),
    "attribute": ("id", "link_id", "link_entity", "taxonomy_term_id", "value", "label"),
    "taxonomy": ("id", "name"),
    "taxonomy_term": ("id", "code", "name", "taxonomy", "taxonomy_id"),
    "url": ("id", "service_id", "organization_id", "label", "url"),
    "unit": ("id", "name"),
    "service_capacity": ("id", "service_id", "unit_id", "available", "maximum", "description", "updated"),
    "translation": ("id", "table_name", "field", "language", "text"),
}  # fmt: skip
# Objects of the standard that hold nothing a visitor needs, or what is nobody's business: told by name, never read.
NOT_CARRIED = ("funding", "organization_identifier", "metadata", "meta_table_description")
# Older names, and those of Ohana, Open Referral UK 1.0 and tools in the field -> ours (DATA 1.5).
TABLES = {
    "organisation": "organization", "agency": "organization", "provider": "organization",
    "services_at_location": "service_at_location", "service_at_locations": "service_at_location",
    "services_at_locations": "service_at_location", "service_location": "service_at_location",
    "physical_address": "address", "postal_address": "address", "mail_address": "address",
    "mailing_address": "address", "location_address": "address",
    "regular_schedule": "schedule", "holiday_schedule": "schedule",
    "service_taxonomy": "attribute", "services_taxonomy": "attribute", "service_attribute": "attribute",
    "other_attribute": "attribute", "link_taxonomy": "attribute",
    "accessibility_for_disability": "accessibility", "payments_accepted": "payment_accepted",
    "accepted_payment": "payment_accepted", "additional_url": "url", "additional_website": "url",
    "capacity": "service_capacity", "program_service": "program", "required_doc": "required_document",
    "eligibilities": "eligibility", "identifier": "organization_identifier", "meta": "metadata",
}  # fmt: skip
# Columns by another name, in any table; then those of one table only.
ANY = {
    "organisation_id": "organization_id", "service_at_locations_id": "service_at_location_id",
    "last_updated": "last_modified", "updated_at": "last_modified", "modified": "last_modified",
    "last_action_date": "last_modified", "date_modified": "last_modified", "lat": "latitude", "lng": "longitude",
    "lon": "longitude", "long": "longitude", "alternate_names": "alternate_name", "lang": "language",
}  # fmt: skip
OWN = {
    "organization": {"website": "url", "organization_status": "status", "title": "name"},
    "service": {
        "website": "url", "how_to_apply": "application_process", "fees": "fees_description", "title": "name",
        "eligibility": "eligibility_description", "audience": "eligibility_description", "taxonomy_ids": "terms",
        "category_ids": "terms", "keywords": "terms", "categories": "terms", "category": "terms", "taxonomy_term_ids": "terms", "accepted_payments": "payments",
        "payments_accepted": "payments", "service_area": "service_areas", "language": "languages",
        "hours_of_operation": "hours", "regular_schedule": "hours", "location_ids": "location_id",
        "minimum_eligible_age": "minimum_age", "maximum_eligible_age": "maximum_age", "last_verified": "assured_date",
        "attending_access": "application_process", "verified_at": "assured_date", "required_document": "required_documents",
    },
    "location": {"language": "languages", "accessibility_for_disabilities": "accessibility", "title": "name"},
    "address": {
        "street": "address_1", "address": "address_1", "street_1": "address_1", "street_2": "address_2",
        "street_address": "address_1", "address1": "address_1", "address2": "address_2", "zip": "postal_code",
        "zip_code": "postal_code", "zipcode": "postal_code", "postcode": "postal_code", "state": "state_province",
        "province": "state_province", "town": "city", "type": "address_type",
    },
    "phone": {"number_type": "type", "phone_type": "type", "phone_number": "number", "phone": "number", "ext": "extension",
              "languages": "language"},
    "schedule": {"closed": "shut", "opens": "opens_at", "closes": "closes_at", "day": "weekday", "rest": "notes"},
    "service_area": {"service_area": "name"},
    "language": {"language": "name"},
    "accessibility": {"accessibility": "description"},
    "required_document": {"name": "document"},
    "attribute": {"service_id": "link_id", "taxonomy_id": "taxonomy_term_id", "link_type": "link_entity"},
    "taxonomy_term": {"term": "name", "vocabulary": "taxonomy", "taxonomy_name": "taxonomy"},
    "payment_accepted": {"name": "payment"},
    "eligibility": {"name": "eligibility"},
    "unit": {"unit": "name"},
}  # fmt: skip
# Columns that may hold several keys ("908...,727...").
KEYS = frozenset({"service_id", "location_id", "organization_id", "service_at_location_id", "contact_id", "phone_id",
                  "link_id", "taxonomy_term_id", "program_id", "unit_id"})  # fmt: skip
_MARKS = re.compile(r"^(hsds|oruk|openreferral|open_referral|tbl|tb|vw|view|v|export|api|public|raw|stg|dim)_|"
                    r"_(table|export|csv|data|list|view|hsds|full|final|\d+)$")  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ODD = re.compile(r"[^0-9a-z]+")


def plain_name(text: str) -> str:
    """Return a header or a file's name as the standard writes it: "Service ID" and "serviceId" are service_id."""
    text = _CAMEL.sub("_", text.strip().strip('"\ufeff').replace("\u200b", ""))
    return _ODD.sub("_", text.lower()).strip("_")


def table_of(name: str) -> str:
    """Return our table for a file's, a sheet's or a database's name, "" for one the standard does not have."""
    plain = plain_name(name)
    for _ in range(4):
        for one in (plain, _singular(plain)):
            if one in COLUMNS or one in NOT_CARRIED:
                return one
            if one in TABLES:
                return TABLES[one]
        shorter = _MARKS.sub("", plain)
        if shorter == plain:
            break
        plain = shorter
    return ""


def column_of(table: str, header: str) -> str:
    """Return our column for a header of ``table``, "" for one that is not taken in."""
    plain = plain_name(header)
    if plain.endswith(("_uuid", "_guid")):
        plain = f"{plain[:-5]}_id"
    if plain not in COLUMNS[table] and plain.startswith(f"{table}_") and plain != f"{table}_id":
        plain = plain.removeprefix(f"{table}_")  # "service_name" in a table of services
    name = OWN.get(table, {}).get(plain) or ANY.get(plain) or plain
    return name if name in COLUMNS[table] and name != "closed" else ""


def _singular(plain: str) -> str:
    for ending, one in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("s", "")):
        if plain.endswith(ending) and not plain.endswith("ss"):
            return plain.removesuffix(ending) + one
    return plain
