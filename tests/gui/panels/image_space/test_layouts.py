"""Layouts that move, run by hand: started, paused, stepped, thrown away, and left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.image_space.panel import ImageSpacePanel
from gui.session import Session
from model.image_space import draw_sample, finished, gather
from model.image_space.layouts import make_layout
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import digits_experiment, digits_session
from tests.gui.helpers.space_bench import (
    LEFT,
    coordinates_of,
    examples_of,
    labels_of,
    layout_of,
    settings_of,
    space_panel,
    space_window,
)


def started(qtbot: QtBot, panel: ImageSpacePanel, **look: object) -> None:
    """Press Run, and wait until it moves."""
    panel.session.view.show(space={"show": "tsne", **look})
    QTest.mouseClick(panel.layouts.run_button, LEFT)
    qtbot.waitUntil(lambda: iterations(panel) > 2, timeout=10_000)


def iterations(panel: ImageSpacePanel) -> int:
    layout = panel.layouts.first.run.layout
    return 0 if layout is None else layout.iteration


def test_nothing_starts_before_it_is_asked_for(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        panel.session.view.show(space={"show": "tsne"})
        QTest.qWait(50)
        first = panel.layouts.first
        assert not first.run.started
        assert "Run" in first.view.message
        assert len(first.view.cloud) == 0


def test_run_pause_step_and_restart(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        stage = panel.layouts
        started(qtbot, panel)
        assert stage.run_button.text() == "Pause"
        QTest.mouseClick(stage.run_button, LEFT)
        assert stage.run_button.text() == "Run"
        stage.first.run.wait()
        at = iterations(panel)
        QTest.mouseClick(stage.step_button, LEFT)
        qtbot.waitUntil(lambda: not stage.running)
        assert iterations(panel) == at + 1
        view = stage.first.view
        assert view.cloud.points == pytest.approx(coordinates_of(stage.first.run), rel=1e-5)
        # Colours and what is told come with the points.
        assert view.cloud.which.tolist() == labels_of(panel).tolist()
        assert f"after {at + 1:,} steps" in stage.first.curve.words
        stage.restart_button.setFocus()
        QTest.keyClick(stage.restart_button, Qt.Key.Key_Space)
        assert not stage.first.run.started


def test_changed_settings_ask_for_a_restart(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        stage = panel.layouts
        started(qtbot, panel)
        stage.pause()
        panel.session.view.show(space={"perplexity": 10.0})
        assert "Restart" in stage.note.text
        assert settings_of(stage.first.run).perplexity == 30.0
        QTest.mouseClick(stage.restart_button, LEFT)
        assert stage.note.text == ""
        assert settings_of(stage.first.run).perplexity == 10.0
        assert not stage.first.run.started


def test_the_same_seed_gives_the_same_picture(qtbot: QtBot) -> None:
    session = digits_session()
    with space_panel(qtbot, session) as panel:
        session.view.show(space={"show": "mds", "start": "random", "seed": 3})
        for _ in range(5):
            QTest.mouseClick(panel.layouts.step_button, LEFT)
            qtbot.waitUntil(lambda: not panel.layouts.running)
        run = panel.layouts.first.run
        sample = draw_sample(200, 200, 3)
        inputs = finished(gather(session.experiment.setup.examples, sample.examples))
        again = make_layout(inputs, settings_of(run))
        finished(again.prepare())
        for _ in range(5):
            again.step()
        assert layout_of(run).iteration == 5
        assert np.array_equal(coordinates_of(run), again.coordinates)


def test_two_runs_side_by_side_start_differently_on_the_same_points(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        stage = panel.layouts
        started(qtbot, panel, beside=True)
        qtbot.waitUntil(lambda: layout_of(stage.second.run).iteration > 2, timeout=10_000)
        stage.pause()
        stage.wait()
        first, second = stage.first.run, stage.second.run
        assert (settings_of(first).start, settings_of(second).start) == ("pca", "random")
        assert not np.allclose(coordinates_of(first), coordinates_of(second))
        rows = [3, 50]
        panel.choosing.select_rows(np.array(rows))
        for view in stage.views:
            assert view.cloud.selected is not None
            assert np.flatnonzero(view.cloud.selected).tolist() == rows
        assert "random" in stage.second.caption.text


def test_a_run_is_cancelled_while_it_looks_for_neighbours(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session(3_000)) as panel:
        session, stage = panel.session, panel.layouts
        session.view.show(space={"show": "tsne", "count": 3_000})
        qtbot.waitUntil(lambda: len(panel.data) == 3_000)
        QTest.mouseClick(stage.run_button, LEFT)
        qtbot.waitUntil(lambda: stage.first.run.share_prepared > 0, timeout=10_000)
        QTest.mouseClick(stage.run_button, LEFT)
        stage.first.run.wait()
        assert iterations(panel) == 0
        # Going on, it does not begin anew.
        done = stage.first.run.share_prepared
        QTest.mouseClick(stage.run_button, LEFT)
        assert stage.first.run.share_prepared >= done


def test_looking_elsewhere_pauses_it(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        started(qtbot, panel)
        panel.session.view.show(space={"show": "axes"})
        assert not panel.layouts.running
        panel.layouts.wait()
        at = iterations(panel)
        panel.session.view.show(space={"show": "tsne"})
        assert not panel.layouts.running
        assert iterations(panel) == at


def test_the_window_closes_and_another_experiment_opens_during_a_run(qtbot: QtBot) -> None:
    with space_window(qtbot, digits_experiment()) as (window, panel):
        started(qtbot, panel)
        window.session.open(builtin("Several steps").experiment)
        assert panel.layouts.first.run.layout is None
        window.session.open(digits_experiment())
        window.session.view.show(panel="image_space")
        qtbot.waitUntil(lambda: len(panel.data) == 200)
        started(qtbot, panel)
        window.close()
        assert not panel.layouts.running


@pytest.mark.parametrize("n", [1, 2, 20])
@pytest.mark.parametrize("show", ["tsne", "mds", "sammon", "graph"])
def test_few_examples_are_laid_out_or_refused_in_a_sentence(
    qtbot: QtBot, n: int, show: str
) -> None:
    with space_panel(qtbot, digits_session(n)) as panel:
        stage = panel.layouts
        panel.session.view.show(space={"show": show})
        if stage.first.run.layout is None:
            assert stage.first.view.message
            assert not stage.run_button.isEnabled()
            return
        QTest.mouseClick(stage.step_button, LEFT)
        qtbot.waitUntil(lambda: not stage.running, timeout=10_000)
        QApplication.processEvents()
        assert np.isfinite(stage.first.view.cloud.points).all()


def test_equal_images_share_a_place_or_are_too_few_in_a_sentence(qtbot: QtBot) -> None:
    few = digits_experiment(20)
    many = few.digits
    assert many is not None
    repeated = replace(
        many, images=np.repeat(many.images, 10, axis=0), labels=np.repeat(many.labels, 10)
    )
    with space_panel(qtbot, Session(few.on(repeated))) as panel:
        stage = panel.layouts
        panel.session.view.show(space={"show": "tsne"})
        distinct = len(np.unique(many.images, axis=0))
        assert f"there are {distinct}: choose one of" in stage.first.view.message
        assert not stage.run_button.isEnabled()
        panel.session.view.show(space={"show": "mds"})
        QTest.mouseClick(stage.step_button, LEFT)
        qtbot.waitUntil(lambda: not stage.running, timeout=10_000)
        found = stage.first.run.coordinates
        assert found is not None
        assert len(np.unique(found, axis=0)) == distinct


def test_stacks_along_axes_are_not_told_of_a_layout(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        qtbot.waitUntil(lambda: "lie exactly on another" in panel.status.text)
        panel.session.view.show(space={"show": "mds"})
        qtbot.waitUntil(lambda: "lie exactly on another" not in panel.status.text)
        panel.session.view.show(space={"show": "axes"})
        qtbot.waitUntil(lambda: "lie exactly on another" in panel.status.text)


def test_a_low_stage_has_its_settings_behind_a_button(qtbot: QtBot) -> None:
    with space_window(qtbot, digits_experiment(), (1024, 768)) as (window, panel):
        look.choose("projector")
        stage = panel.layouts
        started(qtbot, panel)
        stage.pause()
        stage.wait()
        qtbot.waitUntil(stage.settings.isVisible)
        assert not stage.perplexity.isVisible()
        assert not stage.first.curve.isVisible()
        assert "divergence" in stage.first.caption.text
        QTest.mouseClick(stage.settings, LEFT)
        assert stage.perplexity.isVisible()
        assert stage.beside.isVisible()
        assert not stage.neighbours.isVisible()
        window.resize(1920, 1080)
        qtbot.waitUntil(lambda: not stage.settings.isVisible())
        assert stage.perplexity.isVisible()
        qtbot.waitUntil(stage.first.curve.isVisible)
        assert "components" in stage.first.caption.text


def test_the_place_of_what_is_drawn_is_among_its_nearest(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session()) as panel:
        session, stage = panel.session, panel.layouts
        started(qtbot, panel)
        stage.pause()
        stage.wait()
        image = session.state.setup.examples.inputs(7)
        session.edits.draw(image, "drawn")
        row = examples_of(panel).tolist().index(7)
        found = coordinates_of(stage.first.run)
        assert stage.first.view.signs[0].at == pytest.approx(found[row])


def test_a_layout_takes_as_much_of_a_large_sample_as_it_can(qtbot: QtBot) -> None:
    with space_panel(qtbot, digits_session(2_500)) as panel:
        session = panel.session
        session.view.show(space={"count": 2_500})
        for show, dimensions, expected in (
            ("tsne", 2, 2_500), ("tsne", 3, 1_000), ("mds", 2, 2_000), ("axes", 2, 2_500)
        ):  # fmt: skip
            session.view.show(space={"show": show, "dimensions": dimensions})
            qtbot.waitUntil(lambda n=expected: len(panel.data) == n)  # type: ignore[misc]
            assert panel.layouts.first.view.message == "" or "Run" in (
                panel.layouts.first.view.message
            )


@pytest.mark.parametrize("typed", ["0", "1e9", "abc", "-3", "99"])
def test_nonsense_in_a_setting_is_refused_or_said(qtbot: QtBot, typed: str) -> None:
    refused: list[str] = []
    with space_panel(qtbot, digits_session(60)) as panel:
        panel.session.notices.refused.connect(refused.append)
        panel.session.view.show(space={"show": "tsne"})
        field = panel.layouts.perplexity
        QTest.mouseClick(field, LEFT)
        editor = field.editor
        assert editor is not None
        editor.setText(typed)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        # Refused at once, or, where it fits no sample of this size, said where the map would be.
        said = panel.layouts.first.view.message
        assert refused or "perplexity" in said
        assert panel.layouts.first.run.layout is None or refused
