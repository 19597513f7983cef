"""Colours, type and line widths: the only place that knows what anything looks like.

Blue is a positive weight and orange a negative one, teal is frozen, violet is *now* and what
can be pressed. No meaning is carried by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import NamedTuple

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.look.control_rules import control_rules
from gui.look.dialogs import dialog_rules, indicator_rules
from gui.look.late import LookFollower
from gui.look.styling import put_on
from model.words.numbers import sign_role


class Theme(NamedTuple):
    """One look. Colours are #rrggbb; sizes are pixels."""

    name: str
    background: str
    panel: str
    raised: str
    hairline: str
    outline: str
    ink: str
    muted: str
    accent: str
    accent_wash: str
    on_accent: str
    positive: str
    negative: str
    frozen: str
    frozen_wash: str
    settles: str
    settles_wash: str
    overshoots: str
    overshoots_wash: str
    diverges: str
    diverges_wash: str
    zero: str
    font_px: int = 13
    line: float = 1.0

    @property
    def key(self) -> str:
        """Stands for all of the look in what is kept of it: its colours and its sizes."""
        return f"{self.name} {self.font_px}"

    def color(self, role: str) -> QColor:
        """The QColor of a role, by the name of its field; one for all, and not to be changed."""
        return named_color(getattr(self, role))

    def px(self, pixels: float) -> int:
        """A length that grows with the type, given for 13 pixel type."""
        return round(pixels * self.font_px / 13)

    @property
    def dialog_width(self) -> int:
        """How wide the sentences of a dialog are: around them it fits the smallest window."""
        return min(self.px(560), 1000 - 2 * self.px(22))

    def font(self, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Type with figures of one width, so that numbers keep their place; not to be changed."""
        return type_of(self.font_px, scale, weight)

    def signed(self, value: float) -> QColor:
        """Blue for a positive value, orange for a negative one, ink for zero."""
        return self.color(sign_role(value))


LIGHT = Theme(
    name="light",
    background="#f6f6f2", panel="#ffffff", raised="#fbfbf9", hairline="#e3e3dd",
    outline="#c4c5c0", ink="#1b1f2a", muted="#646b78", accent="#6840d6",
    accent_wash="#efeafc", on_accent="#ffffff", positive="#2160dd", negative="#aa5205",
    frozen="#0e6f67", frozen_wash="#eaf5f2", settles="#0e6f67", settles_wash="#cbe7e1",
    overshoots="#8f560a", overshoots_wash="#f6deac", diverges="#ac1956",
    diverges_wash="#f4c5d6", zero="#ffffff",
)  # fmt: skip

DARK = Theme(
    name="dark",
    background="#14161c", panel="#1c1f27", raised="#22262f", hairline="#2f343f",
    outline="#4a515f", ink="#eceef3", muted="#a0a7b5", accent="#a78bfa",
    accent_wash="#2f2850", on_accent="#15121f", positive="#7eaaff", negative="#f5a04e",
    frozen="#4fd1c1", frozen_wash="#173733", settles="#4fd1c1", settles_wash="#1d4a44",
    overshoots="#efbf5b", overshoots_wash="#584519", diverges="#f587b4",
    diverges_wash="#5c2440", zero="#f5f5f2",
)  # fmt: skip

PROJECTOR = Theme(
    name="projector",
    background="#ffffff", panel="#ffffff", raised="#f7f7f5", hairline="#c9c9c3",
    outline="#8d8f89", ink="#000000", muted="#3f4550", accent="#5626cf",
    accent_wash="#e9e2fb", on_accent="#ffffff", positive="#0b49c4", negative="#a84a00",
    frozen="#00605a", frozen_wash="#dff1ee", settles="#00605a", settles_wash="#b5ddd5",
    overshoots="#7a4600", overshoots_wash="#f2cf83", diverges="#990f48",
    diverges_wash="#efadc6", zero="#ffffff", font_px=17, line=1.6,
)  # fmt: skip

THEMES = {theme.name: theme for theme in (LIGHT, DARK, PROJECTOR)}
# How large text is, in percent of what the theme has; all lengths grow with it.
TEXT_SIZES = (100, 125, 150, 200)


def type_of(font_px: int, scale: float, weight: QFont.Weight) -> QFont:
    """The type of that share of a theme's size; not to be changed."""
    return _font(round(font_px * scale), weight)


# The classes 0 to 9, in every theme. Chosen for the smallest difference of any two (CIEDE2000)
# as people with and without a colour vision deficiency see them, digits that are often taken for
# each other furthest apart; a test computes it.
CLASS_COLORS = (
    "#007c66", "#ff50a8", "#7c5092", "#66a8be", "#926600",
    "#be1450", "#be7cff", "#92a800", "#be927c", "#0050ff",
)  # fmt: skip


@cache
def named_color(name: str) -> QColor:
    """A colour by #rrggbb, read once, as panels ask while they paint; not to be changed."""
    return QColor(name)


@cache
def _font(pixels: int, weight: QFont.Weight) -> QFont:
    """Made once for each size and weight: panels ask for them while they paint."""
    font = QFont(font_family())
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def font_family() -> str:
    """Inter, from the files that come with the application; registered on first use."""
    family = ""
    fonts = resources.files("resources") / "fonts"
    for entry in sorted(fonts.iterdir(), key=lambda item: item.name):
        if entry.name.endswith((".otf", ".ttf")):
            number = QFontDatabase.addApplicationFontFromData(entry.read_bytes())
            if not family and number >= 0:
                family = QFontDatabase.applicationFontFamilies(number)[0]
    return family or QGuiApplication.font().family()


class Look(QObject):
    """The theme in force; ``changed`` is for those that are no widgets, the others follow it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.choice = "light"
        self.text_size = TEXT_SIZES[0]
        # None follows the system.
        self.chosen_motion: bool | None = None
        # What the application has on; None before anything was put on it.
        self._worn: Theme | None = None

    def follow(self, widget: QWidget, restyle: Callable[[], object]) -> None:
        """Call a widget back after each change, once it can be seen; Qt itself paints it anew."""
        LookFollower(widget, self.changed, restyle)

    def choose(self, choice: str) -> None:
        """Set "light", "dark", "projector" or "system" (follows the desktop)."""
        self.choice = choice
        self._apply()

    def choose_text_size(self, percent: int) -> None:
        """Set how large text is, one of TEXT_SIZES."""
        if percent != self.text_size:
            self.text_size = percent
            self._apply()

    def resize_text(self, by: int) -> None:
        """Go ``by`` places up in TEXT_SIZES, as far as they reach."""
        place = TEXT_SIZES.index(self.text_size) + by
        self.choose_text_size(TEXT_SIZES[min(max(0, place), len(TEXT_SIZES) - 1)])

    @property
    def motion(self) -> bool:
        """Whether something may move only to be looked at; as the system has it if unchosen."""
        return _system_moves() if self.chosen_motion is None else self.chosen_motion

    def choose_motion(self, moves: bool | None) -> None:
        """Set whether something may move only to be looked at; None to follow the system."""
        if moves is not self.chosen_motion:
            self.chosen_motion = moves
            self.changed.emit()

    def follow_system(self) -> None:
        """Begin to follow the desktop's own changes, where "system" is chosen."""
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    @Slot()
    def _scheme_changed(self) -> None:
        if self.choice == "system":
            self._apply()

    def _apply(self) -> None:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        system = DARK if dark else LIGHT
        theme = THEMES.get(self.choice, system)
        self.theme = theme._replace(font_px=round(theme.font_px * self.text_size / 100))
        # Every widget would be styled, and every panel painted, once more as it is.
        if self.theme == self._worn:
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            put_on(app, self.theme.font(), _palette(self.theme), _style_sheet(self.theme))
            self._worn = self.theme
        self.changed.emit()


look = Look()


def _system_moves() -> bool:
    """Whether the system wants motion, as far as Qt tells; so it is where nobody says."""
    style = QApplication.style() if QApplication.instance() is not None else None
    # With all its enums this class takes eight milliseconds to make.
    hint = QtWidgets.QStyle.StyleHint.SH_Widget_Animation_Duration
    return style is None or style.styleHint(hint) > 0


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in {
        roles.Window: "background", roles.WindowText: "ink", roles.Base: "panel",
        roles.AlternateBase: "raised", roles.Text: "ink", roles.Button: "panel",
        roles.ButtonText: "ink", roles.ToolTipBase: "raised", roles.ToolTipText: "ink",
        roles.Highlight: "accent", roles.HighlightedText: "on_accent",
        roles.PlaceholderText: "muted", roles.Link: "accent", roles.Mid: "outline",
    }.items():  # fmt: skip
        palette.setColor(role, theme.color(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("outline"))
    return palette


def _style_sheet(theme: Theme) -> str:
    """Rules shared by all widgets. Object names: primary, segment, panel, heading, muted, cells.

    A sheet of a widget's own would have it, and all in it, styled once more with each theme.
    """
    t, px = theme, theme.px
    # A handle is round only where its border box is a square of twice the radius.
    groove, border, over = px(4), max(2, px(2)), px(5)
    handle = groove + 2 * over
    return f"""
    QMainWindow, QDialog {{ background: {t.background}; }}
    QWidget {{ color: {t.ink}; outline: none; }}
    QToolTip {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.outline};
        padding: {px(4)}px; }}
    QMenuBar {{ background: {t.panel}; border-bottom: 1px solid {t.hairline};
        padding: {px(2)}px {px(6)}px; }}
    QMenuBar::item {{ padding: {px(4)}px {px(9)}px; border-radius: {px(4)}px;
        background: transparent; }}
    QMenuBar::item:selected {{ background: {t.accent_wash}; }}
    QMenu {{ background: {t.panel}; border: 1px solid {t.outline}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(5)}px {px(28)}px {px(5)}px {px(22)}px;
        border-radius: {px(4)}px; }}
    QMenu::item:selected {{ background: {t.accent_wash}; color: {t.ink}; }}
    QMenu::item:disabled {{ color: {t.outline}; }}
    QMenu::separator {{ height: 1px; background: {t.hairline}; margin: {px(4)}px {px(8)}px; }}
    QPushButton, QToolButton {{ background: {t.panel}; border: 1px solid {t.outline};
        border-radius: {px(7)}px; padding: {px(6)}px {px(13)}px; font-weight: 600; }}
    QPushButton:hover, QToolButton:hover {{ background: {t.accent_wash}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {t.hairline}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.accent};
        padding: {px(6) - 1}px {px(13) - 1}px; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {t.outline};
        border-color: {t.hairline}; background: {t.raised}; }}
    QPushButton#primary {{ background: {t.accent}; color: {t.on_accent};
        border-color: {t.accent}; }}
    QPushButton#primary:focus {{ border-color: {t.ink}; }}
    QPushButton#primary:disabled {{ background: {t.accent_wash}; color: {t.outline};
        border-color: {t.accent_wash}; }}
    QToolButton#quiet, QPushButton#quiet {{ border-color: transparent; background: transparent;
        color: {t.accent}; padding: {px(3)}px {px(7)}px; }}
    QToolButton#quiet:hover, QPushButton#quiet:hover {{ background: {t.accent_wash}; }}
    QToolButton#quiet:checked {{ background: {t.accent_wash}; }}
    QToolButton#quiet:focus, QPushButton#quiet:focus {{ border: 1px solid {t.accent};
        padding: {px(3)}px {px(7)}px; }}
    QToolButton#quiet:disabled, QPushButton#quiet:disabled {{ color: {t.outline}; }}
    QLineEdit, QSpinBox, QComboBox {{ background: {t.panel}; color: {t.ink};
        border: 1px solid {t.outline}; border-radius: {px(6)}px;
        padding: {px(4)}px {px(7)}px; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; }}
    QLineEdit:focus, QSpinBox:focus, QComboBox:focus {{ border-color: {t.accent}; }}
    QComboBox QAbstractItemView {{ background: {t.panel}; color: {t.ink};
        border: 1px solid {t.outline}; selection-background-color: {t.accent_wash};
        selection-color: {t.ink}; }}
    QSlider {{ min-height: {handle}px; }}
    QSlider::groove:horizontal {{ height: {groove}px; background: {t.outline};
        border-radius: {groove // 2}px; }}
    QSlider::handle:horizontal {{ width: {handle - 2 * border}px; margin: -{over}px 0;
        background: {t.panel}; border: {border}px solid {t.accent};
        border-radius: {handle // 2}px; }}
    QSlider::handle:horizontal:disabled {{ border-color: {t.outline}; }}
    QSlider::handle:horizontal:hover {{ background: {t.accent_wash}; }}
    QSlider::handle:horizontal:focus {{ background: {t.accent}; }}
    QFrame#panel {{ background: {t.panel}; border: 1px solid {t.hairline};
        border-radius: {px(6)}px; }}
    QLabel#heading {{ font-weight: 600; }}
    QLabel#muted {{ color: {t.muted}; }}
    QTabWidget::pane {{ border: none; }}
    QTabBar {{ background: transparent; }}
    QTabBar::tab {{ background: transparent; color: {t.muted}; border: none;
        border-bottom: 2px solid transparent; padding: {px(5)}px {px(6)}px; }}
    QTabBar::tab:selected {{ color: {t.ink}; font-weight: 600;
        border-bottom: 2px solid {t.accent}; }}
    QTabBar::tab:focus {{ color: {t.accent}; background: {t.accent_wash}; }}
    QHeaderView::section {{ background: {t.panel}; color: {t.muted}; border: none;
        border-bottom: 1px solid {t.hairline}; padding: {px(3)}px {px(8)}px; }}
    QTableView {{ background: {t.panel}; border: none; gridline-color: transparent;
        selection-background-color: {t.accent_wash}; selection-color: {t.ink}; }}
    QTableView#cells {{ outline: 0; border: 1px solid transparent; }}
    QTableView#cells:focus {{ border: 1px solid {t.accent}; }}
    QTableView#cells QHeaderView {{ background: {t.panel}; }}
    QSplitter::handle {{ background: {t.hairline}; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; }}
    QScrollBar::handle {{ background: {t.outline}; border-radius: {px(4)}px;
        min-height: {px(24)}px; min-width: {px(24)}px; margin: 1px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    {indicator_rules(theme)}{dialog_rules(theme)}{control_rules(theme)}
    ChoiceBox {{ padding: {px(3)}px {px(2)}px {px(3)}px {px(8)}px; }}
    ChoiceBox::drop-down {{ border: none; width: {px(20)}px; }}
    ChoiceBox::down-arrow {{ image: none; width: auto; height: auto; }}"""
