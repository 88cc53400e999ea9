"""A whole visit in a process of its own: test_no_traces.py looks at what it leaves behind.

Usage: python -m tests.ui.a_visit none|visit|crash|socket DATA. "none" opens the guide and closes it; "crash" dies in the
middle of a visit by a bug of ours; "socket" opens one, to prove that the watch would see it.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

QUERY = "zebrafinch stalking"
_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2


def no_internet() -> None:
    """Let the system end this process at once when it opens a socket to any network (x86-64 Linux)."""
    load, equal, give = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
    kill, allow = 0x80000000, 0x7FFF0000
    program = [
        (load, 0, 0, 0), (equal, 0, 4, 41),  # the call's number: socket
        (load, 0, 0, 16), (equal, 1, 0, 2), (equal, 0, 1, 10),  # its first argument: AF_INET, AF_INET6
        (give, 0, 0, kill), (give, 0, 0, allow),
    ]  # fmt: skip
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    room = ctypes.create_string_buffer(code)
    head = struct.pack("HxxxxxxP", len(program), ctypes.addressof(room))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(_SECCOMP, _FILTER, head, 0, 0):
        raise OSError(ctypes.get_errno(), "no filter could be set")


def main(what: str, data: str) -> int:
    """Do it; return 0 when everything came to its end."""
    no_internet()
    if what == "socket":
        import socket

        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        return 0
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui import crash, no_dumps
    from ui.start import arguments, start

    _app, window = start(arguments(["--data", data]))
    crash.install(window.say_bug)

    def wait(until: Callable[[], bool] = lambda: True) -> None:
        end = time.monotonic() + 30
        while window.jobs.busy or not until():
            if time.monotonic() > end:
                raise TimeoutError
            QTest.qWait(10)

    wait(lambda: window.rooms.made("results") and "guide.search.ask" in sys.modules)
    QTest.qWait(100)
    if no_dumps.dumpable():
        return 3
    if what != "none":
        QTest.keyClicks(window.bar.search, QUERY)
        wait()
        window.bar.search.clear()
        QTest.keyClicks(window.bar.search, "stalking")
        wait(lambda: bool(window.rooms.results.answer and window.rooms.results.answer.cards))
        answer = window.rooms.results.answer
        card = answer.cards[0]  # type: ignore[union-attr]
        window.open_entry(card.id)
        wait(lambda: window.rooms.results.pane.service == card.id)
        window.copy("18007997233", "1-800-799-7233")
        window.acts.call(card.phone, card.name.text)
        wait(lambda: window.rooms.here == "dial")
        window.choose_language("es")
        wait()
        window.basket.toggle(card.id)
        window.go("sheet")
        wait(lambda: window.rooms.sheet.paper is not None)
        window.rooms._print_sheet()
        wait()
        if what == "crash":
            _crash(window, card.name.text)
            wait()
        window.hide_now()
        wait()
        QTest.keyClicks(window.cover._notes, "zebrafinch")
        window.cover.uncover()
        window.bar.search.setText("stalking")
        window.reset()
        wait()
        sys.stderr.flush()
    window.finish()
    window.close()
    QApplication.processEvents()
    return 0


def _crash(window: object, name: str) -> None:
    """A bug of ours whose message holds what a visitor saw; the crash path tells where, never what."""
    try:
        raise RuntimeError(f"{QUERY} {name} {window}")
    except RuntimeError:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]


if __name__ == "__main__":
    code = main(sys.argv[1], str(Path(sys.argv[2])))
    os._exit(code)
