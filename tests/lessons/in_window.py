"""Every built-in lesson through the window; long, and so run by `make lessons` alone.

By keys alone and by mouse alone; every answer with the response that is read on screen; an unruly
learner and the way back to the same bits; nothing of an outcome to be found before it is due.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.panels.lesson.blocks import WordsBlock
from gui.window.window import Window
from model.files.library import open_experiment
from model.lessons import built_in, load
from model.lessons.expressions import evaluate
from model.lessons.lesson import UNSURE, Lesson, Observe, Page, Predict, Task
from model.lessons.texts import fill
from tests.gui.helpers.everything_said import everything_said
from tests.gui.helpers.lesson_learner import KeyLearner, Learner, MouseLearner
from tests.gui.helpers.texts import TextFinder
from tests.gui.helpers.unruly import UNRULY, bits
from tests.gui.helpers.window_bench import shown_window
from tests.gui.window.test_veils import SMALL, figures, leaks

LESSONS = [heading.id for heading in built_in()]
PAGES = [(name, page.number) for name in LESSONS for page in load(name).pages]
ACTIONS = 200


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several outputs")))


@pytest.mark.parametrize("kind", [KeyLearner, MouseLearner])
@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_is_finished(
    window: Window, qtbot: QtBot, name: str, kind: type[Learner]
) -> None:
    learner = kind(window, qtbot)

    learner.finish(name)

    pages = learner.player.records.look(name).pages
    assert {page.mark for page in pages.values()} == {"done"}
    print(f"{name} by {kind.__name__}: {learner.presses} presses")


# -- answers ---------------------------------------------------------------------------------------


def plain(learner: Learner, markdown: str) -> str:
    from gui.panels.lesson.markdown import MarkdownLabel

    return " ".join(MarkdownLabel(markdown).plain.split())


def answers_of(page: Page) -> list[tuple[Predict, str]]:
    """Every answer of a page: options by their ids, wrong numbers by their places."""
    found = [(predict, one.id) for predict in page.predicts for one in predict.choices]
    found += [(predict, UNSURE) for predict in page.predicts]
    return found + [
        (predict, str(place)) for predict in page.predicts for place in range(len(predict.wrongs))
    ]


def response_to(learner: Learner, lesson: Lesson, predict: Predict, said: str) -> tuple[str, str]:
    """What is to be given as the answer, and what must then be read."""
    scopes = learner.scopes()
    for choice in predict.choices:
        if choice.id == said:
            return said, fill(choice.say, scopes) if choice.say is not None else ""
    if said == UNSURE:
        return said, ""
    wrong = predict.wrongs[int(said)]
    scopes.answers = {predict.id: evaluate(wrong.value, scopes)}
    return f"{evaluate(wrong.value, scopes):.10g}", fill(wrong.say, scopes)


@pytest.mark.parametrize(("name", "number"), PAGES)
def test_every_answer_has_its_response_on_screen(
    window: Window, qtbot: QtBot, name: str, number: int
) -> None:
    lesson = load(name)
    learner = KeyLearner(window, qtbot)
    for predict, said in answers_of(lesson.page(number)):
        learner.open(name, number)
        while learner.player.waits:
            gate = learner.gate()
            if isinstance(gate, Task):
                for action in gate.solution:
                    learner.do(action)
            elif gate.id == predict.id:
                given, response = response_to(learner, lesson, predict, said)
                learner.answer(given)
            else:
                learner.answer(learner.right_answer(gate))
            learner.settle()
            assert not learner.player.waits or learner.gate() is not gate
        shown = " ".join(
            text for block in learner.panel.view.blocks.values()
            if isinstance(block, WordsBlock) for text in block.texts
        )  # fmt: skip
        assert plain(learner, response) in " ".join(shown.split())


@pytest.mark.parametrize(("name", "number"), PAGES)
def test_a_wrong_observation_is_told_and_can_be_made_again(
    window: Window, qtbot: QtBot, name: str, number: int
) -> None:
    page = load(name).page(number)
    learner = KeyLearner(window, qtbot)
    for observe in page.observes:
        learner.open(name, number)
        while learner.player.waits:
            gate = learner.gate()
            if isinstance(gate, Task):
                for action in gate.solution:
                    learner.do(action)
                learner.settle()
                continue
            right = learner.right_answer(gate)
            if gate.id == observe.id:
                for wrong in (one for one in observe.choices if one.id != right):
                    learner.answer(wrong.id)
                    learner.settle()
                    assert isinstance(learner.gate(), Observe)
                    told = " ".join(learner.block.texts) if learner.block else ""
                    said = fill(wrong.say, learner.scopes()) if wrong.say else "Look once more"
                    assert plain(learner, said) in " ".join(told.split())
            learner.answer(right)
            learner.settle()
            assert not learner.player.waits or learner.gate() is not gate


# -- an unruly learner -----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "number"), PAGES)
def test_back_to_the_page_gives_the_same_bits(
    window: Window, qtbot: QtBot, name: str, number: int
) -> None:
    learner = KeyLearner(window, qtbot)
    learner.open(name, number)
    chance = random.Random(f"{name} {number}")
    while True:
        gate = learner.gate() if learner.player.waits else None
        if gate is None:
            # What was done after the last task was, such as a label, is not of the page.
            learner.player.back_to_page()
        before = bits(window.session)
        for _ in range(ACTIONS):
            chance.choice(UNRULY)(window.session, chance)
        learner.settle()
        passed = gate is not None and (not learner.player.waits or learner.gate() is not gate)
        learner.player.back_to_page()
        if not passed:
            assert bits(window.session) == before
        if gate is None:
            return
        if passed:
            continue
        if isinstance(gate, Task):
            for action in gate.solution:
                learner.do(action)
        else:
            learner.answer(learner.right_answer(gate))
        learner.settle()


# -- nothing before it is due ----------------------------------------------------------------------


def outcomes(learner: Learner, predict: Predict) -> list[float]:
    """The numbers that a prediction asks for, or that its right answer tells."""
    scopes = learner.scopes()
    if predict.answer is not None:
        return [evaluate(predict.answer, scopes)]
    return []


@pytest.mark.parametrize(("name", "number"), PAGES)
def test_an_outcome_is_nowhere_before_it_is_due(
    window: Window, qtbot: QtBot, name: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = KeyLearner(window, qtbot)
    learner.open(name, number)
    finder = TextFinder(monkeypatch)
    while learner.player.waits:
        gate = learner.gate()
        if isinstance(gate, Predict):
            assert window.session.playback.locked
            wanted = {text for value in outcomes(learner, gate) for text in figures(value)}
            if wanted:
                search = "|".join(re.escape(text) for text in sorted(wanted))
                pattern = re.compile(rf"(?<![\d.,])(?:{search})(?!\d)")
                texts = set(everything_said(window, finder))
                assert {text for text in texts if pattern.search(text[1])} == set()
        if isinstance(gate, Task):
            for action in gate.solution:
                learner.do(action)
        else:
            learner.answer(learner.right_answer(gate))
        learner.settle()


# Of dot products the inputs are 0 and 1: what is predicted is a weight, said as something else.
@pytest.mark.parametrize("name", [name for name in SMALL if name != "Dot products"])
def test_hidden_numbers_are_nowhere_on_any_bench(
    qtbot: QtBot, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shown_window(qtbot, Window(open_experiment(name)))
    try:
        assert leaks(next(made), TextFinder(monkeypatch)) == {}
    finally:
        next(made, None)
