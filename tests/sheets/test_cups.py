"""Printing through a real CUPS whose printers are files: what comes out, and what is said when it does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from guide.errors import PrinterError
from guide.publish.starter import read_starter
from guide.records import Audience, JobState, PrinterState, PrintOrder, SheetOptions
from guide.settings import PROGRAM
from guide.sheets.compose import compose
from guide.sheets.printer import Press
from guide.sheets.typeset import typeset
from tests.makers import TODAY
from tests.spooler import Cups, running

pytestmark = pytest.mark.slow
SOURCE = read_starter()
VISITOR = [s for s in SOURCE.services if s.audience is Audience.VISITOR]
PDF = typeset(compose(VISITOR[:9], SheetOptions(), SOURCE.edition, TODAY))
NUMBER = count(1)


@pytest.fixture(scope="module")
def spooler() -> Iterator[Cups]:
    with running() as cups:
        yield cups


@pytest.fixture
def cups(spooler: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    monkeypatch.setenv("CUPS_SERVER", spooler.server)
    return spooler


@pytest.fixture
def name() -> str:
    """A printer's name no other test uses."""
    return f"desk{next(NUMBER)}"


def pictures(pdf: bytes, dpi: int = 100) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    document.close()
    return drawn


def words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def landed(spooled: bytes) -> bytes:
    """Return the PDF in what the driver wrote: its printer commands lie around it."""
    return spooled[spooled.index(b"%PDF") : spooled.rindex(b"%%EOF") + 5]


def assert_same(one: Image.Image, other: Image.Image, most: int = 0) -> None:
    assert one.size == other.size
    low, high = ImageChops.difference(one, other).getextrema()
    assert high <= most, (low, high)


def failure(act: Callable[[], object]) -> dict[str, object]:
    with pytest.raises(PrinterError) as caught:
        act()
    return caught.value.facts


def until(act: Callable[[], bool]) -> None:
    """Ask a few hundred times; each question takes the spooler's own time."""
    for _ in range(400):
        if act():
            return
    raise AssertionError("it did not come to that")


def test_the_paper_is_our_page_point_for_point(cups: Cups, name: str) -> None:
    out = cups.add(name)
    job = Press().send(PDF, PrintOrder(name))
    spooled = landed(cups.printed(out))
    ours, theirs = pictures(PDF), pictures(spooled)
    assert len(ours) == len(theirs) >= 2
    for one, other in zip(ours, theirs, strict=True):
        assert_same(one, other)
    assert words(spooled) == words(PDF), "letters, not a picture of them"
    assert Press().look(job).state is JobState.DONE


def test_the_job_says_nothing_of_what_it_is(cups: Cups, name: str) -> None:
    """SAFETY P4: the spooler's own memory of the job."""
    cups.add(name)
    cups.run("cupsdisable", name)
    cups.run("cupsenable", name)
    job = Press().send(PDF, PrintOrder(name))
    until(lambda: Press().look(job).state is JobState.DONE)
    kept = (cups.root / "spool" / f"c{job.number:05}").read_bytes()
    assert b"Document" in kept
    for word in (b"Helpful", b"guide", b"My sheet", b".pdf"):
        assert word not in kept


def test_copies_and_chosen_pages_come_out_in_order(cups: Cups, name: str) -> None:
    out = cups.add(name)
    Press().send(PDF, PrintOrder(name, copies=2, pages=((1, 1), (2, 2))))
    ours, theirs = pictures(PDF), pictures(landed(cups.printed(out)))
    assert len(theirs) == 4
    for page, drawn in zip((0, 1, 0, 1), theirs, strict=True):
        assert_same(ours[page], drawn)
    out.write_bytes(b"")
    Press().send(PDF, PrintOrder(name, pages=((2, 2),)))
    (only,) = pictures(landed(cups.printed(out)))
    assert_same(ours[1], only)


def test_a_fold_is_asked_for_on_the_short_edge_at_true_size(cups: Cups, name: str) -> None:
    out = cups.add(name, "-o", "Option1=True", "-o", "OptionDuplex=True")
    Press().send(PDF, PrintOrder(name, sides="two-sided-short-edge"))
    cups.printed(out)
    log = cups.run("lpstat", "-W", "completed", "-o", name)
    number = int(log.split()[0].rpartition("-")[2])
    kept = (cups.root / "spool" / f"c{number:05}").read_bytes()
    for word in (b"two-sided-short-edge", b"print-scaling", b"none", b"Letter"):
        assert word in kept


def test_a_page_that_lies_comes_out_whole_and_at_true_size(cups: Cups, name: str) -> None:
    import typst

    lying = typst.compile(
        b'#set page(paper: "us-letter", flipped: true, margin: 1cm)\n#rect(width: 100%, height: 100%)'
    )
    out = cups.add(name)
    Press().send(lying, PrintOrder(name))
    (ours,), (theirs,) = pictures(lying), pictures(landed(cups.printed(out)))
    turned = theirs if theirs.size == ours.size else theirs.rotate(90, expand=True)
    assert turned.size == ours.size
    box = ImageChops.invert(turned).getbbox()
    wanted = ImageChops.invert(ours).getbbox()
    assert box and wanted
    assert all(abs(a - b) <= 2 for a, b in zip(box, wanted, strict=True)), (box, wanted)


