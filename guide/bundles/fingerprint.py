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
    """Return the six words of a root file (TUF metadata, JSON): over its root keys, not its signatures or dates.

    256 words give 48 bits; scrypt (16 MiB) before them makes each try expensive.
    """
    signed = json.loads(root)["signed"]
    keys = sorted(
        json.dumps(signed["keys"][keyid]["keyval"], sort_keys=True) for keyid in signed["roles"]["root"]["keyids"]
    )
    content = "\n".join(keys).encode()
    digest = hashlib.scrypt(content, salt=b"resource-guide root", n=_COST, r=8, p=1, maxmem=64 << 20, dklen=6)
    words = _WORDS.read_text("utf-8").split()
    return tuple(words[byte] for byte in digest)
