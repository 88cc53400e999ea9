"""Every place of the window, filled as a house has it after a year: for pictures (tools/matrix.py)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from guide import settings as house
from guide.errors import PrinterError
from guide.records import Audience, Channel, Phone, Printer, PrinterState, SheetOptions, Words
from guide.records.checking import Reason
from guide.settings import PROGRAM
from ui.main_window import MainWindow
from ui.messages import sentence
from ui.start import open_window

_PATIENCE = 60.0
Go = Callable[[], QWidget]


class Places:
    """Goes to each place by name and returns what is seen there: the window, or what lies over it."""

    def __init__(self, work: Path) -> None:
        """Make a publisher and an update, open the window, and fill the house's own pages."""
        self._demo = self._signed(work, "demo", str(work / "demo.guide"))
        self._bad = work / "bad.guide"
        self._bad.write_text("hello")
        settings = replace(house.load(work / "data"), trust=work / "trust", shelter_name="Harbor House, front desk")
        self.app, self.window = open_window([], settings)
        self.settle()
        self._fill()
        self._menu: QWidget | None = None

    @staticmethod
    def _signed(work: Path, *words: str) -> Path:
        places = ["--build", str(work / "build"), "--trust", str(work / "trust")]
        command = [sys.executable, "-m", "guide.publish.development", *places, *words]
        subprocess.run(command, check=True, cwd=PROGRAM, capture_output=True)
        return Path(words[-1])

    def _fill(self) -> None:
        guide = self.window.guide
        guide.staff.choose("pictures of the guide")
        blank = guide.own.services.blank("en", "housing")
        phone = Phone("", Channel.VOICE, "(617) 555-2368", "(617) 555-2368", "+16175552368")
        for name in ("Harbor Night Beds", "Church Street Pantry with a long name that folds"):
            guide.own.services.save(replace(blank, id=blank.id if name[0] == "H" else guide.own.services.blank("en").id,
                                            name=Words(name), description=Words("Beds for the night."), phones=(phone,)))  # fmt: skip
        guide.own.services.keep_draft("half", replace(blank, name=Words("Half typed")))
        every = [s for s in guide.services() if s.phones and s.category != "crisis"]
        guide.own.words.note(every[0].id, staff="Ask for the night desk", sheet="Bring the blue card")
        guide.own.words.hide(every[1].id, "answers nobody")
        first = every[2].main_phone()
        if first is not None:
            guide.own.words.amend(every[2].id, f"phone/{first.id}", "617 555 2369", "night")
        guide.own.screen.welcome({"en": "Welcome. Coffee is at the desk.", "es": "Bienvenidos.", "ar": "أهلاً بكم."})
        for one in every[2:5]:
            guide.checks.report(one.id, (Reason.NUMBER, Reason.HOURS), Audience.VISITOR)
        guide.paper.save("For the first night", [one.id for one in every[3:7]], SheetOptions())
        guide.apply_update(self._demo, by="staff")
        guide.rollback()
        self._entry = every[2].id

    # --- ways ---------------------------------------------------------------------------------------
    def settle(self, until: Callable[[], bool] = lambda: True) -> None:
        """Let the window work until its jobs are done and ``until`` is true."""
        end = time.monotonic() + _PATIENCE
        quiet = 0
        while quiet < 3:
            QApplication.processEvents()
            quiet = quiet + 1 if not self.window.jobs.busy and until() else 0
            if time.monotonic() > end:
                raise SystemExit("the window did not come to rest")
            time.sleep(0.01)

    def begin(self, language: str, theme: str, percent: int, size: tuple[int, int]) -> None:
        """Speak and look like this from now on."""
        self._dress = language, theme, percent
        self.window.resize(*size)
        self._look(Audience.VISITOR)

    def _look(self, audience: Audience) -> None:
        language, theme, percent = self._dress
        window = self.window
        window.audience = audience
        window.looks.percent, window.looks.theme = percent, theme
        window.looks.wear()
        window.choose_language(language)
        window.go("home")
        self.settle()

    def leave(self) -> None:
        """Close what lies over the window."""
        from ui.dialogs import put_away

        if self.window.over.covers:
            self.window.cover.uncover()
        if self._menu is not None:
            self._menu.close()
            self._menu = None
        self.window.idle._close()
        put_away()

    def finish(self) -> None:
        """Close the window."""
        self.window.finish()
        self.window.close()

    # --- places -------------------------------------------------------------------------------------
    def all(self) -> dict[str, Go]:
        """Return how to go to each place."""
        return self._finding() | self._papers() | self._overlays() | self._door() | self._staff()

    def _finding(self) -> dict[str, Go]:
        window = self.window

        def home() -> QWidget:
            self._look(Audience.VISITOR)
            return window

        def type_(words: str) -> QWidget:
            window.bar.set_words(words)
            window.finding.find(words)
            self.settle(lambda: window.rooms.here == "results")
            return window

        def entry() -> QWidget:
            type_("legal")
            window.open_entry(window.rooms.results.list.cards.cards[0].id)
            self.settle()
            return window

        def filters() -> QWidget:
            type_("shelter")
            if window.rooms.results._filters.isVisible():
                window.rooms.results._filters.click()
            return window

        def number(text: bool) -> QWidget:
            line = window.home_data().call_now[0]
            phone = line.text if text else line.phone
            if phone is not None:
                window.phones.show(phone, line.name.text)
            self.settle(lambda: window.rooms.here == "dial")
            return window

        return {
            "home": home, "results": lambda: type_("shelter"), "entry": entry, "filters": filters,
            "nothing": lambda: type_("zzzzqq"), "call": lambda: number(False), "text": lambda: number(True),
        }  # fmt: skip

    def _papers(self) -> dict[str, Go]:
        window = self.window

        def sheet() -> QWidget:
            for card in window.home_data().call_now:
                if not window.basket.has(card.id):
                    window.basket.toggle(card.id)
            window.go("sheet")
            self.settle(lambda: window.rooms.sheet.paper is not None)
            return window

        def empty() -> QWidget:
            window.basket.clear()
            window.go("sheet")
            self.settle()
            return window

        def printing(stage: str) -> QWidget:
            sheet()
            desk = Printer("desk", "The printer in the corridor", PrinterState.OFFLINE)
            window.desk.way = replace(window.desk.way, printers=lambda: (desk,))
            window.rooms._print_sheet()
            self.settle()
            dialog = window.desk.dialog
            if stage == "sent":
                dialog.sent()  # type: ignore[union-attr]
            elif stage == "waits":
                dialog.waits(sentence(PrinterError(reason="no paper", printer="desk"), window._))  # type: ignore[union-attr]
            return _there(dialog)

        return {
            "sheet": sheet, "sheet-empty": empty, "print": lambda: printing("asks"),
            "print-sent": lambda: printing("sent"), "print-waits": lambda: printing("waits"),
        }  # fmt: skip

    def _overlays(self) -> dict[str, Go]:
        window = self.window

        def idle() -> QWidget:
            window.finding.remember(None, 0)
            window.idle.ask()
            return _there(window.idle._dialog)

        def wrong() -> QWidget:
            from ui.report_desk import ask_what_is_wrong

            ask_what_is_wrong(window, window.home_data().call_now[0].id)
            return next(d for d in QApplication.topLevelWidgets() if isinstance(d, QDialog) and d.isVisible())

        def menu(number: int) -> QWidget:
            window.go("home")
            openers = [b for b in window.bar.findChildren(QPushButton) if b.menu() is not None]
            self._menu = openers[number].menu()
            openers[number].menu().popup(window.mapToGlobal(QPoint(60, 60)))
            return self._menu

        def said() -> QWidget:
            window.go("home")
            window.fail(PrinterError(reason="gone", printer="desk"))
            return window

        def cover() -> QWidget:
            language, theme, percent = self._dress
            settings = window.guide.settings
            window.looks.settle(replace(settings, language=language, theme=theme, text_percent=percent))
            window.over.speak(window._, window.looks.house)
            window.hide_now()
            self.settle()
            window.looks.settle(settings)
            return window

        return {
            "still-there": idle, "something-wrong": wrong, "languages": lambda: menu(0), "looks": lambda: menu(1),
            "message": said, "cover": cover,
        }  # fmt: skip

    def _door(self) -> dict[str, Go]:
        window = self.window

        def door(stage: str) -> QWidget:
            self._look(Audience.VISITOR)
            window.go("unlock")
            self.settle()
            if stage == "code":
                window.rooms.unlock._kept("apple banana cherry date elder fig grape hazel")
            elif stage == "rescue":
                window.rooms.unlock._rescue(window.rooms.unlock._asks.rescue)  # type: ignore[arg-type]
            elif stage:
                window.rooms.unlock._show(stage)
            self.settle()
            return window

        return {"door" + (f"-{s}" if s else ""): lambda s=s: door(s) for s in ("", "new", "recover", "code", "rescue")}

    def _staff(self) -> dict[str, Go]:
        window = self.window

        def page(key: str) -> QWidget:
            if window.audience is not Audience.STAFF:
                self._look(Audience.STAFF)
            window.go(key)
            self.settle()
            return window

        def update(bundle: Path, found: bool) -> QWidget:
            page("updates")
            updates = window.rooms.updates
            updates.look_at(bundle)
            self.settle(lambda: not found or updates.preview is not None)
            return window

        def after() -> QWidget:
            window.rooms.updates.start()
            return page("updates")

        def form() -> QWidget:
            from ui.own_room import open_form

            page("own")
            open_form(window, window.rooms, window.guide.own.services.all()[0])
            self.settle()
            return window

        def entry() -> QWidget:
            from ui.house_room import open_entry

            page("house")
            open_entry(window, window.rooms, "word", self._entry)
            self.settle()
            return window

        def round_() -> QWidget:
            page("checks")
            window.rooms.page("checks")._begin("crisis")  # type: ignore[attr-defined]
            self.settle()
            return window

        def end() -> QWidget:
            if window.guide.checks.round() is not None:
                window.guide.checks.end()
            return page("checks")

        def file(save: bool) -> QWidget:
            from ui.dialogs import choose_file, name_file

            page("settings")
            return name_file(window, " ", "sheet.pdf", print) if save else choose_file(window, " ", "*.guide", print)

        return {
            "updates": lambda: page("updates"), "update-preview": lambda: update(self._demo, True),
            "update-bad": lambda: update(self._bad, False), "updates-after": after,
            "checks-round": round_, "checks": end, "own": lambda: page("own"), "own-form": form,
            "house": lambda: page("house"), "house-entry": entry, "settings": lambda: page("settings"),
            "first-steps": lambda: page("welcome"), "file-open": lambda: file(False), "file-save": lambda: file(True),
        }  # fmt: skip


def _there(found: QWidget | None) -> QWidget:
    if found is None:
        raise SystemExit("nothing opened")
    return found


__all__ = ["MainWindow", "Places"]
