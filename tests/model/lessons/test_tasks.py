"""What a learner may do in place of what a task asks for is not taken for it."""

from __future__ import annotations

import pytest

from model.actions import parse as actions
from model.files.library import open_experiment
from model.lessons.check.bench import Bench
from model.lessons.futures import bench_of
from model.lessons.library import load
from model.lessons.scopes import Latch, Reference, Scopes, truth

# Lesson, page, and actions after which its task is not done.
OTHERWISE = [
    ("the-bench", 2, "predict; compare"),
    ("the-bench", 2, "predict; compare; learn"),
    ("the-bench", 3, "predict; compare"),
    ("the-bench", 4, "seek 1"),
    ("the-bench", 4, "seek 0; alpha 0.02"),
    ("the-bench", 5, "step 1"),
    ("the-bench", 5, "input fans 0.5"),
    ("one-delta", 1, "predict"),
    ("one-delta", 3, "step 1"),
    ("one-delta", 3, "input toes 0"),
    ("one-delta", 4, "step 1"),
    ("one-delta", 5, "input toes -8.5; input toes 17"),
    ("one-delta", 5, "input toes 0; input toes 17"),
    ("one-delta", 6, "input toes 0"),
    ("the-update", 3, "step 1"),
    ("the-update", 5, "step 1"),
    ("the-update", 5, "weight a 0.05; step 1"),
    ("the-update", 5, "input toes -8.5; step 1"),
    ("the-update", 5, "alpha 0.02; target win 0; step 1"),
    ("several-steps", 1, "alpha 0.02; step 1"),
    ("several-steps", 2, "alpha 0.02; step 3"),
    ("several-steps", 4, "weight b 0.3; weight a 0.2"),
    ("several-steps", 4, "weight b 0.3; weight c 0"),
    ("several-steps", 4, "step 1"),
    ("several-steps", 5, "alpha 0.01; step 1"),
    ("several-steps", 6, "alpha 0.02; step 14"),
    ("several-steps", 7, "alpha 0.01; step 6"),
    ("several-steps", 7, "alpha 0.013493"),
    ("slope-and-two", 1, "weight b 0.415"),
    ("slope-and-two", 1, "weight a 0.13"),
    ("slope-and-two", 2, "weight a 0.11"),
    ("slope-and-two", 3, "step 1"),
    ("slope-and-two", 5, "step 3"),
    ("slope-and-two", 5, "alpha 0.0125; step 3"),
    ("alpha-too-large", 1, "alpha 0.01; step 3"),
    ("alpha-too-large", 2, "step 4"),
    ("alpha-too-large", 3, "step 8"),
    ("alpha-too-large", 4, "alpha 0.01; step 4"),
    ("alpha-too-large", 5, "alpha 0.01; step 4"),
    ("alpha-too-large", 5, "alpha 0.013493; step 1; alpha 0.1"),
    ("alpha-too-large", 6, "alpha 0.013493; step 1"),
    ("alpha-too-large", 6, "input toes 4.25; alpha 0.0502"),
    ("alpha-too-large", 6, "input toes 4.25; alpha 0.04; step 8"),
    ("unequal-slopes", 2, "alpha 0.02; step 1"),
    ("unequal-slopes", 5, "step 4"),
    ("unequal-slopes", 5, "alpha 0.4; step 4"),
    ("unequal-slopes", 6, "seek 0; alpha 0.02"),
    ("unequal-slopes", 7, "input toes 0.85"),
    ("unequal-slopes", 7, "weight a 0.1001"),
    ("unequal-slopes", 7, "input toes 0; weight c 0.6083333333333333"),
]


@pytest.mark.parametrize(("ident", "number", "script"), OTHERWISE)
def test_what_was_not_asked_for_does_not_do(ident: str, number: int, script: str) -> None:
    lesson = load(ident)
    page = lesson.page(number)
    (task,) = page.tasks
    bench = Bench(bench_of(lesson, page), open_experiment)
    scopes = Scopes(Reference(lesson, page), bench, latch=Latch([task.done]))
    assert scopes.latch is not None
    scopes.latch.look(scopes)
    for action in actions(script.replace("; ", "\n")):
        bench.do(action)
        scopes.latch.look(scopes)
    assert not truth(task.done, scopes)
