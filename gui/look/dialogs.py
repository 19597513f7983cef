"""The look of dialogs: the rules of the style sheet that are for them, with signs of their own."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QColor

_HALF = 127


class Colours(Protocol):
    """What the rules need of a theme."""

    @property
    def panel(self) -> str:
        """The surface that things lie on."""

    @property
    def raised(self) -> str:
        """A surface that stands out a little."""

    @property
    def ink(self) -> str:
        """Type."""

    @property
    def muted(self) -> str:
        """Type of less weight, and outlines that have to be seen."""

    @property
    def outline(self) -> str:
        """Outlines of what stands out by itself, or cannot be used just now."""

    @property
    def on_accent(self) -> str:
        """What stands on the colour of what can be pressed."""

    @property
    def hairline(self) -> str:
        """Thin lines."""

    @property
    def accent(self) -> str:
        """What can be pressed."""

    @property
    def accent_wash(self) -> str:
        """A surface under the pointer."""

    def px(self, size: float) -> int:
        """Pixels of a size in 13 pixel type."""


@cache
def _sign(name: str) -> str:
    """A picture among the resources, as a style sheet names it: grey or violet in every theme."""
    file = Path(str(resources.files("resources") / "icons" / f"{name}.svg"))
    return f'url("{file.as_posix()}")'


def indicator_rules(theme: Colours) -> str:
    """Rules for radio buttons and check boxes: their outline is seen on every surface."""
    t, px = theme, theme.px
    # Inside and outline together are as wide, chosen or not; a circle needs half of that.
    size, line, dot = px(15), max(1, px(1.5)), px(4.5)
    check = _sign("check-white" if QColor(t.on_accent).lightness() > _HALF else "check-black")
    return f"""
    QRadioButton::indicator, QCheckBox::indicator {{ width: {size - 2 * line}px;
        height: {size - 2 * line}px; border: {line}px solid {t.muted}; background: {t.panel}; }}
    QRadioButton::indicator {{ border-radius: {size // 2}px; }}
    QCheckBox::indicator {{ border-radius: {px(3)}px; }}
    QRadioButton::indicator:hover, QCheckBox::indicator:hover, QRadioButton::indicator:focus,
    QCheckBox::indicator:focus {{ border-color: {t.accent}; background: {t.accent_wash}; }}
    QRadioButton::indicator:checked {{ width: {size - 2 * dot}px; height: {size - 2 * dot}px;
        border: {dot}px solid {t.accent}; background: {t.panel}; }}
    QCheckBox::indicator:checked {{ border-color: {t.accent}; background: {t.accent};
        image: {check}; }}
    QRadioButton::indicator:checked:focus, QCheckBox::indicator:checked:focus {{
        border-color: {t.ink}; }}
    QRadioButton::indicator:disabled, QCheckBox::indicator:disabled {{
        border-color: {t.outline}; }}
    QRadioButton::indicator:checked:disabled {{ border-color: {t.muted}; }}
    QCheckBox::indicator:checked:disabled {{ border-color: {t.muted}; background: {t.muted}; }}
    QRadioButton:focus, QCheckBox:focus {{ color: {t.accent}; }}
    """


def dialog_rules(theme: Colours) -> str:
    """Rules for what is seen in dialogs, and in those of Qt above all."""
    t, px = theme, theme.px
    return f"""
    QMessageBox {{ messagebox-question-icon: {_sign("message-question")};
        messagebox-critical-icon: {_sign("message-fault")};
        messagebox-warning-icon: {_sign("message-fault")};
        messagebox-information-icon: {_sign("message-about")}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QSpinBox {{ padding-right: {px(22)}px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ subcontrol-origin: border;
        width: {px(22)}px; border: none; background: transparent; }}
    QSpinBox::up-button {{ subcontrol-position: top right; }}
    QSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QSpinBox::up-button:hover, QSpinBox::down-button:hover {{ background: {t.accent_wash}; }}
    QSpinBox::up-arrow {{ image: {_sign("arrow-up")}; width: {px(12)}px; height: {px(12)}px; }}
    QSpinBox::down-arrow {{ image: {_sign("arrow-down")};
        width: {px(12)}px; height: {px(12)}px; }}
    QComboBox::drop-down {{ border: none; width: {px(22)}px; }}
    QComboBox::down-arrow {{ image: {_sign("arrow-down")};
        width: {px(12)}px; height: {px(12)}px; }}
    QFileDialog {{ filedialog-parent-directory-icon: {_sign("dialog-parent")};
        filedialog-new-directory-icon: {_sign("dialog-new-folder")};
        filedialog-listview-icon: {_sign("dialog-list")};
        filedialog-detailedview-icon: {_sign("dialog-details")};
        backward-icon: {_sign("dialog-back")}; forward-icon: {_sign("dialog-forward")}; }}
    QFileDialog QToolButton {{ border-color: transparent; background: transparent;
        padding: {px(4)}px; }}
    QFileDialog QToolButton:checked, QFileDialog QToolButton:hover {{
        background: {t.accent_wash}; }}
    QFileDialog QToolButton:focus {{ border: 1px solid {t.accent}; padding: {px(4)}px; }}
    QFileDialog QListView, QFileDialog QTreeView {{ background: {t.panel}; color: {t.ink};
        border: 1px solid {t.hairline}; selection-background-color: {t.accent_wash};
        selection-color: {t.ink}; }}
    QTabBar QToolButton {{ padding: 0; border-radius: 0; }}
    QMessageBox QLabel#qt_msgbox_label {{ min-width: {px(340)}px; }}
    QProgressBar {{ background: {t.hairline}; border: none; border-radius: {px(3)}px;
        min-height: {px(6)}px; max-height: {px(16)}px; text-align: center; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: {px(3)}px; }}
    """
