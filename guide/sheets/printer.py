"""A PDF to a printer, from memory, under a neutral name: no file is left anywhere (SAFETY P4, N1)."""

from __future__ import annotations

import shutil
import subprocess
import sys

from guide.errors import PrinterError

JOB_NAME = "Document"
_MEDIA = {"letter": "Letter", "a4": "A4"}
_PATIENCE = 60  # seconds; a spooler that takes longer has a problem somebody should see


def can_send_pdf() -> bool:
    """Say whether this PC's spooler takes a PDF as it is (CUPS); elsewhere the window prints pictures of pages."""
    return sys.platform != "win32" and shutil.which("lp") is not None


def print_pdf(pdf: bytes, printer: str, *, copies: int = 1, paper: str = "letter", sides: str = "one-sided") -> None:
    """Send ``pdf`` to ``printer`` at its true size, through ``lp`` on standard input.

    Raises:
        PrinterError: with ``reason``: no spooler, refused, or no answer.
    """
    lp = shutil.which("lp")
    if lp is None or sys.platform == "win32":
        raise PrinterError(reason="no spooler", printer=printer)
    command = [
        lp, "-d", printer, "-n", str(max(1, copies)), "-t", JOB_NAME,
        "-o", f"media={_MEDIA[paper]}", "-o", "print-scaling=none", "-o", f"sides={sides}", "-",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise PrinterError(reason="no answer", printer=printer) from error
    except OSError as error:
        raise PrinterError(reason="no spooler", printer=printer) from error
    if done.returncode != 0:
        raise PrinterError(reason="refused", printer=printer, detail=done.stderr.decode(errors="replace").strip()[:200])
