"""The look: the theme that is worn now, one small style sheet, sizes that follow the text size.

A process wears one theme as it has one palette and one font; the window is made anew when it changes. Whoever draws
asks ``now()`` while drawing and keeps no colour.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QPalette

from guide.records.frozen import dataclass
from ui.themes import LIGHT, Theme

SIZES = (100, 125, 150, 200)  # percent of text, chosen in this order
TARGET = 44  # px: Hide, Call, Copy, Print (SAFETY A5)


@dataclass(frozen=True, slots=True)
class Scale:
    """Text size in percent; lengths that belong to text grow with it, gaps do not."""

    percent: int = 100

    def px(self, length: float) -> int:
        """Return ``length`` px at 100 % as it is now."""
        return round(length * self.percent / 100)


_worn = [LIGHT]


def now() -> Theme:
    """Return the theme that is worn."""
    return _worn[0]


def wear(theme: Theme) -> bool:
    """Wear ``theme`` from now on and say whether that is a change; what is drawn already keeps its colours until it
    is made anew.
    """
    before, _worn[0] = _worn[0], theme
    return before is not theme


def _icon(name: str) -> str:
    return (Path(__file__).with_name("icons") / f"{name}-{now().name}.svg").as_posix()


def palette() -> QPalette:
    """Return the palette of the theme; every pair of text and ground has a contrast of 4.5:1 or more."""
    c = now()
    made = QPalette(QColor(c.card), QColor(c.ground))  # Qt makes its shades of edges from these two
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, c.ground),
        (roles.WindowText, c.ink),
        (roles.Base, c.card),
        (roles.AlternateBase, c.ground),
        (roles.Text, c.ink),
        (roles.PlaceholderText, c.ink_2),
        (roles.Button, c.card),
        (roles.ButtonText, c.ink),
        (roles.Highlight, c.brand),
        (roles.HighlightedText, c.on_brand),
        (roles.ToolTipBase, c.card),
        (roles.ToolTipText, c.ink),
        (roles.Link, c.brand),
    ):
        made.setColor(role, QColor(colour))
    return made


def nav_edge(scale: Scale) -> int:
    """Return the px before and after the words of a place in the sidebar: large text needs them for words."""
    return min(scale.px(12), 16)


def sheet(scale: Scale, *, turned: bool = False) -> str:
    """Return the style sheet; ``turned`` where lines run from right to left. Classes are set with the property ``kind``.

    What has the focus gets a ring of 3 px that meets 3:1 on both sides (WCAG 1.4.11, 2.4.7); padding gives way to it.
    """
    c, px, start, end = now(), scale.px, *(("right", "left") if turned else ("left", "right"))
    # Qt hangs the blank at which a line breaks before the line's start: from right to left it pushes letters out.
    broken = f'QLabel[wordWrap="true"] {{ padding-left: {px(6)}px; }}' if turned else ""
    return f"""
    * {{ font-size: {px(16)}px; color: {c.ink}; }}
    QMainWindow, #ground {{ background: {c.ground}; }}
    QScrollArea, #clear, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QScrollArea, QListView {{ border: 2px solid transparent; border-radius: 9px; }}
    QScrollArea:focus, QListView:focus {{ border-color: {c.brand}; }}
    QLabel {{ background: transparent; }} {broken}
    QLabel[kind="small"] {{ font-size: {px(13.5)}px; color: {c.ink_2}; }}
    QLabel[kind="second"] {{ color: {c.ink_2}; }}
    QLabel[kind="name"] {{ font-weight: bold; }}
    QLabel[kind="heading"] {{ font-size: {px(17)}px; font-weight: bold; }}
    QLabel[kind="product"] {{ font-size: {px(19)}px; font-weight: bold; }}
    QLabel[kind="title"] {{ font-size: {px(23)}px; font-weight: bold; }}
    QLabel[kind="number"] {{ font-size: {px(22)}px; font-weight: bold; }}
    QLabel[kind="huge"] {{ font-size: {px(52)}px; font-weight: bold; }}
    QLabel[kind="count"] {{ font-size: {px(26)}px; font-weight: bold; }}
    QLabel[kind="go"] {{ color: {c.go}; }} QLabel[kind="warn"] {{ color: {c.warn}; font-weight: bold; }}
    QLabel[kind="stop"] {{ color: {c.stop}; font-weight: bold; }}
    QLabel[badge="plain"] {{ background: {c.badge}; border-radius: 4px; padding: 2px 7px; font-size: {px(13.5)}px; }}
    QLabel[badge="go"] {{ background: {c.go_soft}; color: {c.go}; border-radius: 4px; padding: 2px 7px;
        font-size: {px(13.5)}px; }}
    QLabel[badge="warn"] {{ background: {c.warn_soft}; color: {c.warn}; border-radius: 4px; padding: 2px 7px;
        font-size: {px(13.5)}px; }}
    QFrame[kind="card"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 9px; }}
    QFrame[kind="call"] {{ background: {c.card}; border: 1px solid {c.line}; border-{start}: 5px solid {c.go};
        border-radius: 9px; }}
    QFrame[kind="warnbox"] {{ background: {c.warn_soft}; border: 1px solid {c.warn}; border-radius: 9px; }}
    QFrame[kind="note"] {{ background: {c.brand_soft}; border: 1px solid {c.line}; border-radius: 9px; }}
    QFrame[kind="note"] QLabel {{ color: {c.ink}; }}
    QFrame[kind="rule"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
    QFrame#sidebar {{ background: {c.card}; border: none; border-{end}: 1px solid {c.line}; }}
    QFrame#paper {{ background: {c.tray}; border-radius: 9px; }}
    QFrame#toast {{ background: {c.toast}; border-radius: 8px; }} QFrame#toast QLabel {{ color: {c.on_toast}; }}
    QPushButton {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 8px; padding: 0 {px(9)}px;
        min-height: {TARGET - 2}px; font-size: {px(14.5)}px; font-weight: bold; icon-size: {px(18)}px; outline: none; }}
    QPushButton:hover {{ background: {c.brand_soft}; }}
    QPushButton:focus {{ border: 3px solid {c.brand}; padding: 0 {px(9) - 2}px; min-height: {TARGET - 6}px; }}
    QPushButton:disabled {{ color: {c.ink_2}; background: {c.ground}; }}
    QPushButton[kind="primary"] {{ background: {c.brand}; border-color: {c.brand}; color: {c.on_brand}; }}
    QPushButton[kind="primary"]:hover {{ background: {c.brand_hover}; }}
    QPushButton[kind="primary"]:focus {{ border: 3px solid {c.ink}; outline: 2px solid {c.on_brand};
        outline-offset: -3px; outline-radius: 4px; }}
    QPushButton[kind="primary"]:disabled {{ background: {c.off}; border-color: {c.off}; color: {c.on_off}; }}
    QPushButton[kind="hide"] {{ background: {c.hide}; border-color: {c.hide}; color: {c.on_hide};
        min-height: {TARGET + 2}px; }}
    QPushButton[kind="hide"]:hover {{ background: {c.hide_hover}; }}
    QPushButton[kind="hide"]:focus {{ border: 3px solid {c.ink}; outline: 2px solid {c.on_hide};
        outline-offset: -3px; outline-radius: 4px; min-height: {TARGET - 2}px; }}
    QPushButton[kind="nav"] {{ background: transparent; border: none; text-align: left; color: {c.ink_2};
        padding: 0 {nav_edge(scale)}px; }}
    QPushButton[kind="nav"]:hover {{ background: {c.brand_soft}; }}
    QPushButton[kind="nav"]:checked {{ background: {c.brand_soft}; color: {c.brand};
        border-{start}: 4px solid {c.brand}; padding-{start}: {nav_edge(scale) - 4}px; }}
    QPushButton[kind="nav"]:focus {{ border: 3px solid {c.brand}; padding: 0 {nav_edge(scale) - 3}px; }}
    QPushButton[kind="link"] {{ background: transparent; border: none; color: {c.brand}; padding: 0 4px;
        text-align: left; min-height: {TARGET - 16}px; }}
    QPushButton[kind="link"]:focus {{ border: 2px solid {c.brand}; padding: 0 2px; }}
    QPushButton[kind="tile"] {{ text-align: left; padding: 0; border-radius: 9px; min-height: {px(74)}px; }}
    QPushButton[kind="icon"] {{ padding: 0; min-width: {max(TARGET - 2, px(30))}px; }}
    QPushButton[kind="clear"] {{ border: none; padding: 0; min-height: 0; background: transparent; icon-size: {min(px(18), 24)}px; }}
    QPushButton[kind="unseen"] {{ border: none; padding: 0; min-height: 0; max-height: 1px; max-width: 1px; }}
    QPushButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton[kind="choice"]:checked {{ border: 2px solid {c.brand}; background: {c.brand_soft}; }}
    QPushButton[kind="choice"]:checked:focus {{ border: 4px solid {c.brand}; }}
    QPushButton[kind="layout"] {{ text-align: left; padding: 0; border-radius: 9px; }}
    QPushButton[kind="layout"]:checked {{ border: 2px solid {c.brand}; background: {c.brand_soft}; }}
    QPushButton[kind="tile"]:focus, QPushButton[kind="layout"]:focus {{ border: 3px solid {c.brand}; padding: 0;
        min-height: {px(74) - 4}px; }}
    QPushButton[kind="layout"]:checked:focus {{ border: 4px solid {c.brand}; }}
    QListView, QTableView, QListWidget {{ background: transparent; outline: none; }}
    QTableView, QListWidget {{ background: {c.card}; border: 1px solid {c.line}; gridline-color: {c.line}; }}
    QListWidget::item {{ padding: {px(7)}px 8px; border-bottom: 1px solid {c.line}; }}
    QListWidget::item:selected {{ background: {c.brand_soft}; color: {c.ink}; }}
    QListWidget:focus, QTableView:focus {{ border: 3px solid {c.brand}; }}
    QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit {{ background: {c.card}; border: 1px solid {c.field_line}; border-radius: 8px;
        padding: 0 10px; min-height: {TARGET - 2}px; selection-background-color: {c.brand};
        selection-color: {c.on_brand}; placeholder-text-color: {c.ink_2}; }}
    QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus {{ border: 3px solid {c.brand}; padding: 0 8px;
        min-height: {TARGET - 6}px; }}
    QLineEdit#search {{ font-size: {px(17)}px; min-height: {TARGET + 2}px; }}
    QLineEdit#search:focus {{ min-height: {TARGET - 2}px; }}
    QTextEdit {{ placeholder-text-color: {c.ink_2}; background: {c.card}; border: 1px solid {c.field_line}; border-radius: 8px; padding: 8px; }}
    QTextEdit:focus {{ border: 3px solid {c.brand}; padding: 6px; }}
    QCheckBox {{ spacing: 8px; min-height: 28px; background: transparent; border: 2px solid transparent;
        border-radius: 5px; }}
    QCheckBox:focus {{ border-color: {c.brand}; }}
    QCheckBox::indicator {{ width: {px(18)}px; height: {px(18)}px; border: 2px solid {c.field_line}; border-radius: 4px;
        background: {c.card}; }}
    QCheckBox::indicator:checked {{ background: {c.brand}; border-color: {c.brand}; image: url({_icon("check")}); }}
    QCheckBox::indicator:focus, QCheckBox::indicator:hover {{ border-color: {c.ink}; }}
    QComboBox::drop-down {{ border: none; width: {px(18) + 12}px; }}
    QComboBox::down-arrow {{ image: url({_icon("chevron-down")}); width: {px(18)}px; height: {px(18)}px; }}
    QComboBox QAbstractItemView {{ background: {c.card}; border: 1px solid {c.line}; outline: none; padding: 4px;
        selection-background-color: {c.brand_soft}; selection-color: {c.ink}; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent; width: {px(15) + 11}px; }}
    QAbstractSpinBox::up-arrow {{ image: url({_icon("chevron-up")}); width: {px(15)}px; height: {min(px(15), 20)}px; }}
    QAbstractSpinBox::down-arrow {{ image: url({_icon("chevron-down")}); width: {px(15)}px; height: {min(px(15), 20)}px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.handle}; border-radius: 4px; min-height: 36px; margin: 0 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {c.field_line}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QMenu {{ background: {c.card}; border: 1px solid {c.line}; padding: 6px; }}
    QMenu::item {{ padding: 9px 22px; border-radius: 6px; }} QMenu::item:selected {{ background: {c.brand_soft}; }}
    QTableView::item {{ padding: 4px 8px; border-bottom: 1px solid {c.line}; }}
    QHeaderView::section {{ background: {c.card}; border: none; border-bottom: 1px solid {c.line}; padding: 8px;
        font-size: {px(13.5)}px; font-weight: bold; color: {c.ink_2}; }}
    QProgressBar {{ border: 1px solid {c.line}; border-radius: 6px; background: {c.card}; text-align: center; }}
    QProgressBar::chunk {{ background: {c.brand}; border-radius: 5px; }}
    """
