"""The fonts that come with the application."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from tests.conftest import PROJECT

FONT_FILES = sorted((PROJECT / "resources" / "fonts").glob("*.otf"))


@pytest.fixture(scope="module", autouse=True)
def _inter(qapp: QApplication) -> None:
    for path in FONT_FILES:
        assert QFontDatabase.addApplicationFont(str(path)) != -1


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_digits_keep_their_place_in_every_weight(weight: int) -> None:
    font = QFont("Inter")
    font.setPixelSize(13)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    metrics = QFontMetricsF(font)

    assert QFontInfo(font).family() == "Inter"
    assert QFontInfo(font).weight() == weight
    widths = [metrics.horizontalAdvance(digit * 4) for digit in "0123456789"]
    # The 4 is up to 0.03 px narrower than the others; without the feature the 1 is 2 px narrower.
    assert max(widths) - min(widths) < 0.25
    assert metrics.horizontalAdvance("+") == metrics.horizontalAdvance("−")


def test_the_licence_lies_beside_the_fonts() -> None:
    licence = Path(FONT_FILES[0].parent, "OFL.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
