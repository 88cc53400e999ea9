"""Whether a column holds what its name says: a set whose cells have moved is refused, not published."""

from __future__ import annotations

import re
from collections.abc import Callable

from guide.errors import SourceDataError
from guide.publish.readers.stage import Stage

_FEWEST = 20  # filled cells; fewer prove nothing
_SHARE = 0.5
_SHORT = re.compile(r"\D*([2-8]11|988|116\d{3})\D*")


def looks_like_phone(text: str) -> bool:
    """Say whether a cell can hold a number to call; a ZIP cannot."""
    digits = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    return (
        digits >= 7 or bool(_SHORT.fullmatch(text)) or (digits >= 5 and letters >= 3) or (digits >= 3 and letters >= 4)
    )


def _number(most: float) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        try:
            return abs(float(text)) <= most
        except ValueError:
            return False

    return fits


def _looks_like_post_code(text: str) -> bool:
    return len(text) <= 12 and any(c.isdigit() for c in text) and text.count(" ") <= 2


def _looks_like_page(text: str) -> bool:
    return "." in text and " " not in text.strip().split(";")[0].split(",")[0].strip()


def _looks_like_name(text: str) -> bool:
    return any(c.isalpha() for c in text)


_COLUMNS: tuple[tuple[str, str, str, Callable[[str], bool]], ...] = (
    ("phone", "number", "phone numbers", looks_like_phone),
    ("address", "postal_code", "postal codes", _looks_like_post_code),
    ("address", "city", "towns", _looks_like_name),
    ("location", "latitude", "latitudes", _number(90)),
    ("location", "longitude", "longitudes", _number(180)),
    ("service", "name", "names", _looks_like_name),
    ("organization", "name", "names", _looks_like_name),
    ("service", "email", "mail addresses", lambda text: "@" in text),
    ("organization", "email", "mail addresses", lambda text: "@" in text),
    ("service", "url", "web addresses", _looks_like_page),
    ("organization", "url", "web addresses", _looks_like_page),
    ("schedule", "opens_at", "clock times", lambda text: any(c.isdigit() for c in text) and len(text) <= 30),
)


def settle_columns(stage: Stage, source: str) -> None:
    """Mend coordinates that stand in each other's column, and look at each column that is easy to judge.

    Raises:
        SourceDataError: half of a column or more is something else; it says which and where.
    """
    _turn_coordinates(stage)
    for table, column, what, fits in _COLUMNS:
        filled = good = 0
        odd: tuple[int, int] | None = None
        for file, line, text in stage.db.execute(f"SELECT file, line, {column} FROM {table} WHERE {column} <> ''"):  # noqa: S608
            filled += 1
            if fits(text):
                good += 1
            elif odd is None:
                odd = (file, line)
        if filled >= _FEWEST and good < _SHARE * filled and odd is not None:
            raise SourceDataError(
                f"In {source}, {stage.files[odd[0]]}: only {good:,} of {filled:,} cells of {column} look like {what} "
                f"(the first that does not is in row {odd[1]:,}). Columns have probably moved; ask for a new export.",
                source=source,
                table=table,
                column=column,
                line=odd[1],
            )


def _turn_coordinates(stage: Stage) -> None:
    """Read latitude and longitude the other way round where only that can be: more than 90 degrees north."""
    turned = ("FROM location WHERE latitude <> '' AND longitude <> '' AND abs(latitude) > 90 AND abs(latitude) <= 180"
              " AND abs(longitude) <= 90")  # fmt: skip
    stage.told("latitude and longitude were swapped, read the right way", f"SELECT file, line, '' {turned}")
    stage.db.execute(f"UPDATE location SET latitude = longitude, longitude = latitude {turned[13:]}")  # noqa: S608
