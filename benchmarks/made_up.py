"""Made-up services for measuring: any number, the same each time, worded as catalogs are, nobody's data.

Words follow Zipf's law (rank 1 is "the"): the first are real English and Spanish ones, behind them an open tail of
invented words, so that the vocabulary grows with the catalog as a real one does. Numbers are fictional (555-01xx).

Usage: made_up.py COUNT FOLDER
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta
from functools import lru_cache
from pathlib import Path
from sqlite3 import connect

from guide.catalog import rows
from guide.catalog.tables import APPLICATION_ID, SCHEMA, metadata
from guide.publish.ids import stable_id
from guide.records import (
    Address,
    Category,
    Channel,
    Edition,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Tag,
    Words,
)  # fmt: skip

# The commonest words of such texts, the commonest first; both languages mixed as in a bilingual catalog.
REAL = """
the and to of for a in services with de help or is from program are support la community people free y center who
housing health care family food legal en para shelter families youth children women assistance counseling por a los
need available appointment call walk hours monday friday not provides offers individuals adults county city state
emergency crisis treatment recovery mental domestic violence victims survivors abuse sexual assault trafficking
advocacy safety hotline line text chat clients residents income low eligible eligibility insurance medicaid medicare
sliding scale fee cost no years age over under must photo identification proof address birth certificate ayuda gratis
servicios familia comida refugio vivienda salud abogado violencia domestica mujeres niños jovenes apoyo centro crisis
pantry meals hot groceries clothing furniture diapers baby formula rent utility bills eviction prevention homeless
transitional permanent voucher section job training employment resume ged english classes literacy computer library
transportation bus pass rides veterans seniors disability disabled deaf hearing wheelchair accessible interpreter
spanish creole haitian vietnamese chinese arabic russian immigration asylum visa citizenship attorney court custody
divorce order protection restraining police report medical dental clinic doctor nurse pregnancy prenatal hiv testing
vaccine prescription drug alcohol detox rehab sober outpatient inpatient therapy group psychiatric suicide prevention
grief loss parenting after school summer camp head start childcare nursery foster adoption kinship teen lgbtq gender
church catholic baptist salvation army united way coalition foundation association institute network council
department office north south east west central street avenue boulevard road park lake river hill valley spring
"""
_SYLLABLES = [
    "ma",
    "sa",
    "ca",
    "pa",
    "la",
    "re",
    "co",
    "de",
    "mi",
    "ti",
    "ro",
    "lo",
    "na",
    "be",
    "so",
    "ha",
    "ba",
    "al",
    "el",
    "an",
    "en",
    "in",
    "un",
    "or",
    "ar",
    "st",
    "ter",
    "ver",
    "lin",
    "dan",
    "mon",
    "bel",
    "gra",
    "con",
    "pro",
    "tra",
    "sch",
    "bri",
    "dor",
    "win",
    "ham",
    "ton",
    "ley",
    "ville",
    "berg",
    "stein",
    "field",
    "wood",
    "ford",
    "ches",
    "kit",
    "mar",
    "san",
    "del",
    "fu",
    "gi",
    "hu",
    "jo",
    "ku",
    "ne",
    "pi",
    "qui",
    "va",
    "wy",
    "xe",
    "yo",
    "zu",
]
_COMMON, _TAIL = 60_000, 2_000_000  # words of a language; with the names of people, streets and programs
_DIRECT = 100_000  # a larger catalog is this one many times over
_RARE = 0.03  # of all words come from the tail
_NEEDS = [
    "crisis",
    "safety",
    "housing",
    "food",
    "health",
    "mental",
    "legal",
    "money",
    "work",
    "education",
    "family",
    "transport",
    "seniors",
    "disability",
    "recovery",
    "immigration",
    "veterans",
    "youth",
    "clothing",
    "staff-training",
]
_PEOPLE = ["women", "men", "youth", "families", "seniors", "veterans", "lgbtq", "immigrants", "survivors", "disabled"]
_SITUATIONS = [
    "homeless",
    "near-homeless",
    "low-income",
    "uninsured",
    "unemployed",
    "runaways",
    "reentry",
    "pregnant",
    "grieving",
]
_ACCESS = ["spanish", "walk-in", "no-id", "pets", "interpreter", "home-visits"]
_TONGUES = [
    "es",
    "ht",
    "vi",
    "zh",
    "ar",
    "ru",
    "fr",
    "pt",
    "ko",
    "tl",
    "so",
    "am",
    "hi",
    "fa",
    "pl",
    "uk",
    "de",
    "it",
    "ja",
    "bn",
]
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CATEGORIES = tuple(Category(slug, n, Words(slug.replace("-", " ").title())) for n, slug in enumerate(_NEEDS, 1))
TAGS = tuple(
    Tag(slug, Words(slug.replace("-", " ").title()), facet)
    for facet, slugs in (("population", _PEOPLE), ("need", _SITUATIONS), ("access", _ACCESS))
    for slug in slugs
)
_WORDS = list(dict.fromkeys(REAL.split()))
_LOG_COMMON, _LOG_TAIL = math.log(_COMMON), math.log(_TAIL)


@lru_cache(maxsize=200_000)
def word(rank: int) -> str:
    """Return the word of ``rank`` (from 1), real or invented."""
    if rank <= len(_WORDS):
        return _WORDS[rank - 1]
    left, parts = rank * 2_654_435_761 % (1 << 32), []
    for _ in range(2 + rank % 3):
        left, place = divmod(left, len(_SYLLABLES))
        # The square makes some syllables common and others rare, as letters are.
        parts.append(_SYLLABLES[place * place // len(_SYLLABLES)])
    return "".join(parts)


def services(count: int, seed: int = 2026) -> Iterator[Service]:
    """Yield ``count`` services in static order."""
    chance = random.Random(seed)
    shared = [_plan(chance) for _ in range(1500)]
    for number in range(count):
        yield _service(number, chance, shared)


def edition(count: int, number: int = 1) -> Edition:
    """Return the edition they are of."""
    return Edition(
        "made-up", "Made-up Coalition", number, f"{number}", Words("Made up"), data_date=date(2026, 11, 1),
        languages=("en", "es"), timezone="America/New_York", services=count,
    )  # fmt: skip


def _service(number: int, chance: random.Random, plans: list[tuple[Schedule, ...]]) -> Service:
    need = _NEEDS[int(len(_NEEDS) * chance.random() ** 1.5)]
    name = " ".join([word(_rank(chance, _LOG_TAIL)), need, *_told(chance, chance.randint(1, 3))]).title()
    giver = number if chance.random() < 0.4 else chance.randrange(max(1, number // 5 + 1))
    owner = random.Random(giver)
    text = " ".join(_told(chance, max(15, int(chance.lognormvariate(4.2, 0.5)))))
    spanish = ((("es", " ".join(_told(chance, 50))),)) if chance.random() < 0.2 else ()
    digits = f"{chance.randint(200, 989)}55501{chance.randint(0, 99):02d}"
    return Service(
        id=stable_id("made-up", "service", str(number)),
        original_id=str(number),
        publisher="made-up",
        name=Words(name),
        category=need,
        description=Words(text, "en", spanish),
        organization=Organization(
            stable_id("made-up", "organization", str(giver)),
            Words(" ".join(_told(owner, 3)).title()),
        ),
        phones=(
            Phone(
                f"p{number}",
                Channel.VOICE,
                f"({digits[:3]}) {digits[3:6]}-{digits[6:]}",
                digits,
                f"+1{digits}",
                evidence="official",
                official_as_of=date(2026, 10, 1),
            ),
            *([Phone(f"t{number}", Channel.TEXT, "741741", "741741", "741741")] if chance.random() < 0.1 else []),
        ),
        languages=("en", *chance.sample(_TONGUES, int(3 * chance.random() ** 2))) if chance.random() < 0.8 else (),
        tags=tuple(slug for slug in (*_PEOPLE, *_SITUATIONS, *_ACCESS) if chance.random() < 0.08),
        schedules=chance.choice(plans) if chance.random() < 0.7 else (),
        locations=(_place(number, chance),),
        cost=Words(chance.choice(("Free", "Sliding scale", "No cost", ""))),
        eligibility=Words(" ".join(_told(chance, 8))),
        assured_date=date(2026, 11, 1) - timedelta(days=chance.randrange(700)),
        assurer="Made-up Coalition",
    )


def _told(chance: random.Random, count: int) -> list[str]:
    draw = chance.random
    return [word(int(math.exp(draw() * (_LOG_COMMON if draw() > _RARE else _LOG_TAIL)))) for _ in range(count)]


def _rank(chance: random.Random, logarithm: float) -> int:
    """Return a rank drawn by Zipf's law: each is as likely as one over itself."""
    return int(math.exp(chance.random() * logarithm))


