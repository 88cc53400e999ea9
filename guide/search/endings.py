"""English and Spanish word endings: which other forms of a word may stand in an entry, and when two are one word.

Light on purpose: forms are only ever *looked for*, a form that no entry holds costs nothing, and words that merely
look alike (organ and organization, trata and tratamiento, new and news) stay apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from guide.search.terms import words

_SHORTEST = 4  # letters before an ending; fewer make strangers meet (casa and caso, pay and payer)
# What one base may end in. The first family that fits a word gives its other forms.
_ENGLISH = tuple(
    tuple(family.split())
    for family in (
        "ate ates ated ating ation ations ator ators",
        "ant ants ation ations ate ates",  # immigrant, immigration
        "ence ences ent ents ently",
        "ency encies ent ents",
        "ancy ancies ant ants",  # pregnancy, pregnant
        "y ies ist ists",  # therapy, therapist
        "ology ological ologist ologists",
        "iatry iatric iatrist iatrists",
        "ility ilities le led ling",  # disability, disabled
        "y ies ied ying",
        "e es ed ing er ers",  # house, housing
        "- s ed ing ion ions",  # evict, eviction
        "- s es ed ing er ers or ors al als",  # rent, renting; counselor, counseling
        "- ness",
    )
)
_SPANISH = tuple(
    tuple(family.split())
    for family in (
        "ante antes acion aciones ar ado ada ados adas",  # inmigrante, inmigración
        "acion aciones ar ado ada ados adas ador adora adores",
        "icion iciones ir ido ida",
        "ologo ologa ologos ologas ologia ologico ologica",
        "iatra iatras iatria iatrico iatrica",
        "encia encias ento enta entos entas",  # violencia, violento
        "o ar ado ada ados adas arse amiento",  # desalojo, desalojar
        "a ar ado ada ados adas arme ando",  # ayuda, ayudar
        "o ada adas",  # embarazo, embarazada
        "er ido ida iendo", "ir ido ida iendo",
    )
)  # fmt: skip
# Endings that change with man and woman, one and many; other words in -o and -a are strangers (puerto, puerta).
_GENDERED = ("ad", "id", "er", "en", "an", "og", "iv", "os", "ic", "ari", "ori", "in", "ur", "ent")
_ALONE = frozenset(
    words(
        """
        organ organs organize news new trata tratas trato tratos tratar general generals university universities
        universe universal universals community communities commune parent parents parental corte cortes cortar cortado
        meter marine marina poner poned police policy policies policia persona personas person persons personal adult
        adulto station stations state states nation nations national pastor pasto pastel rational ration relate relation
        master capital capitan cancer canceled custom customer customers customs number letter matter center centers
        counter contador contado cuenta cuento cuentos media medio medios medias mental mentar casado casada animal
        animals metal hospital hospitals arsenal capitals several
        """
    )
)


@lru_cache(maxsize=4000)
def forms(word: str) -> tuple[str, ...]:
    """Return the other forms of the folded ``word`` that do not simply begin with it, the plainest first.

    What begins with the word is found as a beginning (shelter, shelters); this is the way back and sideways.
    """
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
        return ()
    found = dict.fromkeys(singulars(word))
    if word not in _ALONE:
        for base in (word, *singulars(word)):
            found |= dict.fromkeys(_english(base))
            found |= dict.fromkeys(_spanish(base))
    return tuple(
        [form for form in found if (not form.startswith(word) and form not in _ALONE) or form in singulars(word)]
    )


def singulars(word: str) -> tuple[str, ...]:
    """Return what ``word`` may be the plural of: shelters, abogados, mujeres, families."""
    if len(word) < 5 or not word.isalpha() or not word.endswith("s") or word.endswith("ss") or word == "news":
        return ()
    if word.endswith("ies"):
        return (f"{word[:-3]}y", word[:-1])
    if word.endswith("es"):
        return (word[:-1], word[:-2])
    return (word[:-1],)


def _english(word: str) -> Iterator[str]:
    yield from _relatives(word, _ENGLISH)
    for ending in ("ing", "ed", "er", "ers"):
        base = word.removesuffix(ending)
        if base != word and len(base) > _SHORTEST and base[-1] == base[-2]:  # kidnapped, counselling
            yield from (base[:-1], f"{base[:-1]}s", f"{base[:-1]}ing", f"{base[:-1]}or", f"{base[:-1]}ors")
    if word.endswith(("ck", "cking", "cked", "cker")):  # traffick, trafficking
        base = word.removesuffix("ing").removesuffix("ed").removesuffix("er")
        yield from (base[:-1], f"{base}ing", f"{base}ed", f"{base}er", f"{base}ers")
    if word.endswith("ic") and len(word) > _SHORTEST + 2:
        yield from (f"{word}king", f"{word}ked")


def _spanish(word: str) -> Iterator[str]:
    if len(word) > 5 and word[-1] in "oa" and word[:-1].endswith(_GENDERED):
        yield from (word[:-1] + end for end in ("o", "a", "os", "as"))
    if word.endswith(("dor", "dora")):
        base = word.removesuffix("a")
        yield from (base, f"{base}a", f"{base}es", f"{base}as")
    if word.endswith(("triz", "dad", "tad", "cion", "sion", "or", "al", "ion")):
        yield f"{word}es"
    yield from _relatives(word, _SPANISH)


def _relatives(word: str, families: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for family in families:
        for ending in family:
            tail = "" if ending == "-" else ending
            base = word[: len(word) - len(tail)]
            if len(base) >= _SHORTEST and word.endswith(tail) and (tail or base[-1] not in "aeiouy"):
                yield from (base + ("" if other == "-" else other) for other in family if other != ending)


_STRIPPED = tuple(
    words(
        """
        iendo ieron ando aron aban amos emos arme arse arlo ados adas ado ada ido ida aba ian
        ing ers ed er es an en as os ar ir s a o e
        """
    )
)


@lru_cache(maxsize=8000)
def root(word: str) -> str:
    """Return ``root_of`` the word, remembered: what is typed is compared again at every key."""
    return root_of(word)


def root_of(word: str) -> str:
    """Return what the forms of a word share, to compare sayings by: hits and hitting, pega and pegó.

    Coarse: fit for words that stand in a saying together, not for a word alone.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    for ending in _STRIPPED:
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3:
            return (
                base[:-1] if len(base) > 3 and base[-1] == base[-2] and ending in ("ing", "ed", "er", "ers") else base
            )
    return word
