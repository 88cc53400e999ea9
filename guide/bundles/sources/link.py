"""The only file of the program that opens a connection: to the mirror staff set up, by https, while staff are there."""

from __future__ import annotations

import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3 import exceptions as u

from guide.errors import (
    CaptivePortalError,
    MirrorCertificateError,
    MirrorCutError,
    MirrorError,
    MirrorProxyError,
    MirrorSlowError,
    MirrorStoppedError,
    MirrorWrongError,
    NoAccessError,
    UsageError,
)

CONNECT, READ = 10.0, 20.0  # seconds of silence until a server counts as gone
_PIECE = 64 * 1024
_LEAST, _WINDOW = 8 * 1024, 30.0  # bytes that have to come in so many seconds
_REDIRECTS = 3
_MISSING = (403, 404, 410)  # a storage host says 403 for what is not there
_BARREN = 3  # tries in a row that brought nothing
_DATES = (9, 10)  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Route:
    """How to get to a mirror: its address, a proxy ("" the system's, "none", or an address), a file of certificates."""

    address: str
    proxy: str = ""
    certificates: str = ""


class Link:
    """Asks one mirror. Sends no cookie, no name and nothing of this house: only which file is wanted."""

    def __init__(
        self, route: Route, keep_on: Callable[[], bool] = lambda: True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the way there, and what says whether to keep on.

        Raises:
            UsageError: the address is not https.
            NoAccessError: the file of certificates cannot be read.
        """
        parts = urlsplit(route.address.strip())
        if parts.scheme != "https" or not parts.hostname:
            raise UsageError("The update server's address has to begin with https://", address=route.address)
        self._base = route.address.strip().rstrip("/") + "/"
        self._keep_on, self._clock = keep_on, clock
        try:
            trusted = ssl.create_default_context()
            if route.certificates:
                trusted.load_verify_locations(route.certificates)
        except (OSError, ssl.SSLError) as error:
            raise NoAccessError(path=route.certificates) from error
        proxy = _proxy(route.proxy, parts.hostname)
        options = {"ssl_context": trusted, "timeout": urllib3.Timeout(connect=CONNECT, read=READ), "retries": False}
        try:
            self._pool = urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)  # type: ignore[arg-type]
        except (u.HTTPError, ValueError) as error:
            raise MirrorProxyError(proxy=proxy) from error

    def close(self) -> None:
        """Let go of every connection."""
        self._pool.clear()

    def get(self, name: str, most: int) -> bytes | None:
        """Return a small file of at most ``most`` bytes, None where the mirror has none. Raises MirrorError."""
        with self._asked(name, {}) as answer:
            if answer.status in _MISSING:
                return None
            _fine(answer)
            data = b""
            for piece in self._pieces(answer):
                data += piece
                if len(data) > most:
                    raise MirrorWrongError(reason="too large", name=name)
            if data.lstrip()[:1] == b"<":
                raise CaptivePortalError(name=name)
            return data

    def fetch(self, name: str, out: Path, length: int, tell: Tell) -> None:
        """Bring a large file to ``out``, going on where an earlier try was cut; at most ``length`` bytes are kept.

        What it holds is for the caller to check. Raises MirrorError, OSError.
        """
        barren = 0
        while (before := _size(out)) < length:
            try:
                self._go_on(name, out, before, length, tell)
            except MirrorCutError:
                barren = 0 if _size(out) - before >= _PIECE else barren + 1
                if barren >= _BARREN:
                    raise
        if before > length:
            out.unlink()
            self.fetch(name, out, length, tell)

    def _go_on(self, name: str, out: Path, have: int, length: int, tell: Tell) -> None:
        """Ask for what is missing, once."""
        mark = out.with_name(out.name + ".etag")
        wanted: dict[str, str] = {}
        if have:
            wanted["Range"] = f"bytes={have}-"
            if known := _read(mark):
                wanted["If-Range"] = known
        with self._asked(name, wanted) as answer:
            if answer.status in _MISSING:
                raise MirrorWrongError(reason="missing", name=name)
            if answer.status == 416:  # it knows no such part: all of it anew
                out.unlink()
                raise MirrorCutError(name=name, have=have, length=length)
            _fine(answer)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                raise CaptivePortalError(name=name)
            goes_on = answer.status == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")
            if have and not goes_on and answer.status == 206:
                raise MirrorWrongError(reason="another part than was asked for", name=name)
            mark.write_text(_strong(answer.headers.get("ETag", "")), "utf-8")
            have = have if goes_on else 0
            with out.open("ab" if goes_on else "wb") as file:
                for piece in self._pieces(answer):
                    file.write(piece[: length - have])
                    have = min(length, have + len(piece))
                    tell(have)
                    if have >= length:
                        return
        raise MirrorCutError(name=name, have=have, length=length)

    @contextmanager
    def _asked(self, name: str, wanted: dict[str, str]) -> Iterator[urllib3.BaseHTTPResponse]:
        """Ask and give the answer; every way it can fail is one of our errors."""
        address = urljoin(self._base, name)
        headers = {"Accept-Encoding": "identity", "User-Agent": "guide", "Cache-Control": "no-cache", **wanted}
        with _said(name):
            for _ in range(_REDIRECTS + 1):
                if not self._keep_on():
                    raise MirrorStoppedError(name=name)
                answer = self._pool.request("GET", address, headers=headers, preload_content=False, redirect=False)
                place = answer.get_redirect_location()
                if not place:
                    break
                answer.drain_conn()
                address = urljoin(address, place)
                if urlsplit(address).scheme != "https":  # where networks send everybody who has not signed in
                    raise CaptivePortalError(name=name)
            else:
                raise MirrorError(reason="it sends on and on", name=name)
            try:
                yield answer
            finally:
                answer.close()

    def _pieces(self, answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        """Yield what comes, as it comes; a trickle is as good as nothing."""
        since, came = self._clock(), 0
        while piece := answer.read1(_PIECE, decode_content=False):
            if not self._keep_on():
                raise MirrorStoppedError
            came += len(piece)
            if self._clock() - since > _WINDOW:
                if came < _LEAST:
                    raise MirrorSlowError(bytes=came)
                since, came = self._clock(), 0
            yield piece


@contextmanager
def _said(name: str) -> Iterator[None]:
    """Turn what the connection does into our own errors."""
    try:
        yield
    except (u.SSLError, ssl.SSLError) as error:
        raise _certificate(error, name) from error
    except u.ProxyError as error:
        if isinstance(error.original_error, (u.SSLError, ssl.SSLError)):
            raise _certificate(error.original_error, name) from error
        raise MirrorProxyError(name=name, detail=str(error.original_error)[:200]) from error
    except (u.ReadTimeoutError, TimeoutError) as error:
        raise MirrorSlowError(name=name) from error
    except (u.NewConnectionError, u.ConnectTimeoutError, u.NameResolutionError) as error:
        raise MirrorError(name=name) from error
    except (u.ProtocolError, u.DecodeError, ConnectionError) as error:
        raise MirrorCutError(name=name) from error
    except u.LocationParseError as error:
        raise UsageError("The update server's address is not an address.", name=name) from error
    except u.HTTPError as error:
        raise MirrorError(name=name, detail=type(error).__name__) from error


def _certificate(error: BaseException, name: str) -> MirrorError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = "date" if cause.verify_code in _DATES else "certificate"
            return MirrorCertificateError(name=name, reason=reason, detail=cause.verify_message)
        cause = cause.args[0] if cause.args and isinstance(cause.args[0], BaseException) else cause.__cause__
    return MirrorCutError(name=name, reason="tls")


def _fine(answer: urllib3.BaseHTTPResponse) -> None:
    if answer.status == 511:  # RFC 6585: network authentication required
        raise CaptivePortalError
    if answer.status == 407:
        raise MirrorProxyError(status=answer.status)
    if answer.status not in (200, 206):
        raise MirrorError(status=answer.status)


def _proxy(chosen: str, host: str) -> str:
    """Return the proxy's address, "" for none; the system's settings are those of its browser."""
    if chosen == "none":
        return ""
    if chosen:
        return chosen if "//" in chosen else f"http://{chosen}"
    with suppress(OSError):
        if urllib.request.proxy_bypass(host):
            return ""
    found = urllib.request.getproxies()
    return found.get("https") or found.get("all") or ""


def _strong(etag: str) -> str:
    """Return a mark that can be asked with: If-Range takes no weak one (RFC 9110, 13.1.5)."""
    return "" if etag.startswith("W/") or len(etag) > 200 else etag


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return ""
