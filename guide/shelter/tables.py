"""The tables of shelter.db: what staff set up and keep, and the history of updates. Nothing about visitors (SAFETY N1)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

REVISION = "0005"  # the newest migration; tests compare the migrated tables with these

metadata = MetaData()

staff_lock = Table(  # one row: a role, never a person (N6)
    "staff_lock",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("memory", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("wrong_at", String, nullable=False),
    Column("recovery_salt", LargeBinary),
    Column("recovery_hash", LargeBinary),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("edition_name", String, nullable=False),
    Column("note", String, nullable=False),
)

saved_sheet = Table(
    "saved_sheet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("options", String, nullable=False),
    Column("saved_on", String, nullable=False),
)

saved_entry = Table(  # digest and numbers as they were: an update's changes are told by them
    "saved_entry",
    metadata,
    Column("sheet", Integer, ForeignKey("saved_sheet.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("service", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("name", String, nullable=False),
    Column("numbers", String, nullable=False),
)

check_round = Table(  # a round of number checks; it may take days
    "check_round",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("begun", String, nullable=False),
    Column("ended", String, nullable=False),
)

round_entry = Table(
    "round_entry",
    metadata,
    Column("round", Integer, ForeignKey("check_round.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("service", String, nullable=False),
    Column("name", String, nullable=False),
)

number_check = Table(  # ``by`` is a role or initials, never a name (N6); ids are random, so that houses can be joined
    "number_check",
    metadata,
    Column("id", String, primary_key=True),
    Column("service", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("number", String, nullable=False),
    Column("result", String, nullable=False),
    Column("on", String, nullable=False),
    Column("by", String, nullable=False),
    Column("answers", String, nullable=False),
    Column("proposed", String, nullable=False),
    Column("note", String, nullable=False),
    Column("round", Integer, nullable=False),
)

report = Table(  # of a visitor's report only entry, reasons and month are kept, once however often it comes (N1)
    "report",
    metadata,
    Column("id", String, primary_key=True),
    Column("service", String, nullable=False),
    Column("name", String, nullable=False),
    Column("numbers", String, nullable=False),
    Column("reasons", String, nullable=False),
    Column("when", String, nullable=False),
    Column("by_staff", Integer, nullable=False),
    UniqueConstraint("service", "reasons", "when", "by_staff"),
)

house = Table(  # one row: a random mark, so that a publisher counts two files of one house once
    "house",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", String, nullable=False),
)

month_count = Table(  # sheets printed and updates taken in, by month and category; only where the house wants it (N6)
    "month_count",
    metadata,
    Column("month", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("category", String, primary_key=True),
    Column("n", Integer, nullable=False),
)

house_fact = Table(  # one field of something this house wrote: JSON value, when and where it was last changed
    "house_fact",
    metadata,
    Column("kind", String, primary_key=True, nullable=False),
    Column("id", String, primary_key=True, nullable=False),
    Column("field", String, primary_key=True, nullable=False),
    Column("value", String, nullable=False),
    Column("stamp", String, nullable=False),
    Column("seen", String, nullable=False),
    Column("confidential", Integer, nullable=False),  # leaves this PC only where staff ask for it (N7)
)

house_pc = Table(  # one row: a random name for this copy of the file, and the last stamp it gave
    "house_pc",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pc", String, nullable=False),
    Column("last", String, nullable=False),
)

house_past = Table(  # what stood there before each change, to take it back
    "house_past",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("what", String, nullable=False),
    Column("name", String, nullable=False),
    Column("before", String, nullable=False),
)

house_conflict = Table(  # what another PC wrote while this one wrote something else
    "house_conflict",
    metadata,
    Column("kind", String, primary_key=True, nullable=False),
    Column("id", String, primary_key=True, nullable=False),
    Column("field", String, primary_key=True, nullable=False),
    Column("value", String, nullable=False),
    Column("stamp", String, nullable=False),
    Column("confidential", Integer, nullable=False),
)

house_draft = Table(  # a form that was left open: staff's, never shown to visitors
    "house_draft",
    metadata,
    Column("id", String, primary_key=True, nullable=False),
    Column("content", String, nullable=False),
    Column("at", String, nullable=False),
)
