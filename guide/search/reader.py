"""Reads what somebody typed: as typed, in everyday words, then corrected; the likeliest reading first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from guide.search.corrections import Corrections
from guide.search.endings import forms, singulars
from guide.search.everyday import Everyday, Heard, Target
from guide.search.everyday_file import load
from guide.search.lexicon import Lexicon
from guide.search.numbers import number_readings, spelled_alone
from guide.search.reading import Reading, Term
from guide.search.terms import MOST, STOP, telling, told, words
from guide.search.vocabulary import Vocabulary

_TELLING = 4  # letters of a word that may stand for all that was typed
_SHORT = 4  # letters up to which a saying is no beginning of another word
_ANY: Target = ("crisis",)  # the first word of sets that tell of danger, and not of which
# Words that narrow little: an everyday search is repeated without them.
_WEAK = frozenset(
    words(
        """
        help helps ayuda ayudar free gratis tonight today now noche hoy ahora get got find someone somebody people place
        places person services service servicio servicios program programs programa programas center centro cheap barato
        local cant dont wont no not any good best lot information info line number call text
        """
    )
)


class Reader:
    """Reads with the shipped everyday words and, where there is one, the shelter's own file of them."""

    def __init__(self, own: Path | None = None) -> None:
        """Take the file of own everyday words; what is wrong with it is in ``problems``, and left out."""
        self.everyday, self.problems = load(own)
        self.lexicon = Lexicon(self.everyday)
        self.corrections = Corrections(self.everyday, self.lexicon)

    def read(self, text: str, vocabulary: Vocabulary) -> Read:
        """Return what ``text`` may mean, worked out as far as it is asked for."""
        return Read(self, text, vocabulary)


