"""What a person can do with an entry or a number, handed to every part that shows one."""

from __future__ import annotations

from collections.abc import Callable

from guide.records import Phone
from guide.records.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Actions:
    """``call`` and ``text`` take the number and the name it belongs to; ``copy`` takes what to copy and to show.

    ``wrong`` asks what is wrong with an entry, by its id.
    """

    open: Callable[[str], None]
    call: Callable[[Phone, str], None]
    text: Callable[[Phone, str], None]
    copy: Callable[[str, str], None]
    toggle: Callable[[str], None]
    chosen: Callable[[str], bool]
    wrong: Callable[[str], None] = lambda _service: None
    may: Callable[[str], bool] = lambda _function: True  # what the administrator of this PC left on
