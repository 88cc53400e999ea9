"""Keeps the system from writing this program's memory to disk when it crashes (SAFETY N1, N4).

A memory image would hold what was searched, shown and copied. Called right after the first frame, before anybody typed.
"""

from __future__ import annotations

import sys

_NOT_DUMPABLE, _DUMPABLE_STATE = 4, 3  # PR_SET_DUMPABLE, PR_GET_DUMPABLE of linux/prctl.h
_QUIET = 0x0001 | 0x0002 | 0x8000  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX
_NO_HEAP = 0x0001  # WER_FAULT_REPORTING_FLAG_NOHEAP


def forbid_dumps() -> None:
    """Allow no core file, no memory for a crash handler in a pipe, and no Windows error report with content."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_QUIET)
        ctypes.windll.kernel32.WerSetFlags(_NO_HEAP)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_NOT_DUMPABLE, 0, 0, 0, 0)


def dumpable() -> bool:
    """Say whether the system would write this program's memory out; on Linux alone it can be asked."""
    import ctypes

    return bool(ctypes.CDLL(None).prctl(_DUMPABLE_STATE, 0, 0, 0, 0))
