"""The pixels as numbers: what the cells say, how they are zoomed, and how they are changed."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.pixel_values.grid import NumberGrid
from gui.panels.pixel_values.panel import NumbersView
from gui.panels.pixel_values.tiles import NumberTiles, label
from gui.session import Session
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import digits_experiment, digits_session
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import let_all_be_told

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Show = Callable[..., NumbersView]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def show(session: Session, width: int = 700, height: int = 460) -> NumbersView:
        look.choose("light")
        return on_screen(qtbot, NumbersView(session), (width, height))

    return show


@pytest.fixture
def session() -> Session:
    return digits_session()


@pytest.fixture
def view(show: Show, session: Session) -> NumbersView:
    return show(session)


def byte_session() -> Session:
    """MNIST's kind of pixels in a small frame: whole bytes."""
    experiment = digits_experiment(20)
    assert experiment.digits is not None
    return Session(replace(experiment, digits=replace(experiment.digits, name="mnist")))


def middle(grid: NumberGrid, row: int, column: int) -> QPoint:
    return grid.cell_rect(row, column).center().toPoint()


def hover(grid: NumberGrid, row: int, column: int) -> None:
    QTest.mouseMove(grid.viewport(), middle(grid, row, column))
    QApplication.processEvents()


def click(grid: NumberGrid, row: int, column: int) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, pos=middle(grid, row, column))


