"""Reads aloud with the voice this PC has, offline: the text goes to it by its standard input, never as an argument
(anybody can list those) and never by a file (SAFETY N1). No sound before somebody asks for it (S3).

speech-dispatcher is passed over on purpose: its daemon keeps what was said in a queue, and in a log where one is set.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QProcess, Signal

Command = Callable[[str], list[str]]  # a language's tag -> the program and its arguments
_POWERSHELL = (
    "Add-Type -AssemblyName System.Speech; [Console]::InputEncoding = [Text.Encoding]::UTF8;"
    "$s = New-Object System.Speech.Synthesis.SpeechSynthesizer;"
    "$v = $s.GetInstalledVoices() | Where-Object {{ $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq '{language}' }};"
    "if ($v) {{ $s.SelectVoice(@($v)[0].VoiceInfo.Name) }}; $s.Speak([Console]::In.ReadToEnd())"
)
_MAC = {"en": "Samantha", "es": "Paulina", "ar": "Majed"}


def this_pcs_voice() -> Command | None:
    """Return what starts this PC's voice, None where it has none."""
    if sys.platform == "win32":
        found = shutil.which("powershell")
        return None if found is None else lambda tag: [
            found, "-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden", "-Command",
            _POWERSHELL.format(language=_plain(tag)),
        ]  # fmt: skip
    if sys.platform == "darwin":
        said = shutil.which("say")
        return None if said is None else lambda tag: [
            said, *(("-v", _MAC[_plain(tag)]) if _plain(tag) in _MAC else ()), "-f", "-"
        ]  # fmt: skip
    speaker = shutil.which("espeak-ng") or shutil.which("espeak")
    return None if speaker is None else lambda tag: [speaker, "-v", _plain(tag), "-s", "150", "--stdin"]


def _plain(tag: str) -> str:
    """Return the language of a tag, letters alone: it goes into a command."""
    return "".join(sign for sign in tag.split("-")[0].lower() if sign.isascii() and sign.isalpha()) or "en"


class Voice(QObject):
    """Says one thing at a time; ``changed`` tells whether it speaks now."""

    changed = Signal(bool)

    def __init__(self, find: Callable[[], Command | None] = this_pcs_voice) -> None:
        """Take what finds this PC's voice."""
        super().__init__()
        self._starts = find()
        self._waiting: list[tuple[str, str]] = []
        self._process: QProcess | None = None

    @property
    def there(self) -> bool:
        """True where this PC has a voice."""
        return self._starts is not None

    @property
    def speaks(self) -> bool:
        """True while something is read."""
        return self._process is not None

    def say(self, parts: Sequence[tuple[str, str]]) -> None:
        """Read ``parts``, each a language's tag and a text, one after the other."""
        self.stop()
        self._waiting = [part for part in parts if part[1].strip()]
        if self._waiting and self._starts is not None:
            self._next(self._starts)
            self.changed.emit(True)

    def stop(self) -> None:
        """Be silent at once."""
        self._waiting = []
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(200)
            process.deleteLater()
            self.changed.emit(False)

    def _next(self, starts: Command) -> None:
        tag, text = self._waiting.pop(0)
        program, *arguments = starts(tag)
        self._process = QProcess(self)
        self._process.finished.connect(self._done)
        self._process.errorOccurred.connect(self._failed)
        self._process.start(program, arguments)
        self._process.write(text.encode())
        self._process.closeWriteChannel()

    def _done(self, *_: object) -> None:
        if self._waiting and self._process is not None and self._starts is not None:
            self._process.deleteLater()
            self._next(self._starts)
        else:
            self.stop()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.stop()
