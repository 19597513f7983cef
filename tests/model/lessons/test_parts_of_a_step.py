"""How far a step has been taken can be asked for: of the bench, and of a lesson's own path."""

from __future__ import annotations

import pytest

from model.actions import parse as actions
from model.files.library import open_experiment
from model.lessons.check.bench import Bench
from model.lessons.futures import bench_of
from model.lessons.grammar import parse
from model.lessons.library import load
from model.lessons.scopes import Reference, Scopes, truth


@pytest.mark.parametrize(
    ("script", "predicted", "compared"),
    [
        ("", False, False),
        ("predict", True, False),
        ("predict\ncompare", True, True),
        ("predict\ncompare\nlearn", False, False),
        ("predict\ncompare\nback", False, False),
        ("step 2", False, False),
    ],
)
def test_a_step_is_predicted_compared_or_neither(
    script: str, predicted: bool, compared: bool
) -> None:
    lesson = load("the-bench")
    bench = Bench(bench_of(lesson, lesson.page(1)), open_experiment)
    for action in actions(script):
        bench.do(action)
    scopes = Scopes(Reference(lesson, lesson.page(1)), bench)
    assert truth(parse("predicted"), scopes) is predicted
    assert truth(parse("compared"), scopes) is compared
    assert not truth(parse("start.predicted or at(2).compared"), scopes)
