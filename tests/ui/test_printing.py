"""Printing from my sheet: the question, the last word, every failure by name, and hide now in the midst of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from guide.errors import PrinterError
from guide.records import Audience, JobLook, JobState, PagePicture, Printer, PrinterState, PrintJob, PrintOrder
from guide.sheets.printer import Press
from tests.spooler import running
from tests.ui.conftest import House
from tests.ui.test_visit import button, texts
from ui import print_run
from ui.parts.print_dialog import PrintDialog
from ui.sent_pages import SentPages

DESK = Printer("desk", "Front desk", PrinterState.READY, default=True)


class Spooler:
    """A print system in memory: what it is sent, and what it says of it."""

    def __init__(self) -> None:
        self.printers: tuple[Printer, ...] = (DESK, Printer("attic", "Attic", PrinterState.PAUSED))
        self.sent: list[tuple[bytes, PrintOrder]] = []
        self.look = JobLook(JobState.DONE)
        self.refuses = ""
        self.cancelled: list[PrintJob] = []
        self.cancels = True

    def send(self, _press: Press, pdf: bytes, order: PrintOrder, stopped: object = None) -> PrintJob:
        del stopped
        if self.refuses:
            raise PrinterError(reason=self.refuses, printer=order.printer)
        self.sent.append((pdf, order))
        return PrintJob(order.printer, len(self.sent))

    def cancel(self, _press: Press, job: PrintJob) -> bool:
        self.cancelled.append(job)
        return self.cancels and bool(job.number)


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Spooler:
    """The border to the print system."""
    made = Spooler()
    monkeypatch.setattr(Press, "takes_pdf", lambda _: True)
    monkeypatch.setattr(Press, "printers", lambda _: made.printers)
    monkeypatch.setattr(Press, "look", lambda _, _job: made.look)
    monkeypatch.setattr(Press, "send", lambda *asked: made.send(*asked))
    monkeypatch.setattr(Press, "cancel", lambda press, job: made.cancel(press, job))
    monkeypatch.setattr(print_run, "_LOOK_EVERY", 10)
    return made


@pytest.fixture
def sheet(house: House) -> House:
    """My sheet with one entry, typeset."""
    house.window.basket.toggle(house.window.home_data().call_now[0].id)
    house.window.go("sheet")
    house.wait(lambda: house.window.rooms.sheet.paper is not None)
    return house


def asked(house: House) -> PrintDialog:
    """Press Print on the page and wait for the question."""
    button(house.window.bar, "Print").click()
    house.wait()
    dialog = house.window.desk.dialog
    assert isinstance(dialog, PrintDialog)
    return dialog


def test_it_asks_for_a_printer_says_the_pages_and_sends_the_pdf(sheet: House, spooler: Spooler) -> None:
    """SAFETY P4, P5."""
    dialog = asked(sheet)
    assert "1 page" in texts(dialog)
    assert [dialog.printer.itemText(n) for n in range(2)] == ["Front desk", "Attic: paused"]
    dialog.copies.setValue(3)
    button(dialog, "Print").click()
    sheet.wait(lambda: "Take your paper from the printer" in texts(dialog))
    paper = sheet.window.rooms.sheet.paper
    assert paper is not None
    assert spooler.sent == [(paper.pdf, PrintOrder("desk", copies=3))]
    assert "may not be safe to carry it" in texts(dialog)
    button(dialog, "Done").click()
    assert sheet.window.basket.ids, "the sheet is still there"


def test_without_a_printer_that_is_said_and_the_sheet_stays(sheet: House, spooler: Spooler) -> None:
    spooler.printers = ()
    dialog = asked(sheet)
    assert "No printer was found" in texts(dialog)
    assert not dialog._go.isVisible()
    button(dialog, "Not now").click()
    assert sheet.window.rooms.sheet.paper is not None


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("gone", "not there any more"),
        ("paused", "The printer is paused"),
        ("rejecting", "takes no pages now"),
        ("no answer", "does not answer"),
        ("no spooler", "not set up to print"),
        ("refused", "did not take the pages"),
    ],
)
def test_a_refusal_is_named_and_leads_back_to_the_question(
    sheet: House, spooler: Spooler, reason: str, said: str
) -> None:
    spooler.refuses = reason
    dialog = asked(sheet)
    button(dialog, "Print").click()
    sheet.wait(lambda: said in texts(dialog))
    spooler.refuses = ""
    button(dialog, "Print").click()
    sheet.wait(lambda: "Sent to the printer" in texts(dialog))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (PrinterState.NO_PAPER, "out of paper"),
        (PrinterState.OFFLINE, "cannot be reached"),
        (PrinterState.TROUBLE, "needs a look"),
        (PrinterState.PAUSED, "is paused"),
    ],
)
def test_pages_that_wait_say_why_and_go_on_by_themselves(
    sheet: House, spooler: Spooler, state: PrinterState, said: str
) -> None:
    spooler.look = JobLook(JobState.WAITING, state)
    dialog = asked(sheet)
    button(dialog, "Print").click()
    sheet.wait(lambda: said in texts(dialog))
    spooler.look = JobLook(JobState.DONE)
    sheet.wait(lambda: "Take your paper" in texts(dialog))


def test_pages_that_wait_can_be_taken_back(sheet: House, spooler: Spooler) -> None:
    spooler.look = JobLook(JobState.WAITING, PrinterState.NO_PAPER)
    dialog = asked(sheet)
    button(dialog, "Print").click()
    sheet.wait(lambda: "out of paper" in texts(dialog))
    button(dialog, "Take the pages back").click()
    sheet.wait(lambda: "Nothing will be printed" in texts(dialog))
    assert spooler.cancelled == [PrintJob("desk", 1)]
    sheet.window.hide_now()
    sheet.wait()
    assert len(spooler.cancelled) == 1


def test_a_job_that_fails_is_said_and_taken_out_even_when_the_dialog_was_closed(sheet: House, spooler: Spooler) -> None:
    spooler.look = JobLook(JobState.WAITING, PrinterState.BUSY)
    dialog = asked(sheet)
    button(dialog, "Print").click()
    sheet.wait(lambda: "Sent to the printer" in texts(dialog))
    button(dialog, "Done").click()
    spooler.look = JobLook(JobState.FAILED)
    toast = sheet.window.over.toast
    sheet.wait(lambda: "could not print the pages" in toast._text.text())
    assert toast._bad.isVisible()
    assert not toast._good.isVisible()
    assert spooler.cancelled == [PrintJob("desk", 1)]


def test_a_printer_that_the_house_has_fixed_is_the_only_one_offered(sheet: House, spooler: Spooler) -> None:
    sheet.window.guide.settings = replace(sheet.window.guide.settings, printer="attic")
    dialog = asked(sheet)
    assert [dialog.printer.itemData(n) for n in range(dialog.printer.count())] == ["attic"]
    dialog.reject()
    sheet.window.guide.settings = replace(sheet.window.guide.settings, printer="cellar")
    assert "not there any more" in texts(asked(sheet))
    assert spooler.sent == []


def test_pages_are_chosen_as_people_write_them(sheet: House, spooler: Spooler) -> None:
    services = sheet.window.guide.services()
    sheet.window.basket.fill([s.id for s in services if s.audience is Audience.VISITOR][:9])
    assert sheet.window.rooms.sheet.paper is None
    sheet.wait(lambda: sheet.window.rooms.sheet.paper is not None)
    dialog = asked(sheet)
    assert dialog.pages.isVisible()
    dialog.pages.setText("7-9, x")
    button(dialog, "Print").click()
    assert "Write the pages like this" in texts(dialog)
    dialog.pages.setText("2")
    dialog.both_sides.setChecked(True)
    button(dialog, "Print").click()
    sheet.wait(lambda: bool(spooler.sent))
    assert spooler.sent[0][1].pages == ((2, 2),)
    assert spooler.sent[0][1].sides == "two-sided-long-edge"


# --- hide now -----------------------------------------------------------------------------------
def test_hide_now_takes_back_what_waits_and_closes_the_dialog(sheet: House, spooler: Spooler) -> None:
    """SAFETY Q7."""
    spooler.look = JobLook(JobState.WAITING, PrinterState.BUSY)
    dialog = asked(sheet)
    button(dialog, "Print").click()
    sheet.wait(lambda: bool(spooler.sent))
    sheet.window.hide_now()
    sheet.wait()
    assert not dialog.isVisible()
    assert spooler.cancelled == [PrintJob("desk", 1)]
    assert "printer" not in texts(sheet.window.cover)


def test_hide_now_says_when_it_is_too_late_in_words_that_tell_nothing(sheet: House, spooler: Spooler) -> None:
    """SAFETY Q7, Q5."""
    spooler.look, spooler.cancels = JobLook(JobState.PRINTING, PrinterState.BUSY), False
    button(asked(sheet), "Print").click()
    sheet.wait(lambda: bool(spooler.sent))
    sheet.window.hide_now()
    sheet.wait(lambda: "A document may still come out of the printer" in texts(sheet.window.cover))
    for word in ("guide", "help", "shelter", "sheet"):
        assert word not in texts(sheet.window.cover).lower()
    sheet.window.cover.uncover()
    sheet.window.hide_now()
    sheet.wait()
    assert "document" not in texts(sheet.window.cover).lower()


def test_start_over_leaves_the_paper_to_come_and_the_next_hide_now_leaves_it_alone(
    sheet: House, spooler: Spooler
) -> None:
    spooler.look = JobLook(JobState.WAITING, PrinterState.BUSY)
    button(asked(sheet), "Print").click()
    sheet.wait(lambda: bool(spooler.sent))
    sheet.window.reset()
    sheet.wait()
    sheet.window.hide_now()
    sheet.wait()
    assert spooler.cancelled == []
    assert not sheet.window.over.toast.isVisible()


def test_a_page_that_has_just_gone_out_is_said_to_be_on_its_way_for_a_minute() -> None:
    now = [0.0]
    for wait, all_back in ((59.0, False), (61.0, True)):
        sent = SentPages(lambda: now[0])
        sent.add(PrintJob("desk", 1))
        sent.out(PrintJob("desk", 1))
        now[0] += wait
        assert sent.take_back(lambda _job: False) is all_back


# --- a real print system ------------------------------------------------------------------------
@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A real CUPS whose only printer holds what it is given."""
    with running() as cups:
        monkeypatch.setenv("CUPS_SERVER", cups.server)
        cups.add("held", "-o", "job-hold-until-default=indefinite")
        yield cups.root
        left = cups.run("lpstat", "-W", "not-completed", "-o")
        assert left == "", "nothing of the visit is in the queue"


