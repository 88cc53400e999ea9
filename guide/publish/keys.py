"""A publisher's keys on disk: encrypted, one file a key, never in the repository.

Argon2id (64 MiB) makes the file's key from a passphrase, ChaCha20-Poly1305 wraps the raw Ed25519 key: what
libraries call "best available" for PKCS8 is 2,048 rounds of PBKDF2 (facts on trust, section 7). A key on a token
(``tokens.py``) has a file too, without anything secret in it.
"""

from __future__ import annotations

import base64
import json
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from securesystemslib.signer import CryptoSigner, Signer, SSlibKey

from guide.errors import KeyFileError, UsageError

Ask = Callable[[str], str]  # a key's name -> its passphrase; "" passes this key by where another may sign
SHORTEST = 12
NAMED = "x-guide-name"  # stands in the root beside each key, so that a key whose file is lost can be named
_SUFFIX = ".key.json"


@dataclass(frozen=True)
class Cost:
    """What one try at a passphrase costs: memory in KiB and passes."""

    memory: int = 65_536
    passes: int = 3


def new_key(folder: Path, name: str, passphrase: str, cost: Cost | None = None) -> SSlibKey:
    """Make a key ``name`` in ``folder`` and return its public half.

    Raises:
        UsageError: the passphrase is too short, or there is a key of that name already.
    """
    if len(_plain(passphrase)) < SHORTEST:
        raise UsageError(f"A passphrase needs at least {SHORTEST} characters.", name=name)
    if (folder / f"{name}{_SUFFIX}").exists():  # before anything secret is made
        raise UsageError("There is a key of that name already.", name=name)
    signer = CryptoSigner(Ed25519PrivateKey.generate())
    raw = signer._private_key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    cost = cost or Cost()
    salt, nonce = os.urandom(16), os.urandom(12)
    public: SSlibKey = signer.public_key
    public.unrecognized_fields[NAMED] = name
    body = {
        "format": "guide-key-1",
        "name": name,
        "keyid": public.keyid,
        "public": public.to_dict(),
        "argon2id": {"memory": cost.memory, "passes": cost.passes, "salt": _b64(salt)},
        "nonce": _b64(nonce),
        "private": _b64(ChaCha20Poly1305(_stretch(passphrase, salt, cost)).encrypt(nonce, raw, public.keyid.encode())),
    }
    write_key_file(folder, name, body)
    return public


def write_key_file(folder: Path, name: str, body: dict[str, Any]) -> None:
    """Write a new key's file, for its owner's eyes alone. Raises UsageError when there is one of that name."""
    path = folder / f"{name}{_SUFFIX}"
    if path.exists():
        raise UsageError("There is a key of that name already.", name=name, file=str(path))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())  # a key that signed a root must not be gone after a power cut


def load_key(folder: Path, name: str, passphrase: str) -> Signer:
    """Return the signer of key ``name``; a token's passphrase is its PIN.

    Raises:
        KeyFileError: passphrase or file are wrong, or the token is not there.
    """
    body = _body(folder / f"{name}{_SUFFIX}")
    if "pkcs11" in body:
        from guide.publish.tokens import token_signer

        return token_signer(name, body, passphrase)
    try:
        cost = Cost(body["argon2id"]["memory"], body["argon2id"]["passes"])
        if not (8 <= cost.memory <= 1 << 20 and 1 <= cost.passes <= 16):
            raise KeyFileError(name=name, reason="damaged")
        stretched = _stretch(passphrase, _unb64(body["argon2id"]["salt"]), cost)
        keyid = body["keyid"]
        raw = ChaCha20Poly1305(stretched).decrypt(_unb64(body["nonce"]), _unb64(body["private"]), keyid.encode())
        private = Ed25519PrivateKey.from_private_bytes(raw)
        signer = CryptoSigner(private, SSlibKey.from_dict(keyid, dict(body["public"])))
        if signer.public_key.keyval["public"] != private.public_key().public_bytes_raw().hex():
            raise KeyFileError(name=name, reason="damaged")
        return signer
    except InvalidTag as error:
        raise KeyFileError(name=name, reason="wrong passphrase") from error
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise KeyFileError(name=name, reason="damaged") from error


def list_keys(folder: Path) -> dict[str, SSlibKey]:
    """Return the public keys in ``folder`` by name."""
    found = {}
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        body = _body(path)
        try:
            found[path.name.removesuffix(_SUFFIX)] = SSlibKey.from_dict(body["keyid"], dict(body["public"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KeyFileError(name=path.name, reason="damaged") from error
    return found


def _body(path: Path) -> dict[str, Any]:
    try:
        body = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KeyFileError(name=path.name, reason="cannot be read") from error
    if not isinstance(body, dict) or body.get("format") != "guide-key-1":
        raise KeyFileError(name=path.name, reason="not a key file")
    return body


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=1, memory_cost=cost.memory)
    return kdf.derive(_plain(passphrase).encode())


def _plain(passphrase: str) -> str:
    """Return a passphrase as any keyboard gives it: one space between words, one form of each letter."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unb64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
