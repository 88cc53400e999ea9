"""Hands corrections to the person's own mail program as text; nothing is sent by us."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from guide.check_words import what_is_wrong
from guide.records.checking import CorrectionFile
from guide.text import Language

_LONGEST = 1800  # characters of a mailto link that every Windows program takes


def write_mail(files: Sequence[CorrectionFile], _: Language) -> bool:
    """Open a new mail with the corrections in it; say whether a program took it."""
    if QGuiApplication.platformName() == "offscreen":
        return False
    return QDesktopServices.openUrl(QUrl(mail_link(files, _)))


def mail_link(files: Sequence[CorrectionFile], _: Language) -> str:
    """Return a mailto link with as many corrections as it can hold; if some are left out, it says so."""
    head = f"mailto:?subject={_quoted(_('Corrections for edition {name}', name=', '.join(one.edition_name for one in files)))}&body="
    lines: list[str] = []
    for one in (one for file in files for one in file.corrections):
        line = (
            f"- {one.name} ({one.service[:8]}): {what_is_wrong(one, _)}: {one.old} -> {one.proposed or '?'} {one.note}"
        )
        more = _("More corrections are in the file. Please ask for it.")
        if len(head) + len(_quoted("\n".join([*lines, line, more]))) > _LONGEST:
            lines.append(more)
            break
        lines.append(line.rstrip())
    return head + _quoted("\n".join(lines))


def _quoted(text: str) -> str:
    return bytes(QUrl.toPercentEncoding(text).data()).decode()
