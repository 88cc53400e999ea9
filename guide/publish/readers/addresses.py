"""An address written in one line into its parts, where its end says surely what is what."""

from __future__ import annotations

import re

_UNITED_STATES = re.compile(
    r"^(?P<street>.+?),\s*(?P<city>[A-Za-z][A-Za-z .'\-]+?),?\s+(?P<state>[A-Z]{2})\.?,?\s+(?P<code>\d{5}(?:-\d{4})?)"
    r"(?:,?\s*(?:USA|United States))?\.?$"
)
_BRITISH = re.compile(
    r"^(?P<street>.+),\s*(?P<city>[A-Za-z][A-Za-z .'\-]+?),?\s+(?P<code>[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})\.?$"
)


def split_address(text: str) -> dict[str, str]:
    """Return the parts of an address in one line; all of it is ``address_1`` where its end is not understood."""
    line = ", ".join(part.strip(" ,") for part in text.replace("\r", "\n").split("\n") if part.strip(" ,"))
    for form in (_UNITED_STATES, _BRITISH):
        if match := form.match(line):
            found = match.groupdict()
            return {"address_1": found["street"].strip(" ,"), "city": found["city"].strip(),
                    "state_province": found.get("state") or "", "postal_code": found["code"]}  # fmt: skip
    return {"address_1": line}
