"""Keys on a token (YubiKey or another PKCS#11 one): they never leave it, a PIN lets it sign (facts on trust, section 7)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from securesystemslib.exceptions import UnsupportedLibraryError
from securesystemslib.signer import HSMSigner, Signature, Signer, SSlibKey
from securesystemslib.signer._signer import SecretsHandler

from guide.errors import KeyFileError
from guide.publish.keys import NAMED, write_key_file

_LIBRARY = "PYKCS11LIB"  # where securesystemslib looks for the token's library
_PIV_SIGNATURE = 2  # slot 9c of a YubiKey, as PKCS#11 numbers it


def adopt_token_key(
    folder: Path, name: str, library: Path, *, slot: int = _PIV_SIGNATURE, token: str = "", pin: str = ""
) -> SSlibKey:
    """Write a key file for the P-256 or P-384 key that lies on a token, and return its public half.

    ``library`` is the token's PKCS#11 library; ``slot`` the key's id there; ``token`` its label where several are in.

    Raises:
        KeyFileError: no such token or key, or the program for tokens is not installed.
    """
    if not library.is_file():
        raise KeyFileError("There is no such PKCS#11 library.", name=str(library), reason="cannot be read")
    os.environ[_LIBRARY] = str(library)
    try:
        uri, public = HSMSigner.import_(slot, token or None, (lambda _: pin) if pin else None)
    except UnsupportedLibraryError as error:
        raise _not_installed(name) from error
    except Exception as error:
        raise _refused(name, error) from error
    public.unrecognized_fields[NAMED] = name
    body = {
        "format": "guide-key-1",
        "name": name,
        "keyid": public.keyid,
        "public": public.to_dict(),
        "pkcs11": {"uri": uri, "library": str(library)},
    }
    write_key_file(folder, name, body)
    return public


def token_signer(name: str, body: dict[str, Any], pin: str) -> Signer:
    """Return the signer of a key file that ``adopt_token_key`` wrote. Raises KeyFileError."""
    try:
        uri, library = str(body["pkcs11"]["uri"]), str(body["pkcs11"]["library"])
        public = SSlibKey.from_dict(body["keyid"], dict(body["public"]))
        os.environ.setdefault(_LIBRARY, library)
        return _Token(name, HSMSigner.from_priv_key_uri(uri, public, lambda _: pin))
    except UnsupportedLibraryError as error:
        raise _not_installed(name) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KeyFileError(name=name, reason="damaged") from error


class _Token(Signer):
    """A token's signer whose refusals are ours."""

    def __init__(self, name: str, inner: HSMSigner) -> None:
        self._name, self._inner = name, inner

    @property
    def public_key(self) -> SSlibKey:
        return self._inner.public_key

    @classmethod
    def from_priv_key_uri(
        cls, priv_key_uri: str, public_key: Any, secrets_handler: SecretsHandler | None = None
    ) -> Any:
        raise NotImplementedError  # made from a key file alone

    def sign(self, payload: bytes) -> Signature:
        try:
            return self._inner.sign(payload)
        except Exception as error:
            raise _refused(self._name, error) from error


def _refused(name: str, error: Exception) -> KeyFileError:
    """Turn what a token's driver said into ours; a driver has its own exceptions, and some are no more than a name."""
    if not (isinstance(error, ValueError) or type(error).__module__.split(".")[0] == "pkcs11"):
        raise error
    said = str(error) or type(error).__name__
    wrong = "Pin" in type(error).__name__
    return KeyFileError(
        "The token did not accept the PIN." if wrong else "The token or its key cannot be used.",
        name=name,
        reason="wrong passphrase" if wrong else said,
    )


def _not_installed(name: str) -> KeyFileError:
    return KeyFileError(
        "Keys on a token need python-pkcs11: pip install --require-hashes -r requirements/hsm.txt",
        name=name,
        reason="python-pkcs11 is not installed",
    )
