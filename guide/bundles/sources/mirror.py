"""Asks the mirror for something newer and brings it home as a bundle, which is then checked like any other.

What comes over the line is believed in nothing: TUF judges the metadata before any data is asked for, and the
finished bundle goes through the same five steps as one from a stick. This file opens no connection itself.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from guide.bundles.archive import CHUNK, Archive
from guide.bundles.disk import alone, write_whole, writing
from guide.bundles.offers import make_offer, must_trust, trusting
from guide.bundles.publishers import claimants, opened
from guide.bundles.roster import keys
from guide.bundles.sources.deltas import best_delta, rebuilt
from guide.bundles.sources.packed import Signed, sha256_of_file
from guide.bundles.sources.passing_on import bundle_of
from guide.clock import Clock
from guide.errors import DamagedError, GuideError, MirrorWrongError, NotGenuineError, NotNewerError
from guide.records import Found, Progress, Step
from guide.settings import Settings

_METADATA = 256_000  # what TUF's client is told to take at most
_BUNDLE, _ASKED = "mirror.guide", "asked.json"
PLACE = "mirror"


class Line(Protocol):
    """What brings files from a mirror (``link.Link``)."""

    def get(self, name: str, most: int) -> bytes | None:
        """Return a small file, None where there is none."""
        ...

    def fetch(self, name: str, out: Path, length: int, tell: Callable[[int], None]) -> None:
        """Bring a large file to ``out``, going on where it was cut."""
        ...


class MirrorParts(Archive):
    """A mirror's metadata, asked for like the members of an open bundle."""

    def __init__(self, line: Line) -> None:
        """Take the line; ask nothing yet."""
        self.path, self.size = Path(_BUNDLE), 0
        self.parts: dict[str, bytes] = {}
        self.failure: GuideError | None = None
        self._line = line
        self._missing: set[str] = set()

    def close(self) -> None:
        """Have nothing to close: the line is the caller's."""

    def has(self, name: str) -> bool:
        """Say whether the mirror has ``name``; what it answers is kept."""
        if name not in self.parts and name not in self._missing:
            try:
                data = self._line.get(name, _METADATA)
            except GuideError as error:  # TUF's client would swallow it
                self.failure = error
                raise
            if data is None:
                self._missing.add(name)
            else:
                self.parts[name] = data
        return name in self.parts

    def length(self, name: str) -> int:
        """Return the length of what was got."""
        return len(self.parts[name])

    def newest_root(self) -> int:
        """Return the highest root version that was got."""
        roots = [int(n.split("/")[1].split(".")[0]) for n in self.parts if n.endswith(".root.json")]
        return max(roots, default=0)

    def pieces(self, name: str, most: int = CHUNK) -> Iterator[bytes]:
        """Yield what was got, which is small, in one piece."""
        del most
        yield self.parts[name]


def ask_mirror(settings: Settings, clock: Clock, line: Line, progress: Progress) -> Found:
    """Return what the mirror has: a bundle that lies in this guide's own folder now, or a word that it is not newer.

    It is asked for the publisher whose updates lie there, by that one's root alone. What came of a download that was
    cut is kept below that one's ``inbox`` and gone on with the next time.

    Raises:
        MirrorError: in one of its kinds.
        NoPublisherError, DiskFullError, NoAccessError, BusyError.
    """
    must_trust(settings)
    progress(Step("ask"))
    inbox = _inbox(settings)
    with writing(inbox):
        write_whole(inbox / _ASKED, json.dumps({"at": clock().astimezone(UTC).isoformat()}))
    parts, refused = MirrorParts(line), None
    for key in _asked(settings, parts):
        try:
            found = _asked_for(opened(settings, key), clock, line, parts, progress)
            return replace(found, publisher=key)
        except NotGenuineError as error:
            refused = refused or error
    raise parts.failure or MirrorWrongError(reason="not-genuine", detail=str(refused and refused.facts)[:200])


def _asked(settings: Settings, parts: MirrorParts) -> tuple[str, ...]:
    """Return every publisher, those whom the mirror's parts name first: keys may have changed since it was known."""
    known = keys(settings)
    return tuple(dict.fromkeys((*claimants(settings, parts), *known))) if len(known) > 1 else known


def _inbox(house: Settings) -> Path:
    inbox = house.data / "inbox"
    with writing(inbox):
        inbox.mkdir(parents=True, exist_ok=True, mode=0o700)
    return inbox


