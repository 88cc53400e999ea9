"""Names of spoken and signed languages: what a facet shows and what people type ("creole", "criollo")."""

from __future__ import annotations

from guide.records import Words

# BCP 47 tag: own name, English, Spanish.
_NAMES = {
    "am": ("አማርኛ", "Amharic", "Amárico"),
    "ar": ("العربية", "Arabic", "Árabe"),
    "ase": ("American Sign Language (ASL)", "American Sign Language (ASL)", "Lengua de señas americana (ASL)"),
    "bn": ("বাংলা", "Bengali", "Bengalí"),
    "de": ("Deutsch", "German", "Alemán"),
    "en": ("English", "English", "Inglés"),
    "es": ("Español", "Spanish", "Español"),
    "fa": ("فارسی", "Farsi (Persian)", "Farsi (persa)"),
    "fr": ("Français", "French", "Francés"),
    "gu": ("ગુજરાતી", "Gujarati", "Guyaratí"),
    "he": ("עברית", "Hebrew", "Hebreo"),
    "hi": ("हिन्दी", "Hindi", "Hindi"),
    "hmn": ("Hmoob", "Hmong", "Hmong"),
    "ht": ("Kreyòl ayisyen", "Haitian Creole", "Criollo haitiano"),
    "hy": ("Հայերեն", "Armenian", "Armenio"),
    "it": ("Italiano", "Italian", "Italiano"),
    "ja": ("日本語", "Japanese", "Japonés"),
    "km": ("ខ្មែរ", "Khmer", "Jemer"),
    "ko": ("한국어", "Korean", "Coreano"),
    "lo": ("ລາວ", "Lao", "Lao"),
    "my": ("မြန်မာ", "Burmese", "Birmano"),
    "ne": ("नेपाली", "Nepali", "Nepalí"),
    "pa": ("ਪੰਜਾਬੀ", "Punjabi", "Panyabí"),
    "pl": ("Polski", "Polish", "Polaco"),
    "ps": ("پښتو", "Pashto", "Pastún"),
    "pt": ("Português", "Portuguese", "Portugués"),
    "ru": ("Русский", "Russian", "Ruso"),
    "so": ("Soomaali", "Somali", "Somalí"),
    "sw": ("Kiswahili", "Swahili", "Suajili"),
    "ti": ("ትግርኛ", "Tigrinya", "Tigriña"),
    "tl": ("Tagalog", "Tagalog", "Tagalo"),
    "uk": ("Українська", "Ukrainian", "Ucraniano"),
    "ur": ("اردو", "Urdu", "Urdu"),
    "vi": ("Tiếng Việt", "Vietnamese", "Vietnamita"),
    "yi": ("ייִדיש", "Yiddish", "Yidis"),
    "zh": ("中文", "Chinese", "Chino"),
}


def own_name(tag: str) -> Words:
    """Return the language's own name, the one its speakers look for; an unknown tag stands for itself.

    Sign languages have no writing of their own and are named in the reader's language.
    """
    names = _NAMES.get(tag) or _NAMES.get(tag.split("-")[0])
    if names is None:
        return Words(tag)
    own, english, spanish = names
    return Words(english, "en", (("es", spanish),)) if tag == "ase" else Words(own, tag)


def names(tag: str) -> tuple[str, ...]:
    """Return every name of the language, to be found by any of them."""
    return _NAMES.get(tag) or _NAMES.get(tag.split("-")[0]) or (tag,)
