"""A publisher's root in six plain words that two people can compare aloud."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

_WORDS = Path(__file__).resolve().parent.parent / "words.txt"
_COST = 2**14  # memory-hard: finding another root with the same six words stays out of reach


@lru_cache(maxsize=32)
def fingerprint(root: bytes) -> tuple[str, ...]:
    """Return the six words of a root file (TUF metadata, JSON): over its root keys and how many of them have to sign.

    Signatures and dates are not in it. The number is: else one holder alone could sign a root of the same keys that asks
    for one signature, with publishing keys of their own, and its words would be the right ones.
    256 words give 48 bits; scrypt (16 MiB) before them makes each try expensive.
    """
    signed = json.loads(root)["signed"]
    role = signed["roles"]["root"]
    keys = sorted(json.dumps(signed["keys"][keyid]["keyval"], sort_keys=True) for keyid in role["keyids"])
    content = "\n".join([f"{role['threshold']} of", *keys]).encode()
    digest = hashlib.scrypt(content, salt=b"resource-guide root", n=_COST, r=8, p=1, maxmem=64 << 20, dklen=6)
    words = _WORDS.read_text("utf-8").split()
    return tuple(words[byte] for byte in digest)
