"""Sending to a printer: what the spooler's programs are told, what their words mean, and which pages are meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.errors import PrinterError, UsageError
from guide.records import JobState, Printer, PrinterState, PrintJob, PrintOrder
from guide.sheets.cups_words import job_in, job_state, printers_in
from guide.sheets.printer import Press
from guide.sheets.ranges import chosen, page_ranges

SAID = """\
printer front is idle.  enabled since Tue Nov 24 21:56:15 2026
\tForm mounted:
\tDescription: Front desk
\tAlerts: none
printer back now printing back-7.  enabled since Tue Nov 24 21:56:15 2026
\tDescription: Back office
\tAlerts: toner-low-warning media-empty-error
printer attic disabled since Tue Nov 24 21:56:15 2026 -
\tPaused
\tDescription:
\tAlerts: paused
printer hall is idle.  enabled since Tue Nov 24 21:56:15 2026
\tDescription: Hall
\tAlerts: offline-report
printer lab is idle.  enabled since Tue Nov 24 21:56:15 2026
\tDescription: Lab
\tAlerts: media-jam-warning
front accepting requests since Tue Nov 24 21:56:15 2026
hall accepting requests since Tue Nov 24 21:56:15 2026
lab not accepting requests since Tue Nov 24 21:56:15 2026 -
\tRejecting Jobs
system default destination: hall
"""


def test_how_printers_stand_is_read_from_the_spoolers_words() -> None:
    assert printers_in(SAID, "front\nfar\n") == (
        Printer("hall", "Hall", PrinterState.OFFLINE, default=True),
        Printer("attic", "attic", PrinterState.PAUSED),
        Printer("back", "Back office", PrinterState.NO_PAPER),
        Printer("far", "far", PrinterState.UNKNOWN),
        Printer("front", "Front desk", PrinterState.READY),
        Printer("lab", "Lab", PrinterState.REJECTING),
    )


@given(said=st.text(), also=st.text())
@settings(max_examples=25)
def test_words_nobody_expected_are_no_error(said: str, also: str) -> None:
    printers_in(said, also)
    job_in(said)
    job_state(said, also, "front-3")


def test_what_became_of_a_job_is_read_from_both_of_its_lists() -> None:
    line = "front-3    root   1024   Tue Nov 24 22:04:29 2026\n\tStatus: x\n\tAlerts: {}\n\tqueued for front\n"
    other = line.replace("front-3", "front-31").format("job-printing")
    assert job_in("request id is front-desk-12 (0 file(s))\n") == ("front-desk", 12)
    assert job_state(other + line.format("job-printing"), "", "front-3") is JobState.PRINTING
    assert job_state(other + line.format("job-hold-until-specified"), "", "front-3") is JobState.WAITING
    assert job_state(line.format("job-completed-with-errors"), "", "front-3") is JobState.FAILED
    assert job_state(other, line.format("aborted-by-system"), "front-3") is JobState.FAILED
    assert job_state(other, "", "front-3") is JobState.DONE


def programs(folder: Path, monkeypatch: pytest.MonkeyPatch, lp: str, lpstat: str = "") -> None:
    """Put real scripts in the place of CUPS's programs: the border to the spooler."""
    shown = lpstat or "printf 'printer desk is idle.  enabled since\\n\\tDescription: Front; desk\\n'"
    for name, body in (("lp", lp), ("lpstat", shown)):
        script = folder / name
        script.write_text(f"#!/bin/sh\n{body}\n")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def refusal(order: PrintOrder) -> dict[str, object]:
    with pytest.raises(PrinterError) as caught:
        Press().send(b"%PDF", order)
    return caught.value.facts


def test_the_printer_gets_the_pdf_on_standard_input_under_a_neutral_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SAFETY P4."""
    body = f'printf "%s\\n" "$@" > {tmp_path}/said\ncat > {tmp_path}/got\necho "request id is desk-4 (1 file(s))"'
    programs(tmp_path, monkeypatch, body)
    order = PrintOrder("desk", copies=3, paper="a4", sides="two-sided-long-edge", pages=((1, 3), (5, 5)))
    assert Press().send(b"%PDF-1.7 pages", order) == PrintJob("desk", 4)
    assert (tmp_path / "said").read_text().splitlines() == [
        "-d", "desk", "-n", "3", "-t", "Document", "-o", "media=A4", "-o", "print-scaling=none",
        "-o", "sides=two-sided-long-edge", "-o", "collate=true", "-P", "1-3,5-5", "-",
    ]  # fmt: skip
    assert (tmp_path / "got").read_bytes() == b"%PDF-1.7 pages"


def test_a_printer_that_refuses_is_an_error_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path, monkeypatch, "echo 'too large' >&2; exit 1")
    facts = refusal(PrintOrder("desk"))
    assert (facts["reason"], facts["detail"], facts["printer"]) == ("refused", "too large", "Front; desk")


def test_a_printer_nobody_knows_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path, monkeypatch, f"touch {tmp_path}/called")
    assert refusal(PrintOrder("desk; rm -rf"))["reason"] == "gone"
    assert not (tmp_path / "called").exists()


def test_without_a_spooler_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(PrintOrder("any"))["reason"] == "no spooler"
    assert not Press().takes_pdf()
    assert not Press().cancel(PrintJob("any", 3))


def test_a_spooler_program_that_does_not_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path, monkeypatch, "")
    (tmp_path / "lpstat").write_text("#!/no/such/shell\n")
    assert refusal(PrintOrder("any"))["reason"] == "no spooler"


def test_what_was_stopped_before_it_began_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path, monkeypatch, f"touch {tmp_path}/called")
    with pytest.raises(PrinterError):
        Press().send(b"%PDF", PrintOrder("desk"), lambda: True)
    assert not (tmp_path / "called").exists()


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("", ()),
        (" ", ()),
        ("2", ((2, 2),)),
        ("1-3, 5", ((1, 3), (5, 5))),
        ("1–2;4", ((1, 2), (4, 4))),
        ("3،4", ((3, 3), (4, 4))),
    ],
)
def test_pages_are_read_as_people_write_them(text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert page_ranges(text, 5) == ranges


@pytest.mark.parametrize("text", ["0", "6", "3-2", "1-", "a", "1,,2", "-2", "1 2", "1-2-3", "99999999999"])
def test_pages_that_are_not_there_are_named(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        page_ranges(text, 5)
    assert caught.value.facts["pages"] == 5


def test_a_page_asked_for_twice_is_printed_once_in_the_order_of_the_sheet() -> None:
    assert chosen(((4, 5), (1, 2), (2, 4)), 5) == [0, 1, 2, 3, 4]
    assert chosen((), 2) == [0, 1]
