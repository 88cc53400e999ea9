"""From a database with any number of services to a signed bundle: memory, and time against the bare insertion of the rows.

Needs PostgreSQL's programs (apt install postgresql) and psycopg (requirements/publish.txt). Everything it makes lies in
one temporary folder and goes away again. Times are CPU times of the process and its children, so that a busy machine
measures the same; the database server's own time is not in them, as it is not in that of the bare insertion.

Usage: publish.py [SERVICES [PACKAGE.zip [MAP]]]
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.made_up import services
from guide.catalog.tables import metadata
from guide.records import Service

AT_ONCE = 5_000
DIRECT = 100_000  # more of them are copies made by the server, each with ids, names and texts of its own
_TABLES = {
    "organization": "id text primary key, name text, description text",
    "service": "id text primary key, organization_id text, name text, description text, status text,"
               " fees_description text, eligibility_description text, assured_date text",
    "location": "id text primary key, location_type text, latitude float8, longitude float8",
    "service_at_location": "id text primary key, service_id text, location_id text",
    "address": "id text primary key, location_id text, address_1 text, city text, state_province text,"
               " postal_code text, country text, address_type text",
    "phone": "id text primary key, service_id text, number text, type text",
    "schedule": "id text primary key, service_id text, freq text, byday text, opens_at text, closes_at text",
    "language": "id text primary key, service_id text, code text, name text",
}  # fmt: skip


# --- the database -------------------------------------------------------------------------------------
@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Give the address of a PostgreSQL server of its own, which nobody else can reach."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    data, sockets = folder / "pg", folder / "socket"
    for one in (data, sockets):
        one.mkdir()
        if as_user:
            shutil.chown(one, "postgres")
    folder.chmod(0o755)

    def run(*words: str) -> None:
        subprocess.run([*as_user, str(programs / words[0]), *words[1:]], check=True, stdout=subprocess.DEVNULL)

    run("initdb", "-D", str(data), "-A", "trust", "-E", "UTF8", "-U", "postgres")
    run("pg_ctl", "-D", str(data), "-w", "-l", str(sockets / "log"), "-o",
        f"-c listen_addresses='' -k {sockets} -c fsync=off -c shared_buffers=128MB", "start")  # fmt: skip
    try:
        yield f"postgresql://postgres@/postgres?host={sockets}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def fill(address: str, count: int) -> None:
    """Write ``count`` made-up services into tables that have HSDS's names."""
    import psycopg

    with psycopg.connect(address) as db:
        for table, columns in _TABLES.items():
            db.execute(f"CREATE TABLE {table} ({columns})")
        seen: set[str] = set()
        batch: dict[str, list[tuple[object, ...]]] = {table: [] for table in _TABLES}
        direct = min(count, DIRECT)
        for number, service in enumerate(services(direct), 1):
            _rows(service, seen, batch, random.Random(number))
            if number % AT_ONCE == 0 or number == direct:
                for table, rows in batch.items():
                    with db.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                        for row in rows:
                            copy.write_row(row)
                    rows.clear()

        for table, columns in _TABLES.items() if count > direct else ():
            names = [column.split()[0] for column in columns.split(", ")]
            taken = [f"{name} || '~' || copy" if name.endswith("id") else f"{name} || ' ' || copy"
                     if (table, name) in _OF_A_COPY else name for name in names]  # fmt: skip
            db.execute(f"INSERT INTO {table} SELECT {', '.join(taken)} FROM {table},"
                       f" generate_series(2, {count // direct}) AS copy")  # fmt: skip


_OF_A_COPY = {("service", "name"), ("service", "description"), ("organization", "name")}


def _rows(service: Service, seen: set[str], batch: dict[str, list[tuple[object, ...]]], chance: random.Random) -> None:
    giver, (place,) = service.organization, service.locations
    assert giver is not None
    if giver.id not in seen:
        seen.add(giver.id)
        batch["organization"].append((giver.id, giver.name.text, giver.name.text))
    one = service.original_id
    batch["service"].append((service.id, giver.id, service.name.text, service.description.text, "active",
                             service.cost.text, service.eligibility.text, str(service.assured_date)))  # fmt: skip
    batch["location"].append((f"l{one}", "physical", place.latitude, place.longitude))
    batch["service_at_location"].append((f"a{one}", service.id, f"l{one}"))
    (street,) = place.addresses
    batch["address"].append((f"d{one}", f"l{one}", street.address_1, street.city, street.state_province,
                             street.postal_code, "US", "physical"))  # fmt: skip
    # The reader leaves numbers of films (555-01xx) without a button, as it should; these could be anybody's.
    number = f"({chance.choice((305, 415, 720, 212))}) {chance.randint(220, 989)}-{chance.randint(0, 9999):04}"
    batch["phone"].append((f"p{one}", service.id, number, "voice"))
    for n, hours in enumerate(service.schedules):
        batch["schedule"].append((f"h{one}-{n}", service.id, "WEEKLY", ",".join(hours.byday), f"{hours.opens_at:%H:%M}",
                                  f"{hours.closes_at:%H:%M}"))  # fmt: skip
    for code in service.languages:
        batch["language"].append((f"g{one}-{code}", service.id, code, code))


