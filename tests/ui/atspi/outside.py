"""Uses the guide as a screen reader does: from another process, over AT-SPI alone. Run by the system's Python.

    dbus-run-session -- python3 tests/ui/atspi/outside.py PYTHON DATA

starts the window with PYTHON, walks it, and prints what it met as JSON: the pages with every control, those without a
name, what was announced, and what the main path gave. It speaks to the bus itself, many questions at a time: a reader
that waits for each answer needs a second for a page, and is gentler than those that do not.
"""

import json
import os
import subprocess
import sys
import time
from typing import NamedTuple

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

PATIENCE = 30.0
ROOT = "/org/a11y/atspi/accessible/root"
SPEC = "org.a11y.atspi."
ACTED = {
    "push button", "toggle button", "check box", "radio button", "combo box", "text", "entry", "password text",
    "spin button", "list", "table", "tree", "menu item", "check menu item", "radio menu item", "scroll pane", "slider",
}  # fmt: skip


class Node(NamedTuple):
    """One thing a screen reader meets."""

    bus: str
    path: str
    role: str
    name: str
    states: int
    children: list

    def has(self, state) -> bool:
        return bool(self.states >> int(state) & 1)

    @property
    def acted(self) -> bool:
        return self.role in ACTED or self.has(Atspi.StateType.FOCUSABLE)


