"""The look: one table of colours, one small style sheet, sizes that follow the text size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QPalette

from guide.records.frozen import dataclass

INK, INK_2, LINE, GROUND, CARD = "#1b2733", "#4a5a68", "#d5dde3", "#f5f7f8", "#ffffff"
BRAND, BRAND_SOFT = "#0b5563", "#e3f0f1"
GO, GO_SOFT, WARN, WARN_SOFT, STOP = "#0b6b3a", "#e4f3ea", "#8a4b00", "#fdf1dc", "#a3201d"
FIELD_LINE = "#6b7a87"  # 3:1 on white: the edge of a thing to fill in (SAFETY A2)
BADGE, FOUND = "#edf1f4", "#fde68a"
SIZES = (100, 125, 150, 200)  # percent of text, chosen in this order
TARGET = 44  # px: Hide, Call, Copy, Print (SAFETY A5)


@dataclass(frozen=True, slots=True)
class Scale:
    """Text size in percent; lengths that belong to text grow with it, gaps do not."""

    percent: int = 100

    def px(self, length: float) -> int:
        """Return ``length`` px at 100 % as it is now."""
        return round(length * self.percent / 100)


def _icon(name: str) -> str:
    return (Path(__file__).with_name("icons") / f"{name}.svg").as_posix()


def palette() -> QPalette:
    """Return the light palette; every pair of text and ground has a contrast of 4.5:1 or more."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, GROUND),
        (roles.WindowText, INK),
        (roles.Base, CARD),
        (roles.AlternateBase, GROUND),
        (roles.Text, INK),
        (roles.PlaceholderText, INK_2),
        (roles.Button, CARD),
        (roles.ButtonText, INK),
        (roles.Highlight, BRAND),
        (roles.HighlightedText, CARD),
        (roles.ToolTipBase, CARD),
        (roles.ToolTipText, INK),
    ):
        made.setColor(role, QColor(colour))
    return made