# --- measuring ----------------------------------------------------------------------------------------
_STEP = """
import json, resource, sys
from pathlib import Path
{body}
own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime, own.ru_maxrss]))
"""


def step(body: str, *words: object) -> tuple[float, float, float]:
    """Run ``body`` in a process of its own; return CPU seconds, wall seconds and its largest memory in MB."""
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _STEP.format(body=body), *map(str, words)], check=True,
                          stdout=subprocess.PIPE, text=True)  # fmt: skip
    cpu, memory = json.loads(done.stdout.splitlines()[-1])
    return cpu, time.perf_counter() - begun, memory / 1024


BUILD = """
from datetime import date
from guide.publish.from_sources import EditionWishes, build_from_sources
source = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
chosen = Path(sys.argv[3]) if len(sys.argv) > 3 else None
build_from_sources([source], Path(sys.argv[2]), date(2026, 11, 24), mapping=chosen, wishes=EditionWishes(publisher="made-up"))
"""
LINT = """
from datetime import date
from guide.publish.lint.door import lint
lint(Path(sys.argv[1]), date(2026, 11, 24))
"""
PUBLISH = """
from datetime import datetime, timezone
from guide.publish.keys import Cost
from guide.publish.lint.baseline import Baseline
from guide.publish.release import publish
from guide.publish.repository import new_repository
now = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
keys, ask = Path(sys.argv[2]), lambda name: "made up for measuring"
new_repository(keys, "Made up", ask, now, cost=Cost(memory=8, passes=1))
publish(Path(sys.argv[1]), keys, Path(sys.argv[3]), ask, lambda: now, baseline=Baseline(everything="made-up entries"))
"""
RAW = """
from benchmarks.publish import insert_again
insert_again(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def insert_again(catalog: Path, out: Path) -> None:
    """Insert the very rows of ``catalog`` into an empty database: the floor that a build cannot go below."""
    with closing(sqlite3.connect(catalog)) as old, closing(sqlite3.connect(out, isolation_level=None)) as new:
        for pragma in ("journal_mode=off", "synchronous=off"):
            new.execute(f"PRAGMA {pragma}")
        for (statement,) in old.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchall():
            new.execute(statement)
        new.execute("BEGIN")
        for table in metadata.sorted_tables:
            names = [column.name for column in table.c]
            insert = f"INSERT INTO {table.name} VALUES ({','.join('?' * len(names))})"
            rows = old.execute(f"SELECT {','.join(chr(34) + n + chr(34) for n in names)} FROM {table.name}")
            while some := rows.fetchmany(AT_ONCE):
                new.executemany(insert, some)
        new.execute("COMMIT")
        for (statement,) in old.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"):
            new.execute(statement)


def measured(source: str | Path, folder: Path, mapping: str = "") -> None:
    """Print the table for one source."""
    catalog, bundle, packed = folder / "catalog.db", folder / "1.guide", folder / "bare.zst"
    print(f"{datetime.now(UTC):%H:%M} building; load {os.getloadavg()[0]:.1f}", flush=True)
    build = step(BUILD, source, catalog, *([mapping] if mapping else []))
    print(
        f"{datetime.now(UTC):%H:%M} built in {build[0]:.2f} s CPU, {build[1]:.2f} s wall, {build[2]:.0f} MB", flush=True
    )
    raw = step(RAW, catalog, folder / "raw.db")
    with closing(sqlite3.connect(catalog)) as db:
        (count,) = db.execute("SELECT count(*) FROM service").fetchone()
    print(f"{count:,} services, a catalog of {catalog.stat().st_size / 1e6:,.0f} MB; load {os.getloadavg()[0]:.1f}")
    _line("bare executemany of the same rows", raw, raw)
    _line("build (read, mend, write)", build, raw)
    (folder / "raw.db").unlink()
    _line("lint", step(LINT, catalog), raw)
    _line("lint, pack, sign, read back, write", step(PUBLISH, catalog, folder / "keys", bundle), raw)
    subprocess.run(["zstd", "-q", "-12", "-f", str(catalog), "-o", str(packed)], check=True)
    ours, bare = bundle.stat().st_size, packed.stat().st_size
    print(f"bundle {ours:,} bytes, zstd -12 of the bare database {bare:,}: {ours / bare:.3f}")


def _line(name: str, got: tuple[float, float, float], raw: tuple[float, float, float]) -> None:
    print(f"  {name:<36} {got[0]:8.2f} s CPU ({got[0] / raw[0]:5.2f}x)  {got[1]:8.2f} s wall  {got[2]:6.0f} MB at most")
    sys.stdout.flush()


def main(words: list[str]) -> None:
    """Measure made-up services out of PostgreSQL, then a package if one is given."""
    count = int(words[0]) if words else 1_000_000
    with tempfile.TemporaryDirectory(prefix="guide-publish-") as name:
        folder = Path(name)
        if count:
            with postgres(folder) as address:
                fill(address, count)
                measured(address, folder)
    if len(words) > 1:
        with tempfile.TemporaryDirectory(prefix="guide-publish-") as name:
            measured(Path(words[1]).resolve(), Path(name), *words[2:3])
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M}, Python {sys.version.split()[0]}, this process {_own():.0f} MB")


def _own() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
