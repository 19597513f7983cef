"""No number is ever cut or painted over another, however small or large it is.

Every text that is drawn is measured: it lies whole inside its place and overlaps no other. The
suite tries some sizes of numbers in each theme; ``make whole-numbers`` tries all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.window.frame.room import least_size
from gui.window.window import Window
from model.examples import Examples
from model.experiment import Experiment
from model.files.library import open_experiment
from model.network import MAX_ERROR
from tests.gui.helpers.texts import TextFinder, faults
from tests.gui.helpers.window_bench import shown_window

ALL = os.environ.get("WEIGHTBENCH_WHOLE_NUMBERS") == "all"
SIZES = {"smallest": None, "usual": (1280, 800), "largest": (1920, 1080)}
NUMBERS = (
    tuple((sign, power) for power in range(-15, 16) for sign in (1.0, -1.0))
    if ALL
    else ((-1.0, -15), (-1.0, -4), (1.0, 15))
)
OF_NUMBERS = ("curves", "dot_product", "quality", "pixel_values")
IMAGES = "Digits, 8x8"
NAMES: tuple[str, ...] = ("Several inputs and outputs", IMAGES)
if ALL:
    NAMES = ("One delta, three weight_deltas", *NAMES)
# Each theme and each size once; `make whole-numbers` has every theme at every size.
SHOWN = tuple(product(THEMES, SIZES)) if ALL else tuple(zip(reversed(THEMES), SIZES, strict=True))


def with_numbers(name: str, power: int, sign: float) -> list[Experiment]:
    """A built-in experiment with numbers of about 10 ** power, in its inputs and its weights."""
    experiment = open_experiment(name)
    shape = experiment.weights.shape
    if name == IMAGES:
        # Errors of more than MAX_ERROR are not held.
        reach = sign * min(10.0**power, 1e6)
        signs = np.where(np.arange(experiment.weights.size) % 3, -1.0, 1.0).reshape(shape)
        return [replace(experiment, weights=reach * 1.36 * signs)]
    digits = np.array([1.36, 8.88, 4.07])[: shape[1]]
    size = sign * 10.0**power
    found = []
    for inputs, weights in (
        (digits * size, np.full(shape, 1.0 / size)),
        (digits, np.full(shape, size) * 1.36),
        (digits / size, np.full(shape, 8.88 * size)),
    ):
        row = np.clip(inputs, -1e15, 1e15)
        pred = weights @ row
        if (pred**2).max() < MAX_ERROR:
            deltas = np.array([0.0136, -1.36e7, 1.36e-9])[: len(pred)]
            examples = Examples(row[None, :], (pred - deltas)[None, :])
            schedule = replace(experiment.setup.schedule, n_examples=1)
            setup = replace(
                experiment.setup, examples=examples, schedule=schedule, alpha=0.1 / float(row @ row)
            )
            found.append(replace(experiment, setup=setup, weights=weights, edits=(), length=0))
    return found


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment(NAMES[0])))


def panels_of(window: Window) -> list[str]:
    """The panels of numbers beside the bench that the experiment has.

    A listing is a text that is scrolled, and clouds of points have words that give way to others.
    """
    shown, pages = window.session.experiment, window.side.pages
    return [key for key in OF_NUMBERS if key in pages and pages[key].spec.shown(shown)]


def type_pixels(window: Window, size: float) -> None:
    """Give the pixels on the bench values of about a size, as a person can type them."""
    session = window.session
    signs = np.where(np.arange(len(session.state.inputs)) % 3, 1.36, -8.88)
    session.edits.set_inputs(np.clip(signs * size, -1e5, 1e5), "typed")
    # Where that would be too large an error: a notice lies over what is below it.
    session.notices.refuse("")


def wait_for_numbers(window: Window) -> None:
    """Until what is worked out in the background is there."""
    for _ in range(3):
        QApplication.processEvents()
    while window.busy:
        QApplication.processEvents()


@pytest.mark.parametrize(("theme", "size"), SHOWN)
def test_numbers_are_whole(
    window: Window, monkeypatch: pytest.MonkeyPatch, theme: str, size: str
) -> None:
    look.choose(theme)
    least = least_size()
    wanted = SIZES[size] or (least.width(), least.height())
    window.resize(*wanted)
    finder = TextFinder(monkeypatch)
    found: dict[str, str] = {}
    tried = 0
    for name, (sign, power) in product(NAMES, NUMBERS):
        for experiment in with_numbers(name, power, sign):
            window.session.open(experiment)
            if tried % 2:
                window.session.playback.predict()
                window.session.playback.compare()
            else:
                window.session.playback.take(2)
            tried += 1
            # The panels take turns, with numbers of each size for each of them.
            panel = panels_of(window)[tried % len(panels_of(window))]
            window.session.view.show(panel=panel)
            if panel == "pixel_values":
                type_pixels(window, sign * 10.0**power)
            wait_for_numbers(window)
            for fault in faults(finder.texts(window)):
                found.setdefault(fault, f"{name}, {panel}, {sign:+} 1e{power}")
    assert tried >= len(NAMES) * len(NUMBERS)
    told = [f"{where}: {fault}" for fault, where in found.items()]
    assert not told, f"{len(told)} faults\n" + "\n".join(told[:40])
