"""The words of window and paper: every text has its Spanish, and no translation loses a placeholder."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from words import gather, missing  # noqa: E402

HOLES = re.compile(r"\{(\w+)[^}]*\}")
COMPLETE = ("es", "ar")


def read(language: str) -> Catalog:
    """Return the translations into ``language``."""
    with (ROOT / "guide/locale" / language / "LC_MESSAGES/guide.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated(language: str) -> None:
    have = {m.id if isinstance(m.id, str) else m.id[0] for m in read(language) if m.id}
    want = {m.id if isinstance(m.id, str) else m.id[0] for m in gather() if m.id}
    assert not want - have, f"run make words: {sorted(want - have)[:8]}"
    assert not missing(read(language))


@pytest.mark.parametrize("language", COMPLETE)
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    for message in read(language):
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        texts = (message.string,) if isinstance(message.string, str) else message.string
        wanted = set().union(*(HOLES.findall(i) for i in ids))
        for text in texts:
            assert set(HOLES.findall(text)) <= wanted, message.id
        assert wanted == set().union(*(HOLES.findall(t) for t in texts)), message.id


def test_no_text_labels_the_person_who_reads_it() -> None:
    """SAFETY Q8 and S5: no "victim", no orders, no promise of confidentiality."""
    for message in gather():
        text = (message.id if isinstance(message.id, str) else " ".join(message.id)).lower()
        for word in ("victim", "you must", "illegal alien", "guaranteed"):
            assert word not in text, text
