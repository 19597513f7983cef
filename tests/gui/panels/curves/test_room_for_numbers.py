"""No number of the curves and plots is cut or lies over another, however small or large it is."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.look.painting import lettering
from gui.look.theme import look
from gui.panels.curves.bowl_card import BowlCard
from gui.panels.curves.panel import PlotsColumn
from gui.panels.curves.step_plots import StepCard
from gui.plots.ticks import ticks_width
from tests.gui.helpers.bench import made_up
from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.showing import on_screen

INPUTS = [1e-9, -1e-6, 1e-3, 1.0, -1e3, 1e6, -1e8, 0.0, 8.5]
WEIGHTS = [0.0, 1e-15, -1e9, 0.3, -1e-4, 1e-3, 0.0, 1e9, -1.0]
SIZES = ((340, 430), (452, 470), (690, 750))


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("delta", [1e-15, -1e-15, 1e-5, -1.0, 3.1e7, -3.1e7])
def test_every_text_lies_whole_in_its_place(qtbot: QtBot, theme: str, delta: float) -> None:
    look.choose(theme)
    for n in (9, 3, 2):
        inputs, weights = INPUTS[-n:], WEIGHTS[-n:]
        pred = sum(w * x for w, x in zip(weights, inputs, strict=True))
        session = made_up([inputs], [[pred - delta]], [weights], 1e-18)
        session.view.show(hot_and_cold=True, weights=[[0, at] for at in range(n)])
        column = on_screen(qtbot, PlotsColumn(session), SIZES[0])
        for size in SIZES:
            column.resize(*size)
            QApplication.processEvents()
            session.playback.take(2)
            for one_scale in (False, True):
                session.view.show(one_scale=one_scale)
                for card in column.curves.cards:
                    check_bowl(card)
            for log in (False, True):
                session.view.show(log=log)
                for step_card in column.steps.cards:
                    check_steps(step_card)
            session.view.show(log=False)
            session.playback.seek(0)


def check_bowl(card: BowlCard) -> None:
    texts = [(place, text) for place, text in card.header_parts() if text]
    assert "slope" in " ".join(text for _, text in texts)
    assert_apart([place for place, _ in texts], QRectF(card.rect()))
    labels = card.plot.bowls.probe_labels()
    if card.plot.probes is not None:
        assert any(warm for _, _, warm in labels)
    assert_apart([place for place, _, _ in labels], QRectF(card.plot.rect()))
    for place, text, warm in labels:
        weight = QFont.Weight.DemiBold if warm else QFont.Weight.Normal
        assert lettering(0.85, weight).width(text) <= place.width()
        # Above what is drawn, so that no curve crosses it.
        assert place.bottom() <= card.plot.area.top()


def check_steps(card: StepCard) -> None:
    plot, picture = card.plot, card.picture
    letters = lettering(0.92, QFont.Weight.DemiBold)
    left = plot.area.right() + look.theme.px(11)
    for text, _, _, _ in picture.label_rows():
        assert left + letters.width(text) <= plot.width() + 0.5
    rows = [row for *_, row in picture.label_rows()]
    for above, below in pairwise(rows):
        assert below - above >= letters.metrics.capHeight()
    assert ticks_width(picture.y_ticks) <= plot.area.left() + 0.5


def assert_apart(places: list[QRectF], around: QRectF) -> None:
    for at, place in enumerate(places):
        assert around.contains(place)
        for other in places[at + 1 :]:
            assert not place.intersects(other)


def test_a_weight_of_a_pixel_is_named_in_fewer_words_and_its_numbers_are_never_cut(
    qtbot: QtBot,
) -> None:
    session = digits_session()
    column = on_screen(qtbot, PlotsColumn(session), (900, 600))
    whole = [session.view.weights.name(cell) for cell in session.view.weights.cells]
    short = [name.removeprefix("pixel ") for name in whole]
    shown: set[str] = set()
    for width in range(900, 240, -20):
        column.resize(width, 600)
        QApplication.processEvents()
        for card, *names in zip(column.curves.cards, whole, short, strict=True):
            name = card.header_parts()[1][1]
            assert name in (*names, "")
            shown.add("whole" if name == names[0] else "short" if name else "none")
    assert shown >= {"whole", "short"}


def test_the_heading_fits_also_where_a_button_comes_beside_it(qtbot: QtBot) -> None:
    session = made_up([[1.0]], [[2.0]], [[0.5]], 0.1)
    column = on_screen(qtbot, PlotsColumn(session), (452, 470))
    session.open(digits_session().experiment)
    QApplication.processEvents()
    heading = column.curves.findChild(QLabel, "heading")
    assert isinstance(heading, QLabel)
    for width in range(452, 300, -10):
        column.resize(width, 470)
        QApplication.processEvents()
        assert heading.fontMetrics().horizontalAdvance(heading.text()) <= heading.width()
