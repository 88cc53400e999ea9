"""Headings over the entries of one need: how they help."""

from __future__ import annotations

from collections.abc import Sequence

from guide.records import Answer, Card
from guide.text import Language


def headings(answer: Answer, before: Sequence[Card], _: Language) -> dict[int, str]:
    """Return the headings over the cards of a browsed need, by their places among all that was found.

    ``before`` are the cards that stand above this page. What was searched for in words stands ungrouped: there the
    best match comes first. The guide gives browsed entries in the order of these groups.
    """
    if answer.question.words.strip() or not answer.question.needs:
        return {}
    titles = {"any hour": _("Any hour"), "phone": _("By phone"), "web": _("On the web")}
    last = _way(before[-1]) if before else ""
    found: dict[int, str] = {}
    for place, card in enumerate(answer.cards, answer.question.start):
        if (way := _way(card)) != last and titles[way] not in found.values():
            found[place] = titles[way]
        last = way
    return found


def _way(card: Card) -> str:
    return "any hour" if card.open.all_day else "phone" if card.phone else "web"
