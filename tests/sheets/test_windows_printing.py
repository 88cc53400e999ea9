"""Printing on Windows as far as it goes here: our code against stand-ins for winspool, gdi32 and PDFium's call."""

# ruff: noqa: N802 - Windows names its calls so
from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pytest

from guide.errors import PrinterError
from guide.records import JobState, PrinterState, PrintJob, PrintOrder
from guide.sheets.windows import page, spooler
from guide.sheets.windows import structures as s
from guide.sheets.windows.libraries import Libraries, load

DOTS, EDGE = 600, (101, 99)


def written(to: Any, value: int) -> None:
    to._obj.value = value


class Spooler:
    """winspool.drv with printers in memory; what is asked of a driver is kept in ``mode``."""

    def __init__(self, status: dict[str, int], copies: int = 99) -> None:
        self.status, self.copies = status, copies
        self.jobs: dict[int, int] = {}
        self.mode: s.DevMode | None = None
        self.open = 0

    def EnumPrintersW(self, _flags: int, _n: None, level: int, room: Any, size: int, needed: Any, count: Any) -> int:
        wanted = ctypes.sizeof(s.PrinterInfo2) * len(self.status)
        written(needed, wanted)
        assert level == 2
        if room is None or size < wanted:
            return 0
        self.rows = rows = (s.PrinterInfo2 * len(self.status)).from_buffer(room)  # keeps the names alive
        for row, (name, status) in zip(rows, self.status.items(), strict=True):
            row.pPrinterName, row.Status = name, status & 0xFFFFFF
            row.Attributes = s.WORK_OFFLINE if status < 0 else 0
        written(count, len(self.status))
        return 1

    def GetDefaultPrinterW(self, room: Any, length: Any) -> int:
        name = next(reversed(self.status), "")
        written(length, len(name) + 1)
        if room is not None:
            room.value = name
        return int(room is not None)

    def OpenPrinterW(self, name: str, handle: Any, _defaults: None) -> int:
        self.open += name in self.status
        written(handle, 7)
        return int(name in self.status)

    def ClosePrinter(self, _handle: Any) -> int:
        self.open -= 1
        return 1

    def DeviceCapabilitiesW(self, *_: Any) -> int:
        return self.copies

    def DocumentPropertiesW(self, _w: None, _h: Any, _name: str, out: Any, given: Any, flags: int) -> int:
        if not flags:
            return ctypes.sizeof(s.DevMode) + 64
        if flags & s.DM_IN:
            self.mode = s.DevMode.from_buffer_copy(given)
        return 1

    def GetJobW(self, _h: Any, number: int, _level: int, room: Any, _size: int, needed: Any) -> int:
        if number not in self.jobs:
            return 0
        written(needed, ctypes.sizeof(s.JobInfo1))
        if room is not None:
            s.JobInfo1.from_buffer(room).Status = self.jobs[number]
        return int(room is not None)

    def SetJobW(self, _h: Any, number: int, _level: int, _info: None, command: int) -> int:
        assert command == s.JOB_CONTROL_DELETE
        return int(self.jobs.pop(number, None) is not None)


class Drawing:
    """gdi32 that writes down what it is told; ``fails`` names a call that does not work."""

    def __init__(self, fails: str = "") -> None:
        self.fails, self.said = fails, []  # type: ignore[var-annotated]

    def CreateDCW(self, driver: str, name: str, _out: None, _mode: Any) -> int:
        self.said.append((driver, name))
        return 0 if self.fails == "CreateDCW" else 5

    def StartDocW(self, _dc: int, info: Any) -> int:
        self.said.append(info._obj.lpszDocName)
        return 0 if self.fails == "StartDocW" else 31

    def GetDeviceCaps(self, _dc: int, which: int) -> int:
        return {s.LOGPIXELSX: DOTS, s.LOGPIXELSY: DOTS, s.PHYSICALOFFSETX: EDGE[0], s.PHYSICALOFFSETY: EDGE[1]}[which]

    def __getattr__(self, name: str) -> Callable[[int], int]:
        def call(_dc: int) -> int:
            self.said.append(name)
            return int(name != self.fails)

        return call


