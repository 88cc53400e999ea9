"""The first update an administrator laid beside the installer: taken in once, by a guide that never took one."""

from __future__ import annotations

from pathlib import Path

from guide.bundles.editions import Editions
from guide.settings import Settings, policy_file

NAME = "first.guide"


def first_bundle(settings: Settings) -> Path | None:
    """Return the bundle that waits where the policy lies; None where there is none, or one was taken in before."""
    found = policy_file().with_name(NAME)
    pointer = Editions(settings).pointer()  # after going back its ``highest`` still remembers what was taken in
    return found if found.is_file() and not pointer.data and not pointer.highest else None
