"""Words instead of secrets and hashes: passphrases that can be written down, keys that can be read out aloud."""

from __future__ import annotations

import hashlib
import json
import secrets
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from securesystemslib.signer import Key

_WORDS = Path(__file__).resolve().parent.parent / "words.txt"
_COST = 2**14  # memory-hard: making another key with the same six words stays out of reach
# Words that nobody here should have to write on a sheet of paper.
_HURTING = frozenset(
    [
        "abandon",
        "abuse",
        "alcohol",
        "army",
        "attack",
        "blame",
        "bullet",
        "crash",
        "crime",
        "criminal",
        "cruel",
        "damage",
        "danger",
        "drip",
        "enemy",
        "erupt",
        "fatal",
        "fault",
        "gun",
        "guilt",
        "horror",
        "hurt",
        "innocent",
        "jealous",
        "kidney",
        "knife",
        "pistol",
        "police",
        "poverty",
        "prison",
        "punch",
        "rifle",
        "scorpion",
        "scare",
        "shoot",
        "sick",
        "slave",
        "stalk",
        "suffer",
        "suspect",
        "thief",
        "tragic",
        "trap",
        "ugly",
        "victim",
        "violate",
        "wage",
        "weapon",
        "woman",
        "wound",
        "wreck",
    ]
)


@lru_cache(maxsize=1)
def long_list() -> tuple[str, ...]:
    """Return about two thousand English words, no two of which begin with the same four letters (BIP 39)."""
    text = (files("mnemonic") / "wordlist" / "english.txt").read_text("utf-8")
    return tuple(word for word in text.split() if word not in _HURTING)


def suggest_passphrase(words: int = 6) -> str:
    """Return a passphrase of random words, nearly 11 bits each; chosen ones are weaker than people think."""
    return " ".join(secrets.choice(long_list()) for _ in range(words))


def words_of(key: Key) -> tuple[str, ...]:
    """Return a public key in six plain words (48 bits behind scrypt), for two people to compare aloud."""
    content = json.dumps(key.keyval, sort_keys=True).encode()
    digest = hashlib.scrypt(content, salt=b"resource-guide key", n=_COST, r=8, p=1, maxmem=64 << 20, dklen=6)
    listed = _WORDS.read_text("utf-8").split()
    return tuple(listed[byte] for byte in digest)
