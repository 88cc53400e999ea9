"""What a bundle says of itself, for a person to read: told whoever signed it, and no word of it is believed here."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from guide.bundles.archive import Archive
from guide.bundles.fingerprint import fingerprint
from guide.bundles.roots import roots_in, sound_root
from guide.bundles.trust import Verified, judge
from guide.clock import Clock
from guide.errors import DamagedError
from guide.records import Explained

_INDEX = "index.db.zst"
_DELTA = re.compile(r"delta/(\d{1,10})-\d{1,10}\.zst")


def explained(path: Path, clock: Clock) -> Explained:
    """Return what the bundle at ``path`` says of itself; its own keys have signed all of it.

    That proves that it is one whole thing, not whose it is: for that there is ``verify``.

    Raises:
        DamagedError, NotGenuineError: it is no bundle, or its own keys have not signed it.
    """
    with Archive(path) as archive, TemporaryDirectory(prefix="guide-") as folder:
        roots = list(roots_in(archive))
        if not roots:
            raise DamagedError(reason="it holds no keys", file=path.name)
        oldest = sound_root(roots[-1], path.name)
        state, stage = Path(folder, "state"), Path(folder, "stage")
        state.mkdir()
        stage.mkdir()
        found = judge(archive, oldest, state, stage, clock().astimezone(UTC))
        newest = (stage / "root.json").read_bytes()  # the last one that the others lead to
        targets: dict[str, Any] = json.loads((stage / "targets.json").read_text("utf-8"))["signed"]["targets"]
        whole = archive.has(found.member) and archive.length(found.member) == found.member_length
        return _told(path, found, newest, targets, whole=whole)


def _told(path: Path, found: Verified, newest: bytes, targets: dict[str, Any], *, whole: bool) -> Explained:
    root = json.loads(newest)["signed"]
    rooted = root["roles"]["root"]
    services = targets["catalog.db.zst"]["custom"].get("services", 0)
    return Explained(
        publisher_name=found.publisher_name,
        fingerprint=fingerprint(newest),
        edition=found.edition,
        edition_name=found.edition_name,
        services=services if isinstance(services, int) else 0,
        published_at=found.published_at,
        next_expected=found.next_expected,
        expires=found.expires,
        signed=found.signed,
        keys=found.keys,
        threshold=found.threshold,
        root_version=int(root["version"]),
        root_keys=len(rooted["keyids"]),
        root_threshold=int(rooted["threshold"]),
        root_expires=datetime.fromisoformat(root["expires"].replace("Z", "+00:00")),
        changes_of_keys=int(root["version"]) - 1,
        size=path.stat().st_size,
        data_length=found.data_length,
        with_index=_INDEX in targets,
        steps_from=tuple(sorted(int(step[1]) for name in targets if (step := _DELTA.fullmatch(name)))),
        whole=whole,
    )
