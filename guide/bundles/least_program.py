"""The least version of this program that a signed edition asks for: an older one says so, and keeps what it has."""

from __future__ import annotations

from typing import Any

from guide import __version__
from guide.catalog.kind import SCHEMA
from guide.errors import ProgramTooOldError, UnfitCatalogError
from guide.versions import numbers


def check_program(custom: dict[str, Any], here: str = __version__, schema: int = SCHEMA) -> None:
    """Raise ProgramTooOldError when the signed description ``custom`` asks for a newer program than ``here``, by the least
    version it names or by its schema; UnfitCatalogError when it was made for an older one.

    It is asked after all signatures are judged, so nobody can hold a guide back by it but its publisher. Raises TypeError
    or ValueError for what no publisher signs.
    """
    least, made_for = custom.get("least_program"), custom.get("schema", schema)
    if type(made_for) is not int:
        raise TypeError("not a schema")
    name = str(custom.get("edition_name", ""))[:80]
    if (least is not None and numbers(least) > numbers(here)) or made_for > schema:
        # A newer schema says it even where its publisher named no version that this program has not reached.
        named = least if least is not None and numbers(least) > numbers(here) else ""
        raise ProgramTooOldError(needs=named, here=here, edition_name=name)
    if made_for < schema:
        raise UnfitCatalogError(
            "This update was made for an older version of the guide.", reason="older schema", edition_name=name
        )
