"""Examples along chosen axes, as a person sees and uses them: through the window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from model.image_space import AxisChoice
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import SHAPE, digits_experiment, digits_session
from tests.gui.helpers.space_bench import (
    CTRL,
    LEFT,
    NO_KEYS,
    click_menu,
    drag,
    examples_of,
    labels_of,
    lone_row,
    loop_around,
    place_of,
    selection_of,
    space_panel,
    space_window,
)


def test_two_pixels_are_clicked_and_become_the_axes(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        pixels = panel.plane.axis_map.map
        for row, column in ((1, 2), (4, 5)):
            place = pixels.cell_rect((row, column)).center().toPoint()
            QTest.mouseClick(pixels, LEFT, NO_KEYS, place)

        space = panel.session.view.space
        assert space.axes == (AxisChoice("pixel", (10,)), AxisChoice("pixel", (37,)))
        images = panel.session.state.setup.examples.base_inputs[examples_of(panel)]
        found = panel.plane.view.cloud.points
        # Points on one spot are spread around it, by no more than its share of the range.
        assert np.abs(found[:, 0] - images[:, 10]).max() <= 0.07
        assert np.abs(found[:, 1] - images[:, 37]).max() <= 0.07
        stacks = panel.plane.stacks
        assert stacks is not None
        alone = stacks.sizes[stacks.stack] == 1
        assert found[alone, 0] == pytest.approx(images[alone, 10], abs=1e-6)


def test_a_click_on_a_point_puts_its_example_on_the_bench(qtbot: QtBot) -> None:
    with space_window(qtbot, digits_experiment()) as (window, panel):
        window.session.view.show(space={"axes": [["component", 0], ["component", 1]]})
        view = panel.plane.view
        qtbot.waitUntil(lambda: len(view.cloud) == 200)
        row = lone_row(view)
        QTest.mouseClick(view, LEFT, NO_KEYS, place_of(view, row))

        assert window.session.state.example == examples_of(panel)[row]
        sign = view.signs[0]
        assert sign.at == pytest.approx(view.cloud.points[row], abs=1e-4)
        window.session.edits.undo()
        assert window.session.state.example == 0


def test_hovering_tells_the_digit_and_its_nearest_in_the_full_space(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        panel.session.playback.take(50)
        view, reading = panel.plane.view, panel.reading
        row = lone_row(view)
        QTest.mouseMove(view, place_of(view, row))
        qtbot.waitUntil(lambda: reading.row is not None)
        assert reading.row is not None
        row = reading.row
        example = int(examples_of(panel)[row])
        qtbot.waitUntil(lambda: reading.near is not None)
        assert reading.near is not None

        images = panel.session.state.setup.examples.base_inputs
        away = [
            float(np.sqrt(((images[other] - images[example]) ** 2).sum()))
            for other in range(len(images))
        ]
        nearest = sorted(other for other in range(len(images)) if other != example)
        nearest.sort(key=lambda other: away[other])
        found = examples_of(panel)[reading.near.rows].tolist()
        assert [away[other] for other in found] == pytest.approx([away[n] for n in nearest[:6]])
        assert f"example {example + 1}" == reading.title.text
        scores = panel.session.state.weights @ images[example]
        assert f"labelled {example % 10}, read as {int(scores.argmax())}" in reading.answer.text


def test_a_lasso_selects_and_its_confusion_is_read(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        panel.session.playback.take(80)
        panel.session.view.show(space={"axes": [["score", 4], ["score", 9]]})
        QApplication.processEvents()
        view, data = panel.plane.view, panel.data
        panel.controls.lasso_button.click()
        places = np.array([place_of(view, row).toTuple() for row in range(len(data))])
        middle = np.median(places, axis=0)
        rows = np.flatnonzero((places < middle - 14).any(axis=1))[:1].tolist()
        drag(view, loop_around(view, list(range(len(data)))))
        everything = panel.selected.selection
        assert everything is not None
        assert len(everything.rows) == len(data)

        labels, scores = labels_of(panel), data.scores
        expected = np.zeros((10, 10), dtype=int)
        for label, row in zip(labels.tolist(), scores.tolist(), strict=True):
            expected[label, int(np.argmax(row))] += 1
        assert everything.confusion.tolist() == expected.tolist()
        images = panel.session.state.setup.examples.base_inputs
        assert everything.average == pytest.approx(images.mean(axis=0), abs=1e-12)
        # A cell of it selects what is in it.
        first = np.argwhere(expected)[0].tolist()
        pair = first[0], first[1]
        cell = panel.selected.confusion.cell_rect(pair).center()
        QTest.mouseClick(panel.selected.confusion, LEFT, NO_KEYS, cell)
        assert len(panel.session.view.space.selection) == expected[pair]
        # Ctrl and a click takes another one in, and out again.
        other = next(r for r in rows if int(examples_of(panel)[r]) >= 0)
        before = set(panel.session.view.space.selection)
        QTest.mouseClick(view, LEFT, CTRL, place_of(view, other))
        after = set(panel.session.view.space.selection)
        assert len(before ^ after) == 1
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert panel.session.view.space.selection == ()


def test_score_axes_follow_the_time_line(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        session = panel.session
        session.view.show(space={"axes": [["score", 4], ["score", 9]]})
        session.playback.take(150)
        for step in (150, 20, 97, 0):
            session.playback.seek(step)
            images = session.state.setup.examples.base_inputs[examples_of(panel)]
            scores = images @ session.path.weights(step).T
            if step:
                assert panel.plane.view.cloud.points == pytest.approx(scores[:, [4, 9]], abs=1e-5)
            place = session.state.inputs @ session.path.weights(step)[[4, 9]].T
            assert panel.plane.view.signs[0].at == pytest.approx(place, abs=1e-9)
        assert panel.plane.view.line is not None
        assert "score of 9" in panel.plane.view.line.above


def test_the_cube_is_turned_by_keys_alone(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        session = panel.session
        session.view.show(space={"axes": [["pixel", 10], ["pixel", 37], ["pixel", 20]]})
        view = panel.plane.view
        QApplication.processEvents()
        assert view.in_space
        before = view.cloud.camera
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.keyClick(view, Qt.Key.Key_Up)
        QTest.keyClick(view, Qt.Key.Key_Plus)
        after = view.cloud.camera
        assert after.turn == before.turn + 6
        assert after.tilt == before.tilt - 6
        assert after.zoom == pytest.approx(1.25)
        QTest.keyClick(view, Qt.Key.Key_0)
        assert not view.cloud.camera.zoomed
        # And dragged with the mouse.
        middle = view.rect().center()
        drag(view, [middle, middle + QPoint(30, 0)])
        assert view.cloud.camera.turn == pytest.approx(after.turn + 15)
        # With Shift the arrows go from point to point, and Enter puts one on the bench.
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert view.held is not None
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert session.state.example == examples_of(panel)[view.held]


def test_an_axis_is_chosen_from_its_menu_or_painted(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        plane, session = panel.plane, panel.session
        QTest.mouseClick(plane.buttons[1], LEFT)
        click_menu(plane.menu.menu, "Difference of two averages", "7 minus", "1")
        assert session.view.space.axes[1] == AxisChoice("difference", (7, 1))
        QTest.mouseClick(plane.buttons[0], LEFT)
        click_menu(plane.menu.menu, "A picture of one’s own, to be painted")
        QApplication.processEvents()
        assert "paint something" in plane.view.message
        pixels = plane.axis_map.map
        QTest.mouseClick(pixels, LEFT, NO_KEYS, pixels.cell_rect((3, 3)).center().toPoint())
        QTest.mouseClick(
            pixels, Qt.MouseButton.RightButton, NO_KEYS, pixels.cell_rect((0, 0)).center().toPoint()
        )
        assert session.view.space.picture == ((0, -1.0), (27, 1.0))
        images = session.state.setup.examples.base_inputs[examples_of(panel)]
        expected = images[:, 27] - images[:, 0]
        assert plane.view.message == ""
        assert np.abs(plane.view.cloud.points[:, 0] - expected).max() <= 0.15


def test_a_class_is_hidden_shown_alone_and_selected_by_the_legend(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        legend, view = panel.legend, panel.plane.view
        QTest.mouseClick(legend, LEFT, NO_KEYS, legend.chip(3).center().toPoint())
        assert panel.session.view.space.hidden == (3,)
        assert not view.cloud.shown[labels_of(panel) == 3].any()
        legend.setFocus()
        QTest.keyClick(legend, Qt.Key.Key_Right)
        QTest.keyClick(legend, Qt.Key.Key_Return)
        assert set(labels_of(panel)[view.cloud.shown].tolist()) == {4}
        QTest.keyClick(legend, Qt.Key.Key_Return)
        assert view.cloud.shown.all()
        QTest.mouseClick(legend, LEFT, CTRL, legend.chip(0).center().toPoint())
        assert len(panel.session.view.space.selection) == 20


@pytest.mark.parametrize("color", ["answer", "right", "error", "score"])
def test_colours_follow_the_network(qtbot: QtBot, color: str) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        panel.session.view.show(space={"color": color}, output=3)
        before = panel.plane.view.cloud.which.copy()
        panel.session.playback.take(60)
        after, data = panel.plane.view.cloud.which, panel.data
        assert not np.array_equal(before, after)
        images = panel.session.state.setup.examples.base_inputs[examples_of(panel)]
        scores = images @ panel.session.state.weights.T
        if color == "answer":
            assert after.tolist() == scores.argmax(axis=1).tolist()
        elif color == "right":
            assert after.tolist() == (scores.argmax(axis=1) != data.labels).astype(int).tolist()
        else:
            values = scores[:, 3] if color == "score" else data.errors
            assert np.corrcoef(after, values)[0, 1] > 0.98


def test_a_selection_stays_in_other_views_and_samples(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session(400)) as panel:
        session = panel.session
        session.view.show(space={"count": 300})
        chosen = examples_of(panel)[[5, 150, 299]]
        session.view.show(space={"selection": chosen.tolist()})
        session.view.show(space={"count": 200, "axes": [["score", 0], ["score", 1]]})
        assert len(panel.data) == 200
        assert selection_of(panel).rows.tolist() == [5, 150]
        assert "2 of 3" in panel.selected.title.text
        assert "200 of 400" in panel.status.text
        session.view.show(space={"count": 400})
        assert sorted(examples_of(panel)[selection_of(panel).rows]) == sorted(chosen)


def test_a_panel_that_begins_with_a_selection_shows_it(qtbot: QtBot) -> None:
    session = digits_session()
    session.view.show(space={"selection": [1, 2, 3], "axes": [["score", 1], ["score", 2]]})
    with space_panel(qtbot, session) as panel:
        assert sorted(examples_of(panel)[selection_of(panel).rows]) == [1, 2, 3]


def test_what_is_drawn_moves_its_mark(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        session = panel.session
        session.view.show(space={"axes": [["pixel", 0], ["pixel", 1]]})
        image = np.zeros(SHAPE[0] * SHAPE[1])
        for value in (0.25, 0.75):
            image = image.copy()
            image[0] = value
            session.edits.draw(image, "drawn")
            sign = panel.plane.view.signs[0]
            assert sign.word == "drawn"
            assert sign.at == pytest.approx([value, 0.0])


def test_three_inputs_that_are_numbers_are_axes_too(qtbot: QtBot) -> None:
    bench = builtin("The whole season")
    experiment = bench.experiment
    with space_panel(qtbot, bench) as panel:
        session = panel.session
        n = len(experiment.inputs)
        session.view.show(space={"axes": [["pixel", at] for at in range(min(3, n))]})
        assert panel.plane.view.cloud.points.shape == (4, 3)
        assert panel.plane.axis_map.isHidden()
        assert experiment.inputs[0] in panel.plane.view.axis_names[0]


def test_shuffled_pixels_and_back_by_one_press_each(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        session, button = panel.session, panel.controls.shuffle_button
        session.playback.take(40)
        plain = session.state
        QTest.mouseClick(button, LEFT)
        order = session.state.setup.order
        assert order is not None
        assert session.state.inputs.tolist() == plain.inputs[order].tolist()
        assert session.state.weights.tolist() == plain.weights[:, order].tolist()
        assert session.state.pred == pytest.approx(plain.pred, abs=1e-12)
        assert button.isChecked()
        session.edits.undo()
        assert session.state.setup.order is None
        session.edits.redo()
        QTest.mouseClick(button, LEFT)
        assert session.state.weights.tolist() == plain.weights.tolist()


def test_another_experiment_brings_its_own_axes(qtbot: QtBot) -> None:
    with space_window(qtbot, digits_experiment()) as (window, panel):
        window.session.view.show(space={"axes": [["pixel", 60], ["score", 9]], "hidden": [1]})
        window.session.open(builtin("Several steps").experiment)
        window.session.view.show(panel="image_space")
        QApplication.processEvents()
        assert len(panel.data) == 1
        assert [axis.kind for axis in window.session.view.space.axes] == ["pixel", "pixel"]
        assert window.session.view.space.hidden == ()


def test_the_look_comes_back_from_a_file(qtbot: QtBot, tmp_path: object) -> None:
    from model.files.experiment_file import dump, parse
    from tests.gui.helpers.image_bench import made_up_digits

    with space_window(qtbot, digits_experiment()) as (window, _):
        session = window.session
        wanted = {
            "show": "tsne", "axes": [["score", 4], ["difference", 1, 7], ["picture"]],
            "picture": [[3, 0.5]], "color": "error", "hidden": [2], "selection": [5, 9],
            "count": 150, "images": True, "perplexity": 12.5,
        }  # fmt: skip
        session.view.show(space=wanted)
        known = session.view.space
        session.playback.pause()
        text = dump(session.experiment, session.path, 0, view=session.view.values())
        again = parse(text, lambda *_: made_up_digits())
        window.session.open(again)
        assert window.session.view.space == known


@pytest.mark.parametrize(
    "wrong",
    [
        {"axes": []}, {"axes": [["pixel", 64]]}, {"axes": [["pixel"]]}, {"axes": [["nothing", 1]]},
        {"axes": 3}, {"show": "x"}, {"count": 0}, {"seed": -1}, {"selection": [200]}, {"y": 1},
        {"hidden": [10]}, {"perplexity": float("nan")}, {"picture": [[64, 1.0]]}, 7,
    ],
)  # fmt: skip
def test_a_look_that_cannot_be_is_refused_in_a_sentence(qapp: object, wrong: object) -> None:
    view = digits_session().view
    before = view.space
    with pytest.raises(ValueError, match="space"):
        view.show(space=wrong)
    assert view.space == before
