"""The whole course in a language that nobody speaks; long, and so run by `make lessons` alone.

Every page of every lesson, at 1280x800 with letters of 100 and of 200 %: no word on the lesson's
panel, in what is announced, in notices or on the presenter's window that was not looked up, and
nothing cut. Then the dialogs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.files.mnist_dialog import MnistDialog
from gui.files.sets.lost_dialog import LostDialog
from gui.files.sets.reading_dialog import ReadingDialog
from gui.files.sets.repair_dialog import RepairDialog
from gui.files.tables.dialog import TableDialog
from gui.look.theme import look
from gui.making.fill_dialog import FillDialog
from gui.making.new_dialog import NewDialog
from gui.panels.all_examples.asking import NewColumn
from gui.panels.lesson.markdown import MarkdownLabel
from gui.panels.lesson.panel import LessonPanel
from gui.presenter.vote_bars import VoteBars
from gui.presenter.window import Presenter
from gui.session.lesson import solution as solutions
from gui.session.teaching import Conductor, Votes
from gui.widgets.text_line import TextLine
from gui.window.commands import shortcuts
from gui.window.help import ShortcutSheet
from gui.window.window import Window
from model.digits import Origin
from model.door import choose_language, say
from model.errors import LostSet
from model.files.library import open_experiment
from model.files.survey.oddities import OddDigits, Repair, odd_words
from model.lessons import built_in, load
from model.lessons.lesson import Lesson, Observe, Predict, Task
from model.lessons.texts import fill
from model.starting.weights import StartWeights
from model.words.names import weight_name
from tests.gui.helpers.everything_said import accessible_texts
from tests.gui.helpers.spoken import Heard
from tests.gui.helpers.texts import TextFinder, faults
from tests.gui.helpers.window_bench import shown_window
from tests.gui.window.test_languages import SAME
from tests.translations.catalogues import compiled, texts
from tests.translations.pseudo import PSEUDO, english_words, pseudo

LESSONS = [heading.id for heading in built_in()]
CODE = re.compile(r"`([^`]+)`")
MOST_ROUNDS = 400


@pytest.fixture(scope="module")
def pseudo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    file = folder / PSEUDO / "LC_MESSAGES" / "weightbench.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(compiled(pseudo()))
    return folder


@pytest.fixture
def spoken(pseudo_folder: Path) -> Iterator[None]:
    choose_language(PSEUDO, folder=pseudo_folder)
    yield
    choose_language("en")
    look.choose_text_size(100)


@pytest.fixture
def window(qtbot: QtBot, spoken: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setattr(solutions, "_PACE", 0.0)
    monkeypatch.setattr(solutions, "_AFTER_MS", 0)
    yield from shown_window(qtbot, Window(open_experiment("Several steps")))


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("name", LESSONS)
def test_every_page_is_in_the_language_and_nothing_is_cut(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str, size: int
) -> None:
    look.choose_text_size(size)
    window.resize(1280, 800)
    lesson = load(name)
    same = names_of(lesson)
    heard = Heard(monkeypatch)
    finder = TextFinder(monkeypatch)
    player = window.lessons.player
    told: list[str] = []
    n_texts = 0
    player.open(lesson, 1)
    conductor, votes = Conductor(window.session), Votes()
    presenter = Presenter(conductor, votes)
    qtbot.addWidget(presenter)
    presenter.show()
    panel = window.panel("lesson")
    assert isinstance(panel, LessonPanel)
    for _ in range(MOST_ROUNDS):
        qtbot.waitUntil(lambda: not player.showing, timeout=60_000)
        settle()
        same |= names_on(window)
        ask_for_all(window)
        settle()
        for root in (panel, presenter):
            found = [*all_texts(root, finder)]
            n_texts += len(found)
            where = f"page {player.page}, {type(root).__name__}"
            told += [f"{where}: in English: {words}" for words in in_english(found, same)]
            told += [f"{where}: cut: {words}" for words in cut(root, finder)]
        if player.page == len(lesson.pages) and not player.waits:
            break
        conductor.go_on()
    else:
        raise AssertionError("the lesson does not end")
    told += [f"heard in English: {words}" for words in in_english(heard.sentences, same)]
    told += [f"text in English: {words}" for words in in_english(responses(window, lesson), same)]
    print(f"{name} at {size} %: {n_texts} texts, {len(heard.sentences)} spoken")

    assert not told, f"{len(told)} faults\n" + "\n".join(dict.fromkeys(told))


def ask_for_all(window: Window) -> None:
    """All hints, and the remarks of a wrong observation."""
    player = window.lessons.player
    gate = player.gate
    if isinstance(gate, Task):
        for _ in gate.hints:
            player.hint()
    elif isinstance(gate, Observe):
        right = Conductor(window.session).seen(gate)
        wrong = next((one.id for one in gate.choices if one.id != right), None)
        if wrong is not None:
            player.answer(wrong)
    elif isinstance(gate, Predict) and gate.answer is not None:
        player.answer("qq")


def names_of(lesson: Lesson) -> set[str]:
    """What is the same in every language: code, and what stands in it."""
    written = " ".join(text.markdown for page in lesson.pages for text in texts(page))
    code = CODE.findall(written)
    return {*SAME, "qq", *code, *(word for each in code for word in each.split())}


def names_on(window: Window) -> set[str]:
    experiment = window.session.experiment
    cells = product(range(len(experiment.outputs)), range(len(experiment.inputs)))
    weights = () if experiment.image_shape else (weight_name(experiment, *cell) for cell in cells)
    return {*experiment.inputs, *experiment.outputs, experiment.name, *weights}


def responses(window: Window, lesson: Lesson) -> Iterator[str]:
    """What the last page says to every answer that there is."""
    scopes = window.lessons.player.scopes
    assert scopes is not None
    page = lesson.page(window.lessons.player.page)
    yield from (fill(text, scopes) for text in texts(page))


def all_texts(root: QWidget, finder: TextFinder) -> Iterator[str]:
    """What is written, named, described, or told of when pointed at."""
    for _, text in accessible_texts(QAccessible.queryAccessibleInterface(root)):
        yield text
    for widget in (root, *root.findChildren(QWidget)):
        if isValid(widget) and widget.isVisible():
            yield widget.toolTip()
            yield f"{widget.accessibleName()} {widget.accessibleDescription()}"
            if isinstance(widget, MarkdownLabel):
                yield widget.plain
            elif isinstance(widget, QLabel | QAbstractButton):
                yield widget.text()
    yield from (text.text for text in finder.texts(root) if not is_rich(text.widget))
    if root.isWindow():
        yield root.windowTitle()


def is_rich(widget: QWidget) -> bool:
    return isinstance(widget, MarkdownLabel)


def in_english(found: Collection[str] | Iterator[str], same: Collection[str]) -> Iterator[str]:
    names = frozenset(same)
    for text in dict.fromkeys(found):
        if words := [*english_words(text, names)]:
            yield f"{words} in {text[:120]!r}"


def cut(root: QWidget, finder: TextFinder) -> Iterator[str]:
    """Texts that have less room than they need; what is scrolled out of sight is measured, too."""
    painted = [text for text in finder.texts(root) if not is_rich(text.widget)]
    # A bar of hands has the whole of its answer beside it, among the answers.
    whole = (TextLine, VoteBars)
    yield from faults([text for text in painted if not isinstance(text.widget, whole)])
    for widget in root.findChildren(QWidget):
        if not isValid(widget) or not widget.isVisible():
            continue
        if isinstance(widget, TextLine) and widget.is_cut and not widget.toolTip():
            yield f"{type(widget).__name__} {widget.text!r}"
        elif isinstance(widget, QLabel) and widget.wordWrap():
            needs = widget.heightForWidth(widget.width())
            if needs > widget.height() + 1 or too_wide(widget):
                yield f"{type(widget).__name__} needs {needs}, has {widget.size()}: {said(widget)}"
        elif isinstance(widget, QLabel | QAbstractButton) and widget.text():
            wide = widget.sizeHint().width()
            if wide > widget.width() + 1:
                yield f"{type(widget).__name__} needs {wide}, has {widget.size()}: {said(widget)}"


def too_wide(label: QLabel) -> bool:
    """Whether some word is wider than its label."""
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setDocumentMargin(0)
    if is_rich(label):
        document.setHtml(label.text())
    else:
        document.setPlainText(label.text())
    document.setTextWidth(label.contentsRect().width())
    return document.idealWidth() > label.contentsRect().width() + 1


def said(widget: QLabel | QAbstractButton) -> str:
    return repr((widget.plain if isinstance(widget, MarkdownLabel) else widget.text())[:80])


# -- dialogs ---------------------------------------------------------------------------------------

KEYS = ("Left", "Right", "Tab", "End")
TABLE = b"Q1;Q2;T\n1,5;2;3\n4;5;6\n7;8;9\n"
ASKED = "Its number in every example"
# What a dialog was opened over.
WINDOWS: list[QWidget] = []
SAMPLE = np.zeros((20, 28, 28), np.uint8)
MANY = Repair(turn=1, invert=True, stretch=16, labels_from_one=True)


def over() -> QWidget:
    window = QWidget()
    window.resize(1280, 800)
    WINDOWS.append(window)
    return window


def reading() -> QDialog:
    digits = open_experiment("Digits, 8x8").digits
    assert digits is not None
    return ReadingDialog(digits, Origin("folder", Path("q")))


NAMES = (*SAME, "mnist", *KEYS, "Q1", "Q2", "q.csv", "UTF", "Close")
DIALOGS: dict[str, Callable[[], QDialog]] = {
    "new": lambda: NewDialog(over()),
    "table": lambda: TableDialog(TABLE, "q.csv", "q", over()),
    "MNIST": MnistDialog,
    "repair": lambda: RepairDialog(OddDigits(odd_words(MANY), MANY, "k", SAMPLE)),
    "lost": lambda: LostDialog(LostSet("1", Origin("folder", Path("q")), changed=True)),
    "reading": reading,
    "random weights": lambda: FillDialog("1", ("even", "normal"), StartWeights("even", 0.5)),
    "all weights": lambda: FillDialog("1", ("value",), StartWeights("value", 0.5)),
    "column": lambda: NewColumn("1", "q", ("q",), say(ASKED), "1"),
    "shortcuts": lambda: ShortcutSheet(shortcuts(), over()),
}


@pytest.mark.parametrize("name", DIALOGS)
@pytest.mark.parametrize("size", [100, 200])
def test_a_dialog_is_in_the_language_and_nothing_is_cut(
    spoken: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str, size: int
) -> None:
    monkeypatch.setenv("WEIGHTBENCH_CACHE", "/q")
    look.choose_text_size(size)
    dialog = DIALOGS[name]()
    # As over the window.
    dialog.resize(dialog.size().boundedTo(QSize(1280, 800)))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.wait(300)
    settle()
    finder = TextFinder(monkeypatch)
    found = [*all_texts(dialog, finder)]
    told = [f"in English: {words}" for words in in_english(found, NAMES)]
    told += [f"cut: {words}" for words in cut(dialog, finder)]
    screen = (dialog.width(), dialog.height())
    if screen[0] > 1280 or screen[1] > 800:
        told.append(f"{screen} does not fit the screen")
    assert not told, f"{len(told)} faults\n" + "\n".join(dict.fromkeys(told))
