"""Sixty-two classes, and long names, in the smallest window: nothing is cut, all can be reached."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.quality.mistakes import Mistake, MistakesView
from gui.plots.cloud.legend import Legend
from gui.plots.cloud.sprites import Kind
from gui.plots.confusion import ConfusionView
from gui.window.window import Window
from model.files.sets.access import Access
from model.files.sets.opening import open_set
from tests.gui.helpers import panels
from tests.gui.helpers.window_bench import end_window
from tests.model.files.sets.replicas import pictures, write_npz

LABELS = [at % 62 for at in range(124)]
NAMES = tuple(f"{at}" for at in range(62))
FASHION = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker")


def test_all_panels_have_room_for_62_classes(qtbot: QtBot, tmp_path: Path) -> None:
    file = write_npz(tmp_path / "a.npz", x=pictures(LABELS, (20, 20)), y=np.array(LABELS))
    window = Window(open_set(file, Access()))
    window.resize(1024, 768)
    with qtbot.waitExposed(window):
        window.show()
    assert window.size() == QSize(1024, 768)
    images = panels.weight_images(window)
    qtbot.waitUntil(lambda: images.cards[0].width() > 0 and not window.places.waiting)
    cards = images.cards
    assert len(cards) == 62
    # Wide images, in rows of which two are in sight; the last one is scrolled to.
    drawing = cards[0]._drawing  # noqa: SLF001 - where its image lies
    assert drawing is not None
    assert drawing.layout.image.width() > 0.8 * cards[0].width()
    board = cards[0].parentWidget()
    assert board is not None
    area = board.parentWidget()
    assert area is not None
    assert 2 * cards[0].height() <= area.height() < board.height()
    assert all(board.rect().contains(card.geometry()) for card in cards)
    assert drawing.name_in("61", 40.0) == "61"
    window.session.playback.take(40)
    window.session.view.show(panel="quality")
    quality = panels.quality(window)
    qtbot.waitUntil(lambda: quality.confusion.width() > 0 and quality.accuracy.text() != "…")
    qtbot.waitUntil(lambda: not window.busy)
    last = quality.confusion.cell_rect((61, 61))
    assert quality.confusion.rect().contains(last)
    assert last.right() - quality.confusion.cell_rect((0, 0)).left() > 120
    end_window(window)


def test_a_cell_of_a_large_matrix_is_where_it_is_drawn(qtbot: QtBot) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    view.resize(240, 240)
    counts = np.arange(62 * 62, dtype=np.int64).reshape(62, 62)
    view.set_counts(NAMES, counts)
    assert not view.grab().isNull()
    chosen: list[object] = []
    view.chosen.connect(chosen.append)
    for pair in ((0, 0), (30, 7), (61, 61)):
        place = view.cell_rect(pair).center()
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
        assert chosen[-1] == pair
    # Each cell begins where the one before it ends.
    lefts = [view.cell_rect((0, at)) for at in range(62)]
    assert all(a.right() + 1 == b.left() for a, b in pairwise(lefts))


def test_long_names_stand_beside_the_matrix_and_below_mistakes(qtbot: QtBot) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    view.resize(220, 300)
    n = len(FASHION)
    view.set_counts(FASHION, np.ones((n, n), dtype=np.int64))
    assert not view.grab().isNull()
    assert view.cell_rect((n - 1, n - 1)).right() < view.width()
    assert view.cell_rect((0, 0)).width() > 12
    low, high = MistakesView(), MistakesView()
    for mistakes, names in ((low, ("1", "2")), (high, FASHION[:2])):
        qtbot.addWidget(mistakes)
        mistakes.resize(240, 300)
        mistakes.set_mistakes(None, [Mistake(0, names[0], names[1], 0.5, 1)])
    assert high.place(0).height() > low.place(0).height()


def test_a_long_legend_is_scrolled_by_wheel_and_keys(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    kinds = [Kind("#000000")] * 62
    legend.show_classes("label", kinds, NAMES, frozenset())
    height = legend.heightForWidth(300)
    legend.resize(300, height)
    with qtbot.waitExposed(legend):
        legend.show()
    assert height < 4 * look.theme.px(22)
    assert legend.bar.isVisible()
    assert legend.chip(61).top() > height
    turned = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(legend, turned)
    assert legend.bar.value() > 0
    toggled: list[int] = []
    legend.toggled.connect(toggled.append)
    for _ in range(61):
        QTest.keyClick(legend, Qt.Key.Key_Right)
    chip = legend.chip(61)
    assert 0 <= chip.top() <= chip.bottom() <= height
    QTest.mouseClick(legend, Qt.MouseButton.LeftButton, pos=chip.center().toPoint())
    assert toggled == [61]
    legend.show_classes("label", kinds[:3], NAMES[:3], frozenset())
    assert not legend.bar.isVisible()
    assert legend.chip(0).top() == 0
