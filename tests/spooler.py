"""A real CUPS of a test's own: a private scheduler on a loopback port, whose printers are files in a folder."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
PPD = Path("/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd")
_SERVER = """\
Listen 127.0.0.1:{port}
Browsing No
DefaultAuthType None
WebInterface No
MaxLogSize 0
LogLevel warn
PreserveJobHistory Yes
PreserveJobFiles Yes
DirtyCleanInterval 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_FILES = """\
FileDevice Yes
Sandboxing Relaxed
User {user}
Group {group}
SystemGroup {group}
ServerRoot {root}
ServerBin {root}/bin
DataDir /usr/share/cups
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/tmp
ErrorLog {root}/error_log
AccessLog {root}/access_log
PageLog {root}/page_log
"""


# A printer with something wrong: it says so as a real one does (backend(7)), and takes what it is given, or not.
_TROUBLE = """\
#!/bin/sh
[ $# = 0 ] && exit 0
case "$DEVICE_URI" in
trouble:/fails) echo "ERROR: no" >&2; exit 1 ;;
trouble:/paper) echo "STATE: +media-empty-error" >&2 ;;
trouble:/away) echo "STATE: +offline-report" >&2 ;;
esac
exec sleep 60
"""


@dataclass
class Cups:
    """A running scheduler; ``out`` is where its printers' pages land, one file a queue."""

    root: Path
    port: int
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def server(self) -> str:
        """Return what CUPS_SERVER must be."""
        return f"127.0.0.1:{self.port}"

    def run(self, *words: str) -> str:
        """Run one of CUPS's own commands; return what it says."""
        environment = {"PATH": _PATH, "CUPS_SERVER": self.server, "LC_ALL": "C.UTF-8", "HOME": str(self.root)}
        done = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=20, check=False)
        assert done.returncode == 0, (words, done.stderr, self.log())
        return done.stdout

    def add(self, name: str, *options: str) -> Path:
        """Make a printer that writes into a file, with a driver for PDF; return the file."""
        out = self.root / "out" / f"{name}.pdf"
        out.touch()
        if os.geteuid() == 0:
            shutil.chown(out, *_account())
        self.run(
            "lpadmin", "-p", name, "-E", "-v", f"file://{out}", "-P", str(PPD), "-D", f"The {name} printer", *options
        )
        return out

    def add_troubled(self, name: str, trouble: str) -> None:
        """Make a printer that ``fails`` each job, has no ``paper``, or is ``away``."""
        words = ["-v", f"trouble:/{trouble}", "-P", str(PPD), "-D", f"The {name} printer"]
        self.run("lpadmin", "-p", name, "-E", *words, "-o", "printer-error-policy=stop-printer")

    def log(self) -> str:
        """Return the end of what the scheduler wrote down."""
        with suppress(OSError):
            return (self.root / "error_log").read_text("utf-8", "replace")[-2000:]
        return ""

    def printed(self, out: Path) -> bytes:
        """Wait for the pages in ``out`` and return them."""
        end = time.monotonic() + 20
        while self.run("lpstat", "-o", out.stem) and time.monotonic() < end:
            time.sleep(0.05)
        return out.read_bytes()


def _account() -> tuple[str, str]:
    """Return who the scheduler runs as: never root."""
    if os.geteuid() == 0:
        return "lp", "lp"
    return pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name


@contextmanager
def running() -> Iterator[Cups]:
    """Start a scheduler and stop it; skips where CUPS is not installed."""
    cupsd = shutil.which("cupsd", path=_PATH)
    if cupsd is None or shutil.which("lpadmin", path=_PATH) is None or not PPD.is_file():
        pytest.skip("CUPS is not installed here (apt: cups cups-client cups-filters)")
    root = Path(tempfile.mkdtemp(prefix="cups-"))
    root.chmod(0o755)
    user, group = _account()
    for name in ("cache", "state", "spool", "tmp", "out", "ppd", "ssl"):
        (root / name).mkdir()
    (root / "bin" / "backend").mkdir(parents=True)
    for there in Path("/usr/lib/cups").iterdir():
        if there.name != "backend":
            (root / "bin" / there.name).symlink_to(there)
    backend = root / "bin" / "backend" / "trouble"
    backend.write_text(_TROUBLE)
    backend.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (root / "cupsd.conf").write_text(_SERVER.format(port=port))
    (root / "cups-files.conf").write_text(_FILES.format(user=user, group=group, root=root))
    words = [cupsd, "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")]
    as_user = {}
    if os.geteuid() == 0:
        for path in (root, *root.iterdir()):
            shutil.chown(path, user, group)
        as_user = {"user": user, "group": group, "extra_groups": []}
    environment = {"PATH": _PATH, "TMPDIR": str(root / "tmp")}
    with (root / "stderr").open("wb") as said:
        process = subprocess.Popen(words, stdout=said, stderr=said, env=environment, cwd=root, **as_user)  # type: ignore[call-overload]
    cups = Cups(root, port, process)
    try:
        _answering(cups)
        yield cups
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()
        shutil.rmtree(root, ignore_errors=True)


def _answering(cups: Cups) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        assert cups.process.poll() is None, (cups.root / "stderr").read_text() + cups.log()
        with suppress(OSError), socket.create_connection(("127.0.0.1", cups.port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(cups.log())
