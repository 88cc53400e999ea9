"""Words that must not stand on a paper somebody may have to hide (SAFETY P2)."""

from __future__ import annotations

import re
import unicodedata

from guide.records import Phone, Service
from guide.text import fold

# Beginnings of words, folded, in English and Spanish.
BLOCKED = (
    "abus", "acech", "acos", "agres", "albergue", "assault", "batter", "crisis", "delito", "domestic", "escap",
    "esclav", "explot", "exploit", "hotline", "incest", "lifeline", "maltrat", "prostitu", "rape", "refug", "runaway",
    "safe", "segur", "sexual", "shelter", "slave", "sobreviv", "stalk", "suicid", "surviv", "trafic", "traffick",
    "trata", "victim", "violad", "violac", "violen",
)  # fmt: skip
# The same in the other languages of paper, anywhere in a text (some of them write no blanks between words).
BLOCKED_ANYWHERE = (
    "عنف", "ضحي", "ضحا", "اتجار", "اغتصاب", "انتحار", "ملجأ", "مأوى", "أزمة", "أزمات", "اعتداء",
    "насил", "жертв", "торговл", "приют", "кризис", "суицид", "самоубий", "убежищ",
    "bạo lực", "bạo hành", "nạn nhân", "buôn người", "xâm hại", "tự sát", "tự tử", "khủng hoảng", "tạm trú",
    "vyolans", "viktim", "abize", "kadejak", "kriz",
    "暴力", "受害", "虐", "贩", "販", "强奸", "強姦", "強暴", "性侵", "自杀", "自殺", "庇护", "庇護", "危机", "危機", "热线", "熱線",
)  # fmt: skip
# Needs everybody has: their entries may keep a harmless name when the publisher gave no discreet one. In any other
# category a name can tell a story without a single blocked word ("Stop It Now!").
ORDINARY = ("health", "food", "work-money", "ids-benefits", "transport")
_DIGITS = re.compile(r"\+?\(?\d[\d\s().\-–]*\d|\d")


def tells(text: str) -> bool:
    """Say whether ``text`` holds a word that gives away why somebody carries the paper."""
    plain = unicodedata.normalize("NFC", text.casefold())
    return any(word in plain for word in BLOCKED_ANYWHERE) or any(word.startswith(BLOCKED) for word in _words(text))


def names(text: str, service: Service) -> bool:
    """Say whether ``text`` tells, or names the service or its organization."""
    own = [*service.name.every(), service.alternate_name]
    own += service.organization.name.every() if service.organization else ()
    said = fold(text)
    return tells(text) or any(name and fold(name) in said for name in own)


def bare_number(phone: Phone, service: Service) -> str:
    """Return the number alone, written as published, when the words around it tell; "" when none can be shown."""
    if not names(phone.published, service):
        return phone.published
    wanted = phone.copy_text if phone.dial else ""
    for run in _DIGITS.findall(phone.published):
        digits = "".join(c for c in run if c.isdigit())
        if wanted and len(digits) >= 3 and wanted in (digits, f"1{digits}"):
            return str(run)
    return phone.dial


def _words(text: str) -> list[str]:
    return "".join(c if c.isalpha() else " " for c in fold(text)).split()
