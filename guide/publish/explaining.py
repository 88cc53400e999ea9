"""A change of keys in plain words: what each holder reads before signing it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tuf.api.metadata import Root

from guide.publish.drafts import Draft, name_of
from guide.publish.six_words import words_of

_MAY = {Root.type: "change keys, with others", "targets": "sign editions"}


def explain(draft: Draft) -> Iterator[str]:
    """Yield what signing ``draft`` means: who comes, who goes, how many are needed, and who has signed."""
    root, before = draft.root.signed, draft.before.signed if draft.before else None
    if before is None:
        yield f"This makes a new publisher: {draft.publisher_name}."
    else:
        yield f"This changes who may sign for {draft.publisher_name} (from keys {before.version} to keys {root.version})."
    yield f"Drafted on {draft.made_at:%Y-%m-%d}; these keys are good until {root.expires:%Y-%m-%d}."
    old = _keys(before) if before else {}
    new = _keys(root)
    for keyid, (key, may) in new.items():
        if keyid not in old:
            yield f"  comes in   {_line(key, may)}"
    for keyid, (key, may) in old.items():
        if keyid not in new:
            yield f"  goes       {name_of(key)}: after this it can sign nothing any more"
        elif new[keyid][1] != may:
            yield f"  changes    {_line(key, new[keyid][1])}"
    for keyid, (key, may) in new.items():
        if keyid in old and old[keyid][1] == may:
            yield f"  stays      {_line(key, may)}"
    yield from _needed(root, before)
    signed = draft.signed_by()
    yield f"Signed by: {', '.join(signed) or 'nobody yet'}. {_wanting(draft.missing())}"
    yield "Your signature says: I know these people, and each read me these six words from their own screen."


def as_facts(draft: Draft) -> dict[str, Any]:
    """Return the same as plain values."""
    root = draft.root.signed
    return {
        "publisher_name": draft.publisher_name,
        "version": root.version,
        "made_at": draft.made_at,
        "expires": root.expires,
        "keys": [
            {"name": name_of(key), "keyid": keyid, "may": list(may), "words": list(words_of(key))}
            for keyid, (key, may) in _keys(root).items()
        ],
        "needed": {name: role.threshold for name, role in root.roles.items()},
        "signed_by": draft.signed_by(),
        "missing": draft.missing(),
    }


def _keys(root: Root) -> dict[str, tuple[Any, tuple[str, ...]]]:
    found = {}
    for keyid, key in root.keys.items():
        may = tuple(said for role, said in _MAY.items() if keyid in root.roles[role].keyids)
        if may:
            found[keyid] = (key, may)
    return found


def _line(key: Any, may: tuple[str, ...]) -> str:
    return f"{name_of(key)}: may {' and '.join(may)}\n               its words: {' '.join(words_of(key))}"


def _needed(root: Root, before: Root | None) -> Iterator[str]:
    for role, what in ((Root.type, "To change keys"), ("targets", "To sign an edition")):
        now, count = root.roles[role].threshold, len(root.roles[role].keyids)
        line = f"{what}, {now} of {count} keys {'is' if now == 1 else 'are'} needed"
        if before and (before.roles[role].threshold, len(before.roles[role].keyids)) != (now, count):
            line += f" (until now {before.roles[role].threshold} of {len(before.roles[role].keyids)})"
        yield line + "."


def _wanting(missing: int) -> str:
    if not missing:
        return "That is enough: it can be finished."
    return f"{missing} more {'signature is' if missing == 1 else 'signatures are'} needed."
