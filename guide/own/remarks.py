"""What is worth a look in a service while it is typed: numbers, doubles in the guide, hard words, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guide.own.doubles import Double
from guide.records import Service
from guide.records.house import Remark

HARDEST = 8.0  # US school grade (SAFETY A1)


def remarks(
    service: Service, doubles: Iterable[Double] = (), refused: Sequence[tuple[str, str]] = ()
) -> tuple[Remark, ...]:
    """Return what to look at, what stops it from being kept first. ``doubles`` are the entries it may be one of,
    ``refused`` the numbers that must never be published, each with what it was.
    """
    found: list[Remark] = []
    if not service.name.text.strip():
        found.append(Remark("name", "name", stops=True))
    if not service.category:
        found.append(Remark("need", "category", stops=True))
    wrong = {"".join(c for c in number if c.isdigit()).removeprefix("1"): was for number, was in refused}
    for place, phone in enumerate(service.phones):
        if not phone.dial:
            found.append(Remark("dial", f"phones/{place}", phone.published))
        elif (was := wrong.get("".join(c for c in phone.dial if c.isdigit()).removeprefix("1"))) is not None:
            found.append(Remark("refused", f"phones/{place}", phone.published, was, stops=True))
    if not (service.phones or service.urls or service.url or service.email):
        found.append(Remark("contact", "phones"))
    places = {phone.published: f"phones/{n}" for n, phone in enumerate(service.phones)}
    for one in doubles:
        kind = "number-double" if one.number else "name-double"
        found.append(Remark(kind, places.get(one.number, "name"), one.number or service.name.text, one.name))
    from guide.publish.lint.words import reading_grade

    for field in ("description", "eligibility", "application_process"):
        words = getattr(service, field)
        grade = reading_grade(words.given("en")) if words else 0.0
        if grade > HARDEST:
            found.append(Remark("grade", field, f"{grade:.0f}"))
    if service.description and not (service.description.has("es") and service.name.has("es")):
        found.append(Remark("spanish", "description"))
    return tuple(sorted(found, key=lambda r: not r.stops))
