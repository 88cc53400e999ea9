"""Everything the guide knows of one entry, with what a person can do at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from guide.records import Channel, Detail, Phone, Service, Url
from guide.records.laid import is_ours
from guide.text import OWN_NAMES, Language
from ui import icons, style
from ui.parts.actions import Actions
from ui.parts.contact_line import ContactLine
from ui.parts.controls import badge, button, card, cleared, column, label, picture, row, rule
from ui.parts.flow import Flow
from ui.parts.kept_keys import KeptKeys
from ui.parts.long_text import LongText
from ui.parts.phrases import URLS, apart, checked, cost, languages, number_kind, opening
from ui.parts.scroll import Scroll

if TYPE_CHECKING:
    from ui.voice import Voice

_VERIFIED = {
    "official": "official",
    "government_listing": "government page",
    "secondary": "second-hand page",
}


class DetailPane(Scroll):
    """Shows one entry; empty until one is chosen. ``asked``: staff want to "copy" an entry, or to say a "word" of it."""

    asked = Signal(str, str)

    def __init__(self, _: Language, scale: style.Scale, actions: Actions, *, staff: bool, discreet: bool) -> None:
        """Take the language, what can be done, and whether staff are looking."""
        super().__init__()
        self._, self._scale, self._actions, self._staff, self._discreet = _, scale, actions, staff, discreet
        self.setAccessibleName(_("Details"))
        self.frame = card()
        outer = QWidget()
        box = column(outer, self.frame, -1, margin=0)
        box.setContentsMargins(0, 0, 0, 12)
        self._box = QVBoxLayout(self.frame)
        self._box.setContentsMargins(20, 18, 20, 18)
        self._box.setSpacing(10)
        self.setWidget(outer)
        self.service = ""
        self.phones: tuple[Phone, ...] = ()
        self.voice: Voice | None = None  # where this PC has one
        self._keys = KeptKeys(self.frame)

    def clear(self) -> None:
        """Show nothing."""
        self.service, self.phones = "", ()
        self._hush()
        cleared(self._box)
        self.frame.hide()

    def show_detail(self, found: Detail, distance: str = "") -> None:
        """Show ``found`` from its top; ``distance`` says how far it is from a place somebody named."""
        again, kept = found.service.id == self.service, self._keys.before()
        cleared(self._box)
        if not again:
            self._hush()
        self.service, self.phones = found.service.id, tuple(found.service.phones)
        _, service = self._, found.service
        self._head(service, found)
        if service.status != "active":
            self._box.addWidget(label(_("Closed for now. Call before you go."), "warn"))
        if service.alert:
            self._box.addWidget(label(service.alert.best(_.code), selectable=True))
        if service.description:
            self._box.addWidget(LongText(service.description.best(_.code), _))
            if not service.description.has(_.code):  # what there is, and in which language (SAFETY A8)
                told = OWN_NAMES.get(service.description.language, service.description.language)
                self._box.addWidget(label(_("This text is in {language}.", language=apart(told, _)), "small"))
        for phone in service.phones if self._staff else service.shown_phones():
            self._box.addWidget(rule())
            self._box.addWidget(self._phone(phone, self._name(service)))
        for url in _pages(service):
            self._box.addWidget(rule())
            self._box.addWidget(self._url(url))
        if not service.shown_phones() and not self._staff:
            self._box.addWidget(
                label(_("There is no phone number for this. Staff can help you look at the web page."), "second")
            )
        self._places(service)
        self._box.addWidget(rule())
        self._box.addLayout(self._facts(found, distance))
        self._box.addWidget(rule())
        self._truth(found)
        if self._staff:
            self._for_staff(service)
            self._of_house(found)
        self.frame.show()
        self.verticalScrollBar().setValue(0)
        if again and kept >= 0:  # whoever pressed "Add to sheet" by key is still there
            self._keys.give(kept)

    def take_keys(self) -> None:
        """Give the keys to the first number's button, or to the first one of any kind."""
        lines = [self._box.itemAt(n).widget() for n in range(self._box.count())]
        self._keys.give_to_first_of([line for line in lines if isinstance(line, ContactLine)])

    # --- parts ------------------------------------------------------------------------------------
    def _name(self, service: Service) -> str:
        neutral = service.discreet_name.best(self._.code) if self._discreet else ""
        return neutral or service.name.best(self._.code)

    def _hush(self) -> None:
        if self.voice is not None:
            self.voice.stop()

    def _head(self, service: Service, found: Detail) -> None:
        _ = self._
        on = self._actions.chosen(service.id)
        toggle = button(
            _("On my sheet") if on else _("Add to sheet"),
            lambda: self._actions.toggle(service.id),
            "check" if on else "plus",
        )
        name = label(self._name(service), "title")
        self._box.addWidget(name)
        if service.organization is not None and not self._discreet:
            self._box.addWidget(label(service.organization.name.best(_.code), "second"))
        marks = [badge(_("Ours"), "go")] if is_ours(service.id) else []
        marks += [badge(_("For staff"), "warn")] if service.audience.value == "staff" else []
        if self.voice is not None and self.voice.there:
            from ui.parts.read_aloud import ReadButton

            self._box.addLayout(Flow([toggle, ReadButton(_, self.voice, found, self._name(service)), *marks], 8))
        else:
            self._box.addLayout(row(None, toggle, *marks, -1))

    def _phone(self, phone: Phone, name: str) -> QWidget:
        _ = self._
        voice = phone.channel is Channel.VOICE
        number = label(phone.published, "number", selectable=True)
        if len(phone.published) > 22:
            number.setProperty("kind", "name")
        under = number_kind(phone, _)
        if phone.hidden:
            under += " · " + _("hidden from visitors")
        parts: list[QPushButton] = []
        if voice and phone.dial:
            parts.append(button(_("Call"), lambda: self._actions.call(phone, name), "phone", "primary",
                                name=_("Call {name}", name=phone.published)))  # fmt: skip
        if phone.channel is Channel.TEXT and phone.dial and self._actions.may("text"):
            parts.append(
                button(
                    _("Text"),
                    lambda: self._actions.text(phone, name),
                    "message-square-text",
                    name=_("Send a text to {name}", name=name),
                )
            )
        copy = button(_("Copy"), lambda: self._actions.copy(phone.copy_text, phone.published), "copy",
                      name=_("Copy {what}", what=phone.published))  # fmt: skip
        mark = picture(icons.CHANNELS[phone.channel.value], style.now().brand, self._scale.px(20))
        return ContactLine(mark, (number, label(under, "small")), (*parts, *self._if_may_copy(copy)))

    def _if_may_copy(self, copy: QPushButton) -> tuple[QPushButton, ...]:
        return (copy,) if self._actions.may("copy") else ()

    def _url(self, url: Url) -> QWidget:
        _ = self._
        shown = url.url.removeprefix("https://").removeprefix("http://").removesuffix("/")
        address = label(_breakable(shown), "name", selectable=True)
        address.setAccessibleName(shown)
        words = (address, label(_(URLS[url.kind]), "small"))
        copy = button(_("Copy"), lambda: self._actions.copy(url.url, shown), "copy", name=_("Copy {what}", what=shown))
        return ContactLine(
            picture(icons.CHANNELS[url.kind.value], style.now().brand, self._scale.px(20)),
            words,
            self._if_may_copy(copy),
        )

    def _places(self, service: Service) -> None:
        _ = self._
        for place in service.locations:
            for address in place.addresses:
                street = ", ".join(p for p in (address.address_1, address.address_2) if p)
                town = ", ".join(
                    p for p in (address.city, f"{address.state_province} {address.postal_code}".strip()) if p
                )
                under = label(town if street else _("Address kept private"), "small")
                words = (label(street or town, "name", selectable=True), under)
                self._box.addWidget(rule())
                self._box.addWidget(ContactLine(picture("map-pin", style.now().brand, self._scale.px(20)), words, ()))

    def _facts(self, found: Detail, distance: str) -> QGridLayout:
        _, service = self._, found.service
        spoken = [languages(service.languages, _), service.language_note.best(_.code)]
        hours = [opening(found.open, _)[0], service.hours.best(_.code)]
        ages = ""
        if service.minimum_age is not None or service.maximum_age is not None:
            ages = _("Ages {low} to {high}", low=service.minimum_age or 0, high=service.maximum_age or "…")
        rows = [
            (_("Distance"), distance),
            (_("Hours"), " · ".join(dict.fromkeys(h for h in hours if h)) or self._not_known(service)),
            (_("Who can go"), " · ".join(p for p in (service.eligibility.best(_.code), ages) if p)),
            (_("Cost"), cost(service.cost, _)),
            (_("Bring"), ", ".join(one.best(_.code) for one in service.required_documents)),
            (_("Next step"), service.application_process.best(_.code)),
            (_("Languages"), " · ".join(part for part in spoken if part)),
            (_("Access"), ", ".join(service.accessibility)),
            (_("Area"), ", ".join(service.service_areas[:6])),
            (_("Also under"), ", ".join(c.label.best(_.code) for c in (found.category, *found.also_in))),
            (_("Good to know"), ", ".join(t.label.best(_.code) for t in found.tags)),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, (name, text) in enumerate((n, t) for n, t in rows if t):
            grid.addWidget(label(name, "second", wrap=False), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text, selectable=True), number, 1)
        return grid

    def _not_known(self, service: Service) -> str:
        return self._("Not known. Call to ask.") if service.shown_phones() else self._("Not known.")

    def _truth(self, found: Detail) -> None:
        _ = self._
        said, warning = checked(found.freshness, _, numbered=bool(found.service.shown_phones()))
        mark = "badge-check" if found.freshness.basis == "checked" else "file-text"
        line = row(None, picture(mark, style.now().ink_2, self._scale.px(18)), label(said, "small"), gap=6)
        line.setStretch(1, 1)
        self._box.addLayout(line)
        if found.sources:
            named = label(_("Listed by {names}", names=", ".join(apart(one, _) for one in found.sources)), "small")
            listed = row(None, picture("users", style.now().ink_2, self._scale.px(18)), named, gap=6)
            listed.setStretch(1, 1)
            self._box.addLayout(listed)
        if warning:
            warn = row(
                None, picture("triangle-alert", style.now().warn, self._scale.px(18)), label(warning, "warn"), gap=6
            )
            warn.setStretch(1, 1)
            self._box.addLayout(warn)
        if found.here is not None:
            from ui.parts.found_here import found_here_line

            self._box.addLayout(found_here_line(found.here, self._, self._scale))
        ask = button(self._("Something wrong?"), lambda: self._actions.wrong(found.service.id), "circle-help", "link")
        self._box.addLayout(row(None, ask, -1))

    def _of_house(self, found: Detail) -> None:
        _, service = self._, found.service
        if found.house_note:
            self._box.addWidget(label(_("Note of this house"), "name"))
            self._box.addWidget(label(found.house_note, selectable=True))
        word = _("Change it") if is_ours(service.id) else _("Note, correct or hide")
        acts = [button(word, lambda: self.asked.emit("word", service.id), "file-text"),
                button(_("Copy as our own"), lambda: self.asked.emit("copy", service.id), "copy")]  # fmt: skip
        self._box.addLayout(Flow(acts, 8))

    def _for_staff(self, service: Service) -> None:
        _ = self._
        notes = [
            (_("Note for staff"), service.staff_note),
            (_("History"), service.history),
            (_("Check again by"), _.date(service.recheck_by) if service.recheck_by else ""),
            (_("Last seen on any page"), _.date(service.last_seen) if service.last_seen else ""),
            (_("Basis of the main number"), service.verification.replace("_", " ")),
        ]
        self._box.addWidget(rule())
        for name, text in notes:
            if text:
                self._box.addWidget(label(name, "name"))
                self._box.addWidget(label(text, selectable=True))
        if service.evidence:
            self._box.addWidget(label(_("Pages it was seen on"), "name"))
        for page in service.evidence:
            day = _.date(page.as_of) if page.as_of else _("no date")
            kind = _VERIFIED.get(page.kind, page.kind)
            self._box.addWidget(
                label(f"{day} · {kind} · {page.address} {page.about}".strip(), "small", selectable=True)
            )


def _pages(service: Service) -> list[Url]:
    """Return the web, chat and mail addresses, the service's own page first, none twice."""
    from guide.records import UrlKind

    own = [Url(f"{service.id}/url", UrlKind.WEB, service.url)] if service.url else []
    mail = [Url(f"{service.id}/email", UrlKind.EMAIL, service.email)] if service.email else []
    found: dict[str, Url] = {}
    for url in (*own, *service.urls, *mail):
        found.setdefault(url.url, url)
    return list(found.values())


def _breakable(address: str) -> str:
    """Let a long address go to the next line after its signs; what is copied is the address itself."""
    return "".join(f"{sign}\u200b" if sign in "/@.-_?&=" else sign for sign in address)
