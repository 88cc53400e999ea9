"""What CUPS's own commands say, in English words, as records. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.records import JobState, Printer, PrinterState

_REQUEST = re.compile(r"request id is (\S+)-(\d+) ")
_PRINTER = re.compile(r"printer (\S+) (is idle|now printing|disabled|is not|waiting)?")
_ACCEPTS = re.compile(r"(\S+) (not accepting|accepting) requests since")
_DEFAULT = re.compile(r"system default destination: (\S+)")
# printer-state-reasons of RFC 8011 5.4.12, CUPS's own offline-report among them; the first that fits counts.
_REASONS = (
    (PrinterState.NO_PAPER, ("media-empty", "media-needed", "input-tray-missing")),
    (PrinterState.OFFLINE, ("offline", "shutdown", "timed-out", "cups-remote-offline", "cups-ipp-missing")),
    (PrinterState.TROUBLE, ("media-jam", "cover-open", "door-open", "interlock-open", "toner-empty",
                            "marker-supply-empty", "marker-waste-full", "output-area-full", "fuser-over-temp",
                            "other-error")),
)  # fmt: skip
# Reasons that CUPS keeps with a job it gave up.
_FAILED = ("job-completed-with-errors", "aborted", "unsupported-document-format", "document-format-error")


def printers_in(said: str, also: str = "") -> tuple[Printer, ...]:
    """Return the printers in the words of ``lpstat -l -p -a -d`` and, of unknown state, those of ``lpstat -e``.

    The default comes first, the others by name.
    """
    known = {match[1]: match[2] == "accepting" for match in _ACCEPTS.finditer(said)}
    default = found[1] if (found := _DEFAULT.search(said)) else ""
    made = {}
    for name, how, facts in _blocks(said):
        state = _state(how, facts.get("Alerts", ""), accepts=known.get(name, True))
        made[name] = Printer(name, facts.get("Description", "") or name, state, name == default)
    for name in also.split():
        made.setdefault(name, Printer(name, name, PrinterState.UNKNOWN, name == default))
    return tuple(sorted(made.values(), key=lambda p: (not p.default, p.title.casefold())))


def job_in(said: str) -> tuple[str, int] | None:
    """Return printer and number of the job in the words of ``lp``."""
    found = _REQUEST.search(said)
    return (found[1], int(found[2])) if found else None


def job_state(waiting: str, completed: str, job: str) -> JobState:
    """Return what became of ``job`` ("front-3"): ``waiting`` and ``completed`` are ``lpstat -l -o`` of both kinds.

    A job that is in neither was done and forgotten: spoolers in shelters keep no history (SAFETY I4).
    """
    waits, over = _alerts(waiting, job), _alerts(completed, job)
    # A job whose pages the driver could not read stops and stays in the queue.
    if any(reason in (waits or over or "") for reason in _FAILED):
        return JobState.FAILED
    if waits is None:
        return JobState.DONE
    return JobState.PRINTING if "job-printing" in waits else JobState.WAITING


def _blocks(said: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each printer's name, how it is, and the facts indented below it."""
    name, how = "", ""
    facts: dict[str, str] = {}
    for line in said.splitlines():
        if found := _PRINTER.match(line):
            if name:
                yield name, how, facts
            name, how, facts = found[1], found[2] or "", {}
        elif line.startswith("\t") and ":" in line:
            key, _, value = line.strip().partition(":")
            facts.setdefault(key, value.strip())
    if name:
        yield name, how, facts


def _state(how: str, alerts: str, *, accepts: bool) -> PrinterState:
    if how == "disabled":
        return PrinterState.PAUSED
    if not accepts:
        return PrinterState.REJECTING
    # A warning or a report is not yet a reason to stop, but for "offline-report".
    reasons = [r for r in alerts.split() if not r.endswith(("-warning", "-report")) or r == "offline-report"]
    for state, stems in _REASONS:
        if any(reason.startswith(stems) for reason in reasons):
            return state
    return PrinterState.BUSY if how == "now printing" else PrinterState.READY


def _alerts(said: str, job: str) -> str | None:
    """Return the reasons below ``job``'s line, None when it is not there."""
    here = False
    for line in said.splitlines():
        if line and not line[0].isspace():
            if here:
                return ""
            here = line.split()[0] == job
        elif here and line.strip().startswith("Alerts:"):
            return line.partition(":")[2].strip()
    return "" if here else None
