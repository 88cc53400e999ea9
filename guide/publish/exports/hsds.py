"""One service as a nested HSDS 3.x object, and back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from guide.catalog.rows import digest
from guide.publish.exports.codec import decode, encode
from guide.publish.exports.hsds_fields import OURS, Object, back, out
from guide.records import Address, Category, Location, Organization, Phone, Schedule, Service, Tag, Url, Words

DIGEST = "digest"
TAXONOMIES = {"category": "Needs", "tag": "Tags"}
_SPACE = uuid.UUID("2f1a6f0e-6d0c-5f0f-9a55-0c7d3c7f2b10")
_OF_SERVICE = frozenset(
    {"phones", "urls", "languages", "schedules", "locations", "required_documents", "service_areas", "organization",
     "category", "also_in", "tags", "digest"}
)  # fmt: skip
_OF_PLACE = frozenset({"addresses", "accessibility", "languages", "schedules"})
Terms = Mapping[tuple[str, str], Category | Tag]


def hsds_of(service: Service, terms: Terms) -> Object:
    """Return ``service`` as the standard nests it. Hidden numbers are among our own facts alone, never in ``phones``."""
    found = out(service, _OF_SERVICE)
    found["additional_urls"] = [out(url) for url in service.urls]
    found["phones"] = [_phone(phone) for phone in service.phones if not phone.hidden]
    found["schedules"] = _schedules(service.id, service.schedules)
    found["languages"] = _languages(service.id, service.languages)
    found["required_documents"] = _listed(
        service.id, "required_document", "document", [w.text for w in service.required_documents]
    )
    found["service_areas"] = _listed(service.id, "service_area", "name", service.service_areas)
    found["service_at_locations"] = [
        {
            "id": _made(service.id, "at", place.id),
            "service_id": service.id,
            "location_id": place.id,
            "location": _place(place),
        }
        for place in service.locations
    ]
    found["attributes"] = _attributes(service, terms)
    if service.organization is not None:
        giver = out(service.organization)
        found["organization"] = giver | {"description": giver.get("description", "")}
        found["organization_id"] = service.organization.id
    ours: Object = found.setdefault(OURS, {})
    ours[DIGEST] = digest(service)  # so that a reader knows which entries somebody edited since
    if any(phone.hidden for phone in service.phones):
        ours["hidden_phones"] = [[n, encode(p)] for n, p in enumerate(service.phones) if p.hidden]
    if any(w != Words(w.text) for w in service.required_documents):
        ours["required_documents"] = encode(service.required_documents)
    return {name: one for name, one in found.items() if one not in (None, [], {})}  # the schemas know no null


def service_of(given: Object) -> Service:
    """Return the service of an object that ``hsds_of`` made.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it cannot be read.
    """
    ours = given.get(OURS) or {}
    phones = [_phone_back(one) for one in given.get("phones", ())]
    for place, hidden in ours.get("hidden_phones", ()):
        phones.insert(int(place), decode(Phone, hidden))
    terms = [one["taxonomy_term"] for one in given.get("attributes", ())]
    needs = [term["code"] for term in terms if term["taxonomy"] == TAXONOMIES["category"]]
    giver = given.get("organization")
    documents = (
        decode(tuple[Words, ...], ours["required_documents"])
        if "required_documents" in ours
        else tuple(Words(one["document"]) for one in given.get("required_documents", ()))
    )
    return back(
        Service,
        given | {OURS: {k: v for k, v in ours.items() if k not in ("hidden_phones", "required_documents", DIGEST)}},
        category=needs[0],
        also_in=tuple(needs[1:]),
        tags=tuple(term["code"] for term in terms if term["taxonomy"] == TAXONOMIES["tag"]),
        phones=tuple(phones),
        urls=tuple(back(Url, one) for one in given.get("additional_urls", ())),
        languages=tuple(one["code"] for one in given.get("languages", ())),
        schedules=tuple(back(Schedule, one) for one in given.get("schedules", ())),
        required_documents=documents,
        service_areas=tuple(one["name"] for one in given.get("service_areas", ())),
        locations=tuple(_place_back(one["location"]) for one in given.get("service_at_locations", ())),
        organization=back(Organization, giver) if giver else None,
    )


def term_of(taxonomy: str, term: Category | Tag) -> Object:
    """Return a need or a tag as a term of ours."""
    hint = term.hint.text if isinstance(term, Category) else ""
    return {
        "id": _made("term", taxonomy, term.slug), "code": term.slug, "name": term.label.text, "description": hint or term.label.text,
        "taxonomy": TAXONOMIES[taxonomy], "taxonomy_id": taxonomy_of(taxonomy)["id"],
    }  # fmt: skip


def taxonomy_of(taxonomy: str) -> Object:
    """Return one of our two taxonomies."""
    about = {"category": "What people need, as the guide shows it", "tag": "Further words that entries are found by"}
    return {"id": _made("taxonomy", taxonomy), "name": TAXONOMIES[taxonomy], "description": about[taxonomy]}


def made_up_giver(service: Object) -> Object:
    """Return an organization for a service that has none: the tables cannot be without, and ours reads it no more."""
    return {"id": _made(service["id"], "organization"), "name": service["name"], "description": service["name"]}


def is_made_up(giver: str, service: str) -> bool:
    """Say whether the organization ``giver`` was made up for ``service``."""
    return giver == _made(service, "organization")


def _phone(phone: Phone) -> Object:
    found = out(phone, frozenset({"languages", "hidden"}))
    return found | {"languages": _languages(phone.id, phone.languages)}


def _phone_back(given: Object) -> Phone:
    return back(Phone, given, languages=tuple(one["code"] for one in given.get("languages", ())))


def _place(place: Location) -> Object:
    found = out(place, _OF_PLACE) | {"location_type": "physical"}
    needed = ("address_1", "city", "state_province", "postal_code", "country", "address_type")  # "" where there is none
    found["addresses"] = [
        dict.fromkeys(needed, "") | {"id": _made(place.id, "address", str(n))} | out(one)
        for n, one in enumerate(place.addresses)
    ]
    found["accessibility"] = _listed(place.id, "accessibility", "description", place.accessibility)
    found["languages"] = _languages(place.id, place.languages)
    found["schedules"] = _schedules(place.id, place.schedules)
    return found


def _place_back(given: Object) -> Location:
    return back(
        Location,
        given,
        addresses=tuple(back(Address, one) for one in given.get("addresses", ())),
        accessibility=tuple(one["description"] for one in given.get("accessibility", ())),
        languages=tuple(one["code"] for one in given.get("languages", ())),
        schedules=tuple(back(Schedule, one) for one in given.get("schedules", ())),
    )


def _attributes(service: Service, terms: Terms) -> list[Object]:
    listed = [("category", code) for code in (service.category, *service.also_in)]
    listed += [("tag", code) for code in service.tags]
    found = []
    for taxonomy, code in listed:
        term = terms.get((taxonomy, code)) or Tag(code, Words(code), "")
        body = term_of(taxonomy, term)
        found.append({
            "id": _made(service.id, taxonomy, code), "link_id": service.id, "link_entity": "service",
            "taxonomy_term_id": body["id"], "taxonomy_term": body,
        })  # fmt: skip
    return found


def _schedules(owner: str, schedules: tuple[Schedule, ...]) -> list[Object]:
    return [{"id": _made(owner, "schedule", str(n))} | out(one) for n, one in enumerate(schedules)]


def _languages(owner: str, codes: tuple[str, ...]) -> list[Object]:
    return [{"id": _made(owner, "language", str(n)), "code": code, "name": code} for n, code in enumerate(codes)]


def _listed(owner: str, what: str, name: str, texts: Any) -> list[Object]:
    return [{"id": _made(owner, what, str(n)), name: text} for n, text in enumerate(texts)]


def _made(*parts: str) -> str:
    return str(uuid.uuid5(_SPACE, "\n".join(parts)))
