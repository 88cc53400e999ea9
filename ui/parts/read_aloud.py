"""The button that reads an entry aloud, and what is read: the same facts as on the screen, each in its language."""

from __future__ import annotations

import re

from guide.records import Detail, Words
from guide.text import Language
from ui import icons, style
from ui.parts.controls import PointedButton, button, off_the_icon
from ui.parts.phrases import cost, number_kind, opening
from ui.voice import Voice


class ReadButton(PointedButton):
    """Reads an entry; while it is read the same button stops that."""

    def __init__(self, _: Language, voice: Voice, found: Detail, name: str) -> None:
        """Take the language, the voice, the entry, and the name it is shown under."""
        super().__init__()
        self._, self._voice, self._found, self._name = _, voice, found, name
        button("", self._press, made=self)
        voice.changed.connect(self._show)
        self._show(voice.speaks)

    def _press(self) -> None:
        if self._voice.speaks:
            self._voice.stop()
        else:
            self._voice.say(spoken(self._, self._found, self._name))

    def _show(self, on: bool) -> None:
        text = self._("Stop reading") if on else self._("Read aloud")
        self.setText(off_the_icon(text))
        self.setAccessibleName(text)
        self.setIcon(icons.icon("circle-stop" if on else "volume-2", style.now().ink))


def spoken(_: Language, found: Detail, name: str) -> list[tuple[str, str]]:
    """Return what is read, as (language, text), one part for each run of a language."""
    service, said = found.service, [(_.code, name)]
    if service.status != "active":
        said.append((_.code, _("Closed for now. Call before you go.")))
    said += [_best(words, _) for words in (service.alert, service.description) if words]
    for phone in service.shown_phones():
        said.append((_.code, f"{number_kind(phone, _)}: {by_digits(phone.published)}"))
    said += [(_.code, opening(found.open, _)[0]), _best(service.hours, _), (_.code, cost(service.cost, _))]
    joined: list[tuple[str, str]] = []
    for tag, text in said:
        text = text.strip().rstrip(".")
        if text and joined and joined[-1][0] == tag:
            joined[-1] = (tag, f"{joined[-1][1]}. {text}")
        elif text:
            joined.append((tag, text))
    return joined


def by_digits(number: str) -> str:
    """Return ``number`` so that it is read digit by digit, with a rest where it has a gap: "9 8 8", "1, 8 0 0"."""
    return ", ".join(" ".join(group) for group in re.findall(r"[0-9A-Za-z]+", number))


def _best(words: Words, _: Language) -> tuple[str, str]:
    return (_.code if words.has(_.code) else words.language), words.best(_.code)
