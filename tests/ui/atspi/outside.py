"""Uses the guide as a screen reader does: from another process, over AT-SPI alone. Run by the system's Python.

    dbus-run-session -- python3 tests/ui/atspi/outside.py PYTHON DATA

starts the window with PYTHON, walks it, and prints what it met as JSON: the pages with every control, those without a
name, what was announced, and what the main path gave.
"""

import contextlib
import json
import os
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 30.0
ACTED = {
    "push button", "toggle button", "check box", "radio button", "combo box", "text", "entry", "password text",
    "spin button", "list", "table", "tree", "menu item", "check menu item", "radio menu item", "scroll pane", "slider",
}  # fmt: skip


def turn() -> None:
    """Let what was announced come in."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def until(what, why):
    """Return the first true answer of ``what``; give up with ``why`` after some patience."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        turn()
        try:
            if found := what():
                return found
        except GLib.Error:  # it went away while it was looked at
            found = None
        time.sleep(0.03)
    raise SystemExit(f"waited in vain for {why}")


def showing(node) -> bool:
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def nodes(top):
    """Yield ``top`` and everything below it that is shown."""
    yield top
    for number in range(min(top.get_child_count(), 300)):
        child = top.get_child_at_index(number)
        if child is not None and (showing(child) or child.get_role_name() in ("list item", "menu")):
            yield from nodes(child)


class Visitor:
    """Somebody who has nothing but the accessibility interface."""

    def __init__(self, process) -> None:
        self.process, self.heard, self.pages = process, [], {}
        listener = Atspi.EventListener.new(self._hear)
        listener.register("object:announcement")
        self._listener = listener
        self.app = until(self._find, "the window")

    def _hear(self, event) -> None:
        self.heard.append(str(event.any_data))

    def _find(self):
        desk = Atspi.get_desktop(0)
        for number in range(desk.get_child_count()):
            app = desk.get_child_at_index(number)
            if app is not None and app.get_process_id() == self.process.pid and app.get_child_count():
                return app
        return None

    def all(self):
        return list(nodes(self.app))

    def find(self, role, name, *, begins=False):
        """Return the first shown thing of ``role`` called ``name``."""
        for node in self.all():
            said = node.get_name() or ""
            if node.get_role_name() == role and (said.startswith(name) if begins else said == name):
                return node
        return None

    def press(self, name, role="push button", *, begins=False, then=None, why="") -> None:
        """Press by the action a screen reader would use; wait for ``then``, and press again where nothing came."""
        if then is None:
            self._press(name, role, begins=begins)
            return
        for _try in range(4):
            self._press(name, role, begins=begins)
            end = time.monotonic() + PATIENCE / 4
            while time.monotonic() < end:
                turn()
                with contextlib.suppress(GLib.Error):  # it went away while it was looked at
                    if then():
                        return
                time.sleep(0.05)
        raise SystemExit(f"waited in vain for {why}")

    def _press(self, name, role, *, begins) -> None:
        node = until(lambda: self.find(role, name, begins=begins), f"{role} {name!r}")
        for number in range(Atspi.Action.get_n_actions(node)):
            if Atspi.Action.get_action_name(node, number) in ("Press", "Toggle", "Click", "Select"):
                Atspi.Action.do_action(node, number)
                turn()
                return
        raise SystemExit(f"{role} {name!r} cannot be pressed")

    def note(self, page) -> None:
        """Remember every control of the page: role and name."""
        self.pages[page] = until(self._controls, f"the controls of {page}")

    def _controls(self):
        return [
            (n.get_role_name(), n.get_name() or "") for n in self.all()
            if n.get_role_name() in ACTED or n.get_state_set().contains(Atspi.StateType.FOCUSABLE)
        ]  # fmt: skip

    def texts(self):
        return [n.get_name() for n in self.all() if n.get_name()]


def main(python, data) -> None:
    env = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb")
    process = subprocess.Popen([python, "-m", "ui.start", "--data", data], env=env)
    try:
        v = Visitor(process)
        until(lambda: v.find("push button", "Call 988", begins=True) or v.find("text", "Search"), "the first screen")
        v.note("home")
        # search -> open -> copy -> add to the sheet -> hide, by the accessibility interface alone
        box = v.find("text", "Search")
        Atspi.EditableText.set_text_contents(box, "shelter")
        results = until(lambda: v.find("list", "Results"), "results")
        until(lambda: results.get_child_count() > 3, "entries")
        first = until(lambda: results.get_child_at_index(1), "the second entry")
        opened = first.get_name()
        Atspi.Selection.select_child(results, 1)
        v.note("results")
        name = opened.split(",")[0].split("\n")[0]
        until(lambda: any(name in t for r, t in ((n.get_role_name(), n.get_name()) for n in v.all()) if r == "label"),
              "the entry in full")  # fmt: skip
        v.press("Copy ", begins=True)
        copied = until(lambda: [h for h in v.heard if h.startswith("Copied")], "the word that it was copied")[-1]
        v.press("Add to sheet")
        until(lambda: v.find("push button", "On my sheet"), "that it is on the sheet")
        v.press("My sheet (1)", "radio button", then=lambda: v.find("list", "On the sheet"), why="the sheet")
        v.note("sheet")
        v.press("Staff", then=lambda: v.find("password text", "New passphrase"), why="the staff door")
        v.note("unlock")
        for field in ("New passphrase", "The same passphrase again"):
            Atspi.EditableText.set_text_contents(
                until(lambda f=field: v.find("password text", f), field), "a walk outside"
            )
        v.press("Save the passphrase", then=lambda: v.find("push button", "It is on paper now"), why="the code")
        v.note("recovery code")
        v.press("It is on paper now", then=lambda: v.find("radio button", "Settings"), why="the staff area")
        for page in ("Settings", "Updates"):
            v.press(page, "radio button", then=lambda p=page: p in v.heard, why=f"the word that {page} is shown")
            v.note(page.lower())
        v.press("Hide now", begins=True, then=lambda: v.find("text", "Notes"), why="the cover")
        v.note("cover")
        covered = v.texts()
        frame = v.app.get_child_at_index(0)
        told = {
            "pages": v.pages, "heard": v.heard, "opened": opened, "copied": copied,
            "covered": covered, "title": frame.get_name(), "application": v.app.get_name(),
        }  # fmt: skip
        sys.stdout.write(json.dumps(told) + "\n")
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    main(*sys.argv[1:])
