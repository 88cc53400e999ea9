"""A change of keys travels from holder to holder: each reads what it does, each signs, and no one alone decides."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from securesystemslib.signer import SSlibKey
from tuf.api.metadata import Root

from guide.bundles.importer import apply, verify
from guide.errors import KeyFileError, NotGenuineError, UsageError
from guide.publish.drafts import Change, Draft, finish, first_draft, next_draft, read_draft, sign_draft, write_draft
from guide.publish.explaining import explain
from guide.publish.keys import NAMED, list_keys, load_key, new_key
from guide.publish.public_keys import read_public, write_public
from guide.publish.release import first_edition, publish
from guide.publish.repository import Repository, rotate
from guide.publish.six_words import words_of
from guide.settings import Settings
from tests.makers import NOW, make_catalog
from tests.publisher import ACCEPTED, CHEAP, PASSPHRASE, SERVICES, ask, at

ROOTED, PUBLISHING = ("director", "volunteer", "envelope"), ("editor", "deputy")


class Ceremony:
    """Five people with a stick each, and a folder for the publisher."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = folder / "publisher"
        self.public = {name: self.make(name) for name in (*ROOTED, *PUBLISHING)}

    def make(self, name: str) -> SSlibKey:
        """One holder makes a key; its public half travels as a file."""
        return read_public(write_public(self.stick(name), name, new_key(self.stick(name), name, PASSPHRASE, CHEAP)))

    def stick(self, name: str) -> Path:
        return self.folder / name

    def of(self, *names: str) -> list[SSlibKey]:
        return [self.public[name] for name in names]

    def draft(self) -> Draft:
        return first_draft("Valley Coalition", self.of(*ROOTED), self.of(*PUBLISHING), NOW)

    def passed(self, draft: Draft, *names: str, days: float = 0) -> Draft:
        """Hand the draft from holder to holder, as a file each time."""
        for name in names:
            path = self.folder / "travels.draft"
            write_draft(draft, path)
            draft = read_draft(path)
            sign_draft(draft, load_key(self.stick(name), name, PASSPHRASE), NOW + timedelta(days=days))
        return draft

    def begin(self) -> Repository:
        return finish(self.passed(self.draft(), "director", "envelope"), self.keys, NOW)

    def change(self, change: Change, *names: str) -> Repository:
        return finish(self.passed(next_draft(Repository(self.keys), change, NOW), *names), self.keys, NOW)


@pytest.fixture
def ceremony(tmp_path: Path) -> Ceremony:
    return Ceremony(tmp_path)


# --- a new publisher ----------------------------------------------------------------------------------
def test_two_of_three_holders_make_a_publisher_who_can_sign(ceremony: Ceremony) -> None:
    repository = ceremony.begin()
    assert {n: (r.threshold, len(r.keyids)) for n, r in repository.root().signed.roles.items()} == {
        "root": (2, 3), "targets": (1, 2), "snapshot": (1, 2), "timestamp": (1, 2),
    }  # fmt: skip
    assert list_keys(ceremony.keys) == {}  # no private key is where the publisher's folder is
    catalog = make_catalog(ceremony.folder / "1.db", SERVICES)
    settings = Settings(data=ceremony.folder / "data", catalog=catalog, trust=ceremony.folder / "trust")
    sticks = [ceremony.stick("editor")]
    first_edition(catalog, ceremony.keys, settings.trust, ask, at(), baseline=ACCEPTED, sticks=sticks)
    bundle = ceremony.folder / "2.guide"
    second = make_catalog(ceremony.folder / "2.db", SERVICES, number=2)
    publish(second, ceremony.keys, bundle, ask, at(1), baseline=ACCEPTED, sticks=[ceremony.stick("deputy")])
    assert verify(settings, bundle, at(1)).verdict == "newer"


def test_one_holder_alone_makes_nothing(ceremony: Ceremony) -> None:
    draft = ceremony.passed(ceremony.draft(), "director")
    assert (draft.signed_by(), draft.missing()) == (["director"], 1)
    with pytest.raises(KeyFileError):
        finish(draft, ceremony.keys, NOW)
    assert not ceremony.keys.exists()


def test_the_same_holder_does_not_sign_twice(ceremony: Ceremony) -> None:
    with pytest.raises(UsageError, match="already"):
        ceremony.passed(ceremony.draft(), "director", "director")


def test_who_signs_editions_has_no_say_in_keys(ceremony: Ceremony) -> None:
    with pytest.raises(UsageError, match="no root key"):
        ceremony.passed(ceremony.draft(), "editor")


def test_a_draft_that_was_changed_on_the_way_loses_its_signatures(ceremony: Ceremony) -> None:
    draft = ceremony.passed(ceremony.draft(), "director", "envelope")
    draft.root.signed.roles[Root.type].threshold = 1
    assert draft.signed_by() == []
    with pytest.raises(KeyFileError):
        finish(draft, ceremony.keys, NOW)


