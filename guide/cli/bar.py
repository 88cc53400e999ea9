"""How far long work has come, in one line of a terminal that is drawn over and over; elsewhere a line a step."""

from __future__ import annotations

from typing import TextIO

from guide.records import Step

_WIDE = 24  # cells of the bar


class Bar:
    """Draws steps on ``stream``. Where nobody watches (a pipe, a log), each step is said once."""

    def __init__(self, stream: TextIO, *, live: bool) -> None:
        """Take where to draw; ``live`` says that a line can be drawn over."""
        self._stream, self._live = stream, live
        self._shown = ""
        self._step = ""

    def show(self, step: Step, said: str) -> None:
        """Draw ``step``, called ``said``. Nothing is written when nothing a person could see has changed."""
        if not self._live:
            if step.name != self._step:
                self._step = step.name
                self._stream.write(f"{said}…\n")
                self._stream.flush()
            return
        if step.name != self._step:
            self.end()
            self._step = step.name
        line = f"{said}…"
        if step.total:
            share = min(1.0, step.done / step.total)
            full = round(share * _WIDE)
            line = f"{said}  [{'#' * full}{'.' * (_WIDE - full)}] {share:4.0%}"
        if line != self._shown:
            # Blanks wipe what a longer line left; an escape code would stand there as letters on an old console.
            self._stream.write(f"\r{line.ljust(len(self._shown))}")
            self._shown = line
            self._stream.flush()

    def end(self) -> None:
        """Leave the line as it is and go to the next one, before anything else is written."""
        if self._shown:
            self._shown = ""
            self._stream.write("\n")
            self._stream.flush()
            self._step = ""
