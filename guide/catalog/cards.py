"""A whole service into the card that lists show."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from guide.catalog.freshness import freshness
from guide.catalog.hours import ANYWHERE, open_of
from guide.clock import Here
from guide.records import Audience, Card, Channel, Edition, Organization, Service, Words


def card_of(service: Service, edition: Edition, now: datetime, here: Here = ANYWHERE) -> Card:
    """Return the card of ``service`` as it is at ``now``; hidden numbers are not on it."""
    return replace(
        undated(service),
        open=open_of(service, now, edition.timezone, here),
        freshness=freshness(service, edition, now.date()),
    )


def undated(service: Service) -> Card:
    """Return the card of ``service`` without what depends on the day and the hour."""
    return Card(
        id=service.id,
        name=service.name,
        discreet_name=service.discreet_name,
        organization=_giver(service.organization),
        category=service.category,
        phone=service.main_phone(),
        text=next((p for p in service.shown_phones() if p.channel is Channel.TEXT), None),
        languages=service.languages,
        language_note=service.language_note,
        tags=service.tags,
        summary=service.description,
        url=service.url,
        staff_only=service.audience is Audience.STAFF,
        cost=service.cost,
    )


def _giver(organization: Organization | None) -> Words:
    return organization.name if organization else Words("")
