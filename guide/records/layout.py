"""The ways a sheet can be laid out on paper: data for every face of the guide, in the order they are offered."""

from __future__ import annotations

from guide.records.frozen import dataclass

_ = str  # marks a text for translation where it stands; a face speaks it later


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. ``name`` and ``hint`` are texts to translate.

    ``discreet``: begin with discreet wording on (SAFETY P2: cards and strips). ``most``: the most entries it takes;
    more are refused with a message. ``sides``: how the printer turns the paper, in CUPS's words. ``folds``: what is
    printed (``Paper.to_print``) differs from what is read (``Paper.pdf``): pages lie two on a side, in folding order.
    """

    slug: str
    name: str
    hint: str
    most: int = 1000
    discreet: bool = False
    sides: str = "one-sided"
    folds: bool = False


LAYOUTS = (
    Layout("list", _("List"), _("One column, with codes to scan")),
    Layout("columns", _("Two columns"), _("More on a page")),
    Layout("large", _("Large print"), _("18 point, numbers 24 point")),
    Layout("pocket", _("Pocket card"), _("Folds to 3.5 × 2 inches, fits a shoe"), most=100, discreet=True),
    Layout("cards", _("Ten cards"), _("For perforated card paper"), most=100, discreet=True),
    Layout("poster", _("Tear-off poster"), _("Ten strips to take along"), most=30),
    Layout("trifold", _("Tri-fold leaflet"), _("One sheet, both sides, folded twice"), most=200, sides="two-sided-short-edge"),
    Layout("booklet", _("Booklet"), _("By need, with contents; fold in half"), sides="two-sided-short-edge", folds=True),
    Layout("referral", _("Next steps"), _("Up to three: what to ask, what to bring"), most=3),
)  # fmt: skip


def layout_of(slug: str) -> Layout:
    """Return the layout named ``slug``. Raises KeyError."""
    return {one.slug: one for one in LAYOUTS}[slug]


@dataclass(frozen=True, slots=True)
class PaperLanguage:
    """A language a sheet can be in. ``name`` is its own name; ``reviewed``: a native speaker has read its words."""

    code: str
    name: str
    reviewed: bool = False
