"""Every text can be read: 4.5 to 1 at least against whatever it stands on, in every theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog, QRadioButton
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, Theme, look

# What WCAG 2 asks of text; what cannot be used just now is exempt.
LEAST = 4.5
# And of the outline of what can be pressed.
LEAST_OUTLINE = 3.0
# Cards and fields may be lit, frozen or under the mouse.
_GROUNDS = ("background", "panel", "raised", "accent_wash", "frozen_wash")
TEXT_ON = {
    "ink": (*_GROUNDS, "hairline", "settles_wash", "overshoots_wash", "diverges_wash"),
    "muted": _GROUNDS,
    "accent": _GROUNDS,
    "positive": _GROUNDS,
    "negative": _GROUNDS,
    "frozen": _GROUNDS,
    "settles": (*_GROUNDS, "settles_wash"),
    "overshoots": (*_GROUNDS, "overshoots_wash"),
    "diverges": (*_GROUNDS, "diverges_wash"),
    "on_accent": ("accent",),
}
PAIRS = [(text, ground) for text, grounds in TEXT_ON.items() for ground in grounds]


def luminance(color: str) -> float:
    """Relative luminance of a #rrggbb colour, as WCAG 2 defines it."""
    total = 0.0
    for at, share in ((1, 0.2126), (3, 0.7152), (5, 0.0722)):
        value = int(color[at : at + 2], 16) / 255
        total += share * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return total


def contrast(one: str, other: str) -> float:
    """From 1 for the same colour to 21 for black on white."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_stands_out_from_its_background(theme: Theme, text: str, ground: str) -> None:
    found = contrast(getattr(theme, text), getattr(theme, ground))
    assert found >= LEAST, f"{text} on {ground} in {theme.name}: {found:.2f}"


@pytest.fixture
def _light_afterwards(qapp: object) -> Iterator[None]:
    yield
    look.choose("light")


@pytest.mark.usefixtures("_light_afterwards")
@pytest.mark.parametrize("checked", [False, True])
@pytest.mark.parametrize("kind", [QRadioButton, QCheckBox])
@pytest.mark.parametrize("theme", THEMES)
def test_what_can_be_chosen_stands_out(
    qtbot: QtBot, theme: str, kind: type[QAbstractButton], checked: bool
) -> None:
    look.choose(theme)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    button = kind(dialog)
    button.setChecked(checked)
    button.adjustSize()
    dialog.show()
    image = dialog.grab(button.geometry()).toImage()

    middle = image.height() // 2
    colors = [image.pixelColor(x, middle).name() for x in range(image.width())]
    ground = look.theme.background
    # On both sides of its outline.
    assert max(contrast(color, ground) for color in colors[:4]) >= LEAST_OUTLINE
    assert max(contrast(color, look.theme.panel) for color in colors[:4]) >= LEAST_OUTLINE
