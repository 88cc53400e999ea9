"""The states and territories of the US: their two letters from any way to write them, and areas that span them."""

from __future__ import annotations

import re

from guide.text import fold

NAMES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "PR": "Puerto Rico", "GU": "Guam", "VI": "U.S. Virgin Islands", "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}  # fmt: skip
NATION = "US"
_SPANISH = {"NY": "Nueva York", "NJ": "Nueva Jersey", "NM": "Nuevo México", "NC": "Carolina del Norte",
            "SC": "Carolina del Sur", "ND": "Dakota del Norte", "SD": "Dakota del Sur", "PA": "Pensilvania",
            "WV": "Virginia Occidental", "LA": "Luisiana", "MS": "Misisipi", "OR": "Oregón", "HI": "Hawái"}  # fmt: skip
_BY_NAME = {
    fold(name): code for names in (NAMES, _SPANISH) for code, name in names.items()
} | {code.lower(): code for code in NAMES}  # fmt: skip
_WHOLE = re.compile(
    r"(?:the )?(?:u\.?s\.?a?\.?|united states(?: of america)?|nation(?:al|wide)?|all(?: 50)? states|national coverage|"
    r"estados unidos|todo el pais|nacional|country-?wide)"
)
_AROUND = re.compile(
    r"\b(?:all of|entire|whole|statewide|state-wide|state of|the state|todo el estado(?: de)?|estado de)\b|[(),:;-]"
)


def state_of(text: str) -> str:
    """Return the two letters of a state written in any way, "" for anything else."""
    return _BY_NAME.get(fold(text).strip(" ."), "")


def area_of(text: str, home: str = "") -> str:
    """Return what a service area spans: "US", a state's two letters, or "" for less than a state.

    "Statewide" alone is ``home``, the state the service itself sits in.
    """
    plain = " ".join(fold(text).split())
    if _WHOLE.fullmatch(plain):
        return NATION
    rest = " ".join(_AROUND.sub(" ", plain).split())
    return state_of(rest) if rest else home if plain else ""
