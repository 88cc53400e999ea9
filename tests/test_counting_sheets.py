"""Counts without people, by the front door: off at first, by month and need alone, small values never told (N6)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from guide.app import Guide
from guide.settings import Settings
from tests.makers import NOW, make_catalog, make_service

HOUSING, LEGAL = make_service("Night Shelter"), make_service("Legal Aid", category="legal")


def guide(folder: Path, now: datetime = NOW, *, on: bool = True) -> Guide:
    catalog = folder / "c.db"
    if not catalog.exists():
        make_catalog(catalog, [HOUSING, LEGAL])
    return Guide(Settings(data=folder / "data", catalog=catalog, count_sheets=on), lambda: now)


def test_nothing_is_counted_unless_the_house_wants_it(tmp_path: Path) -> None:
    guide(tmp_path, on=False).counts.printed([HOUSING.id])
    assert not (tmp_path / "data" / "shelter.db").exists()
    assert Settings(data=tmp_path).count_sheets is False


def test_a_sheet_counts_once_for_each_need_on_it_and_no_entry_is_written(tmp_path: Path) -> None:
    house = guide(tmp_path)
    for _ in range(11):
        house.counts.printed([HOUSING.id, LEGAL.id, HOUSING.id])
    house.counts.printed([])
    assert house.counts.table() == (("2026-11", "sheets", "housing", 11), ("2026-11", "sheets", "legal", 11))
    assert HOUSING.id.encode() not in (tmp_path / "data" / "shelter.db").read_bytes()
    assert b"2026-11,sheets,housing,11" in house.counts.as_csv()
    house.counts.forget()
    assert house.counts.table() == ()


def test_small_values_are_never_told(tmp_path: Path) -> None:
    house = guide(tmp_path)
    for _ in range(9):
        house.counts.printed([HOUSING.id])
    assert house.counts.table() == ()
    house.counts.printed([LEGAL.id])
    assert house.counts.table() == (("2026-11", "sheets", "", 10),)
    later = guide(tmp_path, replace_month(NOW))
    later.counts.printed([LEGAL.id])
    assert b"under 10,10" in later.counts.as_csv()


def replace_month(day: datetime) -> datetime:
    return day.replace(month=12)
