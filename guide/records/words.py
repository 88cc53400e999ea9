"""A text in the language it was written in, with its translations."""

from __future__ import annotations

from guide.records.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text of the catalog. ``language`` and the keys of ``others`` are BCP 47 tags ("en", "es")."""

    text: str
    language: str = "en"
    others: tuple[tuple[str, str], ...] = ()

    def best(self, language: str) -> str:
        """Return the text in ``language``; where that is missing, as it was written."""
        return self.given(language) or self.text

    def given(self, language: str) -> str:
        """Return the text in exactly ``language``, or "" where there is none."""
        if language == self.language:
            return self.text
        return next((text for tag, text in self.others if tag == language), "")

    def has(self, language: str) -> bool:
        """Say whether there is a text in ``language``."""
        return bool(self.given(language))

    def every(self) -> tuple[str, ...]:
        """Return the original and all translations, the original first."""
        return (self.text, *(text for _, text in self.others))

    def __bool__(self) -> bool:
        """An empty text is false, so that ``if service.alert`` reads well."""
        return bool(self.text)


NOTHING = Words("")
