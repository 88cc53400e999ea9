"""The house's words on entries of the catalogs: notes, better values, hiding; and what an update makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from guide.errors import NotFoundError, ThisComputerError, UsageError
from guide.own.amend import PHONE, fixed, published, second_look
from guide.own.derive import GONE
from guide.own.desk import OwnDesk
from guide.own.words import LONGEST_NOTE, SEEN, as_json, seen_of, word_from, words_from
from guide.records import Preview, Service, Words
from guide.records.house import Amendment, Edit, ToSettle, Word
from guide.shelter.facts import things

LONGEST_VALUE, LONGEST_BY = 300, 20


class OwnWords:
    """What staff say of an entry. Everything keeps what the entry was, so that an update that changes it is noticed."""

    def __init__(self, desk: OwnDesk) -> None:
        """Take what is stood at."""
        self._desk = desk

    # --- asking -------------------------------------------------------------------------------------
    def of(self, service: str) -> Word:
        """Return what is said of one entry."""
        with self._desk.store() as store:
            return word_from(service, things(store, "word", ids=[service]).get(("word", service), {}))

    def all(self, services: Sequence[str] | None = None) -> dict[str, Word]:
        """Return what is said of each entry, by its id; of ``services`` or of all."""
        with self._desk.store() as store:
            return words_from(things(store, "word", ids=services))

    def sheet_notes(self, services: Sequence[str]) -> dict[str, str]:
        """Return the notes that belong on paper, by entry."""
        return {key: word.sheet_note for key, word in self.all(list(services)).items() if word.sheet_note}

    def published(self, service: str) -> Service:
        """Return an entry as its publisher has it, whatever is laid over it. Raises NotFoundError."""
        return self._entry(service)

    def with_notes(self, services: Sequence[Service]) -> tuple[Service, ...]:
        """Return entries as they go on paper: with the note for the sheet before all else that is said of them."""
        notes = self.sheet_notes([one.id for one in services])
        return tuple(_noted(one, notes[one.id]) if one.id in notes else one for one in services)

    def waiting(self) -> tuple[Amendment, ...]:
        """Return the numbers of crisis lines that wait for a second look."""
        found = self._published(self.all())
        first = set(self._desk.first())
        return tuple(
            one
            for entry in found.values()
            for one in self.of(entry.id).amended
            if not one.second and second_look(entry, one.field, entry.id in first)
        )

    # --- saying -------------------------------------------------------------------------------------
    def note(self, service: str, *, staff: str | None = None, sheet: str | None = None) -> None:
        """Keep a note for staff, or one for the sheet; "" takes it away. Raises NotFoundError, UsageError."""
        entry = self._entry(service)
        edits = []
        for field, text in (("staff_note", staff), ("sheet_note", sheet)):
            if text is None:
                continue
            said = " ".join(text.split())
            if len(said) > LONGEST_NOTE:
                raise UsageError(f"A note has at most {LONGEST_NOTE} characters.", longest=LONGEST_NOTE)
            edits.append(Edit("word", service, field, said or None))
        self._say(entry, edits, "note")

    def amend(self, service: str, field: str, value: str, by: str = "") -> Amendment | None:
        """Show ``value`` over what the publisher says in ``field``; "" takes it away again. A number of a crisis line
        is shown only once a second person has looked (``second``). ``by`` is a role or initials (N6).

        Raises NotFoundError; UsageError: no such field, a number that cannot be dialled, 911 or 988.
        """
        entry = self._entry(service)
        before = published(entry, field)
        if before is None:
            raise UsageError("This entry has nothing there that could be corrected.", field=field)
        phone = next((p for p in entry.phones if PHONE + p.id == field), None)
        if fixed(entry.main_phone()) or fixed(phone):
            raise UsageError("911 and 988 stay as they are.", service=service)
        said = " ".join(value.split())[:LONGEST_VALUE]
        if said and phone is not None:
            from guide.own.numbers import dialled

            if not dialled(said, phone.channel):
                raise UsageError("This number cannot be dialled as written.", number=said)
        kept = {"value": said, "published": before, "by": by.strip()[:LONGEST_BY]} if said and said != before else None
        self._say(entry, [Edit("word", service, f"value/{field}", kept)], "amended")
        return next((one for one in self.of(service).amended if one.field == field), None)

    def needs_second(self, service: str, field: str) -> bool:
        """Say whether a value is shown only after a second look: a number of a crisis line."""
        return second_look(self._entry(service), field, service in set(self._desk.first()))

    def second(self, service: str, field: str, value: str, by: str) -> None:
        """Give the second look: another person types the number again. Raises NotFoundError, UsageError."""
        entry = self._entry(service)
        first = next((one for one in self.of(service).amended if one.field == field), None)
        if first is None:
            raise NotFoundError("There is nothing to look at.", service=service)
        if not by.strip() or by.strip().casefold() == first.by.casefold():
            raise UsageError("A second person has to look, with their own initials.")
        if _digits(value) != _digits(first.value):
            raise UsageError("The two numbers are not the same.", number=value)
        looked = {"value": first.value, "by": by.strip()[:LONGEST_BY]}
        self._say(entry, [Edit("word", service, f"second/{field}", looked)], "second")

    def hide(self, service: str, reason: str) -> None:
        """Take an entry out of the guide on this PC, with the reason. Raises NotFoundError, UsageError."""
        entry = self._entry(service)
        if fixed(entry.main_phone()):
            raise UsageError("911 and 988 cannot be hidden.", service=service)
        said = " ".join(reason.split())[:LONGEST_NOTE]
        if not said:
            raise UsageError("Say why it is hidden: others will ask.")
        self._say(entry, [Edit("word", service, "hidden", said)], "hidden")

    def show(self, service: str) -> None:
        """Show a hidden entry again."""
        self._desk.change([Edit("word", service, "hidden", None)], "shown", self.of(service).name)

    # --- what an update does to it --------------------------------------------------------------------
    def to_settle(self) -> tuple[ToSettle, ...]:
        """Return the entries with a word of this house that are not what they were when it was said."""
        with self._desk.store() as store:
            facts = things(store, "word")
        words = words_from(facts)
        now = self._published(words)
        found = []
        for service, word in words.items():
            seen = facts["word", service].get(SEEN)
            before: dict[str, Any] = seen.value if seen is not None and isinstance(seen.value, dict) else {}
            entry = now.get(service)
            if entry is None:
                found.append(ToSettle(service, word.name, "gone", (), word))
            elif entry.status in GONE and before.get("status") not in GONE:
                found.append(ToSettle(service, entry.name.text, "closed", (), word))
            elif before.get("digest") != entry.digest:
                found.append(ToSettle(service, entry.name.text, "changed", _changed(before, entry), word))
        return tuple(sorted(found, key=lambda one: (one.kind == "changed", one.name.casefold())))

    def touched(self, preview: Preview) -> Preview:
        """Return ``preview`` with what this house says of each changed entry: staff settle it after the update."""
        words: dict[str, Word] = {}
        with suppress(ThisComputerError):  # an update is not refused for our own file's sake
            words = self.all()
        changed = dict.fromkeys(change.service for change in preview.changes if change.service in words)
        return replace(preview, ours=tuple((one, _kinds(words[one])) for one in changed))

    def settle(self, service: str, *, keep: bool) -> None:
        """Decide: ``keep`` what this house says beside what the entry is now, or drop it. Raises NotFoundError."""
        word = self.of(service)
        found = self._published([service]).get(service)
        if keep and found is not None:
            edits = [Edit("word", service, SEEN, as_json(seen_of(found)))]
            for one in word.amended:
                now = published(found, one.field)
                kept = {"value": one.value, "published": now, "by": one.by} if now is not None else None
                edits.append(Edit("word", service, f"value/{one.field}", kept))
            self._desk.change(edits, "settled", word.name)
            return
        with self._desk.store() as store:
            fields = things(store, "word", ids=[service]).get(("word", service), {})
        self._desk.change([Edit("word", service, field, None) for field in fields], "dropped", word.name)

    # --- inside -------------------------------------------------------------------------------------
    def _say(self, entry: Service, edits: list[Edit], what: str) -> None:
        """Keep edits, and what the entry was when the first word on it was said."""
        with self._desk.store() as store:
            here = things(store, "word", ids=[entry.id]).get(("word", entry.id), {})
        if not word_is_said(here) and any(edit.value is not None for edit in edits):
            edits = [*edits, Edit("word", entry.id, SEEN, as_json(seen_of(entry)))]
        self._desk.change(edits, what, entry.name.text)

    def _entry(self, service: str) -> Service:
        found = self._published([service])
        if service not in found:
            raise NotFoundError(service=service)
        return found[service]

    def _published(self, services: Iterable[str]) -> dict[str, Service]:
        with self._desk.published() as catalog:
            return {one.id: one for one in catalog.services(list(services))}


def _noted(service: Service, note: str) -> Service:
    said = service.alert
    if not said:
        return replace(service, alert=Words(note, service.name.language))
    others = tuple((tag, f"{note} · {text}") for tag, text in said.others)
    return replace(service, alert=Words(f"{note} · {said.text}", said.language, others))


def _kinds(word: Word) -> tuple[str, ...]:
    said = {"note": word.staff_note or word.sheet_note, "value": word.amended, "hidden": word.hidden}
    return tuple(kind for kind, there in said.items() if there)


def word_is_said(fields: Any) -> bool:
    """Say whether there is a word on an entry at all."""
    word = word_from("", fields)
    return bool(word.staff_note or word.sheet_note or word.amended or word.hidden)


def _changed(before: dict[str, Any], entry: Service) -> tuple[tuple[str, str, str], ...]:
    was = before.get("fields") if isinstance(before.get("fields"), dict) else {}
    now = seen_of(entry)["fields"]
    keys = sorted({*(was or {}), *now}, key=lambda key: (not key.startswith(PHONE), key))
    pairs = [(key, str((was or {}).get(key, "")), now.get(key, "")) for key in keys]
    return tuple((key, old, new) for key, old, new in pairs if old != new)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