# --- what no client would notice ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rooted", "publishing", "thresholds"),
    [
        (("director", "director", "envelope"), ("editor",), {}),
        (("director", "volunteer"), ("editor",), {"root_threshold": 3}),
        (("director", "volunteer"), ("editor",), {"threshold": 2}),
        (("director",), ("editor",), {}),
        (("director", "volunteer"), (), {}),
        (("director", "volunteer"), ("director",), {}),
    ],
)
def test_keys_that_could_not_be_trusted_are_refused(
    rooted: tuple[str, ...], publishing: tuple[str, ...], thresholds: dict[str, int], ceremony: Ceremony
) -> None:
    with pytest.raises(UsageError):
        first_draft("Valley", ceremony.of(*rooted), ceremony.of(*publishing), NOW, **thresholds)


def test_one_key_under_two_ids_and_names_is_one_key(ceremony: Ceremony) -> None:
    path = ceremony.stick("director") / "director.public.json"
    body = json.loads(path.read_text("utf-8"))
    body["keyid"], body["public"][NAMED] = "00" * 32, "somebody"
    other = ceremony.folder / "other.public.json"
    other.write_text(json.dumps(body), "utf-8")
    with pytest.raises(UsageError, match="twice"):
        first_draft("Valley", [*ceremony.of("director", "volunteer"), read_public(other)], ceremony.of("editor"), NOW)


def test_two_keys_of_one_name_would_be_mistaken_for_each_other(ceremony: Ceremony, tmp_path: Path) -> None:
    twin = new_key(tmp_path / "twin", "director", PASSPHRASE, CHEAP)
    with pytest.raises(UsageError, match="same name"):
        first_draft("Valley", [*ceremony.of("director"), twin], ceremony.of("editor"), NOW)


def test_a_private_key_is_not_taken_for_its_public_half(ceremony: Ceremony) -> None:
    with pytest.raises(UsageError, match="private"):
        read_public(ceremony.stick("director") / "director.key.json")


# --- changes ------------------------------------------------------------------------------------------
def test_a_lost_key_is_replaced_by_the_others(ceremony: Ceremony) -> None:
    ceremony.begin()
    ceremony.public["fresh"] = ceremony.make("fresh")
    change = Change(replaced={"director": ceremony.public["fresh"]})
    root = ceremony.change(change, "volunteer", "envelope").root().signed
    named = {key.unrecognized_fields[NAMED] for key in root.keys.values()}
    assert (root.version, named) == (2, {"fresh", "volunteer", "envelope", "editor", "deputy"})


def test_an_old_guide_follows_every_change_of_every_key(ceremony: Ceremony) -> None:
    ceremony.begin()
    catalog = make_catalog(ceremony.folder / "1.db", SERVICES)
    settings = Settings(data=ceremony.folder / "data", catalog=catalog, trust=ceremony.folder / "trust")
    first_edition(
        catalog, ceremony.keys, settings.trust, ask, at(), baseline=ACCEPTED, sticks=[ceremony.stick("editor")]
    )
    holders = list(ROOTED)
    for old in (*ROOTED, *PUBLISHING):
        new = f"new-{old}"
        ceremony.public[new] = ceremony.make(new)
        ceremony.change(Change(replaced={old: ceremony.public[new]}), *[h for h in holders if h != old][:2])
        holders = [new if h == old else h for h in holders]
    assert Repository(ceremony.keys).root().signed.version == 6
    second = make_catalog(ceremony.folder / "2.db", SERVICES[:2], number=2, call_now=())
    bundle = ceremony.folder / "2.guide"
    with pytest.raises(KeyFileError):  # the first editor's key signs nothing any more
        publish(second, ceremony.keys, bundle, ask, at(1), baseline=ACCEPTED, sticks=[ceremony.stick("editor")])
    publish(second, ceremony.keys, bundle, ask, at(1), baseline=ACCEPTED, sticks=[ceremony.stick("new-editor")])
    assert apply(settings, bundle, at(1)).edition == 2


def test_thresholds_may_rise_and_the_draft_says_so(ceremony: Ceremony) -> None:
    ceremony.begin()
    draft = next_draft(Repository(ceremony.keys), Change(root_threshold=3, threshold=2), NOW)
    text = "\n".join(explain(draft))
    assert "3 of 3 keys are needed (until now 2 of 3)" in text
    assert draft.missing() == 3
    finish(ceremony.passed(draft, *ROOTED), ceremony.keys, NOW)
    assert Repository(ceremony.keys).root().signed.roles["targets"].threshold == 2


