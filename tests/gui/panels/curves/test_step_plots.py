"""The plots by step are driven as a person drives them, and read off their lines."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.curves.step_lines import WeightLines
from gui.panels.curves.step_plots import StepCard, StepPlots
from gui.plots.lines import Line, apart, far_apart
from gui.session import Session
from model.words.numbers import short
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.driving import drag, wheel
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told


def shown(qtbot: QtBot, session: Session, width: int = 460, height: int = 400) -> StepPlots:
    plots = on_screen(qtbot, StepPlots(session), (width, height))
    QApplication.processEvents()
    return plots


def points(line: Line) -> list[tuple[float, float]]:
    return list(zip(line.x.tolist(), line.mean.tolist(), strict=True))


def click_at(qtbot: QtBot, card: StepCard, step: float) -> None:
    plot = card.plot
    at = QPoint(round(plot.x_px(step)), round(plot.area.center().y()))
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)


# -- lines ------------------------------------------------------------------------------


def test_of_hundreds_of_outputs_the_mean_is_followed_and_told(qtbot: QtBot) -> None:
    rng = np.random.default_rng(3)
    session = made_up(
        rng.normal(size=(2, 3)).tolist(), rng.normal(size=(2, 100)).tolist(),
        rng.normal(size=(100, 3)).tolist(), order="cycle",
    )  # fmt: skip
    plots = shown(qtbot, session)
    session.playback.take(5)
    (line,) = plots.error.picture.lines
    means = [float(session.path.state(step).error.mean()) for step in range(6)]
    assert line.mean.tolist() == pytest.approx(means, rel=1e-12)
    error = session.state.error
    wait_until_told(
        qtbot, plots.error, f"mean error {short(means[5])} of 100 outputs",
        f"the largest out {error.argmax() + 1} {short(float(error.max()))}",
    )  # fmt: skip


def test_errors_and_weights_of_every_step(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    inputs, weights = (8.5, 0.65, 1.2), [0.1, 0.2, -0.1]
    errors, kept = [], []
    for step in range(5):
        pred = sum(w * x for w, x in zip(weights, inputs, strict=True))
        errors.append((pred - 1.0) ** 2)
        kept.append(list(weights))
        weights = [w - 0.01 * (pred - 1.0) * x for w, x in zip(weights, inputs, strict=True)]
        if step < 4:
            session.playback.step()
    (error,) = plots.error.picture.lines
    assert [x for x, _ in points(error)] == [0, 1, 2, 3, 4]
    assert [y for _, y in points(error)] == pytest.approx(errors, rel=1e-12)
    assert error.label == f"{errors[4]:.2e}".replace("-", "\u2212")
    for at, line in enumerate(plots.weights.picture.lines):
        assert [y for _, y in points(line)] == pytest.approx([w[at] for w in kept], rel=1e-12)
    assert [line.label for line in plots.weights.picture.lines] == [
        "a 0.116",
        "b 0.201",
        "c \u22120.098",
    ]
    plots.grab()


def test_a_line_for_each_of_a_few_outputs_and_the_mean_of_many(qtbot: QtBot) -> None:
    few = shown(qtbot, builtin("Several outputs"))
    assert [line.label.split()[0] for line in few.error.picture.lines] == ["hurt", "win", "sad"]
    many = made_up([[1.0]], [[0.1 * k for k in range(6)]], [[0.0]] * 6)
    plots = shown(qtbot, many)
    (line,) = plots.error.picture.lines
    assert line.mean.tolist() == pytest.approx([sum((0.1 * k) ** 2 for k in range(6)) / 6])
    assert plots.error.title.text == "mean error by step"


def test_a_frozen_weight_is_a_dotted_teal_line(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    plots = shown(qtbot, session)
    styles = [line.style for line in plots.weights.picture.lines]
    assert (styles[0].role, styles[0].dashes) == ("frozen", Qt.PenStyle.DotLine)
    assert len({(style.role, style.dashes) for style in styles}) == 3
    session.edits.set_frozen(0, 0, False)
    assert plots.weights.picture.lines[0].style.role != "frozen"


def test_nine_weights_have_nine_styles(qtbot: QtBot) -> None:
    plots = shown(qtbot, builtin("Several inputs and outputs"))
    assert len({line.style for line in plots.weights.picture.lines}) == 9


def test_the_marker_follows_into_the_past(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    for _ in range(6):
        session.playback.step()
    session.playback.seek(2)
    for card in plots.cards:
        assert (card.picture.position, card.picture.length) == (2, 6)
        for line in card.picture.lines:
            assert line.now == pytest.approx(line.mean[2], rel=1e-9)
            assert len(line.x) == 7
    assert plots.weights.picture.lines[0].label == f"a {session.state.weights[0, 0]:.3f}"
    plots.grab()


def test_a_diverged_path_is_drawn_to_its_last_finite_error(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    plots = shown(qtbot, session)
    for _ in range(30):
        session.playback.step()
    assert session.path.diverged
    (line,) = plots.error.picture.lines
    assert line.x[-1] == session.playback.length
    assert line.mean[-1] == pytest.approx(session.state.error[0], rel=1e-9)
    assert np.all(np.isfinite(line.mean))
    assert plots.error.plot.view.top > line.mean[-1]
    plots.grab()


def test_a_long_path_comes_in_few_points_that_hide_no_extreme(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    plots = shown(qtbot, session)
    session.playback.take(9_000)
    errors = [float(session.path.state(k).error[0]) for k in range(60)]
    for card in plots.cards:
        for line in card.picture.lines:
            assert len(line.x) <= card.plot.area.width()
    (line,) = plots.error.picture.lines
    assert line.high.max() >= max(errors)
    plots.grab()


# -- linear and logarithmic -------------------------------------------------------------


def test_the_logarithm_never_sees_a_zero(qtbot: QtBot) -> None:
    session = made_up([[2.0]], [[1.0]], [[0.25]], alpha=0.25)
    plots = shown(qtbot, session)
    session.playback.step()
    session.playback.step()
    assert session.state.error[0] == 0.0
    QTest.mouseClick(plots.error.log_button, Qt.MouseButton.LeftButton)
    (line,) = plots.error.picture.lines
    assert line.mean.tolist() == [math.log10(0.25), -32.0, -32.0]
    lowest = plots.error.picture.y_ticks[0]
    assert (lowest.value, lowest.text) == (-32.0, "≤ 1e\u221232")
    plots.grab()
    QTest.mouseClick(plots.error.log_button, Qt.MouseButton.LeftButton)
    assert plots.error.picture.lines[0].mean.tolist() == [0.25, 0.0, 0.0]
    assert "≤" not in "".join(tick.text for tick in plots.error.picture.y_ticks)


def test_ticks_of_the_logarithm_are_powers_of_ten(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    session.playback.take(20)
    plots.error.log_button.click()
    ticks = plots.error.picture.y_ticks
    assert len(ticks) >= 2
    for tick in ticks:
        assert float(tick.text.replace("\u2212", "-").replace(",", "")) == pytest.approx(
            10.0**tick.value
        )


def test_whether_errors_are_logarithmic_is_the_view_s(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    session.view.show(log=True)
    plots = shown(qtbot, session)
    assert plots.error.log_button.isChecked()
    assert plots.error.picture.lines[0].mean[0] == pytest.approx(math.log10(0.14**2))
    wheel(plots.error.plot, 3)
    session.view.show(log=False)
    assert not plots.error.log_button.isChecked()
    assert not plots.error.plot.zoomed
    assert plots.error.picture.lines[0].mean[0] == pytest.approx(0.14**2)
    plots.error.log_button.click()
    assert session.view.log


# -- labels -----------------------------------------------------------------------------


@given(
    st.lists(st.floats(0.0, 100.0), min_size=1, max_size=12).map(sorted),
    st.floats(1.0, 9.0),
)
def test_labels_are_kept_apart_and_inside(places: list[float], distance: float) -> None:
    rows = apart(places, distance, 0.0, 100.0)
    fits = (len(places) - 1) * distance <= 100.0
    assert all(-1e-9 <= row <= 100.0 + 1e-9 for row in rows)
    least = distance if fits else 100.0 / (len(places) - 1)
    assert all(b - a >= least - 1e-9 for a, b in pairwise(rows))
    if all(b - a >= distance for a, b in pairwise(places)):
        assert rows == pytest.approx(places)


@pytest.mark.parametrize("height", [120, 300, 700])
def test_labels_never_overlap(qtbot: QtBot, height: int) -> None:
    session = builtin("Several inputs and outputs")
    plots = shown(qtbot, session, height=height)
    session.playback.take(30)
    labels = plots.weights.picture.label_rows()
    rows = [row for *_, row in labels]
    assert all(b - a >= 12 for a, b in pairwise(rows))
    named = [text for text, *_ in labels if not text.startswith("+")]
    left_out = sum(int(text[1:].split()[0]) for text, *_ in labels if text.startswith("+"))
    assert len(named) + left_out == 9
    assert (left_out == 0) == (height > 200)


# -- going to a step --------------------------------------------------------------------


def test_a_click_goes_to_that_step(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    session.playback.take(10)
    click_at(qtbot, plots.error, 3.2)
    assert session.playback.position == 3
    click_at(qtbot, plots.weights, 7.8)
    assert session.playback.position == 8
    assert session.playback.length == 10


def test_a_drag_moves_the_plot_and_not_the_step(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    session.playback.take(10)
    plot = plots.error.plot
    middle = plot.area.center()
    drag(plot, middle, middle + QPointF(20, 5), middle + QPointF(45, 10))
    assert session.playback.position == 10
    assert plot.zoomed


def test_keys_go_back_and_on(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    session.playback.take(5)
    QTest.keyClick(plots.error, Qt.Key.Key_Left)
    QTest.keyClick(plots.weights, Qt.Key.Key_Left)
    assert session.playback.position == 3
    QTest.keyClick(plots.weights, Qt.Key.Key_Right)
    assert (session.playback.position, session.playback.length) == (4, 5)
    QTest.keyClick(plots.weights, Qt.Key.Key_Right)
    QTest.keyClick(plots.weights, Qt.Key.Key_Right)
    assert (session.playback.position, session.playback.length) == (5, 5)


# -- zoom -------------------------------------------------------------------------------


def test_a_zoomed_plot_stays_until_fit(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    session.playback.take(40)
    card = plots.weights
    assert card.plot.view.right > 40
    wheel(card.plot, 3)
    zoomed = card.plot.view
    assert zoomed.width < 40
    session.playback.take(40)
    assert card.plot.view == zoomed
    assert plots.error.plot.view.right > 80
    (button,) = card.plot.findChildren(QToolButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isVisible()
    assert card.plot.view.left < 0.0
    assert card.plot.view.right > 80.0


def test_zooming_into_a_long_path_shows_its_single_steps(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    plots = shown(qtbot, session)
    session.playback.take(40_000)
    for _ in range(40):
        QTest.keyClick(plots.error, Qt.Key.Key_Plus)
    (line,) = plots.error.picture.lines
    assert np.all(np.diff(line.x) == 1.0)
    for x, y in points(line)[::7]:
        assert y == pytest.approx(session.path.state(int(x)).error[0], rel=1e-9)


def test_a_double_click_fits_and_stays_at_the_step(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    session.playback.take(40)
    plot = plots.error.plot
    wheel(plot, 4)
    at = plot.area.center().toPoint()
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    position = session.playback.position
    QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not plot.zoomed
    assert session.playback.position == position


def test_another_experiment_is_shown_whole(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    session.playback.take(40)
    for card in plots.cards:
        wheel(card.plot, 4)
    session.open(builtin("Several outputs").experiment)
    for card in plots.cards:
        assert not card.plot.zoomed
        assert len(card.picture.lines) == 3
        assert card.plot.view.right < 5
        assert card.picture.lines[0].x.tolist() == [0.0]


# -- running and hiding -----------------------------------------------------------------


@pytest.mark.parametrize("height", [300, 340, 380, 420, 460, 500])
def test_drawn_again_the_ticks_are_those_of_the_first_time(qtbot: QtBot, height: int) -> None:
    session = builtin("Freezing one weight")
    plots = shown(qtbot, session, height=height)
    first = [card.picture.y_ticks for card in plots.cards]

    for card in plots.cards:
        card.draw_again()

    assert [card.picture.y_ticks for card in plots.cards] == first


def test_after_a_run_the_plots_are_exact(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    plots = shown(qtbot, session)
    session.playback.set_speed(math.inf)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 3000)
    session.playback.pause()
    for card in plots.cards:
        assert card.picture.position == card.picture.length == session.playback.length
        assert card.picture.lines[0].x[-1] > 0.99 * session.playback.length
    assert plots.error.picture.lines[0].now == session.state.error[0]
    wait_until_told(qtbot, plots.error, f"step {session.playback.position:,}")


def test_a_hidden_plot_catches_up(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    plots = shown(qtbot, session)
    plots.hide()
    session.playback.take(3)
    assert plots.error.picture.length == 0
    plots.show()
    assert plots.error.picture.length == 3


def test_the_chosen_weights_are_shown_in_the_plot_by_step(qtbot: QtBot) -> None:
    session = builtin("Several inputs and outputs")
    choice = session.view.weights
    plots = StepPlots(session)
    qtbot.addWidget(plots)
    plots.show()
    choice.choose_text("b h")
    assert [line.label.split()[0] for line in plots.weights.picture.lines] == ["b", "h"]


def test_values_are_told_in_words(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    plots = shown(qtbot, session)
    session.playback.take(2)
    assert wait_until_told(qtbot, plots.error, "step 2 of") == "step 2 of 2: error win 0.0007"
    assert wait_until_told(qtbot, plots.weights, "step 2 of") == (
        "step 2 of 2: weights a 0.1000 frozen, b 0.2393, c \u22120.0274"
    )
    assert plots.error.accessibleName() == "error by step"


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_it_is_painted_in_every_theme_and_size(qtbot: QtBot, theme: str) -> None:
    session = builtin("Several inputs and outputs")
    plots = shown(qtbot, session)
    session.playback.take(12)
    session.playback.seek(5)
    look.choose(theme)
    for width, height in ((150, 120), (460, 180), (300, 700)):
        plots.resize(width, height)
        QApplication.processEvents()
        drawn = plots.weights.plot.grab().toImage()
        colors = {drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}
        assert look.theme.color("ink").rgb() in colors


# -- little room ------------------------------------------------------------------------


def test_a_very_long_name_leaves_room_for_the_lines(qtbot: QtBot) -> None:
    session = made_up([[1.0]], [[1.0, 0.0]], [[0.2], [0.3]])
    session.open(replace(session.experiment, outputs=("y" * 60, "win")))
    session.playback.take(3)
    plots = shown(qtbot, session, 460, 200)
    card = plots.error

    texts = [text for text, *_ in card.picture.label_rows()]

    assert card.plot.area.width() > card.plot.width() / 4
    assert any(text.startswith("yy") and text.endswith("…") for text in texts)
    assert "win" in texts


def test_a_figure_is_left_out_rather_than_cut(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    session.playback.take(9)
    plots = shown(qtbot, session, 290, 100)
    error = float(session.state.error[0])
    for width in (290, 340, 460):
        plots.resize(width, 100)
        QApplication.processEvents()
        card = plots.error
        assert card.plot.area.width() > card.plot.width() / 5
        texts = [text for text, *_ in card.picture.label_rows()]
        assert [text for text in texts if "floor" not in text] in ([""], [f"{error:.2e}"])


def test_a_weight_keeps_its_colour_whichever_others_are_shown(qtbot: QtBot) -> None:
    session = builtin("Several inputs and outputs")
    card = StepCard(session, WeightLines(session), "plot:weights")
    qtbot.addWidget(card)
    session.view.weights.changed.connect(card.renew)
    with qtbot.waitExposed(card):
        card.show()
    styles = {line.brief: line.style for line in card.picture.lines}
    assert len(set(styles.values())) == 9
    for letters in ("c", "b f i", "a-e", "i"):
        session.view.weights.choose_text(letters)
        for line in card.picture.lines:
            assert line.style == styles[line.brief]


# -- after a divergence -----------------------------------------------------------------


def heights(plots: StepPlots, at: int) -> list[float]:
    """Share of the height of each plot that its first line has climbed at a step."""
    shares = []
    for card in plots.cards:
        line, view = card.picture.lines[0], card.plot.view
        row = float(np.interp(at, line.x, line.mean))
        shares.append((row - view.bottom) / view.height)
    return shares


def test_after_a_divergence_it_is_said_that_the_first_steps_lie_flat(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    plots = shown(qtbot, session)
    assert plots.error.title.text == "error by step"
    session.playback.take(1000)
    assert session.path.diverged
    assert plots.error.title.text == "error, flat at first: see log"
    assert plots.weights.title.text == "weights, flat at first: go back"
    QTest.mouseClick(plots.error.log_button, Qt.MouseButton.LeftButton)
    assert plots.error.title.text == "error by step"
    climbed = [heights(plots, step)[0] for step in range(4)]
    assert all(later - earlier > 0.02 for earlier, later in pairwise(climbed))


def test_back_at_the_first_steps_they_are_seen_though_later_ones_are_far_higher(
    qtbot: QtBot,
) -> None:
    session = builtin("Alpha too large")
    plots = shown(qtbot, session)
    session.playback.take(3)
    alone = [(card.plot.view.bottom, card.plot.view.top) for card in plots.cards]
    session.playback.take(1000)
    session.playback.seek(3)
    assert [(card.plot.view.bottom, card.plot.view.top) for card in plots.cards] == alone
    assert plots.error.title.text == "error up to step 3"
    assert plots.weights.title.text == "weights up to step 3"
    QTest.keyClick(plots.error, Qt.Key.Key_0)
    assert plots.error.plot.view.top == alone[0][1]


@pytest.mark.parametrize(
    "name", ["Several steps", "Freezing one weight", "The whole season", "Digits, 8x8"]
)
def test_of_what_settles_every_step_is_shown(qtbot: QtBot, name: str) -> None:
    session = builtin(name)
    plots = shown(qtbot, session)
    session.playback.take(60)
    for position in (60, 30, 1, 0):
        session.playback.seek(position)
        assert plots.error.title.text in ("error by step", "mean error by step")
        assert plots.weights.title.text == "weights by step"


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=24), st.integers(1, 24))
def test_the_highest_and_the_lowest_of_many_lines_keep_their_labels(
    places: list[float], n: int
) -> None:
    chosen = far_apart(places, n)
    assert len(set(chosen)) == len(chosen) == min(n, len(places))
    assert chosen == sorted(chosen)
    assert min(places) in [places[at] for at in chosen]
    if n > 1:
        assert max(places) in [places[at] for at in chosen]


def test_the_largest_weight_is_named_though_not_all_labels_fit(qtbot: QtBot) -> None:
    plots = shown(qtbot, builtin("Several inputs and outputs"), 460, 120)
    texts = [text for text, *_ in plots.weights.picture.label_rows()]
    assert any(text.startswith("+") for text in texts)
    assert texts[0].startswith("h")