def _place(number: int, chance: random.Random) -> Location:
    town = int(400 * chance.random() ** 2)
    return Location(
        f"l{number}",
        Words(""),
        latitude=25 + town % 20 + chance.random() / 5,
        longitude=-80 - town // 20 + chance.random() / 5,
        addresses=(
            Address(
                f"{chance.randint(1, 9999)} {word(300 + chance.randrange(300)).title()} Street",
                word(900 + town).title(), "FL", f"{32000 + town}",
            ),
        ),
    )  # fmt: skip


def _plan(chance: random.Random) -> tuple[Schedule, ...]:
    begin, end = (
        time(chance.randint(6, 11), chance.choice((0, 30))),
        time(chance.randint(13, 22), chance.choice((0, 30))),
    )
    return (Schedule(_DAYS[: chance.choice((5, 5, 5, 6, 7))], begin, end, "America/New_York"),)


def write_catalog(path: Path, count: int, seed: int = 2026, number: int = 1, change: float = 0) -> None:
    """Write a catalog of ``count`` services in flat memory; ``change``: the share of texts that is another."""
    from guide.publish.build import _Insert

    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    chance = random.Random(number)
    with closing(connect(path, isolation_level=None)) as db:
        for pragma in (
            "journal_mode=off",
            "synchronous=off",
            f"application_id={APPLICATION_ID}",
            f"user_version={SCHEMA}",
        ):
            db.execute(f"PRAGMA {pragma}")
        for statement in _tables():
            db.execute(statement)
        insert = _Insert(db)
        db.execute("BEGIN")
        for position, term in enumerate((*CATEGORIES, *TAGS)):
            insert.all(rows.term_rows(term, position))
        insert.all(rows.edition_rows(edition(count, number), count))
        for rank, service in enumerate(services(count, seed), 1):
            if chance.random() < change:
                service = replace(service, description=Words(f"{service.description.text} {number}"))
            insert.all(rows.service_rows(service, rank))
            insert.shared_by(service)
        insert.flush()
        db.execute("COMMIT")
        for statement in _indexes():
            db.execute(statement)


