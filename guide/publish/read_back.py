"""Reads a release the way a guide that knows the first root alone will, before it leaves the house."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime

from tuf.api.exceptions import DownloadError, DownloadHTTPError, RepositoryError
from tuf.ngclient import FetcherInterface, Updater

from guide.errors import KeyFileError
from guide.publish.bundle_file import Members, pieces

_BASE = "release://"
_METADATA = f"{_BASE}metadata/"


def read_back(members: Members, now: datetime) -> None:
    """Take the members of a bundle in with TUF's own client, from the first root to the data (facts, section 7).

    A root that was lost or damaged, or that has expired, is noticed here and not in a shelter.

    Raises:
        KeyFileError: with ``reason``.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            updater = Updater(
                folder,
                _METADATA,
                folder,
                f"{_BASE}targets/",
                _Porter(members),
                bootstrap=b"".join(pieces(members["metadata/1.root.json"])),
            )
            updater._trusted_set.reference_time = now.astimezone(UTC)
            updater.refresh()
            for path in updater._trusted_set.targets.targets:
                target = updater.get_targetinfo(path)
                if target is not None:
                    updater.download_target(target)
        except (RepositoryError, DownloadError, ValueError, KeyError) as error:
            raise KeyFileError(
                "A guide could not read this release; nothing was written.", name="repository", reason=str(error)
            ) from error


class _Porter(FetcherInterface):
    """Brings members to TUF's client; one that is not there is a 404 (facts, trap 1)."""

    def __init__(self, members: Members) -> None:
        self._members = members

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = url.removeprefix(_BASE)
        if name not in self._members:
            raise DownloadHTTPError(f"no {name}", 404)
        return pieces(self._members[name])