class Bus:
    """The bus of assistive technology: questions in bundles, and what is announced."""

    def __init__(self) -> None:
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        found = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1)
        kind = Gio.DBusConnectionFlags
        flags = kind.AUTHENTICATION_CLIENT | kind.MESSAGE_BUS_CONNECTION
        self._to = Gio.DBusConnection.new_for_address_sync(found.unpack()[0], flags)
        self.heard: list[str] = []
        self._to.signal_subscribe(
            None, SPEC + "Event.Object", "Announcement", None, None, 0, lambda *told: self.heard.append(told[5][3])
        )
        self.ask([(SPEC + "Registry", "/org/a11y/atspi/registry", SPEC + "Registry", "RegisterEvent",
                   GLib.Variant("(sass)", ("Object:Announcement", [], "")))])  # fmt: skip

    def ask(self, questions):
        """Return the answers in the order of ``questions``, None for each that had none."""
        answers, open_ = [None] * len(questions), [len(questions)]

        def answered(source, result, number):
            open_[0] -= 1
            try:
                answers[number] = source.call_finish(result).unpack()
            except GLib.Error:  # it went away while it was looked at
                answers[number] = None

        for number, question in enumerate(questions):
            self._to.call(*question, None, Gio.DBusCallFlags.NONE, 10_000, None, answered, number)
        context = GLib.MainContext.default()
        while open_[0]:
            context.iteration(True)
        return answers

    def one(self, node, part, method, arguments=None):
        """Return one answer of one thing."""
        return self.ask([(node[0], node[1], SPEC + part, method, arguments)])[0]

    def pid(self, bus) -> int:
        return self.ask([("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "GetConnectionUnixProcessID", GLib.Variant("(s)", (bus,)))])[0][0]  # fmt: skip

    def turn(self) -> None:
        """Let what was announced come in."""
        while GLib.MainContext.default().iteration(False):
            pass

    def nodes(self, places) -> list[Node]:
        """Return what stands at ``places``, as (bus, path); what is gone is left out."""
        kind = SPEC + "Accessible"
        name = GLib.Variant("(ss)", (kind, "Name"))
        asked = []
        for bus, path in places:
            asked += [(bus, path, kind, what, None) for what in ("GetRole", "GetState", "GetChildren")]
            asked.append((bus, path, "org.freedesktop.DBus.Properties", "Get", name))
        answers = iter(self.ask(asked))
        found = []
        for (bus, path), role, state, children, said in zip(places, answers, answers, answers, answers, strict=False):
            if None not in (role, state, children, said):
                low, high = state[0]
                spoken = Atspi.role_get_name(Atspi.Role(role[0]))
                found.append(Node(bus, path, spoken, said[0], high << 32 | low, children[0]))
        return found


class Visitor:
    """Somebody who has nothing but the accessibility interface."""

    def __init__(self, process) -> None:
        self.bus, self.process, self.pages = Bus(), process, {}
        self.heard = self.bus.heard
        self.app = self.until(self._find, "the window")

    def until(self, what, why, patience=PATIENCE, *, ends=True):
        """Return the first true answer of ``what``; give up with ``why`` after some patience."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            self.bus.turn()
            if found := what():
                return found
            if self.process.poll() is not None:
                raise SystemExit(f"the program ended with {self.process.returncode}, before {why}")
            time.sleep(0.02)
        if ends:
            raise SystemExit(f"waited in vain for {why}")
        return None

    def _find(self):
        (apps,) = self.bus.one((SPEC + "Registry", ROOT), "Accessible", "GetChildren") or ((),)
        for app in apps:
            if self.bus.pid(app[0]) == self.process.pid and self.bus.nodes([app])[0].children:
                return app
        return None

    def all(self) -> list[Node]:
        """Return everything that is shown, level by level."""
        level = self.bus.nodes([self.app])
        found = list(level)
        while level:
            below = self.bus.nodes([tuple(child) for node in level for child in node.children])
            level = [n for n in below if n.has(Atspi.StateType.SHOWING) or n.role in ("list item", "menu")]
            found += level
        return found

    def find(self, role, name, *, begins=False):
        """Return the first shown thing of ``role`` called ``name``."""
        for node in self.all():
            if node.role == role and (node.name.startswith(name) if begins else node.name == name):
                return node
        return None

    def press(self, name, role="push button", *, begins=False, then=None, why="") -> None:
        """Press by the action a screen reader would use; wait for ``then``, and press again where nothing came."""
        for _try in range(4):
            node = self.until(lambda: self.find(role, name, begins=begins), f"{role} {name!r}")
            actions = self.bus.one(node, "Action", "GetActions")
            number = next((n for n, (called, *_) in enumerate(actions[0])
                           if called in ("Press", "Toggle", "Click", "Select")), None) if actions else None  # fmt: skip
            if number is None:
                continue  # it was made anew meanwhile
            self.bus.one(node, "Action", "DoAction", GLib.Variant("(i)", (number,)))
            if then is None or self.until(then, why, PATIENCE / 4, ends=False):
                return
        raise SystemExit(f"{role} {name!r} was pressed in vain for {why}")

    def write(self, node, text) -> None:
        self.bus.one(node, "EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))

    def note(self, page) -> None:
        """Remember every control of the page: role and name."""
        self.bus.turn()
        self.pages[page] = [(n.role, n.name) for n in self.all() if n.acted]


def main(python, data) -> None:
    env = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb")
    process = subprocess.Popen([python, "-m", "ui.start", "--data", data], env=env)
    try:
        v = Visitor(process)
        v.until(lambda: v.find("push button", "Call 988", begins=True), "the first screen")
        v.note("home")
        # search -> open -> copy -> add to the sheet -> hide, by the accessibility interface alone
        v.write(v.find("text", "Search"), "shelter")
        results = v.until(lambda: (n := v.find("list", "Results")) and len(n.children) > 3 and n, "results")
        opened = v.bus.nodes([tuple(results.children[1])])[0].name
        v.bus.one(results, "Selection", "SelectChild", GLib.Variant("(i)", (1,)))
        v.note("results")
        name = opened.split(",")[0].split("\n")[0]
        v.until(lambda: any(n.role == "label" and name in n.name for n in v.all()), "the entry in full")
        v.press("Copy ", begins=True)
        copied = v.until(lambda: [h for h in v.heard if h.startswith("Copied")], "the word that it was copied")[-1]
        v.press("Add to sheet", then=lambda: v.find("push button", "On my sheet"), why="that it is on the sheet")
        v.press("My sheet (1)", "radio button", then=lambda: v.find("list", "On the sheet"), why="the sheet")
        v.note("sheet")
        v.press("Staff", then=lambda: v.find("password text", "New passphrase"), why="the staff door")
        v.note("unlock")
        for field in ("New passphrase", "The same passphrase again"):
            v.write(v.until(lambda f=field: v.find("password text", f), field), "a walk outside")
        v.press("Save the passphrase", then=lambda: v.find("push button", "It is on paper now"), why="the code")
        v.note("recovery code")
        v.press("It is on paper now", then=lambda: v.find("radio button", "Settings"), why="the staff area")
        for page in STAFF:
            v.press(page, "radio button", then=lambda p=page: p in v.heard, why=f"the word that {page} is shown")
            v.note(page.lower())
        v.press("Hide now", begins=True, then=lambda: v.find("text", "Notes"), why="the cover")
        v.note("cover")
        covered = [n.name for n in v.all() if n.name]
        frame, application = v.bus.nodes([tuple(v.bus.nodes([v.app])[0].children[0]), v.app])
        told = {
            "pages": v.pages, "heard": v.heard, "opened": opened, "copied": copied,
            "covered": covered, "title": frame.name, "application": application.name,
        }  # fmt: skip
        sys.stdout.write(json.dumps(told) + "\n")
    finally:
        process.terminate()
        process.wait(10)


STAFF = ("Settings", "Check numbers", "Our own services", "This house", "Updates")

if __name__ == "__main__":
    main(*sys.argv[1:])
