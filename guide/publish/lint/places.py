"""The lint's look at places: a street that could be somebody's safety (SAFETY L1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.publish.readers.privacy import is_shelter
from guide.records import Service

Reasons = Iterator[tuple[str, str]]
_STREET = re.compile(
    r"\b\d{1,6}[A-Z]?\s+(?:[NSEW]{1,2}\.?\s+)?(?:[A-Z0-9][\w'.]*\s+){1,4}"
    r"(?:st(?:reet)?|ave(?:nue)?|r(?:oa)?d|blvd|boulevard|dr(?:ive)?|lane|ln|ct|way|pl(?:ace)?|terrace|ter|"
    r"h(?:igh)?wy|parkway|pkwy|circle|cir|trail|loop|plaza|square)\b\.?",
    re.IGNORECASE,
)
_SECRET = re.compile(r"\b(confidential|undisclosed|secret|not (be )?disclosed)\b[^.]{0,40}\b(location|address|site)|"
                     r"\b(location|address|site)\b[^.]{0,30}\b(confidential|undisclosed|not (be )?disclosed)\b", re.IGNORECASE)  # fmt: skip


def places(service: Service) -> Reasons:
    """Yield streets of shelters and of whoever says that the place is secret: in the address, or in the text."""
    giver = service.organization.name.text if service.organization else ""
    texts = [text for words in (service.name, service.description, service.alert) for text in words.every()]
    names = "\n".join((giver, *service.name.every()))
    if not (is_shelter(names, "\n".join(texts)) or any(_SECRET.search(text) for text in texts)):
        return
    for place in service.locations:
        for address in place.addresses:
            if address.address_1 and address.visibility == "public":
                yield "address-confidential", f"{address.address_1}, {address.city}".strip(" ,")
    about = (service.description, service.alert, service.application_process, service.hours)
    for text in (one for words in about for one in words.every()):
        if found := _STREET.search(text):
            yield "address-in-text", found[0]
            return
