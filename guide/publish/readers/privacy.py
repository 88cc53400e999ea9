"""What may not be published: flags and words that close a record, shelters closed by default (SAFETY L1, L2)."""

from __future__ import annotations

import re
from functools import lru_cache

from guide.publish.readers.cells import says_no

_NAMED = re.compile(
    r"\b(safe[ -]?(house|home|haven)s?|(?<!animal )(?<!pet )(?<!tax )shelter(s|ed)?|battered|domestic (violence|abuse)|"
    r"sexual (assault|abuse|violence)|rape crisis|human trafficking|trafficking (victims?|survivors?)|women'?s refuge|"
    r"refuge (house|home)|refuges?(?! for (wild|bird|animal))|refugio|albergue|casa de (seguridad|acogida)|"
    r"violencia (dom[eé]stica|de g[eé]nero)|confidential(ly)? (location|address|located|shelter)|"
    r"foyer d'h[eé]bergement|frauenhaus|مأوى|ملجأ|دار إيواء)\b",
    re.IGNORECASE,
)
# In a longer text: many a clinic speaks of violence, and many a pantry of shelters, without being one.
_TOLD = re.compile(
    r"\b(safe[ -]?(house|home|haven)s?|confidential(ly)?[ -](location|address|located|shelter|site)|undisclosed location|"
    r"(emergency|homeless|night|overnight|famil(y|ies)|wom[ae]n'?s?|m[ae]n'?s?|youth|teen|temporary|crisis|domestic|abuse|"
    r"protective|winter|warming|transitional)\W+(\w+\W+){0,2}shelters?|(?<!animal )shelter(s|ed)? (for|services?|program|beds?|"
    r"facility|stay|is|and (food|support|housing|advocacy))|(provid\w+|offer\w*|operat\w+)\W+(\w+\W+){0,4}(?<!animal )"
    r"shelter|refugio|albergue|casa de (seguridad|acogida)|women'?s refuge|refuge for)\b",
    re.IGNORECASE,
)
# Where people live in hiding; other names (a clinic's programme) close the entry's own address, not the building's.
_HOME = re.compile(
    r"\b(safe[ -]?(house|home|haven)s?|(?<!animal )(?<!pet )(?<!tax )shelter(s|ed)?|women'?s refuge|refuge (house|home)|"
    r"refuges?|refugio|albergue|casa de (seguridad|acogida)|confidential(ly)? (location|address|located|shelter)|frauenhaus|"
    r"foyer d'h[eé]bergement|مأوى|ملجأ|دار إيواء)\b",
    re.IGNORECASE,
)
_HIDING = re.compile(
    r"\b(safe[ -]?(house|home)s?|confidential(ly)?[ -](location|address|located|shelter|site)|undisclosed location|"
    r"(domestic (violence|abuse)|battered|wom[ae]n'?s) (\w+ ){0,2}(shelter|refuge)s?|"
    r"(shelter|refuge)s? for (\w+,? ){0,4}(survivors?|victims?|battered|abused|wom[ae]n|trafficked)|casa de (seguridad|acogida))\b",
    re.IGNORECASE,
)
# One of these is in every ASCII text that _NAMED and _HOME match, or _TOLD and _HIDING (a test holds them to it).
_NAMING = ("safe", "shelter", "battered", "domestic", "sexual", "rape", "traffick", "refug", "albergue", "casa de",
           "violencia", "confidential", "foyer", "frauenhaus")  # fmt: skip
_TELLING = ("shelter", "safe", "confidential", "undisclosed", "refug", "albergue", "casa de", "domestic",
            "battered")  # fmt: skip
