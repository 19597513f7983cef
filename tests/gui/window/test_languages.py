"""The window in a language that nobody speaks: every word was looked up, and nothing is cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.widgets.text_line import TextLine
from gui.window.window import Window
from model.door import choose_language
from model.files.library import builtin_names, open_experiment
from model.words.names import weight_name
from tests.gui.helpers.everything_said import everything_said
from tests.gui.helpers.texts import TextFinder, faults
from tests.gui.helpers.window_bench import shown_window
from tests.translations.catalogues import compiled
from tests.translations.pseudo import PSEUDO, english_words, pseudo, pseudo_text

ALL = os.environ.get("WEIGHTBENCH_WHOLE_NUMBERS") == "all"
SHOWN = (
    [(name, size) for name in builtin_names() if "MNIST" not in name for size in (100, 200)]
    if ALL
    else [("Several inputs and outputs", 100), ("Digits, 8x8", 200)]
)
# What is the same in every language: names of keys, of the program, of files and formats, and
# what Qt and Python say of themselves.
SAME = (
    "Weightbench", "weightbench", "Ctrl", "Shift", "Alt", "Home", "Space", "Return", "Ins", "Del",
    "Esc", "Enter", "Backspace", "PgUp", "PgDown", "Python", "NumPy", "PyTorch", "MNIST", "None",
    "Export...", "Export", "Scroll Left", "Scroll Right",
)  # fmt: skip
# Programs are written in English words, whatever language the window speaks.
PROGRAMS = ("Listing",)
LINE = pseudo_text("line {number}: {text}").partition(" ")[0]


@pytest.fixture(scope="module")
def pseudo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    file = folder / PSEUDO / "LC_MESSAGES" / "weightbench.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(compiled(pseudo()))
    return folder


@pytest.fixture
def window(qtbot: QtBot, pseudo_folder: Path) -> Iterator[Window]:
    choose_language(PSEUDO, folder=pseudo_folder)
    yield from shown_window(qtbot, Window(open_experiment("Several steps")))
    choose_language("en")
    look.choose_text_size(100)


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.mark.parametrize(("name", "size"), SHOWN)
def test_every_word_is_looked_up_and_nothing_is_cut(
    window: Window, monkeypatch: pytest.MonkeyPatch, name: str, size: int
) -> None:
    look.choose_text_size(size)
    window.resize(1280, 800)
    window.session.open(open_experiment(name))
    window.session.playback.take(3)
    settle()
    finder = TextFinder(monkeypatch)
    told = []
    for key in keys_of(window):
        window.session.view.show(panel=key)
        settle()
        shown = [
            text
            for text in finder.texts(window)
            if not isinstance(text.widget.parentWidget(), QAbstractScrollArea)
            and not (text.widget.isWindow() and text.widget is not window)  # a tip
            and not (isinstance(text.widget, TextLine) and text.widget.is_cut)
        ]
        told += [f"{key}: {fault}" for fault in faults(shown)]
        told += [f"{key}: in English: {words}" for words in untranslated(window, finder)]

    assert not told, f"{len(told)} faults\n" + "\n".join(dict.fromkeys(told))


def keys_of(window: Window) -> list[str]:
    return [
        key
        for place in (window.side, window.below)
        for key, page in place.pages.items()
        if page.spec.shown(window.session.experiment)
    ]


def untranslated(window: Window, finder: TextFinder) -> Iterator[str]:
    experiment = window.session.experiment
    cells = product(range(len(experiment.outputs)), range(len(experiment.inputs)))
    weights = [weight_name(experiment, *cell) for cell in cells]
    same = frozenset({*SAME, *experiment.inputs, *experiment.outputs, experiment.name, *weights})
    for where, text in everything_said(window, finder):
        if not any(program in where for program in PROGRAMS) and LINE not in text:
            words = english_words(text, same)
            if words:
                yield f"{words} in {where}: {text[:100]!r}"
