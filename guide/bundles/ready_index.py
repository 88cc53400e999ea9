"""An index that came ready made and signed with the catalog: taken out only where this program can read it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guide.bundles.archive import Archive
from guide.bundles.payload import unpack
from guide.bundles.trust import Verified
from guide.records import Progress

READY = "index.db"


def unpack_index(archive: Archive, verified: Verified, stage: Path, progress: Progress) -> None:
    """Write the ready index into ``stage`` if there is one for this catalog that this version of the program reads.

    Its length and sha256 are the signed ones; another one in its place makes the bundle a damaged one. One that is
    left out (a bundle from a mirror, or passed on by another house) is made here instead, as for any catalog.

    Raises:
        DamagedError, DiskFullError, StickGoneError.
    """
    from guide.search.index import VERSION

    index = verified.index
    if index is None or not archive.has(index.member) or index.version != VERSION or index.of != verified.data_sha256:
        return
    described = replace(
        verified,
        data_length=index.data_length,
        data_sha256=index.data_sha256,
        member=index.member,
        member_length=index.member_length,
        member_sha256=index.member_sha256,
    )
    unpack(archive, described, stage / READY, progress)
