"""The lint's rules by code: how grave, what was found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING, HINT = "error", "warning", "hint"
ORDER = {ERROR: 0, WARNING: 1, HINT: 2}


@dataclass(frozen=True)
class Rule:
    """One rule. An error blocks a release unless the baseline accepts it; ``title`` and ``advice`` are for people."""

    code: str
    severity: str
    title: str
    advice: str


_LISTED = (
    # --- numbers
    Rule("number-letters", ERROR, "Letters and digits of a number differ", "Dial both. Write the one that answers as the right organization."),
    Rule("number-differs", ERROR, "The call button dials another number than the one shown", "Make both the same, then dial it once."),
    Rule("number-shape", ERROR, "No phone can dial this number", "A number has 3, 5, 6, 10 or 11 digits, or begins with + and its country. Ask the organization."),
    Rule("number-fictional", ERROR, "A number that belongs to nobody (555-01xx)", "It is an example from a form or a film. Ask the organization for its own."),
    Rule("do-not-print", ERROR, "On the do-not-print list", "Use what the list says in its place."),
    Rule("number-unlikely", WARNING, "Not in use, as far as the numbering plan says", "Dial it once. Area code and the three digits behind it may be mistyped."),
    Rule("number-no-button", WARNING, "Shown as text only, it cannot be dialled as written", "Write it as one number; what else is to be said goes into its note."),
    Rule("number-shared", WARNING, "One number under two names", "Dial it and hear who answers. Correct the other entry, or say in a note that they share it."),
    Rule("number-no-evidence", HINT, "Nothing says where the number was seen, nor who checked it", "Call it, and write the day and who called."),
    # --- dates
    Rule("crisis-overdue", ERROR, "A crisis entry whose check is overdue", "Call it now, and write the day and who called."),
    Rule("crisis-no-date", ERROR, "A crisis entry that nobody knows the age of", "Call it now, and write the day and who called."),
    Rule("check-by-passed", ERROR, "The day this was to be checked by has passed", "Check it, then write the new day."),
    Rule("date-future", ERROR, "A date that has not come yet", "A check or a page cannot be of tomorrow. Correct the year or the order of day and month."),
    Rule("overdue", WARNING, "The yearly check is overdue", "Call, and write the day and who called. Until then the entry carries a mark and may be left off paper."),
    Rule("no-date", WARNING, "Nobody knows when this was true", "Call, and write the day and who called."),
    Rule("date-dead", WARNING, "A date that stands for no date", "Spreadsheets write 1900 or 1970 where there is none. Leave it empty."),
    Rule("hours-ended", WARNING, "All opening hours have ended", "Ask for the hours that hold now, or say that it is closed."),
    Rule("text-ended", WARNING, "A text speaks of a day that has passed", "Take it out, or write what holds now."),
    # --- crisis lines
    Rule("crisis-no-number", ERROR, "A crisis entry without a number to call or text", "Give it one, or put it under another need."),
    Rule("crisis-no-spanish", ERROR, "A crisis entry without Spanish", "Translate its description."),
    # --- places
    Rule("address-confidential", ERROR, "The street of a place that may have to stay hidden", "Close the address, unless the organization itself wants it shown; then accept this with that reason."),
    Rule("address-in-text", ERROR, "A street in the words of a shelter's entry", "Take the street out of the text."),
    # --- words and ways
    Rule("editors-note", ERROR, "An editor's note where visitors read", "Move it to the note for staff."),
    Rule("no-next-step", ERROR, "Nothing here says what to do next", "Give it a number, a web or mail address, a place to go to, or how to apply; else leave it out."),
    Rule("hours-no-zone", WARNING, "Hours without a time zone", "Say which zone the hours are in: readers may live in another."),
    Rule("no-spanish", HINT, "No Spanish", "Translate its description."),
    Rule("hard-to-read", HINT, "Hard to read", "Shorter sentences and everyday words; aim at school grade 8 or less."),
    # --- across entries
    Rule("duplicate-organization", WARNING, "One organization twice", "Keep one, and hang its services on it."),
    Rule("duplicate-service", WARNING, "One service twice", "Keep the newer one; several places of it are places, not entries."),
)  # fmt: skip
RULES = {rule.code: rule for rule in _LISTED}
