"""The form for one of this house's own services: every field a visitor sees, in both languages, looked at as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox

from guide.errors import GuideError
from guide.records import Audience, Category, Channel, Organization, Service, Tag, Words
from guide.records.house import Remark
from guide.text import Language, mark
from ui.messages import sentence
from ui.parts.both_languages import LANGUAGES, BothLanguages
from ui.parts.captions import WIDEST, captioned
from ui.parts.controls import button, column, label
from ui.parts.flow import Flow
from ui.parts.hours_picker import HoursPicker
from ui.parts.long_check import LongCheck
from ui.parts.narrow import narrow
from ui.parts.phone_rows import PhoneRows
from ui.parts.phrases import language_choices
from ui.parts.picker import Picker
from ui.parts.place_list import PlaceList
from ui.parts.plan_words import plan_words
from ui.parts.remark_words import remark_words
from ui.parts.scroll import Scroll
from ui.visit_jobs import VisitJobs

_PAUSE = 900  # ms without a key before what was typed is kept as a draft and looked at
_ = mark
FACETS = {"population": _("Who it is for"), "need": _("What it helps with"), "access": _("How it can be used")}
del _


@dataclass(frozen=True)
class FormAsks:
    """What the form may ask. ``save`` is told, too, whether all of it was checked today; ``keep`` keeps a draft at once;
    ``closed`` says whether a need's places are closed.
    """

    save: Callable[[Service, bool], object]
    remarks: Callable[[Service], tuple[Remark, ...]]
    keep: Callable[[Service], object]
    drop: Callable[[Service], object]
    dialled: Callable[[str, Channel], str]
    closed: Callable[[str], bool]
    categories: Sequence[Category]
    tags: Sequence[Tag]
    timezone: str


class OwnFormPage(Scroll):
    """One form; ``show_service`` fills it anew."""

    done = Signal(str)  # what to say, once it is kept or left
    failed = Signal(object)

    def __init__(self, _: Language, jobs: VisitJobs, asks: FormAsks) -> None:
        """Take what is asked; empty until a service is shown."""
        super().__init__()
        self._, self._jobs, self._asks = _, jobs, asks
        self._service: Service | None = None
        self._dirty = False
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._look)

    # --- filling ------------------------------------------------------------------------------------
    def show_service(self, service: Service, *, draft: bool = False) -> None:
        """Fill the form with ``service``; ``draft``: it was typed before, and never kept."""
        _, asks = self._, self._asks
        self._service, self._dirty = service, False
        texts: dict[str, tuple[str, Words, bool]] = {
            "name": (_("Name of the service"), service.name, False),
            "organization": (_("Who gives it"), service.organization.name if service.organization else Words(""), False),
            "description": (_("What it is, in a sentence or two"), service.description, True),
            "eligibility": (_("Who can go"), service.eligibility, False),
            "cost": (_("Cost"), service.cost, False),
            "required_documents": (_("What to bring"), service.required_documents[0] if service.required_documents else Words(""), False),
            "application_process": (_("Next step"), service.application_process, False),
            "discreet_name": (_("Neutral name, for lists and cards that somebody else may see"), service.discreet_name, False),
        }  # fmt: skip
        self.texts = {key: BothLanguages(_, name, words, long=long) for key, (name, words, long) in texts.items()}
        self.need = QComboBox()
        self.need.addItem(_("Choose a need"), "")
        for one in asks.categories:
            self.need.addItem(one.label.best(_.code), one.slug)
        self.need.setCurrentIndex(max(0, self.need.findData(service.category)))
        self.phones = PhoneRows(_, service.phones, asks.dialled)
        self.web, self.mail = QLineEdit(service.url), QLineEdit(service.email)
        self.hours = HoursPicker(_, service.schedules, asks.timezone)
        plain = plan_words(service.schedules, Language("en"))
        said = Words("") if service.hours.given("en") == plain else service.hours
        self.texts["hours"] = BothLanguages(
            _, _("Hours in your own words, where the days above do not say it all"), said
        )
        spoken = service.languages
        self.languages = Picker(_, _("Languages spoken there"), language_choices(_, spoken), spoken, open_=True)
        needs = [(one.slug, one.label.best(_.code)) for one in asks.categories]
        self.also = Picker(_, _("Also under these needs"), needs, service.also_in)
        self.tags = {
            facet: Picker(_, _(name), [(t.slug, t.label.best(_.code)) for t in asks.tags if t.facet == facet],
                          [t.slug for t in asks.tags if t.facet == facet and t.slug in service.tags])
            for facet, name in FACETS.items() if any(t.facet == facet for t in asks.tags)
        }  # fmt: skip
        self.low, self.high = _age(service.minimum_age, _), _age(service.maximum_age, _)
        self.place = PlaceList(_, service.locations, closed=asks.closed(service.category))
        self.staff = LongCheck(_("For staff alone: visitors never see it"))
        self.staff.setChecked(service.audience is Audience.STAFF)
        self.screen_only = LongCheck(_("Never on paper"))
        self.screen_only.setChecked(service.not_for_print)
        self.note = QLineEdit(service.staff_note)
        # To change is not to check: only what nobody has typed before begins as checked.
        self.checked = LongCheck(_("I called or asked today: all of this is right"))
        self.checked.setChecked(not service.name and not draft)
        self._lay(draft=draft)
        for signal in (
            self.need.currentIndexChanged, self.phones.changed, self.web.textChanged, self.mail.textChanged,
            self.hours.changed, self.low.valueChanged, self.high.valueChanged, self.place.changed, self.staff.toggled,
            self.screen_only.toggled, self.note.textChanged, self.languages.changed, self.also.changed,
            *(one.changed for one in self.tags.values()), *(text.changed for text in self.texts.values()),
        ):  # fmt: skip
            signal.connect(self._typed)
        self.need.currentIndexChanged.connect(lambda *_a: self.place.begin(closed=asks.closed(self.need.currentData())))
        self._said.hide()
        if draft:
            self._dirty = True
            self._look()

    def _lay(self, *, draft: bool) -> None:
        _ = self._
        self._said = label("", "stop")
        t = self.texts
        head = [label(_("This was typed before and not kept yet."), "warn")] if draft else []
        save = button(_("Save"), self._save, "check", "primary")
        leave = button(_("Leave without saving"), self._leave, "x")
        parts: list[Any] = [
            *head, t["name"], t["organization"], captioned(self.need, _("Need"), "name", widest=WIDEST), self.also,
            t["description"],
            8, label(_("How to reach it"), "heading"), self.phones,
            captioned(self.web, _("Web page"), "name", widest=WIDEST), captioned(self.mail, _("E-mail"), "name", widest=WIDEST),
            8, label(_("When it is open"), "heading"), self.hours, t["hours"],
            8, label(_("Who can go, and what to know"), "heading"), t["eligibility"], *self.tags.values(),
            column(None, label(_("Youngest and oldest age")), Flow([self.low, self.high], 8), gap=2),
            self.languages,
            t["cost"], t["required_documents"], t["application_process"],
            8, label(_("Address"), "heading"), self.place,
            8, label(_("For this house"), "heading"), t["discreet_name"], self.staff, self.screen_only,
            captioned(self.note, _("Note for staff"), "name", widest=WIDEST), 8, self.checked, self._said,
            Flow([save, leave], 8),
        ]  # fmt: skip
        self.setWidget(narrow(parts))
        self.verticalScrollBar().setValue(0)

    # --- as it stands -------------------------------------------------------------------------------
    def service(self) -> Service:
        """Return the service as it is typed now."""
        before = self._service
        if before is None:
            raise AssertionError("a form is asked for what it shows")
        said = {key: text.words() for key, text in self.texts.items()}
        giver, bring = said.pop("organization"), said.pop("required_documents")
        schedules = self.hours.schedules()
        if not said["hours"]:
            pairs = [(tag, plan_words(schedules, Language(tag))) for tag in LANGUAGES]
            said["hours"] = Words(pairs[0][1], pairs[0][0], tuple(pairs[1:])) if pairs[0][1] else Words("")
        low, high = self.low.value(), self.high.value()
        changes: dict[str, Any] = dict(said)
        return replace(
            before, category=self.need.currentData(), organization=_giver(giver, before.organization),
            phones=self.phones.phones(), url=_with_scheme(self.web.text().strip()), email=self.mail.text().strip(),
            schedules=schedules, languages=self.languages.chosen(), also_in=tuple(one for one in self.also.chosen() if one != self.need.currentData()),
            tags=self._tags(before.tags),
            minimum_age=low if low >= 0 else None, maximum_age=high if high >= 0 else None,
            required_documents=((bring,) if bring else ()) + before.required_documents[1:],
            locations=self.place.places(),
            audience=Audience.STAFF if self.staff.isChecked() else Audience.VISITOR,
            not_for_print=self.screen_only.isChecked(), staff_note=self.note.text().strip(), **changes,
        )  # fmt: skip

    def _tags(self, before: tuple[str, ...]) -> tuple[str, ...]:
        """Return what is ticked; a tag this guide has no words for stays."""
        offered = {key for one in self.tags.values() for key in one.boxes}
        ticked = [key for one in self.tags.values() for key in one.chosen()]
        return (
            *(key for key in before if key not in offered or key in ticked),
            *(k for k in ticked if k not in before),
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when the page goes away, also on hide now: it is staff's, and no visitor sees it."""
        self._keep()
        super().hideEvent(event)

    def _typed(self, *_args: object) -> None:
        self._dirty = True
        self._pause.start()

    def _keep(self) -> None:
        if self._dirty and self._service is not None:
            try:
                self._asks.keep(self.service())
            except GuideError as error:
                self.failed.emit(error)

    def _look(self) -> None:
        service = self.service()
        self._keep()
        self._jobs.work(lambda _p: self._asks.remarks(service), self._tell, lambda _e: None)

    def _tell(self, remarks: tuple[Remark, ...]) -> None:
        below: dict[str, list[str]] = {}
        for one in remarks:
            below.setdefault(one.field, []).append(remark_words(one, self._))
        for key, text in self.texts.items():
            text.say(" ".join(below.get(key, ())))
        for place in range(len(self.phones.phones())):
            self.phones.say(place, " ".join(w for w in below.get(f"phones/{place}", ()) if w))

    def _save(self) -> None:
        service, checked = self.service(), self.checked.isChecked()
        self._pause.stop()

        def kept(_answer: object) -> None:
            self._dirty, self._service = False, None
            self.done.emit(self._("“{name}” is saved.", name=service.name.best(self._.code)))

        self._jobs.work(lambda _p: self._asks.save(service, checked), kept, self._refused)

    def _refused(self, error: GuideError) -> None:
        missing = {"name": self._("Give it a name."), "need": self._("Choose a need."),
                   "refused": self._("One of its numbers must not be published.")}  # fmt: skip
        why = missing.get(str(error.facts.get("missing", "")))
        self._said.setText(why or " ".join(sentence(error, self._)))
        self._said.show()
        self.ensureWidgetVisible(self._said)

    def _leave(self) -> None:
        self._pause.stop()
        service, self._dirty = self._service, False
        if service is not None:
            self._asks.drop(service)
        self._service = None
        self.done.emit("")


def _giver(name: Words, before: Organization | None) -> Organization | None:
    """Return who gives it; what else is known of them stays with their name."""
    if not name:
        return None
    return replace(before, name=name) if before and before.name.text == name.text else Organization("", name)


def _age(value: int | None, _: Language) -> QSpinBox:
    made = QSpinBox(minimum=-1, maximum=130)
    made.setSpecialValueText(_("any age"))
    made.setValue(-1 if value is None else value)
    made.setAccessibleName(_("Age"))
    made.setMinimumWidth(made.fontMetrics().horizontalAdvance(made.specialValueText()) + 64)  # beside its arrows
    return made


def _with_scheme(text: str) -> str:
    return f"https://{text}" if text and "://" not in text else text
