"""The publisher's own map from a source's words and codes to our needs: a small YAML file anybody can edit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from guide.errors import SourceDataError
from guide.publish.readers.table_map import TableMap, table_map
from guide.publish.word_rules import WordRules

MAPS = Path(__file__).with_name("maps")
DEFAULT = MAPS / "default.yaml"
OTHER = "other"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Mapping:
    """How to read one publisher's data. ``codes`` and ``words`` are asked in their order; the first match wins."""

    publisher: str
    publisher_name: str
    title: str
    timezone: str
    language: str
    region: str
    codes: tuple[tuple[str, str], ...]
    population_codes: tuple[str, ...]
    words: WordRules
    tags: WordRules
    languages: dict[str, str]
    open_shelters: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    table: TableMap | None = None

    def said(self, name: str) -> bool:
        """Say whether the publisher's own file, not ours, says ``name``."""
        return name in self.own

    def by_code(self, code: str) -> str:
        """Return the need of a taxonomy code by its longest known beginning, "" when it has none."""
        return _need_of(self.codes, code.upper())

    def by_words(self, text: str) -> str:
        """Return the need whose words stand in ``text``, "" when none do."""
        return self.words.first(text)

    def tags_of(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the tags whose words stand in one of ``texts``."""
        return self.tags.every(texts)


@lru_cache(maxsize=1 << 14)
def _need_of(codes: tuple[tuple[str, str], ...], code: str) -> str:
    known = [(prefix, slug) for prefix, slug in codes if code.startswith(prefix)]
    return max(known, key=lambda pair: len(pair[0]))[1] if known else ""


def load_mapping(path: Path | None = None) -> Mapping:
    """Return the mapping in ``path`` laid over the default one. Raises SourceDataError with what is wrong."""
    default = _read(DEFAULT)
    own = _read(path) if path is not None else {}
    merged: dict[str, Any] = default | {k: v for k, v in own.items() if v is not None}
    for name in ("codes", "languages"):
        merged[name] = (default.get(name) or {}) | (own.get(name) or {})
    try:
        return Mapping(
            publisher=str(merged["publisher"]),
            publisher_name=str(merged["publisher_name"]),
            title=str(merged["title"]),
            timezone=str(merged["timezone"]),
            language=str(merged["language"]),
            region=str(merged["region"]),
            codes=tuple((str(k).upper(), str(v)) for k, v in merged["codes"].items()),
            population_codes=tuple(str(code).upper() for code in merged["population_codes"]),
            words=_rules([*(own.get("words") or []), *default["words"]]),
            tags=_rules([*(own.get("tags") or []), *default["tags"]]),
            languages={str(k).lower(): str(v) for k, v in merged["languages"].items()},
            open_shelters=frozenset(str(one) for one in own.get("open_shelters") or ()),
            table=table_map(own["table"]) if own.get("table") else None,
            own=frozenset(str(name) for name, value in own.items() if value is not None),
        )
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        name = path.name if path else DEFAULT.name
        raise SourceDataError(f"The mapping file {name} cannot be used: {error}.", file=name) from error


@cache
def shipped_tables() -> list[tuple[str, TableMap]]:
    """Return (name, map) of the tables whose form comes with the program; each is known by its header."""
    found = [(path.stem, _read(path).get("table")) for path in sorted(MAPS.glob("*.yaml"))]
    return [(name, table_map(table)) for name, table in found if table]


def _rules(listed: list[dict[str, Any]]) -> WordRules:
    return WordRules((words, str(slug)) for entry in listed for slug, words in entry.items())


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8-sig")
        if any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(text, Loader=_LOADER)):
            raise SourceDataError(f"The mapping file {path.name} has aliases (*); write the words out.", file=path.name)
        found = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe one, in C where there is one
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise SourceDataError(f"The mapping file {path.name} cannot be read.", file=path.name) from error
    if not isinstance(found, dict):
        raise SourceDataError(f"The mapping file {path.name} holds no settings.", file=path.name)
    return found
