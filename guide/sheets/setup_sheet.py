"""Two pages for staff: how to set a PC up for visitors (SAFETY I4), and the recovery code to lock away."""

from __future__ import annotations

from typing import Any

from guide.records import Paper
from guide.sheets.plain_page import plain_page
from guide.text import Language, mark, right_way

_ = mark
_SETUP = (
    (_("The account"), (
        _("Visitors use a guest account of their own. It is not an administrator."),
        _("That account cannot open the shared drives, mail or files of this house."),
        _("Software puts the computer back as it was at each sign-out, or the guest account is emptied by itself."),
        _("The guide opens over the whole screen when the account signs in (kiosk mode)."),
        _("The system's clipboard history, cloud copies and lists of recent files are off."),
    )),
    (_("Network and printer"), (
        _("The computer is on a network apart from the office's, or on none."),
        _("Visitors have a printer of their own, not the office's. It keeps no copies and prints no name of a user."),
        _("Only this printer is chosen in the guide's settings. A test page came out."),
    )),
    (_("The room"), (
        _("The screen is turned away from doors, windows and passers-by. A privacy filter is offered."),
        _("The webcam is covered. No camera of the house sees the screen or the keyboard."),
        _("There is a way to destroy paper nearby."),
    )),
    (_("Protection"), (
        _("A virus scanner is on, updates come by themselves, and the computer was checked for spy programs."),
        _("The date and the time zone of the computer are right."),
        _("Passphrase and recovery code are locked away, not near the computer."),
        _("The newest update was taken in: the foot of the window shows no warning."),
    )),
    (_("Tell each visitor"), (
        _("The red button, or Shift three times, hides the screen at once. Try it together."),
        _("The guide cannot see spy programs, cameras or somebody who reads along. A call may show on a phone bill,"
          " and paper can be found."),
    )),
)  # fmt: skip


def setup_sheet(language: str, paper: str = "letter") -> Paper:
    """Return the page to tick off while a PC is set up. Raises TypesetError."""
    _ = Language(language)
    parts = [{"head": _(head), "tick": True, "lines": [_(line) for line in lines]} for head, lines in _SETUP]
    done = _("Done on ______________   by (role) ______________")
    parts.append({"head": "", "tick": False, "lines": [done]})
    about = [_("Tick what is done. Where you are not sure, ask whoever looks after the computers.")]
    return _page(_("Setting up a computer for visitors"), about, "", parts, _, paper)


def recovery_sheet(code: str, language: str, paper: str = "letter") -> Paper:
    """Return the recovery code in large type with what it is for. Raises TypesetError."""
    _ = Language(language)
    about = [
        _(
            "This code opens the staff area once, when the passphrase is lost. Then it is used up, and there is a new one."
        ),
        _("Whoever has it can set a new passphrase. Lock it away, and not near the computer."),
        _("At the computer: Staff, then “The passphrase is lost”."),
    ]
    return _page(_("Recovery code"), about, code, [], _, paper)


def _page(title: str, about: list[str], code: str, parts: list[Any], _: Language, paper: str) -> Paper:
    turned = [
        {**part, "head": right_way(part["head"], _), "lines": [right_way(line, _) for line in part["lines"]]}
        for part in parts
    ]
    values = {
        "title": right_way(title, _), "about": [right_way(words, _) for words in about], "code": code, "parts": turned,
    }  # fmt: skip
    return plain_page("notice", values, _, paper)
