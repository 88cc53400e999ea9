"""The words of window and paper: every text has its Spanish, and no translation loses a placeholder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from words import faults, gather, missing  # noqa: E402

COMPLETE = ("es", "ar")


def read(language: str) -> Catalog:
    """Return the translations into ``language``."""
    with (ROOT / "guide/locale" / language / "LC_MESSAGES/guide.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated(language: str) -> None:
    have = {m.id if isinstance(m.id, str) else m.id[0] for m in read(language) if m.id}
    want = {m.id if isinstance(m.id, str) else m.id[0] for m in gather() if m.id}
    assert not want - have, f"run make locale: {sorted(want - have)[:8]}"
    assert not missing(read(language))


@pytest.mark.parametrize("language", COMPLETE)
def test_a_translation_keeps_placeholders_and_has_every_plural(language: str) -> None:
    assert faults(read(language)) == []


def test_what_make_locale_checks_is_noticed() -> None:
    """A translator's slip must not come to the screen, where it would stop the program."""
    catalog = Catalog(locale="ar")
    catalog.add("Copied {what}", "نسخ {شيء}")
    catalog.add(("{n} service", "{n} services"), ("خدمة {n}", "خدمات {n}"))
    catalog.add("Call", "")
    catalog.add("Text {word}", "نص {word")
    assert [fault.split(":")[0] for fault in faults(catalog)] == [
        "placeholders", "plurals, 2 of 6", "no words yet", "placeholders"
    ]  # fmt: skip


def test_no_text_labels_the_person_who_reads_it() -> None:
    """SAFETY Q8 and S5: no "victim", no orders, no promise of confidentiality."""
    for message in gather():
        text = (message.id if isinstance(message.id, str) else " ".join(message.id)).lower()
        for word in ("victim", "you must", "illegal alien", "guaranteed"):
            assert word not in text, text
