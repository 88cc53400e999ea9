"""What there is to look at in a service as typed, in a person's words."""

from __future__ import annotations

from guide.records.house import Remark
from guide.text import Language


def remark_words(one: Remark, _: Language) -> str:
    """Return one remark as a sentence; "" for what the field says by itself."""
    if one.kind == "number-double":
        return _("This number is in the guide already: {name}.", name=one.other)
    if one.kind == "name-double":
        return _("There is one of almost this name in the guide: {name}.", name=one.other)
    if one.kind == "refused":
        return _("This number must not be published: {why}", why=one.other)
    if one.kind == "grade":
        return _("This is hard to read (school grade {n}). Shorter sentences and plain words help.", n=one.text)
    return _("The Spanish is missing.") if one.kind == "spanish" else ""