def _asked_for(house: Settings, clock: Clock, line: Line, parts: MirrorParts, progress: Progress) -> Found:
    """Return what the mirror has for one publisher. Raises NotGenuineError: it is another's."""
    editions, pointer = trusting(house)
    inbox = _inbox(house)
    with writing(inbox), alone(inbox / "lock"), tempfile.TemporaryDirectory() as scratch:
        tuf = Path(scratch) / "tuf"
        try:
            offer, verified = make_offer(editions, pointer, parts, tuf, clock)
        except NotNewerError:
            return _nothing(inbox)
        except NotGenuineError as error:
            if parts.failure is not None:
                raise parts.failure from error
            raise
        except DamagedError as error:
            raise parts.failure or MirrorWrongError(reason=error.code, detail=str(error.facts)[:200]) from error
        if offer.verdict in ("same", "older"):
            return _nothing(inbox)
        signed = Signed(verified.member_sha256, verified.member_length)
        out = inbox / _BUNDLE
        packed = inbox / f"{signed.sha256}.part"
        _sweep(inbox, {packed.name, f"{packed.name}.etag", out.name})
        if not _holds(out, signed, parts.parts):
            _bring(line, editions.catalog(pointer.data), tuf, signed, verified.data_sha256, packed, progress)
            bundle_of(out, parts.parts, signed, packed)
            _sweep(inbox, {out.name})
    about = (offer.verdict, offer.edition, offer.edition_name, offer.publisher_name)
    return Found(str(out), out.name, "mirror", PLACE, out.stat().st_size, *about)


def due(settings: Settings, clock: Clock) -> bool:
    """Say whether the mirror is to be asked by itself now: the set hours have passed, or nobody knows when it was."""
    if not settings.mirror or not settings.mirror_hours:
        return False
    try:
        last = datetime.fromisoformat(json.loads((settings.data / "inbox" / _ASKED).read_text("utf-8"))["at"])
        passed = clock() - last
    except (OSError, ValueError, KeyError, TypeError):
        return True
    return passed >= timedelta(hours=settings.mirror_hours) or passed < timedelta(0)  # a clock that was set back


def _bring(
    line: Line, here: Path, tuf: Path, signed: Signed, data_sha256: str, packed: Path, progress: Progress
) -> None:
    """Bring the compressed catalog to ``packed``: by a delta where one fits and is much smaller, else whole."""
    delta = best_delta(tuf, here, signed, data_sha256) if not packed.exists() else None
    if delta is not None:
        small = packed.with_name(f"{delta.sha256}.part")
        with suppress(MirrorWrongError):
            if _fetched(line, delta.member, small, delta.sha256, delta.length, progress):
                progress(Step("join"))
                if rebuilt(small, here, delta, signed, packed):
                    return
    if not _fetched(line, signed.member, packed, signed.sha256, signed.length, progress):
        raise MirrorWrongError(reason="data")


def _fetched(line: Line, name: str, out: Path, sha256: str, length: int, progress: Progress) -> bool:
    """Bring a file and check it; one that was gone on with and does not fit is fetched once more from its beginning."""
    for fresh in (False, True):
        if fresh:
            out.unlink(missing_ok=True)
        line.fetch(name, out, length, lambda have: progress(Step("fetch", have, length)))
        if sha256_of_file(out) == sha256:
            return True
    out.unlink(missing_ok=True)
    return False


def _holds(bundle: Path, signed: Signed, parts: dict[str, bytes]) -> bool:
    """Say whether a bundle that was brought before is the one the mirror offers now."""
    if not bundle.is_file():
        return False
    try:
        with Archive(bundle) as archive:
            metadata = all(archive.has(name) and b"".join(archive.pieces(name)) == data for name, data in parts.items())
            return metadata and archive.has(signed.member)
    except GuideError:
        return False


def _sweep(inbox: Path, kept: set[str]) -> None:
    """Take away what is left of editions that are no longer asked for."""
    for path in inbox.iterdir():
        if path.name not in kept and (path.suffix in (".part", ".etag", ".guide", ".new")):
            path.unlink(missing_ok=True)


def _nothing(inbox: Path) -> Found:
    _sweep(inbox, set())
    return Found("", "", "mirror", PLACE, 0, "same")