class Machine:
    """All of it, and the pages as PDFium is asked to draw them."""

    def __init__(self, status: int = 0, fails: str = "", copies: int = 99) -> None:
        self.spooler, self.drawing = Spooler({"Attic": 0, "Front desk": status}, copies), Drawing(fails)
        self.pages: list[tuple[int, ...]] = []

    def send(self, pdf: bytes, stopped: Callable[[], bool] = lambda: False, **over: Any) -> PrintJob:
        libraries = Libraries(self.spooler, self.drawing, lambda _dc, _page, *place: self.pages.append(place))
        return page.send(libraries, pdf, PrintOrder("Front desk", **over), stopped)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Three pages: Letter, A4 and Letter lying."""
    import typst

    made = typst.compile(
        b'#set page(paper: "us-letter")\n1\n#set page(paper: "a4")\n2\n#set page(paper: "us-letter", flipped: true)\n3'
    )
    return bytes(made)


def test_every_page_is_drawn_at_its_true_size_from_the_papers_own_corner(pdf: bytes) -> None:
    machine = Machine()
    assert machine.send(pdf) == PrintJob("Front desk", 31)
    x, y = -EDGE[0], -EDGE[1]
    letter, a4 = (round(8.5 * DOTS), 11 * DOTS), (round(210 / 25.4 * DOTS), round(297 / 25.4 * DOTS))
    printing = 0x800
    assert machine.pages == [(x, y, *letter, 0, printing), (x, y, *a4, 0, printing), (x, y, *letter, 1, printing)]
    page_calls = ["StartPage", "EndPage"] * 3
    assert machine.drawing.said == [("WINSPOOL", "Front desk"), "Document", *page_calls, "EndDoc", "DeleteDC"]
    assert machine.spooler.open == 0, "every handle is given back"


def test_the_driver_is_told_paper_copies_sides_and_no_scaling(pdf: bytes) -> None:
    machine = Machine()
    machine.send(pdf, copies=3, paper="a4", sides="two-sided-short-edge", pages=((2, 2),))
    mode = machine.spooler.mode
    assert mode is not None
    assert (mode.dmPaperSize, mode.dmCopies, mode.dmCollate, mode.dmDuplex, mode.dmScale) == (9, 3, 1, 3, 100)
    assert mode.dmFields & s.DM_DUPLEX and mode.dmFields & s.DM_COPIES
    assert len(machine.pages) == 1


def test_a_driver_that_makes_no_copies_is_given_them_page_by_page(pdf: bytes) -> None:
    machine = Machine(copies=1)
    machine.send(pdf, copies=2)
    assert len(machine.pages) == 6
    assert machine.spooler.mode is not None
    assert machine.spooler.mode.dmCopies == 1


@pytest.mark.parametrize(
    ("fails", "reason", "undone"),
    [
        ("CreateDCW", "refused", []),
        ("StartDocW", "refused", ["DeleteDC"]),
        ("StartPage", "failed", ["AbortDoc", "DeleteDC"]),
        ("EndPage", "failed", ["AbortDoc", "DeleteDC"]),
        ("EndDoc", "failed", ["DeleteDC"]),
    ],
)
def test_whatever_windows_refuses_is_named_and_taken_back(
    pdf: bytes, fails: str, reason: str, undone: list[str]
) -> None:
    machine = Machine(fails=fails)
    with pytest.raises(PrinterError) as caught:
        machine.send(pdf)
    assert caught.value.facts["reason"] == reason
    assert [call for call in machine.drawing.said if call in ("AbortDoc", "DeleteDC")] == undone


def test_hide_now_stops_between_two_pages_and_nothing_is_printed(pdf: bytes) -> None:
    """SAFETY Q7."""
    machine = Machine()
    with pytest.raises(PrinterError) as caught:
        machine.send(pdf, lambda: len(machine.pages) == 1)
    assert caught.value.facts["reason"] == "stopped"
    assert "AbortDoc" in machine.drawing.said
    assert "EndDoc" not in machine.drawing.said


def test_a_paused_printer_and_one_that_is_gone_get_nothing(pdf: bytes) -> None:
    machine = Machine(status=s.PAUSED)
    with pytest.raises(PrinterError) as caught:
        machine.send(pdf)
    assert caught.value.facts["reason"] == "paused"
    machine.spooler.status = {}
    with pytest.raises(PrinterError) as caught:
        machine.send(pdf)
    assert caught.value.facts["reason"] == "gone"
    assert machine.drawing.said == []


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (0, PrinterState.READY),
        (s.PRINTING, PrinterState.BUSY),
        (s.PAPER_OUT | s.PRINTING, PrinterState.NO_PAPER),
        (s.JAM, PrinterState.TROUBLE),
        (s.OFFLINE, PrinterState.OFFLINE),
        (-1, PrinterState.OFFLINE),
        (s.PAUSED | s.PAPER_OUT, PrinterState.PAUSED),
    ],
)
def test_printers_are_listed_with_how_they_stand(status: int, state: PrinterState) -> None:
    first, second = spooler.printers(Spooler({"Attic": 0, "Front desk": status}))
    assert (first.name, first.default, first.state) == ("Front desk", True, state)
    assert (second.name, second.state) == ("Attic", PrinterState.READY)
    assert spooler.printers(Spooler({})) == ()


@pytest.mark.parametrize(
    ("status", "state", "printer"),
    [
        (s.JOB_PRINTING, JobState.PRINTING, PrinterState.READY),
        (0, JobState.WAITING, PrinterState.READY),
        (s.JOB_PAPER_OUT | s.JOB_ERROR, JobState.WAITING, PrinterState.NO_PAPER),
        (s.JOB_OFFLINE, JobState.WAITING, PrinterState.OFFLINE),
        (s.JOB_ERROR, JobState.FAILED, PrinterState.UNKNOWN),
        (s.JOB_PRINTED, JobState.DONE, PrinterState.UNKNOWN),
        (None, JobState.DONE, PrinterState.UNKNOWN),
    ],
)
def test_what_became_of_a_job_is_asked_of_the_spooler(
    status: int | None, state: JobState, printer: PrinterState
) -> None:
    machine = Spooler({"Front desk": 0})
    if status is not None:
        machine.jobs[31] = status
    seen = spooler.look(machine, PrintJob("Front desk", 31))
    assert (seen.state, seen.printer) == (state, printer)


def test_a_job_is_taken_back_while_the_spooler_has_it() -> None:
    """SAFETY Q7."""
    machine = Spooler({"Front desk": 0})
    machine.jobs[31] = 0
    assert spooler.cancel(machine, PrintJob("Front desk", 31))
    assert not spooler.cancel(machine, PrintJob("Front desk", 31))
    assert not spooler.cancel(machine, PrintJob("Gone", 31))


def test_windows_own_libraries_are_asked_for_on_windows_alone() -> None:
    with pytest.raises(AttributeError):
        load()
