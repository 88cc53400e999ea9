"""Number checks at rest: how many are due, which round to begin, and what waits for the publisher."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from guide.check_words import REASONS, what_is_wrong
from guide.records.checking import Correction, CorrectionFile, DueCount, Report
from guide.text import Language
from ui.parts.controls import button, card, column, label
from ui.parts.flow import Flow
from ui.parts.ticked import ticked

CRISIS, ALL_DUE = "crisis", "due"


class DueCard(QFrame):
    """Counts by category, and the ways to begin."""

    def __init__(
        self, _: Language, counts: Sequence[DueCount], name_of: Callable[[str], str], begin: Callable[[str], None]
    ) -> None:
        """Take what is due, the words of a category, and what begins a round of a kind."""
        super().__init__()
        self.setProperty("kind", "card")
        total, crisis = sum(c.due for c in counts), sum(c.due for c in counts if c.category == CRISIS)
        self.begin_crisis: QPushButton | None = None
        self.begin_due: QPushButton | None = None
        box = column(self, label(_("Numbers to check"), "heading"), gap=10, margin=18)
        box.addWidget(label(_("Crisis lines are called every 90 days, all others once a year. What nobody has called"
                              " yet comes first."), "second"))  # fmt: skip
        if not total:
            box.addWidget(label(_("Every number was checked lately. There is nothing to do.")))
            return
        lines = []
        for one in counts:
            due = _("{n} due", n=f"{one.due:,}")
            if one.never:
                due += ", " + _("{n} never called", n=f"{one.never:,}")
            words = label(f"\u2068{name_of(one.category)}\u2069: {due}", "name" if one.category == CRISIS else "")
            lines.append(words)
        box.addLayout(column(None, *lines, gap=4))
        line: list[QWidget] = []
        if crisis:
            self.begin_crisis = button(_("Begin with the crisis lines"), partial(begin, CRISIS), "phone", "primary")
            line.append(self.begin_crisis)
        if total > crisis:
            kind = "plain" if crisis else "primary"
            self.begin_due = button(_("Begin with the next 25"), partial(begin, ALL_DUE), "phone", kind)
            line.append(self.begin_due)
        box.addLayout(Flow(line, 8))


class CorrectionsCard(QFrame):
    """What goes back to the publisher, and the ways it can travel: stick, paper, mail."""

    def __init__(
        self, _: Language, files: Sequence[CorrectionFile], *, notes: bool, ways: Sequence[tuple[str, str, Callable[[], object]]],
        with_notes: Callable[[bool], object],
    ) -> None:  # fmt: skip
        """Take the corrections, the ways as (words, icon, act), and what to do when notes are ticked."""
        super().__init__()
        self.setProperty("kind", "card")
        n = sum(len(file.corrections) for file in files)
        box = column(self, label(_("Corrections for the publisher"), "heading"), gap=10, margin=18)
        said = _.count("{n} correction waits. It leaves this list when an update brings the change.",
                       "{n} corrections wait. Each leaves this list when an update brings the change.", n)  # fmt: skip
        if not n:
            said = _("Nothing waits. What you find in a round, or report on an entry, comes here.")
        box.addWidget(label(said))
        self.notes, notes_line = ticked(_("Take along what we wrote"))
        self.notes.setChecked(notes)
        self.notes.toggled.connect(with_notes)
        if n:
            box.addWidget(label(_("The file holds entries, old and new values, and dates. It holds no names, and nothing"
                                  " about visitors."), "second"))  # fmt: skip
            box.addWidget(notes_line)
            box.addLayout(Flow([button(words, act, icon) for words, icon, act in ways], 8))


def reports_card(
    _: Language, reports: Sequence[Report], look: Callable[[str], None], settle: Callable[[str], None]
) -> QFrame:
    """Return what somebody ticked on entries; ``look`` opens one, ``settle`` takes it off the list."""
    made = card()
    box = column(made, label(_("Somebody reported"), "heading"), gap=10, margin=18)
    box.addWidget(label(_("Call the number before you trust a report. It can be wrong, too."), "second"))
    for one in reports:
        reasons = " · ".join(_(REASONS[reason]) for reason in one.reasons)
        acts: list[QWidget] = [
            button(_("Look"), partial(look, one.service), "search", name=_("Look at {name}", name=one.name)),
            button(_("Done"), partial(settle, one.service), "check", name=_("Done: {name}", name=one.name)),
        ]
        line = column(None, label(one.name, "name"), label(reasons), Flow(acts, 8), gap=4)
        box.addLayout(line)
    return made


def ours_card(_: Language, found: Sequence[Correction], change: Callable[[str], None]) -> QFrame:
    """Return what calls found wrong with this house's own services; ``change`` opens the form of one."""
    made = card()
    box = column(made, label(_("Our own services, to put right"), "heading"), gap=10, margin=18)
    box.addWidget(
        label(_("Nobody else can change these. They leave this list when you change or close them."), "second")
    )
    for service in dict.fromkeys(one.service for one in found):
        its = [one for one in found if one.service == service]
        said = " · ".join(dict.fromkeys(what_is_wrong(one, _) for one in its))
        more = " · ".join(dict.fromkeys(text for one in its for text in (one.proposed, one.note) if text))
        lines = [label(text) for text in (said, more) if text]
        act = button(_("Edit"), partial(change, service), "file-text", name=_("Edit {name}", name=its[0].name))
        box.addLayout(column(None, label(its[0].name, "name"), *lines, Flow([act], 8), gap=4))
    return made
