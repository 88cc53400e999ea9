"""The least version of this program that a signed edition asks for: an older one says so, and keeps what it has."""

from __future__ import annotations

from typing import Any

from guide import __version__
from guide.errors import ProgramTooOldError
from guide.versions import numbers


def check_program(custom: dict[str, Any], here: str = __version__) -> None:
    """Raise ProgramTooOldError when the signed description ``custom`` asks for a newer program than ``here``.

    It is asked after all signatures are judged, so nobody can hold a guide back by it but its publisher. Raises TypeError
    or ValueError for what no publisher signs.
    """
    least = custom.get("least_program")
    if least is None:
        return
    if numbers(least) > numbers(here):
        raise ProgramTooOldError(needs=least, here=here, edition_name=str(custom.get("edition_name", ""))[:80])
