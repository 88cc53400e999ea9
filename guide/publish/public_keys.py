"""The public half of a key as a small file that travels: by stick or mail, nothing in it is secret."""

from __future__ import annotations

import json
from pathlib import Path

from securesystemslib.signer import SSlibKey
from securesystemslib.signer._utils import compute_default_keyid

from guide.errors import KeyFileError, UsageError
from guide.publish.keys import NAMED

SUFFIX = ".public.json"
_FORMAT = "guide-public-key-1"


def write_public(folder: Path, name: str, key: SSlibKey) -> Path:
    """Write ``key`` beside its private file, and return the path. Raises OSError."""
    path = folder / f"{name}{SUFFIX}"
    body = {"format": _FORMAT, "name": name, "keyid": key.keyid, "public": key.to_dict()}
    path.write_text(json.dumps(body, indent=1), "utf-8")
    return path


def read_public(path: Path) -> SSlibKey:
    """Return the key in a file that ``write_public`` wrote, with its name in it.

    Its id is reckoned from the key itself, so that one key cannot come under two ids.

    Raises:
        KeyFileError: it is no such file.
        UsageError: it is somebody's private key.
    """
    try:
        body = json.loads(path.read_text("utf-8"))
        if body.get("format") == "guide-key-1":
            raise UsageError(
                "This is a private key. Its holder keeps it; ask for the file that ends in .public.json.",
                file=path.name,
            )
        if body["format"] != _FORMAT:
            raise KeyFileError(name=path.name, reason="not a public key")
        public = dict(body["public"])
        name = str(public.pop(NAMED, "") or body["name"])
        key = SSlibKey.from_dict(body["keyid"], public)
        key.keyid = compute_default_keyid(key.keytype, key.scheme, key.keyval)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileError(name=path.name, reason="not a public key") from error
    key.unrecognized_fields[NAMED] = name
    return key
