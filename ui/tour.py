"""Drives the real window through everything on real data, and keeps pictures and PDFs of each step.

``make run`` without a display does this; the README's pictures come from it. Any step that does not do what
it should ends the tour with its name and a code other than 0.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from guide import settings as house
from guide.records import Card
from guide.settings import PROGRAM

OUT = PROGRAM / "build" / "tour"
MIAMI = PROGRAM.parent / "shared/data/hsds/miami211_2019/datapackage-1566177582.zip"
CODES = PROGRAM / "guide/publish/maps/two-letter-codes.yaml"
_PASSPHRASE = "tour of the guide"  # noqa: S105 - of a folder that is thrown away
_PATIENCE = 120.0


class Tour:
    """The window, the folder for its pictures, and the steps so far."""

    def __init__(self, work: Path, out: Path) -> None:
        """Make a publisher, sign an update, and open the window on an empty data folder."""
        from ui.start import open_window

        self.work, self.out, self.steps = work, out, 0
        self.lines = ["# The guide in pictures", ""]
        self.demo = self._signed("demo", str(work / "demo.guide"))
        settings = replace(house.load(work / "data"), trust=work / "trust", shelter_name="Harbor House, front desk")
        self.app, self.window = open_window([], settings)

    # --- ways ---------------------------------------------------------------------------------------
    def settle(self, until: Callable[[], bool] = lambda: True) -> None:
        """Let the window work until its jobs are done and ``until`` is true."""
        from PySide6.QtCore import QEventLoop, QTimer

        end = time.monotonic() + _PATIENCE
        while True:
            loop = QEventLoop()
            QTimer.singleShot(60, loop.quit)
            loop.exec()
            if not self.window.jobs.busy and until():
                break
            if time.monotonic() > end:
                raise AssertionError("the window did not come to rest")
        loop = QEventLoop()
        QTimer.singleShot(350, loop.quit)
        loop.exec()
        if self.window.jobs.busy:
            self.settle(until)

    def picture(self, name: str, words: str) -> None:
        """Keep a picture of the window."""
        self.steps += 1
        file = f"{self.steps:02}-{name}.png"
        if not self.window.grab().save(str(self.out / file)):
            raise AssertionError(f"{file} could not be written")
        self.lines += [f"## {self.steps}. {words}", "", f"![{words}]({file})", ""]
        sys.stdout.write(f"{self.steps:2}. {words}\n")

    def type(self, words: str) -> tuple[Card, ...]:
        """Type into the search box as a person does and return what was found."""
        from PySide6.QtTest import QTest

        box = self.window.bar.search
        box.clear()
        box.setFocus()
        QTest.keyClicks(box, words)
        results = self.window.rooms.results
        self.settle(lambda: results.answer is not None and results.answer.question.words == words)
        return results.answer.cards if results.answer else ()

    def _signed(self, *words: str) -> Path:
        """Let the development publisher sign, in a process of its own; return the bundle."""
        places = ["--build", str(self.work / "build"), "--trust", str(self.work / "trust")]
        command = [sys.executable, "-m", "guide.publish.development", *places, *words]
        subprocess.run(command, check=True, cwd=PROGRAM, capture_output=True)
        return Path(words[-1])

    # --- the tour -----------------------------------------------------------------------------------
    def find(self) -> None:
        """Search, browse, call, text, copy."""
        window = self.window
        self.settle(lambda: window.sidebar.vouched)
        self.picture("home", "The first screen")
        need(self.type("shelter"), "shelter finds something")
        self.picture("results", "While typing")
        need(self.type("abogado"), "abogado finds something")
        self.picture("abogado", "Both languages are searched at once")
        need(self.type("sheltr"), "a misspelling finds something")
        self.picture("misspelled", "A misspelled word")
        need(not self.type("zzzzzz"), "nothing is found for nonsense")
        self.picture("nothing", "Nothing found: the lines to call stay in view")
        window.finding.browse("legal")
        self.settle()
        self.picture("browse", "One need, grouped")
        window.go("home")
        first = window.home_data().call_now[0]
        if first.phone is None or first.text is None:
            raise AssertionError("the first line to call has a number and a text line")
        window.phones.call(first.phone, first.name.text)
        self.settle()
        self.picture("call", "Call: the number very large")
        window.phones.show(first.text, first.name.text)
        self.settle()
        self.picture("text", "Text: keyword and steps")
        window.go("home")
        window.copy(first.phone.copy_text, first.phone.published)
        need(self.app.clipboard().text() == first.phone.copy_text, "the clipboard holds the digits alone")
        self.picture("copied", "Copied: only the digits, for a minute")

    def paper(self) -> None:
        """Choose entries and make sheets."""
        window = self.window
        for card in (*window.home_data().call_now, *self.type("food")[:3]):
            window.basket.toggle(card.id)
        window.go("sheet")
        page = window.rooms.sheet
        self.settle(lambda: page.paper is not None)
        self.picture("sheet", "My sheet, as it will be printed")
        first, second = page.choices.language, page.choices.second
        for name, one, other in (("english", "en", ""), ("spanish", "es", ""), ("both", "en", "es")):
            first.setCurrentIndex(first.findData(one))
            second.setCurrentIndex(second.findData(other))
            self._keep_pdf(name)
        second.setCurrentIndex(0)
        page.choices.discreet.setChecked(True)
        self._keep_pdf("discreet")
        self.picture("discreet", "A discreet sheet")
        page.choices.discreet.setChecked(False)
        for layout in ("pocket", "poster"):
            page.choices.layouts.tiles[layout].click()
            self._keep_pdf(layout)
            self.picture(layout, f"The same entries as a {layout}")
        page.choices.layouts.tiles["list"].click()

    def _keep_pdf(self, name: str) -> None:
        page = self.window.rooms.sheet
        page.paper = None
        page.refresh()
        self.settle(lambda: page.paper is not None)
        if page.paper is not None:
            (self.out / f"sheet-{name}.pdf").write_bytes(page.paper.pdf)

    def languages(self) -> None:
        """Spanish, and the largest text."""
        window = self.window
        window.choose_language("es")
        window.go("home")
        self.settle()
        self.picture("spanish", "In Spanish")
        need(self.type("refugio"), "refugio finds something")
        self.picture("spanish-results", "Searching in Spanish")
        window.choose_language("en")
        window.choose_size(200)
        window.go("home")
        self.settle()
        self.picture("large-text", "Text at 200 %")
        self.type("shelter")
        self.picture("large-results", "Results at 200 %")
        window.reset()
        self.settle()

    def update(self) -> None:
        """A signed update: preview, apply, a damaged file, go back."""
        window = self.window
        window.go("unlock")
        self.settle()
        self.picture("staff", "The staff area is locked")
        unlock = window.rooms.unlock
        unlock.first.setText(_PASSPHRASE)
        unlock.second.setText(_PASSPHRASE)
        unlock.first.returnPressed.emit()
        self.settle(lambda: "kept" in vars(unlock))
        unlock.kept.click()
        self.settle(lambda: window.rooms.here == "welcome")
        self.picture("welcome", "The first steps of a house")
        window.go("updates")
        self.settle()
        self.picture("updates", "Updates")
        window.rooms.updates.look_at(self.demo)
        self.settle(lambda: window.rooms.updates.preview is not None)
        self.picture("preview", "An update, looked at before it is applied")
        window.rooms.updates._apply()
        self.settle(lambda: window.guide.status().edition.number == 2)
        self.picture("applied", "Applied")
        bad = self.work / "bad.guide"
        bad.write_bytes(self.demo.read_bytes()[:-900])
        window.rooms.updates.look_at(bad)
        self.settle()
        self.picture("damaged", "A damaged file changes nothing")
        need(window.guide.status().edition.number == 2, "a damaged file changed nothing")
        window.rooms.updates._ways._back()
        self.settle(lambda: window.guide.status().edition.number == 1)
        self.picture("back", "Back at the edition before")

    def miami(self) -> None:
        """A whole directory of real data: built, signed, taken in, searched."""
        if not MIAMI.exists():
            self.lines += ["The directory of 4,089 services is not beside this checkout, so it was left out.", ""]
            sys.stdout.write("    (no real directory beside this checkout: left out)\n")
            return
        catalog = self.work / "miami.db"
        build = ["-m", "guide", "build", "--from", str(MIAMI), "--map", str(CODES), "-o", str(catalog)]
        subprocess.run([sys.executable, *build], check=True, cwd=PROGRAM, capture_output=True)
        bundle = self._signed("sign", str(catalog), str(self.work / "miami.guide"))
        updates = self.window.rooms.updates
        updates.look_at(bundle)
        self.settle(lambda: updates.preview is not None)
        self.picture("miami-preview", "A directory of four thousand services, before it is applied")
        updates._apply()
        self.settle(lambda: self.window.guide.status().edition.number > 2)
        self.window.go("home")
        self.settle()
        self.picture("miami-home", "Its first screen")
        need(len(self.type("shelter")) > 10, "the directory is searched")
        self.picture("miami-results", "Searching it")
        self.window.finding.browse("food")
        self.settle()
        self.picture("miami-food", "Browsing it")

    def hide(self) -> None:
        """Hide now, come back, start over."""
        window = self.window
        self.type("shelter")
        window.hide_now()
        self.settle()
        self.picture("cover", "Hide now")
        need(window.windowTitle() == "Clock", "the title is neutral")
        window.cover.uncover()
        self.settle()
        self.picture("returned", "Back at the start, never at the last entry")
        need(not window.bar.search.text() and not window.basket.ids, "nothing of the visit is left")

    def finish(self) -> None:
        """Write the index and close the window."""
        (self.out / "index.md").write_text("\n".join(self.lines), "utf-8")
        self.window.finish()
        self.window.close()


def need(truth: object, what: str) -> None:
    """End the tour when ``what`` is not so."""
    if not truth:
        raise AssertionError(f"not so: {what}")


def main(argv: Sequence[str] | None = None) -> int:
    """Take the tour; return 0 when every step did what it should."""
    del argv
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        tour = Tour(Path(folder), OUT)
        try:
            for step in (tour.find, tour.paper, tour.languages, tour.update, tour.miami, tour.hide):
                step()
        except AssertionError as error:
            sys.stderr.write(f"The tour ended at step {tour.steps}: {error}\n")
            return 1
        finally:
            tour.finish()
    sys.stdout.write("Pictures and PDFs: build/tour\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
