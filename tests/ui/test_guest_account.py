"""A guest account that may read the guide's data and write none of it: finding, calling and paper go on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VISIT = """
import ctypes, os, struct, sys, time
if os.geteuid() == 0:  # root without its capabilities obeys the rights on files like anybody else
    if ctypes.CDLL(None).capset(struct.pack("Ii", 0x20080522, 0), struct.pack("6I", *[0] * 6)):
        raise OSError("capabilities could not be laid down")
from PySide6.QtTest import QTest
from guide.errors import NoAccessError
from ui.start import arguments, start
app, window = start(arguments(["--data", {data!r}]))
def wait(until=lambda: True):
    end = time.monotonic() + 30
    while window.jobs.busy or not until():
        if time.monotonic() > end:
            print("stuck at", window.rooms.here, window.over.toast._text.text(), flush=True)
            os._exit(1)
        QTest.qWait(10)
QTest.keyClicks(window.bar.search, "food")
results = window.rooms.results
wait(lambda: bool(results.answer and results.answer.cards))
card = results.answer.cards[0]
window.open_entry(card.id)
wait(lambda: results.pane.service == card.id)
window.basket.toggle(card.id)
window.go("sheet")
wait(lambda: window.rooms.sheet.paper is not None)
if window.over._toast is not None and window.over._toast.isVisible():
    print("complains", window.over.toast._text.text())
window.hide_now()
wait()
window.cover.uncover()
window.go("unlock")
wait()
window.guide.staff.is_set_up()
try:
    window.guide.change_settings(language="es")
except NoAccessError:
    print("refused")
window.finish()
print("done", flush=True)
os._exit(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="rights on files as Linux has them")
@pytest.mark.parametrize("used", [False, True], ids=["a fresh folder", "a folder staff have used"])
def test_a_guest_who_may_write_nothing_finds_help(tmp_path: Path, *, used: bool) -> None:
    """SAFETY I3: the data folder is read-only for the account, and so is its home."""
    data, home = tmp_path / "data", tmp_path / "home"
    for folder in (data, home):
        folder.mkdir()
    if used:
        prepare = f"from guide.app import Guide; from guide.settings import load; from guide.records import Question; from pathlib import Path; g = Guide(load(Path({str(data)!r}))); g.staff.choose('a long passphrase'); g.change_settings(shelter_name='Harbor'); g.search(Question('food')); g.close()"
        subprocess.run([sys.executable, "-c", prepare], cwd=ROOT, check=True, timeout=60)
    for path in (home, data, *data.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = subprocess.run(
        [sys.executable, "-c", VISIT.format(data=str(data))], cwd=ROOT, capture_output=True, text=True,
        timeout=120, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT),
             "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": os.environ.get("TMPDIR", "/tmp")},
    )  # fmt: skip
    assert done.stdout.split() == ["refused", "done"], done.stdout + done.stderr
