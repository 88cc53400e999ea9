"""What the page of number checks asks the guide; plain callables, so that it knows no more than it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guide.records import Drive, Paper, Service
from guide.records.checking import CheckRound, Correction, CorrectionFile, DueCount, NumberCheck, Report


@dataclass(frozen=True)
class CheckAsks:
    """``entry`` gives a service as it is now, None when it left the guide; ``ours`` what is to put right in own
    services, ``change`` opens the form of one; ``label`` gives a category's words.
    """

    today: Callable[[], date]
    due: Callable[[], Sequence[DueCount]]
    round: Callable[[], CheckRound | None]
    begin: Callable[[str], CheckRound]
    end: Callable[[], None]
    entry: Callable[[str], Service | None]
    record: Callable[[Iterable[NumberCheck]], Sequence[NumberCheck]]
    take_back: Callable[[str], None]
    reports: Callable[[], Sequence[Report]]
    settle: Callable[[str], None]
    ours: Callable[[], Sequence[Correction]]
    change: Callable[[str], None]
    corrections: Callable[[bool], Sequence[CorrectionFile]]
    write: Callable[[CorrectionFile, Path], Path]
    drives: Callable[[], Sequence[Drive]]
    round_paper: Callable[[], Paper]
    slip: Callable[[Sequence[CorrectionFile]], Paper]
    print_paper: Callable[[Paper, str], None]
    mail: Callable[[Sequence[CorrectionFile]], bool]
    open_entry: Callable[[str], None]
    label: Callable[[str], str]
