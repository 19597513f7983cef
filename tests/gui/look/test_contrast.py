"""Every text can be read: 4.5 to 1 at least against whatever it stands on, in every theme."""

from __future__ import annotations

import pytest

from gui.look.theme import THEMES, Theme

# What WCAG 2 asks of text; what cannot be used just now is exempt.
LEAST = 4.5
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