def test_printers_are_listed_with_how_they_stand(cups: Cups, name: str) -> None:
    for kind in ("a", "b", "c"):
        cups.add(name + kind)
    cups.run("cupsdisable", f"{name}b")
    cups.run("cupsreject", f"{name}c")
    cups.run("lpadmin", "-d", f"{name}a")
    found = {printer.name: printer for printer in Press().printers()}
    assert found[f"{name}a"].state is PrinterState.READY
    assert found[f"{name}a"].title == f"The {name}a printer"
    assert found[f"{name}b"].state is PrinterState.PAUSED
    assert found[f"{name}c"].state is PrinterState.REJECTING
    assert Press().printers()[0].name == f"{name}a"
    assert found[f"{name}a"].default


def test_a_paused_printer_a_closed_queue_and_one_that_is_gone_are_named_and_hold_no_pages(
    cups: Cups, name: str
) -> None:
    cups.add(name)
    cups.run("cupsdisable", name)
    facts = failure(lambda: Press().send(PDF, PrintOrder(name)))
    assert (facts["reason"], facts["printer"]) == ("paused", f"The {name} printer")
    cups.run("cupsenable", name)
    cups.run("cupsreject", name)
    assert failure(lambda: Press().send(PDF, PrintOrder(name)))["reason"] == "rejecting"
    cups.run("lpadmin", "-x", name)
    assert failure(lambda: Press().send(PDF, PrintOrder(name)))["reason"] == "gone"
    assert name not in cups.run("lpstat", "-W", "all", "-o")


def test_no_paper_and_a_printer_that_is_off_are_seen_while_the_pages_wait(cups: Cups, name: str) -> None:
    for trouble, state in (("paper", PrinterState.NO_PAPER), ("away", PrinterState.OFFLINE)):
        cups.add_troubled(f"{name}{trouble}", trouble)
        job = Press().send(PDF, PrintOrder(f"{name}{trouble}"))
        until(lambda job=job, state=state: Press().look(job).printer is state)  # type: ignore[misc]
        assert Press().look(job).state in (JobState.WAITING, JobState.PRINTING)
        assert Press().cancel(job)


def test_a_job_the_printer_gave_up_is_a_failure(cups: Cups, name: str) -> None:
    cups.add(name)
    job = Press().send(b"%PDF-1.7 and nothing more", PrintOrder(name))
    until(lambda: Press().look(job).state is JobState.FAILED)
    assert Press().cancel(job), "it lies in the queue until somebody takes it out"
    cups.add_troubled(f"{name}off", "fails")
    job = Press().send(PDF, PrintOrder(f"{name}off"))
    until(lambda: Press().look(job).printer is PrinterState.PAUSED)
    assert Press().look(job).state is JobState.WAITING, "CUPS stops such a printer and keeps the pages"
    assert Press().cancel(job)


def test_what_waits_in_the_queue_can_be_taken_back_and_what_is_out_cannot(cups: Cups, name: str) -> None:
    """SAFETY Q7."""
    out = cups.add(name)
    cups.add_troubled(f"{name}paper", "paper")
    waiting = Press().send(PDF, PrintOrder(f"{name}paper"))
    assert Press().cancel(waiting)
    assert f"{name}paper-" not in cups.run("lpstat", "-W", "not-completed", "-o")
    done = Press().send(PDF, PrintOrder(name))
    cups.printed(out)
    assert not Press().cancel(done)


def test_a_spooler_that_hangs_or_is_not_there_is_said(cups: Cups, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cups.add(name)
    os.kill(cups.process.pid, signal.SIGSTOP)
    try:
        assert failure(lambda: Press().printers())["reason"] == "no answer"
        assert failure(lambda: Press().send(PDF, PrintOrder(name)))["reason"] == "no answer"
    finally:
        os.kill(cups.process.pid, signal.SIGCONT)
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    assert failure(lambda: Press().printers())["reason"] == "no spooler"


def test_where_no_pdf_is_taken_pictures_of_pages_come_out_at_true_size(cups: Cups, name: str) -> None:
    """The fallback by Qt, in a process of its own: libcups reads its server once for each thread."""
    out = cups.add(name)
    (cups.root / "in.pdf").write_bytes(PDF)
    script = (
        "import sys; from PySide6.QtWidgets import QApplication; a = QApplication([]);"
        "from ui.printing import print_pictures, printers; from guide.sheets.printer import Press;"
        "from guide.records import PrintOrder; order = PrintOrder(sys.argv[2]);"
        "assert sys.argv[2] in {p.name for p in printers()};"
        "print_pictures(Press().pictures(open(sys.argv[1], 'rb').read(), order), order, lambda: False)"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CUPS_SERVER": cups.server}
    words = [sys.executable, "-c", script, str(cups.root / "in.pdf"), name]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, cwd=PROGRAM, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    ours, theirs = pictures(PDF, 50), pictures(landed(cups.printed(out)), 50)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert one.size == other.size
        boxes = [ImageChops.invert(drawn).getbbox() for drawn in (one, other)]
        assert all(abs(a - b) <= 2 for a, b in zip(*boxes, strict=True)), boxes  # type: ignore[arg-type]
        assert_same(one.filter(ImageFilter.GaussianBlur(3)), other.filter(ImageFilter.GaussianBlur(3)), most=60)