def test_every_holder_reads_who_comes_and_who_goes_in_plain_words(ceremony: Ceremony) -> None:
    ceremony.begin()
    ceremony.public["fresh"] = ceremony.make("fresh")
    change = Change(replaced={"editor": ceremony.public["fresh"]})
    draft = ceremony.passed(next_draft(Repository(ceremony.keys), change, NOW), "director")
    text = "\n".join(explain(draft))
    assert "comes in   fresh: may sign editions" in text
    assert " ".join(words_of(ceremony.public["fresh"])) in text
    assert "goes       editor: after this it can sign nothing any more" in text
    assert "Signed by: director. 1 more signature is needed." in text


@pytest.mark.parametrize(
    "change",
    [
        Change(),
        Change(remove=("nobody",)),
        Change(remove=("director", "volunteer")),
        Change(remove=("editor", "deputy")),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change: Change, ceremony: Ceremony) -> None:
    ceremony.begin()
    with pytest.raises(UsageError):
        next_draft(Repository(ceremony.keys), change, NOW)


def test_a_version_is_never_skipped_nor_taken_twice(ceremony: Ceremony) -> None:
    ceremony.begin()
    one, other = (next_draft(Repository(ceremony.keys), Change(remove=(name,)), NOW) for name in PUBLISHING)
    finish(ceremony.passed(one, "director", "envelope"), ceremony.keys, NOW)
    with pytest.raises(UsageError, match="Make the draft anew"):
        finish(ceremony.passed(other, "director", "envelope"), ceremony.keys, NOW)
    skips = next_draft(Repository(ceremony.keys), Change(root_threshold=3), NOW)
    skips.root.signed.version += 1
    with pytest.raises(UsageError, match="skipped"):
        finish(ceremony.passed(skips, *ROOTED), ceremony.keys, NOW)


def test_a_clock_behind_the_last_release_or_the_draft_finishes_nothing(ceremony: Ceremony) -> None:
    ceremony.begin()
    catalog = make_catalog(ceremony.folder / "1.db", SERVICES)
    sticks = [ceremony.stick("editor")]
    first_edition(catalog, ceremony.keys, ceremony.folder / "trust", ask, at(10), baseline=ACCEPTED, sticks=sticks)
    draft = ceremony.passed(next_draft(Repository(ceremony.keys), Change(remove=("deputy",)), NOW), *ROOTED[:2])
    for days in (-3, 9):
        with pytest.raises(UsageError, match="date is before"):
            finish(draft, ceremony.keys, NOW + timedelta(days=days))
    finish(draft, ceremony.keys, NOW + timedelta(days=11))


def test_a_clock_behind_the_draft_signs_nothing(ceremony: Ceremony) -> None:
    with pytest.raises(UsageError, match="date is before"):
        ceremony.passed(ceremony.draft(), "director", days=-3)


def test_a_draft_is_put_only_into_the_folder_it_was_made_for(ceremony: Ceremony, tmp_path: Path) -> None:
    ceremony.begin()
    other = Ceremony(tmp_path / "other")
    other.begin()
    draft = ceremony.passed(next_draft(Repository(ceremony.keys), Change(remove=("deputy",)), NOW), *ROOTED[:2])
    with pytest.raises(UsageError):
        finish(draft, other.keys, NOW)
    with pytest.raises(UsageError):
        finish(ceremony.passed(ceremony.draft(), *ROOTED[:2]), other.keys, NOW)


def test_keys_on_sticks_can_be_replaced_in_one_sitting(ceremony: Ceremony) -> None:
    ceremony.begin()
    sticks = [ceremony.stick(name) for name in ROOTED[:2]]
    rotate(ceremony.keys, "editor", ask, NOW, cost=CHEAP, sticks=sticks)
    assert list(list_keys(ceremony.keys)) == ["publish-1"]
    assert Repository(ceremony.keys).root().signed.version == 2


@pytest.mark.parametrize("junk", ["", "{", "[]", '{"format": "guide-root-draft-1"}', '{"format": "x"}'])
def test_a_file_that_is_no_draft_is_said(junk: str, tmp_path: Path) -> None:
    path = tmp_path / "x.draft"
    path.write_text(junk, "utf-8")
    with pytest.raises(KeyFileError):
        read_draft(path)


def test_a_publisher_nobody_heard_of_is_not_followed(ceremony: Ceremony, tmp_path: Path) -> None:
    ceremony.begin()
    other = Ceremony(tmp_path / "other")
    other.begin()
    catalog = make_catalog(tmp_path / "1.db", SERVICES)
    settings = Settings(data=tmp_path / "data", catalog=catalog, trust=tmp_path / "trust")
    first_edition(
        catalog, ceremony.keys, settings.trust, ask, at(), baseline=ACCEPTED, sticks=[ceremony.stick("editor")]
    )
    bundle = tmp_path / "2.guide"
    second = make_catalog(tmp_path / "2.db", SERVICES, number=2)
    publish(second, other.keys, bundle, ask, at(1), baseline=ACCEPTED, sticks=[other.stick("editor")])
    with pytest.raises(NotGenuineError):
        verify(settings, bundle, at(1))