@pytest.mark.slow
def test_hide_now_empties_a_real_queue(sheet: House, queue: Path) -> None:
    """SAFETY Q7."""
    dialog = asked(sheet)
    assert "The held printer" in dialog.printer.currentText()
    button(dialog, "Print").click()
    sheet.wait(lambda: "Sent to the printer" in texts(dialog))
    sheet.window.hide_now()
    sheet.wait()
    assert "document" not in texts(sheet.window.cover).lower()
    assert (queue / "out" / "held.pdf").read_bytes() == b""


def test_where_the_spooler_takes_no_pdf_pictures_are_printed_beside_the_window(
    sheet: House, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[int, bool]] = []

    def print_pictures(pages: Iterable[PagePicture], _order: PrintOrder, stopped: Callable[[], bool]) -> None:
        for page in pages:
            drawn.append((page.width, threading.current_thread() is threading.main_thread()))
        assert not stopped()

    monkeypatch.setattr(Press, "takes_pdf", lambda _: False)
    monkeypatch.setattr("ui.printing.printers", lambda: (DESK,))
    monkeypatch.setattr("ui.printing.print_pictures", print_pictures)
    dialog = asked(sheet)
    button(dialog, "Print").click()
    sheet.wait(lambda: "Sent to the printer" in texts(dialog))
    assert drawn == [(2550, False)]
    sheet.window.hide_now()
    sheet.wait(lambda: "A document may still come out" in texts(sheet.window.cover))


@pytest.mark.parametrize("on", [False, True])
def test_a_printed_sheet_is_counted_by_need_only_where_the_house_wants_it(
    sheet: House, spooler: Spooler, *, on: bool
) -> None:
    """SAFETY N6: off by default; a category and a month, never an entry."""
    from guide.shelter.counts import most_printed

    guide = sheet.window.guide
    if on:
        guide.change_settings(count_sheets=True)
    dialog = asked(sheet)
    button(dialog, "Print").click()
    sheet.wait()
    assert spooler.sent
    with guide._store() as store:
        assert most_printed(store) == (("crisis",) if on else ())
