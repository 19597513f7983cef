"""The plot that others build on: its range, its pixels, its zoom, and its ticks."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from gui.look.painting import shade
from gui.look.theme import DARK, LIGHT, look
from gui.plots.plot import Picture, Plot, View
from gui.plots.ticks import linear_ticks, log_ticks
from tests.gui.helpers.driving import drag, wheel

HOME = View(-1.0, 3.0, 0.0, 10.0)


class Cross(Picture):
    """Paints one square where x is 1 and y is 5."""

    def draw(self, painter: QPainter) -> None:
        at = QPointF(self.plot.x_px(1.0), self.plot.y_px(5.0))
        painter.fillRect(round(at.x()) - 3, round(at.y()) - 3, 7, 7, shade("accent"))


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    plot = Plot("a test plot")
    plot.set_picture(Cross(plot))
    qtbot.addWidget(plot)
    plot.resize(240, 160)
    plot.set_margins(20, 5, 10, 15)
    plot.show_view(HOME)
    with qtbot.waitExposed(plot):
        plot.show()
    QApplication.processEvents()
    return plot


def same(one: View, other: View) -> bool:
    return all(
        math.isclose(getattr(one, side), getattr(other, side), abs_tol=1e-9)
        for side in ("left", "right", "bottom", "top")
    )


# -- range and pixels -------------------------------------------------------------------


def test_data_and_pixels_are_each_others_inverse(plot: Plot) -> None:
    assert (plot.area.left(), plot.area.top()) == (20, 5)
    assert (plot.area.right(), plot.area.bottom()) == (230, 145)
    assert plot.x_px(-1.0) == 20
    assert plot.x_px(3.0) == 230
    assert plot.y_px(0.0) == 145
    assert plot.y_px(10.0) == 5
    for x, y in ((0.3, 2.0), (-0.9, 9.5)):
        assert plot.x_at(plot.x_px(x)) == pytest.approx(x)
        assert plot.y_at(plot.y_px(y)) == pytest.approx(y)


def test_the_box_of_pyqtgraph_shows_the_same_range(plot: Plot) -> None:
    for x, y in ((0.0, 0.0), (1.0, 5.0)):
        there = plot.box.mapViewToScene(QPointF(x, y))
        assert there.x() == pytest.approx(plot.x_px(x), abs=0.01)
        assert there.y() == pytest.approx(plot.y_px(y), abs=0.01)


def test_the_picture_is_painted_at_its_place_and_in_the_themes_colours(plot: Plot) -> None:
    for theme in (LIGHT, DARK):
        look.choose(theme.name)
        QApplication.processEvents()
        image = plot.grab().toImage()
        at = QPoint(round(plot.x_px(1.0)), round(plot.y_px(5.0)))
        assert image.pixelColor(at) == theme.color("accent")
        assert image.pixelColor(5, 5) == theme.color("panel")


@pytest.mark.parametrize(
    "view",
    [
        View(0.0, math.nan, 0.0, 1.0),
        View(0.0, math.inf, 0.0, 1.0),
        View(0.0, 1.0, 1.0, 1.0),
        View(2.0, 1.0, 0.0, 1.0),
        View(1.0, 1.0 + 1e-15, 0.0, 1.0),
    ],
)
def test_a_range_that_cannot_be_shown_is_passed_over(plot: Plot, view: View) -> None:
    assert not view.usable
    plot.show_view(view)
    assert plot.view == plot.fitting == HOME


def test_resizing_keeps_the_range(plot: Plot) -> None:
    plot.resize(400, 90)
    QApplication.processEvents()
    assert plot.view == HOME
    assert plot.area.width() == 370


# -- zoom -------------------------------------------------------------------------------


def test_the_wheel_zooms_in_and_out_around_the_pointer(plot: Plot, qtbot: QtBot) -> None:
    middle = QPointF(plot.viewport().rect().center())
    under = plot.x_at(middle.x()), plot.y_at(middle.y())
    with qtbot.waitSignal(plot.zoom_changed) as zoomed:
        wheel(plot, 3)
    assert zoomed.args == [True]
    assert plot.view.width < HOME.width
    assert (plot.x_at(middle.x()), plot.y_at(middle.y())) == pytest.approx(under, rel=1e-3)
    wheel(plot, -6)
    assert plot.view.width > HOME.width


def test_dragging_moves_what_is_in_sight(plot: Plot) -> None:
    start = plot.area.center()
    drag(plot, start, start + QPointF(20, 0), start + QPointF(42, 14))
    assert same(plot.view, View(-1.8, 2.2, 1.0, 11.0))
    assert plot.zoomed


def test_what_the_user_zoomed_is_never_rescaled(plot: Plot) -> None:
    wheel(plot, 2)
    view = plot.view
    plot.show_view(View(-100.0, 100.0, 0.0, 1e6))
    assert plot.view == view
    plot.fit()
    assert plot.view == View(-100.0, 100.0, 0.0, 1e6)
    plot.show_view(HOME)
    assert plot.view == HOME


def test_fit_is_offered_only_while_zoomed(plot: Plot, qtbot: QtBot) -> None:
    assert not plot.findChildren(QToolButton)
    for _ in range(2):
        wheel(plot, 2)
        (button,) = plot.findChildren(QToolButton)
        assert button.isVisible()
        assert button.accessibleName() == "Fit: a test plot"
        assert plot.rect().contains(button.geometry())
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert not button.isVisible()
        assert plot.view == HOME


def test_a_plot_that_leaves_the_wheel_zooms_with_ctrl(plot: Plot) -> None:
    plot.leaves_wheel = True
    wheel(plot, 2)
    assert not plot.zoomed
    wheel(plot, 2, Qt.KeyboardModifier.ControlModifier)
    assert plot.zoomed


def test_the_data_cannot_be_lost_from_sight(plot: Plot) -> None:
    for _ in range(30):
        start = plot.area.center()
        drag(plot, start, start + QPointF(50, 0), start + QPointF(100, 0))
    assert plot.view.left <= HOME.right
    assert plot.view.right >= HOME.left


@pytest.mark.parametrize("turns", [120, -120])
def test_zoom_has_an_end_in_both_directions(plot: Plot, turns: int) -> None:
    for _ in range(20):
        wheel(plot, turns)
    assert plot.view.usable
    assert 1e-6 < plot.view.width / HOME.width < 100
    plot.grab()


def test_a_click_tells_where(plot: Plot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.clicked) as clicked:
        drag(plot, QPointF(125, 75))
    assert clicked.args == pytest.approx([plot.x_at(125), plot.y_at(75)])
    with qtbot.assertNotEmitted(plot.clicked):
        drag(plot, QPointF(5, 155))


# -- ticks ------------------------------------------------------------------------------

ends = st.tuples(st.floats(-1e15, 1e15), st.floats(1e-9, 1e15))


@given(ends, st.integers(1, 9))
def test_ticks_are_few_round_and_inside(start_and_width: tuple[float, float], most: int) -> None:
    low, width = start_and_width
    high = low + width
    if width < 1e-9 * max(abs(low), abs(high)):
        high = low + 1e-9 * max(abs(low), abs(high))
    ticks = linear_ticks(low, high, most)
    assert len(ticks) <= most
    slack = 1e-6 * (high - low)
    assert all(low - slack <= tick.value <= high + slack for tick in ticks)
    assert len({tick.text for tick in ticks}) == len(ticks)
    for tick in ticks:
        said = float(tick.text.replace("\u2212", "-").replace(",", ""))
        assert math.isclose(said, tick.value, rel_tol=1e-7, abs_tol=1e-6 * (high - low))


def test_ticks_as_a_person_would_write_them() -> None:
    def texts(low: float, high: float, most: int) -> list[str]:
        return [tick.text for tick in linear_ticks(low, high, most)]

    assert texts(0.08, 0.14, 4) == ["0.08", "0.10", "0.12", "0.14"]
    assert texts(-1.1, 1.1, 5) == ["\u22121.0", "\u22120.5", "0", "0.5", "1.0"]
    assert texts(0, 30_000, 4) == ["0", "10,000", "20,000", "30,000"]
    assert texts(-2e7, 2e7, 3) == ["\u22122e7", "0", "2e7"]
    assert texts(5.0, 5.0, 3) == texts(0.0, 1.0, 0) == []


def test_steps_have_whole_ticks() -> None:
    assert [tick.text for tick in linear_ticks(0.0, 1.02, 8, whole=True)] == ["0", "1"]
    assert [tick.text for tick in linear_ticks(0.0, 2.4, 8, whole=True)] == ["0", "1", "2"]


@given(st.integers(-32, 15), st.integers(1, 47), st.integers(1, 8))
def test_powers_of_ten(bottom: int, height: int, most: int) -> None:
    ticks = log_ticks(bottom - 0.15, bottom + height + 0.15, most)
    assert len(ticks) <= most
    for tick in ticks:
        said = float(tick.text.replace("\u2212", "-").replace(",", ""))
        assert said == pytest.approx(10.0**tick.value)


@given(st.floats(0.0, 1.0))
def test_a_shade_lies_between_the_panel_and_the_colour(share: float) -> None:
    mixed, over, under = shade("accent", share), LIGHT.color("accent"), LIGHT.color("panel")
    for channel in ("red", "green", "blue"):
        mix, one, other = (getattr(color, channel)() for color in (mixed, over, under))
        assert min(one, other) <= mix <= max(one, other)