def type_into(grid: NumberGrid, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type at the chosen cell: the first letter opens the line, the others go into it."""
    QTest.keyClicks(grid, text[0])
    assert grid.editor is not None
    QTest.keyClicks(grid.editor, text[1:])
    QTest.keyClick(grid.editor, end)


def is_edited(grid: NumberGrid) -> bool:
    """Whether a line to type in is open."""
    return grid.editor is not None


def wheel(grid: NumberGrid, at: QPoint, turn: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(grid.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), event)


def cell_picture(grid: NumberGrid, row: int, column: int) -> QImage:
    return grid.viewport().grab(grid.cell_rect(row, column).toRect()).toImage()


def shades(picture: QImage) -> set[int]:
    """The different shades in a picture, without what its frame draws."""
    return {
        picture.pixelColor(x, y).lightness()
        for x in range(3, picture.width() - 3)
        for y in range(3, picture.height() - 3)
    }


class TestCells:
    def test_each_cell_has_the_shade_of_its_pixel(
        self, view: NumbersView, session: Session
    ) -> None:
        for row, values in enumerate(session.state.inputs.reshape(8, 8).tolist()):
            for column, value in enumerate(values):
                corner = cell_picture(view.grid, row, column).pixelColor(2, 2).lightness()
                # The cell stands for a whole number of sixteenths, as the number in it does.
                assert corner == pytest.approx(255 * (1 - round(value * 16) / 16), abs=1)

    @pytest.mark.parametrize("theme", ["light", "dark", "projector"])
    def test_each_number_is_readable_on_its_shade(
        self, view: NumbersView, session: Session, theme: str
    ) -> None:
        look.choose(theme)
        for level in range(17):
            session.edits.set_input(0, level / 16)

            picture = cell_picture(view.grid, 0, 0)
            ground = picture.pixelColor(2, 2)
            contrast = max(contrast_of(ground, QColor(s, s, s)) for s in shades(picture))

            assert contrast >= 4.5, level

    def test_equal_pixels_look_equal_and_others_do_not(
        self, view: NumbersView, session: Session
    ) -> None:
        session.edits.set_inputs(np.repeat([3 / 16, 3 / 16, 4 / 16, 1.0], 16), "four kinds")
        pictures = [cell_picture(view.grid, row, 1) for row in (0, 2, 4, 6)]

        assert pictures[0] == pictures[1]
        assert pictures[0] != pictures[2]
        assert pictures[2] != pictures[3]

    def test_the_cells_follow_the_steps(self, view: NumbersView, session: Session) -> None:
        before = view.grid.viewport().grab().toImage()

        session.playback.take(1)

        assert view.grid.viewport().grab().toImage() != before

    def test_nothing_is_painted_while_it_is_hidden(
        self, show: Show, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        painted = []
        paint = NumberGrid.paintEvent

        def counted(grid: NumberGrid, event: QPaintEvent) -> None:
            painted.append(event)
            paint(grid, event)

        monkeypatch.setattr(NumberGrid, "paintEvent", counted)
        view = show(session)
        view.grid.choose(0, 0)
        view.hide()
        QApplication.processEvents()
        painted.clear()

        session.playback.take(5)
        QApplication.processEvents()
        assert not painted

        view.show()
        QApplication.processEvents()
        assert painted
        assert f"= {session.state.inputs[0]:.3g}" in view.readout.text

    def test_an_experiment_without_images_leaves_it_empty(
        self, view: NumbersView, session: Session
    ) -> None:
        session.open(builtin("Freezing one weight").experiment)
        click(view.grid, 0, 0)
        view.grab()

        session.open(digits_experiment(30))
        hover(view.grid, 7, 7)
        assert view.readout.text.startswith("pixel row 7, column 7 · input[63]")

    @pytest.mark.parametrize(
        ("number", "levels", "decimals", "written"),
        [
            (0, 255, 0, "0"),
            (252, 255, 0, "252"),
            (-17, 16, 0, "−17"),
            (10**9 * 255, 255, 0, "3e+11"),
            (0, 1000, 3, "0"),
            (988, 1000, 3, "0.988"),
            (1000, 1000, 3, "1"),
            (-5, 1000, 3, "−0.005"),
            (123_456_789, 1000, 3, "1e+05"),
        ],
    )
    def test_what_cells_write(self, number: int, levels: int, decimals: int, written: str) -> None:
        assert label(number, levels, decimals) == written

    def test_an_enormous_number_stays_in_its_cell(
        self, view: NumbersView, session: Session
    ) -> None:
        beside = cell_picture(view.grid, 0, 1)

        session.edits.set_input(0, -1e9)

        assert cell_picture(view.grid, 0, 1) == beside
        assert len(shades(cell_picture(view.grid, 0, 0))) > 1


def contrast_of(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.1."""

    def luminance(color: QColor) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class TestReadout:
    def test_the_cell_under_the_mouse_is_told(self, view: NumbersView, session: Session) -> None:
        session.edits.set_input(3 * 8 + 2, 0.8125)
        assert view.readout.text == "64 numbers · click one and type to change it"

        hover(view.grid, 3, 2)
        assert view.readout.text == "pixel row 3, column 2 · input[26] = 0.812 (13 of 16)"

        QApplication.sendEvent(view.grid, QEvent(QEvent.Type.Leave))
        assert view.readout.text == "64 numbers · click one and type to change it"

    def test_the_pixel_that_is_looked_into_is_told_and_in_view(
        self, show: Show, session: Session
    ) -> None:
        view = show(session, 200, 120)

        for pixel in (63, 0):
            session.view.show(pixel=pixel)
            assert f"input[{pixel}] = " in view.readout.text
            cell = view.grid.cell_rect(*divmod(pixel, 8)).toRect()
            assert view.grid.viewport().rect().contains(cell)

    def test_what_is_pointed_at_here_is_looked_into(
        self, view: NumbersView, session: Session
    ) -> None:
        looked_into = [session.view.pixel]
        for point in (hover, click):
            point(view.grid, 1, 1)
            looked_into.append(session.view.pixel)
            QApplication.sendEvent(view.grid, QEvent(QEvent.Type.Leave))
            looked_into.append(session.view.pixel)

        assert looked_into == [None, 9, None, 9, None]
        # The cell is still the one to type into.
        assert "input[9]" in view.readout.text

    def test_bytes_are_counted_to_255(self, show: Show) -> None:
        session = byte_session()
        view = show(session)
        session.edits.set_input(63, 252 / 255)

        click(view.grid, 7, 7)

        assert view.whole_numbers.text() == "0–255"
        assert view.readout.text == "pixel row 7, column 7 · input[63] = 0.988 (252 of 255)"

    def test_it_follows_the_steps(self, view: NumbersView, session: Session) -> None:
        hover(view.grid, 2, 2)

        session.playback.take(1)

        assert f"input[18] = {session.state.inputs[18]:.3g} " in view.readout.text

    def test_it_is_told_in_words(self, view: NumbersView) -> None:
        click(view.grid, 1, 1)

        assert view.grid.accessibleName() == "Pixel values, 8 rows of 8"
        let_all_be_told(view)
        assert view.grid.accessibleDescription() == view.readout.text

    def test_everything_that_can_be_pressed_has_a_name(self, view: NumbersView) -> None:
        names = [one.accessibleName() for one in view.findChildren(QToolButton)]

        assert len(set(names)) == len(names) == 5
        assert all(names)


class TestZoom:
    def test_the_cells_are_readable_however_little_room_there_is(self, show: Show) -> None:
        view = show(digits_session(), 200, 120)

        assert view.grid.readable
        assert view.grid.verticalScrollBar().maximum() > 0

    def test_the_whole_image_fits_where_there_is_room(self, view: NumbersView) -> None:
        assert view.grid.verticalScrollBar().maximum() == 0
        assert view.grid.cell_rect(0, 0).top() >= 0
        assert view.grid.cell_rect(7, 7).bottom() <= view.grid.viewport().height()

    def test_buttons_zoom_to_their_limits(self, view: NumbersView) -> None:
        grid = view.grid
        start = grid.cell
        view.larger.click()
        assert grid.cell > start
        view.smaller.click()
        view.smaller.click()
        assert grid.cell < start

        for _ in range(60):
            view.smaller.click()
        assert grid.cell == grid.zoom_limits[0]
        assert not view.smaller.isEnabled()
        for _ in range(60):
            view.larger.click()
        assert grid.cell == grid.zoom_limits[1]
        assert not view.larger.isEnabled()

        view.fit.click()
        assert view.larger.isEnabled()
        assert view.smaller.isEnabled()
        assert grid.cell == start

    def test_small_cells_are_just_the_picture(self, view: NumbersView, session: Session) -> None:
        session.edits.set_inputs(np.full(64, 0.5), "gray")
        assert len(shades(cell_picture(view.grid, 3, 3))) > 1

        while view.grid.cell > 10:
            view.smaller.click()

        assert not view.grid.readable
        assert len(shades(cell_picture(view.grid, 3, 3))) == 1

    def test_control_and_wheel_zoom_where_the_mouse_is(self, show: Show) -> None:
        view = show(digits_session(), 300, 200)
        grid = view.grid
        grid.zoom_in()
        grid.zoom_in()
        at = middle(grid, 2, 6)
        before = grid.cell

        wheel(grid, at, 120, CONTROL)
        assert grid.cell > before
        assert grid.cell_at(QPointF(at)) == (2, 6)

        wheel(grid, at, -120, CONTROL)
        wheel(grid, at, -120, CONTROL)
        assert grid.cell < before
        assert grid.cell_at(QPointF(at)) == (2, 6)

        wheel(grid, at, 0, CONTROL)
        assert grid.cell < before

    def test_the_wheel_alone_scrolls(self, show: Show) -> None:
        view = show(digits_session(), 200, 120)
        bar, before = view.grid.verticalScrollBar(), view.grid.cell
        bar.setValue(0)

        wheel(view.grid, QPoint(20, 20), -120, Qt.KeyboardModifier.NoModifier)

        assert bar.value() > 0
        assert view.grid.cell == before

    def test_a_zoom_by_hand_outlasts_another_size_of_window(self, view: NumbersView) -> None:
        view.larger.click()
        cell = view.grid.cell

        view.resize(500, 300)

        assert view.grid.cell == cell

    def test_another_experiment_starts_at_its_own_size(
        self, view: NumbersView, session: Session
    ) -> None:
        cell = view.grid.cell
        view.larger.click()

        session.open(digits_experiment(30))

        assert view.grid.cell == cell

    def test_values_make_room_for_themselves(self, show: Show) -> None:
        view = show(digits_session(), 230, 140)
        before = view.grid.cell

        view.values.click()

        assert view.grid.readable
        assert view.grid.cell > before

    def test_words_go_above_the_buttons_where_it_is_narrow(self, show: Show) -> None:
        view = show(digits_session(), 700, 300)
        assert view.readout.geometry().center().y() == pytest.approx(
            view.fit.geometry().center().y(), abs=2
        )

        view.resize(400, 300)
        QApplication.processEvents()

        assert view.readout.geometry().bottom() < view.fit.geometry().top()


class TestTyping:
    def test_a_typed_number_is_of_the_scale_that_is_shown(
        self, view: NumbersView, session: Session
    ) -> None:
        click(view.grid, 0, 3)
        type_into(view.grid, "12")
        assert session.state.inputs[3] == 0.75

        view.values.click()
        type_into(view.grid, "0.3")
        assert session.state.inputs[3] == 0.3
        assert session.edits.count == 2

    def test_the_prediction_follows(self, view: NumbersView, session: Session) -> None:
        session.playback.take(150)
        click(view.grid, 4, 4)

        type_into(view.grid, "16")

        state = session.state
        inputs = state.inputs.tolist()
        assert inputs[36] == 1
        expected = [
            sum(w * x for w, x in zip(row, inputs, strict=True)) for row in state.weights.tolist()
        ]
        assert state.pred.tolist() == pytest.approx(expected, abs=1e-12)

    def test_escape_gives_up(self, view: NumbersView, session: Session) -> None:
        before = session.state.inputs
        click(view.grid, 0, 3)

        type_into(view.grid, "12", end=Qt.Key.Key_Escape)

        assert view.grid.editor is None
        assert view.grid.hasFocus()
        assert session.state.inputs is before

    def test_enter_opens_the_number_with_every_digit(
        self, view: NumbersView, session: Session
    ) -> None:
        view.values.click()
        session.edits.set_input(3, 1 / 3)
        click(view.grid, 0, 3)

        QTest.keyClick(view.grid, Qt.Key.Key_Return)

        assert view.grid.editor is not None
        assert view.grid.editor.text() == "0.3333333333333333"
        assert view.grid.editor.selectedText() == "0.3333333333333333"
        QTest.keyClick(view.grid.editor, Qt.Key.Key_Return)
        assert session.edits.count == 1  # nothing was changed

    def test_a_number_that_is_opened_and_left_keeps_its_digits(
        self, view: NumbersView, session: Session
    ) -> None:
        session.edits.set_input(3, 1 / 3)
        QTest.mouseDClick(view.grid.viewport(), LEFT, pos=middle(view.grid, 0, 3))
        assert is_edited(view.grid)

        click(view.grid, 5, 5)  # takes the focus away

        assert not is_edited(view.grid)
        assert session.state.inputs[3] == 1 / 3
        assert session.edits.count == 1

    @pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
    def test_what_ends_the_typing_does_not_begin_it_again(
        self, view: NumbersView, session: Session, end: Qt.Key
    ) -> None:
        click(view.grid, 0, 3)

        type_into(view.grid, "8", end)

        assert session.state.inputs[3] == 0.5
        assert not is_edited(view.grid)

    @pytest.mark.parametrize("text", ["1x", "-", "1e999", "..", "+-3"])
    def test_nonsense_is_refused_and_can_be_mended(
        self, view: NumbersView, session: Session, qtbot: QtBot, text: str
    ) -> None:
        click(view.grid, 0, 3)

        with qtbot.waitSignal(session.notices.refused) as refused:
            type_into(view.grid, text)

        assert refused.args is not None
        assert refused.args[0].startswith("pixel row 0, column 3: “")
        assert session.edits.count == 0
        assert view.grid.editor is not None
        QTest.keyClicks(view.grid.editor, "8")  # over what is selected
        QTest.keyClick(view.grid.editor, Qt.Key.Key_Return)
        assert session.state.inputs[3] == 0.5

    def test_a_number_beyond_the_bench_is_refused(
        self, view: NumbersView, session: Session, qtbot: QtBot
    ) -> None:
        before = session.state.inputs
        click(view.grid, 0, 3)

        with qtbot.waitSignal(session.notices.refused):
            type_into(view.grid, "1e12")

        assert session.state.inputs is before

    def test_arrows_move_the_choice_and_stay_inside(self, view: NumbersView) -> None:
        QTest.keyClick(view.grid, Qt.Key.Key_Down)  # the first one only shows where it is
        assert view.readout.text.startswith("pixel row 4, column 4 ·")
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left):
            QTest.keyClick(view.grid, key)
        assert view.readout.text.startswith("pixel row 3, column 5 ·")

        for _ in range(20):
            QTest.keyClick(view.grid, Qt.Key.Key_Down)
            QTest.keyClick(view.grid, Qt.Key.Key_Right)
        assert view.readout.text.startswith("pixel row 7, column 7 ·")

    def test_tab_shows_where_typing_goes(self, view: NumbersView, session: Session) -> None:
        view.grid.setFocus(Qt.FocusReason.TabFocusReason)
        assert view.readout.text.startswith("pixel row 4, column 4 ·")

        QTest.keyClick(view.grid, Qt.Key.Key_Escape)
        assert view.readout.text.startswith("64 numbers")

        QTest.keyClicks(view.grid, "5")  # there is no cell to type into
        assert view.grid.editor is None

    def test_the_choice_is_scrolled_into_view(self, show: Show) -> None:
        view = show(digits_session(), 200, 120)
        for at in ((0, 0), (7, 7), (3, 1)):
            view.grid.choose(*at)
            cell = view.grid.cell_rect(*at).toRect()
            assert view.grid.viewport().rect().contains(cell)

    def test_the_line_stays_over_its_cell(self, show: Show) -> None:
        view = show(digits_session(), 300, 200)
        view.grid.choose(3, 3)
        view.grid.begin_typing()
        assert view.grid.editor is not None

        view.larger.click()

        cell = view.grid.cell_rect(3, 3).toRect()
        assert view.grid.editor is not None
        assert view.grid.editor.geometry().intersects(cell)

    def test_typing_pauses_a_run(self, view: NumbersView, session: Session) -> None:
        click(view.grid, 0, 3)
        session.playback.run()

        type_into(view.grid, "12")

        assert not session.playback.running
        assert session.state.inputs[3] == 0.75

    def test_the_line_closes_when_its_image_goes(self, view: NumbersView, session: Session) -> None:
        click(view.grid, 0, 3)
        QTest.keyClicks(view.grid, "5")

        session.playback.take(1)

        assert view.grid.editor is None
        assert session.edits.count == 0

    def test_a_guest_can_be_changed(self, view: NumbersView, session: Session) -> None:
        session.edits.put_on_bench(np.zeros(64), np.zeros(10), "guest")
        click(view.grid, 2, 2)

        type_into(view.grid, "16")

        assert session.state.example is None
        assert session.state.inputs[18] == 1


def test_any_number_of_numbers_takes_bounded_memory(qtbot: QtBot) -> None:
    tiles = NumberTiles(24, 1000, 3, 1.0)
    tracemalloc.start()
    try:
        for start in range(0, 12_000, 500):
            numbers = (start + np.arange(500.0).reshape(20, 25)) / 1000
            last = tiles.image(numbers)
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # Each of the 12,000 is a picture of 24 x 24 pixels, 2,304 bytes.
    assert used < 14_000_000
    assert last == NumberTiles(24, 1000, 3, 1.0).image(numbers)


def test_all_numbers_are_copied_as_they_are_shown(view: NumbersView, session: Session) -> None:
    pixels = session.state.inputs.reshape(8, 8)
    for as_values, levels in ((False, 16), (True, 1)):
        view.grid.show_as_values(as_values)
        QTest.keyClick(view.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        head, *rows = QGuiApplication.clipboard().text().splitlines()
        assert head.split("\t") == ["row", *map(str, range(1, 9))]
        found = [[float(cell) for cell in row.split("\t")[1:]] for row in rows]
        assert np.array(found) == pytest.approx(pixels * levels, rel=1e-9)