def sheet(scale: Scale) -> str:
    """Return the style sheet. Classes are set with the property ``kind``."""
    px = scale.px
    return f"""
    * {{ font-size: {px(16)}px; color: {INK}; }}
    QMainWindow, #ground {{ background: {GROUND}; }}
    QScrollArea, #clear, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QLabel {{ background: transparent; }}
    QLabel[kind="small"] {{ font-size: {px(13.5)}px; color: {INK_2}; }}
    QLabel[kind="second"] {{ color: {INK_2}; }}
    QLabel[kind="name"] {{ font-weight: bold; }}
    QLabel[kind="heading"] {{ font-size: {px(17)}px; font-weight: bold; }}
    QLabel[kind="product"] {{ font-size: {px(19)}px; font-weight: bold; }}
    QLabel[kind="title"] {{ font-size: {px(23)}px; font-weight: bold; }}
    QLabel[kind="number"] {{ font-size: {px(22)}px; font-weight: bold; }}
    QLabel[kind="huge"] {{ font-size: {px(52)}px; font-weight: bold; }}
    QLabel[kind="count"] {{ font-size: {px(26)}px; font-weight: bold; }}
    QLabel[kind="go"] {{ color: {GO}; }} QLabel[kind="warn"] {{ color: {WARN}; font-weight: bold; }}
    QLabel[kind="stop"] {{ color: {STOP}; font-weight: bold; }}
    QLabel[badge="plain"] {{ background: {BADGE}; border-radius: 4px; padding: 2px 7px; font-size: {px(13.5)}px; }}
    QLabel[badge="go"] {{ background: {GO_SOFT}; color: {GO}; border-radius: 4px; padding: 2px 7px;
        font-size: {px(13.5)}px; }}
    QLabel[badge="warn"] {{ background: {WARN_SOFT}; color: {WARN}; border-radius: 4px; padding: 2px 7px;
        font-size: {px(13.5)}px; }}
    QFrame[kind="card"] {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 9px; }}
    QFrame[kind="call"] {{ background: {CARD}; border: 1px solid {LINE}; border-left: 5px solid {GO};
        border-radius: 9px; }}
    QFrame[kind="warnbox"] {{ background: {WARN_SOFT}; border: 1px solid {WARN}; border-radius: 9px; }}
    QFrame[kind="rule"] {{ background: {LINE}; border: none; max-height: 1px; min-height: 1px; }}
    QFrame#sidebar {{ background: {CARD}; border: none; border-right: 1px solid {LINE}; }}
    QFrame#paper {{ background: #dfe5e9; border-radius: 9px; }}
    QFrame#toast {{ background: {INK}; border-radius: 8px; }} QFrame#toast QLabel {{ color: {CARD}; }}
    QPushButton {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 8px; padding: 0 {px(9)}px;
        min-height: {TARGET - 2}px; font-size: {px(14.5)}px; font-weight: bold; icon-size: {px(18)}px; }}
    QPushButton:hover {{ background: {BRAND_SOFT}; }}
    QPushButton:focus {{ border: 3px solid {BRAND}; }}
    QPushButton:disabled {{ color: {INK_2}; background: {GROUND}; }}
    QPushButton[kind="primary"] {{ background: {BRAND}; border-color: {BRAND}; color: {CARD}; }}
    QPushButton[kind="primary"]:hover {{ background: #0e6b7c; }}
    QPushButton[kind="primary"]:focus {{ border: 3px solid {INK}; }}
    QPushButton[kind="primary"]:disabled {{ background: {INK_2}; border-color: {INK_2}; color: {CARD}; }}
    QPushButton[kind="hide"] {{ background: {STOP}; border-color: {STOP}; color: {CARD};
        min-height: {TARGET + 2}px; }}
    QPushButton[kind="hide"]:hover {{ background: #8a1a18; }}
    QPushButton[kind="hide"]:focus {{ border: 3px solid {INK}; }}
    QPushButton[kind="nav"] {{ background: transparent; border: none; text-align: left; color: {INK_2};
        padding: 0 {px(12)}px; }}
    QPushButton[kind="nav"]:hover {{ background: {BRAND_SOFT}; }}
    QPushButton[kind="nav"]:checked {{ background: {BRAND_SOFT}; color: {BRAND}; }}
    QPushButton[kind="nav"]:focus {{ border: 3px solid {BRAND}; }}
    QPushButton[kind="link"] {{ background: transparent; border: none; color: {BRAND}; padding: 0 4px;
        text-align: left; }}
    QPushButton[kind="link"]:focus {{ border: 2px solid {BRAND}; }}
    QPushButton[kind="tile"] {{ text-align: left; padding: 0; border-radius: 9px; min-height: {px(74)}px; }}
    QPushButton[kind="icon"] {{ padding: 0; }}
    QPushButton[kind="unseen"] {{ border: none; padding: 0; min-height: 0; max-height: 1px; max-width: 1px; }}
    QPushButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton[kind="tile"]:focus {{ border: 3px solid {BRAND}; }}
    QPushButton[kind="choice"]:checked {{ border: 2px solid {BRAND}; background: {BRAND_SOFT}; }}
    QPushButton[kind="layout"] {{ text-align: left; padding: 0; border-radius: 9px; }}
    QPushButton[kind="layout"]:checked {{ border: 2px solid {BRAND}; background: {BRAND_SOFT}; }}
    QPushButton[kind="layout"]:focus {{ border: 3px solid {BRAND}; }}
    QListWidget::item {{ padding: {px(7)}px 8px; border-bottom: 1px solid {LINE}; }}
    QListWidget::item:selected {{ background: {BRAND_SOFT}; color: {INK}; }}
    QListWidget:focus {{ border: 2px solid {BRAND}; }}
    QLineEdit, QComboBox, QSpinBox {{ background: {CARD}; border: 1px solid {FIELD_LINE}; border-radius: 8px;
        padding: 0 10px; min-height: {TARGET - 2}px; selection-background-color: {BRAND}; }}
    QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {BRAND}; }}
    QLineEdit#search {{ font-size: {px(17)}px; border: 2px solid {BRAND}; min-height: {TARGET}px; padding-left: 4px; }}
    QTextEdit {{ background: {CARD}; border: 1px solid {FIELD_LINE}; border-radius: 8px; padding: 8px; }}
    QCheckBox {{ spacing: 8px; min-height: 28px; background: transparent; }}
    QCheckBox::indicator {{ width: {px(18)}px; height: {px(18)}px; border: 2px solid {FIELD_LINE}; border-radius: 4px;
        background: {CARD}; }}
    QCheckBox::indicator:checked {{ background: {BRAND}; border-color: {BRAND}; image: url({_icon("check-light")}); }}
    QCheckBox::indicator:focus, QCheckBox::indicator:hover {{ border-color: {INK}; }}
    QComboBox::drop-down {{ border: none; width: 30px; }}
    QComboBox::down-arrow {{ image: url({_icon("chevron-down")}); width: 18px; height: 18px; }}
    QComboBox QAbstractItemView {{ background: {CARD}; border: 1px solid {LINE}; outline: none; padding: 4px;
        selection-background-color: {BRAND_SOFT}; selection-color: {INK}; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; background: transparent; width: 26px; }}
    QSpinBox::up-arrow {{ image: url({_icon("chevron-up")}); width: 15px; height: 15px; }}
    QSpinBox::down-arrow {{ image: url({_icon("chevron-down")}); width: 15px; height: 15px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: #b9c4cc; border-radius: 4px; min-height: 36px; margin: 0 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {FIELD_LINE}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QMenu {{ background: {CARD}; border: 1px solid {LINE}; padding: 6px; }}
    QMenu::item {{ padding: 9px 22px; border-radius: 6px; }} QMenu::item:selected {{ background: {BRAND_SOFT}; }}
    QListView, QTableView, QListWidget {{ background: transparent; border: none; outline: none; }}
    QTableView, QListWidget {{ background: {CARD}; border: 1px solid {LINE}; gridline-color: {LINE}; }}
    QTableView::item {{ padding: 4px 8px; border-bottom: 1px solid {LINE}; }}
    QHeaderView::section {{ background: {CARD}; border: none; border-bottom: 1px solid {LINE}; padding: 8px;
        font-size: {px(13.5)}px; font-weight: bold; color: {INK_2}; }}
    QProgressBar {{ border: 1px solid {LINE}; border-radius: 6px; background: {CARD}; text-align: center; }}
    QProgressBar::chunk {{ background: {BRAND}; border-radius: 5px; }}
    """