_SECRET = re.compile(
    r"\b(confidential|undisclosed|private (address|location)|not (published|disclosed|listed)|withheld|unlisted|"
    r"address (upon|on) request|call for (address|location|directions)|direcci[oó]n confidencial)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(^|_)(is_private|private|confidential|hidden|hide|unlisted|redacted?|undisclosed|deleted|archived|discarded|"
    r"excluded?_?from_?\w*|excluded?|do_not_\w+|internal_only|staff_only|suppress\w*|withheld)($|_)|isprivate$|^exclude\w*|_secret$"
)
_LEAVING = re.compile(r"exclu|do_not|deleted|archived|discarded|hidden|hide|unlisted|internal|staff_only|suppress")
_OPENING = re.compile(r"^(is_)?(public|published|visible|active|enabled|listed|approved|live)$|"
                      r"^(show|display|publish|available)_(on|in|to|for|address|location)\w*")  # fmt: skip
_ABOUT_ELSE = re.compile(r"(phone|e_?mail|pay|insurance|note|comment|school|practice|room|contact|worker|policy|counsel|health|"
                         r"reason|duty|duties|foundation|number|fax)")  # fmt: skip
_GONE = re.compile(r"inactive|defunct|closed|do not refer|do-not-refer|deleted|archived|disabled|expired|suspended|"
                   r"discontinued|no longer|terminated|merged|retired|ceased|rejected|withdrawn|obsolete|not active|"
                   r"draft|pending|incomplete|hidden|unpublished|duplicate|internal|confidential|private")  # fmt: skip
_PRESENT = re.compile(r"(active|open|published|approved|current|verified|live|available|enabled|true|yes|y|1|operational|"
                      r"temporarily closed|ok|complete|completed|public|accepted|in service|registered|a|aktiv|activo|actif)"
                      r"( ?[-(,/].*)?")  # fmt: skip
_BOX = re.compile(r"\b(p\.?\s?o\.?\s*box|post office box|apartado postal|postbus|postfach)\b", re.IGNORECASE)


def is_shelter(names: str, description: str = "") -> bool:
    """Say whether a service is a place whose address could be somebody's safety.

    ``names`` are its own, its organization's and those it is filed under; ``description`` says what it gives.
    """
    return _found(_NAMED, _NAMING, names) or _found(_TOLD, _TELLING, description)


def is_home(names: str, description: str = "") -> bool:
    """Say whether a shelter is one where people live: then all that stands at its address is closed with it."""
    return _found(_HOME, _NAMING, names) or _found(_HIDING, _TELLING, description)


def _found(pattern: re.Pattern[str], beginnings: tuple[str, ...], text: str) -> bool:
    """Say whether ``pattern`` is in ``text``; a plain text without any of ``beginnings`` needs no long search."""
    if text.isascii():
        folded = text.lower()
        if not any(word in folded for word in beginnings):
            return False
    return bool(pattern.search(text))


def says_secret(*texts: str) -> bool:
    """Say whether the words of an address say that it is not to be shown."""
    return any(_SECRET.search(text) for text in texts)


def closes(column: str, *, opening: bool = False) -> bool:
    """Say whether a column (by its plain name) is a flag that protects, or with ``opening`` one that must not say no."""
    if opening:
        return bool(_OPENING.search(column))
    return bool(_CLOSING.search(column)) and not _ABOUT_ELSE.search(column)


def leaves_out(column: str) -> bool:
    """Say whether a flag of a whole record leaves it out; the others close its address alone."""
    return closes(column) and bool(_LEAVING.search(column)) and "address" not in column


def opens(cell: str) -> bool:
    """Say whether a cell of an opening flag closes its row: it plainly says no."""
    return says_no(cell)


def is_box(street: str) -> bool:
    """Say whether a street line is a post office box: nothing to visit."""
    return bool(_BOX.search(street))


@lru_cache(maxsize=1 << 10)
def standing(status: str) -> str:
    """Return "present", "gone" or "unknown" for what a source says of a record's state; no word is present."""
    plain = " ".join(status.lower().replace("_", " ").split())
    if plain == "temporarily closed":
        return "present"
    if _GONE.search(plain):
        return "gone"
    return "present" if not plain or _PRESENT.fullmatch(plain) else "unknown"
