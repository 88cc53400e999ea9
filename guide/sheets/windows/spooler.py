"""Windows' spooler: which printers there are and how they stand, what became of a job, taking it back."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes as w
from typing import Any

from guide.errors import PrinterError
from guide.records import JobLook, JobState, Printer, PrinterState, PrintJob
from guide.sheets.windows import structures as s

# A printer's status bits, the first that fits counts.
_STATES = (
    (s.PAUSED, PrinterState.PAUSED),
    (s.PAPER_OUT | s.MANUAL_FEED, PrinterState.NO_PAPER),
    (s.OFFLINE | s.NOT_AVAILABLE, PrinterState.OFFLINE),
    (s.ERROR | s.JAM | s.PAPER_PROBLEM | s.NO_TONER | s.USER_INTERVENTION | s.DOOR_OPEN, PrinterState.TROUBLE),
    (s.BUSY | s.PRINTING, PrinterState.BUSY),
)


def printers(spooler: Any) -> tuple[Printer, ...]:
    """Return the printers of this PC, the default one first. Raises PrinterError: no answer."""
    flags = s.ENUM_LOCAL | s.ENUM_CONNECTIONS
    needed, count = w.DWORD(), w.DWORD()
    spooler.EnumPrintersW(flags, None, 2, None, 0, ctypes.byref(needed), ctypes.byref(count))
    if not needed.value:
        return ()
    room = ctypes.create_string_buffer(needed.value)
    if not spooler.EnumPrintersW(flags, None, 2, room, needed.value, ctypes.byref(needed), ctypes.byref(count)):
        raise PrinterError("Windows did not say which printers there are.", reason="no answer")
    default = _default(spooler)
    rows = (s.PrinterInfo2 * count.value).from_buffer(room)
    found = [
        Printer(r.pPrinterName, r.pPrinterName, _state(r), r.pPrinterName == default, r.pPortName or "") for r in rows
    ]
    return tuple(sorted(found, key=lambda p: (not p.default, p.title.casefold())))


def look(spooler: Any, job: PrintJob) -> JobLook:
    """Say what became of ``job``; one the spooler no longer knows has gone to the printer."""
    with opened(spooler, job.printer) as handle:
        needed = w.DWORD()
        spooler.GetJobW(handle, job.number, 1, None, 0, ctypes.byref(needed))
        if not needed.value:
            return JobLook(JobState.DONE)
        room = ctypes.create_string_buffer(needed.value)
        if not spooler.GetJobW(handle, job.number, 1, room, needed.value, ctypes.byref(needed)):
            return JobLook(JobState.DONE)
        status = s.JobInfo1.from_buffer(room).Status
    if status & (s.JOB_PRINTED | s.JOB_COMPLETE | s.JOB_DELETED):
        return JobLook(JobState.DONE)
    if status & s.JOB_PAPER_OUT:
        return JobLook(JobState.WAITING, PrinterState.NO_PAPER)
    if status & s.JOB_OFFLINE:
        return JobLook(JobState.WAITING, PrinterState.OFFLINE)
    if status & (s.JOB_ERROR | s.JOB_BLOCKED):
        return JobLook(JobState.FAILED)
    printer = next((p.state for p in printers(spooler) if p.name == job.printer), PrinterState.UNKNOWN)
    return JobLook(JobState.PRINTING if status & s.JOB_PRINTING else JobState.WAITING, printer)


def cancel(spooler: Any, job: PrintJob) -> bool:
    """Take ``job`` out of the queue; say whether that was still possible (SAFETY Q7)."""
    try:
        with opened(spooler, job.printer) as handle:
            return bool(spooler.SetJobW(handle, job.number, 0, None, s.JOB_CONTROL_DELETE))
    except PrinterError:
        return False


@contextmanager
def opened(spooler: Any, printer: str) -> Iterator[Any]:
    """Give a handle on ``printer``. Raises PrinterError: gone."""
    handle = w.HANDLE()
    if not spooler.OpenPrinterW(printer, ctypes.byref(handle), None):
        raise PrinterError("That printer is not there any more.", reason="gone", printer=printer)
    try:
        yield handle
    finally:
        spooler.ClosePrinter(handle)


def _default(spooler: Any) -> str:
    length = w.DWORD()
    spooler.GetDefaultPrinterW(None, ctypes.byref(length))
    room = ctypes.create_unicode_buffer(max(1, length.value))
    return room.value if spooler.GetDefaultPrinterW(room, ctypes.byref(length)) else ""


def _state(row: Any) -> PrinterState:
    if row.Attributes & s.WORK_OFFLINE:
        return PrinterState.OFFLINE
    return next((state for bits, state in _STATES if row.Status & bits), PrinterState.READY)
