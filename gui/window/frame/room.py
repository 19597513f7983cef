"""How much room there is: the smallest window, and what gives way in a small one."""

from __future__ import annotations

from PySide6.QtCore import QSize

from gui.look.theme import TEXT_SIZES, look
from gui.window.places import Places

# Pixels, in 13 pixel type.
_HEIGHT_FOR_WORDS = 680
_HEIGHT_FOR_LOWER = 640
# The smallest window is never larger than the screen of a small projector.
_SMALL_SCREEN = QSize(1024, 768)


def least_size() -> QSize:
    """The smallest window in which the panels find their places, in the type of the theme."""
    least = QSize(max(1000, look.theme.px(932)), max(660, look.theme.px(569)))
    return least.boundedTo(_SMALL_SCREEN)


def fit(places: Places, height: int, images: bool) -> None:
    """Have words and panels give way to the bench in a window of so many pixels of height.

    ``images`` says whether the examples are images, whose benches need more of it.
    """
    px = look.theme.px
    # In text that somebody wants large no words are left out: what has no room is scrolled to.
    usual = look.text_size == TEXT_SIZES[0]
    places.header.set_brief(usual and height < px(_HEIGHT_FOR_WORDS))
    enough = _HEIGHT_FOR_WORDS if images else _HEIGHT_FOR_LOWER
    places.below.set_scarce(height < px(enough))
    places.set_width(places.free_width * 13 / look.theme.font_px)