def _tables() -> Iterator[str]:
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateTable

    for table in metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=sqlite.dialect()))


def _indexes() -> Iterator[str]:
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex

    for table in metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            yield str(CreateIndex(index).compile(dialect=sqlite.dialect()))


_COPIED = {  # what a copy of a service takes along, and which of its columns are ids
    "service": ("id",),
    "phone": ("id", "service_id"),
    "attribute": ("link_id",),
    "service_list": ("id", "service_id"),
    "schedule": ("id", "link_id"),
    "service_at_location": ("service_id",),
    "translation": ("row_id",),
}


def multiply(path: Path, times: int) -> None:
    """Make the catalog at ``path`` ``times`` as large by SQL alone, each copy with some words of its own."""
    with closing(connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=off")
        db.execute("BEGIN")
        (count,) = db.execute("SELECT count(*) FROM service").fetchone()
        for table, ids in _COPIED.items():
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            taken = {name: f"{name} || '~' || :copy" for name in ids}
            if table == "service":
                taken["rank"] = f"rank + :copy * {count}"
                taken["description"] = (
                    f"description || printf(' y%x', (rank * 7919 + :copy * 104729) % {count * times // 4})"
                )
            asked = f"SELECT {', '.join(taken.get(name, name) for name in names)} FROM {table}"
            if table != "service":
                asked += f" WHERE instr({ids[-1]}, '~') = 0"
            else:
                asked += f" WHERE rank <= {count}"
            if table == "schedule":
                asked += " AND link_id IN (SELECT id FROM service)"
            for copy in range(1, times):
                db.execute(f"INSERT INTO {table} {asked}", {"copy": copy})
        db.execute("UPDATE edition SET services = :all", {"all": count * times})
        db.execute("COMMIT")


def made(folder: Path, count: int) -> Path:
    """Return a catalog of ``count`` services below ``folder``, made when it is not there."""
    path = folder / f"made-up-{count}.db"
    if not path.exists():
        fresh = path.with_suffix(".new")
        write_catalog(fresh, min(count, _DIRECT))
        if count > _DIRECT:
            multiply(fresh, count // _DIRECT)
        fresh.replace(path)
    return path.resolve()


if __name__ == "__main__":
    print(made(Path(sys.argv[2]), int(sys.argv[1])))
