"""What is hidden is nowhere in the window: not painted, named, described, pointed at or copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.window.window import Window
from model.files.library import builtin_names, open_experiment
from tests.gui.helpers.everything_said import everything_said
from tests.gui.helpers.texts import TextFinder
from tests.gui.helpers.window_bench import shown_window

SMALL = [name for name in builtin_names() if "Digits" not in name]
IN_SUITE = ["The whole season"]
FAMILIES = (
    "weight", "weight_delta", "next", "input", "pred", "target", "delta", "error", "slope",
    "floor", "zones", "bowl",
)  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Window]:
    window = Window(open_experiment(request.param))
    yield from shown_window(qtbot, window)


def with_many_figures(session: Session) -> None:
    """Numbers each of which is like no other, so that one that is found is the one looked for."""
    session.playback.take(2)
    for column in range(len(session.experiment.inputs)):
        if column != session.experiment.setup.constant:
            session.edits.set_input(column, 0.734561 + 0.311173 * column)
    for output in range(len(session.experiment.outputs)):
        session.edits.set_target(output, 0.871235 + 0.217659 * output)
        for column in range(len(session.experiment.inputs)):
            weight = 0.137719 + 0.213457 * output - 0.170791 * column
            session.edits.set_weight(output, column, weight)
    session.edits.set_alpha(0.0193177)


def values_of(session: Session, family: str) -> list[float]:
    state, zones = session.state, session.zones
    with np.errstate(divide="ignore"):
        floor = state.weights - state.delta[:, np.newaxis] / state.inputs
    numbers = {
        "weight": state.weights, "weight_delta": state.weight_delta, "next": state.change,
        "input": state.inputs, "pred": state.pred, "target": state.target, "delta": state.delta,
        "error": state.error, "slope": 2 * state.weight_delta, "floor": floor, "bowl": floor,
        "zones": np.array([zones.limit or np.nan, zones.one_step or np.nan]),
    }  # fmt: skip
    return [float(value) for value in np.ravel(numbers[family]) if np.isfinite(value) and value]


def figures(value: float) -> set[str]:
    """A number at several roundings, without its sign; too short ones stand for anything."""
    size = abs(value)
    texts = {f"{size:.{digits}g}" for digits in (4, 5, 6, 10)} | {
        f"{size:.{d}f}" for d in (3, 4, 6)
    }
    texts.add(f"{size:.2e}")
    return {text for text in texts if len(re.sub(r"[^1-9]", "", text.split("e")[0])) >= 3}


def pattern_of(session: Session, family: str) -> re.Pattern[str]:
    wanted = {text for value in values_of(session, family) for text in figures(value)}
    assert wanted, family
    return re.compile("|".join(rf"(?<![\d.,]){re.escape(text)}(?!\d)" for text in sorted(wanted)))


def leaks(window: Window, finder: TextFinder) -> dict[str, set[tuple[str, str]]]:
    """What is still said of each family while it is hidden."""
    session = window.session
    with_many_figures(session)
    open_texts = list(everything_said(window, finder))
    found = {}
    for family in FAMILIES:
        pattern = pattern_of(session, family)
        assert any(pattern.search(text) for _, text in open_texts), f"{family} is never said"
        session.parts.veil([family])
        texts = set(everything_said(window, finder))
        found[family] = {(where, text) for where, text in texts if pattern.search(text)}
    return {family: texts for family, texts in found.items() if texts}


@pytest.mark.parametrize("window", IN_SUITE, indirect=True)
def test_a_hidden_number_is_nowhere(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert leaks(window, TextFinder(monkeypatch)) == {}


@pytest.mark.parametrize("window", ["Several steps"], indirect=True)
@pytest.mark.parametrize(
    ("hidden", "part"),
    [("weight_delta", "weight:a"), ("delta", "output:win"), ("next", "weight:a")],
)
def test_how_a_hidden_number_is_made_is_hidden_with_it(
    window: Window, hidden: str, part: str
) -> None:
    session, network = window.session, window.panel("network")
    session.view.show(part=part)
    caption = network.caption  # type: ignore[attr-defined]
    whole = caption.accessibleName()
    assert "=" in whole
    for phase in (session.playback.predict, session.playback.compare):
        session.parts.veil([hidden])
        said = caption.accessibleName()
        assert "?" not in said
        assert "alpha" not in said
        assert (said == "") is (hidden != "next" and "pred = " not in said)
        session.parts.veil([])
        phase()
    session.playback.back()
    assert caption.accessibleName() == whole
