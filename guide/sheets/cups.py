"""CUPS by its own commands: which printers there are, a PDF to one of them from memory, its job, taking it back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from guide.errors import PrinterError
from guide.records import JobLook, JobState, Printer, PrinterState, PrintJob, PrintOrder
from guide.sheets.cups_words import job_in, job_state, printers_in

JOB_NAME = "Document"  # SAFETY P4
_MEDIA = {"letter": "Letter", "a4": "A4"}
_QUESTION = 2.0  # seconds for a question; a person is told by then what is wrong
_SENDING = 30.0  # seconds for the pages themselves: a long booklet to a spooler on another machine


def here() -> bool:
    """Say whether CUPS's commands are on this PC."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def printers() -> tuple[Printer, ...]:
    """Return the printers CUPS knows, the default one first. Raises PrinterError: no spooler, no answer."""
    done = _run(["lpstat", "-l", "-p", "-a", "-d"], "")
    # Without a printer lpstat fails too, and says so.
    if done.returncode and b"not running" in done.stderr:
        raise PrinterError("The print system does not run on this computer.", reason="no spooler")
    try:
        also = _run(["lpstat", "-e"], "").stdout.decode(errors="replace")
    except PrinterError:  # it looks for printers in the network, which may take long
        also = ""
    return printers_in(done.stdout.decode(errors="replace"), also)


def send(pdf: bytes, order: PrintOrder) -> PrintJob:
    """Send ``pdf`` at its true size through ``lp`` on standard input; nothing is written here (facts, print 3).

    A printer that is paused or takes nothing is not sent to: pages that come out later find somebody else there.

    Raises:
        PrinterError: with ``reason`` gone, paused, rejecting, no spooler, no answer or refused.
    """
    printer = next((p for p in printers() if p.name == order.printer), None)
    if printer is None:
        raise PrinterError("That printer is not there any more.", reason="gone", printer=order.printer)
    if printer.state in (PrinterState.PAUSED, PrinterState.REJECTING):
        said = "paused" if printer.state is PrinterState.PAUSED else "not taking any pages"
        raise PrinterError(f"The printer is {said}.", reason=printer.state.value, printer=printer.title)
    command = [
        "lp", "-d", order.printer, "-n", str(max(1, order.copies)), "-t", JOB_NAME,
        "-o", f"media={_MEDIA[order.paper]}", "-o", "print-scaling=none", "-o", f"sides={order.sides}",
        "-o", "collate=true",
    ]  # fmt: skip
    if order.pages:
        command += ["-P", ",".join(f"{first}-{last}" for first, last in order.pages)]
    done = _run([*command, "-"], order.printer, pdf, _SENDING)
    found = job_in(done.stdout.decode(errors="replace"))
    if done.returncode or found is None:
        detail = done.stderr.decode(errors="replace").strip()[:200]
        raise PrinterError(reason="refused", printer=printer.title, detail=detail)
    return PrintJob(found[0], found[1])


def look(job: PrintJob) -> JobLook:
    """Say what became of ``job``, and how its printer stands. Raises PrinterError: no answer."""
    said = [
        _run(["lpstat", "-l", "-W", which, "-o", job.printer], job.printer).stdout.decode(errors="replace")
        for which in ("not-completed", "completed")
    ]
    state = job_state(said[0], said[1], f"{job.printer}-{job.number}")
    if state in (JobState.DONE, JobState.FAILED):
        return JobLook(state)
    found = next((p.state for p in printers() if p.name == job.printer), PrinterState.UNKNOWN)
    return JobLook(state, found)


def cancel(job: PrintJob) -> bool:
    """Take ``job`` out of the queue; say whether that was still possible (SAFETY Q7)."""
    try:
        return _run(["cancel", f"{job.printer}-{job.number}"], job.printer).returncode == 0
    except PrinterError:
        return False


def _run(
    words: Sequence[str], printer: str, given: bytes = b"", patience: float = _QUESTION
) -> subprocess.CompletedProcess[bytes]:
    """Run one of CUPS's commands, in English. Raises PrinterError: no spooler, no answer."""
    program = shutil.which(words[0])
    if program is None:
        raise PrinterError("There is no print system (CUPS) on this computer.", reason="no spooler", printer=printer)
    english = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    command = [program, *words[1:]]
    try:
        return subprocess.run(command, input=given, capture_output=True, timeout=patience, check=False, env=english)
    except subprocess.TimeoutExpired as error:
        raise PrinterError("The print system does not answer.", reason="no answer", printer=printer) from error
    except OSError as error:
        raise PrinterError("The print system cannot be asked.", reason="no spooler", printer=printer) from error
