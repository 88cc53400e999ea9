"""What an update changes: the very services that differ, however they do, and every changed number first."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.catalog.differences import changed_ids, differences
from guide.errors import BrokenCatalogError
from guide.records import Address, Audience, Channel, Location, Service, Url, UrlKind, Words
from tests.bundles.whole_records import slowly
from tests.makers import make_catalog, make_phone, make_service

VERSIONS = st.dictionaries(st.integers(0, 8), st.integers(0, 2), min_size=1)


def catalog(path: Path, texts: dict[int, int]) -> Path:
    return make_catalog(path, [make_service(f"S{n}", description=Words(str(text))) for n, text in texts.items()])


@given(old=VERSIONS, new=VERSIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_differs_is_exactly_what_is_told(tmp_path: Path, old: dict[int, int], new: dict[int, int]) -> None:
    before, after = catalog(tmp_path / "old.db", old), catalog(tmp_path / "new.db", new)
    ids = {n: make_service(f"S{n}").id for n in range(9)}
    added, changed, removed = map(set, changed_ids(before, after))
    assert added == {ids[n] for n in new if n not in old}
    assert removed == {ids[n] for n in old if n not in new}
    assert changed == {ids[n] for n in new if n in old and old[n] != new[n]}


def test_numbers_come_first_then_what_goes_and_comes(tmp_path: Path) -> None:
    stays = make_service("Alpha")
    old = [stays, make_service("Beta"), make_service("Gone")]
    new = [stays, replace(make_service("Beta"), phones=(make_phone("(555) 010-9999"),)), make_service("Come")]
    counts = differences(make_catalog(tmp_path / "a.db", old), make_catalog(tmp_path / "b.db", new))
    assert counts[:3] == (1, 1, 1)
    assert [(c.kind, c.name) for c in counts[3]] == [("phone", "Beta"), ("removed", "Gone"), ("added", "Come")]


def test_a_catalog_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    whole = make_catalog(tmp_path / "a.db")
    (tmp_path / "b.db").write_bytes(b"no database" * 999)
    for other in (tmp_path / "b.db", tmp_path / "none.db"):
        with pytest.raises(BrokenCatalogError):
            differences(whole, other)
        with pytest.raises(BrokenCatalogError):
            differences(other, whole)


TEXT = st.sampled_from(("", "a", "b", "Á / b"))
WORDS = st.builds(Words, TEXT, st.just("en"), st.sampled_from(((), (("es", "uno"),), (("ar", "x"), ("es", "dos")))))
PHONES = st.builds(
    make_phone,
    st.sampled_from(("(555) 010-4410", "988", "741741")),
    channel=st.sampled_from(Channel),
    dial=st.sampled_from(("", "988", "+15550104410", "+15550109999")),
    keyword=WORDS,
    hidden=st.booleans(),
)
PLACES = st.lists(st.builds(Address, TEXT, city=TEXT), max_size=2)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from((Words("Alpha"), Words("beta", "en", (("es", "Alfa"),)))),
        **dict.fromkeys(("description", "hours", "eligibility", "cost", "application_process", "alert"), WORDS),
        "status": st.sampled_from(("active", "defunct", "temporarily closed")),
        "phones": st.lists(PHONES, max_size=3).map(tuple),
        "urls": st.lists(TEXT, max_size=2).map(lambda found: tuple(Url(f"u{n}", UrlKind.WEB, u) for n, u in enumerate(found))),
        "url": TEXT,
        "languages": st.sampled_from(((), ("en",), ("es", "en"))),
        "also_in": st.sampled_from(((), ("legal",), ("legal", "safety"))),
        "category": st.sampled_from(("housing", "crisis")),
        "audience": st.sampled_from(Audience),
        "assured_date": st.sampled_from((None, date(2026, 10, 1))),
        "source_date": st.sampled_from((None, date(2025, 1, 1))),
        "locations": st.lists(PLACES, max_size=2),
        "minimum_age": st.sampled_from((None, 18)),
    },
)  # fmt: skip
CONTENTS = st.dictionaries(st.sampled_from("ABCDEFGH"), CHANGES, min_size=2)


def varied(original: str, facts: dict[str, Any]) -> Service:
    made = make_service(f"Service {original}")
    places = [Location(f"{original}/{n}", addresses=tuple(a)) for n, a in enumerate(facts.get("locations", ()))]
    phones = tuple(replace(p, id=f"{original}/p{n}") for n, p in enumerate(facts.get("phones", made.phones)))
    urls = tuple(replace(url, id=f"{original}/{url.id}") for url in facts.get("urls", ()))
    return replace(made, **facts | {"locations": tuple(places), "phones": phones, "urls": urls})


@given(old=CONTENTS, new=CONTENTS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_column_by_column_tells_what_whole_records_tell(
    tmp_path: Path, old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]
) -> None:
    before, after = (
        make_catalog(tmp_path / name, [varied(one, facts) for one, facts in each.items()])
        for name, each in (("old.db", old), ("new.db", new))
    )
    assert list(differences(before, after)[3]) == slowly(before, after)


def test_a_wrong_byte_in_a_text_spoils_a_letter_of_the_preview_and_nothing_else(tmp_path: Path) -> None:
    before = make_catalog(tmp_path / "a.db", [make_service("Beta", description=Words("before"))])
    after = make_catalog(tmp_path / "b.db", [make_service("Beta", description=Words("after"))])
    with closing(connect(after)) as db, db:
        db.execute("UPDATE service SET description = CAST(x'61ff62' AS TEXT)")
    (told,) = differences(before, after)[3]
    assert (told.field, told.before, told.after) == ("description", "before", "a\ufffdb")
