"""Two made-up publishers with three editions each, and what is known of every entry in them. All numbers are fictional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guide.bundles.fingerprint import fingerprint
from guide.records import Address, Audience, Location, Organization, Phone, Service, Words
from tests.makers import ALWAYS, make_catalog, make_phone, make_service
from tests.publisher import Publisher

STATE, COUNTY = "", "county"
CLOSED_ROADS = ("Quillfern", "Wexbarrow", "Juniperhook", "Zindlemoor")  # streets no visitor may ever read
STAFF_WORDS = ("vorpalnote", "snarknote")  # said by publishers to staff alone
CALL_NOW = ("lifeline", "emergency", "state-line")


def line(name: str, number: str | Sequence[Phone], original: str = "", **over: object) -> Service:
    """Return an entry with one number, or with these."""
    phones = (make_phone(number),) if isinstance(number, str) else tuple(number)
    return make_service(name, original, phones=phones, **over)


def place(road: str, original: str, visibility: str = "never") -> Location:
    """Return a place in a road, closed unless it is said otherwise."""
    return Location(
        f"place-{original}", Words(f"House in {road}"), transportation=f"Bus to {road}", latitude=42.0, longitude=-71.0,
        addresses=(Address(f"4 {road} Lane", "Boston", "MA", "02139", visibility=visibility),),
    )  # fmt: skip


LIFELINE = line("Lifeline", "988", category="crisis", schedules=ALWAYS)
EMERGENCY = line("Emergency Services", "911", "emergency", category="crisis", schedules=ALWAYS)
STATE_LINE = line("State Crisis Line", "(617) 555-2101", "state-line", category="crisis", schedules=ALWAYS)
VETERANS = line("Veterans Warm Line", [make_phone("(617) 555-2102"), make_phone("988")], category="safety")
HARBOR = line("Harbor Refuge", "(617) 555-2103", "harbor", category="housing", locations=(place("Quillfern", "harbor"),),
              staff_note="vorpalnote", also_in=("safety",), tags=("women",))  # fmt: skip
LEGAL = line("Bridge Legal Aid", "(617) 555-2104", "legal", category="legal", hours=Words("Mon-Fri 9am-5pm"),
             cost=Words("Free"), locations=(place("Maple", "legal", "public"),))  # fmt: skip
TRAINING = line("Ally Training", "(617) 555-2105", category="staff-training", audience=Audience.STAFF)
PANTRY = line("Corner Pantry", "(617) 555-2106", category="safety", locations=(place("Juniperhook", "pantry", "area"),))
CLINIC = line("Tuesday Clinic", "(617) 555-2107", category="safety", schedules=ALWAYS)
JOBS = line(
    "Second Start Jobs", "(617) 555-2108", category="legal", organization=Organization("org", Words("Start House"))
)
NO_NUMBER = line("Only A Page", [], category="legal", url="https://page.example")

COUNTY_LINE = line("Metro Crisis Line", "(617) 555-2201", "county-line", category="crisis", schedules=ALWAYS)
METRO_LEGAL = line("Bridge Legal Aid", "(617) 555-2104", "metro-legal", category="legal")  # the same as the state's
METRO_LIFELINE = line("Lifeline", "988", "metro-lifeline", category="crisis", schedules=ALWAYS)  # and so is this
METRO_PANTRY = line(
    "Corner Pantry",
    "(617) 555-2202",
    "corner-pantry",
    category="safety",
    locations=(place("Oakdene", "pantry", "public"),),
)  # fmt: skip - the state's id, another number
SAFE_HOUSE = line("Wren House", "(617) 555-2203", category="housing", locations=(place("Wexbarrow", "wren"),),
                  staff_note="snarknote")  # fmt: skip
METRO_CLINIC = line("Tuesday Clinic", "(617) 555-2107", "metro-clinic", category="safety", audience=Audience.STAFF)
METRO_TRAINING = line("Ally Training", "(617) 555-2105", "metro-training", category="staff-training")


def numbered(service: Service, number: str) -> Service:
    """Return an entry with another number in the place of its first."""
    fresh = replace(make_phone(number), id=service.phones[0].id)
    return replace(service, phones=(fresh, *service.phones[1:]))


STATE_EDITIONS = {
    1: (LIFELINE, EMERGENCY, STATE_LINE, VETERANS, HARBOR, LEGAL, TRAINING, PANTRY, CLINIC),
    2: (LIFELINE, EMERGENCY, numbered(STATE_LINE, "(617) 555-2111"), VETERANS, numbered(HARBOR, "(617) 555-2113"),
        replace(LEGAL, hours=Words("Mon-Thu 9am-5pm")), TRAINING, CLINIC, JOBS, NO_NUMBER),
    3: (LIFELINE, EMERGENCY, numbered(STATE_LINE, "(617) 555-2111"), replace(VETERANS, audience=Audience.STAFF), HARBOR,
        numbered(LEGAL, "(617) 555-2114"), TRAINING, PANTRY, replace(CLINIC, status="defunct"), JOBS),
}  # fmt: skip
COUNTY_EDITIONS = {
    1: (COUNTY_LINE, METRO_LEGAL, METRO_LIFELINE, METRO_PANTRY, SAFE_HOUSE),
    2: (numbered(COUNTY_LINE, "(617) 555-2211"), METRO_LEGAL, METRO_LIFELINE, SAFE_HOUSE, METRO_CLINIC, METRO_TRAINING),
    3: (COUNTY_LINE, METRO_LIFELINE, METRO_PANTRY, numbered(SAFE_HOUSE, "(617) 555-2213"), METRO_TRAINING),
}
# Two publishers' entries that are one line of help wherever both list them with one number: shown once.
SAME = ((LEGAL, METRO_LEGAL), (LIFELINE, METRO_LIFELINE), (CLINIC, METRO_CLINIC), (TRAINING, METRO_TRAINING))
SAME_IDS = frozenset(frozenset((a.id, b.id)) for a, b in SAME)


def one_line(first: Service, second: Service) -> bool:
    """Say whether two entries of two publishers are one, as ``catalog/alike`` has to find out."""
    shared = {p.dial for p in first.phones} & {p.dial for p in second.phones}
    if first.id == second.id:  # one id and name: whichever counts more is shown, also with another number
        return first.name == second.name
    return bool(shared) and frozenset((first.id, second.id)) in SAME_IDS


@dataclass(frozen=True)
class World:
    """The publishers, and their bundles by edition."""

    state: Publisher
    county: Publisher
    bundles: dict[tuple[str, int], Path]
    root: Path
    words: str

    def editions(self, key: str) -> dict[int, tuple[Service, ...]]:
        """Return the entries of each edition of one publisher."""
        return STATE_EDITIONS if key == STATE else COUNTY_EDITIONS


def make_world(folder: Path) -> World:
    """Sign everything once."""
    state = Publisher(folder / "state", shipped=STATE_EDITIONS[1], call_now=CALL_NOW)
    county = Publisher(folder / "county", "Metro County", shipped=COUNTY_EDITIONS[1], call_now=("county-line",))
    bundles = {}
    for publisher, key, editions, first in (
        (state, STATE, STATE_EDITIONS, CALL_NOW), (county, COUNTY, COUNTY_EDITIONS, ("metro-lifeline", "county-line")),
    ):  # fmt: skip
        for number, services in editions.items():
            signed = number + (key == COUNTY)  # a publisher's first edition is the one its keys were made with
            if signed == 1:
                continue
            catalog = make_catalog(publisher.folder / f"{number}.db", services, number=signed, name=f"2026.{signed:02}",
                                   publisher_name=publisher.name, call_now=first)  # fmt: skip
            bundles[key, number] = Path(publisher.published(catalog, f"{number}.guide", day=number / 10).path)
    root = folder / "county-root.json"
    root.write_bytes(county.repository.roots()[-1])
    return World(state, county, bundles, root, " ".join(fingerprint(county.repository.roots()[-1])))
