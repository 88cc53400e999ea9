"""The house's own services: list, add, change, close, copy from an entry; drafts; what to look at while typing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from guide.errors import NotFoundError, UsageError
from guide.own.derive import GONE, own_services
from guide.own.desk import OwnDesk
from guide.own.doubles import doubles as find_doubles
from guide.own.numbers import dialled
from guide.own.remarks import remarks
from guide.records import Channel, Service, Words
from guide.records.house import Draft, Edit, Remark
from guide.records.laid import OURS, is_ours
from guide.shelter.facts import things
from guide.shelter.own import FIELDS, new_id, service_from, values_of
from guide.shelter.tables import house_draft

_SECRET = ("safety", "housing", "crisis")  # needs whose places are closed unless staff open them (L1)


class OwnServices:
    """What staff do with the services of this house."""

    def __init__(self, desk: OwnDesk) -> None:
        """Take what is stood at."""
        self._desk = desk

    def all(self) -> tuple[Service, ...]:
        """Return every own service by name, the closed ones too."""
        with self._desk.store() as store:
            found = own_services(things(store, "own"), closed=True)
        return tuple(sorted(found, key=lambda s: (s.status in GONE, s.name.text.casefold(), s.id)))

    def one(self, service: str) -> Service:
        """Return one with its closed address too: for staff's form alone. Raises NotFoundError."""
        with self._desk.store() as store:
            facts = things(store, "own", ids=[service]).get(("own", service), {})
        found = service_from(service, {field: fact.value for field, fact in facts.items()})
        if found is None:
            raise NotFoundError(service=service)
        return found

    def copy_of(self, service: Service) -> Service:
        """Return a new service that begins as another one: all it says to those who may see it, none of who vouches for it.

        Numbers its publisher keeps hidden are no part of it.
        """
        own = new_id()
        values = values_of(replace(service, phones=service.shown_phones())) | {
            "assured_date": None,
            "assurer": None,
            "staff_note": None,
            "alert": None,
            "status": None,
        }
        made = service_from(own, values)
        if made is None:
            raise UsageError("This entry cannot be copied.", service=service.id)
        return made

    def blank(self, language: str, category: str = "") -> Service:
        """Return a service nobody has typed anything into."""
        return Service(id=new_id(), original_id="", publisher=OURS, name=Words("", language), category=category)

    def save(self, service: Service, *, checked: bool | None = None) -> int:
        """Keep a service as it was typed; only what differs is written. Its draft is gone then.

        To change is not to check: the day it was checked on moves where somebody says so (``checked``). None: a new one
        counts as checked, an old one stays as it was.

        Raises UsageError: no name, no need, or a number that must not be published.
        """
        if not is_ours(service.id):
            raise UsageError("Only this house's own services can be changed.", service=service.id)
        stops = [one for one in self.remarks(service, doubles=False) if one.stops]
        if stops:
            raise UsageError("This is not enough for a service yet.", missing=stops[0].kind)
        with self._desk.store() as store:
            before = things(store, "own", ids=[service.id]).get(("own", service.id), {})
        values = json.loads(json.dumps(values_of(service)))
        if checked or (checked is None and not before):
            values["assured_date"] = self._desk.clock().astimezone().date().isoformat()
        elif before:
            values["assured_date"] = before["assured_date"].value if "assured_date" in before else None
        edits = [Edit("own", service.id, field, values[field]) for field in FIELDS]
        edits += [Edit("own", service.id, "removed", None)]
        changed = self._desk.change(edits, "own", service.name.text)
        self.drop_draft(service.id)
        return changed

    def close(self, service: str, *, closed: bool = True) -> None:
        """Close a service, or open it again: a closed one is kept, and shown to staff alone. Raises NotFoundError."""
        found = self.one(service)
        edit = Edit("own", service, "status", "inactive" if closed else None)
        self._desk.change([edit], "closed" if closed else "opened", found.name.text)

    def remove(self, service: str) -> None:
        """Take a service away for good; it can be taken back. Raises NotFoundError."""
        found = self.one(service)
        self._desk.change([Edit("own", service, "removed", True)], "removed", found.name.text)

    # --- while it is typed --------------------------------------------------------------------------
    @staticmethod
    def dialled(text: str, channel: Channel) -> str:
        """Return what to dial for a number as typed, "" when it cannot be dialled as written."""
        return dialled(text, channel)

    @staticmethod
    def closed_by_default(category: str) -> bool:
        """Say whether the address of a service of this need is closed until staff open it (SAFETY L1)."""
        return category in _SECRET

    def remarks(self, service: Service, *, doubles: bool = True) -> tuple[Remark, ...]:
        """Return what to look at in a service as typed; ``doubles``: compared with every entry of the guide too."""
        with self._desk.published() as catalog:
            refused = [(one.value, one.was) for one in catalog.do_not_print()]
        found = find_doubles(service, self._desk.catalogs(), self.all()) if doubles else ()
        return remarks(service, found, refused)

    # --- drafts -------------------------------------------------------------------------------------
    def keep_draft(self, key: str, service: Service) -> None:
        """Keep what was typed so far, whoever closes the program (also without a name yet)."""
        content = json.dumps({"id": service.id, "values": values_of(service)}, ensure_ascii=False)
        values = {"id": key, "content": content, "at": self._desk.clock().astimezone(UTC).isoformat()}
        with self._desk.store() as store, store.writing() as db:
            db.execute(upsert(house_draft).values(values).on_conflict_do_update(index_elements=["id"], set_=values))

    def drafts(self) -> tuple[Draft, ...]:
        """Return every draft, the newest first."""
        with self._desk.store() as store, store.reading() as db:
            if db is None:
                return ()
            rows = db.execute(select(house_draft).order_by(house_draft.c.at.desc())).mappings().all()
        found = []
        for row in rows:
            said = json.loads(row["content"])
            made = service_from(said["id"], {**said["values"], **_named(said["values"])})
            if made is not None:
                bare = said["values"]
                found.append(Draft(row["id"], replace(
                    made, name=made.name if bare.get("name") else Words("", made.name.language),
                    category=bare.get("category") or "",
                )))  # fmt: skip
        return tuple(found)

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        with self._desk.store() as store, store.reading() as db:
            if db is not None:
                db.execute(delete(house_draft).where(house_draft.c.id == key))


def _named(values: dict[str, object]) -> dict[str, object]:
    """Give what has no name or need yet one, so that it can be read; they are taken off again."""
    return {"name": values.get("name") or [["en", "-"]], "category": values.get("category") or "-"}