class Read:
    """What one text may mean to one catalog's vocabulary."""

    def __init__(self, reader: Reader, text: str, vocabulary: Vocabulary) -> None:
        """Take the reader, the text, and the words of the catalogs that are asked."""
        self._text, self._vocabulary, self._typed = text, vocabulary, told(text)
        self._everyday: Everyday = reader.everyday
        self._lexicon: Lexicon = reader.lexicon
        self._corrections: Corrections = reader.corrections

    def readings(self) -> Iterator[Reading]:
        """Yield the readings of the text, to be tried in turn; the first is always as typed."""
        yield from self._plain(self._typed, exact=tuple(words(self._text[:1000])[:MOST]))
        terms = telling(self._typed)
        if not terms:
            return
        for other in number_readings(self._text, terms):
            yield self._own(other)
        if number := spelled_alone(terms):
            yield Reading((Term((), (number,)),))
        for other in self._corrected:
            yield from self._plain(other, said=self._written(other))
        yield Reading(tuple(Term((term,), forms(term)) for term in terms), (), tuple(terms))
        yield from self._sayings(self._typed)
        for other in self._corrected:
            yield from self._sayings(other, self._written(other))
        known = [term for term in terms if len(term) >= _TELLING and self._vocabulary.commonest(term)]
        if 0 < len(known) < len(terms):
            yield self._own(known, said=self._written(known))

    def danger(self) -> tuple[tuple[Target, ...], ...]:
        """Return, for each danger the text tells of, misspelled or not, the words in the names of the lines to call."""
        found = _danger(self._everyday.hear(self._typed), self._typed)
        # What stands in a harmless saying is meant as typed.
        meant = [n for n in self._unknown if not self._everyday.is_harmless(self._typed, n, n + 1)]
        if not found and self._corrections.may_tell_of_danger(self._typed, meant):
            same = meant == self._unknown
            other = self._corrected if same else self._corrections.readings(self._typed, meant, self._vocabulary)
            found = next((_danger(self._everyday.hear(one), one) for one in other), ())
        return found

    def suggestion(self) -> str:
        """Return what was more likely meant where the words hardly occur, properly written; "" for nothing."""
        other = self._corrections.suggestion(telling(self._typed), self._vocabulary)
        return self._written(other) if other else ""

    @cached_property
    def _unknown(self) -> list[int]:
        return self._corrections.unknown(self._typed, self._vocabulary)

    @cached_property
    def _corrected(self) -> list[list[str]]:
        return list(self._corrections.readings(self._typed, self._unknown, self._vocabulary))

    def _written(self, terms: Iterable[str]) -> str:
        return " ".join(map(self._lexicon.written, terms))

    def _plain(self, typed: Sequence[str], exact: tuple[str, ...] | None = None, said: str = "") -> Iterator[Reading]:
        """Yield ``typed`` in its own words, then with what its sayings mean: the nearest first, then all of it."""
        heard = self._everyday.hear(typed)
        own = self._own(telling(typed), exact, said=said)
        short = len(own.terms) == 1 and bool(heard) and len(own.marked[0]) <= _SHORT
        # A short word that is a saying is meant as it stands: bus is not the beginning of business.
        yield replace(own, terms=(_whole(own.terms[0]),)) if short else own
        if not heard:
            return
        rest = _rest(heard, typed)
        strong = [word for word in rest if word not in _WEAK]
        for wanted in (rest, strong) if strong != rest else (rest,):
            for most in (1, None):
                yield self._wide(heard, typed, wanted, most, said)
        if short:
            yield replace(own, widens=True)
        for one in _longest(heard) if len(heard) > 1 else ():
            yield replace(self._wide([one], typed, (), None, said), last=True)

    def _sayings(self, typed: Sequence[str], said: str = "") -> Iterator[Reading]:
        """Yield the sayings in ``typed`` without the rest, together and then each alone, the longest first.

        Where a word is dropped that nobody knows, this is said.
        """
        heard = self._everyday.hear(typed)
        if self._unknown and not said:
            said = self._written(word for one in heard for word in typed[one.start : one.end])
        if heard and len(heard) < len(typed):
            yield replace(self._wide(heard, typed, (), None, said), widens=False)
        for one in _longest(heard) if len(heard) > 1 else ():
            yield replace(self._wide([one], typed, (), None, said), widens=False)

    def _wide(
        self, heard: Sequence[Heard], typed: Sequence[str], rest: Sequence[str], most: int | None, said: str
    ) -> Reading:
        sayings = [self._saying(one, typed, most) for one in heard]
        terms = (*sayings, *self._terms(rest))
        marked = tuple(word for term in terms for word in (*term.begins, *term.whole))
        return Reading(terms, (), marked, widens=True, said=said)

    def _own(self, terms: Sequence[str], exact: tuple[str, ...] | None = None, *, said: str = "") -> Reading:
        """Return the reading in which every one of ``terms``, or another form of it, begins a word."""
        return Reading(self._terms(terms), tuple(terms) if exact is None else exact, tuple(terms), said=said)

    def _terms(self, terms: Sequence[str]) -> tuple[Term, ...]:
        other = {term: forms(term) for term in terms}
        listed = {form for some in other.values() for form in some}
        used = self._vocabulary.counts(sorted(listed.union(terms))) if listed else {}

        def form_of(form: str, term: str) -> bool:
            # What nobody knows has no other forms: "counciling" is no form of council.
            return form in used and (term in used or term in self._lexicon or form in singulars(term))

        return tuple(Term((term,), tuple(form for form in other[term] if form_of(form, term))) for term in terms)

    def _saying(self, heard: Heard, typed: Sequence[str], most: int | None) -> Term:
        """Return what was said or anything it means, the first ``most`` of that."""
        own = telling(typed[heard.start : heard.end])
        several = [target for target in heard.saying.targets[:most] if len(target) > 1]
        single = [target[0] for target in heard.saying.targets[:most] if len(target) == 1]
        # Not as beginnings: traffic is no trafficking. Their other forms come with all the rest.
        meant = self._terms(single) if most is None else [Term((word,)) for word in single]
        whole = [word for term in meant for word in _whole(term).whole]
        if len(own) > 1:
            return Term((), tuple(dict.fromkeys(whole)), (tuple(own), *several))
        (term,) = self._terms(own)
        if len(own[0]) <= _SHORT:
            term = _whole(term)
        return Term(term.begins, tuple(dict.fromkeys((*term.whole, *whole))), tuple(several))


def _whole(term: Term) -> Term:
    plurals = [f"{word}es" if word.endswith("s") else f"{word}s" for word in term.begins]
    return Term((), tuple(dict.fromkeys((*term.begins, *plurals, *term.whole))))


def _rest(heard: Sequence[Heard], typed: Sequence[str]) -> list[str]:
    within = {place for one in heard for place in range(one.start, one.end)}
    return list(dict.fromkeys([w for n, w in enumerate(typed) if n not in within and w not in STOP]))[:MOST]


def _longest(heard: Sequence[Heard]) -> list[Heard]:
    return sorted(heard, key=lambda one: one.start - one.end)


def _danger(heard: Sequence[Heard], typed: Sequence[str]) -> tuple[tuple[Target, ...], ...]:
    """Return the words of the lines to call for each danger, the particular before a mere cry for help."""
    alone = len(heard) == 1 and all(word in _WEAK for word in _rest(heard, typed))
    found = dict.fromkeys(one.saying.targets for one in heard if one.saying.danger and (alone or not one.saying.alone))
    return tuple(sorted(found, key=lambda targets: targets[:1] == (_ANY,)))
